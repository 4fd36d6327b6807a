/*
 * decode.h -- which encoding a text has, and its bytes as UTF-8.
 *
 * The bytes decide: a byte order mark, then the pattern of zero bytes of UTF-16, then
 * whether what is beyond ASCII reads as UTF-8; an encoding that an XML declaration names is
 * asked only when it does not. https://www.w3.org/TR/xml/#sec-guessing
 */
#ifndef GATE_INPUT_DECODE_H
#define GATE_INPUT_DECODE_H

#include "gate/base/buf.h"
#include "gate/base/str.h"

enum encoding {
	ENC_UTF8,
	ENC_UTF16LE,
	ENC_UTF16BE,
	ENC_LATIN1,   /* read as windows-1252, as browsers do: C1 controls are never meant */
	ENC_LATIN9,   /* ISO-8859-15 */
	ENC_OTHER,    /* by iconv */
	ENC_UNKNOWN,  /* a name that we do not read */
};

struct guess {
	enum encoding encoding; /* of the bytes: UTF-8 or UTF-16 */
	size_t mark;            /* length of the byte order mark */
	enum encoding declared; /* of the XML declaration, ENC_UTF8 without one */
	bool declares;          /* there is an XML declaration that names an encoding */
	char name[32];          /* that it names, lower case */
};

/* From the first bytes (a few hundred are enough). */
void guess_encoding(struct str head, struct guess *g);
/* The encoding that an XML declaration at the front of `text` names; false: none. */
bool declared_encoding(struct str text, char name[32], enum encoding *out);

struct decoder; /* owned: decoder_free */

/* For any encoding but UTF-8. NULL when the system can't read `name` (ENC_OTHER). */
struct decoder *decoder_new(enum encoding encoding, const char *name);
/*
 * Appends `in` as UTF-8 to out; the front of a character at its end is kept for the next
 * call. With `final` that front is a bad character.
 */
void decode(struct decoder *d, struct str in, bool final, struct buf *out);
unsigned long decoder_bad(const struct decoder *d); /* replaced by U+FFFD */
size_t decoder_bad_at(const struct decoder *d);      /* offset of the first one in its `out` */
void decoder_free(struct decoder *d);

#endif
