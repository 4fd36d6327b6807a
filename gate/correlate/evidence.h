/*
 * evidence.h -- the contract every kind of evidence implements: gate/correlate/KIND.c, one
 * descriptor, one line in list.h.
 *
 * A kind looks at one result (the subject) and offers every finding it has evidence for. It
 * never decides: ranking and classes are the engine's. What the findings hold is looked up
 * in the index (engine/index.h), so that a kind costs what matches, not what exists.
 */
#ifndef GATE_CORRELATE_EVIDENCE_H
#define GATE_CORRELATE_EVIDENCE_H

#include "gate/correlate/correlate.h"

/* A place of a stack trace, as the text names it. */
struct frame {
	struct str path;
	struct str shown; /* with its line */
	long line;
};

enum field { IN_NAME, IN_FILE, IN_PROPERTY, IN_MESSAGE, IN_IDENTIFIERS };

struct term; /* engine/terms.h: a text that findings hold */

/* A term that occurs in the subject, verified at its kind's boundaries. */
struct hit {
	const struct term *term;
	enum field field;
	struct str at; /* as the subject writes it */
};

/* What is looked at; exactly one of test, issue, producer is set. Made by engine/subject.c. */
struct subject {
	struct test *test;
	struct issue *issue;
	struct producer *producer;
	struct str id, suite, class, name;
	struct str bare;   /* the name without parameters */
	struct str key;    /* the ID in its comparable spelling (identity_normal) ... */
	struct str whole;  /* ... without parameters ... */
	struct str full_key; /* ... and with the suite, or the number of a repeat */
	struct str file;   /* of the test or issue; for tests also read off the ID */
	struct str tool, rule, report, leg;
	long line, end_line;
	bool failing;      /* failed, error, or an issue */
	struct str text;   /* message and body as read */
	struct str normal; /* the same in normal form */
	struct { struct hit *v; size_t n, cap; } hits;
	struct { struct frame *v; size_t n, cap; } frames;
	struct scratch *scratch; /* engine/subject.h: what is known of the whole run */
};

struct ref;    /* engine/index.h: one finding that holds something, and where */
struct offers; /* collects candidates for one subject */

struct evidence_rule {
	enum evidence_kind kind;
	const char *help;
	void (*find)(const struct index *ix, const struct subject *s, struct offers *out);
};
extern const struct evidence_rule *const evidence_rules[]; /* NULL-terminated, strongest first */

/* Specificity of evidence: what the finding names. */
enum { NAMES_NOTHING, NAMES_DIRECTORY, NAMES_FILE, NAMES_CLASS, NAMES_CASE };

/*
 * One candidate: the finding of `at`, and where it says so. Several of one kind for one
 * finding are one piece of evidence: the strongest, then most specific, then first one in the
 * register. `detail` says what matched, for people; it must outlive the correlation (the text
 * of a register or a report does; scratch->keys is an arena that does).
 */
void offer(struct offers *out, enum evidence_kind kind, enum strength strength, int specificity,
	const struct ref *at, struct str detail);

#endif
