/* own_formats.c -- see own_formats.h. */
#include "gate/own_formats.h"

#include "parsers/parser.h"
#include "parsers/support/own.h"

void
own_formats_check(const struct own_formats *all, struct diags *d)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct own_format *f = all->v[i];

		/* A name that means another thing here than elsewhere would mislead. */
		if (parser_find(f->name))
			diag_hint(d, diag_add(d, DIAG_ERROR, f->at,
				"'%.*s' is a format that is built in", STR_FMT(f->name)),
				"choose another name, or leave `formats` out");
		else
			own_check(f, d);
	}
}
