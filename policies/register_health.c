/*
 * register_health.c -- what is wrong with the registers themselves: contradictions, IDs
 * that name nothing or too much, findings without owner or severity, lines nobody could
 * read. Of the selectors only `path` applies: the register's.
 */
#include "gate/base/glob.h"
#include "policies/engine/count.h"

static const char *const codes[] = { /* in the order of enum register_problem */
	"status-conflict", "totals-mismatch", "unknown-status", "duplicate-id", "ambiguous-id",
	"dangling-link", "missing-severity", "expired", "no-owner", "not-read", NULL,
};
_Static_assert(sizeof(codes) / sizeof(codes[0]) == REGISTER_PROBLEMS + 1, "one word a problem");

static const struct param params[] = {
	{
		.name = "codes",
		.help = "count these problems only",
		.type = PARAM_WORDS,
		.words = codes,
		.stricter = LARGER_IS_STRICTER,
		.not_given = NOT_GIVEN_IS_STRICTEST,
	},
};

static bool
selected(const struct selectors *s, const struct register_note *note)
{
	for (int k = 0; k < SELECTORS; k++)
		if (k != SEL_PATH && s->pattern[k].n)
			return false;
	for (size_t i = 0; i < s->pattern[SEL_PATH].n; i++)
		if (glob_match(s->pattern[SEL_PATH].v[i], note->reg))
			return true;
	return s->pattern[SEL_PATH].n == 0;
}

static void
judge(const struct judge_input *in, const struct rule_instance *inst, struct arena *mem,
	struct rule_result *out)
{
	const struct limit none = { .kind = LIMIT_NUMBER };
	const struct param_value *only = rule_param(inst, "codes");

	for (size_t i = 0; i < in->findings->notes.n; i++) {
		const struct register_note *note = &in->findings->notes.v[i];
		const char *code = register_problem_name(note->code);
		struct item *item;

		if ((only && !(only->number >> note->code & 1)) || !selected(&inst->where, note))
			continue;
		item = rule_item(out, ITEM_TEXT, note->line > 0
			? arena_printf(mem, "%.*s:%ld %s", STR_FMT(note->reg), note->line, code)
			: arena_printf(mem, "%.*s %s", STR_FMT(note->reg), code));
		item->text = note->message;
	}
	rule_sort_items(out);
	rule_settle(in, inst, inst->max.kind == LIMIT_NONE ? &none : &inst->max, mem, out);
}

const struct rule rule_register_health = {
	.name = "register-health",
	.help = "problems of the registers: contradictions, unknown words, missing owners, "
		"unread lines",
	.level = RULE_FAIL,
	.params = params,
	.nparams = sizeof(params) / sizeof(params[0]),
	.example = "register-health: {codes: [status-conflict, dangling-link], level: warn}",
	.singular = "register problem",
	.plural = "register problems",
	.judge = judge,
};
