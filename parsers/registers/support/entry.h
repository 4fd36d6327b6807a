/* entry.h -- the part of a structured entry that excuses: match, expect, fixed-in, waiver. */
#ifndef PARSERS_REGISTERS_SUPPORT_ENTRY_H
#define PARSERS_REGISTERS_SUPPORT_ENTRY_H

#include "parsers/registers/support/form.h"

/* Reads it from the finding's map into a new finding->entry; errors go to the form. */
void entry_read(const struct form *f, const struct node *map, struct finding *finding);
/* A new entry that matches one test by its ID, as plain lists mean it. */
void entry_for_test(struct findings *fs, struct finding *finding, struct str test);

#endif
