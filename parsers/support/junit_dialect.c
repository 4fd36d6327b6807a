/* junit_dialect.c -- see junit_dialect.h. */
#include "parsers/support/junit_dialect.h"

#include "gate/model/identity.h"

static const struct {
	const char *name;
	enum dialect dialect;
	const char *tool;
} suites[] = {
	{ "pytest", DIALECT_PYTEST, "pytest" },
	{ "pytest tests", DIALECT_PYTEST, "pytest" },
	{ "nextest-run", DIALECT_RUST, "cargo-nextest" },
	{ "jest tests", DIALECT_JS, "jest" },
	{ "vitest tests", DIALECT_JS, "vitest" },
	{ "Mocha Tests", DIALECT_JS, "mocha" },
	{ "bun test", DIALECT_JS, "bun" },
};

enum dialect
junit_suite_dialect(struct str name, enum dialect outer, const char **tool)
{
	for (size_t i = 0; i < sizeof(suites) / sizeof(*suites); i++) {
		if (str_eqz(name, suites[i].name)) {
			*tool = suites[i].tool;
			return suites[i].dialect;
		}
	}
	return outer;
}

enum dialect
junit_property_dialect(struct str name, enum dialect outer)
{
	if (outer != DIALECT_NONE)
		return outer;
	if (str_eqz(name, "go.version"))
		return DIALECT_GO;
	if (str_eqz(name, "java.version") || str_eqz(name, "java.specification.version") ||
	    str_eqz(name, "java.vm.version"))
		return DIALECT_JAVA;
	return outer;
}

static bool
word_char(char c)
{
	return is_alnum(c) || c == '_' || c == '$' || (c & 0x80) != 0;
}

struct shape {
	bool dotted;      /* identifiers joined by dots, nothing else */
	bool lower_first; /* the first part starts with a small letter */
	bool upper_part;  /* some later part with a capital */
	bool test_module; /* some part is named like Python's test modules */
	bool slash;
};

static struct shape
shape_of(struct str class)
{
	struct shape s = { .dotted = class.n > 0, .lower_first = class.n && is_lower(class.p[0]) };
	size_t start = 0;

	for (size_t i = 0; i <= class.n; i++) {
		struct str part;

		if (i < class.n && class.p[i] != '.') {
			s.slash = s.slash || class.p[i] == '/';
			s.dotted = s.dotted && word_char(class.p[i]);
			continue;
		}
		part = str_n(class.p + start, i - start);
		s.dotted = s.dotted && part.n;
		s.upper_part = s.upper_part || (start && part.n && is_upper(part.p[0]));
		s.test_module = s.test_module || str_starts(part, "test_") ||
			str_ends(part, "_test");
		start = i + 1;
	}
	return s;
}

static bool
go_name(struct str name)
{
	static const char *const leads[] = { "Test", "Example", "Benchmark", "Fuzz" };

	for (size_t i = 0; i < sizeof(leads) / sizeof(*leads); i++) {
		struct str rest = name;

		if (str_skip(&rest, leads[i]))
			return rest.n == 0 || !is_lower(rest.p[0]);
	}
	return false;
}

static bool
ends_any(struct str s, const char *const ends[])
{
	for (size_t i = 0; ends[i]; i++)
		if (str_ends(s, ends[i]))
			return true;
	return false;
}

enum dialect
junit_case_dialect(struct str class, struct str name, struct str file, struct str suite)
{
	static const char *const java[] = { ".java", ".kt", ".kts", ".groovy", ".scala", NULL };
	size_t arrow = str_rfind(suite, STR(" > "));
	struct str last = arrow == STR_NPOS ? suite : str_from(suite, arrow + 3);
	struct shape s;

	if (file.n) {
		if (str_ends(file, ".py"))
			return DIALECT_PYTEST;
		if (ends_any(file, java))
			return DIALECT_JAVA;
		if (str_ends(file, ".php"))
			return DIALECT_PHP;
		if (str_ends(file, ".go"))
			return DIALECT_GO;
		if (identity_js_path(file))
			return DIALECT_JS;
	}
	s = shape_of(class);
	if (s.dotted && s.lower_first && str_starts(name, "test_") &&
	    (s.test_module || s.upper_part))
		return DIALECT_PYTEST;
	if (s.dotted && s.lower_first && s.upper_part)
		return DIALECT_JAVA;
	if (identity_js_path(class) || (class.n == 0 && identity_js_path(last)))
		return DIALECT_JS;
	if (go_name(name) && (s.slash || (class.n == 0 && str_chr(last, '/') != STR_NPOS)))
		return DIALECT_GO;
	return DIALECT_NONE;
}

enum outcome
junit_status(struct str word)
{
	static const struct {
		const char *word;
		enum outcome outcome;
	} words[] = {
		{ "run", OUT_PASSED },          { "passed", OUT_PASSED },
		{ "completed", OUT_PASSED },    { "disabled", OUT_SKIPPED },
		{ "notrun", OUT_SKIPPED },      { "not run", OUT_SKIPPED },
		{ "skipped", OUT_SKIPPED },     { "suppressed", OUT_SKIPPED },
		{ "ignored", OUT_SKIPPED },     { "pending", OUT_SKIPPED },
		{ "notexecuted", OUT_SKIPPED }, { "failed", OUT_FAILED },
		{ "failure", OUT_FAILED },      { "fail", OUT_FAILED },
		{ "error", OUT_ERROR },         { "errored", OUT_ERROR },
		{ "broken", OUT_ERROR },        { "timeout", OUT_ERROR },
		{ "timedout", OUT_ERROR },      { "timed out", OUT_ERROR },
		{ "crashed", OUT_ERROR },       { "aborted", OUT_ERROR },
		{ "killed", OUT_ERROR },        { "interrupted", OUT_ERROR },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_ieqz(word, words[i].word))
			return words[i].outcome;
	return OUT_UNKNOWN;
}
