/* cmd_run.c -- `gate run`: the main job. */
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "gate/base/near.h"
#include "gate/base/num.h"
#include "gate/baseline.h"
#include "gate/pipeline.h"
#include "gate/report/reporter.h"

static const struct option options[] = {
	PIPELINE_OPTIONS,
	{ .name = "out", .letter = 'o', .arg = "FORMAT=FILE", .many = true,
	  .help = "also write the decision as FORMAT (`gate list reporters`); - is stdout" },
	{ .name = "save-baseline", .arg = "FILE",
	  .help = "save this run as a baseline too; not when a report is incomplete" },
	{ .name = "color", .arg = "WHEN", .help = "auto, always or never" },
	{ .name = "quiet", .letter = 'q', .help = "only the verdict" },
	{ .name = "verbose", .letter = 'v', .help = "everything, nothing cut" },
	{ 0 },
};

struct output {
	const struct reporter *reporter;
	const char *path;
};

struct outputs {
	struct output *v;
	size_t n, cap;
};

static int
unknown_format(struct str name)
{
	const char *known[64] = { NULL };
	const char *near;

	for (size_t i = 0; i < 63 && reporters[i]; i++)
		known[i] = reporters[i]->name;
	near = nearest_word(name, known);
	fprintf(stderr, "gate run: error: unknown output format '%.*s'\n", STR_FMT(name));
	if (near)
		fprintf(stderr, "hint: did you mean '%s'?\n", near);
	else
		fputs("hint: `gate list reporters` lists them; write --out FORMAT=FILE\n", stderr);
	return -1;
}

static bool
has_output(const struct outputs *outs, const char *path)
{
	for (size_t i = 0; i < outs->n; i++)
		if (strcmp(outs->v[i].path, path) == 0)
			return true;
	return false;
}

static int
parse_outputs(const struct args *args, struct outputs *outs)
{
	const char *value;

	for (size_t i = 0; (value = args_nth(args, "out", i)) != NULL; i++) {
		struct str name = str_of(value), path;
		struct output *o;

		str_cut(&name, "=", &path);
		if (reporter_find(name) == NULL)
			return unknown_format(name);
		if (path.n == 0) {
			fprintf(stderr, "gate run: error: --out '%s' names no file\n"
				"hint: write --out FORMAT=FILE\n", value);
			return -1;
		}
		if (has_output(outs, path.p)) {
			fprintf(stderr, "gate run: error: two --out want %s\n",
				str_eqz(path, "-") ? "the standard output" : path.p);
			return -1;
		}
		o = vec_push(outs);
		o->reporter = reporter_find(name);
		o->path = path.p; /* the end of value: NUL-terminated */
	}
	if (!has_output(outs, "-")) {
		struct output *o = vec_push(outs);

		o->reporter = reporter_find(STR("console"));
		o->path = "-";
	}
	return 0;
}

static int
parse_color(const struct args *args, bool *color)
{
	const char *when = args_get(args, "color");
	const char *term = getenv("TERM"), *no = getenv("NO_COLOR");

	if (when == NULL || strcmp(when, "auto") == 0) {
		*color = isatty(STDOUT_FILENO) && (no == NULL || no[0] == '\0') && term != NULL &&
			strcmp(term, "dumb") != 0;
		return 0;
	}
	*color = strcmp(when, "always") == 0;
	if (*color || strcmp(when, "never") == 0)
		return 0;
	fprintf(stderr, "gate run: error: --color '%s': write auto, always or never\n", when);
	return -1;
}

/* Only a terminal has a width: what goes into a file or a pipe is the same on every machine. */
static int
terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize ws;
	long n;

	if (columns && num_long(str_of(columns), 40, 1000, &n))
		return (int)n;
	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_col >= 40)
		return ws.ws_col;
	return 100;
}

/* One that fails stops no other. Returns how many failed. */
static int
write_outputs(const struct outputs *outs, const struct decision *d,
	const struct render_options *render)
{
	int failed = 0;

	for (size_t i = 0; i < outs->n; i++) {
		struct buf b = BUF_INIT;

		outs->v[i].reporter->render(d, render, &b);
		failed += output_write(outs->v[i].path, buf_str(&b)) < 0;
		buf_release(&b);
	}
	return failed;
}

static int
run(const struct args *args)
{
	struct render_options render = { .width = terminal_width() };
	struct outputs outs = { 0 };
	struct pipeline p = { 0 };
	int rc = EXIT_INVALID;

	if (args_has(args, "quiet"))
		render.verbosity = -1;
	else if (args_has(args, "verbose"))
		render.verbosity = 1;
	p.names = args_has(args, "save-baseline");
	if (parse_color(args, &render.color) == 0 && parse_outputs(args, &outs) == 0)
		rc = pipeline_run(&p, args);
	else
		goto out;
	if (rc != 0)
		goto out;
	rc = p.decision.exit;
	if (write_outputs(&outs, &p.decision, &render) > 0 && rc == EXIT_PASS)
		rc = EXIT_INCONCLUSIVE;
	if (p.names && baseline_save(&p.decision, args_get(args, "save-baseline"), "run") < 0 &&
	    rc == EXIT_PASS)
		rc = EXIT_INCONCLUSIVE;
out:
	vec_release(&outs);
	pipeline_release(&p);
	return rc;
}

const struct command cmd_run = {
	.name = "run",
	.usage = "[OPTION...] [REPORT...]",
	.help = "read reports and registers, correlate, judge; the verdict is the exit status",
	.about = "Reads the reports that the policy declares (or the REPORTs named here, as the\n"
		"producer `cli`), maps every failure to the team's findings, applies the\n"
		"policy.\n\n"
		"exit status: 0 pass, 1 the policy is violated, 2 the command line, the policy\n"
		"or a register is invalid (nothing was judged), 3 inconclusive: an input is\n"
		"missing, unreadable or incomplete. 1 outranks 3.",
	.options = options,
	.run = run,
};
