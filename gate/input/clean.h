/*
 * clean.h -- makes bytes valid UTF-8 without control characters, in place.
 *
 * Nearly all of nearly every report is plain ASCII, so that is skipped 16 bytes at a time;
 * only what is not plain is looked at. Replacements keep the length. Terminal escape
 * sequences (colours, links) are no content: of texts they are taken out; in markup, where
 * they are illegal, their ESC is replaced like any control character.
 */
#ifndef GATE_INPUT_CLEAN_H
#define GATE_INPUT_CLEAN_H

#include "gate/base/str.h"

struct cleaner {
	bool strip_escapes;
	bool non_ascii;         /* a valid character beyond ASCII was seen */
	unsigned long replaced; /* characters */
	long replaced_line;     /* of the first; 0 for none */
	long newlines;          /* seen so far; not counted on after the first replacement */
};

/*
 * Cleans p[0..n). Returns how many bytes are clean now; behind them stand *left bytes of a
 * character or sequence whose end is not there yet, to be offered again with what follows.
 * With `final` nothing is left.
 */
size_t clean(struct cleaner *c, char *p, size_t n, bool final, size_t *left);
/* The length of the plain front of s: printable ASCII, tab, CR, LF. Adds its LFs. */
size_t clean_plain(struct str s, long *newlines);
/*
 * Whether s, from its first byte beyond ASCII on, reads as UTF-8: 1 yes, 0 no, -1 can't say
 * yet (nothing beyond ASCII, or only the front of one character at the very end).
 */
int clean_looks_utf8(struct str s);

#endif
