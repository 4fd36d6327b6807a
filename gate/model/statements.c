/* statements.c -- which finding a statement speaks of: its ID, else an alias, else a citation. */
#include "gate/base/buf.h"
#include "gate/model/resolve.h"

/* The only definition that the statement cites, or NULL; several: it names none of them. */
static struct finding *
by_citation(struct resolver *r, const struct finding *s)
{
	struct finding *found = NULL;

	for (size_t i = 0; i < s->citations.n; i++) {
		struct finding *f = cites_look(&r->cites, s->reg, &s->citations.v[i]).f;

		if (f == NULL || f->statement || f == found)
			continue;
		if (found)
			return NULL;
		found = f;
	}
	return found;
}

/*
 * The finding with the statement's ID in the only register that it cites and that has one:
 * lines of a backlog tell which backlog is meant even where they hold several entries.
 */
static struct finding *
by_cited_register(struct resolver *r, const struct finding *s)
{
	struct finding *found = NULL;

	for (size_t i = 0; i < s->citations.n; i++) {
		struct reg *reg = cites_look(&r->cites, s->reg, &s->citations.v[i]).reg;
		struct finding *f = reg ? names_own(&r->names, reg, s->id) : NULL;

		if (f == NULL || f->statement || f == found)
			continue;
		if (found)
			return NULL;
		found = f;
	}
	return found;
}

/* The only definition that bears an alias which the statement gives. */
static struct finding *
by_alias(struct resolver *r, const struct finding *s)
{
	struct finding *found = NULL;

	for (size_t i = 0; i < s->aliases.n; i++) {
		const struct bearers *b = names_defined(&r->names, s->reg, s->aliases.v[i]);

		if (b == NULL || b->n != 1 || b->v[0] == found)
			continue;
		if (found)
			return NULL;
		found = b->v[0];
	}
	return found;
}

static void
note_ambiguous(struct resolver *r, const struct finding *s, const struct bearers *b)
{
	struct buf who = BUF_INIT;

	bearers_describe(b, &who);
	findings_note(r->fs, REGP_AMBIGUOUS_ID, s->reg, s->line,
		"%.*s may be %s: this was applied to none; write the register's name before the ID",
		STR_FMT(s->id), buf_z(&who));
	buf_release(&who);
}

static struct finding *
find_subject(struct resolver *r, struct finding *s)
{
	const struct bearers *b = names_defined(&r->names, s->reg, s->id);
	struct finding *f;

	if (b && b->n == 1)
		return b->v[0];
	f = by_alias(r, s);
	if (b == NULL)
		return f ? f : by_citation(r, s);
	/* Several bear the ID: an alias or a citation may tell which of them is meant. */
	if (f && finding_bears(f, s->id))
		return f;
	f = by_citation(r, s);
	if (f && finding_bears(f, s->id))
		return f;
	f = by_cited_register(r, s);
	if (f)
		return f;
	/* Several were filed as one issue: what the tracker says holds for each of them. */
	if (s->reg->kind == REGISTER_TRACKER)
		return NULL;
	s->ambiguous = true;
	note_ambiguous(r, s, b);
	return NULL;
}

static void
take_alias(struct resolver *r, struct finding *f, struct str alias)
{
	if (alias.n == 0 || finding_bears(f, alias))
		return;
	*vec_push(&f->aliases) = alias;
	names_add_alias(&r->names, f, alias);
}

void
resolve_statements(struct resolver *r)
{
	for (size_t i = 0; i < r->fs->all.n; i++) {
		struct finding *s = r->fs->all.v[i];

		if (!s->statement)
			continue;
		s->about = find_subject(r, s);
		if (s->about == NULL)
			continue;
		/* What the statement calls it, later statements may call it too. */
		take_alias(r, s->about, s->id);
		for (size_t k = 0; k < s->aliases.n; k++)
			take_alias(r, s->about, s->aliases.v[k]);
	}
}
