/* definitions.c -- see definitions.h. */
#include "gate/model/definitions.h"

#include "gate/model/identity.h"

#define MAX_OPEN 40

/* What a line opened, and what is indented deeper stands in. */
struct open_scope {
	size_t indent;
	struct str name; /* empty: what is in it defines no test of its own */
};

enum language
language_of_path(struct str path)
{
	static const struct {
		const char *end;
		enum language lang;
	} ends[] = {
		{ ".py", LANG_PYTHON }, { ".go", LANG_GO }, { ".js", LANG_JS }, { ".jsx", LANG_JS },
		{ ".ts", LANG_JS }, { ".tsx", LANG_JS }, { ".mjs", LANG_JS }, { ".cjs", LANG_JS },
		{ ".mts", LANG_JS }, { ".cts", LANG_JS }, { ".java", LANG_CLASSES },
		{ ".kt", LANG_CLASSES }, { ".cs", LANG_CLASSES }, { ".php", LANG_CLASSES },
		{ ".rs", LANG_RUST }, { ".c", LANG_CPP }, { ".cc", LANG_CPP }, { ".cpp", LANG_CPP },
		{ ".cxx", LANG_CPP }, { ".h", LANG_CPP }, { ".hpp", LANG_CPP },
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (str_ends(path, ends[i].end))
			return ends[i].lang;
	return LANG_NONE;
}

static bool
word_char(char c)
{
	return is_alnum(c) || c == '_' || (c & 0x80) != 0;
}

/* The name at the front of *s, taken off; empty: there is none. */
static struct str
take_name(struct str *s)
{
	struct str all = *s;
	size_t n = 0;

	while (n < s->n && word_char(s->p[n]))
		n++;
	*s = str_from(*s, n);
	return str_to(all, n);
}

/* "'title'," or "`title`)": a literal without escapes, as it stands there. */
static bool
take_title(struct str *s, struct str *title)
{
	char quote = s->n ? s->p[0] : '\0';
	struct str rest;

	if (quote != '\'' && quote != '"' && quote != '`')
		return false;
	rest = str_from(*s, 1);
	*title = str_to(rest, str_chr(rest, quote));
	*s = str_from(rest, title->n + 1);
	return title->n && title->n < rest.n && str_chr(*title, '\\') == STR_NPOS &&
	       !(quote == '`' && str_has(*title, "${"));
}

static size_t
indent_of(struct str line)
{
	size_t n = 0;

	for (size_t i = 0; i < line.n && is_space(line.p[i]); i++)
		n = line.p[i] == '\t' ? (n / 8 + 1) * 8 : n + 1;
	return n;
}

static void
open_scope(struct definition_scan *s, size_t indent, struct str name)
{
	struct open_scope *o;

	if (s->open.n >= MAX_OPEN)
		return;
	o = vec_push(&s->open);
	o->indent = indent;
	o->name = name.n ? arena_dup(s->mem, name) : STR_NONE;
}

/* The names of what is open; false: something there defines no tests of its own. */
static bool
scope_of(const struct definition_scan *s, const char *sep, struct buf *out)
{
	buf_add(out, s->package);
	for (size_t i = 0; i < s->open.n; i++) {
		if (s->open.v[i].name.n == 0)
			return false;
		if (out->n)
			buf_addz(out, sep);
		buf_add(out, s->open.v[i].name);
	}
	return s->open.n < MAX_OPEN;
}

static void
define(struct definition_scan *s, const char *sep, struct str name)
{
	struct buf scope = BUF_INIT;

	if (name.n && scope_of(s, sep, &scope)) {
		struct definition *d = vec_push(&s->found);

		d->file = s->file;
		d->scope = arena_dup(s->mem, buf_str(&scope));
		d->name = arena_dup(s->mem, name);
		d->crate = s->crate;
		d->line = s->line;
	}
	buf_release(&scope);
}

static void
python_line(struct definition_scan *s, struct str t, size_t indent)
{
	struct str name;

	if (str_skip(&t, "class ")) {
		open_scope(s, indent, take_name(&t));
		return;
	}
	str_skip(&t, "async ");
	if (!str_skip(&t, "def "))
		return;
	name = take_name(&t);
	if (str_starts(t, "("))
		define(s, "::", name);
	open_scope(s, indent, STR_NONE);
}

static void
go_line(struct definition_scan *s, struct str t, size_t indent)
{
	struct str name;

	if (indent || !str_skip(&t, "func "))
		return;
	name = take_name(&t);
	if (str_starts(t, "(") && (str_starts(name, "Test") || str_starts(name, "Fuzz") ||
		str_starts(name, "Benchmark") || str_starts(name, "Example")))
		define(s, ".", name);
}

static void
js_line(struct definition_scan *s, struct str t, size_t indent)
{
	struct str word = take_name(&t), title = STR_NONE;
	bool group = str_eqz(word, "describe") || str_eqz(word, "context") ||
		str_eqz(word, "suite");

	if (!group && !str_eqz(word, "it") && !str_eqz(word, "test") && !str_eqz(word, "specify"))
		return;
	(void)(str_skip(&t, ".parallel") || str_skip(&t, ".only") || str_skip(&t, ".skip") ||
		str_skip(&t, ".concurrent") || str_skip(&t, ".failing") ||
		str_skip(&t, ".serial"));
	if (str_skip(&t, "("))
		t = str_trim(t);
	else if (!group)
		return;
	if (!take_title(&t, &title))
		title = STR_NONE; /* of a group: nobody knows what is in it */
	if (group)
		open_scope(s, indent, title);
	else
		define(s, " > ", title);
}

/* "package com.x;", "namespace A\B" */
static bool
take_package(struct definition_scan *s, struct str t)
{
	size_t n = 0;

	if (!str_skip(&t, "package ") && !str_skip(&t, "namespace "))
		return false;
	while (n < t.n && (word_char(t.p[n]) || t.p[n] == '.' || t.p[n] == '\\'))
		n++;
	s->package = arena_dup(s->mem, str_to(t, n));
	return true;
}

/* Behind the last of the line's words before `end` that is `word`. */
static bool
after_word(struct str t, const char *word, struct str *rest)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n < t.n; i++) {
		struct str at = str_from(t, i);

		if (t.p[i] == '(' || t.p[i] == '=' || t.p[i] == '"')
			return false;
		if (str_starts(at, word) && at.p[n] == ' ' && (i == 0 || t.p[i - 1] == ' ')) {
			*rest = str_trim(str_from(at, n));
			return true;
		}
	}
	return false;
}

/* "public void name(", "async Task<int> name(": types and modifiers, a name, a bracket. */
static struct str
method_name(struct str t)
{
	static const char *const never[] = { "return", "new", "throw", "else", "case", "await",
		"if", "for", "while", "switch", "catch", "using", "lock", "yield", "assert", NULL };
	size_t open = str_chr(t, '('), at;
	struct str head = str_to(t, open), name, words, word;

	if (open == STR_NPOS || str_starts(t, "@") || str_chr(head, '=') != STR_NPOS ||
	    str_ends(str_trim(t), ";"))
		return STR_NONE;
	for (at = head.n; at > 0 && word_char(head.p[at - 1]); at--)
		;
	name = str_from(head, at);
	if (at == 0 || !is_space(head.p[at - 1]))
		return STR_NONE;
	words = str_to(head, at);
	while (str_word(&words, &word))
		for (size_t i = 0; never[i]; i++)
			if (str_eqz(word, never[i]))
				return STR_NONE;
	return name;
}

static struct str
kotlin_name(struct str rest)
{
	struct str title;

	if (take_title(&rest, &title))
		return title;
	return take_name(&rest);
}

static void
classes_line(struct definition_scan *s, struct str t, size_t indent)
{
	struct str rest, name;
	size_t at;

	if (take_package(s, t))
		return;
	while (str_starts(t, "@") && (at = str_chr(t, ' ')) < str_chr(t, '('))
		t = str_trim(str_from(t, at)); /* "@Test void adds()" */
	if (after_word(t, "class", &rest) || after_word(t, "object", &rest) ||
	    after_word(t, "interface", &rest) || after_word(t, "record", &rest)) {
		open_scope(s, indent, take_name(&rest));
		return;
	}
	if (after_word(t, "fun", &rest))
		name = kotlin_name(rest);
	else if (after_word(t, "function", &rest))
		name = take_name(&rest);
	else
		name = method_name(t);
	if (name.n == 0)
		return;
	define(s, ".", name);
	open_scope(s, indent, STR_NONE);
}

static void
rust_line(struct definition_scan *s, struct str t, size_t indent)
{
	struct str name;

	if (str_skip(&t, "pub"))
		t = t.n && t.p[0] == '(' ? str_trim(str_from(t, str_chr(t, ')') + 1)) : str_trim(t);
	if (str_skip(&t, "mod ")) {
		name = take_name(&t);
		if (str_ends(str_rtrim(t), "{"))
			open_scope(s, indent, name);
		return;
	}
	(void)(str_skip(&t, "async ") || str_skip(&t, "unsafe "));
	if (!str_skip(&t, "fn "))
		return;
	name = take_name(&t);
	if (str_starts(t, "("))
		define(s, "::", name);
	open_scope(s, indent, STR_NONE);
}

static void
cpp_line(struct definition_scan *s, struct str t)
{
	struct str macro = take_name(&t), suite, name;

	if (!str_eqz(macro, "TEST") && !str_eqz(macro, "TEST_F") && !str_eqz(macro, "TEST_P") &&
	    !str_eqz(macro, "TYPED_TEST") && !str_eqz(macro, "TYPED_TEST_P"))
		return;
	if (!str_skip(&t, "("))
		return;
	t = str_trim(t);
	suite = take_name(&t);
	t = str_trim(t);
	if (suite.n == 0 || !str_skip(&t, ","))
		return;
	t = str_trim(t);
	name = take_name(&t);
	if (!str_starts(str_trim(t), ")"))
		return;
	s->open.n = 0;
	open_scope(s, 0, suite);
	define(s, ".", name);
	s->open.n = 0;
}

/* Texts and comments over several lines hold no definitions; false: this line is in one. */
static bool
is_code(struct definition_scan *s, struct str t)
{
	bool was = s->in_text || s->in_comment;

	if (s->lang == LANG_PYTHON) {
		for (size_t i = 0; i + 2 < t.n; i++)
			if ((t.p[i] == '"' || t.p[i] == '\'') && t.p[i + 1] == t.p[i] &&
			    t.p[i + 2] == t.p[i]) {
				s->in_text = !s->in_text;
				i += 2;
			}
		return !was && !str_starts(t, "#");
	}
	if (str_starts(t, "/*"))
		s->in_comment = was = true;
	if (s->in_comment && str_has(t, "*/"))
		s->in_comment = false;
	return !was && !str_starts(t, "//") && !str_starts(t, "*") &&
	       !(s->lang == LANG_CPP && str_starts(t, "#"));
}

void
definition_line(struct definition_scan *s, struct str text)
{
	struct str t = str_trim(text);
	size_t indent = indent_of(text);

	s->line++;
	if (t.n == 0 || !is_code(s, t))
		return;
	if (t.p[0] != '{' && t.p[0] != ')' && t.p[0] != ']') /* these go on with what is open */
		while (s->open.n && s->open.v[s->open.n - 1].indent >= indent)
			s->open.n--;
	switch (s->lang) {
	case LANG_PYTHON:
		python_line(s, t, indent);
		break;
	case LANG_GO:
		go_line(s, t, indent);
		break;
	case LANG_JS:
		js_line(s, t, indent);
		break;
	case LANG_CLASSES:
		classes_line(s, t, indent);
		break;
	case LANG_RUST:
		rust_line(s, t, indent);
		break;
	case LANG_CPP:
		cpp_line(s, t);
		break;
	case LANG_NONE:
		break;
	}
}

void
definition_scan_release(struct definition_scan *s)
{
	vec_release(&s->found);
	vec_release(&s->open);
}

/* ---- as tests are called ---- */

/* Appends the comparable spelling of "FILE SEP SCOPE SEP NAME". */
static void
spell(struct str file, const char *sep, const struct definition *d, struct buf *key)
{
	struct buf id = BUF_INIT;

	buf_add(&id, file);
	if (d->scope.n)
		buf_addf(&id, "%s%.*s", sep, STR_FMT(d->scope));
	buf_addf(&id, "%s%.*s", sep, STR_FMT(d->name));
	identity_normal(key, buf_str(&id));
	buf_release(&id);
}

static void
file_and_names(const struct definition *d, const char *sep, struct buf *key, size_t *shortest)
{
	struct buf tail = BUF_INIT;

	spell(d->file, sep, d, key);
	spell(str_basename(d->file), sep, d, &tail);
	*shortest = tail.n;
	buf_release(&tail);
}

/*
 * "crates/a_b/src/x/mod.rs" is a_b::x, "tests/x.rs" is a crate of that name; of "src/x.rs" only
 * Cargo.toml knows the crate.
 */
static void
rust_key(const struct definition *d, struct buf *key, size_t *shortest)
{
	struct str path = str_to(d->file, d->file.n - 3), part, rest;
	size_t src = str_rfind(path, STR("src/")), whole;
	bool more = true, unit = src != STR_NPOS && (src == 0 || path.p[src - 1] == '/');

	if (unit && d->crate.n)
		buf_add(key, d->crate);
	else if (unit && src > 1)
		buf_add(key, str_basename(str_to(path, src - 1)));
	for (size_t i = 0; i < key->n; i++)
		if (key->p[i] == '-')
			key->p[i] = '_';
	whole = key->n;
	for (part = unit ? str_from(path, src + 4) : str_basename(path); more; part = rest) {
		more = str_cut(&part, "/", &rest);
		if (!more && unit && (str_eqz(part, "lib") || str_eqz(part, "main") ||
			str_eqz(part, "mod")))
			break;
		buf_addf(key, "%s%.*s", key->n ? "." : "", STR_FMT(part));
	}
	for (part = d->scope, more = part.n > 0; more; part = rest) {
		more = str_cut(&part, "::", &rest);
		buf_addf(key, "%s%.*s", key->n ? "." : "", STR_FMT(part));
	}
	buf_addf(key, "%s%.*s", key->n ? "." : "", STR_FMT(d->name));
	*shortest = key->n - (whole ? whole + 1 : 0);
}

void
definition_key(const struct definition *d, struct buf *longest, size_t *shortest)
{
	size_t from = longest->n;

	switch (language_of_path(d->file)) {
	case LANG_PYTHON:
		file_and_names(d, "::", longest, shortest);
		return;
	case LANG_JS:
		file_and_names(d, " > ", longest, shortest);
		return;
	case LANG_RUST:
		rust_key(d, longest, shortest);
		return;
	default:
		buf_addf(longest, "%.*s.%.*s", STR_FMT(d->scope), STR_FMT(d->name));
		for (size_t i = from; i < longest->n; i++)
			if (longest->p[i] == '/' || longest->p[i] == '\\')
				longest->p[i] = '.';
		*shortest = longest->n - from;
	}
}
