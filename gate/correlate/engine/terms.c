/* terms.c -- the texts that findings hold: IDs, signatures, identifiers, words of titles. */
#include "gate/base/normal.h"
#include "gate/correlate/engine/index.h"

bool
id_distinctive(struct str id)
{
	size_t letters = 0, digits = 0, separators = 0;
	struct str rest = id;

	if (str_skip(&rest, "#"))
		return str_skip_digits(&rest) >= 3 && rest.n == 0;
	for (size_t i = 0; i < id.n; i++) {
		letters += is_alpha(id.p[i]);
		digits += is_digit(id.p[i]);
		separators += i > 0 && i + 1 < id.n && (id.p[i] == '-' || id.p[i] == '_');
	}
	return letters && digits && separators;
}

struct term *
term_add(struct index *ix, enum term_kind kind, struct str text)
{
	void **at = map_at(&ix->terms[kind], text);
	struct term *t = *at;

	if (t == NULL) {
		t = arena_new(&ix->mem, struct term);
		t->kind = kind;
		t->text = text;
		t->n = ix->nterms++;
		*at = t;
	}
	return t;
}

static bool
holds(const struct refs *list, const struct finding *f, const struct reg *of_list)
{
	for (const struct ref *r = list ? list->first : NULL; r; r = r->next)
		if (r->finding == f || (of_list && r->reg == of_list))
			return true;
	return false;
}

static struct str
folded(struct index *ix, struct str s)
{
	char *p = arena_z(&ix->mem, s);

	for (size_t i = 0; i < s.n; i++)
		p[i] = literal_fold(p[i]);
	return str_n(p, s.n);
}

/*
 * A passing test that bears the ID says something: a fix is verified, or an entry without a
 * match of its own expected a failure.
 */
static bool
expects(const struct finding *owner)
{
	return owner->state == STATE_DONE ||
		(owner->entry && !owner->entry->has_match && !owner->entry->sometimes);
}

static void
add_id(struct index *ix, const struct finding *f, struct finding *owner, struct str id)
{
	/* An entry of a plain list is a test's ID: it names that test, and nothing else. */
	bool list = f->reg && f->reg->kind == REGISTER_LIST;
	struct str key = folded(ix, id);
	struct term *t;

	if (id.n == 0)
		return;
	/* What a whole list is filed under is held by its first entry for all. */
	if (!holds(map_get(&ix->ids, key), owner, list ? f->reg : NULL))
		map_add(ix, &ix->ids, key, owner, f->reg, f->line, id);
	if (list)
		return;
	t = term_add(ix, TERM_ID, id_distinctive(id) ? key :
		arena_printf(&ix->mem, "[%.*s]", STR_FMT(key)));
	t->distinctive = id_distinctive(id);
	t->watched = t->watched || expects(owner);
	if (!holds(&t->holders, owner, NULL))
		refs_add(ix, &t->holders, owner, f->reg, f->line, id);
}

static struct str
normal_form(struct index *ix, const struct signature *sig)
{
	struct buf b = BUF_INIT;
	struct str normal = sig->normal;

	if (normal.n == 0) {
		normal_add(&b, sig->text);
		normal = arena_dup(&ix->mem, buf_str(&b));
		buf_release(&b);
	}
	return normal;
}

void
terms_add(struct index *ix, struct finding *f, struct finding *owner)
{
	/* A statement bears the name of what it speaks of; that one says it itself. */
	if (f == owner) {
		add_id(ix, f, owner, f->id);
		for (size_t i = 0; i < f->aliases.n; i++)
			add_id(ix, f, owner, f->aliases.v[i]);
		if (f->qualified.n && !str_eq(f->qualified, f->id) &&
			!holds(map_get(&ix->ids, folded(ix, f->qualified)), owner, NULL))
			map_add(ix, &ix->ids, folded(ix, f->qualified), owner, f->reg, f->line,
				f->qualified);
	}
	for (size_t i = 0; i < f->signatures.n; i++) {
		const struct signature *sig = &f->signatures.v[i];
		struct str normal = sig->regex ? STR_NONE : normal_form(ix, sig);

		if (normal.n)
			refs_add(ix, &term_add(ix, TERM_TEXT, normal)->holders, owner, f->reg,
				sig->line, sig->text);
	}
	for (size_t i = 0; i < f->identifiers.n; i++) {
		struct str word = f->identifiers.v[i];

		if (word.n)
			refs_add(ix, &term_add(ix, TERM_IDENTIFIER, word)->holders, owner, f->reg,
				f->line, word);
	}
}

/* Everyone who holds it follows `root`. */
static bool
all_follow(const struct refs *holders, const struct finding *root)
{
	for (const struct ref *r = holders->first; r; r = r->next)
		if (!follows(r->finding, root))
			return false;
	return true;
}

/* Does one finding hold this, with those that track it? */
static bool
one_holds(const struct refs *holders)
{
	const struct finding *first;

	if (holders->n == 0 || holders->n > 64) /* what so many say is no one's own */
		return false;
	first = holders->first->finding;
	for (const struct ref *r = holders->first; r; r = r->next)
		if (all_follow(holders, r->finding))
			return true;
	/* Two trackers of one finding that does not say it itself. */
	for (size_t i = 0; i < first->links.n; i++)
		if (first->links.v[i].kind == LINK_TRACKS && first->links.v[i].target &&
			all_follow(holders, first->links.v[i].target))
			return true;
	return false;
}

void
terms_finish(struct index *ix)
{
	for (int kind = 0; kind < TERM_KINDS; kind++)
		for (size_t i = 0; i < ix->terms[kind].n; i++) {
			struct term *t = ix->terms[kind].v[i].value;

			t->one = kind == TERM_TEXT && one_holds(&t->holders);
			if (kind == TERM_ID || kind == TERM_GLOB)
				literals_add(ix->names, t->text, t);
			if (kind != TERM_GLOB) /* else it is of names only */
				literals_add(ix->texts, t->text, t);
			if (t->watched)
				literals_add(ix->watched, t->text, t);
		}
	literals_build(ix->names);
	literals_build(ix->texts);
	literals_build(ix->watched);
}

size_t
title_words(struct str title, void (*put)(void *ctx, struct str word), void *ctx)
{
	char kept[16][32];
	size_t n = 0;

	while (title.n && n < 16) {
		char word[32];
		size_t len = 0, i = 0, seen = 0;

		while (len < title.n && is_alpha(title.p[len]))
			len++;
		for (; i < len && i < sizeof(word) - 1; i++)
			word[i] = to_lower(title.p[i]);
		word[i] = '\0';
		title = str_from(title, len ? len : 1);
		if (len < 4 || len >= sizeof(word) || strcmp(word, "test") == 0 ||
			strcmp(word, "tests") == 0)
			continue;
		while (seen < n && strcmp(kept[seen], word) != 0)
			seen++;
		if (seen < n)
			continue;
		memcpy(kept[n++], word, i + 1);
		if (put)
			put(ctx, str_n(word, i));
	}
	return n;
}
