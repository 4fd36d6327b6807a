/*
 * waivers.c -- waivers must be honest: who, why and until when, and not for years.
 *
 * A waiver that lacks what `require` names excuses nothing (correlation sees to that) and
 * breaks this rule, as does one that runs longer than `max-days` from --now. What complete
 * waivers cover is held against `max`, unlimited where the policy names none. One within
 * its grace days is a warning.
 */
#include "policies/engine/count.h"

#define DAY 86400

enum { NEED_OWNER, NEED_REASON, NEED_EXPIRES };

static const char *const fields[] = { "owner", "reason", "expires", NULL };

static const struct param params[] = {
	{
		.name = "require",
		.help = "the fields a waiver must have; all three when not given",
		.type = PARAM_WORDS,
		.words = fields,
		.has_standard = true,
		.standard = 1 << NEED_OWNER | 1 << NEED_REASON | 1 << NEED_EXPIRES,
		.stricter = LARGER_IS_STRICTER,
	},
	{
		.name = "max-days",
		.help = "the longest term, in days from --now to `expires`",
		.type = PARAM_NUMBER,
		.min = 1,
		.max = 36500,
		.not_given = NOT_GIVEN_IS_LOOSEST,
	},
	{
		.name = "grace-days",
		.help = "days before and after `expires` in which a waiver holds, with a warning",
		.type = PARAM_NUMBER,
		.max = 365,
		.has_standard = true,
	},
};

/* Floor division: days before 1970 count backwards. */
static int64_t
day_of(int64_t t)
{
	return t / DAY - (t % DAY < 0);
}

static bool
lacks(const struct entry *e, int field)
{
	switch (field) {
	case NEED_OWNER:
		return str_trim(e->waiver_owner).n == 0;
	case NEED_REASON:
		return str_trim(e->waiver_reason).n == 0;
	default:
		return e->waiver_expires == DATE_NONE;
	}
}

/* What is wrong with the waiver, for people; false: nothing. */
static bool
fault(const struct judge_input *in, const struct rule_instance *inst, const struct entry *e,
	struct buf *why)
{
	const struct param_value *require = rule_param(inst, "require");
	const struct param_value *max_days = rule_param(inst, "max-days");
	const char *sep = "the waiver lacks ";

	for (int i = 0; fields[i]; i++) {
		if (!(require->number >> i & 1) || !lacks(e, i))
			continue;
		buf_addf(why, "%s`%s`", sep, fields[i]);
		sep = " and ";
	}
	if (max_days && e->waiver_expires != DATE_NONE &&
	    day_of(e->waiver_expires) - day_of(in->now) > max_days->number) {
		buf_addf(why, "%sthe waiver expires on ", why->n ? "; " : "");
		date_day(why, e->waiver_expires);
		buf_addf(why, ", more than %ld day%s ahead", max_days->number,
			max_days->number == 1 ? "" : "s");
	}
	return why->n != 0;
}

static void
collect_faults(const struct judge_input *in, const struct rule_instance *inst,
	struct arena *mem, struct rule_result *out)
{
	struct buf why = BUF_INIT;

	for (size_t i = 0; i < in->findings->all.n; i++) {
		const struct finding *f = in->findings->all.v[i];
		struct item item = { .kind = ITEM_FINDING, .id = f->qualified, .finding = f };

		buf_reset(&why);
		if (f->entry == NULL || !f->entry->has_waiver || !fault(in, inst, f->entry, &why) ||
		    !instance_selects(in, inst, &item))
			continue;
		item.text = arena_dup(mem, buf_str(&why));
		*vec_push(&out->items) = item;
	}
	buf_release(&why);
	rule_sort_items(out);
}

static bool
in_grace(const struct item *it)
{
	return (it->test && it->test->judged.in_grace) || (it->issue && it->issue->judged.in_grace);
}

/* Those in their grace days become the items of a warning. */
static void
warn_of_grace(struct arena *mem, struct rule_result *out)
{
	struct buf b = BUF_INIT;
	size_t n = 0;

	for (size_t i = 0; i < out->items.n; i++)
		if (in_grace(&out->items.v[i]))
			out->items.v[n++] = out->items.v[i];
	if (n == 0)
		return;
	out->items.n = n;
	out->observed = (long)n;
	out->outcome = RESULT_WARN;
	count_words(&b, (long)n, "waived result is", "waived results are");
	buf_addz(&b, " within the grace days of the waiver");
	out->message = arena_dup(mem, buf_str(&b));
	buf_reset(&b);
	count_words(&b, (long)n, "waived result", "waived results");
	buf_addz(&b, " in grace");
	out->phrase = arena_dup(mem, buf_str(&b));
	buf_release(&b);
}

static void
judge(const struct judge_input *in, const struct rule_instance *inst, struct arena *mem,
	struct rule_result *out)
{
	const struct limit none = { .kind = LIMIT_NUMBER };
	struct buf b = BUF_INIT;

	collect_faults(in, inst, mem, out);
	if (out->items.n) {
		rule_settle(in, inst, &none, mem, out);
		count_words(&b, out->observed, "waiver does", "waivers do");
		buf_addz(&b, " not meet the policy's terms");
		out->message = arena_dup(mem, buf_str(&b));
		buf_reset(&b);
		count_words(&b, out->observed, "unfit waiver", "unfit waivers");
		out->phrase = arena_dup(mem, buf_str(&b));
		buf_release(&b);
		return;
	}
	rule_collect(in, inst, inst->rule->classes, out);
	rule_settle(in, inst, &inst->max, mem, out);
	if (out->outcome == RESULT_PASS)
		warn_of_grace(mem, out);
}

const struct rule rule_waivers = {
	.name = "waivers",
	.help = "waivers: their required fields, their longest term, and how many results "
		"they cover",
	.classes = CLASS_BIT(CLASS_WAIVED),
	.level = RULE_FAIL,
	.unlimited_with = "",
	.params = params,
	.nparams = sizeof(params) / sizeof(params[0]),
	.example = "waivers: {require: [owner, reason, expires], max-days: 90, grace-days: 7}",
	.singular = "waived result",
	.plural = "waived results",
	.judge = judge,
};
