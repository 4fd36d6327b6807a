/* own_xml.c -- a described XML format as a table of xmlmap.h. */
#include <stddef.h>

#include "parsers/support/own_parts.h"

static const struct {
	const char *name;
	size_t at;
} paths[] = {
#define PATH(name, member) { name, offsetof(struct xml_record, member) }
	PATH("name", name), PATH("message", message), PATH("text", text), PATH("file", file),
	PATH("line", line), PATH("suite", suite), PATH("class", class), PATH("id", id),
	PATH("type", type), PATH("seconds", seconds), PATH("milliseconds", milliseconds),
	PATH("outcome", outcome), PATH("rule", rule), PATH("severity", severity),
	PATH("score", score), PATH("end-line", end_line), PATH("column", column),
	PATH("fingerprint", fingerprint), PATH("tests", tests), PATH("failures", failures),
	PATH("errors", errors), PATH("skipped", skipped), PATH("version", version),
	PATH("each", element),
#undef PATH
};

/* Where a comparison starts: '=', or "!=" outside of brackets. */
static size_t
find_equal(struct str s)
{
	bool inside = false;

	for (size_t i = 0; i < s.n; i++) {
		inside = (inside || s.p[i] == '[') && s.p[i] != ']';
		if (s.p[i] == '=' && !inside)
			return i;
	}
	return STR_NPOS;
}

/* `path`, `!path` or `path=word|word`; NULL, or why it can't be. */
static const char *
add_condition(struct arena *mem, const struct own_record *r, const char *name, int then,
	struct xml_when *to)
{
	const struct own_field *f = own_field_find(r, name);
	struct str path, words = STR("*");
	size_t at;

	if (f == NULL)
		return NULL;
	path = f->text;
	at = find_equal(path);
	if (at != STR_NPOS) {
		words = str_from(path, at + 1);
		path = str_to(path, at);
		if (str_ends(path, "!") || words.n == 0)
			return "in XML a condition is `path`, `!path` or `path=word|word`";
	} else if (str_skip(&path, "!")) {
		words = STR("");
	}
	if (path.n == 0 || str_find(path, STR(" ")) != STR_NPOS ||
		str_chr(path, '&') != STR_NPOS)
		return "in XML a condition is one of `path`, `!path`, `path=word|word`";
	*to = (struct xml_when){ arena_z(mem, path), arena_z(mem, words), then };
	return NULL;
}

static const char *
conditions_of(struct arena *mem, const struct own_record *r, struct xml_record *to,
	const char **field)
{
	static const struct { const char *name; int then; } kinds[] = {
		{ "when", XML_KEEP }, { "suppressed", XML_SUPPRESSED }, { "pass", XML_INFO },
	};
	struct xml_when *v = arena_alloc(mem, 4 * sizeof(*v));
	size_t n = 0;

	for (size_t i = 0; i < 3; i++) {
		const char *why = add_condition(mem, r, kinds[i].name, kinds[i].then, &v[n]);

		*field = kinds[i].name;
		if (why)
			return why;
		n += v[n].path != NULL;
	}
	if (n)
		to->when = v;
	return NULL;
}

static const struct xml_word *
levels_of(struct arena *mem, const struct own_record *r)
{
	const struct level_word *from = own_levels(mem, r);
	struct xml_word *v;
	size_t n = 0;

	while (from[n].word)
		n++;
	v = arena_alloc(mem, (n + 1) * sizeof(*v));
	for (size_t i = 0; i < n; i++)
		v[i] = (struct xml_word){ from[i].word, (int)from[i].level };
	return v;
}

static const struct xml_word *
outcomes_of(struct arena *mem, const struct own_record *r)
{
	const struct outcome_word *from = own_outcomes(mem, r);
	struct xml_word *v;
	size_t n = 0;

	while (from[n].word)
		n++;
	v = arena_alloc(mem, (n + 1) * sizeof(*v));
	for (size_t i = 0; i < n; i++)
		v[i] = (struct xml_word){ from[i].word, (int)from[i].outcome };
	return v;
}

static const char *
record_of(struct arena *mem, const struct own_record *r, struct xml_record *to,
	const char **field)
{
	static const enum xml_kind kinds[] = {
		[OWN_ISSUE] = XML_ISSUE, [OWN_TEST] = XML_TEST, [OWN_FAILED] = XML_TOOL_FAILED,
		[OWN_NOTHING] = XML_NOTHING_RAN, [OWN_TOTALS] = XML_DECLARED,
		[OWN_TOOL] = XML_TOOL, [OWN_PLACE] = XML_PLACE, [OWN_CLEAN] = XML_CLEAN,
	};

	to->kind = kinds[r->what];
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const char *text = own_text(mem, r, paths[i].name);

		memcpy((char *)to + paths[i].at, &text, sizeof(text));
	}
	to->levels = levels_of(mem, r);
	if (r->what == OWN_TEST)
		to->outcomes = outcomes_of(mem, r);
	to->dialect = to->id ? DIALECT_READY : DIALECT_NONE;
	return conditions_of(mem, r, to, field);
}

static void
missed(void *ctx, const struct xml_record *r, const char *field, bool vital)
{
	struct own_run *run = ctx;

	own_missed(run, &run->f->records.v[r - run->elements], field, vital);
}

/* False: *why, *field and *entry say what is wrong where. */
static bool
table_of(const struct own_format *f, struct arena *mem, struct own_run *run, struct xml_map *map,
	const char **why, const char **field, size_t *entry)
{
	struct xml_record *v = arena_alloc(mem, (f->records.n + 2) * sizeof(*v));
	size_t n;

	*map = (struct xml_map){ .roots = arena_z(mem, f->root.text), .records = v,
		.missed = missed, .missed_ctx = run };
	for (n = 0; n < f->records.n; n++) {
		*entry = n;
		*why = record_of(mem, &f->records.v[n], &v[n], field);
		if (*why)
			return false;
	}
	if (f->ran.text.n) {
		v[n].kind = XML_LOOKED;
		v[n].element = arena_z(mem, f->ran.text);
		map->nothing = "nothing says that the tool ran";
	}
	run->elements = v;
	return true;
}

/* Where a wrong path can't be told from a clean report, something else must tell. */
static void
check_around(const struct own_format *f, struct diags *d)
{
	for (size_t i = 0; i < f->records.n && f->ran.text.n == 0; i++) {
		const struct own_record *r = &f->records.v[i];
		const struct own_field *each = own_field_find(r, "each");

		if ((r->what != OWN_ISSUE && r->what != OWN_TEST) ||
			str_chr(str_from(each->text, 1), '/') != STR_NPOS)
			continue;
		diag_hint(d, diag_add(d, DIAG_ERROR, each->at, "`each: %.*s` does not say what is "
			"around the records, so that a report without any tells nothing",
			STR_FMT(each->text)),
			"write %.*s/%.*s, or name an element that says that the tool ran: `ran`",
			STR_FMT(f->root.text), STR_FMT(each->text));
	}
}

void
own_xml_check(const struct own_format *f, struct diags *d)
{
	struct own_run run = { .f = f };
	struct arena mem = { 0 };
	const struct xml_record *r = NULL;
	const char *why = NULL, *field = "";
	struct xml_map map;
	size_t entry = 0;

	if (f->root.text.n == 0) {
		diag_hint(d, diag_add(d, DIAG_ERROR, f->at, "the format '%.*s' has no `root`",
			STR_FMT(f->name)), "the name of the document's own element");
		return;
	}
	check_around(f, d);
	if (table_of(f, &mem, &run, &map, &why, &field, &entry)) {
		why = xml_map_check_at(&map, &r, &field);
		entry = r && run.elements ? (size_t)(r - run.elements) : 0;
	}
	if (why && entry < f->records.n)
		own_wrong(d, &f->records.v[entry], field, why);
	else if (why)
		diag_add(d, DIAG_ERROR, f->ran.at, "`ran: %.*s` can't be: %s",
			STR_FMT(f->ran.text), why);
	arena_release(&mem);
}

int
own_xml_read(const struct own_format *f, struct source *in, const struct sink *out)
{
	struct own_run run = { .f = f, .out = out };
	struct arena mem = { 0 };
	const char *why, *field;
	struct xml_map map;
	size_t entry;
	int rc = -1;

	if (table_of(f, &mem, &run, &map, &why, &field, &entry))
		rc = xml_map_read(in, out, &map);
	arena_release(&mem);
	return rc;
}
