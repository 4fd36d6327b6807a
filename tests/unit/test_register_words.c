/* test_register_words.c -- severities and statuses as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gate/model/finding.h"

static struct word more_states[] = {
	{ { "behoben", 7 }, STATE_DONE },
	{ { "in review", 9 }, STATE_IN_PROGRESS },
	{ { "open question", 13 }, STATE_REJECTED },
};
static const struct words states = { more_states, 3, 3 };
static struct word more_levels[] = { { { "sev-2", 5 }, LEVEL_HIGH },
	{ { "minor", 5 }, LEVEL_INFO } };
static const struct words levels = { more_levels, 2, 2 };

static void
test_states(void **unused)
{
	static const struct {
		const char *raw;
		enum state state;
		const char *ref;
	} rows[] = {
		{ "", STATE_OPEN, "" },
		{ "—", STATE_OPEN, "" },
		{ "NEW (sibling of #12)", STATE_OPEN, "" },
		{ "To-Do", STATE_OPEN, "" },
		{ "Existing: #2330", STATE_OPEN, "#2330" },
		{ "Existing: [#2330](http://x/2330), seen again", STATE_OPEN, "#2330" },
		{ "**Regression of `#12`** (closed)", STATE_OPEN, "#12" },
		{ "FAIL", STATE_OPEN, "" },
		{ "failed", STATE_OPEN, "" },
		{ "[ ] wire it up", STATE_OPEN, "" },
		{ "Offene Aufgaben (Priorität ≥ P1)", STATE_OPEN, "" },
		{ "In Progress", STATE_IN_PROGRESS, "" },
		{ "in_progress", STATE_IN_PROGRESS, "" },
		{ "🚧 in-progress", STATE_IN_PROGRESS, "" },
		{ "PARTIAL (with residual leak)", STATE_IN_PROGRESS, "" },
		{ "Partially fixed", STATE_IN_PROGRESS, "" },
		{ "Laufende Arbeiten", STATE_IN_PROGRESS, "" },
		{ "Done", STATE_DONE, "" },
		{ "✅", STATE_DONE, "" },
		{ "✅ verified by ann", STATE_DONE, "" },
		{ "[x]", STATE_DONE, "" },
		{ "[X] anything", STATE_DONE, "" },
		{ "~~broken~~", STATE_DONE, "" },
		{ "~~open~~ fixed", STATE_DONE, "" },
		{ "~~done~~ open", STATE_OPEN, "" },
		{ "**FIXED** in 1.2", STATE_DONE, "" },
		{ "PASS", STATE_DONE, "" },
		{ "Fertiggestellte Arbeiten", STATE_DONE, "" },
		{ "Erledigt", STATE_DONE, "" },
		{ "wontfix", STATE_REJECTED, "" },
		{ "Won't fix", STATE_REJECTED, "" },
		{ "won’t do: too costly", STATE_REJECTED, "" },
		{ "✅ Not a bug", STATE_REJECTED, "" },
		{ "[x] false positive", STATE_REJECTED, "" },
		{ "Invalid", STATE_REJECTED, "" },
		{ "Duplicate of BUG-A10.", STATE_DUPLICATE, "BUG-A10" },
		{ "behoben (Müller)", STATE_DONE, "" },
		{ "In-Review", STATE_IN_PROGRESS, "" },
		{ "Open question", STATE_REJECTED, "" },
		{ "Open", STATE_OPEN, "" },
		{ "deferred", STATE_UNKNOWN, "" },
		{ "Not fixed", STATE_UNKNOWN, "" },
		{ "openly known", STATE_UNKNOWN, "" },
		{ "donee", STATE_UNKNOWN, "" },
		{ "doné", STATE_UNKNOWN, "" },
		{ "waived", STATE_UNKNOWN, "" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str ref = STR("unset");
		enum state s = words_state(&states, str_of(rows[i].raw), &ref);

		if (s != rows[i].state || !str_eqz(ref, rows[i].ref))
			fail_msg("\"%s\" is %s, reference \"%.*s\"", rows[i].raw, state_name(s),
				STR_FMT(ref));
	}
	assert_int_equal(words_state(NULL, STR("behoben"), NULL), STATE_UNKNOWN);
}

static void
test_levels(void **unused)
{
	static const struct {
		const char *raw;
		enum level level;
	} rows[] = {
		{ "P0 (Critical)", LEVEL_CRITICAL },
		{ "**HIGH**", LEVEL_HIGH },
		{ "🔴 Blocker", LEVEL_CRITICAL },
		{ "major", LEVEL_HIGH },
		{ "Moderate", LEVEL_MEDIUM },
		{ "~~HIGH~~ LOW", LEVEL_LOW },
		{ "severity: P3", LEVEL_LOW },
		{ "sev-2", LEVEL_HIGH },
		{ "sev-21", LEVEL_UNKNOWN },
		{ "minor", LEVEL_INFO },
		{ "highest", LEVEL_UNKNOWN },
		{ "P10", LEVEL_UNKNOWN },
		{ "unknown", LEVEL_UNKNOWN },
		{ "", LEVEL_UNKNOWN },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum level l = words_level(&levels, str_of(rows[i].raw));

		if (l != rows[i].level)
			fail_msg("\"%s\" is %s", rows[i].raw, level_name(l));
	}
	assert_int_equal(level_of_word(STR("Minor")), LEVEL_LOW);
}

/* A status that never ends must cost no more than its start. */
static void
test_long_status(void **unused)
{
	static char text[1 << 20];

	(void)unused;
	memset(text, 'x', sizeof(text));
	assert_int_equal(words_state(NULL, str_n(text, sizeof(text)), NULL), STATE_UNKNOWN);
	memset(text, '*', sizeof(text));
	assert_int_equal(words_state(NULL, str_n(text, sizeof(text)), NULL), STATE_OPEN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_long_status),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
