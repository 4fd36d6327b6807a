/*
 * pytest_text.c -- pytest's terminal output: https://docs.pytest.org/en/stable/how-to/output.html
 *
 * Progress, the texts of errors and failures, the short summary, the last line with its
 * counts. Cases that passed are mostly known by that count alone. Output that tests print
 * may look like any of this: below a "Captured" heading nothing is believed.
 */
#include "parsers/parser.h"
#include "parsers/support/pytest_session.h"

enum part {
	RUNNING,  /* header and progress */
	TEXTS,    /* ERRORS, FAILURES */
	SUMMARY,
	ELSEWHERE, /* warnings, durations, coverage, outputs of cases that passed */
	AFTER,    /* the last line was there */
};

struct pytest {
	struct lines l;
	struct pytest_session s;
	enum part part;
	bool errors;    /* TEXTS: of ERRORS */
	bool captured;  /* below "---- Captured stdout call ----" */
	bool nested;    /* a whole run inside captured output: tests of plugins do that */
	bool headed;    /* "test session starts": then the last line is framed, with -q it is not */
	bool ended;     /* a last line was seen; what follows may show that a test printed it */
	struct pytest_counts counts; /* of it */
	size_t width;   /* of the terminal: headings fill it */
};

static bool
is_start(struct str line)
{
	struct str title;

	return pytest_banner(line, '=', &title) && str_eqz(title, "test session starts");
}

static bool
is_summary_title(struct str title)
{
	return str_eqz(title, "short test summary info") ||
		str_eqz(title, "rerun test summary info");
}

static bool
is_section(struct str line)
{
	struct str title;

	return pytest_banner(line, '=', &title) && (is_summary_title(title) ||
		str_eqz(title, "FAILURES") || str_eqz(title, "ERRORS"));
}

static bool
is_final(struct str line)
{
	struct pytest_counts c;

	return pytest_final(line, &c);
}

static bool
is_progress(struct str line)
{
	struct str letters;

	return str_ends(line, "%]") && pytest_progress(line, &letters);
}

static bool
is_verbose(struct str line)
{
	struct pytest_case c;

	return str_ends(line, "%]") && pytest_verbose(line, &c);
}

static bool
is_crash(struct str line)
{
	return str_starts(line, "INTERNALERROR> ");
}

static int
pytest_sniff(struct str head)
{
	if (str_starts(str_trim(head), "<") || str_starts(str_trim(head), "{"))
		return 0;
	if (lines_any(head, is_start))
		return 95;
	if (lines_any(head, is_section))
		return 90;
	if (lines_any(head, is_final) || lines_any(head, is_progress) ||
		lines_any(head, is_verbose))
		return 85;
	return lines_any(head, is_crash) ? 70 : 0;
}

/* Headings are filled to the terminal's width, so shorter lines are something else. */
static bool
fills(const struct pytest *p)
{
	return p->width == 0 || p->l.line.n + 1 >= p->width;
}

static int
finish(struct pytest *p, const struct pytest_counts *counts)
{
	p->captured = p->nested = p->headed = p->ended = false;
	p->width = 0;
	p->part = RUNNING;
	return pytest_finish(&p->s, counts);
}

/* The run before this line is over, with its last line or without. */
static int
finish_before(struct pytest *p)
{
	if (p->ended)
		return finish(p, &p->counts);
	if (p->s.any)
		return finish(p, NULL);
	return 0;
}

static void
take_section(struct pytest *p, struct str title)
{
	p->captured = p->ended = false;
	p->s.any = true;
	p->width = p->l.line.n;
	pytest_close_section(&p->s);
	p->errors = str_eqz(title, "ERRORS");
	if (p->errors || str_eqz(title, "FAILURES"))
		p->part = TEXTS;
	else if (is_summary_title(title))
		p->part = SUMMARY;
	else
		p->part = ELSEWHERE;
}

static int
take_equals(struct pytest *p, struct str title)
{
	int rc;

	if (!str_eqz(title, "test session starts")) {
		if (fills(p))
			take_section(p, title);
		return 0;
	}
	if (p->captured) {
		p->nested = true;
		return 0;
	}
	rc = finish_before(p);
	p->s.any = p->headed = true;
	p->width = p->l.line.n;
	return rc;
}

/* Not flushed yet: a test may have printed it. In captured output it surely was one. */
static void
take_final(struct pytest *p, const struct pytest_counts *c)
{
	p->counts = *c;
	p->ended = true;
	if (!p->captured)
		p->part = AFTER;
}

/* A run with a header frames its last line over the whole width, one with -q does not. */
static bool
is_last_line(const struct pytest *p, struct pytest_counts *c)
{
	bool framed = str_starts(p->l.line, "=");

	if (!pytest_final(p->l.line, c))
		return false;
	return framed ? fills(p) : !p->headed;
}

static void
take_stop(struct pytest *p, struct str title)
{
	if (p->s.stopped)
		return;
	p->s.stopped = true;
	lines_problem(
		&p->l, PROBLEM_TRUNCATED, "the run was stopped: %.*s", STR_FMT(str_to(title, 200)));
}

static void
count_letters(struct pytest *p, struct str letters)
{
	p->s.any = true;
	for (size_t i = 0; i < letters.n; i++) {
		p->s.letters_failed += letters.p[i] == 'F';
		p->s.letters_error += letters.p[i] == 'E';
	}
}

static void
take_crash(struct pytest *p)
{
	p->s.any = true;
	if (!p->l.cried)
		lines_problem(&p->l, PROBLEM_TOOL_FAILED,
			"pytest crashed (its lines begin with INTERNALERROR>)");
	p->l.cried = true;
}

/* "platform linux -- Python 3.11.2, pytest-7.2.1, pluggy-1.0.0", above the first case. */
static bool
take_platform(struct pytest *p)
{
	size_t at = str_find(p->l.line, STR(", pytest-"));

	if (p->s.collected >= 0 || !str_starts(p->l.line, "platform ") || at == STR_NPOS)
		return false;
	p->l.out->tool(p->l.out->ctx, STR_NONE, str_from(p->l.line, at + 1));
	return true;
}

static int
running_line(struct pytest *p)
{
	struct str line = p->l.line, letters;
	struct pytest_case c;
	long n;

	if (pytest_verbose(line, &c))
		return pytest_add_case(&p->s, &c, true);
	if (is_crash(line))
		take_crash(p);
	else if (pytest_progress(line, &letters))
		count_letters(p, letters);
	else if (!take_platform(p) && p->s.collected < 0 && pytest_collected(line, &n))
		p->s.collected = n;
	return 0;
}

static int
summary_line(struct pytest *p)
{
	struct pytest_case c;

	return pytest_summary(p->l.line, &c) ? pytest_add_case(&p->s, &c, false) : 0;
}

static void
text_line(struct pytest *p)
{
	struct str title;

	if (pytest_banner(p->l.line, '_', &title) && fills(p)) {
		p->captured = p->ended = false;
		if (p->part == TEXTS)
			pytest_open_section(&p->s, title, p->errors);
	} else if (pytest_banner(p->l.line, '-', &title) && str_starts(title, "Captured ")) {
		p->captured = true;
	} else if (is_crash(p->l.line)) {
		take_crash(p);
	} else if (p->part == TEXTS && !p->captured) {
		pytest_add_line(&p->s, p->l.line);
	}
}

/*
 * Behind the last line: pytest's own errors, another run with -q, the cry of a crash. A case
 * by name shows that the run goes on, and that a test printed what looked like the last line.
 */
static int
after_line(struct pytest *p)
{
	struct str line = p->l.line;

	if (is_progress(line) || is_verbose(line)) {
		if ((!p->headed || is_progress(line)) && finish(p, &p->counts) < 0)
			return -1;
		p->ended = false;
		p->part = RUNNING;
		return running_line(p);
	}
	if (str_starts(line, "=====") && !source_line_ended(p->l.in))
		lines_problem(&p->l, PROBLEM_TRUNCATED, "it ends in the heading of another run");
	else if (str_starts(line, "ERROR: "))
		lines_problem(
			&p->l, PROBLEM_TOOL_FAILED, "pytest: %.*s", STR_FMT(str_to(line, 300)));
	else if (!str_starts(line, "Traceback ")) /* logging at exit does that, harmlessly */
		lines_cry(&p->l);
	return 0;
}

static int
pytest_line(struct pytest *p)
{
	struct pytest_counts c;
	struct str title;

	if (p->nested) {
		p->nested = !pytest_final(p->l.line, &c);
		return 0;
	}
	if (is_last_line(p, &c)) {
		take_final(p, &c);
		return 0;
	}
	if (pytest_banner(p->l.line, '=', &title))
		return take_equals(p, title);
	if (!p->captured && p->part != AFTER && pytest_banner(p->l.line, '!', &title) && fills(p)) {
		take_stop(p, title);
		return 0;
	}
	switch (p->part) {
	case RUNNING:
		return running_line(p);
	case SUMMARY:
		return summary_line(p);
	case AFTER:
		return after_line(p);
	default:
		text_line(p);
		return 0;
	}
}

static int
pytest_parse(struct source *in, const struct sink *out)
{
	struct pytest p = { .l = { .in = in, .out = out } };
	int rc = 0;

	pytest_session_init(&p.s, &p.l);
	while (rc == 0 && lines_next(&p.l))
		rc = pytest_line(&p);
	if (rc == 0)
		rc = finish_before(&p);
	pytest_session_release(&p.s);
	return rc;
}

const struct parser parser_pytest_text = {
	.name = "pytest-text",
	.help = "pytest, its terminal output",
	.kind = KIND_TESTS,
	.tool = "pytest",
	.spec = "https://docs.pytest.org/en/stable/how-to/output.html",
	.sniff = pytest_sniff,
	.parse = pytest_parse,
};
