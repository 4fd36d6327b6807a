/*
 * watch.c -- which of the tests that did not fail are worth keeping. Called for every passing
 * test of a run, from several threads: it allocates nothing until a name is found.
 */
#include "gate/base/glob.h"
#include "gate/correlate/engine/subject.h"
#include "gate/model/identity.h"

struct watching {
	struct str id, text;
	bool in_suite;
};

static bool
pattern_may_match(const struct term *t, const struct watching *w)
{
	if (w->in_suite) /* the ID may yet get its suite in front */
		return true;
	for (const struct ref *r = t->entries.first; r; r = r->next)
		if (glob_match(r->text, w->id))
			return true;
	return false;
}

static bool
found(void *ctx, void *value, size_t end)
{
	const struct watching *w = ctx;
	const struct term *t = value;
	size_t start = end - t->text.n;

	if (t->kind == TERM_GLOB)
		return pattern_may_match(t, w);
	return end >= t->text.n && literal_eq(str_n(w->text.p + start, t->text.n), t->text) &&
		(!t->distinctive || id_bounded(w->text, start, t->text.n));
}

static bool
scan(const struct literals *l, struct str id, struct str text, bool in_suite)
{
	struct watching w = { id, text, in_suite };

	return literals_scan(l, text, found, &w);
}

static bool
ends_in(struct str s, struct str tail)
{
	return tail.n <= s.n && str_eq(str_from(s, s.n - tail.n), tail);
}

/* One of the references looked up by the last word names this test, as far as one can tell. */
static bool
named(const struct ref *refs, struct str id)
{
	struct arena mem = { 0 };
	struct str key, whole;
	bool yes = false;

	if (refs == NULL)
		return false;
	key = test_key(&mem, id);
	whole = key_whole(key);
	/* The reference may be a part of the name, or have the suite in front. */
	for (const struct ref *r = refs; r && !yes; r = r->next)
		yes = ends_in(key, r->key) || ends_in(whole, r->key) ||
			str_find(r->key, whole) != STR_NPOS;
	arena_release(&mem);
	return yes;
}

/* An entry may write the suite in front, or the number of a repeat behind. */
static bool
entry_knows(const struct ref *refs, struct str id)
{
	struct arena mem = { 0 };
	struct str key;
	bool yes = false;

	if (refs == NULL)
		return false;
	key = test_key(&mem, id);
	for (const struct ref *r = refs; r && !yes; r = r->next)
		for (size_t i = 0; i < r->info->ntests && !yes; i++)
			yes = str_find(r->info->tests[i].key, key) != STR_NPOS ||
				str_find(r->info->tests[i].renamed_key, key) != STR_NPOS;
	arena_release(&mem);
	return yes;
}

static bool
any(const struct str_list *patterns, struct str word)
{
	for (size_t i = 0; i < patterns->n; i++)
		if (glob_match(patterns->v[i], word))
			return true;
	return patterns->n == 0;
}

/* Entries that name whole folders, suites or tags: what an event shows is held against them. */
static bool
scope_may_match(const struct index *ix, const struct test_event *ev, struct str id)
{
	for (const struct ref *r = ix->scopes.first; r; r = r->next) {
		const struct selectors *m = &r->info->entry->match;

		if (ev->suite.n == 0 && !any(&m->pattern[SEL_TEST], id))
			continue;
		if (any(&m->pattern[SEL_SUITE], ev->suite) &&
			(ev->file.n == 0 || any(&m->pattern[SEL_PATH], ev->file)))
			return true;
	}
	return false;
}

static bool
has_finding_property(const struct test_event *ev)
{
	for (size_t i = 0; i < ev->nprops; i++)
		if (str_ieqz(ev->props[i].name, "finding"))
			return true;
	return false;
}

/* What a policy's id-patterns read off the name. */
static bool
patterns_may_match(const struct index *ix, struct str id)
{
	for (size_t i = 0; i < ix->opt.nid_patterns; i++)
		if (regex_find(ix->opt.id_patterns[i].regex, id, NULL, 0) == REGEX_YES)
			return true;
	return false;
}

bool
index_watch(const void *index, const struct test_event *ev, struct str id)
{
	const struct index *ix = index;
	struct str token;

	if (!ix->watching)
		return false;
	if (ev->nprops && ix->ids.n && has_finding_property(ev))
		return true;
	if (ix->cases.n || ix->entry_cases.n) {
		token = key_token(id);
		if (named(refs_of(&ix->cases, token), id) ||
			entry_knows(refs_of(&ix->entry_cases, token), id))
			return true;
	}
	if (literals_any(ix->watched) && (scan(ix->watched, id, id, false) ||
			scan(ix->watched, id, ev->file, false) ||
			scan(ix->watched, id, ev->suite, true)))
		return true;
	if (ev->outcome != OUT_PASSED && scan(ix->names, id, id, false))
		return true;
	if (ix->opt.nid_patterns && ix->ids.n && patterns_may_match(ix, id))
		return true;
	return scope_may_match(ix, ev, id);
}
