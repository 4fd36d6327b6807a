/* idtext.h -- plain lists as text: one test ID a line, comments, optional columns. */
#ifndef PARSERS_REGISTERS_SUPPORT_IDTEXT_H
#define PARSERS_REGISTERS_SUPPORT_IDTEXT_H

#include "parsers/registers/support/form.h"

/* What a list, text or JSON, says about one test. Borrowed: listed_add copies it. */
struct listed {
	struct str id, owner, reason, issue;
	int64_t added, expires;
	struct pos at;
};

/* Adds it to the register; errors go to the form. */
void listed_add(const struct form *f, const struct listed *l);
void idtext_read(const struct form *f);

#endif
