/* libraries.c -- see libraries.h. Memory elsewhere: base/regex.c (PCRE2), md_doc.c (cmark-gfm). */
#include "gate/libraries.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/xmlmemory.h>

#include "gate/base/mem.h"
#include "gate/base/str.h"

static char *
copy(const char *z)
{
	size_t n = strlen(z) + 1;

	return memcpy(xmalloc(n), z, n);
}

void
libraries_init(void)
{
	xmlMemSetup(free, xmalloc, xrealloc, copy);
	xmlInitParser();
	json_set_alloc_funcs(xmalloc, free);
}
