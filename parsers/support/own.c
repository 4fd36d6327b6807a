/* own.c -- what all described formats share: which field may stand where, and what is missed. */
#include <stddef.h>

#include "parsers/support/own_parts.h"

enum { IN_JSON = 1, IN_XML = 2, IN_LINES = 4, IN_ALL = 7 };
#define OF(what) (1u << OWN_##what)
#define OF_RESULTS (OF(ISSUE) | OF(TEST))
#define OF_GROUPS (OF_RESULTS | OF(MORE) | OF(HEADING))

/* Each field: in which syntaxes and records it means something, and where the engine has it. */
static const struct {
	const char *name;
	unsigned syntaxes, whats;
	size_t map; /* offset + 1 in struct map_fields; 0: not there by this name */
} fields[] = {
#define MAP(member) offsetof(struct map_fields, member) + 1
	{ "each", IN_JSON | IN_XML, ~0u, 0 },
	{ "regex", IN_LINES, ~0u, 0 },
	{ "errorformat", IN_LINES, ~0u, 0 },
	{ "shape", IN_LINES, ~0u, 0 },
	{ "when", IN_ALL, OF_RESULTS, 0 },
	{ "suppressed", IN_ALL, OF(ISSUE), 0 },
	{ "pass", IN_ALL, OF(ISSUE), 0 },
	{ "rule", IN_ALL, OF(ISSUE), MAP(rule) },
	{ "message", IN_ALL, OF_RESULTS | OF(FAILED) | OF(NOTHING), MAP(message) },
	{ "file", IN_ALL, OF_RESULTS | OF(PLACE), MAP(file) },
	{ "line", IN_ALL, OF_RESULTS | OF(PLACE), MAP(line) },
	{ "end-line", IN_ALL, OF(ISSUE) | OF(PLACE), MAP(end_line) },
	{ "column", IN_ALL, OF(ISSUE) | OF(PLACE), MAP(column) },
	{ "fingerprint", IN_ALL, OF(ISSUE), MAP(fingerprint) },
	{ "severity", IN_ALL, OF(ISSUE), MAP(severity) },
	{ "score", IN_ALL, OF(ISSUE), MAP(score) },
	{ "id", IN_ALL, OF(TEST), MAP(id) },
	{ "suite", IN_ALL, OF(TEST), MAP(suite) },
	{ "class", IN_ALL, OF(TEST), MAP(class) },
	{ "name", IN_ALL, OF(TEST) | OF(TOOL), MAP(name) },
	{ "type", IN_ALL, OF(TEST), MAP(type) },
	{ "text", IN_ALL, OF(TEST), MAP(text) },
	{ "outcome", IN_ALL, OF(TEST), MAP(outcome) },
	{ "seconds", IN_ALL, OF(TEST), MAP(seconds) },
	{ "milliseconds", IN_ALL, OF(TEST), 0 },
	{ "tests", IN_JSON | IN_XML, OF(TOTALS), MAP(tests) },
	{ "failures", IN_JSON | IN_XML, OF(TOTALS), MAP(failures) },
	{ "errors", IN_JSON | IN_XML, OF(TOTALS), MAP(errors) },
	{ "skipped", IN_JSON | IN_XML, OF(TOTALS), MAP(skipped) },
	{ "version", IN_JSON | IN_XML, OF(TOOL), MAP(version) },
};
#define FIELDS (sizeof(fields) / sizeof(fields[0]))

static const char *const whats[] = { "issue", "test", "failed", "nothing", "totals", "tool",
	"place", "clean", "more", "heading", "ignore" };
static const unsigned whats_of[] = {
	[OWN_JSON] = OF_RESULTS | OF(FAILED) | OF(NOTHING) | OF(TOTALS) | OF(TOOL),
	[OWN_JSON_LINES] = OF_RESULTS | OF(FAILED) | OF(NOTHING) | OF(TOTALS) | OF(TOOL),
	[OWN_XML] = OF_RESULTS | OF(FAILED) | OF(NOTHING) | OF(TOTALS) | OF(TOOL) | OF(PLACE) |
		OF(CLEAN),
	[OWN_LINES] = OF_GROUPS | OF(FAILED) | OF(NOTHING) | OF(CLEAN) | OF(IGNORE),
};

const char *
own_text(struct arena *mem, const struct own_record *r, const char *name)
{
	const struct own_field *f = own_field_find(r, name);

	return f ? arena_z(mem, f->text) : NULL;
}

const struct outcome_word *
own_outcomes(struct arena *mem, const struct own_record *r)
{
	static const struct outcome_word common[] = {
		{ "passed", OUT_PASSED }, { "pass", OUT_PASSED }, { "ok", OUT_PASSED },
		{ "success", OUT_PASSED }, { "true", OUT_PASSED }, { "failed", OUT_FAILED },
		{ "fail", OUT_FAILED }, { "failure", OUT_FAILED }, { "not ok", OUT_FAILED },
		{ "false", OUT_FAILED }, { "error", OUT_ERROR }, { "crash", OUT_ERROR },
		{ "timeout", OUT_ERROR }, { "skipped", OUT_SKIPPED }, { "skip", OUT_SKIPPED },
		{ "ignored", OUT_SKIPPED }, { "pending", OUT_SKIPPED }, { "flaky", OUT_FLAKY },
		{ 0 },
	};
	struct outcome_word *v;

	if (r->outcomes.n == 0)
		return common;
	v = arena_alloc(mem, (r->outcomes.n + 1) * sizeof(*v));
	for (size_t i = 0; i < r->outcomes.n; i++)
		v[i] = (struct outcome_word){ arena_z(mem, r->outcomes.v[i].text),
			(enum outcome)r->outcomes.v[i].value };
	return v;
}

const struct level_word *
own_levels(struct arena *mem, const struct own_record *r)
{
	static const struct level_word common[] = {
		{ "fatal", LEVEL_HIGH }, { "error", LEVEL_HIGH }, { "warning", LEVEL_MEDIUM },
		{ "warn", LEVEL_MEDIUM }, { "note", LEVEL_LOW }, { "hint", LEVEL_LOW },
		{ "style", LEVEL_LOW }, { 0 },
	};
	struct level_word *v = arena_alloc(mem, r->levels.n * sizeof(*v) + sizeof(common));

	for (size_t i = 0; i < r->levels.n; i++)
		v[i] = (struct level_word){ arena_z(mem, r->levels.v[i].text),
			(enum level)r->levels.v[i].value };
	memcpy(v + r->levels.n, common, sizeof(common));
	return v;
}

void
own_map_fields(struct arena *mem, const struct own_record *r, struct map_fields *to)
{
	static const enum map_kind kinds[] = {
		[OWN_ISSUE] = MAP_ISSUE, [OWN_TEST] = MAP_TEST, [OWN_FAILED] = MAP_FAILED,
		[OWN_NOTHING] = MAP_NOTHING, [OWN_TOTALS] = MAP_TOTALS, [OWN_TOOL] = MAP_TOOL,
	};

	/* What lines have besides is no record of the mapping: nothing is missed in it. */
	*to = (struct map_fields){ .kind = r->what <= OWN_TOOL ? kinds[r->what] : MAP_TOTALS };
	for (size_t i = 0; i < FIELDS; i++) {
		const char *text = fields[i].map ? own_text(mem, r, fields[i].name) : NULL;

		if (text)
			memcpy((char *)to + fields[i].map - 1, &text, sizeof(text));
	}
	if (r->what == OWN_TOOL)
		to->tool = to->name;
	to->when = own_text(mem, r, "when");
	to->suppressed = own_text(mem, r, "suppressed");
	to->pass = own_text(mem, r, "pass");
	if (own_field_find(r, "milliseconds")) {
		to->seconds = own_text(mem, r, "milliseconds");
		to->unit = 0.001;
	}
	to->unrated = r->unrated;
	if (r->what == OWN_TEST) {
		to->outcomes = own_outcomes(mem, r);
		to->dialect = to->id ? DIALECT_READY : DIALECT_NONE;
	}
	to->levels = own_levels(mem, r);
}

/* "end_line" and "element" of the engines are "end-line" and "each" of a policy. */
static const struct own_field *
field_of_engine(const struct own_record *r, const char *field)
{
	if (strcmp(field, "end_line") == 0)
		field = "end-line";
	if (strcmp(field, "element") == 0)
		field = "each";
	if (strcmp(field, "seconds") == 0 && own_field_find(r, field) == NULL)
		field = "milliseconds";
	if (strcmp(field, "tool") == 0)
		field = "name";
	return own_field_find(r, field);
}

void
own_wrong(struct diags *d, const struct own_record *r, const char *field, const char *why)
{
	const struct own_field *f = field_of_engine(r, field);

	if (f)
		diag_add(d, DIAG_ERROR, f->at, "`%s: %.*s` can't be: %s", f->name,
			STR_FMT(f->text), why);
	else
		diag_add(d, DIAG_ERROR, r->at, "this description can't be: %s", why);
}

void
own_missed(struct own_run *run, const struct own_record *r, const char *field, bool vital)
{
	const struct own_field *f = field_of_engine(r, field);
	struct buf b = BUF_INIT;

	/* Of patterns, a group that only some lines have may be missing: that is no mistake. */
	if (f == NULL && !vital)
		return;
	if (strcmp(field, "when") == 0 || strcmp(field, "pass") == 0 ||
		strcmp(field, "suppressed") == 0)
		buf_addf(&b, "all records go by `%s`, and what it asks for is in none of them",
			field);
	else if (f && strcmp(f->name, "each") == 0)
		buf_addz(&b, "no record is in it, and nothing shows that there is none");
	else
		buf_addf(&b, "no record has a `%s`", f ? f->name : field);
	if (f)
		buf_addf(&b, ": `%.*s` leads nowhere", STR_FMT(f->text));
	if (f && f->at.file && f->at.line > 0)
		buf_addf(&b, " (%s:%ld:%ld)", f->at.file, f->at.line, f->at.col);
	run->out->problem(run->out->ctx,
		vital ? PROBLEM_NOT_RECOGNISED : PROBLEM_DECLARED_MISMATCH, 0, buf_str(&b));
	buf_release(&b);
}

static void
check_field(const struct own_format *f, const struct own_record *r, const struct own_field *x,
	struct diags *d)
{
	static const unsigned syntaxes[] = { IN_JSON, IN_JSON, IN_XML, IN_LINES };
	size_t i = 0;

	while (strcmp(fields[i].name, x->name) != 0)
		i++;
	if (!(fields[i].syntaxes & syntaxes[f->syntax]))
		diag_add(d, DIAG_ERROR, x->at, "`%s` is for %s", x->name,
			fields[i].syntaxes == IN_LINES ? "`syntax: lines`"
						       : "`syntax: json`, `json-lines` and `xml`");
	else if (!(fields[i].whats & 1u << r->what))
		diag_add(d, DIAG_ERROR, x->at, "`%s` means nothing in a record of `what: %s`",
			x->name, whats[r->what]);
}

static bool
has(const struct own_record *r, const char *name)
{
	return own_field_find(r, name) != NULL;
}

static void
check_record(const struct own_format *f, const struct own_record *r, struct diags *d)
{
	bool lines = f->syntax == OWN_LINES;

	for (size_t i = 0; i < r->fields.n; i++)
		check_field(f, r, &r->fields.v[i], d);
	if (!(whats_of[f->syntax] & 1u << r->what))
		diag_add(d, DIAG_ERROR, r->at, "`what: %s` is not for this syntax", whats[r->what]);
	if (lines && !has(r, "regex") && !has(r, "errorformat") && !has(r, "shape"))
		diag_hint(d, diag_add(d, DIAG_ERROR, r->at, "a record of lines needs a pattern"),
			"regex: '^(?<file>[^:]+):(?<line>\\d+): (?<message>.+)'");
	if (!lines && f->syntax != OWN_JSON_LINES && !has(r, "each"))
		diag_hint(d, diag_add(d, DIAG_ERROR, r->at, "a record needs `each`"),
			"where the records stand, such as %s",
			f->syntax == OWN_XML ? "results/result" : "results[]");
	if (lines)
		return; /* named groups are fields too: seen there */
	if (r->what == OWN_ISSUE && !has(r, "rule") && !has(r, "message"))
		diag_add(d, DIAG_ERROR, r->at, "an issue needs a `rule` or a `message`");
	if (r->what == OWN_TEST && !has(r, "name") && !has(r, "id"))
		diag_add(d, DIAG_ERROR, r->at, "a test needs a `name` or an `id`");
	if (r->what == OWN_TEST && !has(r, "outcome"))
		diag_hint(d, diag_add(d, DIAG_ERROR, r->at, "a test needs an `outcome`"),
			"a place whose words `outcomes:` explains");
}

/* One of its records must be able to be a result. */
static void
check_results(const struct own_format *f, struct diags *d)
{
	enum own_what what = f->kind == KIND_TESTS ? OWN_TEST : OWN_ISSUE;
	bool any = false;

	for (size_t i = 0; i < f->records.n; i++) {
		const struct own_record *r = &f->records.v[i];

		any = any || r->what == what;
		if (r->what != what && (r->what == OWN_TEST || r->what == OWN_ISSUE))
			diag_hint(d, diag_add(d, DIAG_ERROR, r->at,
				"`what: %s` in a format of kind %s", whats[r->what],
				report_kind_name(f->kind)),
				"kind: tests has tests; lint and security have issues");
	}
	if (!any)
		diag_add(d, DIAG_ERROR, f->at, "the format '%.*s' has no record of `what: %s`",
			STR_FMT(f->name), whats[what]);
}

int
own_check(const struct own_format *f, struct diags *d)
{
	size_t errors = d->errors;

	for (size_t i = 0; i < f->records.n; i++)
		check_record(f, &f->records.v[i], d);
	check_results(f, d);
	if (d->errors != errors)
		return -1;
	if (f->syntax == OWN_XML)
		own_xml_check(f, d);
	else if (f->syntax == OWN_LINES)
		own_lines_check(f, d);
	else
		own_json_check(f, d);
	return d->errors == errors ? 0 : -1;
}

int
own_read(const struct own_format *f, struct source *in, const struct sink *out)
{
	return f->syntax == OWN_XML ? own_xml_read(f, in, out) :
		f->syntax == OWN_LINES ? own_lines_read(f, in, out) : own_json_read(f, in, out);
}
