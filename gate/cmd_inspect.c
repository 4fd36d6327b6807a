/* cmd_inspect.c -- `gate inspect`: what a parser reads from each file, without judgement. */
#include <stdio.h>

#include "gate/base/near.h"
#include "gate/command.h"
#include "gate/input/discover.h"
#include "gate/report/support/inspect_json.h"
#include "gate/report/support/inspect_text.h"
#include "parsers/parser.h"

static const struct option options[] = {
	{ .name = "format", .arg = "FORMAT", .help = "the format; default: found by content" },
	{ .name = "items", .help = "every test and result too" },
	{ .name = "json", .help = "write JSON (inspect@1)" },
	{ 0 },
};

/* 0, or -1 when the format is not known, with the nearest name. */
static int
check_format(const char *format)
{
	const char *known[128] = { "auto" }, *near;

	for (size_t i = 0; i < 126 && parsers[i]; i++)
		known[i + 1] = parsers[i]->name;
	if (strcmp(format, "auto") == 0 || parser_find(str_of(format)))
		return 0;
	near = nearest_word(str_of(format), known);
	fprintf(stderr, "gate inspect: error: unknown format '%s'\n", format);
	if (near)
		fprintf(stderr, "hint: did you mean '%s'?\n", near);
	else
		fputs("hint: `gate list formats` names them\n", stderr);
	return -1;
}

/* Each file is a producer of its own: names are told apart inside a file only. */
static void
read_file(struct run *run, const char *path, const char *format,
	const struct collect_options *collect)
{
	struct report *r = arena_new(&run->mem, struct report);
	struct producer *p = vec_push(&run->producers);

	r->path = str_of(path);
	r->open_path = path;
	report_read(r, str_of(format), collect);
	*vec_push(&p->reports) = r;
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

static int
run_inspect(const struct args *args)
{
	struct run run = { 0 };
	struct found files = { 0 };
	struct buf out = BUF_INIT;
	struct redactor *redactor;
	bool items = args_has(args, "items");
	struct collect_options collect = { .keep_all = items, .count_issues = !items };
	const char *format = args_get(args, "format");
	int rc = EXIT_PASS;

	if (format && check_format(format) < 0)
		return EXIT_INVALID;
	if (args_operands(args) == 0) {
		fputs("gate inspect: error: no file given\nhint: gate inspect FILE...\n", stderr);
		return EXIT_INVALID;
	}
	redactor = redactor_new();
	collect.redactor = redactor;
	find_files(&run.mem, args, &files);
	for (size_t i = 0; i < files.n; i++)
		read_file(&run, files.v[i], format ? format : "", &collect);
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
	return rc;
}

const struct command cmd_inspect = {
	.name = "inspect",
	.usage = "[--format FORMAT] [--items] [--json] FILE...",
	.help = "show what a parser reads from each file, without judgement",
	.about = "A file may be plain or compressed; a folder or a pattern stands for the files\n"
		 "in it, '-' for standard input. Exit status 3: a file is incomplete.",
	.options = options,
	.run = run_inspect,
};
