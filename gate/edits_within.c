/* edits_within.c -- see edits_within.h. */
#include "gate/edits_within.h"

#include "gate/base/glob.h"

/* Each of mine is one of theirs, or lies within a pattern of theirs. */
static bool
within(const struct str_list *mine, const struct str_list *theirs)
{
	for (size_t i = 0; i < mine->n; i++) {
		bool held = false;

		for (size_t k = 0; k < theirs->n && !held; k++)
			held = str_eq(mine->v[i], theirs->v[k]) ||
				(!glob_has_magic(mine->v[i]) &&
				glob_match(theirs->v[k], mine->v[i]));
		if (!held)
			return false;
	}
	return true;
}

bool
match_within(const struct entry *m, const struct entry *t)
{
	for (int k = 0; k < SELECTORS; k++) {
		const struct str_list *mine = &m->match.pattern[k], *theirs = &t->match.pattern[k];

		if (theirs->n && (mine->n == 0 || !within(mine, theirs)))
			return false;
	}
	return !m->has_match || t->has_match;
}

bool
messages_within(const struct entry *m, const struct entry *t)
{
	if (t->nmessages == 0)
		return true;
	if (m->nmessages == 0 || (m->message_optional && !t->message_optional))
		return false;
	for (size_t i = 0; i < m->nmessages; i++) {
		bool held = false;

		for (size_t k = 0; k < t->nmessages && !held; k++)
			held = (m->messages[i].regex != NULL) == (t->messages[k].regex != NULL) &&
				str_eq(m->messages[i].literal, t->messages[k].literal);
		if (!held)
			return false;
	}
	return true;
}

bool
outcomes_within(const struct entry *m, const struct entry *t)
{
	return t->outcomes == 0 || (m->outcomes && (m->outcomes & ~t->outcomes) == 0);
}

static bool
has_test(const struct finding *f, const struct test_ref *r)
{
	for (size_t i = 0; i < f->tests.n; i++)
		if (f->tests.v[i].scope == r->scope && str_eq(f->tests.v[i].ref, r->ref))
			return true;
	return false;
}

static bool
has_location(const struct finding *f, const struct location *l)
{
	for (size_t i = 0; i < f->locations.n; i++) {
		const struct location *x = &f->locations.v[i];

		if (str_eq(x->path, l->path) && (x->line == 0 || (l->line >= x->line &&
			l->end_line <= x->end_line)))
			return true;
	}
	return false;
}

static bool
has_signature(const struct finding *f, const struct signature *s)
{
	for (size_t i = 0; i < f->signatures.n; i++) {
		const struct signature *x = &f->signatures.v[i];

		if (str_eq(x->text, s->text) && x->required == s->required &&
		    (x->regex != NULL) == (s->regex != NULL))
			return true;
	}
	return false;
}

static bool
has_tool(const struct finding *f, const struct tool_ref *t)
{
	for (size_t i = 0; i < f->tools.n; i++)
		if (str_eq(f->tools.v[i].tool, t->tool) && (f->tools.v[i].rule.n == 0 ||
			str_eq(f->tools.v[i].rule, t->rule)))
			return true;
	return false;
}

static bool
requires(const struct finding *f)
{
	for (size_t i = 0; i < f->signatures.n; i++)
		if (f->signatures.v[i].required)
			return true;
	return false;
}

/* Everything by which mine is found, theirs is found by too. */
bool
refs_within(const struct finding *m, const struct finding *t)
{
	for (size_t i = 0; i < m->tests.n; i++)
		if (!has_test(t, &m->tests.v[i]))
			return false;
	for (size_t i = 0; i < m->locations.n; i++)
		if (!has_location(t, &m->locations.v[i]))
			return false;
	for (size_t i = 0; i < m->signatures.n; i++)
		if (!has_signature(t, &m->signatures.v[i]))
			return false;
	for (size_t i = 0; i < m->tools.n; i++)
		if (!has_tool(t, &m->tools.v[i]))
			return false;
	for (size_t i = 0; i < m->aliases.n; i++)
		if (!str_list_has(&t->aliases, m->aliases.v[i]))
			return false;
	for (size_t i = 0; i < m->identifiers.n; i++)
		if (!str_list_has(&t->identifiers, m->identifiers.v[i]))
			return false;
	return requires(m) == requires(t);
}
