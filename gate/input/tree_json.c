/*
 * tree_json.c -- JSON, RFC 8259. jansson decides what is valid (and refuses NULs, bad UTF-8
 * and huge numbers); then a small walker reads the same text again, since jansson does not
 * tell where a value stood. The walker may therefore trust the grammar.
 */
#include <jansson.h>

#include "gate/base/buf.h"
#include "gate/base/limits.h"
#include "gate/base/num.h"
#include "gate/base/utf8.h"
#include "gate/input/tree_build.h"

struct walker {
	struct arena *mem;
	const char *p, *end;
	struct pos at; /* of *p; columns count characters */
	struct err *err;
	struct buf scratch;
};

static void
advance(struct walker *w, size_t n)
{
	for (; n && w->p < w->end; n--, w->p++) {
		if (*w->p == '\n') {
			w->at.line++;
			w->at.col = 1;
		} else if (((unsigned char)*w->p & 0xc0) != 0x80) {
			w->at.col++;
		}
	}
}

static void
skip_blanks(struct walker *w)
{
	while (w->p < w->end && is_space(*w->p))
		advance(w, 1);
}

/* The next character that is not blank, taken, if it is c. */
static bool
take_mark(struct walker *w, char c)
{
	skip_blanks(w);
	if (w->p == w->end || *w->p != c)
		return false;
	advance(w, 1);
	return true;
}

static uint32_t
hex4(const char *p)
{
	uint32_t v = 0;

	for (int i = 0; i < 4; i++) {
		char c = to_lower(p[i]);

		v = v << 4 | (uint32_t)(is_digit(c) ? c - '0' : c - 'a' + 10);
	}
	return v;
}

/* The escape at p (behind the backslash); returns how many bytes it has. */
static size_t
unescape(const char *p, const char *end, struct buf *out)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *at = *p ? strchr(from, *p) : NULL;
	uint32_t high, low;

	if (*p != 'u' || end - p < 5) {
		buf_addc(out, at ? to[at - from] : *p);
		return 1;
	}
	high = hex4(p + 1);
	if (high < 0xd800 || high > 0xdbff || end - p < 11) {
		utf8_put(out, high);
		return 5;
	}
	low = hex4(p + 7);
	utf8_put(out, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
	return 11;
}

static struct str
take_string(struct walker *w)
{
	const char *p;

	advance(w, 1);
	buf_reset(&w->scratch);
	for (p = w->p; p < w->end && *p != '"';) {
		if (*p == '\\' && p + 1 < w->end) {
			p += 1 + unescape(p + 1, w->end, &w->scratch);
		} else {
			buf_addc(&w->scratch, *p++);
		}
	}
	advance(w, (size_t)(p - w->p) + 1);
	return arena_dup(w->mem, buf_str(&w->scratch));
}

static int take_value(struct walker *w, int depth, struct node *n);

static int
take_children(struct walker *w, int depth, struct node *parent)
{
	char close = *w->p == '{' ? '}' : ']';
	struct node *last = NULL;

	parent->kind = close == '}' ? NODE_MAP : NODE_LIST;
	advance(w, 1);
	while (!take_mark(w, close)) {
		struct node *n = arena_new(w->mem, struct node);

		take_mark(w, ',');
		skip_blanks(w);
		if (w->p == w->end)
			return err_set(w->err, w->at, "cut off inside %s",
				node_kind_name(parent->kind));
		if (parent->kind == NODE_MAP) {
			n->key_at = w->at;
			n->key = take_string(w);
			take_mark(w, ':');
			skip_blanks(w);
		}
		if (take_value(w, depth + 1, n) < 0)
			return -1;
		tree_append(parent, &last, n);
	}
	return parent->kind == NODE_MAP ? tree_check_keys(parent, w->err) : 0;
}

static int
take_value(struct walker *w, int depth, struct node *n)
{
	size_t len = 0;

	n->at = w->at;
	if (depth > MAX_DEPTH)
		return err_set(w->err, w->at, "nested deeper than %d", MAX_DEPTH);
	if (w->p < w->end && (*w->p == '{' || *w->p == '['))
		return take_children(w, depth, n);
	if (w->p < w->end && *w->p == '"') {
		n->kind = NODE_STRING;
		n->quoted = true;
		n->text = take_string(w);
		return 0;
	}
	while (w->p + len < w->end && (is_alnum(w->p[len]) || w->p[len] == '+' ||
		w->p[len] == '-' || w->p[len] == '.'))
		len++;
	n->text = arena_dup(w->mem, str_n(w->p, len));
	tree_bare_scalar(n);
	advance(w, len);
	return 0;
}

static int
validate(struct str text, const char *file, struct err *err)
{
	json_error_t why;
	json_t *root = json_loadb(text.p, text.n, 0, &why);

	if (root == NULL)
		return err_set(err, (struct pos){ file, why.line > 0 ? why.line : 1,
			why.column > 0 ? why.column : 1 }, "invalid JSON: %s", why.text);
	json_decref(root);
	return 0;
}

int
tree_parse_json(struct arena *mem, struct str text, const char *file, struct node **out,
	struct err *err)
{
	struct walker w = { .mem = mem, .p = text.p, .end = text.p + text.n, .err = err,
		.at = { file, 1, 1 } };
	int rc;

	if (validate(text, file, err) < 0)
		return -1;
	skip_blanks(&w);
	*out = arena_new(mem, struct node);
	rc = take_value(&w, 0, *out);
	buf_release(&w.scratch);
	return rc;
}
