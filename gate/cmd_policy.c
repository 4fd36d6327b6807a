/* cmd_policy.c -- `gate policy`: is it right, what does it say, does it do what we think. */
#include <stdio.h>

#include "gate/base/near.h"
#include "gate/command.h"
#include "gate/policy_parts.h"

static const struct option options[] = {
	{ .name = "policy", .arg = "FILE",
	  .help = "policy file or preset (default: gate.yaml, searched upwards)" },
	{ .name = "json", .help = "show: as JSON, with the origin of each value" },
	{ .name = "cases", .arg = "FILE",
	  .help = "test: the cases (default: gate.tests.yaml beside gate.yaml)" },
	{ 0 },
};

static int
show(const char *path, bool json)
{
	struct buf out = BUF_INIT;
	struct diags d = { 0 };
	struct policy p;
	int rc = EXIT_INVALID;

	if (policy_load(&p, path, &d) == 0) {
		if (json)
			policy_show_json(&p, &out);
		else
			policy_show_yaml(&p, &out);
		rc = output_write("-", buf_str(&out)) < 0 ? EXIT_INCONCLUSIVE : EXIT_PASS;
	}
	diags_print(stderr, &d, DIAG_WARNING);
	policy_release(&p);
	diags_release(&d);
	buf_release(&out);
	return rc;
}

static int
usage_error(const char *what, const char *hint)
{
	fprintf(stderr, "gate policy: error: %s\nhint: %s\n", what, hint);
	return EXIT_INVALID;
}

/* The verb, or NULL when it is none (said). */
static const char *
verb_of(const struct args *args)
{
	static const char *const verbs[] = { "check", "show", "test", NULL };
	const char *verb = args_operand(args, 0), *near;

	if (verb == NULL) {
		usage_error("what about the policy?", "gate policy check, show or test");
		return NULL;
	}
	for (size_t i = 0; verbs[i]; i++)
		if (strcmp(verb, verbs[i]) == 0)
			return verb;
	near = nearest_word(str_of(verb), verbs);
	fprintf(stderr, "gate policy: error: unknown verb '%s'\n", verb);
	if (near)
		fprintf(stderr, "hint: did you mean `gate policy %s`?\n", near);
	else
		fputs("hint: gate policy check, show or test\n", stderr);
	return NULL;
}

static int
run(const struct args *args)
{
	const char *verb = verb_of(args), *path = args_get(args, "policy");
	struct arena mem = { 0 };
	int rc;

	if (verb == NULL)
		return EXIT_INVALID;
	if (args_operands(args) > 2 || (path && args_operands(args) > 1))
		return usage_error("one policy at a time", "gate policy check gate.yaml");
	if (args_has(args, "json") && strcmp(verb, "show") != 0)
		return usage_error("--json belongs to `gate policy show`", "leave it out");
	if (args_has(args, "cases") && strcmp(verb, "test") != 0)
		return usage_error("--cases belongs to `gate policy test`", "leave it out");
	if (path == NULL)
		path = args_operand(args, 1);
	if (path == NULL)
		path = policy_search(&mem);
	if (path == NULL)
		rc = usage_error("no gate.yaml here or above",
			"`gate init` writes a first one; --policy FILE names one");
	else if (strcmp(verb, "show") == 0)
		rc = show(path, args_has(args, "json"));
	else if (strcmp(verb, "test") == 0)
		rc = policy_test(path, args_get(args, "cases"));
	else
		rc = policy_check(path);
	arena_release(&mem);
	return rc;
}

const struct command cmd_policy = {
	.name = "policy",
	.usage = "check|show|test [FILE]",
	.help = "check a policy, show what it says in effect, run its test cases",
	.about = "check  says everything that is wrong at once: what `gate run` would refuse,\n"
		 "       rules that can never apply, waivers for findings nobody holds; 0 or 2.\n"
		 "show   prints the policy with all it extends and what is built in, each value\n"
		 "       with where it came from.\n"
		 "test   judges the cases of gate.tests.yaml beside the policy; 0, or 1 when one\n"
		 "       came out otherwise:\n\n"
		 "         version: 1\n"
		 "         now: 2026-01-15T12:00:00Z\n"
		 "         cases:\n"
		 "           - name: a listed failure passes\n"
		 "             registers: cases/known.yaml     # in place of the policy's\n"
		 "             reports: {unit: cases/unit.xml} # no others take part\n"
		 "             baseline: cases/base.json       # none unless named here\n"
		 "             runner-exit: {unit: 1}\n"
		 "             expect:\n"
		 "               verdict: pass                 # pass, fail, inconclusive\n"
		 "               classes: {\"tests/test_a.py::test_b\": known-failure}\n"
		 "               rules: {new-failures: pass}\n"
		 "               counts: {new-failure: 0}\n",
	.options = options,
	.run = run,
};
