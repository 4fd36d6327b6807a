/* xmlmap_parts.h -- what xmlmap*.c share: a compiled description. Private to them. */
#ifndef PARSERS_SUPPORT_XMLMAP_PARTS_H
#define PARSERS_SUPPORT_XMLMAP_PARTS_H

#include "gate/base/arena.h"
#include "gate/base/limits.h"
#include "gate/base/mem.h"
#include "parsers/support/failure.h"
#include "parsers/support/xml.h"
#include "parsers/support/xmlmap.h"

/* The paths of a record; xmlmap_compile.c says where each stands in it. */
enum xml_field {
	F_NAME, F_VALUE, F_MESSAGE, F_TEXT, F_FILE, F_LINE, F_SUITE, F_CLASS, F_ID, F_TYPE,
	F_SECONDS, F_MILLISECONDS, F_OUTCOME, F_RULE, F_SEVERITY, F_SCORE, F_END_LINE, F_COLUMN,
	F_FINGERPRINT, F_TOOL, F_VERSION, F_TESTS, F_FAILURES, F_ERRORS, F_SKIPPED,
	F_JOIN,
	F_COUNT
};
#define MAX_WHEN 8      /* conditions of a record */
#define MAX_SLOTS 32    /* places of a record whose text is kept */
#define MAX_DEFS 32     /* records of a format, and what they look up around them */

/* An attribute of a step that is kept. */
struct xml_want {
	int name, slot;
	struct xml_want *next;
};

/* An element on the way to a field. */
struct xml_step {
	int name;
	int key;             /* the attribute that must be `is`; XML_UNKNOWN: none */
	struct str is;
	int text;            /* slot of its text, or -1 */
	struct xml_want *attrs;
	struct xml_step *first, *next;
};

/* One of several places for a field. */
struct xml_alt {
	enum { ALT_TEXT, ALT_SLOT, ALT_OUTER, ALT_EVERY } how;
	struct str text;     /* ALT_TEXT: itself; else the path inside of `outer` */
	int slot;
	int outer;           /* name of the element around */
	struct xml_alt *next;
};

/* One element of a pattern, the innermost first. */
struct xml_part {
	struct { int name; struct xml_part_or *more; } any;
	int key;
	struct str is;
	struct xml_part *outer;
};
struct xml_part_or {
	int name;
	struct xml_part_or *next;
};

/* A record, or an element around records that something is looked up in. */
struct xml_def {
	const struct xml_record *r; /* NULL: only looked up */
	struct xml_part *part;
	bool root;                  /* the pattern starts at the root */
	struct xml_step top;
	int nslots;
	struct str path[MAX_SLOTS];
	struct xml_alt *field[F_COUNT], *when[MAX_WHEN];
	bool parts[F_COUNT];        /* the alternatives are parts of one text, or a sum */
	/* For xml_map.missed: records, those left; fields and conditions that had a value. */
	long offered, kept, passed, hidden;
	unsigned long seen, when_seen;
};

struct xml_compiled {
	struct arena mem;
	const struct xml_map *map;
	const char *names[XML_NAMES + 1];
	int nnames;
	const char *roots[16];
	bool is_last[XML_NAMES];    /* some def's own element has this name */
	struct xml_def *def[MAX_DEFS];
	int ndefs;
	bool joins, looks;          /* there is an XML_JOINED, an XML_LOOKED */
	const char *why;            /* what is wrong */
	/* What is compiled, and when something was wrong, where. */
	const struct xml_record *now, *why_record;
	const char *now_field, *why_field;
};

/* NULL and *why when the description is wrong. */
struct xml_compiled *xml_compile(const struct xml_map *map, const char **why);
void xml_compiled_free(struct xml_compiled *c);
bool xml_part_has(const struct xml_part *p, int name);

/* An open element that is a def. */
struct xml_frame {
	struct xml_frame *outer;
	struct xml_def *def;
	int depth;
	long at;
	enum { SLOT_NONE, SLOT_OPEN, SLOT_DONE } state[MAX_SLOTS];
	struct kept slot[MAX_SLOTS];
	/* Of a test or an issue: the best place so far, and properties. */
	int place_rank;
	struct buf place_file;
	long place_line, place_end, place_column;
	struct buf props;
	size_t nprops, prop[MAX_PROPS_KEPT][2]; /* ends of names and values in props */
	long bad_before;            /* xml_reader.bad when it opened */
	bool sent;
};

struct xml_reader {
	struct xml_compiled *c;
	const struct sink *out;
	struct xml *x;
	struct xml_frame *top, *spare;
	int path[MAX_DEPTH + 2];
	const struct xml_step *step[MAX_DEPTH + 2];
	struct buf scratch, room, made[F_COUNT];
	struct xml_held *held;      /* records that wait for what completes them */
	bool looked, any;           /* an XML_LOOKED; a test, issue or failure */
	bool named;                 /* the tool was */
	bool around;                /* what stands around records was there */
	long strangers;             /* in it, and no record nor part of one */
	long failures, errors;      /* sent */
	long bad;                   /* tests and suites that failed so far, sent or held */
};

/* The text of a field, trimmed; valid until its frame closes or the field is asked again. */
struct str xml_field(struct xml_reader *r, struct xml_frame *f, enum xml_field field);
struct str xml_alt_text(struct xml_reader *r, struct xml_frame *f, const struct xml_alt *a,
	enum xml_field field);
struct str xml_first_text(struct xml_reader *r, struct xml_frame *f, const struct xml_alt *a,
	enum xml_field field);
/* Sends what a frame holds; `whole` is false when its element was not closed. -1: no more. */
int xml_send(struct xml_reader *r, struct xml_frame *f, bool whole);
/* xmlmap_missed.c: what a description that is tried for the first time does not find. */
void xml_watch_open(struct xml_reader *r, int name, bool known);
int xml_missed(struct xml_reader *r);
const char *xml_field_name(enum xml_field field);
/* What can be said before the element's children: the tool that an attribute names. */
void xml_send_early(struct xml_reader *r, struct xml_frame *f);


/* xmlmap_join.c: records on their way out; those of a format that joins wait for the end. */
int xml_out_test(struct xml_reader *r, struct xml_frame *f, struct test_event *ev);
int xml_out_issue(struct xml_reader *r, struct xml_frame *f, struct issue_event *ev);
void xml_join(struct xml_reader *r, struct xml_frame *f);
int xml_join_end(struct xml_reader *r);
void xml_held_free(struct xml_held *h);

#endif
