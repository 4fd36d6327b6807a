/*
 * deleted.c -- tests that are gone because the change deletes their definition, or the file
 * that they stand in.
 *
 * A test that only stopped running must not pass for one that was deleted, so each definition
 * speaks for one name; where it could be two, it is neither.
 */
#include "gate/correlate/engine/baseline.h"
#include "gate/correlate/engine/index.h"
#include "gate/model/facts.h"
#include "gate/model/identity.h"

struct deleted {
	const struct definition *definition;
	struct str key;         /* the longest spelling */
	size_t shortest;
	struct str taken;       /* the test that it defined, as compared */
	bool ambiguous;
	struct deleted *next;   /* of the same last word */
};

struct deletions {
	struct comparison *c;
	struct arena mem;
	struct map by_word;
	struct map added;       /* names that are defined anew */
};

static struct str
last_word(struct str key)
{
	size_t at = str_rchr(key, '.');

	return at == STR_NPOS ? key : str_from(key, at + 1);
}

/* A test of that name in that scope or file came: it was moved. */
static bool
moved(const struct facts *f, const struct definition *d)
{
	for (size_t i = 0; i < f->added.n; i++) {
		const struct definition *a = &f->added.v[i];

		if (str_eq(a->name, d->name) &&
		    (str_eq(a->scope, d->scope) || str_eq(a->file, d->file)))
			return true;
	}
	return false;
}

static void
list(struct deletions *ds, const struct facts *f)
{
	struct buf key = BUF_INIT;

	for (size_t i = 0; i < f->added.n; i++)
		*map_at(&ds->added, f->added.v[i].name) = ds;
	for (size_t i = 0; i < f->gone.n; i++) {
		const struct definition *d = &f->gone.v[i];
		struct deleted *x;
		void **at;

		if (map_get(&ds->added, d->name) && moved(f, d))
			continue;
		x = arena_new(&ds->mem, struct deleted);
		buf_reset(&key);
		definition_key(d, &key, &x->shortest);
		x->definition = d;
		x->key = arena_dup(&ds->mem, buf_str(&key));
		at = map_at(&ds->by_word, last_word(x->key));
		x->next = *at;
		*at = x;
	}
	buf_release(&key);
}

/* "Case/0", "Instance/Suite.Case/0": the same definition with parameters. */
static bool
gtest_parameter(struct str key, struct str defined)
{
	size_t at = str_find(key, defined);
	struct str number;

	if (at == STR_NPOS || (at > 0 && key.p[at - 1] != '.'))
		return false;
	number = str_from(key, at + defined.n);
	if (number.n && !str_skip(&number, "."))
		return false;
	str_skip_digits(&number);
	return number.n == 0;
}

/* Is it the definition of that test? *as is the test without what the definition leaves open. */
static bool
defines(const struct deleted *x, struct str key, struct str *as)
{
	enum language lang = language_of_path(x->definition->file);

	*as = lang == LANG_JS ? key : key_whole(key);
	if (lang == LANG_GO || lang == LANG_CPP) {
		struct str whole = *as;

		*as = x->key;
		if (lang == LANG_CPP)
			return gtest_parameter(whole, x->key);
		return str_eq(whole, x->key) || (whole.n > x->key.n &&
			str_eq(str_to(whole, x->key.n), x->key) && whole.p[x->key.n] == '.');
	}
	return as->n >= x->shortest && key_ends(x->key, *as);
}

/* A definition is listed by the last word of its key; of the test's, it may be any. */
static struct deleted *
find(const struct deletions *ds, struct str words, struct str key, struct str *as)
{
	struct str word, rest;
	bool more = true;

	for (word = words; more; word = rest) {
		struct deleted *x;

		more = str_cut(&word, ".", &rest);
		for (x = map_get(&ds->by_word, word); x; x = x->next)
			if (defines(x, key, as))
				return x;
	}
	return NULL;
}

/* The file that stands in front of the ID, where the change deletes it. */
static const struct str *
deleted_file(const struct deletions *ds, struct str name)
{
	const struct facts *f = ds->c->run->facts;
	size_t n = str_find(name, STR("::")), arrow = str_find(name, STR(" > "));
	struct str file = str_to(name, n < arrow ? n : arrow);

	if (map_get(&ds->added, identity_bare(name)))
		return NULL;
	for (size_t i = 0; i < f->gone_files.n; i++)
		if (str_eq(f->gone_files.v[i], file))
			return &f->gone_files.v[i];
	return NULL;
}

static void
name_files(struct deletions *ds)
{
	struct comparison *c = ds->c;

	for (size_t i = 0; i < c->gone.n; i++) {
		struct gone *g = &c->gone.v[i];
		const struct str *file = g->removed ? NULL : deleted_file(ds, g->name);

		if (file == NULL)
			continue;
		g->removed = true;
		g->note = arena_printf(&c->run->mem, "%.*s; the change deletes %.*s",
			STR_FMT(g->note), STR_FMT(*file));
	}
}

void
compare_deleted(struct comparison *c)
{
	struct deletions ds = { .c = c };
	struct deleted **of = xcalloc(c->gone.n + 1, sizeof(struct deleted *));

	list(&ds, c->run->facts);
	for (size_t i = 0; i < c->gone.n; i++) {
		struct str as, key;

		if (c->gone.v[i].removed)
			continue;
		key = test_key(&ds.mem, c->gone.v[i].name);
		of[i] = find(&ds, key_whole(key), key, &as);
		if (of[i] == NULL)
			of[i] = find(&ds, key, key, &as);
		if (of[i] == NULL)
			continue;
		of[i]->ambiguous = of[i]->ambiguous ||
			(of[i]->taken.n && !str_eq(of[i]->taken, as));
		of[i]->taken = as;
	}
	for (size_t i = 0; i < c->gone.n; i++) {
		struct gone *g = &c->gone.v[i];

		if (of[i] == NULL || of[i]->ambiguous)
			continue;
		g->removed = true;
		g->note = arena_printf(&c->run->mem, "%.*s; its definition is deleted: %.*s:%ld",
			STR_FMT(g->note), STR_FMT(of[i]->definition->file),
			of[i]->definition->line);
	}
	name_files(&ds);
	free(of);
	map_release(&ds.by_word);
	map_release(&ds.added);
	arena_release(&ds.mem);
}
