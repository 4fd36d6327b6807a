/* cmd_diff.c -- `gate diff`: two decisions, or the decisions of two bundles, side by side. */
#include <stdio.h>

#include "gate/bundle.h"
#include "gate/command.h"
#include "gate/decision_diff.h"
#include "gate/decision_file.h"
#include "gate/input/bytes.h"
#include "gate/report/support/json_out.h"

#define ROWS 20 /* of each list, without -v */

/* A bundle is gzip; a decision may be that too, but its first bytes then are a brace. */
static bool
is_bundle(const char *path)
{
	struct bytes in;
	char head[2] = { 0 };
	bool yes;

	bytes_init(&in);
	bytes_open(&in, path);
	yes = bytes_fill(&in, head, 2) == 2 && in.gunzip != NULL && head[0] != '{';
	bytes_release(&in);
	return yes;
}

static json_t *
read_one(const char *path, struct err *err)
{
	struct bundle b = { 0 };
	json_t *doc = NULL;

	if (strcmp(path, "-") == 0 || !is_bundle(path))
		return decision_file_read(path, err);
	if (bundle_open(&b, path, err) == 0)
		doc = decision_text_read(b.decision, path, err);
	bundle_release(&b);
	return doc;
}

static int
diff_run(const struct args *args)
{
	struct buf out = BUF_INIT;
	struct err err = { 0 };
	json_t *a = NULL, *b = NULL, *diff = NULL;
	int rc = EXIT_INVALID;

	if (args_operands(args) != 2) {
		fputs("gate diff: error: name two decisions or bundles\n"
		      "hint: gate diff OLD.json NEW.json\n", stderr);
		return rc;
	}
	a = read_one(args_operand(args, 0), &err);
	if (a)
		b = read_one(args_operand(args, 1), &err);
	if (b == NULL) {
		err_print(stderr, &err);
		goto out;
	}
	diff = decision_diff(a, b);
	rc = json_is_true(json_object_get(diff, "same")) ? EXIT_PASS : EXIT_VIOLATED;
	if (args_has(args, "json")) {
		json_write(&out, json_incref(diff), 0);
		buf_addc(&out, '\n');
	} else {
		decision_diff_text(diff, args_has(args, "verbose") ? 0 : ROWS, &out);
	}
	if (output_write("-", buf_str(&out)) < 0)
		rc = EXIT_INCONCLUSIVE;
out:
	json_decref(diff);
	json_decref(a);
	json_decref(b);
	buf_release(&out);
	return rc;
}

static const struct option options[] = {
	{ .name = "json", .help = "the comparison as JSON (diff@1)" },
	{ .name = "verbose", .letter = 'v', .help = "cut no list short" },
	{ 0 },
};

const struct command cmd_diff = {
	.name = "diff",
	.usage = "[OPTION...] A B",
	.help = "compare two decisions or bundles: what is new, gone, reclassified, and why",
	.about = "A and B are decisions (`gate run --out json=FILE`) or bundles.\n\n"
		"exit status: 0 the same, 1 different, 2 unreadable.",
	.options = options,
	.run = diff_run,
};
