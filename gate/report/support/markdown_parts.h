/*
 * markdown_parts.h -- between markdown.c (the report) and markdown_next.c (what a person does
 * next): words of strangers go through md_text and md_code, never raw.
 */
#ifndef GATE_REPORT_SUPPORT_MARKDOWN_PARTS_H
#define GATE_REPORT_SUPPORT_MARKDOWN_PARTS_H

#include "gate/report/support/view.h"

struct md {
	const struct view *v;
	struct buf *out;
	struct buf words; /* scratch: raw words */
	bool all;         /* verbose: nothing is capped */
};

void md_text(struct md *m, struct str s); /* one line, cut where it is too long */
void md_code(struct md *m, struct str s);
void md_raw(struct md *m, const char *z); /* our own words */
size_t md_capped(const struct md *m, size_t n); /* how many of n are shown */
void md_more(struct md *m, size_t left);  /* and that the others are not */
void md_fold_open(struct md *m, const char *title, size_t n);
void md_fold_close(struct md *m);

void md_pending(struct md *m);
void md_next(struct md *m);

#endif
