/* form.c -- see form.h. */
#include "parsers/registers/support/form.h"

#include <limits.h>
#include <stdarg.h>

#include "gate/base/buf.h"
#include "gate/base/glob.h"
#include "gate/base/near.h"
#include "gate/base/normal.h"
#include "gate/base/num.h"
#include "gate/base/regex.h"

struct diag *
form_error(const struct form *f, struct pos at, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	struct diag *g;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	g = diag_add(f->d, DIAG_ERROR, at, "%s", buf_z(&b));
	buf_release(&b);
	return g;
}

static void
hint_words(const struct form *f, struct diag *g, struct str word, const char *const known[])
{
	const char *near = nearest_word(word, known);
	struct buf all = BUF_INIT;

	if (near) {
		diag_hint(f->d, g, "did you mean '%s'?", near);
		return;
	}
	for (size_t i = 0; known[i]; i++)
		buf_addf(&all, "%s%s", i ? ", " : "", known[i]);
	diag_hint(f->d, g, "known: %s", buf_z(&all));
	buf_release(&all);
}

static int
word_index(struct str word, const char *const known[])
{
	for (int i = 0; known[i]; i++)
		if (str_eqz(word, known[i]))
			return i;
	return -1;
}

bool
form_map(const struct form *f, const struct node *n, const char *what, const char *const known[])
{
	struct diag *g;
	bool ok = true;

	if (n->kind != NODE_MAP) {
		form_error(f, n->at, "%s must be a map, not %s", what, node_kind_name(n->kind));
		return false;
	}
	for (const struct node *c = n->first; c; c = c->next) {
		if (word_index(c->key, known) >= 0)
			continue;
		g = form_error(f, c->key_at, "unknown key '%.*s' in %s",
			STR_FMT(str_to(c->key, 100)), what);
		/* "no such table: x" is a map to YAML, a message to people. */
		if (str_chr(c->key, ' ') != STR_NPOS)
			diag_hint(f->d, g, "quote a text that holds ': '");
		else
			hint_words(f, g, c->key, known);
		ok = false;
	}
	return ok;
}

bool
form_text(const struct form *f, const struct node *n, const char *what, struct str *out)
{
	if (n->kind != NODE_STRING && n->kind != NODE_INT && n->kind != NODE_REAL) {
		form_error(f, n->at, "%s must be a string, not %s", what, node_kind_name(n->kind));
		return false;
	}
	if (str_trim(n->text).n == 0) {
		form_error(f, n->at, "%s is empty", what);
		return false;
	}
	*out = str_trim(n->text);
	return true;
}

bool
form_optional(const struct form *f, const struct node *map, const char *key, struct str *out)
{
	const struct node *n = node_get(map, key);

	return n == NULL || n->kind == NODE_NULL || form_text(f, n, key, out);
}

bool
form_date(const struct form *f, const struct node *map, const char *key, int64_t *out)
{
	const struct node *n = node_get(map, key);

	if (n == NULL)
		return true;
	if (n->kind == NODE_STRING && date_parse(n->text, out))
		return true;
	diag_hint(f->d, form_error(f, n->at, "'%s: %.*s' is no date", key,
		STR_FMT(str_to(n->text, 100))), "write a day that exists, like 2026-11-30");
	return false;
}

bool
form_bool(const struct form *f, const struct node *map, const char *key, bool *out)
{
	const struct node *n = node_get(map, key);

	if (n == NULL)
		return true;
	if (n->kind != NODE_BOOL) {
		form_error(f, n->at, "%s must be true or false, not %s", key,
			node_kind_name(n->kind));
		return false;
	}
	*out = n->integer != 0;
	return true;
}

bool
form_line(const struct form *f, const struct node *map, const char *key, long *out)
{
	const struct node *n = node_get(map, key);

	if (n == NULL)
		return true;
	if (n->kind != NODE_INT || n->integer < 1) {
		form_error(f, n->at, "%s must be a line number", key);
		return false;
	}
	*out = n->integer;
	return true;
}

int
form_choice(const struct form *f, const struct node *n, const char *what,
	const char *const words[])
{
	struct str text;
	int i;

	if (!form_text(f, n, what, &text))
		return -1;
	i = word_index(text, words);
	if (i < 0)
		hint_words(f, form_error(f, n->at, "unknown %s '%.*s'", what,
			STR_FMT(str_to(text, 100))), text, words);
	return i;
}

struct str
form_keep(const struct form *f, struct str s)
{
	return arena_dup(&f->fs->mem, s);
}

struct str
form_normal(const struct form *f, struct str s)
{
	struct buf b = BUF_INIT;
	struct str kept;

	normal_add(&b, s);
	kept = form_keep(f, buf_str(&b));
	buf_release(&b);
	return kept;
}

const struct node *
form_first(const struct node *n)
{
	if (n == NULL || n->kind == NODE_NULL)
		return NULL;
	return n->kind == NODE_LIST ? n->first : n;
}

const struct node *
form_next(const struct node *list, const struct node *item)
{
	return list->kind == NODE_LIST ? item->next : NULL;
}

/* Every example under `key` must give `want`; there must be one. */
static bool
examples_hold(const struct form *f, const struct node *map, const char *key,
	const struct regex *re, enum regex_result want)
{
	const struct node *list = node_get(map, key), *n = form_first(list);

	if (n == NULL) {
		diag_hint(f->d, form_error(f, list ? list->at : map->at,
			"a regex needs '%s'", key),
			"give a line that it must %s: it is checked on load",
			want == REGEX_YES ? "match" : "not match");
		return false;
	}
	for (; n; n = form_next(list, n)) {
		enum regex_result got;
		struct str text;

		if (!form_text(f, n, key, &text))
			return false;
		got = regex_find_line(re, n->text, NULL, 0);
		if (got == want)
			continue;
		form_error(f, n->at, "the regex %s its example under '%s'",
			got == REGEX_GAVE_UP ? "gives up on" : got == REGEX_YES ? "matches" :
			"does not match", key);
		return false;
	}
	return true;
}

struct regex *
form_regex(const struct form *f, const struct node *map)
{
	const struct node *n = node_get(map, "regex");
	struct err err = { 0 };
	struct regex *re;
	struct str text;

	if (!form_text(f, n, "regex", &text))
		return NULL;
	re = regex_new(n->text, 0, n->at, &err);
	if (re == NULL) {
		diag_err(f->d, &err);
		return NULL;
	}
	if (regex_universal(re)) {
		diag_hint(f->d, form_error(f, n->at, "the regex '%.*s' matches nearly everything",
			STR_FMT(str_to(text, 100))),
			"it must match neither an empty line nor everyday words");
	} else if (examples_hold(f, map, "matches", re, REGEX_YES) &&
		examples_hold(f, map, "matches-not", re, REGEX_NO)) {
		return re;
	}
	regex_free(re);
	return NULL;
}

bool
form_literal(const struct form *f, const struct node *n, struct str *text, struct str *normal)
{
	bool letters = false;

	if (!form_text(f, n, "a message", text))
		return false;
	*normal = form_normal(f, *text);
	for (size_t i = 0; i < normal->n; i++)
		letters |= is_alpha(normal->p[i]) || (unsigned char)normal->p[i] >= 0x80;
	if (letters && !glob_universal(*text)) {
		*text = form_keep(f, *text);
		return true;
	}
	diag_hint(f->d, form_error(f, n->at, "the message '%.*s' occurs nearly everywhere",
		STR_FMT(str_to(*text, 100))), "quote more of what makes this failure this failure");
	return false;
}
