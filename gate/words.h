/*
 * words.h -- what the spelling of an argument says about its values: "github|gitlab" is a choice,
 * "FORMAT=FILE" begins with a known word, "FILE" is a path. The man page and the shells'
 * completions are made from it, so that neither is written by hand.
 */
#ifndef GATE_WORDS_H
#define GATE_WORDS_H

#include "gate/base/buf.h"

/* Appends the words that may stand there, blank-separated; none when it is no choice. */
void words_of_argument(struct buf *out, const char *spelling);
/* Does a path belong there? */
bool words_want_file(const char *spelling);

#endif
