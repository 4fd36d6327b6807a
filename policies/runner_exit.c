/*
 * runner_exit.c -- the runner's exit status must be explained by its results: a crash after
 * the last known failure looks like a normal red run otherwise. A status is not explained
 * when it is not 0 and nothing failed, when it is 0 and a test failed, when the runner could
 * not be started, or when it was killed. Exit statuses: POSIX.1-2017, XCU 2.8.2.
 */
#include "policies/engine/count.h"

#define SIGNALS 64

static const char *
signal_name(long n)
{
	/* The numbers that agree on every platform the gate runs on. */
	switch (n) {
	case 1: return " (SIGHUP)";
	case 2: return " (SIGINT)";
	case 3: return " (SIGQUIT)";
	case 4: return " (SIGILL)";
	case 6: return " (SIGABRT)";
	case 8: return " (SIGFPE)";
	case 9: return " (SIGKILL)";
	case 11: return " (SIGSEGV)";
	case 13: return " (SIGPIPE)";
	case 15: return " (SIGTERM)";
	default: return "";
	}
}

struct seen_results {
	long failures; /* failed and error cases, synthetic ones too */
	long issues;
};

/* What the runner showed: of its leg, or (`of` is NULL) of the whole producer. */
static struct seen_results
results_of(const struct producer *p, const struct leg_exit *of)
{
	struct seen_results s = { 0 };

	for (size_t i = 0; i < p->reports.n; i++) {
		const struct report *r = p->reports.v[i];

		if (of && r->exit != of)
			continue;
		s.failures += r->count[OUT_FAILED] + r->count[OUT_ERROR] + r->synthetic;
		s.issues += r->issue_actionable;
	}
	return s;
}

/* Why the status is not explained, for people; the empty view when it is. */
static struct str
unexplained(struct str name, enum exit_known known, long status, struct seen_results seen,
	struct arena *mem)
{
	if (known == EXIT_BAD)
		return arena_printf(mem, "the exit status of %.*s could not be read",
			STR_FMT(name));
	if (status > 128 && status <= 128 + SIGNALS)
		return arena_printf(mem, "%.*s was killed by signal %ld%s, exit status %ld",
			STR_FMT(name), status - 128, signal_name(status - 128), status);
	if (status >= 128 || status < 0)
		return arena_printf(mem, "%.*s ended abnormally, exit status %ld", STR_FMT(name),
			status);
	/* Some runners end in the number of failures. */
	if ((status == 126 || status == 127) && seen.failures != status)
		return arena_printf(mem, "%.*s could not be started, exit status %ld",
			STR_FMT(name), status);
	if (status == 0 && seen.failures > 0)
		return arena_printf(mem, "%.*s ended in exit status 0, though tests failed",
			STR_FMT(name));
	if (status != 0 && seen.failures == 0 && seen.issues == 0)
		return arena_printf(mem, "%.*s ended in exit status %ld, though nothing failed",
			STR_FMT(name), status);
	return STR_NONE;
}

static void
add(struct rule_result *out, struct item item, struct str text)
{
	item.text = text;
	if (text.n)
		*vec_push(&out->items) = item;
}

static void
judge_producer(const struct producer *p, struct item item, struct arena *mem,
	struct rule_result *out)
{
	struct str name = p->spec->name;

	if (p->exit_known != EXIT_NOT_GIVEN)
		add(out, item, unexplained(name, p->exit_known, p->exit_status,
			results_of(p, NULL), mem));
	for (size_t i = 0; i < p->exits.n; i++) {
		const struct leg_exit *e = p->exits.v[i];
		struct str who = e->leg.n ? arena_printf(mem, "%.*s/%.*s", STR_FMT(name),
			STR_FMT(e->leg)) : name;

		add(out, item, unexplained(who, e->known, e->status, results_of(p, e), mem));
	}
}

static void
judge(const struct judge_input *in, const struct rule_instance *inst, struct arena *mem,
	struct rule_result *out)
{
	const struct limit none = { .kind = LIMIT_NUMBER };

	for (size_t i = 0; i < in->run->producers.n; i++) {
		const struct producer *p = &in->run->producers.v[i];
		struct item item = { .kind = ITEM_PRODUCER, .id = p->spec->name, .producer = p };

		if (instance_selects(in, inst, &item))
			judge_producer(p, item, mem, out);
	}
	rule_sort_items(out);
	rule_settle(in, inst, inst->max.kind == LIMIT_NONE ? &none : &inst->max, mem, out);
}

const struct rule rule_runner_exit = {
	.name = "runner-exit",
	.help = "exit statuses of runners that their results do not explain; inconclusive unless a "
		"level is named",
	.level = RULE_FAIL,
	.inconclusive = true,
	.always = true,
	.example = "runner-exit: fail",
	.singular = "unexplained exit status",
	.plural = "unexplained exit statuses",
	.judge = judge,
};
