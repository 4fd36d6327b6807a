/* cmd_policy.c -- `gate policy`: is it right, what does it say, does it do what we think. */
#include <stdio.h>

#include "gate/base/near.h"
#include "gate/base/date.h"
#include "gate/build_here.h"
#include "gate/command.h"
#include "gate/policy_parts.h"
#include "policies/engine/floor.h"

static const struct option options[] = {
	{ .name = "policy", .arg = "FILE",
	  .help = "policy file or preset (default: gate.yaml, searched upwards)" },
	{ .name = "json", .help = "show: as JSON, with the origin of each value" },
	{ .name = "floor", .arg = "FILE",
	  .help = "check, show: under this central policy; what is looser is listed" },
	{ .name = "now", .arg = "RFC3339",
	  .help = "check, show: the day for the floor's dates (default: the system's)" },
	{ .name = "cases", .arg = "FILE",
	  .help = "test: the cases (default: gate.tests.yaml beside gate.yaml)" },
	{ 0 },
};

int
policy_floor_apply(struct policy_floor *f, struct policy *p, struct diags *d)
{
	if (f->path == NULL)
		return 0;
	if (policy_load_floor(&f->policy, f->path, NULL, d) < 0)
		return -1;
	if (p->root == NULL || p->partial)
		return 0;
	floor_hold_words(p);
	floor_apply(p, &f->policy, f->now, f->project);
	return 0;
}

static int
show(const char *path, struct policy_floor *floor, bool json)
{
	struct buf out = BUF_INIT;
	struct diags d = { 0 };
	struct policy p;
	int rc = EXIT_INVALID;

	/* Both are looked at, so that all that is wrong is said. */
	policy_load(&p, path, &d);
	policy_floor_apply(floor, &p, &d);
	if (d.errors == 0) {
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

/* What a floor depends on beside itself; false: said. */
static bool
floor_of(const struct args *args, struct arena *mem, struct policy_floor *f)
{
	const char *now = args_get(args, "now");
	struct build build = { .forge = FORGE_NONE };

	f->path = args_get(args, "floor");
	f->now = date_now();
	if (now && !date_parse_instant(str_of(now), &f->now)) {
		usage_error("--now is no RFC 3339 instant", "2026-01-31T12:00:00Z");
		return false;
	}
	if (f->path)
		build_here(mem, FORGE_NONE, &build);
	f->project = build.path.n ? build.path : build.project;
	return true;
}

static int
run(const struct args *args)
{
	const char *verb = verb_of(args), *path = args_get(args, "policy");
	struct policy_floor floor = { .path = NULL };
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
	if (args_has(args, "floor") && strcmp(verb, "test") == 0)
		return usage_error("--floor belongs to `gate policy check` and `show`",
			"leave it out");
	if (path == NULL)
		path = args_operand(args, 1);
	if (!floor_of(args, &mem, &floor)) {
		arena_release(&mem);
		return EXIT_INVALID;
	}
	if (path == NULL)
		path = policy_search(&mem);
	if (path == NULL)
		rc = usage_error("no gate.yaml here or above",
			"`gate init` writes a first one; --policy FILE names one");
	else if (strcmp(verb, "show") == 0)
		rc = show(path, &floor, args_has(args, "json"));
	else if (strcmp(verb, "test") == 0)
		rc = policy_test(path, args_get(args, "cases"));
	else
		rc = policy_check(path, &floor);
	policy_release(&floor.policy);
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
