/* strict.c -- see strict.h. */
#include "policies/engine/strict.h"

#include <limits.h>

#include "policies/engine/count.h"

enum measure
measure_both(enum measure a, enum measure b)
{
	if (a == SAME || a == b)
		return b;
	return b == SAME ? a : NEITHER;
}

enum measure
measure_smaller(long a, long b)
{
	return a == b ? SAME : a < b ? STRICTER : LOOSER;
}

/* Fewer bits are stricter. */
static enum measure
fewer(unsigned long a, unsigned long b)
{
	if (a == b)
		return SAME;
	return (a & ~b) == 0 ? STRICTER : (b & ~a) == 0 ? LOOSER : NEITHER;
}

enum measure
measure_flip(enum measure m)
{
	return m == STRICTER ? LOOSER : m == LOOSER ? STRICTER : m;
}

/* How many of a level may be; a level below all that are named is unlimited. */
static long
allowed(const struct limit *l, enum level level)
{
	for (int i = (int)level; i > LEVEL_UNKNOWN; i--)
		if (l->named[i])
			return l->level[i];
	return LONG_MAX;
}

bool
same_limit(const struct limit *a, const struct limit *b)
{
	if (a->kind != b->kind || a->number != b->number)
		return false;
	for (int i = 0; i < LEVELS; i++)
		if (a->named[i] != b->named[i] || (a->named[i] && (a->level[i] != b->level[i] ||
			a->level_baseline[i] != b->level_baseline[i])))
			return false;
	return true;
}

/* Numbers for levels that have an order. */
static bool
is_ladder(const struct limit *l)
{
	return l->kind == LIMIT_BY_LEVEL && !l->named[LEVEL_UNKNOWN] && !limit_needs_baseline(l);
}

enum measure
measure_limit(const struct limit *a, const struct limit *b)
{
	enum measure all = SAME;

	if (same_limit(a, b))
		return SAME;
	if (a->kind == LIMIT_NONE || b->kind == LIMIT_NONE)
		return b->kind == LIMIT_NONE ? STRICTER : LOOSER;
	if (a->kind == LIMIT_NUMBER && b->kind == LIMIT_NUMBER)
		return measure_smaller(a->number, b->number);
	/* None at all is less than whatever a level or the baseline may hold. */
	if (a->kind == LIMIT_NUMBER && a->number == 0)
		return STRICTER;
	if (b->kind == LIMIT_NUMBER && b->number == 0)
		return LOOSER;
	if (!is_ladder(a) || !is_ladder(b))
		return NEITHER;
	for (int i = LEVEL_INFO; i < LEVELS; i++)
		all = measure_both(all, measure_smaller(allowed(a, (enum level)i),
			allowed(b, (enum level)i)));
	return all;
}

static enum measure
measure_value(const struct param *p, const struct param_value *a, const struct param_value *b)
{
	enum measure m;

	switch (p->type) {
	case PARAM_LIMIT:
		return measure_limit(&a->limit, &b->limit);
	case PARAM_LEVELS:
	case PARAM_WORDS:
		m = fewer((unsigned long)a->number, (unsigned long)b->number);
		break;
	default:
		m = measure_smaller(a->number, b->number);
	}
	if (p->stricter == NONE_IS_STRICTER && m != SAME)
		return NEITHER;
	return p->stricter == LARGER_IS_STRICTER ? measure_flip(m) : m;
}

static enum measure
measure_param(const struct param *p, const struct param_value *a, const struct param_value *b)
{
	enum measure given;

	if (a->set && b->set)
		return measure_value(p, a, b);
	if (a->set == b->set)
		return SAME;
	given = p->not_given == NOT_GIVEN_IS_LOOSEST ? STRICTER :
		p->not_given == NOT_GIVEN_IS_STRICTEST ? LOOSER : NEITHER;
	return a->set ? given : measure_flip(given);
}

bool
same_selectors(const struct selectors *a, const struct selectors *b)
{
	for (int k = 0; k < SELECTORS; k++)
		if (!str_list_same(&a->pattern[k], &b->pattern[k]))
			return false;
	return true;
}

struct limit
limit_of(const struct rule_instance *inst)
{
	const char *with = inst->rule->unlimited_with;
	struct limit l = inst->max;

	if (l.kind == LIMIT_NONE && (with == NULL || (with[0] && rule_param(inst, with) == NULL)))
		l.kind = LIMIT_NUMBER;
	return l;
}

static enum measure
measure_level(const struct rule_instance *a, const struct rule_instance *b)
{
	return measure_flip(measure_smaller((long)rule_broken(a), (long)rule_broken(b)));
}

enum measure
measure_instance(const struct rule_instance *a, const struct rule_instance *b)
{
	struct limit al = limit_of(a), bl = limit_of(b);
	enum measure all = measure_limit(&al, &bl);

	if (a->rest != b->rest || !same_selectors(&a->where, &b->where))
		return NEITHER;
	all = measure_both(all, measure_level(a, b));
	if (a->since != b->since) /* the later it judges, the longer it does not */
		all = measure_both(all, a->since < b->since ? STRICTER : LOOSER);
	for (size_t i = 0; i < a->rule->nparams; i++)
		all = measure_both(all, measure_param(&a->rule->params[i], &a->params[i],
			&b->params[i]));
	return all;
}

/* ---- the stricter of both ---- */

static bool
join_limits(struct limit *a, const struct limit *b, enum measure m)
{
	struct limit out = { .kind = LIMIT_BY_LEVEL };

	if (m == LOOSER)
		*a = *b;
	if (m != NEITHER)
		return true;
	if (!is_ladder(a) || !is_ladder(b))
		return false;
	for (int i = LEVEL_INFO; i < LEVELS; i++) {
		long x = allowed(a, (enum level)i), y = allowed(b, (enum level)i);

		out.named[i] = x != LONG_MAX || y != LONG_MAX;
		out.level[i] = x < y ? x : y;
	}
	*a = out;
	return true;
}

static bool
join_params(const struct param *p, struct param_value *a, const struct param_value *b,
	enum measure m)
{
	if (m == LOOSER)
		*a = *b;
	if (m != NEITHER)
		return true;
	if (!a->set || !b->set)
		return false;
	if (p->type == PARAM_LIMIT)
		return join_limits(&a->limit, &b->limit, m);
	if ((p->type != PARAM_LEVELS && p->type != PARAM_WORDS) || p->stricter == NONE_IS_STRICTER)
		return false;
	if (p->stricter == LARGER_IS_STRICTER)
		a->number |= b->number;
	else
		a->number &= b->number;
	return true;
}

bool
instance_join(struct rule_instance *a, const struct rule_instance *b,
	void (*each)(void *ctx, const struct looser *l), void *ctx)
{
	struct limit al = limit_of(a), bl = limit_of(b);
	enum measure m[RULE_PARAMS] = { SAME };
	enum measure limits = measure_limit(&al, &bl), level = measure_level(a, b);
	struct rule_instance out = *a;

	if (a->rest != b->rest || !same_selectors(&a->where, &b->where) ||
	    !join_limits(&al, &bl, limits))
		return false;
	for (size_t i = 0; i < a->rule->nparams; i++) {
		m[i] = measure_param(&a->rule->params[i], &a->params[i], &b->params[i]);
		if (!join_params(&a->rule->params[i], &out.params[i], &b->params[i], m[i]))
			return false;
	}
	if (limits == LOOSER || limits == NEITHER)
		out.max = al;
	if (level == LOOSER) {
		out.level = b->level;
		out.level_given = b->level_given;
	}
	if (each && (limits == LOOSER || limits == NEITHER))
		each(ctx, &(struct looser){ .name = "max", .a = a, .b = b });
	if (each && level == LOOSER)
		each(ctx, &(struct looser){ .name = "level", .a = a, .b = b });
	for (size_t i = 0; each && i < a->rule->nparams; i++)
		if (m[i] == LOOSER || m[i] == NEITHER)
			each(ctx, &(struct looser){ .name = a->rule->params[i].name, .a = a, .b = b,
				.param = &a->rule->params[i], .at = i });
	*a = out;
	return true;
}

static void
describe_bits(const struct param *p, unsigned long bits, struct buf *out)
{
	const char *sep = "";

	if (p->type == PARAM_LEVELS && bits == ~0ul) {
		buf_addz(out, "all");
		return;
	}
	for (int i = p->type == PARAM_LEVELS ? LEVELS - 1 : 0; i >= 0; ) {
		const char *word = p->type == PARAM_LEVELS ? level_name((enum level)i) :
			p->words[i];

		if (word == NULL)
			break;
		if (bits >> i & 1) {
			buf_addf(out, "%s%s", sep, word);
			sep = ", ";
		}
		i += p->type == PARAM_LEVELS ? -1 : 1;
	}
	if (sep[0] == '\0')
		buf_addz(out, "none");
}

static void
describe_param(const struct param *p, const struct param_value *v, struct buf *out)
{
	if (!v->set) {
		buf_addz(out, "not given");
		return;
	}
	switch (p->type) {
	case PARAM_LIMIT:
		limit_describe(&v->limit, out);
		break;
	case PARAM_ACTION:
		buf_addz(out, rule_level_name((enum rule_level)v->number));
		break;
	case PARAM_STRENGTH:
		buf_addz(out, strength_name((enum strength)v->number));
		break;
	case PARAM_BOOL:
		buf_addz(out, v->number ? "true" : "false");
		break;
	case PARAM_LEVELS:
	case PARAM_WORDS:
		describe_bits(p, (unsigned long)v->number, out);
		break;
	case PARAM_NUMBER:
	case PARAM_PERCENT:
		buf_addf(out, "%ld", v->number);
		break;
	}
}

void
looser_describe(const struct looser *l, const struct rule_instance *inst, struct buf *out)
{
	struct limit limit = limit_of(inst);

	if (l->param)
		describe_param(l->param, &inst->params[l->at], out);
	else if (strcmp(l->name, "max") == 0)
		limit_describe(&limit, out);
	else if (rule_broken(inst) == RESULT_INCONCLUSIVE)
		buf_addz(out, "inconclusive");
	else
		buf_addz(out, rule_level_name(inst->level));
}
