/* register_edit.c -- see register_edit.h. */
#include "gate/register_edit.h"

#include "gate/input/tree.h"

#define BOM "\xef\xbb\xbf" /* stays where it is; readers of trees see what is behind it */

struct edit {
	struct str text;
	size_t at;         /* where to insert */
	size_t from, to;   /* what goes, before that */
	struct buf insert;
	const char *eol;
};

/* Lines count from 1, columns in characters from 1, as readers of trees say. */
static size_t
offset_of(struct str text, struct pos at)
{
	size_t i = 0;
	long line = 1, col = 1;

	for (; line < at.line && i < text.n; i++)
		line += text.p[i] == '\n';
	for (; col < at.col && i < text.n && text.p[i] != '\n'; col++)
		for (i++; i < text.n && ((unsigned char)text.p[i] & 0xc0) == 0x80;)
			i++;
	return i;
}

static size_t
line_start(struct str text, size_t at)
{
	while (at > 0 && text.p[at - 1] != '\n')
		at--;
	return at;
}

/* Behind the newline, or the end. */
static size_t
line_end(struct str text, size_t at)
{
	while (at < text.n && text.p[at] != '\n')
		at++;
	return at < text.n ? at + 1 : at;
}

static struct str
indent_of(struct str text, size_t start)
{
	size_t n = start;

	while (n < text.n && (text.p[n] == ' ' || text.p[n] == '\t'))
		n++;
	return str_n(text.p + start, n - start);
}

/* A line of its own is one only behind the end of another. */
static void
end_last_line(struct edit *e)
{
	if (e->at > 0 && e->text.p[e->at - 1] != '\n')
		buf_addz(&e->insert, e->eol);
}

/* A block item under `indent`, behind a whole line. */
static void
add_block(struct edit *e, const struct addition *a, struct str indent)
{
	struct str rest = a->lines, line;
	bool first = true;

	while (str_line(&rest, &line)) {
		buf_add(&e->insert, indent);
		if (!a->pair)
			buf_addz(&e->insert, first ? "- " : "  ");
		buf_add(&e->insert, line);
		buf_addz(&e->insert, e->eol);
		first = false;
	}
}

/* Behind the last line of the block whose last child starts at `child`. */
static size_t
block_end(struct str text, size_t child)
{
	size_t start = line_start(text, child), depth = indent_of(text, start).n;
	size_t end = line_end(text, start);

	for (size_t i = end; i < text.n; i = line_end(text, i)) {
		size_t in = indent_of(text, i).n;
		char c = i + in < text.n ? text.p[i + in] : '\n';

		if (c == '\n' || c == '\r')
			continue;
		if (in > depth)
			end = line_end(text, i);
		else if (c != '#')
			break;
	}
	return end;
}

/* The bracket that closes the one at `open`, or text.n. */
static size_t
closing(struct str text, size_t open)
{
	size_t depth = 0;

	for (size_t i = open; i < text.n; i++) {
		char c = text.p[i];

		if (c == '"' || (c == '\'' && !is_alnum(text.p[i - 1]))) {
			for (i++; i < text.n && text.p[i] != c; i++)
				i += c == '"' && text.p[i] == '\\';
		} else if (c == '#' && is_space(text.p[i - 1])) {
			i = line_end(text, i) - 1;
		} else if (c == '[' || c == '{') {
			depth++;
		} else if ((c == ']' || c == '}') && --depth == 0) {
			return i;
		}
	}
	return text.n;
}

/* Before the closing bracket, like the item before it: on its line or on one of its own. */
static void
add_flow(struct edit *e, struct str item, size_t open)
{
	size_t close = closing(e->text, open), last = close;
	struct str indent;

	while (last > 0 && is_space(e->text.p[last - 1]))
		last--;
	e->at = last;
	if (last > 0 && strchr("[{,", e->text.p[last - 1]) == NULL)
		buf_addc(&e->insert, ',');
	indent = indent_of(e->text, line_start(e->text, last ? last - 1 : 0));
	if (last != close && line_start(e->text, last) != line_start(e->text, close)) {
		buf_addz(&e->insert, e->eol);
		buf_add(&e->insert, indent);
	} else if (e->insert.n) {
		buf_addc(&e->insert, ' ');
	}
	buf_add(&e->insert, item);
}

static void
add_key(struct edit *e, const struct addition *a)
{
	struct str start = str_trim(e->text);
	struct buf item = BUF_INIT;
	size_t open;

	open = start.n ? (size_t)(start.p - e->text.p) : 0;
	if (start.n && start.p[0] == '{') {
		buf_addf(&item, "\"%s\": %c%.*s%c", a->key, a->pair ? '{' : '[', STR_FMT(a->flow),
			a->pair ? '}' : ']');
		add_flow(e, buf_str(&item), open);
		buf_release(&item);
		return;
	}
	e->at = e->text.n;
	end_last_line(e);
	buf_addf(&e->insert, "%s:%s", a->key, e->eol);
	add_block(e, a, STR("  "));
}

static void
add_to(struct edit *e, const struct addition *a, const struct node *n)
{
	size_t open = offset_of(e->text, n->at), key = offset_of(e->text, n->key_at);
	const struct node *last = n->first;
	bool flow = open < e->text.n && strchr("[{", e->text.p[open]) != NULL;
	bool json = str_starts(str_trim(e->text), "{");

	while (last && last->next)
		last = last->next;
	if (last == NULL && !json) { /* `findings:` or `findings: []` */
		e->at = line_end(e->text, key);
		if (flow) { /* what stands behind it on its line stays there */
			e->to = closing(e->text, open);
			e->to += e->to < e->text.n;
			e->at = line_end(e->text, e->to);
			for (e->from = open; e->from > 0 && e->text.p[e->from - 1] == ' ';)
				e->from--;
		}
		end_last_line(e);
		add_block(e, a, STR("  "));
	} else if (flow) {
		add_flow(e, a->flow, open);
	} else if (last) {
		size_t child = offset_of(e->text, last->key.n ? last->key_at : last->at);

		e->at = block_end(e->text, child);
		end_last_line(e);
		add_block(e, a, indent_of(e->text, line_start(e->text, child)));
	}
}

/* Depth is bounded by the readers of trees. */
static bool
same_tree(const struct node *a, const struct node *b)
{
	const struct node *x = a->first, *y = b->first;

	if (a->kind != b->kind || !str_eq(a->text, b->text) || !str_eq(a->key, b->key) ||
	    a->count != b->count)
		return false;
	for (; x && y; x = x->next, y = y->next)
		if (!same_tree(x, y))
			return false;
	return x == NULL && y == NULL;
}

/* `now` is `was` and one more child. */
static const struct node *
one_more(const struct node *was, const struct node *now)
{
	const struct node *x = was ? was->first : NULL, *y = now->first;

	for (; x && y; x = x->next, y = y->next)
		if (!same_tree(x, y))
			return NULL;
	return x == NULL && y && y->next == NULL ? y : NULL;
}

/* The new child; NULL when anything else changed too. */
static const struct node *
prove(const struct node *was, const struct node *now, const char *key)
{
	const struct node *added = NULL;
	size_t more = node_get(was, key) == NULL;

	if (now->kind != NODE_MAP || now->count != was->count + more)
		return NULL;
	for (const struct node *n = now->first; n; n = n->next) {
		const struct node *old = was->first;

		while (old && !str_eq(old->key, n->key))
			old = old->next;
		if (str_eqz(n->key, key))
			added = one_more(old, n);
		else if (old == NULL || !same_tree(old, n))
			return NULL;
	}
	return added;
}

static void
put_together(const struct edit *e, struct buf *out)
{
	buf_add(out, str_to(e->text, e->from));
	buf_add(out, str_n(e->text.p + e->to, e->at - e->to));
	buf_add(out, buf_str(&e->insert));
	buf_add(out, str_from(e->text, e->at));
}

int
register_append(struct str text, const char *file, const struct addition *a, struct buf *out,
	long *line, struct err *err)
{
	struct edit e = { .eol = str_has(text, "\r\n") ? "\r\n" : "\n" };
	size_t start = str_skip(&text, BOM) ? sizeof(BOM) - 1 : 0;
	struct node *was = NULL, *now = NULL, *n;
	const struct node *added = NULL;
	struct pos at = { .file = file };
	struct arena mem = { 0 };
	struct err again = { 0 };
	int rc = -1;

	e.text = text;
	if (tree_parse(&mem, text, file, &was, err) < 0)
		goto out;
	if (was->kind != NODE_MAP) {
		err_set(err, was->at, "this is no structured register");
		goto out;
	}
	n = node_get(was, a->key);
	if (n)
		add_to(&e, a, n);
	else
		add_key(&e, a);
	if (start)
		buf_addz(out, BOM);
	put_together(&e, out);
	if (tree_parse(&mem, str_from(buf_str(out), start), file, &now, &again) == 0)
		added = prove(was, now, a->key);
	if (added) {
		*line = added->key.n ? added->key_at.line : added->at.line;
		rc = 0;
	} else {
		err_set(err, n ? n->key_at : at, "`%s` is written in a way that can't be added to "
			"safely", a->key);
		err_hint(err, "add it by hand, or write `%s` as a block, one item below the other",
			a->key);
	}
out:
	buf_release(&e.insert);
	arena_release(&mem);
	return rc;
}
