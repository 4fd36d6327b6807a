/* floor.c -- see floor.h. */
#include "policies/engine/floor.h"

#include "gate/base/date.h"
#include "gate/base/glob.h"
#include "policies/engine/count.h"
#include "policies/engine/strict.h"

#define MAX_INSTANCES 256

struct applying {
	struct policy *p;
	const struct policy *floor;
	int64_t now;
	struct str project;
	const struct rule *rule;
};

void
below_add(struct policy *p, struct str parameter, struct str policy, struct str floor,
	struct pos at, struct pos floor_at)
{
	struct below_floor *b = vec_push(&p->below);

	*b = (struct below_floor){ .parameter = arena_dup(&p->mem, parameter),
		.policy = arena_dup(&p->mem, policy), .floor = arena_dup(&p->mem, floor),
		.at = at, .floor_at = floor_at };
}

static void
add_place(struct buf *b, const struct pos *at)
{
	if (at->file && at->line > 0 && !str_starts(str_of(at->file), "preset "))
		buf_addf(b, " (%s:%ld)", at->file, at->line);
	else if (at->file)
		buf_addf(b, " (%s)", at->file);
}

void
below_describe(const struct below_floor *b, struct buf *out)
{
	buf_addf(out, "%.*s is %.*s", STR_FMT(b->parameter), STR_FMT(b->policy));
	add_place(out, &b->at);
	buf_addf(out, ", the floor's %.*s holds", STR_FMT(b->floor));
	add_place(out, &b->floor_at);
}

/* ---- exemptions and delays ---- */

static void __attribute__((format(printf, 2, 3)))
note(struct applying *a, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	*vec_push(&a->p->floor_notes) = arena_dup(&a->p->mem, buf_str(&b));
	buf_release(&b);
}

/* An exemption of another project is none; where the project is not known, neither. */
static bool
is_about_us(const struct applying *a, const struct exemption *e)
{
	for (size_t i = 0; a->project.n && i < e->projects.n; i++)
		if (glob_match(e->projects.v[i], a->project))
			return true;
	return e->projects.n == 0;
}

/* It holds until the end of its last day. Says so, or that it is over. */
static bool
holds(struct applying *a, const struct exemption *e, struct str from)
{
	bool over = a->now > e->expires;
	struct buf day = BUF_INIT;

	date_day(&day, e->expires);
	if (over)
		note(a, "The exemption from the floor's %.*s ended on %s: it holds (%.*s: %.*s).",
			STR_FMT(from), buf_z(&day), STR_FMT(e->owner), STR_FMT(e->reason));
	else
		note(a, "Exempt from the floor's %.*s until %s (%.*s: %.*s).", STR_FMT(from),
			buf_z(&day), STR_FMT(e->owner), STR_FMT(e->reason));
	buf_release(&day);
	return !over;
}

static bool
is_exempt(struct applying *a, const char *name)
{
	bool exempt = false;

	for (size_t i = 0; i < a->floor->exempt.n; i++) {
		const struct exemption *e = &a->floor->exempt.v[i];

		if (str_list_has(&e->rules, str_of(name)) && is_about_us(a, e) &&
		    holds(a, e, str_of(name)))
			exempt = true;
	}
	return exempt;
}

/* Everything that the requirement asks for, the exemption names. */
static bool
names_all(const struct selectors *e, const struct selectors *q)
{
	bool any = false;

	for (int k = 0; k < SELECTORS; k++) {
		any |= e->pattern[k].n > 0;
		if (e->pattern[k].n && q->pattern[k].n == 0)
			return false;
		for (size_t i = 0; i < q->pattern[k].n; i++)
			if (k != SEL_LEG && !str_list_has(&e->pattern[k], q->pattern[k].v[i]))
				return false;
	}
	return any;
}

static bool
is_not_yet(struct applying *a, int64_t since, struct str what)
{
	struct buf day = BUF_INIT;

	if (since == DATE_NONE || a->now >= since)
		return false;
	date_day(&day, since);
	note(a, "The floor's %.*s holds from %s on.", STR_FMT(what), buf_z(&day));
	buf_release(&day);
	return true;
}

/* ---- rules ---- */

static void
note_looser(void *ctx, const struct looser *l)
{
	struct applying *a = ctx;
	struct buf name = BUF_INIT, policy = BUF_INIT, floor = BUF_INIT;

	buf_addf(&name, "rules.%s.%s", a->rule->name, l->name);
	looser_describe(l, l->a, &policy);
	looser_describe(l, l->b, &floor);
	below_add(a->p, buf_str(&name), buf_str(&policy), buf_str(&floor), l->a->at, l->b->at);
	buf_release(&name);
	buf_release(&policy);
	buf_release(&floor);
}

/* An instance in few words: its limit, how loud it is, and what it looks at. */
static void
describe(const struct rule_instance *inst, struct buf *out)
{
	struct limit l = limit_of(inst);

	limit_describe(&l, out);
	if (rule_broken(inst) != RESULT_FAIL) {
		buf_addz(out, " at ");
		looser_describe(&(struct looser){ .name = "level" }, inst, out);
	}
	if (!selectors_empty(&inst->where)) {
		buf_addz(out, " for ");
		selectors_describe(&inst->where, out);
	}
	if (inst->rest)
		buf_addz(out, " for the rest");
}

static void
judge_beside(struct applying *a, const struct also_judged *f, struct rule_instance *const mine[],
	size_t n)
{
	struct buf name = BUF_INIT, policy = BUF_INIT, floor = BUF_INIT;
	struct also_judged *also = vec_push(&a->p->also);

	also->rule = f->rule;
	also->all = f->all;
	also->nall = f->nall;
	buf_addf(&name, "rules.%s", a->rule->name);
	for (size_t i = 0; i < n; i++) {
		buf_addz(&policy, i ? "; " : "");
		describe(mine[i], &policy);
	}
	if (n == 0)
		buf_addz(&policy, "off");
	describe(f->rule, &floor);
	below_add(a->p, buf_str(&name), buf_str(&policy), buf_str(&floor),
		n ? mine[0]->at : (struct pos){ 0 }, f->rule->at);
	buf_release(&name);
	buf_release(&policy);
	buf_release(&floor);
}

static size_t
mine_of(struct policy *p, const struct rule *rule, struct rule_instance *v[])
{
	size_t n = 0;

	for (size_t i = 0; i < p->rules.n && n < MAX_INSTANCES; i++)
		if (p->rules.v[i].rule == rule && p->rules.v[i].level != RULE_OFF)
			v[n++] = &p->rules.v[i];
	return n;
}

/* Nothing that the floor's instance asks for is missing from this one of the policy's. */
static bool
is_covered(const struct rule_instance *f, struct rule_instance *const mine[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct rule_instance now = *f;

		now.since = mine[i]->since; /* it holds by now */
		if (!f->rest && (measure_instance(mine[i], &now) == SAME ||
		    measure_instance(mine[i], &now) == STRICTER))
			return true;
	}
	return false;
}

static void
apply_instance(struct applying *a, const struct also_judged *f, bool only)
{
	struct rule_instance *mine[MAX_INSTANCES];
	size_t n = mine_of(a->p, a->rule, mine);

	if (is_covered(f->rule, mine, n))
		return;
	if (only && n == 1 && instance_join(mine[0], f->rule, note_looser, a))
		return;
	judge_beside(a, f, mine, n);
}

/* The i-th instance of the floor, when it is one of the rule's; a change may have added some. */
static bool
instance_of(const struct applying *a, size_t i, struct also_judged *f)
{
	const struct policy *floor = a->floor;

	if (i < floor->rules.n)
		*f = (struct also_judged){ .rule = &floor->rules.v[i], .all = floor->rules.v,
			.nall = floor->rules.n };
	else
		*f = floor->also.v[i - floor->rules.n];
	return f->rule->rule == a->rule && f->rule->level != RULE_OFF;
}

static void
apply_rule(struct applying *a)
{
	size_t all = a->floor->rules.n + a->floor->also.n, n = 0;
	struct also_judged f;
	bool exempt = false;

	for (size_t i = 0; i < all; i++)
		if (instance_of(a, i, &f) && n++ == 0)
			exempt = is_exempt(a, a->rule->name);
	for (size_t i = 0; i < all && !exempt; i++)
		if (instance_of(a, i, &f) &&
		    !is_not_yet(a, f.rule->since, str_of(a->rule->name)))
			apply_instance(a, &f, n == 1);
}

/* ---- what is no rule ---- */

static void
apply_excuse_at(struct applying *a)
{
	struct policy *p = a->p;

	if (a->floor->excuse_at_at.file == NULL || is_exempt(a, "excuse-at") ||
	    p->excuse_at >= a->floor->excuse_at)
		return;
	below_add(p, STR("match.excuse-at"), str_of(strength_name(p->excuse_at)),
		str_of(strength_name(a->floor->excuse_at)), p->excuse_at_at,
		a->floor->excuse_at_at);
	p->excuse_at = a->floor->excuse_at;
}

static void
apply_baseline(struct applying *a)
{
	struct policy *p = a->p;

	if (!a->floor->baseline_required || is_exempt(a, "baseline"))
		return;
	if (p->baseline.n == 0)
		below_add(p, STR("baseline"), STR("not named"), STR("required"),
			(struct pos){ 0 }, a->floor->baseline_at);
	else if (!p->baseline_required)
		below_add(p, STR("baseline.required"), STR("false"), STR("true"), p->baseline_at,
			a->floor->baseline_at);
	p->baseline_required = p->needs_baseline = true;
}

static struct str
requirement_words(struct arena *mem, const struct requirement *q)
{
	struct buf b = BUF_INIT;
	struct str s;

	buf_addz(&b, "report of ");
	selectors_describe(&q->where, &b);
	s = arena_dup(mem, buf_str(&b));
	buf_release(&b);
	return s;
}

static void
apply_required(struct applying *a)
{
	for (size_t i = 0; i < a->floor->required.n; i++) {
		const struct requirement *q = &a->floor->required.v[i];
		struct str words = requirement_words(&a->p->mem, q);
		bool exempt = is_not_yet(a, q->since, words);

		for (size_t k = 0; k < a->floor->exempt.n; k++) {
			const struct exemption *e = &a->floor->exempt.v[k];

			if (names_all(&e->where, &q->where) && is_about_us(a, e) &&
			    holds(a, e, words))
				exempt = true;
		}
		if (!exempt)
			*vec_push(&a->p->must) = q;
	}
}

void
floor_apply(struct policy *p, const struct policy *floor, int64_t now, struct str project)
{
	struct applying a = { .p = p, .floor = floor, .now = now, .project = project };

	p->floor = floor;
	for (size_t i = 0; rules[i]; i++) {
		a.rule = rules[i];
		apply_rule(&a);
	}
	apply_excuse_at(&a);
	apply_baseline(&a);
	apply_required(&a);
}
