/*
 * md_refs.h -- reads a piece of a finding's text and adds to the drafts what it refers to:
 * tests, locations, citations, other IDs, tools, signatures, identifiers.
 */
#ifndef PARSERS_REGISTERS_SUPPORT_MD_REFS_H
#define PARSERS_REGISTERS_SUPPORT_MD_REFS_H

#include "parsers/registers/support/md_fields.h"
#include "parsers/registers/support/md_model.h"

/* Bytes from..to of the text; `kind` is the field or column they stand in. */
void md_refs_text(struct md *md, const struct targets *to, enum field_kind kind,
	const struct md_text *t, size_t from, size_t end);
/* A fenced block: messages and commands in it. */
void md_refs_fence(struct md *md, const struct targets *to, const struct md_block *fence);

#endif
