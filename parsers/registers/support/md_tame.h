/*
 * md_tame.h -- what is done to a document's text before cmark sees it: front matter taken
 * off, and what no one writes by hand taken apart. cmark-gfm's time grows with the square of a
 * row's cells, of the lines of a paragraph over a delimiter row, and with the depth of a text
 * times its length. Lines stay where they are.
 */
#ifndef PARSERS_REGISTERS_SUPPORT_MD_TAME_H
#define PARSERS_REGISTERS_SUPPORT_MD_TAME_H

#include <cmark-gfm.h>

#include "parsers/registers/support/md_doc.h"

/* The text behind front matter: "---" on the first line, "---" or "..." on a later one. */
struct str md_skip_front_matter(struct md_doc *doc, struct str text, long *lines);
/*
 * Takes the bars out of lines that have too many of them, and all out of lines that nest too
 * deeply; the first ones are doc->wide_line and doc->deep_line.
 */
struct str md_tamed(struct md_doc *doc, struct str text, long offset);
/* A delimiter row under a paragraph that is too long becomes a row of one empty cell. */
void md_feed(cmark_parser *parser, struct str text);

#endif
