/*
 * cmd_collect.c -- `gate collect`: reduces one leg of a matrix to a small file that `gate run`
 * reads like the reports it was made of. Reading is as in a run: by the same parsers, with
 * secrets taken out and what can't be read noted. Nothing is judged.
 */
#include <stdio.h>

#include "gate/base/limits.h"
#include "gate/base/num.h"
#include "gate/command.h"
#include "gate/config.h"
#include "gate/context.h"
#include "gate/gather.h"
#include "gate/input/discover.h"
#include "gate/input/gzip.h"
#include "gate/legs.h"
#include "gate/report/support/escape.h"
#include "gate/scope.h"
#include "parsers/parser.h"

#define NOWHERE ((struct pos){ 0 })

static const struct option options[] = {
	{ .name = "output", .letter = 'o', .arg = "FILE", .help = "the leg file to write" },
	{ .name = "runner-exit", .arg = "[NAME[/LEG]=]CODE", .many = true,
	  .help = "the exit status of the runner that wrote the reports" },
	{ .name = "policy", .arg = "FILE",
	  .help = "whose formats, paths and secrets hold (default: gate.yaml, searched upwards)" },
	{ 0 },
};

/* One file to read. */
struct input {
	size_t part;
	const char *path;
	struct str shown, format;
};

/* What a part showed, for the summary. */
struct tally {
	long reports, tests, bad, issues;
};

struct collecting {
	struct arena mem;
	struct diags diags;
	struct policy policy;
	struct redactor *own;   /* without a policy */
	struct leg_file *file;
	struct { struct input *v; size_t n, cap; } inputs;
	struct { struct tally *v; size_t n, cap; } tallies; /* by part */
	struct leg_writer writer;
	struct gzip *gzip;
	bool incomplete;
};

static int
load_policy(struct collecting *c, const struct args *args)
{
	const char *path = config_policy_path(&c->mem, args, NULL);

	if (path == NULL) {
		c->own = redactor_new();
		return 0;
	}
	return policy_load(&c->policy, path, &c->diags);
}

static const struct producer_spec *
spec_of(const struct collecting *c, struct str name)
{
	for (size_t i = 0; i < c->policy.producers.n; i++)
		if (str_eq(c->policy.producers.v[i].name, name))
			return &c->policy.producers.v[i];
	return NULL;
}

/* ---- operands ---- */

static size_t
part_of(struct collecting *c, struct str name, struct str leg)
{
	size_t n = c->file->parts.n;

	for (size_t i = 0; i < n; i++)
		if (str_eq(c->file->parts.v[i].name, name) && str_eq(c->file->parts.v[i].leg, leg))
			return i;
	leg_part_add(c->file, name, leg);
	vec_push(&c->tallies);
	return n;
}

/* A path that several operands name is read once, as in a run. */
static bool
listed(const struct collecting *c, size_t part, const char *path)
{
	for (size_t i = 0; i < c->inputs.n; i++)
		if (c->inputs.v[i].part == part && strcmp(c->inputs.v[i].path, path) == 0)
			return true;
	return false;
}

static void
add_files(struct collecting *c, size_t part, struct str pattern, struct str format)
{
	const struct producer_spec *spec = spec_of(c, c->file->parts.v[part].name);
	struct found found = { 0 };
	struct str why = STR_NONE;

	discover(&c->mem, "", pattern, &found);
	if (found.n == 0)
		why = arena_printf(&c->mem, "no file matches '%.*s'", STR_FMT(pattern));
	if (why.n)
		leg_part_problem(c->file, &c->file->parts.v[part], PROBLEM_MISSING, why);
	if (found.over_limit)
		leg_part_problem(c->file, &c->file->parts.v[part], PROBLEM_OVER_LIMIT,
			arena_printf(&c->mem, "'%.*s' matches more than %d files",
				STR_FMT(pattern), MAX_FILES));
	for (size_t i = 0; i < found.n; i++) {
		if (listed(c, part, found.v[i]))
			continue;
		*vec_push(&c->inputs) = (struct input){ .part = part, .path = found.v[i],
			.shown = gather_shown_path(str_of(found.v[i]),
				spec ? spec->base : STR_NONE),
			.format = format.n ? format : spec ? spec->format : STR_NONE };
	}
	found_release(&found);
}

static int
add_operand(struct collecting *c, const char *operand, struct str *name, struct str *leg)
{
	struct str word = str_of(operand), its_name, its_leg, format;

	if (scope_take_name(&word, &its_name, &its_leg)) {
		*name = its_name;
		*leg = its_leg;
		if (c->policy.producers.n && spec_of(c, its_name) == NULL)
			return scope_unknown_producer(&c->policy, its_name, &c->diags);
	}
	if (name->n == 0) {
		diag_hint(&c->diags, diag_add(&c->diags, DIAG_ERROR, NOWHERE,
			"'%s' does not say whose report it is", operand),
			"write NAME=%s, or NAME/LEG=%s in a matrix", operand, operand);
		return -1;
	}
	format = scope_take_format(&c->policy, &word);
	if (word.n == 0) {
		diag_add(&c->diags, DIAG_ERROR, NOWHERE, "'%s' names no path", operand);
		return -1;
	}
	add_files(c, part_of(c, *name, *leg), word, format);
	return 0;
}

static int
add_operands(struct collecting *c, const struct args *args)
{
	struct str name = STR_NONE, leg = STR_NONE;
	const char *operand;
	int rc = 0;

	for (size_t i = 0; (operand = args_operand(args, i)) != NULL; i++)
		if (add_operand(c, operand, &name, &leg) < 0)
			rc = -1;
	if (args_operands(args) == 0) {
		diag_hint(&c->diags, diag_add(&c->diags, DIAG_ERROR, NOWHERE, "no report given"),
			"gate collect NAME/LEG=REPORT... -o FILE");
		rc = -1;
	}
	if (!args_has(args, "output")) {
		diag_hint(&c->diags, diag_add(&c->diags, DIAG_ERROR, NOWHERE,
			"nothing says where to write"), "-o leg.gate.json.gz");
		rc = -1;
	}
	return rc;
}

/* ---- exit statuses ---- */

static struct leg_part *
part_named(struct collecting *c, struct str name)
{
	struct str leg = STR_NONE;
	struct leg_part *hit = NULL;

	str_cut(&name, "/", &leg);
	for (size_t i = 0; i < c->file->parts.n; i++) {
		struct leg_part *p = &c->file->parts.v[i];

		if ((name.n && !str_eq(p->name, name)) || (leg.n && !str_eq(p->leg, leg)))
			continue;
		if (hit)
			return NULL;
		hit = p;
	}
	return hit;
}

static int
set_exit(struct collecting *c, const char *value)
{
	struct str word = str_of(value), name = STR_NONE, rest;
	struct leg_part *p;
	long status;

	if (str_cut(&word, "=", &rest)) {
		name = word;
		word = rest;
	}
	if (!num_long(word, 0, 255, &status)) {
		diag_hint(&c->diags, diag_add(&c->diags, DIAG_ERROR, NOWHERE,
			"--runner-exit '%s' is no exit status", value),
			"write CODE or NAME/LEG=CODE with CODE from 0 to 255, as $? tells it");
		return -1;
	}
	p = part_named(c, name);
	if (p == NULL || p->exit_known != EXIT_NOT_GIVEN) {
		diag_hint(&c->diags, diag_add(&c->diags, DIAG_ERROR, NOWHERE,
			p ? "--runner-exit '%s': it has a status already" :
			"--runner-exit '%s' does not say whose it is", value),
			"write --runner-exit NAME/LEG=CODE with a NAME/LEG of the reports");
		return -1;
	}
	p->exit_known = EXIT_GIVEN;
	p->exit_status = status;
	return 0;
}

/* What the command line does not say may stand in the exit-file that the policy names. */
static int
set_exits(struct collecting *c, const struct args *args)
{
	const char *value;
	int rc = 0;

	for (size_t i = 0; (value = args_nth(args, "runner-exit", i)) != NULL; i++)
		if (set_exit(c, value) < 0)
			rc = -1;
	for (size_t i = 0; i < c->file->parts.n; i++) {
		struct leg_part *p = &c->file->parts.v[i];
		const struct producer_spec *spec = spec_of(c, p->name);

		if (p->exit_known == EXIT_NOT_GIVEN && spec && spec->exit_file.n)
			p->exit_known = scope_exit_file(spec, &p->exit_status);
	}
	return rc;
}

/* ---- reading ---- */

static void
pack(void *ctx, struct str text)
{
	gzip_more(((struct collecting *)ctx)->gzip, text);
}

static void
warn(struct collecting *c, struct str path, const struct problem *p)
{
	struct buf b = BUF_INIT;

	c->incomplete = true;
	buf_addf(&b, "%.*s%s%s: %.*s", STR_FMT(path), path.n ? ": " : "", problem_name(p->code),
		STR_FMT(p->message));
	fputs("gate collect: warning: ", stderr);
	{
		struct buf shown = BUF_INIT;

		escape_terminal(&shown, buf_str(&b));
		fprintf(stderr, "%s\n", buf_z(&shown));
		buf_release(&shown);
	}
	buf_release(&b);
}

static void
count(struct tally *t, const struct report *r)
{
	t->reports += !r->absent;
	t->tests += r->total;
	t->bad += r->count[OUT_FAILED] + r->count[OUT_ERROR] + r->synthetic;
	t->issues += r->issue_actionable;
}

static void
read_one(struct collecting *c, const struct input *in)
{
	const struct producer_spec *spec = spec_of(c, c->file->parts.v[in->part].name);
	struct str base = spec ? spec->base : STR_NONE;
	struct collect_options collect = {
		.redactor = c->own ? c->own : c->policy.redactor,
		.formats = &c->policy.formats,
		.severities = &c->policy.severities,
		.root = spec ? spec->root : STR_NONE,
		.strip = c->policy.strip.v,
		.nstrip = c->policy.strip.n,
		.tee = leg_write_tee,
		.tee_ctx = &c->writer,
	};
	VEC(struct issue *) issues = { 0 };
	struct report r = { .path = in->shown, .open_path = in->path };

	c->writer.opt = &collect;
	leg_write_part(&c->writer, in->part);
	report_read(&r, in->format, &collect);
	for (size_t i = 0; i < r.issues.n; i++)
		*vec_push(&issues) = &r.issues.v[i];
	context_fill(issues.v, issues.n, base);
	leg_write_done(&c->writer);
	for (size_t i = 0; i < r.problems.n; i++)
		if (problem_incomplete(r.problems.v[i].code))
			warn(c, r.path, &r.problems.v[i]);
	c->incomplete = c->incomplete || !r.complete;
	count(&c->tallies.v[in->part], &r);
	vec_release(&issues);
	report_release(&r);
}

static void
read_all(struct collecting *c, struct buf *out)
{
	struct collect_options plain = { .redactor = c->own ? c->own : c->policy.redactor };

	c->gzip = gzip_begin(out);
	c->writer.flush = pack;
	c->writer.ctx = c;
	c->writer.opt = &plain;
	for (size_t i = 0; i < c->policy.strip.n; i++)
		*vec_push(&c->file->strip) = c->policy.strip.v[i];
	legs_here(c->file);
	leg_write_head(&c->writer, c->file);
	for (size_t i = 0; i < c->file->parts.n; i++)
		for (size_t k = 0; k < c->file->parts.v[i].problems.n; k++)
			warn(c, STR_NONE, &c->file->parts.v[i].problems.v[k]);
	for (size_t i = 0; i < c->inputs.n; i++)
		read_one(c, &c->inputs.v[i]);
	leg_write_end(&c->writer);
	gzip_end(c->gzip);
}

/* "unit/py39: 2 reports, 120 tests, 3 failed" */
static int
summary(const struct collecting *c)
{
	struct buf b = BUF_INIT;
	int rc;

	for (size_t i = 0; i < c->file->parts.n; i++) {
		const struct leg_part *p = &c->file->parts.v[i];
		const struct tally *t = &c->tallies.v[i];

		buf_addf(&b, "%.*s%s%.*s: %ld report%s", STR_FMT(p->name), p->leg.n ? "/" : "",
			STR_FMT(p->leg), t->reports, t->reports == 1 ? "" : "s");
		if (t->tests)
			buf_addf(&b, ", %ld test%s", t->tests, t->tests == 1 ? "" : "s");
		if (t->bad)
			buf_addf(&b, ", %ld failed", t->bad);
		if (t->issues)
			buf_addf(&b, ", %ld result%s", t->issues, t->issues == 1 ? "" : "s");
		buf_addc(&b, '\n');
	}
	rc = output_write("-", buf_str(&b));
	buf_release(&b);
	return rc;
}

static void
release(struct collecting *c)
{
	leg_writer_release(&c->writer);
	leg_file_free(c->file);
	vec_release(&c->inputs);
	vec_release(&c->tallies);
	policy_release(&c->policy);
	redactor_free(c->own);
	diags_release(&c->diags);
	arena_release(&c->mem);
}

static int
run(const struct args *args)
{
	const struct collect_options none = { 0 };
	struct collecting c = { .file = leg_file_new(&none) };
	const char *path = args_get(args, "output");
	struct buf out = BUF_INIT;
	int rc = EXIT_INVALID;

	if (load_policy(&c, args) == 0 && add_operands(&c, args) == 0 &&
	    set_exits(&c, args) == 0) {
		diags_print(stderr, &c.diags, DIAG_WARNING);
		read_all(&c, &out);
		rc = c.incomplete ? EXIT_INCONCLUSIVE : EXIT_PASS;
		if (output_write(path, buf_str(&out)) < 0 ||
		    (strcmp(path, "-") != 0 && summary(&c) < 0))
			rc = EXIT_INCONCLUSIVE;
	} else {
		diags_print(stderr, &c.diags, DIAG_WARNING);
	}
	buf_release(&out);
	release(&c);
	return rc;
}

const struct command cmd_collect = {
	.name = "collect",
	.usage = "NAME[/LEG]=REPORT... [--runner-exit CODE] -o FILE",
	.help = "reduce one leg of a matrix to a small file that `gate run` reads like reports",
	.about = "Each leg collects its reports; one job at the end judges them together:\n"
		"`gate run leg*.gate.json.gz` decides as it would from the reports themselves.\n"
		"A REPORT without NAME= is of the producer named last. Formats, roots, exit-files\n"
		"and what is secret are the policy's, if there is one.\n\n"
		"exit status: 0 written; 2 the command line or the policy is invalid (nothing is\n"
		"written); 3 a report is missing or incomplete: the file is written, and says so.",
	.options = options,
	.run = run,
};
