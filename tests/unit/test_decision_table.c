/*
 * test_decision_table.c -- every cell of the decision table, written out by hand from the
 * document, not from the code's table.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "gate/correlate/correlate.h"

/*
 * One line a row of the document: outcome, column, then the class by baseline P F N -, for
 * a describing finding that is `always`; "excused" and "sometimes" lines say what those
 * change. A blank cell of the document ("nothing is said") is passed.
 */
static const char table[] =
	"failed none: regression preexisting-failure new-failure new-failure\n"
	"failed open: regression preexisting-failure known-failure known-failure\n"
	"failed open excused: regression known-failure known-failure known-failure\n"
	"failed open sometimes: regression preexisting-failure known-failure known-failure\n"
	"failed open excused sometimes: known-failure known-failure known-failure known-failure\n"
	"failed waived: waived waived waived waived\n"
	"failed expired: waiver-expired waiver-expired waiver-expired waiver-expired\n"
	"failed done: failed-fix failed-fix failed-fix failed-fix\n"
	"failed rejected: regression preexisting-failure new-failure new-failure\n"
	"error none: regression preexisting-failure new-failure new-failure\n"
	"error open: regression preexisting-failure known-failure known-failure\n"
	"error open excused: regression known-failure known-failure known-failure\n"
	"error open sometimes: regression preexisting-failure known-failure known-failure\n"
	"error open excused sometimes: known-failure known-failure known-failure known-failure\n"
	"error waived: waived waived waived waived\n"
	"error expired: waiver-expired waiver-expired waiver-expired waiver-expired\n"
	"error done: failed-fix failed-fix failed-fix failed-fix\n"
	"error rejected: regression preexisting-failure new-failure new-failure\n"
	"flaky none: flaky flaky flaky flaky\n"
	"flaky open: known-flaky known-flaky known-flaky known-flaky\n"
	"flaky waived: known-flaky known-flaky known-flaky known-flaky\n"
	"flaky expired: waiver-expired waiver-expired waiver-expired waiver-expired\n"
	"flaky done: failed-fix failed-fix failed-fix failed-fix\n"
	"flaky rejected: flaky flaky flaky flaky\n"
	"passed none: passed fixed passed passed\n"
	"passed open: unexpected-pass unexpected-pass unexpected-pass unexpected-pass\n"
	"passed open sometimes: passed passed passed passed\n"
	"passed waived: unexpected-pass unexpected-pass unexpected-pass unexpected-pass\n"
	"passed waived sometimes: passed passed passed passed\n"
	"passed expired: unexpected-pass unexpected-pass unexpected-pass unexpected-pass\n"
	"passed done: verified-fix verified-fix verified-fix verified-fix\n"
	"passed rejected: passed passed passed passed\n"
	"skipped none: newly-skipped skipped skipped skipped\n"
	"skipped open: known-skip known-skip known-skip known-skip\n"
	"skipped waived: known-skip known-skip known-skip known-skip\n"
	"skipped expired: waiver-expired waiver-expired waiver-expired waiver-expired\n"
	"skipped done: unverified-fix unverified-fix unverified-fix unverified-fix\n"
	"skipped rejected: skipped skipped skipped skipped\n"
	"absent none: missing missing passed passed\n"
	"absent open: missing missing orphaned orphaned\n"
	"absent waived: missing missing orphaned orphaned\n"
	"absent expired: missing missing orphaned orphaned\n"
	"absent done: missing missing unverified-fix unverified-fix\n"
	"absent rejected: missing missing orphaned orphaned\n"
	"unknown none: indeterminate indeterminate indeterminate indeterminate\n"
	"unknown open: indeterminate indeterminate indeterminate indeterminate\n"
	"unknown waived: indeterminate indeterminate indeterminate indeterminate\n"
	"unknown expired: indeterminate indeterminate indeterminate indeterminate\n"
	"unknown done: indeterminate indeterminate indeterminate indeterminate\n"
	"unknown rejected: indeterminate indeterminate indeterminate indeterminate\n";

static const char issues[] =
	"none: new-issue existing-issue new-issue new-issue\n"
	"open: known-issue existing-issue known-issue known-issue\n"
	"open excused: known-issue known-issue known-issue known-issue\n"
	"waived: waived waived waived waived\n"
	"expired: waiver-expired waiver-expired waiver-expired waiver-expired\n"
	"done: resurfaced resurfaced resurfaced resurfaced\n"
	"rejected: rejected-issue rejected-issue rejected-issue rejected-issue\n";

static const enum baseline_says order[] = { BASE_PASSED, BASE_FAILED, BASE_NOT_THERE, BASE_NONE };
static const char *const columns[] = { "none", "open", "waived", "expired", "done", "rejected" };

struct cell_row {
	enum outcome outcome;
	enum column column;
	bool excused, sometimes, any_excused, any_sometimes;
	struct str classes;
};

static struct cell_row
read_row(struct str line, bool with_outcome)
{
	struct cell_row r = { .column = COLUMNS };
	struct str word;

	assert_true(str_cut(&line, ":", &r.classes));
	if (with_outcome) {
		assert_true(str_word(&line, &word));
		while (!str_eqz(word, outcome_name(r.outcome)))
			assert_true(++r.outcome < OUTCOMES);
	}
	assert_true(str_word(&line, &word));
	for (int c = 0; c < COLUMNS; c++)
		if (str_eqz(word, columns[c]))
			r.column = (enum column)c;
	assert_true(r.column < COLUMNS);
	while (str_word(&line, &word)) {
		r.excused |= str_eqz(word, "excused");
		r.sometimes |= str_eqz(word, "sometimes");
	}
	return r;
}

/* Where no line of its own says otherwise, `excused` and `sometimes` change nothing. */
static bool
has_row(const char *rows, struct str key)
{
	struct str rest = str_of(rows), line, classes;

	while (str_line(&rest, &line))
		if (str_cut(&line, ":", &classes) && str_eq(line, key))
			return true;
	return false;
}

static void
check_cells(const struct cell_row *r, bool excused, bool sometimes)
{
	struct str rest = r->classes, want;

	for (size_t b = 0; b < 4; b++) {
		enum class c = decide_test(r->outcome, r->column, order[b], excused, sometimes);

		assert_true(str_word(&rest, &want));
		if (!str_eqz(want, class_name(c)))
			fail_msg("%s %s baseline %zu%s%s: %s, expected %.*s",
				outcome_name(r->outcome), columns[r->column], b,
				excused ? " excused" : "", sometimes ? " sometimes" : "",
				class_name(c), STR_FMT(want));
	}
}

static void
test_every_cell(void **state)
{
	struct str rest = str_of(table), line;
	int cells = 0;

	(void)state;
	while (str_line(&rest, &line)) {
		struct cell_row r = read_row(line, true);

		for (int i = 0; i < 4; i++) {
			bool excused = i & 1, sometimes = i & 2;
			char key[80];

			snprintf(key, sizeof(key), "%s %s%s%s", outcome_name(r.outcome),
				columns[r.column], excused ? " excused" : "",
				sometimes ? " sometimes" : "");
			/* Those that the row itself names, and those no other row names. */
			if ((r.excused && !excused) || (r.sometimes && !sometimes))
				continue;
			if ((r.excused != excused || r.sometimes != sometimes) &&
				(has_row(table, str_of(key)) || (excused && sometimes &&
				(r.column == COL_OPEN || r.column == COL_WAIVED) && !r.excused &&
				!r.sometimes)))
				continue;
			check_cells(&r, excused, sometimes);
			cells += 4;
		}
	}
	assert_true(cells >= OUTCOMES * COLUMNS * 4);
}

static void
test_every_issue_cell(void **state)
{
	struct str rest = str_of(issues), line, want;

	(void)state;
	while (str_line(&rest, &line)) {
		struct cell_row r = read_row(line, false);

		for (size_t b = 0; b < 4; b++) {
			enum class c = decide_issue(r.column, order[b], r.excused, false);

			assert_true(str_word(&r.classes, &want));
			if (!str_eqz(want, class_name(c)))
				fail_msg("issue %s baseline %zu: %s, expected %.*s",
					columns[r.column], b, class_name(c), STR_FMT(want));
			assert_int_equal(decide_issue(r.column, order[b], r.excused, true),
				CLASS_SUPPRESSED);
		}
	}
}

static void
test_absent_says_of_its_finding(void **state)
{
	(void)state;
	assert_int_equal(decide_absent(COL_NONE), CLASS_PASSED);
	assert_int_equal(decide_absent(COL_OPEN), CLASS_ORPHANED);
	assert_int_equal(decide_absent(COL_WAIVED), CLASS_ORPHANED);
	assert_int_equal(decide_absent(COL_EXPIRED), CLASS_ORPHANED);
	assert_int_equal(decide_absent(COL_DONE), CLASS_UNVERIFIED_FIX);
	assert_int_equal(decide_absent(COL_REJECTED), CLASS_ORPHANED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_cell),
		cmocka_unit_test(test_every_issue_cell),
		cmocka_unit_test(test_absent_says_of_its_finding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
