/*
 * xml_bytes.h -- the bytes of an XML report on their way to libxml2.
 *
 * Real reports hold things that make libxml2 give up, or lose an element silently. They are
 * made harmless here, before it sees them, without moving a line:
 *   - a character reference to something XML can't hold (`&#27;`) becomes '?', counted;
 *   - comments become blanks;
 *   - a CDATA section is cut into pieces of at most one window, so that it is never held
 *     whole;
 *   - an XML declaration becomes blanks, since the bytes are decoded already and what it
 *     claims may be wrong or illegal; white space may stand before it.
 */
#ifndef PARSERS_SUPPORT_XML_BYTES_H
#define PARSERS_SUPPORT_XML_BYTES_H

#include "gate/base/buf.h"
#include "gate/base/limits.h"
#include "gate/input/source.h"

#define XML_CARRY 64u /* longest token that may be held back for its continuation */

enum xml_mode { XML_MARKUP, XML_CDATA, XML_COMMENT };

struct xml_bytes {
	struct source *in;
	struct buf back;          /* given back; served first, as it is */
	size_t back_at;
	char *win;
	size_t at, end;           /* win[at..end) is ready */
	size_t held;              /* win[end..end+held) awaits its continuation */
	char kept[XML_CARRY];     /* the held bytes, while the window is served */
	enum xml_mode mode;
	bool started, eof;
	unsigned long replaced;   /* character references */
	uint64_t served;          /* bytes given out */
};

void xml_bytes_init(struct xml_bytes *b, struct source *in);
/* Up to n bytes; 0 at the end. */
size_t xml_bytes_read(struct xml_bytes *b, char *p, size_t n);
/* Puts bytes that were read before what comes next. */
void xml_bytes_unread(struct xml_bytes *b, struct str s);
void xml_bytes_release(struct xml_bytes *b);

#endif
