/*
 * idlist.c -- plain lists of tests that are known to fail: a JSON array (or one under
 * `failures`) of strings or objects, or text with one ID a line. An entry's ID is its test
 * as written; entries excuse, and are expected to fail always.
 */
#include "gate/base/limits.h"
#include "gate/base/near.h"
#include "parsers/registers/register.h"
#include "parsers/registers/support/form.h"
#include "parsers/registers/support/idtext.h"
#include "parsers/registers/support/json_keys.h"

/*
 * Keys that are not read might narrow what the list means: say so, once for each. One that is
 * nearly a key that does narrow it is an error: "expirse" must not mean for ever.
 */
static void
note_unknown(const struct form *f, const struct node *map, struct str_list *noted)
{
	static const char *const keys[] = { "id", "test", "name", "owner", "reason", "issue",
		"added", "expires", NULL };
	static const char *const narrowing[] = { "expires", "owner", "reason", NULL };

	for (const struct node *n = map->first; n; n = n->next) {
		const char *near = nearest_word(n->key, narrowing);
		bool known = false;

		for (size_t i = 0; keys[i]; i++)
			known |= str_eqz(n->key, keys[i]);
		if (known || str_list_has(noted, n->key) || noted->n >= MAX_PROBLEMS)
			continue;
		str_list_add(f->fs, noted, n->key);
		if (near) {
			form_error(f, n->key_at, "unknown key '%.*s': did you mean '%s'?",
				STR_FMT(str_to(n->key, 100)), near);
			continue;
		}
		findings_note(f->fs, REGP_NOT_READ, f->reg, n->key_at.line,
			"'%.*s' means nothing in a plain list", STR_FMT(str_to(n->key, 100)));
	}
}

/* The first of id, test, name that is there; two that differ are an error. */
static bool
read_id(const struct form *f, const struct node *map, struct listed *l)
{
	static const char *const keys[] = { "test", "id", "name", NULL };

	for (size_t i = 0; keys[i]; i++) {
		const struct node *n = node_get(map, keys[i]);
		struct str text;

		if (n == NULL || n->kind == NODE_NULL)
			continue;
		if (!form_text(f, n, keys[i], &text))
			return false;
		if (l->id.n && !str_eq(l->id, text)) {
			form_error(f, n->key_at, "two names for one test: '%.*s' and '%.*s'",
				STR_FMT(str_to(l->id, 100)), STR_FMT(str_to(text, 100)));
			return false;
		}
		l->id = text;
	}
	return true;
}

static void
read_item(const struct form *f, const struct node *n, struct str_list *noted)
{
	struct listed l = { .added = DATE_NONE, .expires = DATE_NONE, .at = n->at };

	if (n->kind == NODE_MAP) {
		note_unknown(f, n, noted);
		if (!read_id(f, n, &l) || !form_optional(f, n, "owner", &l.owner) ||
		    !form_optional(f, n, "reason", &l.reason) ||
		    !form_optional(f, n, "issue", &l.issue) ||
		    !form_date(f, n, "added", &l.added) || !form_date(f, n, "expires", &l.expires))
			return;
	} else if (!form_text(f, n, "a test", &l.id)) {
		return;
	}
	listed_add(f, &l);
}

static void
read_json(const struct form *f, const struct node *root)
{
	const struct node *list = root->kind == NODE_MAP ? node_get(root, "failures") : root;
	struct str_list noted = { 0 };
	size_t n = 0;

	if (list == NULL || list->kind != NODE_LIST) {
		form_error(f, list ? list->at : root->at,
			"a plain list is an array, or has one under "
			"'failures'");
		return;
	}
	for (const struct node *c = list->first; c; c = c->next) {
		if (++n > MAX_FINDINGS) {
			form_error(f, c->at, "more than %d tests in one list", MAX_FINDINGS);
			break;
		}
		read_item(f, c, &noted);
	}
	vec_release(&noted);
}

static bool
is_json(struct str text)
{
	text = str_trim(text);
	return str_starts(text, "{") || str_starts(text, "[");
}

static int
idlist_parse(struct findings *fs, struct reg *reg, struct diags *d)
{
	struct form f = { .fs = fs, .reg = reg, .d = d };
	size_t errors = d->errors;
	struct arena mem = { 0 };
	struct err err = { 0 };
	struct node *root;

	if (!is_json(reg->text))
		idtext_read(&f);
	else if (tree_parse(&mem, reg->text, arena_z(&mem, reg->path), &root, &err) < 0)
		diag_err(d, &err);
	else
		read_json(&f, root);
	arena_release(&mem);
	return d->errors > errors ? -1 : 0;
}

/* Something that names a test stands first on most of the first lines. */
static bool
lines_like_ids(struct str text)
{
	struct str line;
	int ids = 0, others = 0;

	while (ids + others < 50 && str_line(&text, &line)) {
		line = str_trim(line);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (str_has(line, "::") || str_has(line, " > ") || str_chr(line, ' ') == STR_NPOS ||
		    str_chr(line, '#') != STR_NPOS || str_has(line, "  ") ||
		    str_chr(line, '\t') != STR_NPOS)
			ids++;
		else
			others++;
	}
	return ids > others;
}

/*
 * Any bytes have lines; those of a packed file or a broken download name no tests. Reading made
 * `?` of what is no text.
 */
static bool
is_binary(struct str text)
{
	size_t replaced = 0;

	for (size_t i = 0; i < text.n; i++)
		replaced += text.p[i] == '?';
	return replaced >= 8 && replaced > text.n / 10;
}

static int
idlist_sniff(struct str path, struct str text)
{
	static const char *const extensions[] = { ".txt", ".list", ".lst", ".csv", ".tsv", ".ids",
		NULL };
	struct str body = str_trim(text);

	if (str_ends(path, ".md") || str_ends(path, ".markdown") || str_ends(path, ".yaml") ||
	    str_ends(path, ".yml") || str_starts(body, "<") || is_binary(body))
		return 0;
	if (str_starts(body, "{"))
		return json_has_key(body, "failures") ? 85 : 0;
	if (str_starts(body, "[")) {
		struct str item = str_trim(str_from(body, 1));

		if (!str_starts(item, "{"))
			return 85;
		/* A tracker's export holds objects too, but names no test. */
		return json_has_string(body, "test") || json_has_string(body, "id") ||
			json_has_string(body, "name") ? 85 : 0;
	}
	for (size_t i = 0; extensions[i]; i++)
		if (str_ends(path, extensions[i]))
			return 60;
	return lines_like_ids(body) ? 40 : 0;
}

const struct register_parser register_idlist = {
	.name = "idlist",
	.help = "plain list of test IDs: JSON array, `failures` key, or one ID a line",
	.kind = REGISTER_LIST,
	.sniff = idlist_sniff,
	.parse = idlist_parse,
};
