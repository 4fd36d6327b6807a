/*
 * register_health.c -- what is wrong with the registers themselves: contradictions, IDs
 * that name nothing or too much, findings without owner or severity, lines nobody could
 * read; where the policy asks, entries that excuse without saying who, why and how long.
 * Of the selectors only `path` applies: the register's.
 */
#include "gate/base/glob.h"
#include "policies/engine/count.h"

static const char *const codes[] = { /* in the order of enum register_problem */
	"status-conflict", "totals-mismatch", "unknown-status", "duplicate-id", "ambiguous-id",
	"dangling-link", "missing-severity", "expired", "no-owner", "not-read", NULL,
};
enum { NEED_OWNER, NEED_REASON, NEED_EXPIRES, NEED_SEVERITY, FIELDS };

static const char *const fields[] = { "owner", "reason", "expires", "severity", NULL };

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
	{
		.name = "require",
		.help = "what every entry that excuses must have; each one that lacks some of it "
			"counts",
		.type = PARAM_WORDS,
		.words = fields,
		.stricter = LARGER_IS_STRICTER,
		.not_given = NOT_GIVEN_IS_LOOSEST,
	},
};

static bool
selects_register(const struct selectors *s, struct str reg)
{
	for (int k = 0; k < SELECTORS; k++)
		if (k != SEL_PATH && s->pattern[k].n)
			return false;
	for (size_t i = 0; i < s->pattern[SEL_PATH].n; i++)
		if (glob_match(s->pattern[SEL_PATH].v[i], reg))
			return true;
	return s->pattern[SEL_PATH].n == 0;
}

/* ---- what entries lack ---- */

static bool
lacks(const struct finding *f, int field)
{
	const struct entry *e = f->entry && f->entry->has_waiver ? f->entry : NULL;

	switch (field) {
	case NEED_OWNER:
		return f->owner.n == 0 && !(e && e->waiver_owner.n);
	case NEED_REASON: /* a plain list's reason is its title */
		return (f->title.n == 0 || str_eq(f->title, f->id)) && !(e && e->waiver_reason.n);
	case NEED_EXPIRES:
		return f->expires == DATE_NONE && !(e && e->waiver_expires != DATE_NONE);
	default:
		return f->level == LEVEL_UNKNOWN;
	}
}

static bool
excuses_now(const struct finding *f)
{
	bool waived = f->entry && f->entry->has_waiver;

	return (f->excuses || waived) && finding_listed(f) && f->state != STATE_DONE &&
		f->state != STATE_REJECTED && f->state != STATE_DUPLICATE;
}

/* A change is asked about the registers that it leaves behind. */
static const struct findings *
registers(const struct judge_input *in)
{
	return in->run && in->run->registers ? in->run->registers : in->findings;
}

/* Counts, by field, into `missing`; returns how many entries lack something. */
static long
collect_lacking(const struct judge_input *in, const struct rule_instance *inst, long bits,
	struct arena *mem, struct rule_result *out, long missing[FIELDS])
{
	const struct findings *fs = registers(in);
	struct buf b = BUF_INIT;
	long n = 0;

	for (size_t i = 0; i < fs->all.n; i++) {
		const struct finding *f = fs->all.v[i];
		struct item *item;

		if (!excuses_now(f) || !selects_register(&inst->where, f->reg->shown))
			continue;
		buf_reset(&b);
		for (int k = 0; k < FIELDS; k++) {
			if (!(bits >> k & 1) || !lacks(f, k))
				continue;
			buf_addf(&b, "%s%s", b.n ? ", " : "", fields[k]);
			missing[k]++;
		}
		if (b.n == 0)
			continue;
		item = rule_item(out, ITEM_TEXT, arena_printf(mem, "%.*s:%ld %.*s",
			STR_FMT(f->reg->shown), f->line, STR_FMT(f->id)));
		item->text = arena_printf(mem, "lacks %.*s", STR_FMT(buf_str(&b)));
		n++;
	}
	buf_release(&b);
	return n;
}

/* "216 entries lack something: owner 200, expires 216" */
static void
say_lacking(struct rule_result *out, struct arena *mem, long n, const long missing[FIELDS])
{
	struct buf b = BUF_INIT;
	const char *sep = ": ";

	if (n == 0)
		return;
	buf_add(&b, out->message);
	buf_addz(&b, "; ");
	count_words(&b, n, "entry lacks", "entries lack");
	buf_addz(&b, " what the policy requires");
	for (int k = 0; k < FIELDS; k++) {
		if (missing[k] == 0)
			continue;
		buf_addf(&b, "%s%s ", sep, fields[k]);
		count_number(&b, missing[k]);
		sep = ", ";
	}
	out->message = arena_dup(mem, buf_str(&b));
	buf_release(&b);
}

static void
judge(const struct judge_input *in, const struct rule_instance *inst, struct arena *mem,
	struct rule_result *out)
{
	const struct limit none = { .kind = LIMIT_NUMBER };
	const struct findings *fs = registers(in);
	const struct param_value *only = rule_param(inst, "codes");
	const struct param_value *require = rule_param(inst, "require");
	long missing[FIELDS] = { 0 }, lacking = 0;

	for (size_t i = 0; i < fs->notes.n; i++) {
		const struct register_note *note = &fs->notes.v[i];
		const char *code = register_problem_name(note->code);
		struct item *item;

		if ((only && !(only->number >> note->code & 1)) ||
		    !selects_register(&inst->where, note->reg))
			continue;
		item = rule_item(out, ITEM_TEXT, note->line > 0
			? arena_printf(mem, "%.*s:%ld %s", STR_FMT(note->reg), note->line, code)
			: arena_printf(mem, "%.*s %s", STR_FMT(note->reg), code));
		item->text = note->message;
	}
	if (require)
		lacking = collect_lacking(in, inst, require->number, mem, out, missing);
	rule_sort_items(out);
	rule_settle(in, inst, inst->max.kind == LIMIT_NONE ? &none : &inst->max, mem, out);
	say_lacking(out, mem, lacking, missing);
}

const struct rule rule_register_health = {
	.name = "register-health",
	.help = "problems of the registers: contradictions, unknown words, missing owners, "
		"unread lines",
	.level = RULE_FAIL,
	.params = params,
	.nparams = sizeof(params) / sizeof(params[0]),
	.example = "register-health: {require: [owner, reason, expires], level: warn}",
	.singular = "register problem",
	.plural = "register problems",
	.judge = judge,
};
