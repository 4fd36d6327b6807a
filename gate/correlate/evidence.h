/*
 * evidence.h -- the contract every kind of evidence implements: one file, one descriptor
 * in gate/correlate/list.h.
 *
 * A kind looks at one result and offers every finding it has evidence for.
 */
#ifndef GATE_CORRELATE_EVIDENCE_H
#define GATE_CORRELATE_EVIDENCE_H

#include "gate/correlate/correlate.h"

struct index;

/* What is looked at; exactly one of test, issue, producer is set. */
struct subject {
	struct test *test;
	struct issue *issue;
	struct producer *producer;
	struct str id, name, bare, class, file, message_normal, text;
	/* filled by the driver once: see subject.c */
};

struct offers; /* collects candidates for one subject: offer() */

struct evidence_rule {
	enum evidence_kind kind;
	const char *help;
	void (*find)(const struct index *ix, const struct subject *s, struct offers *out);
};
extern const struct evidence_rule *const evidence_rules[]; /* NULL-terminated */

void offer(struct offers *out, enum evidence_kind kind, enum strength strength, int specificity,
	struct finding *f, struct str detail, long at_line);

#endif
