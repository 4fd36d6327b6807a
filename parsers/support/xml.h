/*
 * xml.h -- libxml2's SAX2 in pull mode, made safe for reports: bounded memory, no network, no
 * entities, every limit and every way to break reported as a problem.
 *
 * A format gives its element and attribute names in one table; events then carry indexes
 * into it, so that nothing is compared as text. Prefixes and namespaces are ignored.
 */
#ifndef PARSERS_SUPPORT_XML_H
#define PARSERS_SUPPORT_XML_H

#include "gate/base/str.h"
#include "gate/input/source.h"
#include "gate/model/event.h"

#define XML_UNKNOWN (-1) /* an element or attribute that is not in the table */
#define XML_NAMES 96     /* names in one table */
#define XML_MAX_ATTRS 512 /* attributes of one element; libxml2's own check is quadratic */

struct xml; /* the reader, handed to the callbacks */

struct xml_attr {
	int name;
	struct str value; /* borrowed: dies with the callback */
};

struct xml_format {
	const char *const *names; /* NULL-terminated; what the indexes mean */
	const char *const *roots; /* NULL-terminated: root elements of a second document */
	/* Elements that outside of a root are lost results; may be NULL. NULL-terminated. */
	const char *const *parts;
	/* Each may stop the reading with xml_stop. Depth counts from 1, the root. */
	void (*open)(void *ctx, struct xml *x, int name, const struct xml_attr *attrs, size_t n);
	void (*close)(void *ctx, struct xml *x, int name);
	void (*text)(void *ctx, struct xml *x, struct str s); /* may come in pieces */
	/*
	 * The document broke off inside open elements (cut, malformed, over a limit): what is
	 * open will not be closed. May be NULL.
	 */
	void (*broken)(void *ctx, struct xml *x);
};

/*
 * Reads `in` to its end. 0: whole (notes may have been sent). -1: it broke off; the
 * problem was sent to `out`, what came before was delivered.
 */
int xml_read(struct source *in, const struct sink *out, const struct xml_format *f, void *ctx);
long xml_line(const struct xml *x);
int xml_depth(const struct xml *x);
/* No more events; what is wrong has been said by the caller. xml_read gives -1. */
void xml_stop(struct xml *x);
/*
 * For sniffers: the local name of the first element in `head`, or STR_NONE. *entities (may
 * be NULL) says whether the document type before it declares entities.
 */
struct str xml_root(struct str head, bool *entities);

#endif
