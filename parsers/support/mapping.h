/*
 * mapping.h -- what a format's records mean, as a description instead of code. The engines for
 * JSON (jsonmap.h), XML (xmlmap.h) and user-defined formats read the same description; only
 * the paths are spelled differently.
 *
 * A *field* is a path ("location.row"), or a text with paths in braces
 * ("{PkgName} {InstalledVersion}: {Title}"). Text before an empty path, and text between
 * nothing, is left out. `=text` is the text itself. `a|b` is the first of several that is there.
 * `^path` belongs to what encloses the record (`^^` to what encloses that), `@` is the key under
 * which a record of an object stands.
 *
 * A *condition* is a field's path alone (there, and not false, 0, "", [] or {}), `!path`,
 * `path=word|word` or `path!=word|word` (any case). `&` joins terms that must all hold;
 * blanks part such groups, one of which must hold: "status=PASS ignored&!reviewed".
 * Before `=`, an empty path is the record itself.
 */
#ifndef PARSERS_SUPPORT_MAPPING_H
#define PARSERS_SUPPORT_MAPPING_H

#include "gate/base/buf.h"
#include "gate/model/event.h"

struct level_word {
	const char *word; /* any case; NULL ends the table */
	enum level level;
};

struct outcome_word {
	const char *word; /* any case; NULL ends the table */
	enum outcome outcome;
};

enum map_kind {
	MAP_ISSUE,
	MAP_TEST,
	MAP_FAILED, /* each is a failure of the tool itself: `message` becomes the problem */
	MAP_NOTHING, /* each says that nothing was looked at: `message` */
	MAP_TOTALS, /* totals that the report declares: `tests`, `failures`, `errors`, `skipped` */
	MAP_TOOL,   /* `tool`, `version` of the report; "" is the value at `each` itself */
};

#define MAP_EXTRAS 8u

struct json;
struct map_record; /* for the hook */

struct map_fields {
	const char *each;        /* where the records are; see the engine */
	enum map_kind kind;
	const char *when;        /* condition: others are not records at all */

	/* Issues. */
	const char *tool, *version, *rule, *message, *file, *line, *end_line, *column, *fingerprint;
	const char *severity;    /* the tool's own word */
	const struct level_word *levels; /* NULL: the words that everybody uses */
	const char *score;       /* CVSS: by its bands, where the word gives no level */
	enum level unrated;      /* neither word nor score; default unknown */
	const char *suppressed;  /* condition: by the tool, its configuration or a person */
	const char *pass;        /* condition: no finding: a pass, not affected */

	/* Tests (with message, file, line). */
	const char *id, *suite, *class, *name, *type, *text, *outcome, *seconds;
	const struct outcome_word *outcomes;
	const char *tests, *failures, *errors, *skipped;
	double unit;             /* of `seconds`, in seconds: 0.001 for milliseconds; default 1 */
	enum dialect dialect;

	/* For what a table can't say: paths for the hook, which sees the event before it goes. */
	const char *extra[MAP_EXTRAS];
	/* 0: send it; 1: leave it out; -1: stop. */
	int (*fix_issue)(const struct map_record *r, struct issue_event *ev);
	int (*fix_test)(const struct map_record *r, struct test_event *ev);
};

/* What a hook sees. Texts are borrowed for the call. */
struct map_record {
	const struct str *extra;     /* as text */
	const struct str *extra_raw; /* JSON: as JSON text, for js_cursor; else as text */
	struct json *json;           /* NULL for XML */
	const struct sink *out;
	long at;                     /* line in the report */
	void *own;                   /* of the format (jsonmap.own_size), zeroed for each report */
	struct buf *scratch; /* what a hook puts together here lives until the event went */
};

/* Standard bands of CVSS 3 and 4: 0 info, < 4 low, < 7 medium, < 9 high, else critical. */
enum level level_of_cvss(double score);

/* ---- for the engines ---- */

/* A path of the description: what it is relative to, and where it goes. */
struct map_ref {
	unsigned up;      /* levels above the record */
	bool key;         /* `@` */
	struct str path;  /* the engine's spelling, without `^` */
	struct str value; /* set by the engine for each record: text */
	struct str raw;   /* and as it is written */
	struct buf scratch;
	bool there;       /* it had a value once; while `watch` */
};

struct map_expr;
struct map_cond;

#define MAP_REFS 64u

/* A compiled description of records. */
struct mapping {
	const struct map_fields *f;
	struct map_ref ref[MAP_REFS];
	size_t nrefs;
	struct map_expr *expr;  /* by field */
	struct map_cond *when, *suppressed, *pass;
	struct buf *text;       /* by field: where templates are filled in */
	int extra[MAP_EXTRAS];  /* index of the ref, -1: none */
	struct buf hook_text;
	long sent, failed, nothing, records;
	/* For mapping_missed, which wants to be told before the first record. */
	bool watch;
	unsigned long seen;     /* fields that had a value once */
	long offered, passed, hidden; /* records before `when`; passes and suppressed ones */
};

/*
 * 0, or -1: *why says what is wrong and *field which field has it. mapping_release either way.
 */
int mapping_init(struct mapping *m, const struct map_fields *f, const char **why,
	const char **field);
void mapping_release(struct mapping *m);
/*
 * All refs have their values: makes the event and sends it. 0, or -1 when the sink or a hook
 * wants no more. A NULL json is fine.
 */
int mapping_send(struct mapping *m, const struct sink *out, struct json *j, void *own, long at);
/*
 * After all records: each field of the description that had a value in none of them, by its
 * name. `vital`: without it the records say nothing, or a condition on it made all of them go.
 */
void mapping_missed(const struct mapping *m,
	void (*say)(void *ctx, const struct map_fields *f, const char *field, bool vital),
	void *ctx);
bool map_condition_empty(struct str text); /* false, 0, "", [], {}, null */

#endif
