/*
 * xml_behind.h -- what stands behind the end of an XML report: another report, parts of one,
 * the front of one that was cut, or text that a runner printed.
 */
#ifndef PARSERS_SUPPORT_XML_BEHIND_H
#define PARSERS_SUPPORT_XML_BEHIND_H

#include "gate/base/str.h"

#define XML_BEHIND_KEPT 128u /* of a text's end: no tag that is looked for is longer */

/* Offset of the first start tag with one of these names (and any prefix), or STR_NPOS. */
size_t xml_find_tag(struct str s, const char *const names[]);
/* The text ends in the front of a document: in its declaration, behind it, or in its root. */
bool xml_breaks_off(struct str s, const char *const roots[]);

#endif
