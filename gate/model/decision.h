/*
 * decision.h -- the frozen decision: all that reporters and delivery may know.
 *
 * Made once by the engine (policies/engine/judge.h), then read only. It borrows the run and
 * the findings, which must outlive it; its own strings live in its arena.
 */
#ifndef GATE_MODEL_DECISION_H
#define GATE_MODEL_DECISION_H

#include "gate/model/build.h"
#include "gate/model/class.h"
#include "gate/model/finding.h"
#include "gate/model/run.h"

enum verdict { VERDICT_PASS, VERDICT_FAIL, VERDICT_INCONCLUSIVE };
const char *verdict_name(enum verdict v);

enum rule_level { RULE_OFF, RULE_INFO, RULE_WARN, RULE_FAIL };
const char *rule_level_name(enum rule_level l);

/* What one rule instance said. INCONCLUSIVE outranks WARN, FAIL outranks all. */
enum rule_outcome { RESULT_PASS, RESULT_INFO, RESULT_WARN, RESULT_INCONCLUSIVE, RESULT_FAIL };
const char *rule_outcome_name(enum rule_outcome o);

/*
 * How many are allowed. A plain number counts all levels together; by level, each level is
 * counted by itself, one above the highest named takes its limit, one below the lowest is
 * unlimited, `unknown` where not named is counted with high.
 */
enum limit_kind { LIMIT_NONE, LIMIT_NUMBER, LIMIT_BY_LEVEL, LIMIT_BASELINE };
struct limit {
	enum limit_kind kind;
	long number;
	bool named[LEVELS];
	bool level_baseline[LEVELS];
	long level[LEVELS];
};
/*
 * Does this level, of a limit by level, hold more than it may? `unknown` answers with high. A
 * level whose limit is a baseline's that is not known does not.
 */
bool limit_level_exceeded(const struct limit *l, const long by_level[LEVELS], enum level level);

/* An item that a rule counted; what it is depends on `kind`. */
enum item_kind { ITEM_TEST, ITEM_ISSUE, ITEM_FINDING, ITEM_PRODUCER, ITEM_ABSENT, ITEM_TEXT };
struct item {
	enum item_kind kind;
	struct str id;
	const struct test *test;         /* by kind; NULL otherwise */
	const struct issue *issue;
	const struct finding *finding;
	const struct producer *producer;
	const struct absent *absent;
	struct str text;                 /* why this item counts, when its class does not say it */
};

struct rule_result {
	struct str rule;
	enum rule_level level;
	enum rule_outcome outcome;
	long observed;
	struct limit limit;
	struct str message;              /* one sentence: "2 new failures, 0 allowed" */
	struct str phrase;               /* for the verdict's sentence; empty: count and noun */
	struct str selected;             /* the instance's selectors in words; empty: everything */
	struct pos at;                   /* where the policy (or preset) says so */
	struct { struct item *v; size_t n, cap; } items; /* what was counted, by id */
};

enum comment_mode { COMMENT_ON_CHANGE, COMMENT_ALWAYS, COMMENT_ON_FAILURE, COMMENT_OFF };
enum message_mode { MESSAGES_FIRST_LINE, MESSAGES_NONE, MESSAGES_FULL };
struct delivery {
	enum comment_mode comment;
	enum message_mode messages;
	bool check, required;
	bool discussions;                /* GitLab: on each line that blocks */
	long annotations;
};

struct pending_edit {
	struct str edit, at;             /* "raises new-failures from 0 to 5", "gate.yaml:7" */
};

/* One parameter of which the policy asks for less than its floor. */
struct below_floor {
	struct str parameter;     /* "rules.known-failures.max" */
	struct str policy, floor; /* in words: "216", "50" */
	struct pos at, floor_at;  /* at.file NULL: the policy does not say it anywhere */
};

struct decision {
	struct arena mem;
	struct str name;
	enum verdict verdict;
	int exit;
	struct str sentence;
	struct { struct rule_result *v; size_t n, cap; } rules; /* policy order */
	long counts[CLASSES];            /* tests, issues and absents */
	const struct run *run;
	const struct findings *findings;
	enum strength excuse_at, suggest_at;
	struct delivery delivery;
	/* environment */
	struct str policy_path;          /* as shown; "preset ratchet" when none was found */
	struct str policy_base;          /* the folder that its paths are relative to */
	struct str policy_folder;        /* of the repository, that its shown places start from */
	char policy_sha256[SHA256_HEX];  /* of the effective policy's sources, in order */
	struct str policy_revision;      /* the trusted revision that it is of; empty: none */
	int64_t now;
	long waiver_days;                /* the longest term of a waiver; 0: any */
	struct build build;              /* forge FORGE_NONE outside CI */
	struct str scope_note;           /* --only, --partial: part of the sentence; else empty */
	struct { struct str *v; size_t n, cap; } remarks; /* one sentence each, for people */
	struct str floor_path;           /* as it was given; empty: no floor */
	char floor_sha256[SHA256_HEX];
	struct { struct below_floor *v; size_t n, cap; } below; /* `below-floor`; borrows texts */
	/* What the change loosens: listed, not counted until it is merged or approved. */
	struct { struct pending_edit *v; size_t n, cap; } pending;
	char pending_digest[SHA256_HEX]; /* of the pending edits; empty without any */
	bool has_if_merged;
	enum verdict if_merged;          /* the verdict with the pending edits */
};

/* The suggestions of a judged thing: evidence from suggest_at up to below excuse_at. */
size_t decision_suggestions(const struct decision *d, const struct judged *j,
	const struct evidence *out[], size_t max);
/*
 * A place in the policy as documents name it: relative to the working folder, or, where it is
 * not below that, to the policy's own, so that no machine's folders stand in a document.
 */
struct str decision_shown(const struct decision *d, struct str path);
void decision_release(struct decision *d);

#endif
