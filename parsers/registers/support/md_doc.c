/*
 * md_doc.c -- CommonMark with GitHub's tables and strike-through, read by cmark-gfm
 * (https://github.github.com/gfm/). The autolink extension stays off: it is quadratic.
 *
 * cmark's iterator walks the tree, so nesting costs no stack. Front matter
 * (https://jekyllrb.com/docs/front-matter/) is taken off first, and lines still count from
 * the file's top.
 */
#include "parsers/registers/support/md_doc.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include "gate/base/buf.h"
#include "gate/base/mem.h"
#include "parsers/registers/support/md_tame.h"

struct walk {
	struct md_doc *doc;
	struct str text;
	size_t *line_at;       /* offset of line i + 1 */
	size_t nlines;
	long offset;           /* lines of front matter */
	int depth, quotes;
	bool fresh_item;
	/* the text that is being collected */
	struct buf buf;
	bool collecting;
	struct { struct md_span *v; size_t n, cap; } spans;
	int nested[2];         /* strong, emphasis */
	size_t opened[2];
	long text_line;
	/* the table */
	size_t table;
	long table_line;       /* of its header row; 0: not found */
	long row;
	struct { struct md_text *v; size_t n, cap; } cells;
};

static void
index_lines(struct walk *w)
{
	size_t n = 1;

	for (size_t i = 0; i < w->text.n; i++)
		n += w->text.p[i] == '\n';
	w->line_at = xmalloc(n * sizeof(*w->line_at));
	w->line_at[0] = 0;
	w->nlines = 1;
	for (size_t i = 0; i < w->text.n; i++)
		if (w->text.p[i] == '\n')
			w->line_at[w->nlines++] = i + 1;
}

static struct str
line_text(const struct walk *w, size_t line)
{
	size_t from = w->line_at[line - 1];
	size_t to = line < w->nlines ? w->line_at[line] - 1 : w->text.n;

	return str_trim(str_n(w->text.p + from, to - from));
}

static bool
is_delimiter_row(struct str s)
{
	bool dash = false, bar = false;

	for (size_t i = 0; i < s.n; i++) {
		dash |= s.p[i] == '-';
		bar |= s.p[i] == '|' || s.p[i] == ':';
		if (!strchr("-|: \t>", s.p[i]) || s.p[i] == '\0')
			return false;
	}
	return dash && bar;
}

/*
 * A table directly under a paragraph gets the paragraph's line from cmark: its rows are
 * counted from the row of dashes instead, which is always where the file says.
 */
static long
header_line(const struct walk *w, long start)
{
	for (long line = start; line >= 1 && line <= (long)w->nlines && line < start + 1000; line++)
		if (is_delimiter_row(line_text(w, (size_t)line)))
			return line - 1;
	return 0;
}

static void
begin_text(struct walk *w, long line)
{
	buf_reset(&w->buf);
	w->spans.n = 0;
	w->nested[0] = w->nested[1] = 0;
	w->collecting = true;
	w->text_line = line;
}

static int
by_from(const void *a, const void *b)
{
	const struct md_span *x = a, *y = b;

	return x->from != y->from ? (x->from < y->from ? -1 : 1) :
		(x->to < y->to) - (x->to > y->to);
}

static struct md_text
end_text(struct walk *w)
{
	struct md_text t = { .line = w->text_line, .nspans = w->spans.n };

	w->collecting = false;
	t.s = arena_dup(&w->doc->mem, buf_str(&w->buf));
	if (t.nspans) {
		size_t bytes = t.nspans * sizeof(*t.spans);

		qsort(w->spans.v, t.nspans, sizeof(*t.spans), by_from);
		t.spans = arena_alloc(&w->doc->mem, bytes);
		memcpy(t.spans, w->spans.v, bytes);
	}
	return t;
}

static void
add_span(struct walk *w, size_t from, enum md_style style)
{
	struct md_span *s = vec_push(&w->spans);

	s->from = from;
	s->to = w->buf.n;
	s->style = style;
}

static struct md_block *
add_block(struct walk *w, enum md_kind kind, long line)
{
	struct md_block *b = vec_push(w->doc);

	b->kind = kind;
	b->line = line;
	b->depth = w->depth;
	b->quoted = w->quotes > 0;
	return b;
}

static void
take_styled(struct walk *w, enum md_style style, bool entering)
{
	int i = style == MD_STRONG ? 0 : 1;

	if (entering) {
		if (w->nested[i]++ == 0)
			w->opened[i] = w->buf.n;
	} else if (--w->nested[i] == 0) {
		add_span(w, w->opened[i], style);
	}
}

static void
take_inline(struct walk *w, cmark_node *node, bool entering)
{
	cmark_node_type type = cmark_node_get_type(node);
	const char *literal = cmark_node_get_literal(node);
	size_t from = w->buf.n;

	if (type == CMARK_NODE_STRONG) {
		take_styled(w, MD_STRONG, entering);
	} else if (type == CMARK_NODE_EMPH) {
		take_styled(w, MD_EMPHASIS, entering);
	} else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
		buf_addc(&w->buf, '\n');
	} else if (type == CMARK_NODE_TEXT) {
		buf_addz(&w->buf, literal);
	} else if (type == CMARK_NODE_CODE) {
		buf_addz(&w->buf, literal);
		add_span(w, from, MD_CODE_SPAN);
	} else if (type == CMARK_NODE_HTML_INLINE) {
		if (str_istarts(str_of(literal), "<br"))
			buf_addc(&w->buf, ' ');
	} else if (strcmp(cmark_node_get_type_string(node), "strikethrough") == 0) {
		buf_addz(&w->buf, "~~");
	}
}

static void
take_literal(struct walk *w, cmark_node *node, enum md_kind kind, long line)
{
	struct md_block *b = add_block(w, kind, line);

	b->text.s = arena_dup(&w->doc->mem, str_of(cmark_node_get_literal(node)));
	b->text.line = line;
	if (kind == MD_FENCE) {
		const char *info = cmark_node_get_fence_info(node);

		b->info = arena_dup(&w->doc->mem, str_of(info));
		b->text.line = line + 1;
	}
}

static void
take_text(struct walk *w, cmark_node *node, enum md_kind kind, bool entering, long line)
{
	struct md_block *b;

	if (entering) {
		begin_text(w, line);
		return;
	}
	b = add_block(w, kind, w->text_line);
	b->text = end_text(w);
	if (kind == MD_HEADING) {
		b->level = cmark_node_get_heading_level(node);
	} else {
		b->starts_item = w->fresh_item;
		w->fresh_item = false;
	}
}

static long
row_line(const struct walk *w, long cmark_says)
{
	if (w->table_line == 0)
		return cmark_says;
	return w->offset + w->table_line + (w->row == 0 ? 0 : w->row + 1);
}

static void
end_row(struct walk *w, cmark_node *node, long line)
{
	struct md_block *b = add_block(w, MD_ROW, row_line(w, line));

	b->table = w->table;
	b->header = cmark_gfm_extensions_get_table_row_is_header(node) != 0;
	b->ncells = w->cells.n;
	if (b->ncells) {
		b->cells = arena_alloc(&w->doc->mem, b->ncells * sizeof(*b->cells));
		memcpy(b->cells, w->cells.v, b->ncells * sizeof(*b->cells));
	}
	w->row++;
}

/* Tables and their parts have no type of their own in cmark's public header, only a name. */
static bool
take_table(struct walk *w, cmark_node *node, bool entering, long line)
{
	const char *type = cmark_node_get_type_string(node);

	if (strcmp(type, "table") == 0) {
		if (entering) {
			w->table++;
			w->row = 0;
			w->table_line = header_line(w, line - w->offset);
		}
	} else if (strcmp(type, "table_row") == 0 || strcmp(type, "table_header") == 0) {
		if (entering)
			w->cells.n = 0;
		else
			end_row(w, node, line);
	} else if (strcmp(type, "table_cell") == 0) {
		if (entering)
			begin_text(w, row_line(w, line));
		else
			*vec_push(&w->cells) = end_text(w);
	} else {
		return false;
	}
	return true;
}

static void
take_node(struct walk *w, cmark_node *node, bool entering)
{
	long line = cmark_node_get_start_line(node) + w->offset;

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_DOCUMENT:
	case CMARK_NODE_LIST:
	case CMARK_NODE_THEMATIC_BREAK:
		return;
	case CMARK_NODE_ITEM:
		w->depth += entering ? 1 : -1;
		w->fresh_item = entering;
		return;
	case CMARK_NODE_BLOCK_QUOTE:
		w->quotes += entering ? 1 : -1;
		return;
	case CMARK_NODE_HEADING:
		take_text(w, node, MD_HEADING, entering, line);
		return;
	case CMARK_NODE_PARAGRAPH:
		take_text(w, node, MD_TEXT, entering, line);
		return;
	case CMARK_NODE_CODE_BLOCK:
		take_literal(w, node, MD_FENCE, line);
		return;
	case CMARK_NODE_HTML_BLOCK:
		take_literal(w, node, MD_HTML, line);
		return;
	default:
		break;
	}
	if (!take_table(w, node, entering, line) && w->collecting)
		take_inline(w, node, entering);
}

static cmark_node *
parse(struct str text)
{
	/* cmark's own allocator aborts. */
	static cmark_mem memory = { xcalloc, xrealloc, free };
	static const char *const extensions[] = { "table", "strikethrough" };
	cmark_parser *parser;
	cmark_node *root;

	cmark_gfm_core_extensions_ensure_registered();
	parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &memory);
	for (size_t i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++) {
		cmark_syntax_extension *e = cmark_find_syntax_extension(extensions[i]);

		if (e)
			cmark_parser_attach_syntax_extension(parser, e);
	}
	md_feed(parser, text);
	root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

void
md_doc_read(struct md_doc *doc, struct str text)
{
	struct walk w = { .doc = doc };
	cmark_event_type ev;
	cmark_node *root;
	cmark_iter *iter;

	doc->front = STR_NONE;
	w.text = md_skip_front_matter(doc, text, &w.offset);
	if (w.offset == 0)
		doc->front = STR_NONE;
	w.text = md_tamed(doc, w.text, w.offset);
	index_lines(&w);
	root = parse(w.text);
	iter = cmark_iter_new(root);
	while ((ev = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
		take_node(&w, cmark_iter_get_node(iter), ev == CMARK_EVENT_ENTER);
	cmark_iter_free(iter);
	cmark_node_free(root);
	vec_release(&w.spans);
	vec_release(&w.cells);
	buf_release(&w.buf);
	free(w.line_at);
}

void
md_doc_release(struct md_doc *doc)
{
	free(doc->v);
	arena_release(&doc->mem);
	*doc = (struct md_doc){ .v = NULL };
}

long
md_line(const struct md_text *t, size_t at)
{
	long line = t->line;

	for (size_t i = 0; i < at && i < t->s.n; i++)
		line += t->s.p[i] == '\n';
	return line;
}

const struct md_span *
md_span_at(const struct md_text *t, size_t at, enum md_style style)
{
	const struct md_span *s = md_span_around(t, at, style);

	return s && s->from == at ? s : NULL;
}

const struct md_span *
md_span_around(const struct md_text *t, size_t at, enum md_style style)
{
	size_t lo = 0, hi = t->nspans;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (t->spans[mid].from <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	/* The spans inside the one that is looked for stand between it and `at`. */
	for (size_t i = lo; i > 0 && i + 64 > lo; i--)
		if (t->spans[i - 1].style == style && t->spans[i - 1].to > at)
			return &t->spans[i - 1];
	return NULL;
}
