/* utf8.h -- UTF-8 as RFC 3629 defines it: no surrogates, no overlong forms, up to U+10FFFF. */
#ifndef GATE_BASE_UTF8_H
#define GATE_BASE_UTF8_H

#include "gate/base/buf.h"
#include "gate/base/str.h"

/*
 * The length (1 to 4) of the valid character at the front of s and its code point, or 0
 * when the bytes are not one.
 */
size_t utf8_char(struct str s, uint32_t *cp);
bool utf8_valid(struct str s);
void utf8_put(struct buf *b, uint32_t cp);
/* Appends s with every invalid byte as U+FFFD; returns how many were replaced. */
size_t utf8_repair(struct buf *b, struct str s);
/* The longest prefix of at most n bytes that does not cut a character. */
struct str utf8_head(struct str s, size_t n);
/* Columns on a terminal, near enough: wide East Asian characters and emoji count two. */
size_t utf8_width(struct str s);
/*
 * Appends s safe for a terminal and for a line of a log: control characters (C0, DEL, C1,
 * line and paragraph separators, bidi overrides) as \xNN or \u{NNNN}, newline as \n,
 * tab as a blank, invalid bytes as \xNN.
 */
void utf8_plain(struct buf *b, struct str s);
bool utf8_is_plain(struct str s); /* it is shown as it is */
/* The same for what is printed: nor may a CI's runner take it for a command ("::", "##["). */
void utf8_log(struct buf *b, struct str s);
/* Whether a command may start at the i-th byte of a plain text, wherever its lines are broken. */
bool utf8_commands(struct str s, size_t i);

#endif
