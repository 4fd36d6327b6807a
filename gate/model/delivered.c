/* delivered.c -- see delivered.h. */
#include "gate/model/delivered.h"

bool
producer_exit_checked(const struct producer *p)
{
	for (size_t i = 0; i < p->reports.n; i++)
		if (p->exit_known == EXIT_NOT_GIVEN && p->reports.v[i]->exit == NULL)
			return false;
	return true;
}

/* An empty file is clean only together with a runner's exit status 0. */
static void
judge_empty(struct run *run, struct producer *p, struct report *r)
{
	enum exit_known known = r->exit ? r->exit->known : p->exit_known;
	long status = r->exit ? r->exit->status : p->exit_status;

	if (!p->spec || !p->spec->empty_clean || r->problems.n != 1 ||
	    r->problems.v[0].code != PROBLEM_EMPTY)
		return;
	if (known == EXIT_GIVEN && status == 0) {
		r->problems.n = 0;
		r->broken = false;
		r->complete = r->clean = r->empty = true;
	} else {
		r->problems.v[0].message = arena_printf(&run->mem, known == EXIT_GIVEN ?
			"empty, and the runner ended with an error: that is not clean" :
			"empty; that is clean only together with the runner's exit status");
	}
}

/* Each leg must deliver: a report, and where it is one of tests, tests. */
static void
judge_legs(struct run *run, struct producer *p)
{
	const struct producer_spec *spec = p->spec;
	bool none_is_fine = spec->min_tests_set && spec->min_tests == 0;

	for (size_t i = 0; i < spec->legs.n; i++) {
		bool there = false, tests = false;
		long total = 0;

		for (size_t k = 0; k < p->reports.n; k++) {
			const struct report *r = p->reports.v[k];

			if (r->absent || !str_eq(r->leg, spec->legs.v[i]))
				continue;
			there = true;
			tests = tests || r->kind == KIND_TESTS;
			total += r->total;
		}
		if (!there)
			producer_problem(run, p, PROBLEM_MISSING, "leg %.*s delivered no report",
				STR_FMT(spec->legs.v[i]));
		else if (tests && total == 0 && !none_is_fine)
			producer_problem(run, p, PROBLEM_NOTHING_RAN, "no test ran in leg %.*s",
				STR_FMT(spec->legs.v[i]));
		else
			continue;
		p->complete = false;
	}
}

static void
judge_files(struct run *run, struct producer *p, long there)
{
	long want = p->spec->expect_files;

	if (want <= 0 || there == want)
		return;
	p->complete = false;
	producer_problem(run, p, there < want ? PROBLEM_MISSING : PROBLEM_OVER_LIMIT,
		"%ld report file%s, expected exactly %ld", there, there == 1 ? "" : "s", want);
}

/* Lint results need no test; where the policy asks for tests, they do not stand for them. */
static void
judge_count(struct run *run, struct producer *p, bool tests)
{
	long least = p->spec->min_tests_set ? p->spec->min_tests : 1;
	bool all_skipped;

	if (run->partial && least > 1)
		least = 1;
	all_skipped = p->total > 0 && p->count[OUT_SKIPPED] == p->total && least > 0;

	if ((!tests && !p->spec->min_tests_set) || (p->total >= least && !all_skipped))
		return;
	p->complete = false;
	if (all_skipped)
		producer_problem(run, p, PROBLEM_NOTHING_RAN, "no test ran: %s",
			p->total == 1 ? "the only one was skipped" : "all of them were skipped");
	else if (p->total == 0)
		producer_problem(run, p, PROBLEM_NOTHING_RAN, "no test ran; at least %ld must",
			least);
	else
		producer_problem(run, p, PROBLEM_NOTHING_RAN, "%ld test%s ran; at least %ld must",
			p->total, p->total == 1 ? "" : "s", least);
}

/* Scanners that all say that they looked at nothing found nothing, but are not clean. */
static void
judge_looked(struct run *run, struct producer *p)
{
	for (size_t i = 0; i < p->reports.n; i++) {
		const struct report *r = p->reports.v[i];

		if (!r->absent && (r->kind == KIND_TESTS || !report_has(r, PROBLEM_NOTHING_RAN)))
			return;
	}
	if (p->spec->min_tests_set && p->spec->min_tests == 0)
		return;
	p->complete = false;
	producer_problem(run, p, PROBLEM_NOTHING_RAN, "nothing was looked at");
}

/* Nothing of it is missing: neither reports nor the exit status of a runner that did not run. */
static void
leave_out(struct producer *p)
{
	p->problems.n = 0;
	for (size_t i = 0; i < p->reports.n; i++)
		p->reports.v[i]->problems.n = 0;
	if (p->exit_known == EXIT_BAD)
		p->exit_known = EXIT_NOT_GIVEN;
}

/* What came was turned away, and that is said already. */
static bool
refused(const struct producer *p)
{
	for (size_t i = 0; i < p->problems.n; i++)
		if (p->problems.v[i].code == PROBLEM_REFUSED)
			return true;
	return false;
}

void
producer_judge(struct run *run, struct producer *p)
{
	bool tests = false;
	long there = 0;

	p->complete = true;
	for (size_t i = 0; i < p->reports.n; i++) {
		struct report *r = p->reports.v[i];

		judge_empty(run, p, r);
		there += !r->absent;
		tests = tests || r->kind == KIND_TESTS;
		p->complete = p->complete && r->complete;
		p->total += r->total;
		p->unnamed += r->unnamed;
		for (int o = 0; o < OUTCOMES; o++)
			p->count[o] += r->count[o];
	}
	p->not_due = p->not_due && there == 0 && !p->out_of_scope;
	if (p->spec == NULL)
		return;
	if (p->out_of_scope) {
		p->complete = false;
		p->tool_only_absent = true;
		leave_out(p);
		p->exit_known = EXIT_NOT_GIVEN;
		return;
	}
	if (p->not_due) {
		p->complete = false;
		p->tool_only_absent = true;
		leave_out(p);
		return;
	}
	/* One pattern of several that matches nothing, or too much: what it means is not here. */
	for (size_t i = 0; i < p->problems.n; i++)
		if (problem_incomplete(p->problems.v[i].code) &&
		    !(p->spec->optional && p->problems.v[i].code == PROBLEM_MISSING))
			p->complete = false;
	if (there == 0) {
		p->complete = false;
		p->tool_only_absent = p->spec->optional;
		if (p->reports.n == 0 && !refused(p))
			producer_problem(run, p, PROBLEM_MISSING, "nothing was delivered");
		return;
	}
	if (!run->partial) {
		judge_legs(run, p);
		judge_files(run, p, there);
	}
	judge_count(run, p, tests);
	if (!tests)
		judge_looked(run, p);
}
