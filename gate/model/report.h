/*
 * report.h -- one file as it was read, and the sink that collects it.
 *
 * Passing tests cost 16 bytes each (struct seen); only what failed, what a finding watches
 * and what the caller asks for is kept whole.
 */
#ifndef GATE_MODEL_REPORT_H
#define GATE_MODEL_REPORT_H

#include "gate/base/arena.h"
#include "gate/base/buf.h"
#include "gate/base/hash.h"
#include "gate/base/redact.h"
#include "gate/model/class.h"
#include "gate/model/event.h"

enum report_kind { KIND_NONE, KIND_TESTS, KIND_LINT, KIND_SECURITY };
const char *report_kind_name(enum report_kind k);

struct problem {
	enum problem_code code;
	long line; /* in the report; 0: none */
	struct str message;
};

struct test {
	struct str id;      /* final only after run_finish: suite in front, " (2)" behind */
	struct str base_id; /* without either */
	struct str suite, class, name, file, type, message;
	struct str text;    /* redacted */
	struct prop *props;
	size_t nprops;
	long line, at;
	double seconds;
	enum outcome outcome;
	enum dialect dialect;
	unsigned attempts;
	bool synthetic;     /* of a suite error or a declared surplus */
	uint32_t seq;       /* its place in struct seen */
	uint64_t key;       /* struct seen's id of it */
	uint32_t suite_key; /* struct seen's suite of it */
	bool with_suite;    /* two suites of the report hold this name: the suite goes in front */
	enum baseline_says base; /* filled before correlate */
	struct report *report;
	struct judged judged;
};

struct issue {
	struct str id;      /* identity, made by run_finish */
	struct str tool, rule, severity, message, file, fingerprint;
	struct str identifiers; /* parted by blanks */
	long line, end_line, column, at;
	enum level level;
	bool suppressed, info_only;
	uint64_t message_hash;  /* of the normal form, once `hashed`: issue_message_hash */
	bool hashed;
	uint64_t context;       /* of the source line and its neighbours; 0: not at hand */
	enum baseline_says base; /* filled before correlate */
	struct report *report;
	struct judged judged;
};

/*
 * Sixteen bytes for each case of a report, passing ones too. After report_finish they are
 * sorted (see seen.h); run_finish takes them over into struct producer, by leg.
 */
struct seen {
	uint64_t id;        /* seen_key of base_id, mixed with the suite where that goes in front */
	uint32_t suite;     /* hash of the suite, so that equal IDs of two suites are told apart */
	uint32_t seq;       /* low 29 bits: order in the report; high 3: enum outcome */
};
#define SEEN_SEQ(s) ((s).seq & 0x1fffffffu)
#define SEEN_OUTCOME(s) ((enum outcome)((s).seq >> 29))

/*
 * The name of every case, for a run that is saved as a baseline; by order in the report. The
 * key is of the name as found, which a redacted one no longer gives.
 */
struct seen_name {
	uint64_t key;
	size_t at;          /* in `text` */
	uint32_t n, suite;  /* index into `suites` */
};
struct seen_suite_name {
	struct str name;    /* redacted */
	uint32_t hash;      /* as found */
};
struct seen_names {
	struct buf text;
	struct { struct seen_suite_name *v; size_t n, cap; } suites;
	struct { struct seen_name *v; size_t n, cap; } v;
};

struct timings; /* timing.h */

struct report {
	struct arena mem;
	struct str path;     /* as it is shown: relative where it can be */
	const char *open_path;
	struct str format;   /* the parser's name, "" when none was found */
	struct str tool, tool_version; /* "" where it does not say */
	enum report_kind kind;
	bool complete;
	bool broken;         /* a problem was noted that makes it incomplete */
	bool clean;          /* the report itself says that it found nothing */
	bool empty;          /* nothing in the file, which the policy takes for clean */
	bool read_otherwise; /* from a tape, by other terms than are asked for now */
	bool absent;         /* no such file; one that can't be read is there, and broken */
	char sha256[SHA256_HEX];
	struct { struct problem *v; size_t n, cap; } problems;
	unsigned long problems_cut;
	long count[OUTCOMES]; /* cases by outcome, synthetic ones apart */
	long total;
	long unnamed;        /* of total: known by their count alone, so absence proves nothing */
	long synthetic;
	struct totals declared;
	bool has_declared;
	long elements_failures, elements_errors;
	long surplus;        /* failures and errors declared that nothing shows */
	struct { struct test *v; size_t n, cap; } tests; /* the kept ones */
	struct { struct seen *v; size_t n, cap; } seen;
	struct seen_names *names; /* NULL unless they were asked for */
	struct timings *timings; /* the same */
	struct { struct issue *v; size_t n, cap; } issues;
	long levels_held; /* results whose level the policy would have lowered; see only_raise */
	long issue_total, issue_actionable, issue_suppressed, issue_by_level[LEVELS];
	struct producer *producer; /* NULL in inspect */
	struct str leg;
	const struct leg_exit *exit; /* of the runner that wrote it; NULL: its producer's */
	struct collector *collector; /* while events come; report_finish frees it */
};

struct own_formats;
struct words;

struct collect_options {
	const struct own_formats *formats; /* that a policy describes; may be NULL */
	/* Levels of a tool's words ("warning", "eslint:warning") by the policy; may be NULL. */
	const struct words *severities;
	bool only_raise;               /* they may raise a level and not lower it: a floor holds */
	bool keep_all;                 /* inspect --items, findings --against */
	bool count_issues;             /* results are counted, none is kept: inspect */
	/* Says whether a case that did not fail is worth keeping; NULL: none is. */
	bool (*watch)(const void *ctx, const struct test_event *ev, struct str id);
	/* The same of a case that no baseline knows: only the first MAX_FRESH_KEPT of a report. */
	bool (*fresh)(const void *ctx, const struct test_event *ev, struct str id);
	const void *watch_ctx;
	struct report_recorder *recorder; /* NULL, or where it is all written down: report_tape.h */
	bool refuse_ours;              /* what a run of gate wrote is no report of this one */
	bool from_disk;                /* though a tape plays */
	bool as_recorded;              /* from a tape, keep what was kept then, and no more */
	uint64_t terms;                /* a hash of what a policy says about reading, for a tape */
	bool names;                    /* every case's name is kept: it will be a baseline */
	bool times;                    /* what took a while is kept; with `names` too */
	const struct redactor *redactor; /* may be NULL */
	/*
	 * Paths: backslashes become slashes, a prefix of `strip` or the working folder comes
	 * off, `root` goes before what is then relative. IDs are the runner's own names: they
	 * carry paths without `root`.
	 */
	struct str root;
	const struct str *strip;       /* prefixes taken off paths, longest first */
	size_t nstrip;
	/* A sink in front of the report's, which it passes all events on to; NULL: none. */
	struct sink (*tee)(void *ctx, struct report *r, struct sink to);
	void *tee_ctx;
	/* Where to put what a leg file holds (malloc'd, leg_file_free); NULL: none may come. */
	struct leg_file **leg;
	/* `root` of the producer that a leg names; NULL: that of these options. */
	struct str (*leg_root)(const void *watch_ctx, struct str producer);
};

/* A sink into `r` (zeroed, then path set by the caller). The options must outlive it. */
struct sink report_sink(struct report *r, const struct collect_options *opt);
void report_problem(struct report *r, enum problem_code code, long line, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* The hash of its message in normal form, made when it is first asked for: that is dear. */
uint64_t issue_message_hash(struct issue *i);
bool report_has(const struct report *r, enum problem_code code);
/*
 * After the last event: holds the declared totals against cases and elements, adds the
 * synthetic cases, sets `complete`. Does not judge min-tests: that is the producer's.
 */
void report_finish(struct report *r);
void report_release(struct report *r);

#endif
