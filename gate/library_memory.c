/* library_memory.c -- see library_memory.h. Others: base/regex.c (PCRE2), md_doc.c (cmark-gfm). */
#include "gate/library_memory.h"

#include <jansson.h>
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
library_memory(void)
{
	xmlMemSetup(free, xmalloc, xrealloc, copy);
	json_set_alloc_funcs(xmalloc, free);
}
