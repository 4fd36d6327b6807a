/* entry.c -- an entry of a structured register or list whose match covers the result. */
#include "gate/correlate/engine/subject.h"

/* What the entry names, as specifically as it does. */
static int
specificity(const struct entry *e, const struct entry_test *test)
{
	if (test)
		return test->magic ? NAMES_DIRECTORY : NAMES_CASE;
	if (e->match.pattern[SEL_SUITE].n)
		return NAMES_CLASS;
	if (e->match.pattern[SEL_PATH].n)
		return NAMES_FILE;
	return NAMES_NOTHING;
}

static struct str
detail(const struct entry_info *info, const struct subject *s, const struct entry_test *test,
	const struct message_match *message)
{
	if (test && test->renamed.n && !str_eq(test->key, s->key) &&
		!str_eq(test->key, s->full_key))
		return arena_printf(&s->scratch->keys, "%.*s, renamed to %.*s",
			STR_FMT(test->pattern), STR_FMT(test->renamed));
	if (test)
		return test->pattern;
	if (message && message->literal.n)
		return message->literal;
	for (int k = 0; k < SELECTORS; k++)
		if (info->entry->match.pattern[k].n)
			return info->entry->match.pattern[k].v[0];
	return info->finding->id;
}

static void
look_at(const struct ref *r, const struct subject *s, struct offers *out)
{
	const struct entry_info *info = r->info;
	const struct entry *e = info->entry;
	const struct message_match *message = NULL;
	const struct entry_test *test;
	bool said;

	if (!scratch_first_look(s->scratch, info) || !entry_selects(info, s, &test))
		return;
	said = s->failing && e->nmessages && entry_message(e, s, &message);
	/* Where no test is named it is the message that matches, and a pass has none. */
	if (!said && entry_needs_message(info))
		return;
	s->scratch->matched[info->n] = true;
	/* A required message that does not occur voids all of this later, with a note. */
	offer(out, EV_ENTRY,
		test && said && !e->message_optional ? STRENGTH_CERTAIN : STRENGTH_STRONG,
		specificity(e, test), r, detail(info, s, test, message));
}

static void
look_at_all(const struct ref *refs, const struct subject *s, struct offers *out)
{
	for (const struct ref *r = refs; r; r = r->next)
		look_at(r, s, out);
}

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	if (s->producer)
		return;
	if (s->test)
		look_at_all(refs_of(&ix->entry_cases, key_token(s->key)), s, out);
	if (s->issue)
		look_at_all(refs_of(&ix->entry_rules, s->rule), s, out);
	for (size_t i = 0; i < s->hits.n; i++)
		look_at_all(s->hits.v[i].term->entries.first, s, out);
	look_at_all(ix->loose.first, s, out);
}

const struct evidence_rule evidence_entry = {
	.kind = EV_ENTRY,
	.help = "an entry of a structured register or list matches",
	.find = find,
};
