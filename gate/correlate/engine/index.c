/* index.c -- see index.h: one pass over the findings fills the maps. */
#include "gate/correlate/engine/index.h"

#include "gate/base/glob.h"
#include "gate/correlate/engine/place.h"
#include "gate/model/identity.h"

#define MAX_STEPS 16 /* of links followed from one finding to the next */

const struct ref *
refs_of(const struct map *m, struct str key)
{
	const struct refs *list = map_get(m, key);

	return list ? list->first : NULL;
}

struct ref *
refs_add(struct index *ix, struct refs *list, struct finding *f, const struct reg *reg, long line,
	struct str text)
{
	struct ref *r = arena_new(&ix->mem, struct ref);

	r->finding = f;
	r->reg = reg;
	r->line = line;
	r->text = text;
	if (list->last)
		list->last->next = r;
	else
		list->first = r;
	list->last = r;
	list->n++;
	return r;
}

struct ref *
map_add(struct index *ix, struct map *m, struct str key, struct finding *f, const struct reg *reg,
	long line, struct str text)
{
	void **at = map_at(m, key);

	if (*at == NULL)
		*at = arena_new(&ix->mem, struct refs);
	return refs_add(ix, *at, f, reg, line, text);
}

struct str
lower_copy(struct arena *mem, struct str s)
{
	char *p = arena_z(mem, s);

	for (size_t i = 0; i < s.n; i++)
		p[i] = to_lower(p[i]);
	return str_n(p, s.n);
}

struct finding *
speaks_for(const struct finding *f)
{
	int steps = 0;

	if (f->ambiguous || f->dropped)
		return NULL;
	while (f->about && f->about != f && steps++ < MAX_STEPS)
		f = f->about;
	return f->dropped ? NULL : (struct finding *)f;
}

/* `left` bounds the work in a web of links. */
static bool
follows_within(const struct finding *f, const struct finding *other, int steps, int *left)
{
	if (f == other)
		return true;
	if (steps == 0 || --*left < 0)
		return false;
	if (f->about && f->about != f && follows_within(f->about, other, steps - 1, left))
		return true;
	for (size_t i = 0; i < f->links.n; i++) {
		const struct link *l = &f->links.v[i];

		if ((l->kind == LINK_TRACKS || l->kind == LINK_DUPLICATES) && l->target &&
		    l->target != f && follows_within(l->target, other, steps - 1, left))
			return true;
	}
	return false;
}

bool
follows(const struct finding *f, const struct finding *other)
{
	int left = 256;

	return follows_within(f, other, 4, &left); /* chains of trackers are short */
}

static bool
key_separator(char c)
{
	return c == ' ' || c == '.' || c == ':' || c == '/' || c == '\\' || c == '#' || c == '>' ||
		c == '$';
}

struct str
test_key(struct arena *mem, struct str spelling)
{
	struct buf b = BUF_INIT;
	struct str key;

	identity_normal(&b, spelling);
	key = arena_dup(mem, buf_str(&b));
	buf_release(&b);
	return key;
}

/* One "[...]" or "(...)" off the end. */
static struct str
cut_parameters(struct str key, char open, char close)
{
	size_t at;

	if (key.n == 0 || key.p[key.n - 1] != close)
		return key;
	at = str_chr(key, open);
	return at != STR_NPOS && at > 0 ? str_to(key, at) : key;
}

struct str
key_whole(struct str key)
{
	/* JUnit 5 writes both: "adds(int)[1]". */
	return cut_parameters(cut_parameters(key, '[', ']'), '(', ')');
}

struct str
key_token(struct str key)
{
	size_t end, start;

	for (end = 0; end < key.n; end++)
		if (end > 0 && (key.p[end] == '[' || key.p[end] == '('))
			break;
	if (str_ends(str_to(key, end), ".py"))
		end -= 3;
	while (end > 0 && key_separator(key.p[end - 1]))
		end--;
	for (start = end; start > 0 && !key_separator(key.p[start - 1]);)
		start--;
	return str_n(key.p + start, end - start);
}

bool
key_ends(struct str key, struct str tail)
{
	if (tail.n == 0 || tail.n > key.n || !str_eq(str_from(key, key.n - tail.n), tail))
		return false;
	return tail.n == key.n || key.p[key.n - tail.n - 1] == '.';
}

static void
add_case_named(struct index *ix, struct finding *owner, const struct finding *f, long line,
	struct str name, struct str from)
{
	struct str key = test_key(&ix->mem, name);
	struct ref *r;

	if (str_ends(key, "()"))
		key.n -= 2;
	if (key_token(key).n == 0)
		return;
	r = map_add(ix, &ix->cases, key_token(key), owner, f->reg, line, name);
	r->key = key;
	r->from = from;
	r->n = ix->ncases++;
}

static void
add_case(struct index *ix, struct finding *owner, const struct finding *f, const struct test_ref *t)
{
	const struct str *renamed = map_get(&ix->renamed, test_key(&ix->mem, t->ref));

	add_case_named(ix, owner, f, t->line, t->ref, STR_NONE);
	if (renamed)
		add_case_named(ix, owner, f, t->line, *renamed, t->ref);
}

static void
add_test_ref(struct index *ix, struct finding *owner, const struct finding *f,
	const struct test_ref *t)
{
	struct str path = place_tidy(t->ref), key;

	if (t->ref.n == 0)
		return;
	switch (t->scope) {
	case SCOPE_CASE:
		add_case(ix, owner, f, t);
		break;
	case SCOPE_CLASS:
		key = test_key(&ix->mem, t->ref);
		map_add(ix, &ix->classes, key_token(key), owner, f->reg, t->line, t->ref)->key =
			key;
		break;
	case SCOPE_FILE:
		map_add(ix, &ix->files, place_name(path), owner, f->reg, t->line, t->ref);
		break;
	case SCOPE_DIR:
		map_add(ix, &ix->folders, place_name(path), owner, f->reg, t->line, t->ref);
		break;
	case SCOPE_GLOB:
		refs_add(ix, &ix->globs, owner, f->reg, t->line, t->ref);
		break;
	}
}

static void
add_tool(struct index *ix, struct finding *owner, const struct finding *f,
	const struct tool_ref *t)
{
	struct ref *r;

	if (t->tool.n == 0)
		return;
	r = map_add(ix, &ix->tools, lower_copy(&ix->mem, t->tool), owner, f->reg, t->line, t->tool);
	r->key = t->rule;
	if (t->rule.n == 0)
		return;
	r = map_add(ix, &ix->rules, lower_copy(&ix->mem, t->rule), owner, f->reg, t->line, t->rule);
	r->key = t->tool;
}

struct word_at {
	struct index *ix;
	struct finding *owner;
	const struct finding *f;
	size_t n, of;
};

static void
add_word(void *ctx, struct str word)
{
	const struct word_at *w = ctx;
	struct ref *r = map_add(w->ix, &w->ix->words, arena_dup(&w->ix->mem, word), w->owner,
		w->f->reg, w->f->line, w->f->title);

	r->n = w->n;
	r->of = w->of;
}

static void
add_finding(struct index *ix, struct finding *f, size_t n)
{
	struct finding *owner = speaks_for(f);
	struct word_at word = { ix, owner, f, n, 0 };

	if (owner == NULL)
		return;
	for (size_t i = 0; i < f->tests.n; i++)
		if (f->reg == NULL || f->reg->kind != REGISTER_LIST) /* there, the match has them */
			add_test_ref(ix, owner, f, &f->tests.v[i]);
	for (size_t i = 0; i < f->locations.n; i++) {
		const struct location *l = &f->locations.v[i];
		struct str name = place_name(place_tidy(l->path));

		if (name.n)
			map_add(ix, &ix->places, name, owner, f->reg, l->at, l->path)->location =
				l;
	}
	for (size_t i = 0; i < f->tools.n; i++)
		add_tool(ix, owner, f, &f->tools.v[i]);
	terms_add(ix, f, owner);
	if (f->reg == NULL || f->reg->kind != REGISTER_LIST) {
		word.of = title_words(f->title, NULL, NULL);
		if (word.of >= 2)
			title_words(f->title, add_word, &word);
	}
	if (f->entry && f->entry->has_match)
		entry_add(ix, f);
}

static void
add_renames(struct index *ix, const struct reg *reg)
{
	for (size_t i = 0; i < reg->renamed_from.n && i < reg->renamed_to.n; i++) {
		void **at = map_at(&ix->renamed, test_key(&ix->mem, reg->renamed_from.v[i]));

		if (*at == NULL)
			*at = &reg->renamed_to.v[i];
	}
}

struct index *
index_new(const struct findings *fs, const struct correlate_options *opt)
{
	struct index *ix = xcalloc(1, sizeof(*ix));

	ix->fs = fs;
	ix->opt = *opt;
	if (ix->opt.excuse_at == STRENGTH_NONE)
		ix->opt.excuse_at = STRENGTH_STRONG;
	if (ix->opt.suggest_at == STRENGTH_NONE)
		ix->opt.suggest_at = STRENGTH_POSSIBLE;
	ix->names = literals_new();
	ix->texts = literals_new();
	ix->watched = literals_new();
	for (size_t i = 0; i < fs->regs.n; i++)
		add_renames(ix, fs->regs.v[i]);
	for (size_t i = 0; i < fs->all.n; i++)
		add_finding(ix, fs->all.v[i], i);
	terms_finish(ix);
	ix->watching = ix->cases.n || ix->entry_cases.n || ix->scopes.n || ix->ids.n ||
		literals_any(ix->watched);
	return ix;
}

static void
release_maps(struct index *ix)
{
	struct map *maps[] = { &ix->ids, &ix->cases, &ix->classes, &ix->files, &ix->folders,
		&ix->places, &ix->rules, &ix->tools, &ix->words, &ix->entry_cases, &ix->entry_rules,
		&ix->renamed };

	for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++)
		map_release(maps[i]);
}

void
index_free(struct index *ix)
{
	if (ix == NULL)
		return;
	release_maps(ix);
	for (int i = 0; i < TERM_KINDS; i++)
		map_release(&ix->terms[i]);
	literals_free(ix->names);
	literals_free(ix->texts);
	literals_free(ix->watched);
	vec_release(&ix->entries);
	arena_release(&ix->mem);
	free(ix);
}
