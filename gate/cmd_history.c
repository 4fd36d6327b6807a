/* cmd_history.c -- `gate history show [TEST]`: what earlier runs showed of it. */
#include <stdio.h>

#include "gate/base/near.h"
#include "gate/command.h"
#include "gate/config.h"
#include "gate/history_file.h"
#include "gate/input/discover.h"
#include "policies/engine/policy.h"

static const struct option options[] = {
	{ .name = "history", .arg = "FILE", .help = "the file (default: the policy's `history`)" },
	{ .name = "policy", .arg = "FILE",
	  .help = "policy file (default: gate.yaml, searched upwards)" },
	{ .name = "json", .help = "regression-gate/history@1" },
	{ 0 },
};

/* The policy's `history`, relative to it; NULL with a message. */
static const char *
path_of_policy(struct arena *mem, const struct args *args)
{
	const char *path = config_policy_path(mem, args, NULL), *found = NULL;
	struct policy p = { 0 };
	struct diags d = { 0 };

	if (path && policy_load(&p, path, &d) < 0)
		diags_print(stderr, &d, DIAG_ERROR);
	else if (path && p.history.n)
		found = arena_z(mem, path_join(mem, p.base, p.history));
	if (found == NULL && d.errors == 0)
		fputs("gate history: error: no history is named\nhint: --history FILE, or "
		      "`history: FILE` in the policy\n", stderr);
	policy_release(&p);
	diags_release(&d);
	return found;
}

static int
show(const struct args *args)
{
	struct arena mem = { 0 };
	const char *path = args_get(args, "history"), *test = args_operand(args, 1);
	struct buf out = BUF_INIT;
	int rc = EXIT_INVALID;

	if (path == NULL)
		path = path_of_policy(&mem, args);
	if (path)
		rc = history_show(path, str_of(test), args_has(args, "json"), &out);
	if (rc == EXIT_PASS && output_write("-", buf_str(&out)) < 0)
		rc = EXIT_INCONCLUSIVE;
	buf_release(&out);
	arena_release(&mem);
	return rc;
}

static int
run(const struct args *args)
{
	static const char *const known[] = { "show", NULL };
	const char *word = args_operand(args, 0), *near;

	if (word && strcmp(word, "show") == 0 && args_operands(args) <= 2)
		return show(args);
	near = word ? nearest_word(str_of(word), known) : NULL;
	if (word && strcmp(word, "show") == 0)
		fputs("gate history: error: name one test\n", stderr);
	else if (word)
		fprintf(stderr, "gate history: error: unknown sub-command '%s'\n", word);
	else
		fputs("gate history: error: say what to do\n", stderr);
	if (near && strcmp(word, near) != 0)
		fprintf(stderr, "hint: did you mean `gate history %s`?\n", near);
	else
		fputs("hint: `gate history show` or `gate history show TEST`\n", stderr);
	return EXIT_INVALID;
}

const struct command cmd_history = {
	.name = "history",
	.usage = "show [TEST] [--history FILE]",
	.help = "what earlier runs showed of a test: first seen, last pass, how often it flips",
	.about = "A history is one file that the pipeline keeps in its cache. `gate run --history\n"
		"FILE` reads it and adds its own run: a test that passed, but failed in another\n"
		"run of the same revision, is flaky. A failure never becomes less by it.\n\n"
		"Without TEST: every test that failed or needed retries, the worst first.",
	.options = options,
	.run = run,
};
