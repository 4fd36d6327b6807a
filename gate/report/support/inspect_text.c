/* inspect_text.c -- see inspect_text.h. */
#include "gate/report/support/inspect_text.h"

#include "gate/report/support/escape.h"
#include "gate/report/support/layout.h"

static void
add_safe(struct buf *out, struct str s)
{
	escape_terminal(out, s);
}

static void
add_count(struct buf *out, long n, const char *what)
{
	if (n)
		buf_addf(out, ", %ld %s", n, what);
}

static void
tests_line(struct buf *out, const struct report *r)
{
	buf_addf(out, "  %ld test%s: %ld passed", r->total, r->total == 1 ? "" : "s",
		r->count[OUT_PASSED]);
	add_count(out, r->count[OUT_FAILED], "failed");
	add_count(out, r->count[OUT_ERROR], "error");
	add_count(out, r->count[OUT_SKIPPED], "skipped");
	add_count(out, r->count[OUT_FLAKY], "flaky");
	buf_addc(out, '\n');
}

static void
issues_line(struct buf *out, const struct report *r)
{
	const char *sep = ": ";

	buf_addf(out, "  %ld result%s", r->issue_total, r->issue_total == 1 ? "" : "s");
	for (int l = LEVELS - 1; l >= 0; l--) {
		if (r->issue_by_level[l] == 0)
			continue;
		buf_addf(out, "%s%ld %s", sep, r->issue_by_level[l], level_name((enum level)l));
		sep = ", ";
	}
	if (r->issue_suppressed)
		buf_addf(out, "%s%ld suppressed", sep, r->issue_suppressed);
	buf_addc(out, '\n');
}

static void
problem_lines(struct buf *out, const struct report *r)
{
	for (size_t i = 0; i < r->problems.n; i++) {
		const struct problem *p = &r->problems.v[i];

		buf_addz(out, "  ");
		buf_addz(out, problem_incomplete(p->code) ? "! " : "- ");
		buf_addz(out, problem_name(p->code));
		if (p->line)
			buf_addf(out, ", line %ld", p->line);
		buf_addz(out, ": ");
		add_safe(out, p->message);
		buf_addc(out, '\n');
	}
	if (r->problems_cut)
		buf_addf(out, "  - %lu more like these\n", r->problems_cut);
}

static void
add_place(struct buf *out, struct str file, long line)
{
	if (file.n == 0)
		return;
	buf_addz(out, "  (");
	add_safe(out, file);
	if (line)
		buf_addf(out, ":%ld", line);
	buf_addc(out, ')');
}

static void
add_message(struct buf *out, struct str message)
{
	struct str line = str_trim(message);

	line = str_trim(str_to(line, str_chr(line, '\n')));
	if (line.n == 0)
		return;
	buf_addz(out, "\n             ");
	add_safe(out, line);
}

static void
test_line(struct buf *out, const struct test *t)
{
	buf_addz(out, "    ");
	layout_pad(out, str_of(outcome_name(t->outcome)), 9);
	add_safe(out, t->id);
	add_place(out, t->file, t->line);
	if (t->outcome != OUT_PASSED)
		add_message(out, t->message);
	buf_addc(out, '\n');
}

static void
issue_line(struct buf *out, const struct issue *i)
{
	buf_addz(out, "    ");
	layout_pad(out, str_of(i->suppressed ? "suppressed" : level_name(i->level)),
		i->suppressed ? 11 : 9);
	add_safe(out, i->rule.n ? i->rule : i->tool);
	add_place(out, i->file, i->line);
	add_message(out, i->message);
	buf_addc(out, '\n');
}

static void
head_line(struct buf *out, const struct report *r)
{
	add_safe(out, str_eqz(r->path, "-") ? STR("standard input") : r->path);
	buf_addz(out, ": ");
	if (r->format.n) {
		add_safe(out, r->format);
		if (r->tool.n && !str_eq(r->tool, r->format)) {
			buf_addz(out, " by ");
			add_safe(out, r->tool);
		}
		if (r->tool_version.n) {
			buf_addc(out, ' ');
			add_safe(out, r->tool_version);
		}
		buf_addz(out, ", ");
	}
	buf_addz(out, r->complete ? "complete\n" : "INCOMPLETE\n");
}

void
inspect_text(const struct run *run, bool items, struct buf *out)
{
	size_t test = 0, issue = 0;

	for (size_t i = 0; i < run->producers.n; i++) {
		const struct report *r = run->producers.v[i].reports.v[0];

		head_line(out, r);
		if (r->kind == KIND_TESTS)
			tests_line(out, r);
		else if (r->kind != KIND_NONE)
			issues_line(out, r);
		problem_lines(out, r);
		for (; test < run->tests.n && run->tests.v[test]->report == r; test++)
			if (items && !run->tests.v[test]->synthetic)
				test_line(out, run->tests.v[test]);
		for (; issue < run->issues.n && run->issues.v[issue]->report == r; issue++)
			if (items)
				issue_line(out, run->issues.v[issue]);
	}
}
