/*
 * explain.h -- why something is what it is, from a decision@1 document: `gate explain`. Works
 * on the document alone, so that a decision made elsewhere is explained alike; what was judged
 * just now adds places and titles.
 */
#ifndef GATE_REPORT_SUPPORT_EXPLAIN_H
#define GATE_REPORT_SUPPORT_EXPLAIN_H

#include <jansson.h>

#include "gate/model/decision.h"
#include "gate/report/support/lines.h"

struct explain {
	const json_t *doc;
	const struct decision *d; /* NULL: only the document is known */
	struct lines l;
};

/* Why the verdict: every rule that said something, what is wrong with the inputs. */
void explain_verdict(struct explain *e);
/*
 * Everything of that name: tests and issues by ID, findings by qualified or bare ID, rules,
 * inputs. Returns how many there were; nothing is written for 0.
 */
size_t explain_name(struct explain *e, struct str name);
/*
 * Up to `max` names that contain `name`, or the one nearest to it; borrowed from the document.
 * *more is how many further ones there are.
 */
size_t explain_near(const json_t *doc, struct str name, struct str out[], size_t max,
	size_t *more);

/* Between the files of explain: explain.c, explain_result.c, explain_words.c. */

enum result_kind { RESULT_TEST, RESULT_ISSUE };
void explain_result(struct explain *e, const json_t *o, enum result_kind kind);
/* One or more sentences on what a class means, and what would have to be true instead. */
const char *explain_class(enum class c);
void explain_ways_out(struct explain *e, const json_t *o, enum result_kind kind);

struct str explain_text(const json_t *o, const char *key); /* empty when it is no string */
const json_t *explain_list(const json_t *o, const char *key); /* empty when it is no array */
bool explain_class_of(const json_t *o, enum class *c);
/* The finding of that qualified ID in the document; NULL: none. */
const json_t *explain_finding_of(const json_t *doc, struct str qualified);
/* "docs/scan/F1 (high, open), docs/scan.md:12" as far as it is known. */
void explain_add_finding(struct explain *e, struct str qualified);
bool explain_has(const json_t *list, struct str text); /* an array of strings */

#endif
