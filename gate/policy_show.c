/*
 * policy_show.c -- `gate policy show`: the effective policy as YAML that can be read again,
 * each line with where its value came from, or as JSON.
 */
#include "gate/base/utf8.h"
#include "gate/input/tree.h"
#include "gate/policy_parts.h"
#include "gate/report/support/json_out.h"

#define COMMENT_COLUMN 44

struct writer {
	struct buf *out;
	struct buf line;
};

/* Plain in YAML as it is in people's policies: a word, a path, a pattern. */
static bool
is_plain_key(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && (i == 0 || strchr("-_./ ", s.p[i]) == NULL))
			return false;
	return s.n > 0 && s.p[s.n - 1] != ' ';
}

static bool
has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return true;
	return false;
}

static void
put_quoted(struct buf *out, struct str s)
{
	if (has_control(s)) { /* JSON's escapes are YAML's */
		struct buf b = BUF_INIT;

		json_write(&b, json_text(s), 0);
		buf_add(out, str_trim(buf_str(&b)));
		buf_release(&b);
		return;
	}
	buf_addc(out, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\'')
			buf_addc(out, '\'');
		buf_addc(out, s.p[i]);
	}
	buf_addc(out, '\'');
}

static void
put_scalar(struct buf *out, const struct node *n)
{
	if (n->kind == NODE_NULL)
		buf_addz(out, "null");
	else if (n->kind == NODE_STRING && (n->quoted || n->text.n == 0 || has_control(n->text)))
		put_quoted(out, n->text);
	else
		buf_add(out, n->text);
}

static bool
is_leaf(const struct node *n)
{
	return n->first == NULL;
}

static void
end_line(struct writer *w, const struct pos *from)
{
	size_t columns = utf8_width(buf_str(&w->line));

	buf_add(w->out, buf_str(&w->line));
	if (from) {
		buf_addn(w->out, ' ', columns < COMMENT_COLUMN ? COMMENT_COLUMN - columns : 2);
		buf_addz(w->out, "# ");
		policy_origin(w->out, from);
	}
	buf_addc(w->out, '\n');
	buf_reset(&w->line);
}

static void put_children(struct writer *w, const struct node *n, size_t indent);

/* What stands behind a key or a dash; the line so far is in w->line. */
static void
put_value(struct writer *w, const struct node *n, size_t indent)
{
	if (!is_leaf(n)) {
		end_line(w, NULL);
		put_children(w, n, indent + 2);
		return;
	}
	buf_addc(&w->line, ' ');
	if (n->kind == NODE_MAP || n->kind == NODE_LIST)
		buf_addz(&w->line, n->kind == NODE_MAP ? "{}" : "[]");
	else
		put_scalar(&w->line, n);
	end_line(w, &n->at);
}

static void
put_pair(struct writer *w, const struct node *n, size_t indent)
{
	if (is_plain_key(n->key))
		buf_add(&w->line, n->key);
	else
		put_quoted(&w->line, n->key);
	buf_addc(&w->line, ':');
	put_value(w, n, indent);
}

static void
put_children(struct writer *w, const struct node *n, size_t indent)
{
	for (const struct node *c = n->first; c; c = c->next) {
		buf_addn(&w->line, ' ', indent);
		if (n->kind == NODE_MAP) {
			put_pair(w, c, indent);
			continue;
		}
		buf_addc(&w->line, '-');
		if (c->kind != NODE_MAP || is_leaf(c)) {
			put_value(w, c, indent);
			continue;
		}
		buf_addc(&w->line, ' '); /* the first key stands behind the dash */
		put_pair(w, c->first, indent + 2);
		for (const struct node *k = c->first->next; k; k = k->next) {
			buf_addn(&w->line, ' ', indent + 2);
			put_pair(w, k, indent + 2);
		}
	}
}

void
policy_show_yaml(struct policy *p, struct buf *out)
{
	struct writer w = { .out = out, .line = BUF_INIT };

	buf_addf(out, "# the effective policy of %.*s\n", STR_FMT(p->path));
	put_children(&w, policy_effective(p), 0);
	policy_floor_yaml(p, out);
	buf_release(&w.line);
}

/* JSON Pointer, RFC 6901. */
static void
add_step(struct buf *path, struct str key)
{
	buf_addc(path, '/');
	for (size_t i = 0; i < key.n; i++) {
		if (key.p[i] == '~')
			buf_addz(path, "~0");
		else if (key.p[i] == '/')
			buf_addz(path, "~1");
		else
			buf_addc(path, key.p[i]);
	}
}

static json_t *
value_of(const struct node *n)
{
	switch (n->kind) {
	case NODE_NULL:
		return json_null();
	case NODE_BOOL:
		return json_boolean(n->integer);
	case NODE_INT:
		return json_integer(n->integer);
	case NODE_REAL:
		return json_real(n->real);
	default:
		return json_text(n->text);
	}
}

static json_t *
to_json(const struct node *n, struct buf *path, json_t *origins)
{
	json_t *o = n->kind == NODE_MAP ? json_object() : json_array();
	size_t before = path->n, i = 0;
	struct buf from = BUF_INIT;

	if (n->kind != NODE_MAP && n->kind != NODE_LIST) {
		json_decref(o);
		policy_origin(&from, &n->at);
		json_put_str(origins, buf_str(path), json_text(buf_str(&from)));
		buf_release(&from);
		return value_of(n);
	}
	for (const struct node *c = n->first; c; c = c->next, i++) {
		if (n->kind == NODE_MAP) {
			add_step(path, c->key);
			json_put_str(o, c->key, to_json(c, path, origins));
		} else {
			buf_addf(path, "/%zu", i);
			json_push(o, to_json(c, path, origins));
		}
		buf_cut(path, before);
	}
	return o;
}

void
policy_show_json(struct policy *p, struct buf *out)
{
	json_t *doc = json_object(), *origins = json_object();
	struct buf path = BUF_INIT;

	json_put(doc, "schema", json_string("regression-gate/policy@1"));
	json_put(doc, "path", json_text(p->path));
	json_put(doc, "sha256", json_string(p->sha256));
	json_put(doc, "policy", to_json(policy_effective(p), &path, origins));
	json_put(doc, "origins", origins);
	if (p->floor)
		policy_floor_json(p, doc);
	json_write(out, doc, 0);
	buf_addc(out, '\n');
	buf_release(&path);
}
