/*
 * junit_suite.c -- suites: their names, their files, and their totals, which are held against
 * what is in them. See junit_parts.h.
 */
#include "gate/base/num.h"
#include "parsers/support/junit_dialect.h"
#include "parsers/support/junit_parts.h"

struct span
junit_put(struct buf *b, struct str s)
{
	struct span span = { b->n, s.n };

	buf_add(b, s);
	return span;
}

#define MOST 1000000000000L

/*
 * A total as attributes spell it: "12", "1,234", "12.0"; -1 when it is no number, which is
 * said where `what` names it. One too large to hold is the largest: it declares more than any
 * report can show.
 */
static long
count_of(struct junit *j, const struct xml *x, const char *what, struct str s)
{
	struct buf digits = BUF_INIT;
	bool whole = true;
	double d;
	long n;

	s = str_trim(s);
	if (num_long(s, 0, MOST, &n))
		return n;
	for (size_t i = 0; i < s.n && whole; i++) {
		if (is_digit(s.p[i]))
			buf_addc(&digits, s.p[i]);
		else
			whole = s.p[i] == ',' && i > 0 && i + 1 < s.n;
	}
	whole = whole && digits.n;
	if (whole)
		n = num_long(buf_str(&digits), 0, MOST, &n) ? n : MOST;
	buf_release(&digits);
	if (whole)
		return n;
	if (num_double(s, &d) && d >= 0)
		return d >= (double)MOST ? MOST : (long)d;
	if (s.n && what) {
		buf_addf(&digits, "%s=\"%.*s\" is no number", what, STR_FMT(str_to(s, 40)));
		j->out->problem(j->out->ctx, PROBLEM_DECLARED_MISMATCH, xml_line(x),
			buf_str(&digits));
		buf_release(&digits);
	}
	return -1;
}

static void
plus(long *sum, long n)
{
	if (n >= 0)
		*sum = (*sum < 0 ? 0 : *sum) + n;
}

void
junit_open_suite(struct junit *j, const struct xml *x, int name, const struct xml_attr *a,
	size_t n)
{
	const struct junit_suite *outer = junit_top(j);
	struct junit_suite f = { .suite_n = j->suite.n, .names_n = j->names.n, .line = xml_line(x),
		.dialect = outer ? outer->dialect : DIALECT_NONE,
		.file = outer ? outer->file : (struct span){ 0, 0 },
		.finding = outer ? outer->finding : (struct span){ 0, 0 },
		.own = { -1, -1, -1, -1 }, .inner = { -1, -1, -1, -1 } };
	bool root_suite = false;

	j->known = true;
	for (size_t i = 0; i < n; i++) {
		struct str v = a[i].value;

		switch (a[i].name) {
		case N_NAME:
			f.name = junit_put(&j->names, str_to(v, MAX_NAME_KEPT));
			f.dialect = junit_suite_dialect(v, f.dialect, &j->tool);
			root_suite = str_eqz(v, "Root Suite");
			break;
		case N_FILE:
		case N_FILEPATH:
			f.file = junit_put(&j->names, str_to(v, MAX_NAME_KEPT));
			break;
		case N_TESTS:
			f.own.tests = count_of(j, x, "tests", v);
			break;
		case N_FAILURES:
			f.own.failures = count_of(j, x, "failures", v);
			break;
		case N_ERRORS:
			f.own.errors = count_of(j, x, "errors", v);
			break;
		case N_SKIPPED:
		case N_SKIPS:
		case N_SKIP:
		case N_IGNORED:
		case N_DISABLED:
			plus(&f.own.skipped, count_of(j, x, NULL, v));
			break;
		default:
			break;
		}
	}
	if (root_suite && f.file.n) {
		buf_reset(&j->root_file);
		buf_add(&j->root_file, junit_part(&j->names, f.file));
	} else if (f.file.n == 0 && j->root_file.n) {
		f.file = junit_put(&j->names, buf_str(&j->root_file));
	}
	if (name == N_TESTSUITE && f.name.n && j->suite.n < MAX_NAME_KEPT) {
		if (j->suite.n)
			buf_addz(&j->suite, " > ");
		buf_add(&j->suite, junit_part(&j->names, f.name));
	}
	*vec_push(&j->frames) = f;
}

static long
larger(long a, long b)
{
	return a > b ? a : b;
}

/*
 * Ends the innermost suite: what it declares (itself or by its inner suites, whichever is
 * more: some repeat their inner suites' totals, some leave them out) goes to the outer one.
 */
void
junit_close_suite(struct junit *j, bool whole)
{
	struct junit_suite f = j->frames.v[j->frames.n - 1], *outer; /* there is one */
	struct totals all = { larger(f.own.tests, f.inner.tests),
		larger(f.own.failures, f.inner.failures), larger(f.own.errors, f.inner.errors),
		larger(f.own.skipped, f.inner.skipped) };
	long shown = larger(f.bad, f.elements);
	long more = larger(f.own.failures, 0) + larger(f.own.errors, 0) - shown - f.surplus;

	if (whole && more > 0) {
		struct str name = junit_part(&j->names, f.name);

		if (j->out->surplus)
			j->out->surplus(j->out->ctx, name, more, f.line);
		f.surplus += more;
	}
	buf_cut(&j->suite, f.suite_n);
	buf_cut(&j->names, f.names_n);
	j->frames.n--;
	outer = junit_top(j);
	if (outer) {
		plus(&outer->inner.tests, all.tests);
		plus(&outer->inner.failures, all.failures);
		plus(&outer->inner.errors, all.errors);
		plus(&outer->inner.skipped, all.skipped);
		outer->bad += f.bad;
		outer->elements += f.elements;
		outer->surplus += f.surplus;
	} else if (all.tests >= 0 || all.failures >= 0 || all.errors >= 0 || all.skipped >= 0) {
		j->out->declared(j->out->ctx, &all);
	}
}
