/*
 * cmd_post.c -- `gate post`: delivers a decision made earlier. This half holds the token; the
 * decision's file may come from a stranger's job. It never changes the verdict.
 */
#include <stdio.h>

#include "gate/base/buf.h"
#include "gate/command.h"
#include "gate/decision_file.h"
#include "gate/input/source.h"
#include "gate/post.h"

#define MAX_SARIF_BYTES (256u << 20)

static int
complain(const char *what)
{
	fprintf(stderr, "gate post: error: %s\nhint: gate post --decision decision.json\n", what);
	return EXIT_INVALID;
}

/* What is no SARIF is said here, not hours later on a page that nobody looks at. */
static int
read_sarif(const char *path, struct buf *text)
{
	struct err err = { 0 };
	json_error_t why;
	json_t *doc;

	if (source_slurp(path, MAX_SARIF_BYTES, text, NULL, &err) == 0) {
		doc = json_loadb(buf_z(text), text->n, 0, &why);
		if (doc == NULL)
			err_set(&err, (struct pos){ path, why.line, why.column }, "%s", why.text);
		else if (!json_is_array(json_object_get(doc, "runs")))
			err_set(&err, (struct pos){ .file = path }, "this is no SARIF document");
		json_decref(doc);
	}
	if (!err.set)
		return 0;
	err_hint(&err, "`gate run --out sarif=FILE` writes one");
	err_print(stderr, &err);
	return EXIT_INVALID;
}

static int
post_run(const struct args *args)
{
	const char *path = args_get(args, "decision"), *sarif = args_get(args, "sarif");
	struct post_options o = { .command = "gate post", .to = args_get(args, "to"),
		.token_file = args_get(args, "token-file"), .ca_file = args_get(args, "cacert"),
		.verbose = args_has(args, "verbose") };
	struct buf text = BUF_INIT;
	struct err err = { 0 };
	json_t *doc;
	int rc = 0;

	if (path == NULL || args_operands(args))
		return complain(path ? "it takes no operands" : "--decision FILE is missing");
	doc = decision_file_read(path, &err);
	if (doc == NULL) {
		err_print(stderr, &err);
		return EXIT_INVALID;
	}
	if (sarif)
		rc = read_sarif(sarif, &text);
	o.sarif = buf_str(&text);
	if (rc == 0)
		rc = post_decision(doc, &o);
	json_decref(doc);
	buf_release(&text);
	return rc;
}

static const struct option options[] = {
	{ .name = "decision", .arg = "FILE",
	  .help = "the decision, as `gate run --out json=FILE` wrote it" },
	{ .name = "to", .arg = "github|gitlab", .help = "the forge (default: what CI this is)" },
	{ .name = "token-file", .arg = "FILE",
	  .help = "the token (default: GATE_TOKEN, GITHUB_TOKEN, GITLAB_TOKEN)" },
	{ .name = "cacert", .arg = "FILE", .help = "certificates of the forge's authority (PEM)" },
	{ .name = "sarif", .arg = "FILE",
	  .help = "also upload this SARIF file to GitHub's code scanning" },
	{ .name = "verbose", .letter = 'v', .help = "each request and each wait" },
	{ 0 },
};

const struct command cmd_post = {
	.name = "post",
	.usage = "--decision FILE [--to github|gitlab]",
	.help = "deliver a decision made earlier: one comment on the change, edited in place",
	.about = "The half that holds the token. A delivery that fails never changes the verdict: "
		"it is said, and ends in 4 only where the policy says `delivery.required`.",
	.options = options,
	.run = post_run,
};
