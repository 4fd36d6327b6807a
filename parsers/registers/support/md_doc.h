/*
 * md_doc.h -- a Markdown document as a flat list of blocks, each with its line.
 *
 * Nothing here knows what a finding is. Text keeps what readers need of the markup: which
 * parts are code or bold (spans), strike-through as "~~", one '\n' for every line break, so
 * that the line of any byte can be told.
 */
#ifndef PARSERS_REGISTERS_SUPPORT_MD_DOC_H
#define PARSERS_REGISTERS_SUPPORT_MD_DOC_H

#include "gate/base/arena.h"
#include "gate/base/mem.h"
#include "gate/base/str.h"

#define MD_MAX_CELLS 256 /* cmark's time grows with the square of a row's cells */

enum md_style { MD_CODE_SPAN, MD_STRONG, MD_EMPHASIS };

struct md_span {
	size_t from, to; /* bytes of the text */
	enum md_style style;
};

struct md_text {
	struct str s;
	struct md_span *spans; /* in order of `from` */
	size_t nspans;
	long line;             /* of the first byte */
};

enum md_kind { MD_HEADING, MD_TEXT, MD_ROW, MD_FENCE, MD_HTML };

struct md_block {
	enum md_kind kind;
	int level;             /* MD_HEADING: 1 to 6 */
	int depth;             /* lists around it; 0: in none */
	bool starts_item;      /* MD_TEXT: the first text of its list item */
	bool quoted;           /* inside a block quotation */
	bool header;           /* MD_ROW */
	size_t table;          /* MD_ROW: which table, from 1 */
	struct md_text text;   /* MD_HEADING, MD_TEXT; MD_FENCE, MD_HTML: the literal text */
	struct md_text *cells; /* MD_ROW */
	size_t ncells;
	struct str info;       /* MD_FENCE: the info string */
	long line;
};

struct md_doc {
	struct arena mem;
	struct md_block *v;
	size_t n, cap;
	struct str front;      /* the front matter between its fences, empty when there is none */
	long front_line;
	long deep_line;        /* the first line that nests deeper than MAX_DEPTH; 0: none */
	long wide_line;        /* the first line with too many cells to be read as a row; 0: none */
};

void md_doc_read(struct md_doc *doc, struct str text);
void md_doc_release(struct md_doc *doc);
/* The line on which byte `at` of the text stands. */
long md_line(const struct md_text *t, size_t at);
/* The span of that style which starts at byte `at`, or NULL. */
const struct md_span *md_span_at(const struct md_text *t, size_t at, enum md_style style);
/* The span of that style around byte `at`, or NULL. */
const struct md_span *md_span_around(const struct md_text *t, size_t at, enum md_style style);

#endif
