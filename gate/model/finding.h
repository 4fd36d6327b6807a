/*
 * finding.h -- what registers hold: findings, their words, references and links.
 *
 * Every string lives in the arena of the `struct findings` that owns the finding; so do
 * `entry` and its `messages`. Vectors and compiled patterns are on the heap, made by the
 * readers, freed by findings_release.
 */
#ifndef GATE_MODEL_FINDING_H
#define GATE_MODEL_FINDING_H

#include "gate/base/arena.h"
#include "gate/base/date.h"
#include "gate/base/err.h"
#include "gate/base/hash.h"
#include "gate/base/mem.h"
#include "gate/base/str.h"
#include "gate/model/event.h"

enum state {
	STATE_OPEN,
	STATE_IN_PROGRESS,
	STATE_DONE,
	STATE_REJECTED,
	STATE_DUPLICATE,
	STATE_WAIVED,
	STATE_EXPIRED,
	STATE_UNKNOWN,
	STATES
};
const char *state_name(enum state s);
bool state_parse(struct str name, enum state *out); /* the names above only */

/* Words that a policy or register adds: `severities:`, `statuses:`. Built-ins are asked after. */
struct word {
	struct str text; /* lower case is not needed: compared without case */
	int value;       /* enum level or enum state */
};
struct words {
	struct word *v;
	size_t n, cap;
};
/* The level of a raw severity ("P0 (Critical)", "**HIGH**"): its first known word. */
enum level words_level(const struct words *extra, struct str raw);
/*
 * The state of a raw status by the longest known phrase at its start; nothing: STATE_OPEN.
 * *ref gets the rest behind "existing:", "regression of", "duplicate of" ("#2330"), may be NULL.
 */
enum state words_state(const struct words *extra, struct str raw, struct str *ref);
/*
 * Where the known phrase at the start of raw ends ("**Fixed** in 1.2": behind "Fixed"), its
 * state in *state; 0 when no known phrase stands there.
 */
size_t words_phrase(const struct words *extra, struct str raw, enum state *state);

enum ref_scope { SCOPE_CASE, SCOPE_CLASS, SCOPE_FILE, SCOPE_DIR, SCOPE_GLOB };
const char *ref_scope_name(enum ref_scope s);

struct test_ref {
	struct str ref;
	enum ref_scope scope;
	long line; /* in the register */
};

struct location {
	struct str path;
	long line, end_line; /* 0: the whole file */
	bool folder;         /* path names a folder */
	long at;             /* line in the register */
};

struct signature {
	struct str text;   /* as written */
	struct str normal; /* normal form, for literal ones */
	struct regex *regex;
	bool required;
	long line;
};

struct tool_ref {
	struct str tool, rule; /* rule may be empty */
	long line;
};

enum link_kind { LINK_TRACKS, LINK_DUPLICATES, LINK_DEPENDS, LINK_REGRESSION_OF, LINK_RELATED };
const char *link_kind_name(enum link_kind k);

struct link {
	enum link_kind kind;
	struct str to;         /* an ID as written, or the qualified ID once resolved */
	struct finding *target; /* NULL: names nothing known */
	long line;             /* in the register */
};

/* A citation of another file's lines, 【F:docs/scan.md†L23-L29】: a link once resolved. */
struct citation {
	struct str path;
	long line, end_line; /* 0: no lines */
	long at;
};

/* The vocabulary of selectors, one for rules, match and lists. */
enum selector_key {
	SEL_KIND,
	SEL_TOOL,
	SEL_RULE,
	SEL_REPORT,
	SEL_LEG,
	SEL_PATH,
	SEL_SUITE,
	SEL_TEST,
	SEL_TAG,
	SEL_FINDING,
	SEL_LEVEL,
	SELECTORS
};
const char *selector_name(enum selector_key k);

struct str_list {
	struct str *v;
	size_t n, cap;
};

/* All given kinds must match; within a kind any pattern. No pattern of a kind: anything. */
struct selectors {
	struct str_list pattern[SELECTORS];
};

struct message_match {
	struct str literal;      /* as written; compared in normal form */
	struct str normal;
	struct regex *regex;     /* instead of literal */
};

/* A clone without the history, or none at all, leaves it unknown. */
enum fix { FIX_UNKNOWN, FIX_CONTAINED, FIX_LACKING };

/* What only structured entries and plain lists have. */
struct entry {
	struct selectors match;
	bool has_match;
	struct message_match *messages; /* any of them; required unless message_optional */
	size_t nmessages;
	bool message_optional;
	unsigned outcomes;       /* bit set of enum outcome; 0: failed and error alike */
	bool sometimes;          /* expect: sometimes */
	struct str fixed_in;
	enum fix fix;            /* whether the tested revision contains it */
	bool has_waiver;
	struct str waiver_owner, waiver_reason;
	int64_t waiver_expires;  /* DATE_NONE: not given */
	struct pos waiver_at;
};

struct finding {
	struct str id, qualified, title;
	struct reg *reg;
	long line;                 /* section's heading, else row, else bullet */
	struct str_list aliases;
	struct str severity_raw, status_raw;
	enum level level;
	enum state own_state;      /* as this place says */
	enum state state;          /* effective, across registers; waivers not applied */
	long status_line;
	bool has_status, has_severity;
	bool statement;            /* only an ID, a status and a sentence; defines nothing */
	struct finding *about;     /* statement: the finding it speaks of, once resolved */
	bool dropped;              /* the judged change takes it back: it stands for nothing */
	/*
	 * The judged change takes it back, but failures that this would turn into one of these
	 * classes (CLASS_BIT) stay its own: no rule forbids them, and some rule judges its own.
	 */
	uint64_t keeps;
	bool fresh;                /* only the judged change has it: never reported unused */
	bool ambiguous;            /* statement: it may speak of several, so it counts for none */
	struct finding *state_from; /* whose statement set `state`; NULL: its own */
	struct { struct location *v; size_t n, cap; } locations;
	struct { struct test_ref *v; size_t n, cap; } tests;
	struct { struct signature *v; size_t n, cap; } signatures;
	struct str_list identifiers;
	struct { struct tool_ref *v; size_t n, cap; } tools;
	struct { struct link *v; size_t n, cap; } links;
	struct { struct citation *v; size_t n, cap; } citations;
	struct str owner;
	int64_t created, updated, expires; /* DATE_NONE: not given */
	bool excuses;
	struct entry *entry;       /* structured and lists only */
	long order;                /* over all registers, in policy order then line */
};

enum register_kind { REGISTER_DOCUMENT, REGISTER_STRUCTURED, REGISTER_LIST, REGISTER_TRACKER };
const char *register_kind_name(enum register_kind k);

struct files; /* gate/input/files.h */

/* One register as configured and as read. */
struct reg {
	/* configured */
	struct str path;           /* as it can be opened */
	struct str name;           /* path without extension, relative to the policy */
	struct str shown;          /* path relative to the policy: for people and outputs */
	bool excuses_set, excuses; /* excuses: true|false in the policy */
	struct str fill_owner, fill_severity, fill_finding;
	int64_t fill_expires;
	struct words severities, statuses;
	struct pos at;             /* where the policy names it */
	/* as read */
	enum register_kind kind;
	char sha256[SHA256_HEX];
	int64_t date;              /* of the document, DATE_NONE: undated */
	size_t order;
	struct str text;           /* redacted; for citations and line look-ups */
	struct { struct finding **v; size_t n, cap; } findings;
	/* `removed:` and `renamed:` of structured registers */
	struct str_list removed, renamed_from, renamed_to;
};

enum register_problem {
	REGP_STATUS_CONFLICT,
	REGP_TOTALS_MISMATCH,
	REGP_UNKNOWN_STATUS,
	REGP_DUPLICATE_ID,
	REGP_AMBIGUOUS_ID,
	REGP_DANGLING_LINK,
	REGP_MISSING_SEVERITY,
	REGP_EXPIRED,
	REGP_NO_OWNER,
	REGP_NOT_READ,
	REGISTER_PROBLEMS
};
const char *register_problem_name(enum register_problem p);

struct register_note {
	enum register_problem code;
	struct str reg; /* reg->shown */
	long line;
	struct str message;
};

/* All findings of a run. Zero-initialise; findings_release frees everything. */
struct findings {
	struct arena mem;
	const struct files *files; /* set before registers are read; NULL: the disk */
	struct { struct reg **v; size_t n, cap; } regs;
	struct { struct finding **v; size_t n, cap; } all; /* statements too, in order */
	struct { struct register_note *v; size_t n, cap; } notes;
};

struct reg *findings_reg(struct findings *fs, struct str path, struct str shown);
/*
 * A new finding of `reg`, numbered, in fs->all; id and title are copied. `excuses` is as the
 * policy says, else by reg->kind, which readers therefore set before the first one.
 */
struct finding *findings_add(struct findings *fs, struct reg *reg, struct str id,
	struct str title, long line);
void findings_note(struct findings *fs, enum register_problem code, const struct reg *reg,
	long line, const char *fmt, ...) __attribute__((format(printf, 5, 6)));
void findings_sort_notes(struct findings *fs); /* by register, line, code, message */
/* Adds s (copied) unless it is there or empty. Linear: for lists people write, not for sets. */
void str_list_add(struct findings *fs, struct str_list *l, struct str s);
bool str_list_same(const struct str_list *a, const struct str_list *b); /* in order */
bool str_list_has(const struct str_list *l, struct str s);
/*
 * All that bear this ID or alias, or this qualified ID; fills up to max, returns how many.
 * A statement whose finding is known does not count: the finding does. Linear.
 */
size_t findings_named(const struct findings *fs, struct str name, struct finding *out[],
	size_t max);
/* What it duplicates, where that is its state, else f itself; NULL: not known, judged as open. */
const struct finding *finding_judged_as(const struct finding *f);
void findings_release(struct findings *fs);

/*
 * Whether f stands for itself in outputs and in matching: all but statements whose finding
 * is known (that one is listed) or ambiguous (they were applied to none).
 */
static inline bool
finding_listed(const struct finding *f)
{
	return !f->dropped && !(f->statement && (f->about || f->ambiguous));
}

/*
 * resolve.c: citations become `tracks` links, links find their targets, statements and
 * trackers' states are applied in order of date, contradictions become notes. Call once,
 * after every register was read.
 */
void findings_resolve(struct findings *fs);
/*
 * health.c: what a maintainer should put in order, as notes: expired dates (as of `now`),
 * owners and severities that are missing where the register's other findings have them.
 * Once, after findings_resolve.
 */
void findings_health(struct findings *fs, int64_t now);

#endif
