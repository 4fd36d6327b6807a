/* json_paths.c -- paths such as "runs[].results[]" compiled into steps; see json.h. */
#include "gate/base/mem.h"
#include "gate/base/num.h"
#include "parsers/support/json_scan.h"

static struct json_step *
new_step(struct json_trie *t)
{
	struct json_step *s = xcalloc(1, sizeof(*s));

	*vec_push(&t->all) = s;
	return s;
}

static struct json_step *
member_step(struct json_trie *t, struct json_step *s, struct str key)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->members[i].key, key))
			return s->members[i].to;
	s->members = vec_grow(s->members, s->n, &s->cap, sizeof(*s->members));
	s->members[s->n].key = key;
	s->members[s->n].to = new_step(t);
	return s->members[s->n++].to;
}

static struct json_step *
item_step(struct json_trie *t, struct json_step *s, size_t at)
{
	for (size_t i = 0; i < s->nitems; i++)
		if (s->items[i].at == at)
			return s->items[i].to;
	s->items = vec_grow(s->items, s->nitems, &s->items_cap, sizeof(*s->items));
	s->items[s->nitems].at = at;
	s->items[s->nitems].to = new_step(t);
	return s->items[s->nitems++].to;
}

static struct json_step *
bracket_step(struct json_trie *t, struct json_step *s, struct str inside, bool indexes,
	const char **why)
{
	long at = 0;

	if (inside.n == 0) {
		if (indexes) {
			*why = "`[]` stands for many values; say which: `[0]`";
			return NULL;
		}
		if (s->every == NULL)
			s->every = new_step(t);
		return s->every;
	}
	if (!num_long(inside, 0, 1000000, &at)) {
		*why = "in brackets may stand a number";
		return NULL;
	}
	if (!indexes) {
		*why = "`[N]` can't stand in the path of records; `[]` can";
		return NULL;
	}
	return item_step(t, s, (size_t)at);
}

/* A key up to '.', '[' or the end, its backslashes taken out; copied behind *names. */
static struct str
take_key(struct str *path, char **names)
{
	char *from = *names;
	size_t i = 0;

	while (i < path->n && path->p[i] != '.' && path->p[i] != '[') {
		if (path->p[i] == '\\' && i + 1 < path->n)
			i++;
		*(*names)++ = path->p[i++];
	}
	*path = str_from(*path, i);
	return str_n(from, (size_t)(*names - from));
}

static int
add(struct json_trie *t, struct str path, char *names, int slot, int rank, bool indexes,
	const char **why)
{
	struct json_step *s = &t->root;
	unsigned steps = 0;
	bool first = true;

	while (path.n) {
		if (++steps > JSON_STEPS) {
			*why = "too many steps";
			return -1;
		}
		if (path.p[0] == '[') {
			size_t end = str_chr(path, ']');

			if (end == STR_NPOS) {
				*why = "`[` without `]`";
				return -1;
			}
			s = bracket_step(t, s, str_n(path.p + 1, end - 1), indexes, why);
			if (s == NULL)
				return -1;
			path = str_from(path, end + 1);
		} else {
			bool star;
			struct str key;

			if (!first && !str_skip(&path, ".")) {
				*why = "a `.` must stand before a key";
				return -1;
			}
			star = path.n && path.p[0] == '*';
			key = take_key(&path, &names);
			if (key.n == 0) {
				*why = "a key is missing";
				return -1;
			}
			if (star && key.n == 1 && indexes) {
				*why = "`*` stands for many values";
				return -1;
			}
			if (star && key.n == 1)
				s = s->any = s->any ? s->any : new_step(t);
			else
				s = member_step(t, s, key);
		}
		first = false;
	}
	if (s->nends && !indexes) {
		*why = "the same path twice";
		return -1;
	}
	s->ends = vec_grow(s->ends, s->nends, &s->ends_cap, sizeof(*s->ends));
	s->ends[s->nends++] = (struct json_end){ slot, rank };
	return 0;
}

int
js_trie_add(struct json_trie *t, struct str path, int slot, int rank, bool indexes,
	const char **why)
{
	char *names = xmalloc(path.n + 1);

	*vec_push(&t->names) = names;
	return add(t, path, names, slot, rank, indexes, why);
}

void
js_trie_release(struct json_trie *t)
{
	for (size_t i = 0; i < t->names.n; i++)
		free(t->names.v[i]);
	for (size_t i = 0; i < t->all.n; i++) {
		free(t->all.v[i]->members);
		free(t->all.v[i]->items);
		free(t->all.v[i]->ends);
		free(t->all.v[i]);
	}
	free(t->root.members);
	free(t->root.items);
	free(t->root.ends);
	vec_release(&t->names);
	vec_release(&t->all);
}

/* Where the next `|` stands that no backslash protects. */
static size_t
alternative_end(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '|')
			return i;
	}
	return s.n;
}

struct json_paths *
js_paths_new(const char *const paths[], const char **why)
{
	struct json_paths *p = xcalloc(1, sizeof(*p));
	size_t n = 0;

	p->trie = xcalloc(1, sizeof(*p->trie));
	while (paths[n])
		n++;
	p->n = n;
	p->field = xcalloc(n ? n : 1, sizeof(*p->field));
	if (n > JSON_FIELDS) {
		*why = "too many fields";
		goto bad;
	}
	for (size_t i = 0; i < n; i++) {
		struct str rest = str_of(paths[i]);

		for (int rank = 0;; rank++) {
			size_t end = alternative_end(rest);

			if (js_trie_add(p->trie, str_to(rest, end), (int)i, rank, true, why) < 0)
				goto bad;
			if (end == rest.n)
				break;
			rest = str_from(rest, end + 1);
		}
	}
	return p;
bad:
	js_paths_free(p);
	return NULL;
}

void
js_paths_free(struct json_paths *p)
{
	if (p == NULL)
		return;
	js_trie_release(p->trie);
	free(p->trie);
	free(p->field);
	free(p);
}
