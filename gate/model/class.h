/* class.h -- the classes of the decision model: what one result is, given its finding and baseline.
 */
#ifndef GATE_MODEL_CLASS_H
#define GATE_MODEL_CLASS_H

#include "gate/base/str.h"

enum class {
	CLASS_PASSED,
	CLASS_NEW_FAILURE,
	CLASS_REGRESSION,
	CLASS_PREEXISTING_FAILURE,
	CLASS_KNOWN_FAILURE,
	CLASS_WAIVED,
	CLASS_WAIVER_EXPIRED,
	CLASS_FAILED_FIX,
	CLASS_FLAKY,
	CLASS_KNOWN_FLAKY,
	CLASS_FIXED,
	CLASS_UNEXPECTED_PASS,
	CLASS_VERIFIED_FIX,
	CLASS_SKIPPED,
	CLASS_NEWLY_SKIPPED,
	CLASS_KNOWN_SKIP,
	CLASS_UNVERIFIED_FIX,
	CLASS_MISSING,
	CLASS_REMOVED,
	CLASS_ORPHANED,
	CLASS_INDETERMINATE,
	CLASS_NEW_ISSUE,
	CLASS_EXISTING_ISSUE,
	CLASS_KNOWN_ISSUE,
	CLASS_RESURFACED,
	CLASS_REJECTED_ISSUE,
	CLASS_RESOLVED,
	CLASS_SUPPRESSED,
	CLASSES
};
#define CLASS_BIT(c) (1ull << (c))
const char *class_name(enum class c);

/* What the baseline says of a result: no comparable baseline, passed, failed, not there. */
enum baseline_says { BASE_NONE, BASE_PASSED, BASE_FAILED, BASE_NOT_THERE, BASELINES };

enum strength {
	STRENGTH_NONE,
	STRENGTH_POSSIBLE,
	STRENGTH_LIKELY,
	STRENGTH_STRONG,
	STRENGTH_CERTAIN
};
const char *strength_name(enum strength s);
bool strength_parse(struct str name, enum strength *out);

/* Evidence kinds of the contract, section 4. */
enum evidence_kind {
	EV_PROPERTY,
	EV_ENTRY,
	EV_TEST_CASE,
	EV_ID,
	EV_FILE_SIGNATURE,
	EV_RULE_LOCATION,
	EV_FILE,
	EV_CLASS,
	EV_DIRECTORY,
	EV_SIGNATURE,
	EV_RULE,
	EV_TOOL,
	EV_FRAME,
	EV_IDENTIFIER,
	EV_TITLE,
	EV_PRODUCER,
	EVIDENCE_KINDS
};
const char *evidence_kind_name(enum evidence_kind k);

struct finding;

struct evidence {
	enum evidence_kind kind;
	enum strength strength;
	int specificity;         /* 4 case, 3 class, 2 file, 1 folder, 0 none */
	struct finding *finding;
	struct str detail;       /* what matched, for people */
	struct str at_path;      /* where the register says so */
	long at_line;
};

/* What correlation and the decision table made of one test, issue or producer. */
struct judged {
	enum class cls;
	struct finding *finding; /* what the class rests on; NULL below excuse-at */
	bool excused;            /* the deciding finding excuses, or a waiver covers it */
	enum strength strength;  /* of the evidence for `finding` */
	struct evidence *evidence; /* ranked, all candidates */
	size_t nevidence;
	bool mismatch;           /* a required signature did not occur: new, though listed */
	struct str note;         /* one sentence for people where the class alone is not enough */
	bool in_grace;           /* waived, but within the warning days before or after expiry */
};

#endif
