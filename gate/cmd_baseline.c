/* cmd_baseline.c -- `gate baseline save|show|diff`: write a snapshot of a run; look; compare. */
#include <stdio.h>

#include "gate/base/near.h"
#include "gate/baseline.h"
#include "gate/baseline_diff.h"
#include "gate/input/discover.h"
#include "gate/pipeline.h"
#include "gate/report/support/baseline_out.h"
#include "gate/scope.h"

static const struct option options[] = {
	PIPELINE_OPTIONS,
	{ .name = "output", .letter = 'o', .arg = "FILE",
	  .help = "save: where to (default: the policy's `baseline`)" },
	{ .name = "items", .help = "show: every test that did not pass and every result too" },
	{ 0 },
};

/* The arguments behind the sub-command, as `gate run` would get them. */
static void
args_behind(const struct args *args, struct args *out)
{
	bool first = true;

	out->command = args->command;
	for (size_t i = 0; i < args->n; i++) {
		if (args->v[i].option == NULL && first)
			first = false;
		else
			*vec_push(out) = args->v[i];
	}
}

/* Relative to the policy, like every path in it. */
static const char *
default_path(struct pipeline *p)
{
	const struct policy *policy = &p->config.policy;
	struct str path = policy->baseline;

	if (path.n == 0)
		return NULL;
	if (policy->base.n && path.p[0] != '/')
		path = path_join(&p->mem, policy->base, path);
	return arena_z(&p->mem, path);
}

static int
save(const struct args *args)
{
	struct pipeline p = { .names = true };
	const char *path;
	int rc = EXIT_INVALID;

	if (scope_refused(args, "save") || (rc = pipeline_run(&p, args)) != 0)
		goto out;
	path = args_has(args, "output") ? args_get(args, "output") : default_path(&p);
	if (path == NULL) {
		fputs("gate baseline save: error: the policy names no baseline to write\n"
		      "hint: -o FILE says where to, or `baseline: FILE` in the policy\n", stderr);
		rc = EXIT_INVALID;
		goto out;
	}
	rc = baseline_save(&p.decision, path, "baseline save") < 0 ? EXIT_INCONCLUSIVE : EXIT_PASS;
	if (rc == EXIT_PASS && strcmp(path, "-") != 0) {
		struct buf text = BUF_INIT;

		baseline_saved_text(&p.config.policy, &p.decision, path, &text);
		rc = output_write("-", buf_str(&text)) < 0 ? EXIT_INCONCLUSIVE : EXIT_PASS;
		buf_release(&text);
	}
out:
	pipeline_release(&p);
	return rc;
}

static int
show(const struct args *args)
{
	const char *path = args_operand(args, 0);
	struct baseline b = { 0 };
	struct buf out = BUF_INIT;
	int rc = EXIT_INVALID;

	if (path == NULL || args_operands(args) != 1) {
		fputs("gate baseline show: error: name one file\n", stderr);
		return EXIT_INVALID;
	}
	if (baseline_look(&b, path, "baseline show") == 0) {
		baseline_show_text(&b, args_has(args, "items"), &out);
		rc = output_write("-", buf_str(&out)) < 0 ? EXIT_INCONCLUSIVE : EXIT_PASS;
	}
	buf_release(&out);
	baseline_release(&b);
	return rc;
}

static int
diff(const struct args *args)
{
	const char *x = args_operand(args, 0), *y = args_operand(args, 1);
	struct baseline a = { 0 }, b = { 0 };
	struct baseline_changes changes = { 0 };
	struct buf out = BUF_INIT;
	int rc = EXIT_INVALID;

	if (y == NULL || args_operands(args) != 2) {
		fputs("gate baseline diff: error: name two files\n", stderr);
		return EXIT_INVALID;
	}
	if (baseline_look(&a, x, "baseline diff") == 0 &&
	    baseline_look(&b, y, "baseline diff") == 0) {
		baseline_changes(&a, &b, &changes);
		baseline_diff_text(&a, &b, &changes, &out);
		rc = output_write("-", buf_str(&out)) < 0 ? EXIT_INCONCLUSIVE : EXIT_PASS;
	}
	buf_release(&out);
	vec_release(&changes.v);
	buf_release(&changes.tools);
	arena_release(&changes.mem);
	baseline_release(&a);
	baseline_release(&b);
	return rc;
}

static int
unknown(const char *word)
{
	static const char *const known[] = { "save", "show", "diff", NULL };
	const char *near = word ? nearest_word(str_of(word), known) : NULL;

	if (word)
		fprintf(stderr, "gate baseline: error: unknown sub-command '%s'\n", word);
	else
		fputs("gate baseline: error: say what to do\n", stderr);
	if (near)
		fprintf(stderr, "hint: did you mean `gate baseline %s`?\n", near);
	else
		fputs("hint: `gate baseline save`, `show FILE` or `diff A B`\n", stderr);
	return EXIT_INVALID;
}

static int
run(const struct args *args)
{
	const char *word = args_operand(args, 0);
	struct args rest = { 0 };
	int rc;

	args_behind(args, &rest);
	if (word && strcmp(word, "save") == 0)
		rc = save(&rest);
	else if (word && strcmp(word, "show") == 0)
		rc = show(&rest);
	else if (word && strcmp(word, "diff") == 0)
		rc = diff(&rest);
	else
		rc = unknown(word);
	vec_release(&rest);
	return rc;
}

const struct command cmd_baseline = {
	.name = "baseline",
	.usage = "save [-o FILE] [REPORT...] | show FILE | diff A B",
	.help = "save a run to compare later ones with; look at such a file; compare two",
	.about = "A baseline holds every test's and every result's identity and outcome. By it\n"
	         "`gate run` tells regressions, fixes, missing tests, new and resolved results.\n\n"
	         "exit status of save: 0 saved, whatever the verdict; 3 when a report is\n"
	         "incomplete (nothing is written).",
	.options = options,
	.run = run,
};
