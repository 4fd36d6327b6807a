/*
 * deqp.c -- result lists of conformance suites of graphics: one case a line.
 * https://gitlab.freedesktop.org/mesa/deqp-runner, https://piglit.freedesktop.org
 *
 *   dEQP-GLES2.functional.shaders.loops.for,Pass,0.012       deqp-runner, piglit-runner
 *   spec@glsl-1.10@execution@loop,Fail
 *   spec/glsl-1.10/execution/loop: fail                      piglit summary
 *
 * A list has no end of its own. What a runner's own baseline expects to fail did not pass:
 * it is skipped, as expected failures of other runners are.
 */
#include "gate/base/num.h"
#include "parsers/parser.h"
#include "parsers/support/lines.h"

static const struct {
	const char *word;
	enum outcome outcome;
} statuses[] = {
	{ "pass", OUT_PASSED },
	{ "warn", OUT_PASSED },
	{ "dmesg-warn", OUT_PASSED },
	{ "qualitywarning", OUT_PASSED },
	{ "compatibilitywarning", OUT_PASSED },
	{ "unexpectedimprovement(pass)", OUT_PASSED },
	{ "unexpectedpass", OUT_PASSED },
	{ "flake", OUT_FLAKY },
	{ "knownflake", OUT_FLAKY },
	{ "fail", OUT_FAILED },
	{ "dmesg-fail", OUT_FAILED },
	{ "crash", OUT_ERROR },
	{ "timeout", OUT_ERROR },
	{ "missing", OUT_ERROR },
	{ "incomplete", OUT_ERROR },
	{ "internalerror", OUT_ERROR },
	{ "resourceerror", OUT_ERROR },
	{ "devicelost", OUT_ERROR },
	{ "skip", OUT_SKIPPED },
	{ "notrun", OUT_SKIPPED },
	{ "notsupported", OUT_SKIPPED },
	{ "expectedfail", OUT_SKIPPED },
	{ "unexpectedimprovement(skip)", OUT_SKIPPED },
};

struct result {
	struct str name, status;
	enum outcome outcome;
	double seconds;
};

static bool
take_status(struct result *r)
{
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		if (!str_ieqz(r->status, statuses[i].word))
			continue;
		r->outcome = statuses[i].outcome;
		return true;
	}
	return false;
}

/* No blanks, and something that parts a name: no word of a sentence is a case. */
static bool
is_name(struct str s)
{
	bool parts = false;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' || s.p[i] == '@' || s.p[i] == '/')
			parts = true;
	}
	return parts && s.n && !is_space(s.p[0]);
}

/* "name,Status" or "name,Status,seconds"; a name may hold commas. */
static bool
take_row(struct str line, struct result *r)
{
	size_t comma = str_rchr(line, ',');

	r->seconds = -1;
	if (comma == STR_NPOS)
		return false;
	r->name = str_to(line, comma);
	r->status = str_from(line, comma + 1);
	if (num_double(r->status, &r->seconds)) {
		if ((comma = str_rchr(r->name, ',')) == STR_NPOS)
			return false;
		r->status = str_from(r->name, comma + 1);
		r->name = str_to(r->name, comma);
	}
	return is_name(r->name) && take_status(r);
}

static bool
take_summary(struct str line, struct result *r)
{
	size_t colon = str_rfind(line, STR(": "));

	r->seconds = -1;
	if (colon == STR_NPOS)
		return false;
	r->name = str_to(line, colon);
	r->status = str_trim(str_from(line, colon + 2));
	return str_has(r->name, "/") && is_name(r->name) && take_status(r);
}

static bool
is_row(struct str line)
{
	struct result r;

	return take_row(line, &r);
}

static bool
is_known_suite(struct str line)
{
	static const char *const suites[] = { "dEQP-", "KHR-", "spec@", "spec/", "glslparser@",
		"shaders@", "GTF-" };
	struct result r;

	if (!take_row(line, &r) && !take_summary(line, &r))
		return false;
	for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++)
		if (str_starts(r.name, suites[i]))
			return true;
	return false;
}

static int
deqp_sniff(struct str head)
{
	if (str_starts(str_trim(head), "{"))
		return 0;
	return lines_any(head, is_known_suite) ? 90 : lines_any(head, is_row) ? 62 : 0;
}

static int
deqp_parse(struct source *in, const struct sink *out)
{
	struct lines l = { .in = in, .out = out };
	bool broken_off = false;

	while (lines_next(&l)) {
		struct result r;
		struct test_event ev = { .at = l.number };

		if (!take_row(l.line, &r) && !take_summary(l.line, &r)) {
			lines_cry(&l);
			broken_off = l.line.n && !source_line_ended(in);
			continue;
		}
		ev.dialect = DIALECT_READY;
		ev.id = ev.name = r.name;
		ev.outcome = r.outcome;
		ev.seconds = r.seconds;
		if (outcome_bad(r.outcome) || r.outcome == OUT_FLAKY)
			ev.message = ev.text = r.status;
		ev.attempts = r.outcome == OUT_FLAKY;
		if (out->test(out->ctx, &ev) < 0)
			return -1;
	}
	if (broken_off)
		lines_problem(&l, PROBLEM_TRUNCATED, "it ends in the middle of a line");
	return 0;
}

const struct parser parser_deqp = {
	.name = "deqp",
	.help = "result lists of deqp-runner, piglit-runner and piglit",
	.kind = KIND_TESTS,
	.tool = "deqp-runner",
	.spec = "https://gitlab.freedesktop.org/mesa/deqp-runner",
	.sniff = deqp_sniff,
	.parse = deqp_parse,
};
