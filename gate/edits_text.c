/* edits_text.c -- a finding as text: what two sides of it are compared by, and digested. */
#include "gate/edits.h"

static void
add_date(struct buf *b, int64_t t)
{
	if (t == DATE_NONE)
		buf_addz(b, "-");
	else
		date_rfc3339(b, t);
	buf_addc(b, '\n');
}

static void
add_texts(struct buf *b, const char *what, const struct str_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		buf_addf(b, "%s %zu:%.*s\n", what, l->v[i].n, STR_FMT(l->v[i]));
}

void
edit_text_of_entry(struct buf *b, const struct entry *e)
{
	if (e == NULL)
		return;
	buf_addf(b, "entry %d %d %u %d %d\n", e->has_match, e->message_optional, e->outcomes,
		e->sometimes, e->has_waiver);
	for (int k = 0; k < SELECTORS; k++)
		add_texts(b, selector_name((enum selector_key)k), &e->match.pattern[k]);
	for (size_t i = 0; i < e->nmessages; i++)
		buf_addf(b, "%s %zu:%.*s\n", e->messages[i].regex ? "regex" : "message",
			e->messages[i].literal.n, STR_FMT(e->messages[i].literal));
	buf_addf(b, "fixed-in %.*s\nwaiver %.*s|%.*s\n", STR_FMT(e->fixed_in),
		STR_FMT(e->waiver_owner), STR_FMT(e->waiver_reason));
	add_date(b, e->waiver_expires);
}

void
edit_text_of(struct buf *b, const struct finding *f)
{
	const struct finding *as = finding_judged_as(f);

	buf_addf(b, "%.*s %s %s %d %.*s\n", STR_FMT(f->qualified),
		state_name(as ? as->state : STATE_OPEN), level_name(f->level), f->excuses,
		STR_FMT(f->owner));
	add_date(b, f->expires);
	add_date(b, f->created);
	edit_text_of_entry(b, f->entry);
	add_texts(b, "alias", &f->aliases);
	add_texts(b, "identifier", &f->identifiers);
	for (size_t i = 0; i < f->tests.n; i++)
		buf_addf(b, "test %d %.*s\n", f->tests.v[i].scope, STR_FMT(f->tests.v[i].ref));
	for (size_t i = 0; i < f->locations.n; i++)
		buf_addf(b, "at %.*s:%ld-%ld\n", STR_FMT(f->locations.v[i].path),
			f->locations.v[i].line, f->locations.v[i].end_line);
	for (size_t i = 0; i < f->signatures.n; i++)
		buf_addf(b, "says %d %d %.*s\n", f->signatures.v[i].required,
			f->signatures.v[i].regex != NULL, STR_FMT(f->signatures.v[i].text));
	for (size_t i = 0; i < f->tools.n; i++)
		buf_addf(b, "tool %.*s %.*s\n", STR_FMT(f->tools.v[i].tool),
			STR_FMT(f->tools.v[i].rule));
}
