/* cmd_inspect.c -- `gate inspect`: what a parser reads from each file, without judgement. */
#include <stdio.h>

#include "gate/base/glob.h"
#include "gate/base/near.h"
#include "gate/command.h"
#include "gate/input/discover.h"
#include "gate/own_formats.h"
#include "gate/report/support/inspect_json.h"
#include "gate/report/support/inspect_text.h"
#include "parsers/parser.h"
#include "policies/engine/policy.h"

static const struct option options[] = {
	{ .name = "format", .arg = "FORMAT", .help = "the format; default: found by content" },
	{ .name = "items", .help = "every test and result too" },
	{ .name = "policy", .arg = "FILE", .help = "the policy that describes the format" },
	{ .name = "json", .help = "write JSON (inspect@1)" },
	{ 0 },
};

#define MAX_NAMES 256

/* 0, or -1 when the format is not known, with the nearest name. */
static int
check_format(const char *format, const struct own_formats *own)
{
	const char *known[MAX_NAMES + 1] = { "auto" }, *near;
	size_t n = 1;

	for (size_t i = 0; n < MAX_NAMES && i < own->n; i++)
		known[n++] = own->v[i]->name.p;
	for (size_t i = 0; n < MAX_NAMES && parsers[i]; i++)
		known[n++] = parsers[i]->name;
	if (strcmp(format, "auto") == 0 || parser_find(str_of(format)) ||
	    own_format_find(own, str_of(format)))
		return 0;
	near = nearest_word(str_of(format), known);
	fprintf(stderr, "gate inspect: error: unknown format '%s'\n", format);
	if (near)
		fprintf(stderr, "hint: did you mean '%s'?\n", near);
	else
		fputs("hint: `gate list formats` names them\n", stderr);
	return -1;
}

/*
 * Each file is a producer of its own: names are told apart inside a file only. A leg file stands
 * for the files it was made of.
 */
static void
read_file(struct run *run, const char *path, const char *format,
	struct collect_options *collect)
{
	struct report *r = arena_new(&run->mem, struct report);
	struct reports all = { 0 };
	struct leg_file *leg = NULL;

	r->path = str_of(path);
	r->open_path = path;
	collect->leg = &leg;
	report_read(r, str_of(format), collect);
	leg_unpack(leg, r, &all);
	if (leg)
		*vec_push(&run->legs) = leg;
	for (size_t i = 0; i < all.n; i++) {
		struct producer *p = vec_push(&run->producers);

		*vec_push(&p->reports) = all.v[i];
	}
	vec_release(&all);
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
find_files(struct arena *mem, const struct args *args, struct found *files)
{
	const char *operand;

	for (size_t i = 0; (operand = args_operand(args, i)) != NULL; i++) {
		struct found here = { 0 };

		if (strcmp(operand, "-") != 0)
			discover(mem, "", str_of(operand), &here);
		for (size_t k = 0; k < here.n; k++)
			*vec_push(files) = here.v[k];
		/* Nothing matched: opening what was written says so. */
		if (here.n == 0)
			*vec_push(files) = operand;
		found_release(&here);
	}
	vec_sort(files, by_path);
}

/*
 * The formats that the policy describes: of the one that is named, or where a format is asked
 * for that is not built in, of the one that `gate run` would use. -1: it is not valid.
 */
static int
load_formats(struct policy *p, const struct args *args)
{
	const char *path = args_get(args, "policy"), *format = args_get(args, "format");
	struct arena mem = { 0 };
	struct diags d = { 0 };
	int rc = 0;

	if (path == NULL && format && strcmp(format, "auto") != 0 &&
		parser_find(str_of(format)) == NULL)
		path = policy_search(&mem);
	if (path) {
		policy_load(p, path, &d);
		own_formats_check(&p->formats, &d);
	}
	if (d.errors) {
		diags_print(stderr, &d, DIAG_WARNING);
		rc = -1;
	}
	diags_release(&d);
	arena_release(&mem);
	return rc;
}

/* The format that the policy has for this very file, or "". */
static const char *
format_by_policy(const struct policy *p, struct arena *mem, const char *path)
{
	for (size_t i = 0; i < p->producers.n; i++) {
		const struct producer_spec *s = &p->producers.v[i];

		for (size_t k = 0; s->format.n && k < s->paths.n; k++)
			if (glob_match(path_join(mem, s->base, s->paths.v[k]),
				    path_join(mem, STR_NONE, str_of(path))))
				return arena_z(mem, s->format);
	}
	return "";
}

static int
run_inspect(const struct args *args)
{
	struct policy policy = { 0 };
	struct run run = { 0 };
	struct found files = { 0 };
	struct buf out = BUF_INIT;
	struct redactor *redactor;
	bool items = args_has(args, "items");
	struct collect_options collect = { .keep_all = items, .count_issues = !items };
	const char *format = args_get(args, "format");
	int rc = EXIT_PASS;

	if (args_operands(args) == 0) {
		fputs("gate inspect: error: no file given\nhint: gate inspect FILE...\n", stderr);
		return EXIT_INVALID;
	}
	if (load_formats(&policy, args) < 0 ||
		(format && check_format(format, &policy.formats) < 0)) {
		policy_release(&policy);
		return EXIT_INVALID;
	}
	redactor = redactor_new();
	collect.redactor = policy.redactor ? policy.redactor : redactor;
	collect.formats = &policy.formats;
	collect.severities = &policy.severities;
	collect.count_issues = !items && policy.severities.n == 0;
	find_files(&run.mem, args, &files);
	for (size_t i = 0; i < files.n; i++)
		read_file(&run, files.v[i],
			format ? format : format_by_policy(&policy, &run.mem, files.v[i]),
			&collect);
	run_finish(&run);
	for (size_t i = 0; i < run.producers.n; i++)
		if (!run.producers.v[i].reports.v[0]->complete)
			rc = EXIT_INCONCLUSIVE;
	if (args_has(args, "json"))
		inspect_json(&run, collect.keep_all, &out);
	else
		inspect_text(&run, collect.keep_all, &out);
	if (output_write("-", buf_str(&out)) < 0)
		rc = EXIT_INCONCLUSIVE;
	buf_release(&out);
	run_release(&run);
	found_release(&files);
	redactor_free(redactor);
	policy_release(&policy);
	return rc;
}

const struct command cmd_inspect = {
	.name = "inspect",
	.usage = "[--format FORMAT] [--policy FILE] [--items] [--json] FILE...",
	.help = "show what a parser reads from each file, without judgement",
	.about = "A file may be plain or compressed; a folder or a pattern stands for the files\n"
		 "in it, '-' for standard input. Exit status 3: a file is incomplete.",
	.options = options,
	.run = run_inspect,
};
