/*
 * formats.c -- `formats`: report formats that a team describes itself. Here each value is read;
 * whether the paths and patterns in it make sense is for the parsers to say.
 */
#include "policies/engine/read.h"

static const char *const syntaxes[] = { "json", "json-lines", "xml", "lines", NULL };
static const char *const kinds[] = { "tests", "lint", "security", NULL };
static const char *const whats[] = { "issue", "test", "failed", "nothing", "totals", "tool",
	"place", "clean", "more", "heading", "ignore", NULL };

/* Of a record: places of the report, or texts. */
static const char *const fields[] = { "each", "regex", "errorformat", "shape", "when", "rule",
	"message", "file", "line", "end-line", "column", "fingerprint", "severity", "score",
	"suppressed", "pass", "id", "suite", "class", "name", "type", "text", "outcome", "seconds",
	"milliseconds", "tests", "failures", "errors", "skipped", "version" };

static void
format_syntax(struct reader *r, const struct node *n, void *into)
{
	int i = want_word(r, n, syntaxes);

	if (i >= 0)
		((struct own_format *)into)->syntax = (enum own_syntax)i;
}

static void
format_kind(struct reader *r, const struct node *n, void *into)
{
	static const enum report_kind values[] = { KIND_TESTS, KIND_LINT, KIND_SECURITY };
	int i = want_word(r, n, kinds);

	if (i >= 0)
		((struct own_format *)into)->kind = values[i];
}

static void
format_tool(struct reader *r, const struct node *n, void *into)
{
	want_text(r, n, &((struct own_format *)into)->tool);
}

static void
format_root(struct reader *r, const struct node *n, void *into)
{
	struct own_field *f = &((struct own_format *)into)->root;

	if (want_text(r, n, &f->text))
		*f = (struct own_field){ .name = "root", .text = f->text, .at = n->at };
}

static void
format_ran(struct reader *r, const struct node *n, void *into)
{
	struct own_field *f = &((struct own_format *)into)->ran;

	if (want_text(r, n, &f->text))
		*f = (struct own_field){ .name = "ran", .text = f->text, .at = n->at };
}

static void
skip(struct reader *r, const struct node *n, void *into)
{
	(void)r; /* read by read_record */
	(void)n;
	(void)into;
}

static void
record_what(struct reader *r, const struct node *n, void *into)
{
	int i = want_word(r, n, whats);

	if (i >= 0)
		((struct own_record *)into)->what = (enum own_what)i;
}

static void
record_levels(struct reader *r, const struct node *n, void *into)
{
	struct words words = { 0 };

	read_words_of_levels(r, n, &words);
	for (size_t i = 0; i < words.n; i++)
		*vec_push(&((struct own_record *)into)->levels) =
			(struct own_word){ words.v[i].text, words.v[i].value };
	vec_release(&words);
}

static void
record_outcomes(struct reader *r, const struct node *n, void *into)
{
	static const char *const names[] = { "passed", "failed", "error", "skipped", "flaky",
		NULL };
	static const int values[] = { OUT_PASSED, OUT_FAILED, OUT_ERROR, OUT_SKIPPED, OUT_FLAKY };
	struct words words = { 0 };

	read_word_map(r, n, &words, names, values);
	for (size_t i = 0; i < words.n; i++)
		*vec_push(&((struct own_record *)into)->outcomes) =
			(struct own_word){ words.v[i].text, words.v[i].value };
	vec_release(&words);
}

static void
record_unrated(struct reader *r, const struct node *n, void *into)
{
	static const char *const names[] = { "unknown", "info", "low", "medium", "high",
		"critical", NULL };
	int i = want_word(r, n, names);

	if (i >= 0)
		((struct own_record *)into)->unrated = (enum level)i;
}

/* Patterns may be several: each is a field of its own. */
struct field_of {
	struct own_record *record;
	const char *name;
};

static void
add_field(struct reader *r, const struct node *n, void *into)
{
	struct field_of *of = into;
	struct str text;

	if (want_text(r, n, &text))
		*vec_push(&of->record->fields) =
			(struct own_field){ .name = of->name, .text = text, .at = n->at };
}

static void
record_field(struct reader *r, const struct node *n, void *into)
{
	struct field_of of = { .record = into, .name = "" };
	bool pattern;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (str_eqz(n->key, fields[i]))
			of.name = fields[i];
	pattern = strcmp(of.name, "regex") == 0 || strcmp(of.name, "errorformat") == 0 ||
		strcmp(of.name, "shape") == 0;
	if (pattern)
		each_item(r, n, add_field, &of);
	else
		add_field(r, n, &of);
}

#define RECORD_KEYS 40

/* The keys of a record; of a format also its own (its first record stands in it). */
static size_t
keys_of_record(struct key keys[RECORD_KEYS])
{
	size_t n = 0;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		keys[n++] = (struct key){ fields[i], record_field };
	keys[n++] = (struct key){ "levels", record_levels };
	keys[n++] = (struct key){ "outcomes", record_outcomes };
	keys[n++] = (struct key){ "unrated", record_unrated };
	return n;
}

static void
read_record(struct reader *r, const struct node *n, void *into)
{
	struct own_format *f = into;
	struct own_record *record = vec_push(&f->records);
	struct key keys[RECORD_KEYS + 2];
	size_t count = keys_of_record(keys);

	keys[count++] = (struct key){ "what", record_what };
	keys[count] = (struct key){ NULL, NULL };
	record->at = n->at;
	record->what = f->kind == KIND_TESTS ? OWN_TEST : OWN_ISSUE;
	read_map(r, n, keys, record);
}

/* The keys of the first record, which stand in the format itself. */
static void
read_own_record(struct reader *r, const struct node *n, struct own_format *f)
{
	struct own_record *record = vec_push(&f->records);
	struct key keys[RECORD_KEYS];
	size_t count = keys_of_record(keys);

	record->at = n->key_at;
	record->what = f->kind == KIND_TESTS ? OWN_TEST : OWN_ISSUE;
	for (const struct node *c = n->first; c; c = c->next)
		for (size_t i = 0; i < count; i++)
			if (str_eqz(c->key, keys[i].name))
				keys[i].read(r, c, record);
	if (record->fields.n == 0 && record->levels.n == 0 && record->outcomes.n == 0)
		f->records.n--;
}

static void
read_format(struct reader *r, const struct node *n, struct own_format *f)
{
	struct key keys[RECORD_KEYS + 8] = {
		{ "syntax", format_syntax }, { "kind", format_kind }, { "tool", format_tool },
		{ "root", format_root }, { "ran", format_ran }, { "records", skip },
	};
	size_t count = 6;
	const struct node *records = node_get(n, "records");
	struct key more[RECORD_KEYS];
	size_t own = keys_of_record(more);

	for (size_t i = 0; i < own; i++)
		keys[count++] = (struct key){ more[i].name, skip };
	keys[count] = (struct key){ NULL, NULL };
	f->kind = KIND_LINT;
	read_map(r, n, keys, f);
	if (n->kind != NODE_MAP)
		return;
	if (node_get(n, "syntax") == NULL && !r->partial)
		diag_hint(r->d, complain(r, n->key_at, "the format '%.*s' has no `syntax`",
			STR_FMT(n->key)), "syntax: json (or json-lines, xml, lines)");
	read_own_record(r, n, f);
	if (records)
		each_item(r, records, read_record, f);
	if (f->records.n == 0 && !r->partial)
		diag_hint(r->d, complain(r, n->key_at, "the format '%.*s' describes no record",
			STR_FMT(n->key)), "name where they stand (`each`) and their fields");
}

/* Names stand in front of paths on command lines: NAME:PATH. */
static void
check_name(struct reader *r, const struct node *n)
{
	bool good = n->key.n && is_alnum(n->key.p[0]);

	for (size_t i = 0; i < n->key.n; i++)
		good = good && (is_alnum(n->key.p[i]) || strchr("-_.", n->key.p[i]));
	if (!good || str_eqz(n->key, "auto"))
		diag_hint(r->d, complain(r, n->key_at, "'%.*s' is no name for a format",
			STR_FMT(n->key)), "letters, digits, '-', '_' and '.'");
}

void
read_formats(struct reader *r, const struct node *n, void *into)
{
	struct policy *p = into;

	if (n->kind == NODE_NULL || !want_kind(r, n, NODE_MAP))
		return;
	for (const struct node *c = n->first; c; c = c->next) {
		struct own_format *f = xcalloc(1, sizeof(*f));

		*vec_push(&p->formats) = f;
		f->name = c->key;
		f->at = c->key_at;
		check_name(r, c);
		read_format(r, c, f);
	}
}
