/*
 * golangci_lint_text.c -- golangci-lint's text:
 * https://golangci-lint.run/docs/configuration/file/#output-configuration
 *
 *   a.go:12:5: Error return value is not checked (errcheck)
 *   	os.Remove(name)
 *   	         ^
 *   1 issues:                                                (since 2.0)
 *
 * The linter is the rule.
 */
#include "parsers/support/linemap.h"

static bool
is_linter(struct line_match *m)
{
	struct str rule = m->text[FIELD_RULE];

	for (size_t i = 0; i < rule.n; i++)
		if (!is_lower(rule.p[i]) && !is_digit(rule.p[i]) && rule.p[i] != '-')
			return false;
	return rule.n && is_lower(rule.p[0]) && str_ends(m->text[FIELD_FILE], ".go") &&
		!str_eqz(rule, "compile");
}

static const struct line_row rows[] = {
	ROW(RECORD, "{file}:{line}{?:{column}}: {message} ({rule})", .sniff = 90,
		.test = is_linter),
	ROW(TOTAL, "{total} issues:", .sniff = 85),
	ROW(TOTAL, "{total} issues.", .sniff = 85),
	ROW(FAILED, "level=error {message}", .sniff = 75,
		.problem = "golangci-lint ended with an error"),
	ROW(FAILED, "level=fatal {message}", .sniff = 75,
		.problem = "golangci-lint ended with an error"),
	ROW(FAILED, "ERRO {message}", .sniff = 65,
		.problem = "golangci-lint ended with an error"),
	ROW(SKIP, "level=warning {any}", .sniff = 65),
	ROW(SKIP, "* {any}: {n}"),
	{ 0 },
};

static const struct linemap golangci_lint_text = {
	.rows = rows,
	.level = LEVEL_MEDIUM,
};
LINEMAP_HOOKS(golangci_lint_text)

const struct parser parser_golangci_lint_text = {
	.name = "golangci-lint-text",
	.help = "golangci-lint, its text",
	.kind = KIND_LINT,
	.tool = "golangci-lint",
	.spec = "https://golangci-lint.run/docs/configuration/file/#output-configuration",
	.sniff = golangci_lint_text_sniff,
	.parse = golangci_lint_text_parse,
	.lines = &golangci_lint_text,
};
