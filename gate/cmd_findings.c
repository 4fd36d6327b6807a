/* cmd_findings.c -- `gate findings`: what the registers hold, and where they contradict. */
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/limits.h"
#include "gate/base/map.h"
#include "gate/base/num.h"
#include "gate/command.h"
#include "gate/correlate/correlate.h"
#include "gate/input/discover.h"
#include "gate/input/source.h"
#include "gate/report/support/findings_json.h"
#include "gate/report/support/findings_text.h"
#include "gate/report/support/preview_out.h"
#include "parsers/parser.h"
#include "parsers/registers/register.h"

#define SURE 70 /* of a sniffer that does not know the file's name */

static const struct option options[] = {
	{ .name = "json", .help = "write the findings as JSON (findings@1)" },
	{ .name = "strict", .help = "exit 2 when there are problems" },
	{ .name = "against", .arg = "REPORT", .many = true,
	  .help = "list every test, passing ones too, that each finding would map to" },
	{ .name = "now", .arg = "RFC3339", .help = "when dates are held to expire (default: now)" },
	{ .name = "color", .arg = "auto|always|never",
	  .help = "colours (default: auto, when a terminal reads it)" },
	{ 0 },
};

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool
ends_in(struct str path, const char *const endings[])
{
	for (size_t i = 0; endings[i]; i++)
		if (path.n > strlen(endings[i]) &&
			str_ieqz(str_from(path, path.n - strlen(endings[i])), endings[i]))
			return true;
	return false;
}

/*
 * A folder holds other files too: documents are registers, data only when what is in it
 * says so, whatever the file is called.
 */
static bool
looks_like_register(struct str path)
{
	static const char *const documents[] = { ".md", ".markdown", NULL };
	static const char *const data[] = { ".yaml", ".yml", ".json", NULL };
	struct buf text = BUF_INIT;
	struct err err = { 0 };
	bool yes = false;

	if (ends_in(path, documents))
		return true;
	if (!ends_in(path, data))
		return false;
	if (source_slurp(path.p, MAX_REGISTER_BYTES, &text, NULL, &err) < 0)
		yes = true; /* reading it again will say why it can't be read */
	for (size_t i = 0; !yes && register_parsers[i]; i++)
		yes = register_parsers[i]->sniff(STR("-"), buf_str(&text)) >= SURE;
	buf_release(&text);
	return yes;
}

/* Each file once, however many operands name it. */
static void
add_operand(struct findings *fs, struct map *seen, const char *operand, struct diags *d)
{
	struct found found = { 0 };
	bool folder = is_folder(operand);
	size_t before = fs->regs.n;

	discover(&fs->mem, "", str_of(operand), &found);
	for (size_t i = 0; i < found.n; i++) {
		struct str path = str_of(found.v[i]);
		void **at = map_at(seen, path);

		if (*at == NULL && (!folder || looks_like_register(path)))
			findings_reg(fs, path, path);
		*at = seen;
	}
	if (found.over_limit)
		diag_add(d, DIAG_ERROR, (struct pos){ .file = operand }, "more than %d files",
			MAX_FILES);
	if (found.n == 0 || (folder && fs->regs.n == before))
		diag_hint(d, diag_add(d, DIAG_ERROR, (struct pos){ .file = operand },
			folder ? "no registers in this folder" : "no file matches this pattern"),
			"registers are Markdown, YAML, JSON or plain lists of tests");
	found_release(&found);
}

static bool
wants_color(const char *when)
{
	const char *term = getenv("TERM"), *no = getenv("NO_COLOR");

	if (when && strcmp(when, "auto") != 0)
		return strcmp(when, "always") == 0;
	return isatty(STDOUT_FILENO) && !(no && no[0]) && term && strcmp(term, "dumb") != 0;
}

/* Columns of the terminal; a pipe has none, so that nothing is cut for grep. */
static int
terminal_width(void)
{
	struct winsize size;
	const char *columns = getenv("COLUMNS");
	long n;

	if (!isatty(STDOUT_FILENO))
		return 0;
	if (columns && num_long(str_of(columns), 1, 10000, &n))
		return (int)n;
	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 80;
}

static int
usage_error(const char *what, const char *hint)
{
	fprintf(stderr, "gate findings: error: %s\nhint: %s\n", what, hint);
	return EXIT_INVALID;
}

static int
check_args(const struct args *args, int64_t *now)
{
	const char *when = args_get(args, "color"), *at = args_get(args, "now");

	if (args_operands(args) == 0)
		return usage_error("no register is named",
			"gate findings docs/audits/*.md ToDo.md");
	if (when && strcmp(when, "auto") != 0 && strcmp(when, "always") != 0 &&
		strcmp(when, "never") != 0)
		return usage_error("--color is auto, always or never", "auto is the default");
	*now = DATE_NONE;
	if (at && !date_parse_instant(str_of(at), now))
		return usage_error("--now is no time", "write it as 2026-11-20T09:56:00Z");
	if (at == NULL)
		*now = date_now();
	return 0;
}

static void
read_all(struct findings *fs, const struct args *args, struct diags *d)
{
	struct redactor *redactor = redactor_new();
	struct map seen = { 0 };

	for (size_t i = 0; args_operand(args, i); i++)
		add_operand(fs, &seen, args_operand(args, i), d);
	map_release(&seen);
	for (size_t i = 0; i < fs->regs.n; i++)
		register_read(fs, fs->regs.v[i], redactor, d);
	redactor_free(redactor);
}

static void
read_reports(struct run *run, struct producer *p, struct report *r,
	const struct collect_options *collect)
{
	struct collect_options opt = *collect;
	struct reports all = { 0 };
	struct leg_file *leg = NULL;

	opt.leg = &leg;
	report_read(r, STR_NONE, &opt);
	leg_unpack(leg, r, &all);
	if (leg)
		*vec_push(&run->legs) = leg;
	for (size_t i = 0; i < all.n; i++)
		*vec_push(&p->reports) = all.v[i];
	vec_release(&all);
}

/* The reports of --against, every case kept; -1 when one can't be read at all. */
static int
read_against(struct run *run, const struct args *args, const struct redactor *redactor)
{
	struct collect_options collect = { .keep_all = true, .redactor = redactor };
	struct producer *p = vec_push(&run->producers);
	const char *pattern;
	int rc = 0;

	for (size_t i = 0; (pattern = args_nth(args, "against", i)) != NULL; i++) {
		struct found found = { 0 };

		discover(&run->mem, "", str_of(pattern), &found);
		if (found.n == 0)
			*vec_push(&found) = pattern; /* opening it says what is wrong */
		for (size_t k = 0; k < found.n; k++) {
			struct report *r = arena_new(&run->mem, struct report);

			r->open_path = found.v[k];
			r->path = str_of(found.v[k]);
			read_reports(run, p, r, &collect);
		}
		found_release(&found);
	}
	for (size_t i = 0; i < p->reports.n; i++) {
		const struct report *r = p->reports.v[i];

		for (size_t k = 0; k < r->problems.n; k++)
			if (problem_incomplete(r->problems.v[k].code))
				fprintf(stderr, "%s: %s: %s: %.*s\n", r->open_path,
					r->kind == KIND_NONE ? "error" : "warning",
					problem_name(r->problems.v[k].code),
					STR_FMT(r->problems.v[k].message));
		rc = r->kind == KIND_NONE ? -1 : rc;
	}
	return rc;
}

/* The findings, and with --against what each would take. Exit status. */
static int
show(const struct args *args, const struct findings *fs, const struct preview *p,
	const struct run *run)
{
	bool color = wants_color(args_get(args, "color"));
	struct buf out = BUF_INIT;
	size_t problems = fs->notes.n;
	int rc = EXIT_PASS;

	for (size_t i = 0; p && i < p->findings.n; i++)
		problems += p->findings.v[i].broad;
	if (args_has(args, "json")) {
		findings_json_against(fs, p ? preview_json(p, run) : NULL, &out);
	} else {
		findings_text(fs, terminal_width(), color, &out);
		if (p)
			preview_text(p, run, terminal_width(), color, &out);
	}
	if (output_write("-", buf_str(&out)) < 0)
		rc = EXIT_INCONCLUSIVE;
	else if (args_has(args, "strict") && problems > 0)
		rc = EXIT_INVALID;
	buf_release(&out);
	return rc;
}

static int
show_against(const struct args *args, const struct findings *fs, int64_t now)
{
	struct correlate_options opt = { .now = now };
	struct redactor *redactor = redactor_new();
	struct preview preview = { 0 };
	struct run run = { 0 };
	struct index *ix = index_new(fs, &opt);
	int rc = EXIT_INVALID;

	if (read_against(&run, args, redactor) == 0) {
		run_finish(&run);
		correlate_preview(&run, ix, &preview);
		rc = show(args, fs, &preview, &run);
	}
	preview_release(&preview);
	run_release(&run);
	index_free(ix);
	redactor_free(redactor);
	return rc;
}

static int
run(const struct args *args)
{
	struct findings fs = { 0 };
	struct diags d = { 0 };
	int64_t now;
	int rc = check_args(args, &now);

	if (rc)
		return rc;
	read_all(&fs, args, &d);
	diags_print(stderr, &d, DIAG_WARNING);
	if (d.errors > 0) {
		rc = EXIT_INVALID;
		goto out;
	}
	findings_resolve(&fs);
	findings_health(&fs, now);
	findings_sort_notes(&fs);
	rc = args_has(args, "against") ? show_against(args, &fs, now) : show(args, &fs, NULL, NULL);
out:
	diags_release(&d);
	findings_release(&fs);
	return rc;
}

const struct command cmd_findings = {
	.name = "findings",
	.usage = "[--json] [--strict] [--against REPORT] REGISTER...",
	.help = "show what registers hold: findings, links, contradictions",
	.about = "A REGISTER is a Markdown document, a structured YAML or JSON file or a plain\n"
		 "list of tests; a folder stands for those below it, a glob for what it matches.\n"
		 "Their order is that of a policy: where no dates tell, the later one holds.",
	.options = options,
	.run = run,
};
