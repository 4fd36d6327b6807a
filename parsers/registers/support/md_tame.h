/*
 * md_tame.h -- what is done to a document's text before cmark sees it: front matter taken
 * off, and tables that no one writes by hand taken apart. cmark-gfm's time grows with the
 * square of a row's cells and of the lines of a paragraph over a delimiter row. Lines stay
 * where they are.
 */
#ifndef PARSERS_REGISTERS_SUPPORT_MD_TAME_H
#define PARSERS_REGISTERS_SUPPORT_MD_TAME_H

#include <cmark-gfm.h>

#include "parsers/registers/support/md_doc.h"

/* The text behind front matter: "---" on the first line, "---" or "..." on a later one. */
struct str md_skip_front_matter(struct md_doc *doc, struct str text, long *lines);
/* Takes the bars out of lines that have too many of them; the first is doc->wide_line. */
struct str md_without_wide_rows(struct md_doc *doc, struct str text, long offset);
/* A delimiter row under a paragraph that is too long becomes a row of one empty cell. */
void md_feed(cmark_parser *parser, struct str text);

#endif
