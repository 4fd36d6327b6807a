/*
 * cmd_init.c -- `gate init`: a short first policy from what the checkout holds. It works at
 * once, and says in its comments what to do next.
 */
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/command.h"
#include "gate/input/discover.h"
#include "gate/input/tree.h"
#include "gate/look_around.h"
#include "parsers/parser.h"
#include "policies/engine/read.h"

#define SCHEMA "share/regression-gate/gate.schema.json"
#define COMMENT_COLUMN 36

static const struct option options[] = {
	{ .name = "output", .letter = 'o', .arg = "FILE",
	  .help = "write this file (default: gate.yaml)" },
	{ .name = "print", .help = "print it instead of writing it" },
	{ .name = "schema", .arg = "URL",
	  .help = "where editors find the schema (default: as `make install` puts it)" },
	{ 0 },
};

struct init {
	struct sights sights;
	const char *path;   /* of the policy */
	struct str base;    /* its folder; "" the working folder */
	struct buf out;
};

/* Beside this program, as installed; else where it would be. */
static struct str
schema_path(struct arena *mem, const char *given)
{
	char self[4096];
	ssize_t n = given ? -1 : readlink("/proc/self/exe", self, sizeof(self));
	struct stat st;
	struct str path;

	if (given)
		return str_of(given);
	if (n > 0 && (size_t)n < sizeof(self)) {
		path = path_join(mem, folder_of(mem, str_n(self, (size_t)n)), STR("../" SCHEMA));
		if (stat(arena_z(mem, path), &st) == 0)
			return path;
	}
	return STR("/usr/local/" SCHEMA);
}

/* As the policy writes it: seen from its folder, quoted where YAML asks for it. */
static void
put_path(struct init *in, struct str path)
{
	struct arena *mem = &in->sights.mem;
	struct str shown = path;
	bool plain;

	if (!path_from(mem, in->base, path, &shown))
		shown = path;
	plain = shown.n && (is_alnum(shown.p[0]) || shown.p[0] == '.' || shown.p[0] == '/');
	for (size_t i = 0; i < shown.n; i++)
		plain &= is_alnum(shown.p[i]) || strchr("-_./*+@", shown.p[i]) != NULL;
	if (plain) {
		buf_add(&in->out, shown);
		return;
	}
	buf_addc(&in->out, '\'');
	for (size_t i = 0; i < shown.n; i++) {
		if (shown.p[i] == '\'')
			buf_addc(&in->out, '\'');
		buf_addc(&in->out, shown.p[i]);
	}
	buf_addc(&in->out, '\'');
}

static void __attribute__((format(printf, 2, 3)))
comment(struct init *in, const char *fmt, ...)
{
	size_t start = in->out.n;
	va_list ap;

	while (start > 0 && in->out.p[start - 1] != '\n')
		start--;
	buf_addn(&in->out, ' ', in->out.n - start < COMMENT_COLUMN ?
		COMMENT_COLUMN - (in->out.n - start) : 2);
	buf_addz(&in->out, "# ");
	va_start(ap, fmt);
	buf_vaddf(&in->out, fmt, ap);
	va_end(ap);
	buf_addc(&in->out, '\n');
}

static void
put_registers(struct init *in)
{
	static const char *const kinds[] = {
		[REGISTER_DOCUMENT] = "describes", [REGISTER_STRUCTURED] = "structured: excuses",
		[REGISTER_LIST] = "a list of tests: excuses",
		[REGISTER_TRACKER] = "of an issue tracker: its states win",
	};
	const struct sights *s = &in->sights;

	buf_addz(&in->out, "\n# Where findings are kept. Documents describe; what excuses a "
		"failure is a\n# structured register, a list, or a document with "
		"{path: ..., excuses: true}.\n");
	if (s->registers.n == 0)
		buf_addz(&in->out, "# registers:\n#   - docs/audit.md\n#   - known-failures.yaml"
			"           # `gate accept` starts it\n");
	else
		buf_addz(&in->out, "registers:\n");
	for (size_t i = 0; i < s->registers.n; i++) {
		const struct seen_register *r = &s->registers.v[i];

		buf_addz(&in->out, "  - ");
		put_path(in, r->pattern);
		comment(in, "%zu finding%s; %s", r->findings, r->findings == 1 ? "" : "s",
			kinds[r->kind]);
	}
}

/* A stranger's text stays on its line, in its comment. */
static void
put_words(struct init *in, struct str s, size_t max)
{
	for (size_t i = 0; i < s.n && i < max; i++)
		buf_addc(&in->out, (unsigned char)s.p[i] < ' ' || s.p[i] == 127 ? '?' : s.p[i]);
}

static void
put_report(struct init *in, const struct seen_report *r)
{
	const struct parser *parser = parser_find(r->format);

	buf_addf(&in->out, "  %.*s:\n    path: ", STR_FMT(r->name));
	put_path(in, r->pattern);
	if (r->from.n)
		comment(in, "as %.*s names it", STR_FMT(r->from));
	else
		comment(in, "%.*s%s", STR_FMT(r->format), r->files > 1 ? ", several files" : "");
	if (r->like.n) {
		buf_addz(&in->out, "    # It fails the same tests as ");
		put_words(in, r->like, 200);
		buf_addz(&in->out, ": if that is the same run, keep one.\n");
	}
	if (r->exit_file.n) {
		buf_addz(&in->out, "    exit-file: ");
		put_path(in, r->exit_file);
		comment(in, "the runner's exit status");
	}
	if (parser && parser->kind == KIND_TESTS) {
		buf_addz(&in->out, "    # min-tests: 100");
		comment(in, "fewer are no complete report");
	}
}

static void
put_stranger(struct init *in, const struct stranger *f)
{
	struct str says = f->says, hint;

	str_cut(&says, " (", &hint);
	buf_addz(&in->out, "  # ");
	put_words(in, f->path, 200);
	buf_addz(&in->out, " is no report: ");
	put_words(in, says, 200);
	buf_addc(&in->out, '\n');
}

static void
put_reports(struct init *in)
{
	const struct sights *s = &in->sights;

	buf_addz(&in->out, "\n# Each must deliver complete reports, or the verdict is "
		"inconclusive.\n");
	if (s->reports.n == 0) {
		buf_addz(&in->out, "# None was found: name them here, or on the command line of "
			"`gate run`.\n# reports:\n#   unit:\n"
			"#     path: build/test-results/**/*.xml\n"
			"#     min-tests: 100                # fewer are no complete report\n"
			"#     exit-file: unit.exit          # the runner's exit status\n");
		return;
	}
	buf_addz(&in->out, "reports:\n");
	for (size_t i = 0; i < s->reports.n; i++)
		put_report(in, &s->reports.v[i]);
	for (size_t i = 0; i < s->strangers.n; i++)
		put_stranger(in, &s->strangers.v[i]);
}

static void
put_policy(struct init *in, struct str schema)
{
	buf_addf(&in->out, "# yaml-language-server: $schema=%.*s\n", STR_FMT(schema));
	buf_addz(&in->out, "# What may pass. `gate policy check` finds mistakes, `gate run` "
		"judges, `gate explain` says why.\nversion: 1\n\n"
		"# Stop what is new, let the known debt shrink. Others: strict, release, security, "
		"advisory.\nextends: ratchet\n");
	put_registers(in);
	put_reports(in);
	buf_addz(&in->out, "\n# What shall differ from the preset (`gate list rules`):\n"
		"# rules:\n#   flaky-tests: 0\n");
}

/* The names under which a policy is found. */
static const char *
existing(const char *wanted)
{
	static const char *const names[] = { "gate.yaml", "gate.yml", "gate.json", ".gate.yaml" };
	struct stat st;

	if (wanted)
		return stat(wanted, &st) == 0 ? wanted : NULL;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (stat(names[i], &st) == 0)
			return names[i];
	return NULL;
}

/* It must be a policy, whatever the files are called. */
static int
prove(struct init *in, struct diags *d)
{
	struct err err = { 0 };
	struct findings fs = { 0 };
	struct node *root;
	struct policy p;
	int rc;

	if (strcmp(in->path, "-") == 0) {
		rc = tree_parse(&in->sights.mem, buf_str(&in->out), "gate.yaml", &root, &err);
		if (rc < 0)
			diag_err(d, &err);
		return rc;
	}
	rc = policy_load(&p, in->path, d);
	if (rc == 0)
		rc = policy_registers(&p, &fs, d);
	findings_release(&fs);
	policy_release(&p);
	return rc;
}

static void
say_next(const struct init *in)
{
	const struct sights *s = &in->sights;
	size_t findings = 0;

	for (size_t i = 0; i < s->registers.n; i++)
		findings += s->registers.v[i].findings;
	fprintf(stderr, "%s: %zu report%s, %zu finding%s\n", in->path, s->reports.n,
		s->reports.n == 1 ? "" : "s", findings, findings == 1 ? "" : "s");
	if (s->cut)
		fputs("note: there is more here than was looked at\n", stderr);
	fputs("next: gate policy check, then gate run", stderr);
	if (s->ci.n)
		fprintf(stderr, "; and a step `gate run` behind the tests in %.*s",
			STR_FMT(s->ci.v[0]));
	fputc('\n', stderr);
}

static int
write_policy(struct init *in)
{
	struct diags d = { 0 };
	int rc = EXIT_INCONCLUSIVE;

	if (output_write(in->path, buf_str(&in->out)) < 0)
		goto out;
	if (prove(in, &d) == 0) {
		rc = EXIT_PASS;
		if (strcmp(in->path, "-") != 0)
			say_next(in);
		goto out;
	}
	if (strcmp(in->path, "-") != 0)
		unlink(in->path);
	diags_print(stderr, &d, DIAG_WARNING);
	fputs("gate init: error: the policy could not be written so that it works\n", stderr);
out:
	diags_release(&d);
	return rc;
}

static int
run(const struct args *args)
{
	const char *wanted = args_get(args, "output"), *there, *above;
	struct init in = { .path = args_has(args, "print") ? "-" : wanted ? wanted : "gate.yaml" };
	struct arena *mem = &in.sights.mem;
	int rc = EXIT_INVALID;

	if (args_operands(args) > 0 || (wanted && args_has(args, "print"))) {
		fputs("gate init: error: it takes no operands, and --print or -o, not both\n"
			"hint: gate init writes gate.yaml here\n", stderr);
		return rc;
	}
	there = args_has(args, "print") ? NULL : existing(wanted);
	if (there) {
		fprintf(stderr, "gate init: error: %s exists: it is not overwritten\n"
			"hint: --print shows what would be written, -o FILE writes another file\n",
			there);
		return rc;
	}
	above = args_has(args, "print") ? NULL : policy_search(mem);
	if (above)
		fprintf(stderr, "note: %s holds here so far; this one will hold from here on "
			"down\n", above);
	if (wanted)
		in.base = folder_of(mem, path_join(mem, STR_NONE, str_of(wanted)));
	look_around(&in.sights);
	put_policy(&in, schema_path(mem, args_get(args, "schema")));
	rc = write_policy(&in);
	buf_release(&in.out);
	sights_release(&in.sights);
	return rc;
}

const struct command cmd_init = {
	.name = "init",
	.usage = "[--print | -o FILE]",
	.help = "look around the checkout, write a short first gate.yaml",
	.about = "Finds reports where runners write them (build, target, reports ...), documents\n"
		 "and lists in which findings are kept, and what CI files say about reports. A\n"
		 "policy that exists is never overwritten.",
	.options = options,
	.run = run,
};
