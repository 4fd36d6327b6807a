/* words.c -- the names of outcomes, levels, states, classes: tables from enum to contract word. */
#include "gate/model/class.h"
#include "gate/model/decision.h"
#include "gate/model/event.h"
#include "gate/model/finding.h"
#include "gate/model/report.h"

static const char *const outcomes[OUTCOMES] = {
	[OUT_PASSED] = "passed", [OUT_FLAKY] = "flaky",     [OUT_FAILED] = "failed",
	[OUT_ERROR] = "error",   [OUT_SKIPPED] = "skipped", [OUT_ABSENT] = "absent",
	[OUT_UNKNOWN] = "unknown",
};

static const char *const levels[LEVELS] = {
	[LEVEL_UNKNOWN] = "unknown", [LEVEL_INFO] = "info", [LEVEL_LOW] = "low",
	[LEVEL_MEDIUM] = "medium",   [LEVEL_HIGH] = "high", [LEVEL_CRITICAL] = "critical",
};

static const char *const states[STATES] = {
	[STATE_OPEN] = "open",           [STATE_IN_PROGRESS] = "in-progress",
	[STATE_DONE] = "done",           [STATE_REJECTED] = "rejected",
	[STATE_DUPLICATE] = "duplicate", [STATE_WAIVED] = "waived",
	[STATE_EXPIRED] = "expired",     [STATE_UNKNOWN] = "unknown",
};

static const struct {
	const char *name;
	bool incomplete;
} problems[PROBLEMS] = {
	[PROBLEM_MISSING] = { "missing", true },
	[PROBLEM_EMPTY] = { "empty", true },
	[PROBLEM_NOT_RECOGNISED] = { "not-recognised", true },
	[PROBLEM_MALFORMED] = { "malformed", true },
	[PROBLEM_TRUNCATED] = { "truncated", true },
	[PROBLEM_TOOL_NOT_FOUND] = { "tool-not-found", true },
	[PROBLEM_TOOL_FAILED] = { "tool-failed", true },
	[PROBLEM_OVER_LIMIT] = { "over-limit", true },
	[PROBLEM_REFUSED] = { "refused", true },
	[PROBLEM_NOTHING_RAN] = { "nothing-ran", false },
	[PROBLEM_SUITE_ERROR] = { "suite-error", false },
	[PROBLEM_DECLARED_MISMATCH] = { "declared-mismatch", false },
	[PROBLEM_ENCODING] = { "encoding", false },
	[PROBLEM_TRAILING_TEXT] = { "trailing-text", false },
	[PROBLEM_DUPLICATE_CASE] = { "duplicate-case", false },
};

static const char *const classes[CLASSES] = {
	[CLASS_PASSED] = "passed",
	[CLASS_NEW_FAILURE] = "new-failure",
	[CLASS_REGRESSION] = "regression",
	[CLASS_PREEXISTING_FAILURE] = "preexisting-failure",
	[CLASS_KNOWN_FAILURE] = "known-failure",
	[CLASS_WAIVED] = "waived",
	[CLASS_WAIVER_EXPIRED] = "waiver-expired",
	[CLASS_FAILED_FIX] = "failed-fix",
	[CLASS_FLAKY] = "flaky",
	[CLASS_KNOWN_FLAKY] = "known-flaky",
	[CLASS_FIXED] = "fixed",
	[CLASS_UNEXPECTED_PASS] = "unexpected-pass",
	[CLASS_VERIFIED_FIX] = "verified-fix",
	[CLASS_SKIPPED] = "skipped",
	[CLASS_NEWLY_SKIPPED] = "newly-skipped",
	[CLASS_KNOWN_SKIP] = "known-skip",
	[CLASS_UNVERIFIED_FIX] = "unverified-fix",
	[CLASS_MISSING] = "missing",
	[CLASS_REMOVED] = "removed",
	[CLASS_ORPHANED] = "orphaned",
	[CLASS_INDETERMINATE] = "indeterminate",
	[CLASS_NEW_ISSUE] = "new-issue",
	[CLASS_EXISTING_ISSUE] = "existing-issue",
	[CLASS_KNOWN_ISSUE] = "known-issue",
	[CLASS_RESURFACED] = "resurfaced",
	[CLASS_REJECTED_ISSUE] = "rejected-issue",
	[CLASS_RESOLVED] = "resolved",
	[CLASS_SUPPRESSED] = "suppressed",
};

static const char *const strengths[] = {
	[STRENGTH_NONE] = "none",
	[STRENGTH_POSSIBLE] = "possible",
	[STRENGTH_LIKELY] = "likely",
	[STRENGTH_STRONG] = "strong",
	[STRENGTH_CERTAIN] = "certain",
};

static const char *const kinds[EVIDENCE_KINDS] = {
	[EV_PROPERTY] = "property",
	[EV_ENTRY] = "entry",
	[EV_TEST_CASE] = "test-case",
	[EV_ID] = "id",
	[EV_FILE_SIGNATURE] = "file+signature",
	[EV_RULE_LOCATION] = "rule+location",
	[EV_FILE] = "file",
	[EV_CLASS] = "class",
	[EV_DIRECTORY] = "directory",
	[EV_SIGNATURE] = "signature",
	[EV_RULE] = "rule",
	[EV_TOOL] = "tool",
	[EV_FRAME] = "frame",
	[EV_IDENTIFIER] = "identifier",
	[EV_TITLE] = "title",
	[EV_PRODUCER] = "producer",
};

static const char *const selectors[SELECTORS] = {
	[SEL_KIND] = "kind",
	[SEL_TOOL] = "tool",
	[SEL_RULE] = "rule",
	[SEL_REPORT] = "report",
	[SEL_LEG] = "leg",
	[SEL_PATH] = "path",
	[SEL_SUITE] = "suite",
	[SEL_TEST] = "test",
	[SEL_TAG] = "tag",
	[SEL_FINDING] = "finding",
	[SEL_LEVEL] = "level",
};

static const char *const register_problems[REGISTER_PROBLEMS] = {
	[REGP_STATUS_CONFLICT] = "status-conflict",   [REGP_TOTALS_MISMATCH] = "totals-mismatch",
	[REGP_UNKNOWN_STATUS] = "unknown-status",     [REGP_DUPLICATE_ID] = "duplicate-id",
	[REGP_AMBIGUOUS_ID] = "ambiguous-id",         [REGP_DANGLING_LINK] = "dangling-link",
	[REGP_MISSING_SEVERITY] = "missing-severity", [REGP_EXPIRED] = "expired",
	[REGP_NO_OWNER] = "no-owner",                 [REGP_NOT_READ] = "not-read",
};

static const char *const links[] = {
	[LINK_TRACKS] = "tracks",           [LINK_DUPLICATES] = "duplicates",
	[LINK_DEPENDS] = "depends",         [LINK_REGRESSION_OF] = "regression-of",
	[LINK_RELATED] = "related",
};

static const char *const scopes[] = {
	[SCOPE_CASE] = "case", [SCOPE_CLASS] = "class", [SCOPE_FILE] = "file",
	[SCOPE_DIR] = "dir",   [SCOPE_GLOB] = "glob",
};

static const char *const report_kinds[] = {
	[KIND_NONE] = "none",
	[KIND_TESTS] = "tests",
	[KIND_LINT] = "lint",
	[KIND_SECURITY] = "security",
};

static const char *const verdicts[] = {
	[VERDICT_PASS] = "pass", [VERDICT_FAIL] = "fail", [VERDICT_INCONCLUSIVE] = "inconclusive",
};

static const char *const rule_levels[] = {
	[RULE_OFF] = "off", [RULE_INFO] = "info", [RULE_WARN] = "warn", [RULE_FAIL] = "fail",
};

static const char *const rule_outcomes[] = {
	[RESULT_PASS] = "pass", [RESULT_INFO] = "info", [RESULT_WARN] = "warn",
	[RESULT_INCONCLUSIVE] = "inconclusive", [RESULT_FAIL] = "fail",
};

/* The index of the name in the table, or -1. */
static int
look_up(struct str name, const char *const *table, int n)
{
	for (int i = 0; i < n; i++)
		if (str_ieqz(name, table[i]))
			return i;
	return -1;
}

const char *
outcome_name(enum outcome o)
{
	return outcomes[o];
}

const char *
level_name(enum level l)
{
	return levels[l];
}

bool
level_parse(struct str name, enum level *out)
{
	int i = look_up(name, levels, LEVELS);

	if (i < 0)
		return false;
	*out = (enum level)i;
	return true;
}

const char *
register_kind_name(enum register_kind k)
{
	static const char *const names[] = { [REGISTER_DOCUMENT] = "document",
		[REGISTER_STRUCTURED] = "structured", [REGISTER_LIST] = "list",
		[REGISTER_TRACKER] = "tracker" };

	return names[k];
}

const char *
state_name(enum state s)
{
	return states[s];
}

bool
state_parse(struct str name, enum state *out)
{
	int i = look_up(name, states, STATES);

	if (i < 0)
		return false;
	*out = (enum state)i;
	return true;
}

const char *
problem_name(enum problem_code c)
{
	return problems[c].name;
}

bool
problem_incomplete(enum problem_code c)
{
	return problems[c].incomplete;
}

const char *
class_name(enum class c)
{
	return classes[c];
}

const char *
strength_name(enum strength s)
{
	return strengths[s];
}

bool
strength_parse(struct str name, enum strength *out)
{
	int i = look_up(name, strengths, STRENGTH_CERTAIN + 1);

	if (i <= 0)
		return false;
	*out = (enum strength)i;
	return true;
}

const char *
evidence_kind_name(enum evidence_kind k)
{
	return kinds[k];
}

const char *
selector_name(enum selector_key k)
{
	return selectors[k];
}

const char *
register_problem_name(enum register_problem p)
{
	return register_problems[p];
}

const char *
link_kind_name(enum link_kind k)
{
	return links[k];
}

const char *
ref_scope_name(enum ref_scope s)
{
	return scopes[s];
}

const char *
report_kind_name(enum report_kind k)
{
	return report_kinds[k];
}

const char *
verdict_name(enum verdict v)
{
	return verdicts[v];
}

const char *
rule_level_name(enum rule_level l)
{
	return rule_levels[l];
}

const char *
rule_outcome_name(enum rule_outcome o)
{
	return rule_outcomes[o];
}
