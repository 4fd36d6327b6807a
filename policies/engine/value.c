/* value.c -- one value of a policy at a time, checked, with the place and a hint. */
#include <stdarg.h>
#include <stdlib.h>

#include "gate/base/glob.h"
#include "gate/base/near.h"
#include "gate/base/num.h"
#include "gate/input/discover.h"
#include "gate/input/place.h"
#include "policies/engine/read.h"

struct diag *
complain(struct reader *r, struct pos at, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	struct diag *g;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	g = diag_add(r->d, DIAG_ERROR, at, "%s", buf_z(&b));
	buf_release(&b);
	return g;
}

/* The key, or for an item of a list the list's: what a message calls the value. */
static struct str
name_of(const struct node *n)
{
	return n->key.n ? n->key : STR("the value");
}

static const char *
quote_of(const struct node *n)
{
	return n->key.n ? "`" : "";
}

void
complain_unknown(struct reader *r, struct pos at, const char *what, struct str word,
	const char *where, const char *const known[])
{
	const char *near = nearest_word(word, known);
	struct diag *g = complain(r, at, "unknown %s '%.*s'%s%s%s", what, STR_FMT(word),
		where ? " in `" : "", where ? where : "", where ? "`" : "");
	struct buf b = BUF_INIT;

	if (near) {
		diag_hint(r->d, g, "did you mean '%s'?", near);
		return;
	}
	for (size_t i = 0; known[i]; i++)
		buf_addf(&b, "%s%s", i ? ", " : "", known[i]);
	diag_hint(r->d, g, "known: %s", buf_z(&b));
	buf_release(&b);
}

bool
want_kind(struct reader *r, const struct node *n, enum node_kind kind)
{
	if (n->kind == kind)
		return true;
	complain(r, n->at, "%s%.*s%s must be %s, not %s", quote_of(n), STR_FMT(name_of(n)),
		quote_of(n), node_kind_name(kind), node_kind_name(n->kind));
	return false;
}

bool
want_text(struct reader *r, const struct node *n, struct str *out)
{
	struct diag *g;

	if (n->kind == NODE_STRING || n->kind == NODE_INT || n->kind == NODE_REAL) {
		if (str_trim(n->text).n == 0) {
			complain(r, n->at, "%s%.*s%s is empty", quote_of(n), STR_FMT(name_of(n)),
				quote_of(n));
			return false;
		}
		for (size_t i = 0; i < n->text.n; i++) {
			if ((unsigned char)n->text.p[i] >= ' ' || n->text.p[i] == '\t')
				continue;
			complain(r, n->at, "%s%.*s%s holds a control character", quote_of(n),
				STR_FMT(name_of(n)), quote_of(n));
			return false;
		}
		*out = n->text;
		return true;
	}
	if (n->kind == NODE_NULL) {
		complain(r, n->at, "%s%.*s%s has no value", quote_of(n), STR_FMT(name_of(n)),
			quote_of(n));
		return false;
	}
	g = complain(r, n->at, "%s%.*s%s must be a text, not %s", quote_of(n), STR_FMT(name_of(n)),
		quote_of(n), node_kind_name(n->kind));
	if (n->kind == NODE_BOOL)
		diag_hint(r->d, g, "quote it: \"%.*s\"", STR_FMT(n->text));
	return false;
}

bool
want_long(struct reader *r, const struct node *n, long min, long max, long *out)
{
	if (n->kind == NODE_INT && n->integer >= min && n->integer <= max) {
		*out = n->integer;
		return true;
	}
	if (n->text.n)
		complain(r, n->at, "%s%.*s%s must be a whole number from %ld to %ld, not '%.*s'",
			quote_of(n), STR_FMT(name_of(n)), quote_of(n), min, max, STR_FMT(n->text));
	else
		complain(r, n->at, "%s%.*s%s must be a whole number from %ld to %ld, not %s",
			quote_of(n), STR_FMT(name_of(n)), quote_of(n), min, max,
			node_kind_name(n->kind));
	return false;
}

bool
want_bool(struct reader *r, const struct node *n, bool *out)
{
	if (n->kind == NODE_BOOL) {
		*out = n->integer != 0;
		return true;
	}
	if (n->text.n)
		complain(r, n->at, "%s%.*s%s must be true or false, not '%.*s'", quote_of(n),
			STR_FMT(name_of(n)), quote_of(n), STR_FMT(n->text));
	else
		complain(r, n->at, "%s%.*s%s must be true or false, not %s", quote_of(n),
			STR_FMT(name_of(n)), quote_of(n), node_kind_name(n->kind));
	return false;
}

bool
want_date(struct reader *r, const struct node *n, int64_t *out)
{
	struct str s;

	if (!want_text(r, n, &s))
		return false;
	if (date_parse(s, out))
		return true;
	diag_hint(r->d, complain(r, n->at, "'%.*s' is not a date", STR_FMT(s)),
		"write the last day as YYYY-MM-DD, e.g. 2027-03-31");
	return false;
}

bool
want_first_day(struct reader *r, const struct node *n, int64_t *out)
{
	const int64_t day = 86400;

	if (!want_date(r, n, out))
		return false;
	*out -= ((*out % day) + day) % day;
	return true;
}

int
want_word(struct reader *r, const struct node *n, const char *const words[])
{
	struct buf what = BUF_INIT;
	struct str s;

	if (!want_text(r, n, &s))
		return -1;
	for (int i = 0; words[i]; i++)
		if (str_eqz(s, words[i]))
			return i;
	buf_addf(&what, "value");
	if (n->key.n)
		buf_addf(&what, " of `%.*s`:", STR_FMT(n->key));
	complain_unknown(r, n->at, buf_z(&what), s, NULL, words);
	buf_release(&what);
	return -1;
}

void
each_item(struct reader *r, const struct node *n,
	void (*each)(struct reader *r, const struct node *n, void *into), void *into)
{
	if (n->kind != NODE_LIST) {
		each(r, n, into);
		return;
	}
	if (n->count == 0)
		complain(r, n->at, "%s%.*s%s is an empty list", quote_of(n), STR_FMT(name_of(n)),
			quote_of(n));
	for (const struct node *c = n->first; c; c = c->next)
		each(r, c, into);
}

void
each_item_or_none(struct reader *r, const struct node *n,
	void (*each)(struct reader *r, const struct node *n, void *into), void *into)
{
	if (n->kind != NODE_NULL && !(n->kind == NODE_LIST && n->count == 0))
		each_item(r, n, each, into);
}

void
read_text_item(struct reader *r, const struct node *n, void *into)
{
	struct str_list *l = into;
	struct str s;

	if (want_text(r, n, &s))
		*vec_push(l) = s;
}

/* Nothing but wildcards and slashes: "*", "** / *", "?*". */
static bool
says_nothing(struct str pattern)
{
	for (size_t i = 0; i < pattern.n; i++)
		if (pattern.p[i] != '*' && pattern.p[i] != '?' && pattern.p[i] != '/')
			return false;
	return glob_has_magic(pattern);
}

void
read_glob_item(struct reader *r, const struct node *n, void *into)
{
	struct str_list *l = into;
	struct str s;

	if (!want_text(r, n, &s))
		return;
	/* Anchored, so "F*" is a family of rules, though it would match an everyday word. */
	if (says_nothing(s)) {
		diag_hint(r->d, complain(r, n->at, "the pattern '%.*s' matches everything",
			STR_FMT(s)),
			"leave it out to mean everything, or say more");
		return;
	}
	*vec_push(l) = s;
}

/* No test is called "error": somebody meant every test whose message says so. */
void
read_test_item(struct reader *r, const struct node *n, void *into)
{
	if (n->kind == NODE_STRING && n->text.n && !says_nothing(n->text) &&
	    glob_universal(n->text))
		diag_hint(r->d, complain(r, n->at, "the pattern '%.*s' matches everyday words",
			STR_FMT(n->text)), "write the ID of a test, as the runner would select it");
	else
		read_glob_item(r, n, into);
}

void
read_path_item(struct reader *r, const struct node *n, void *into)
{
	struct str_list *l = into;
	struct str s;

	if (want_path(r, n, &s))
		*vec_push(l) = s;
}

void
read_map(struct reader *r, const struct node *map, const struct key keys[], void *into)
{
	const char *known[64] = { NULL };

	if (map->kind == NODE_NULL || !want_kind(r, map, NODE_MAP))
		return; /* nothing: every line below the key is a comment */
	for (size_t i = 0; keys[i].name; i++) {
		const struct node *n = node_get(map, keys[i].name);

		known[i] = keys[i].name;
		if (n)
			keys[i].read(r, n, into);
	}
	for (const struct node *n = map->first; n; n = n->next) {
		struct buf where = BUF_INIT;
		bool is_known = false;

		for (size_t i = 0; known[i]; i++)
			is_known |= str_eqz(n->key, known[i]);
		buf_add(&where, map->key);
		if (!is_known)
			complain_unknown(r, n->key_at, "key", n->key,
				where.n ? buf_z(&where) : NULL, known);
		buf_release(&where);
	}
}

struct str
folder_of(struct arena *mem, struct str path)
{
	struct str folder = path_join(mem, STR_NONE, path);
	size_t slash = str_rchr(folder, '/');

	if (slash == STR_NPOS)
		return STR_NONE;
	return str_to(folder, slash ? slash : 1);
}

bool
path_from(struct arena *mem, struct str from, struct str to, struct str *out)
{
	struct buf b = BUF_INIT;

	if (str_starts(from, "/") != str_starts(to, "/"))
		return false;
	while (from.n && to.n) {
		struct str a = from, z = to, from_rest, to_rest;

		str_cut(&a, "/", &from_rest);
		str_cut(&z, "/", &to_rest);
		if (!str_eq(a, z))
			break;
		from = from_rest;
		to = to_rest;
	}
	while (from.n) {
		struct str a = from, rest;

		str_cut(&a, "/", &rest);
		from = rest;
		if (str_eqz(a, "..")) { /* what that folder is called, no name says */
			buf_release(&b);
			return false;
		}
		buf_addz(&b, "../");
	}
	buf_add(&b, to);
	*out = arena_dup(mem, buf_str(&b));
	buf_release(&b);
	return true;
}

bool
want_path(struct reader *r, const struct node *n, struct str *out)
{
	struct arena *mem = &r->p->mem;
	struct str path, home, step, real;

	if (!want_text(r, n, &path))
		return false;
	if (says_nothing(path)) {
		diag_hint(r->d, complain(r, n->at, "the pattern '%.*s' matches every file",
			STR_FMT(path)), "name the folder or the ending, e.g. reports/**/*.xml");
		return false;
	}
	*out = path;
	if (n->at.file == NULL || str_starts(path, "/") ||
	    str_starts(str_of(n->at.file), "preset "))
		return true;
	home = folder_of(mem, str_of(n->at.file));
	if (str_eq(home, r->p->base))
		return true;
	if (path_from(mem, r->p->base, home, &step)) {
		*out = path_join(mem, step, path);
		return true;
	}
	real = real_path(mem, home.n ? arena_z(mem, home) : ".");
	if (real.n)
		*out = path_join(mem, real, path);
	return true;
}
