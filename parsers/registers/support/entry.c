/*
 * entry.c -- see entry.h. An entry excuses, so what it says must be narrow: patterns that
 * match everything, empty matches and waivers without a match are refused.
 */
#include "parsers/registers/support/entry.h"

#include "gate/base/glob.h"
#include "gate/base/regex.h"

/* "*" as a tool is as good as no tool: nothing was selected. */
static bool
says_something(enum selector_key key, struct str pattern)
{
	switch (key) {
	case SEL_TEST:
	case SEL_PATH:
	case SEL_SUITE:
	case SEL_TAG:
	case SEL_RULE:
		return !glob_universal(pattern);
	default:
		return !glob_match(pattern, STR_NONE);
	}
}

static void
pattern_error(const struct form *f, struct pos at, struct str pattern)
{
	struct diag *g = form_error(f, at, "the pattern '%.*s' matches nearly everything",
		STR_FMT(str_to(pattern, 100)));

	diag_hint(f->d, g, "leave the key out, or name what is meant");
}

static bool
known_word(const struct form *f, enum selector_key key, const struct node *n)
{
	static const char *const kinds[] = { "tests", "lint", "security", NULL };
	static const char *const levels[] = { "unknown", "info", "low", "medium", "high",
		"critical",
		NULL };

	if (key == SEL_KIND)
		return form_choice(f, n, "kind", kinds) >= 0;
	if (key == SEL_LEVEL)
		return form_choice(f, n, "level", levels) >= 0;
	return true;
}

static void
read_patterns(const struct form *f, const struct node *list, enum selector_key key,
	struct str_list *out)
{
	for (const struct node *n = form_first(list); n; n = form_next(list, n)) {
		struct str text;

		if (!form_text(f, n, selector_name(key), &text) || !known_word(f, key, n))
			continue;
		if (!says_something(key, text))
			pattern_error(f, n->at, text);
		else
			str_list_add(f->fs, out, text);
	}
}

static const char *const message_keys[] = { "text", "regex", "matches", "matches-not", "required",
	NULL };

static bool
read_message(const struct form *f, const struct node *n, struct entry *e)
{
	struct message_match m = { 0 };
	const struct node *text;
	bool required = true;

	if (n->kind != NODE_MAP) {
		if (!form_literal(f, n, &m.literal, &m.normal))
			return false;
		e->messages[e->nmessages++] = m;
		return true;
	}
	if (!form_map(f, n, "a message", message_keys) || !form_bool(f, n, "required", &required))
		return false;
	text = node_get(n, "text");
	if ((text != NULL) == (node_get(n, "regex") != NULL)) {
		form_error(f, n->at, "a message is either 'text' or 'regex'");
		return false;
	}
	if (text ? !form_literal(f, text, &m.literal, &m.normal) :
		(m.regex = form_regex(f, n)) == NULL)
		return false;
	e->message_optional |= !required;
	e->messages[e->nmessages++] = m;
	return true;
}

static void
read_messages(const struct form *f, const struct node *list, struct entry *e)
{
	size_t count = list->kind == NODE_LIST ? list->count : 1;

	e->messages = arena_alloc(&f->fs->mem, count * sizeof(*e->messages));
	for (const struct node *n = form_first(list); n; n = form_next(list, n))
		read_message(f, n, e);
	if (form_first(list) == NULL)
		form_error(f, list->at, "message is empty");
}

static void
read_outcomes(const struct form *f, const struct node *list, struct entry *e)
{
	static const char *const words[] = { "failed", "error", NULL };

	for (const struct node *n = form_first(list); n; n = form_next(list, n)) {
		int i = form_choice(f, n, "outcome", words);

		if (i >= 0)
			e->outcomes |= 1u << (i == 0 ? OUT_FAILED : OUT_ERROR);
	}
	if (form_first(list) == NULL)
		form_error(f, list->at, "outcome is empty");
}

static const char *const match_keys[] = { "kind", "tool", "rule", "report", "leg", "path", "suite",
	"test", "tag", "level", "message", "outcome", NULL };

static enum selector_key
selector_of(struct str key)
{
	int k = 0;

	while (k < SELECTORS && !str_eqz(key, selector_name((enum selector_key)k)))
		k++;
	return (enum selector_key)k;
}

static void
read_match(const struct form *f, const struct node *map, struct entry *e)
{
	size_t before = f->d->errors;
	bool narrow = false;

	if (!form_map(f, map, "match", match_keys))
		return;
	for (const struct node *n = map->first; n; n = n->next) {
		enum selector_key key = selector_of(n->key);

		if (str_eqz(n->key, "message"))
			read_messages(f, n, e);
		else if (str_eqz(n->key, "outcome"))
			read_outcomes(f, n, e);
		else if (form_first(n) == NULL)
			form_error(f, n->at, "'%.*s' is empty", STR_FMT(n->key));
		else
			read_patterns(f, n, key, &e->match.pattern[key]);
		narrow |= key == SEL_TEST || key == SEL_PATH || key == SEL_SUITE ||
			key == SEL_RULE ||
			key == SEL_TAG || key == SEL_TOOL || str_eqz(n->key, "message");
	}
	if (!narrow && f->d->errors == before)
		diag_hint(f->d, form_error(f, map->at, "this match covers everything"),
			"name a test, path, suite, tag, tool, rule or message");
	e->has_match = true;
}

static void
read_waiver(const struct form *f, const struct node *map, struct entry *e)
{
	static const char *const keys[] = { "owner", "reason", "expires", NULL };

	if (!form_map(f, map, "waiver", keys))
		return;
	e->has_waiver = true;
	e->waiver_at = map->at;
	if (form_optional(f, map, "owner", &e->waiver_owner))
		e->waiver_owner = form_keep(f, e->waiver_owner);
	if (form_optional(f, map, "reason", &e->waiver_reason))
		e->waiver_reason = form_keep(f, e->waiver_reason);
	form_date(f, map, "expires", &e->waiver_expires);
	if (!e->has_match)
		diag_hint(f->d, form_error(f, map->at, "a waiver without a match covers nothing"),
			"say with `match:` which tests or results it is for");
}

static struct entry *
new_entry(struct findings *fs, struct finding *finding)
{
	struct entry *e = arena_new(&fs->mem, struct entry);

	e->waiver_expires = DATE_NONE;
	e->waiver_at.file = arena_z(&fs->mem, finding->reg->path);
	finding->entry = e;
	return e;
}

void
entry_read(const struct form *f, const struct node *map, struct finding *finding)
{
	static const char *const expects[] = { "always", "sometimes", NULL };
	struct entry *e = new_entry(f->fs, finding);
	const struct node *n;

	if ((n = node_get(map, "match")) != NULL)
		read_match(f, n, e);
	if ((n = node_get(map, "expect")) != NULL)
		e->sometimes = form_choice(f, n, "expect", expects) == 1;
	if (form_optional(f, map, "fixed-in", &e->fixed_in))
		e->fixed_in = form_keep(f, e->fixed_in);
	if ((n = node_get(map, "waiver")) != NULL) {
		read_waiver(f, n, e);
		/* The tree does not outlive the reading; its places must. */
		if (e->has_waiver)
			e->waiver_at.file = arena_z(&f->fs->mem, finding->reg->path);
	}
}

void
entry_for_test(struct findings *fs, struct finding *finding, struct str test)
{
	struct entry *e = new_entry(fs, finding);

	e->has_match = true;
	str_list_add(fs, &e->match.pattern[SEL_TEST], test);
}
