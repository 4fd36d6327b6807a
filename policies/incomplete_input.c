/*
 * incomplete_input.c -- what should have been delivered and was not, or not whole. Nothing
 * excuses it but this rule's own level or limit, which the policy shows.
 */
#include "policies/engine/count.h"

/* The producer wrote something, though not to the end. */
static bool
cut_short(enum problem_code c)
{
	return c == PROBLEM_TRUNCATED || c == PROBLEM_MALFORMED || c == PROBLEM_OVER_LIMIT ||
	       c == PROBLEM_REFUSED;
}

static const struct problem *
first_incomplete(const struct report *r)
{
	for (size_t i = 0; i < r->problems.n; i++)
		if (problem_incomplete(r->problems.v[i].code))
			return &r->problems.v[i];
	return NULL;
}

/* "unit/py39: a.xml", as far as it takes to tell the report from the producer's others. */
static struct str
report_words(const struct producer *p, const struct report *r, struct arena *mem)
{
	struct buf b = BUF_INIT;
	struct str s;

	buf_add(&b, p->spec->name);
	if (r->leg.n)
		buf_addf(&b, "/%.*s", STR_FMT(r->leg));
	if (p->reports.n > 1)
		buf_addf(&b, " (%.*s)", STR_FMT(r->path));
	s = arena_dup(mem, buf_str(&b));
	buf_release(&b);
	return s;
}

static void
add(const struct judge_input *in, const struct rule_instance *inst, struct rule_result *out,
	const struct producer *p, struct str text)
{
	struct item item = { .kind = ITEM_PRODUCER, .id = p->spec->name, .producer = p,
		.text = text };

	if (instance_selects(in, inst, &item))
		*vec_push(&out->items) = item;
}

static size_t
add_reports(const struct judge_input *in, const struct rule_instance *inst,
	const struct producer *p, struct arena *mem, struct rule_result *out)
{
	size_t bad = 0;

	for (size_t i = 0; i < p->reports.n; i++) {
		const struct report *r = p->reports.v[i];
		const struct problem *why = first_incomplete(r);
		struct str who;

		if (r->complete)
			continue;
		bad++;
		who = report_words(p, r, mem);
		if (why == NULL)
			add(in, inst, out, p, arena_printf(mem, "%.*s is incomplete",
				STR_FMT(who)));
		else
			add(in, inst, out, p, arena_printf(mem, "%.*s %s (%s)", STR_FMT(who),
				cut_short(why->code) ? "is incomplete" : "did not deliver",
				problem_name(why->code)));
	}
	return bad;
}

static bool
has_problem(const struct producer *p, enum problem_code code)
{
	for (size_t i = 0; i < p->problems.n; i++)
		if (p->problems.v[i].code == code)
			return true;
	return false;
}

static void
add_producer(const struct judge_input *in, const struct rule_instance *inst,
	const struct producer *p, struct arena *mem, struct rule_result *out)
{
	size_t bad = add_reports(in, inst, p, mem, out);
	struct str name = p->spec->name;

	if (p->reports.n == 0 && has_problem(p, PROBLEM_MISSING)) {
		add(in, inst, out, p, arena_printf(mem, "%.*s did not deliver (missing)",
			STR_FMT(name)));
		return;
	}
	for (size_t i = 0; i < p->problems.n; i++) {
		const struct problem *why = &p->problems.v[i];

		if (why->code == PROBLEM_NOTHING_RAN ? bad : !problem_incomplete(why->code))
			continue; /* too few tests in a broken report are no second reason */
		bad++;
		add(in, inst, out, p, arena_printf(mem, "%.*s: %.*s (%s)", STR_FMT(name),
			STR_FMT(why->message), problem_name(why->code)));
	}
	if (bad == 0)
		add(in, inst, out, p, arena_printf(mem, "%.*s did not deliver", STR_FMT(name)));
}

static void
judge(const struct judge_input *in, const struct rule_instance *inst, struct arena *mem,
	struct rule_result *out)
{
	const struct limit none = { .kind = LIMIT_NUMBER };
	const struct run *run = in->run;
	struct item nothing = { .kind = ITEM_TEXT, .id = STR("reports"),
		.text = STR("no report was asked for") };

	rule_collect(in, inst, inst->rule->classes, out);
	for (size_t i = 0; i < run->producers.n; i++) {
		const struct producer *p = &run->producers.v[i];

		if (!p->tool_only_absent && (!p->complete || has_problem(p, PROBLEM_NOTHING_RAN)))
			add_producer(in, inst, p, mem, out);
	}
	if (run->producers.n == 0 && instance_selects(in, inst, &nothing))
		*vec_push(&out->items) = nothing;
	rule_sort_items(out);
	rule_settle(in, inst, inst->max.kind == LIMIT_NONE ? &none : &inst->max, mem, out);
}

const struct rule rule_incomplete_input = {
	.name = "incomplete-input",
	.help = "inputs that are missing, unreadable or incomplete; inconclusive unless a level is "
		"named",
	.classes = CLASS_BIT(CLASS_INDETERMINATE),
	.level = RULE_FAIL,
	.inconclusive = true,
	.always = true,
	.example = "incomplete-input: [{report: e2e, level: warn}]",
	.singular = "incomplete input",
	.plural = "incomplete inputs",
	.judge = judge,
};
