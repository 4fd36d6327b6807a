/*
 * tree_yaml.c -- YAML 1.1 through libyaml's event parser, https://yaml.org/spec/1.1/. One
 * document; anchors, aliases and tags are refused, since a register is read by people who
 * do not expect one line to mean another. No recursion: the open lists and maps are a stack.
 */
#include <yaml.h>

#include "gate/base/limits.h"
#include "gate/input/tree_build.h"

struct level {
	struct node *node, *last;
	bool have_key;
	struct str key;
	struct pos key_at;
};

#define MAX_UNQUOTED 50 /* values that are read as if they were quoted */

/* Values that YAML takes for something else, each patched in the text by a harmless letter. */
struct unquoted {
	size_t index; /* in characters, as libyaml counts */
	char was;
};

struct builder {
	struct diags *d;      /* NULL: the first error is the last */
	struct unquoted unquoted[MAX_UNQUOTED];
	size_t nunquoted;
	struct arena *mem;
	const char *file;
	struct str text;
	struct err *err;
	struct level stack[MAX_DEPTH + 1];
	int depth; /* open lists and maps */
	struct node *root;
	int documents;
};

static struct pos
place(const struct builder *b, yaml_mark_t m)
{
	return (struct pos){ b->file, (long)m.line + 1, (long)m.column + 1 };
}

/* The bytes at a mark; its index counts characters, so the line is looked up again. */
static struct str
text_at(const struct builder *b, yaml_mark_t m)
{
	struct str rest = b->text;
	size_t i = 0, chars = 0;

	str_skip(&rest, "\xef\xbb\xbf");
	for (; i < rest.n && chars < m.index; chars++)
		for (i++; i < rest.n && ((unsigned char)rest.p[i] & 0xc0) == 0x80;)
			i++;
	return str_from(rest, i);
}

static void
hint_for(struct builder *b, yaml_mark_t m)
{
	struct str rest = text_at(b, m);

	if (rest.n == 0)
		return;
	if (rest.p[0] == '\t')
		err_hint(b->err, "indent with blanks: YAML forbids tabs");
	else if (strchr("*&!%@`|>", rest.p[0]))
		err_hint(b->err, "quote a value that starts with '%c'", rest.p[0]);
}

static int
alias_error(struct builder *b, yaml_mark_t m)
{
	struct str word = text_at(b, m);
	size_t n = 0;

	while (n < word.n && n < 100 && !is_space(word.p[n]) && strchr(",]}", word.p[n]) == NULL)
		n++;
	err_set(b->err, place(b, m), "aliases are not read here: '%.*s'", (int)n,
		word.p ? word.p : "");
	return err_hint(b->err, "a pattern that starts with '*' must be quoted: \"%.*s\"", (int)n,
		word.p ? word.p : "");
}

static int
reader_error(struct builder *b, const yaml_parser_t *p)
{
	struct str before = str_to(b->text, p->problem_offset), line;
	struct pos at = { b->file, 0, 1 };

	for (; str_line(&before, &line); at.line++)
		at.col = (long)line.n + 1;
	at.line += at.line == 0;
	return err_set(b->err, at, "invalid YAML: %s", p->problem ? p->problem : "unreadable text");
}

static int
syntax_error(struct builder *b, const yaml_parser_t *p)
{
	if (p->error == YAML_MEMORY_ERROR)
		return err_set(b->err, place(b, p->mark), "out of memory");
	if (p->error == YAML_READER_ERROR)
		return reader_error(b, p);
	if (p->context && strstr(p->context, "scanning an alias"))
		return alias_error(b, p->context_mark);
	err_set(b->err, place(b, p->problem_mark), "invalid YAML: %s%s%s",
		p->problem ? p->problem : "syntax error", p->context ? " " : "",
		p->context ? p->context : "");
	hint_for(b, p->problem_mark);
	return -1;
}

/* Puts n where the document is now: as root, item, value, or it becomes the next key. */
static int
attach(struct builder *b, struct node *n)
{
	struct level *top;

	if (b->depth == 0) {
		b->root = n;
		return 0;
	}
	top = &b->stack[b->depth - 1];
	if (top->node->kind == NODE_MAP && !top->have_key) {
		if (n->kind == NODE_LIST || n->kind == NODE_MAP) {
			err_set(b->err, n->at, "a key must be text, not %s",
				node_kind_name(n->kind));
			return err_hint(b->err, "quote a value that starts with '[' or '{'");
		}
		top->have_key = true;
		top->key = n->text;
		top->key_at = n->at;
		return 0;
	}
	if (top->node->kind == NODE_MAP) {
		n->key = top->key;
		n->key_at = top->key_at;
		top->have_key = false;
	}
	tree_append(top->node, &top->last, n);
	return 0;
}

static int
no_extras(struct builder *b, const yaml_event_t *ev, const yaml_char_t *anchor,
	const yaml_char_t *tag)
{
	if (anchor == NULL && tag == NULL)
		return 0;
	err_set(b->err, place(b, ev->start_mark), "%s are not read here: '%c%s'",
		anchor ? "anchors" : "tags", anchor ? '&' : '!',
		(const char *)(anchor ? anchor : tag) + (!anchor && tag[0] == '!'));
	return err_hint(b->err, "quote a value that starts with '%c'", anchor ? '&' : '!');
}

static int
open_node(struct builder *b, const yaml_event_t *ev, enum node_kind kind)
{
	struct node *n = arena_new(b->mem, struct node);

	n->kind = kind;
	n->at = place(b, ev->start_mark);
	if (attach(b, n) < 0)
		return -1;
	if (b->depth >= MAX_DEPTH)
		return err_set(b->err, n->at, "nested deeper than %d", MAX_DEPTH);
	b->stack[b->depth++] = (struct level){ .node = n };
	return 0;
}

static int
close_node(struct builder *b)
{
	struct node *n = b->depth ? b->stack[--b->depth].node : NULL;

	if (n && n->kind == NODE_MAP && b->d) {
		tree_drop_doubles(n, b->d);
		return 0;
	}
	return n && n->kind == NODE_MAP ? tree_check_keys(n, b->err) : 0;
}

static int
scalar(struct builder *b, const yaml_event_t *ev)
{
	struct node *n = arena_new(b->mem, struct node);
	struct str text = str_n((const char *)ev->data.scalar.value, ev->data.scalar.length);

	n->at = place(b, ev->start_mark);
	n->text = arena_dup(b->mem, text);
	for (size_t i = 0; i < b->nunquoted; i++)
		if (b->unquoted[i].index == ev->start_mark.index && n->text.n)
			n->text = arena_printf(b->mem, "%c%.*s", b->unquoted[i].was,
				STR_FMT(str_from(text, 1)));
	if (str_chr(text, '\0') != STR_NPOS)
		return err_set(b->err, n->at, "a NUL character in a value");
	n->quoted = ev->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	n->kind = NODE_STRING;
	if (!n->quoted)
		tree_bare_scalar(n);
	return attach(b, n);
}

static int
event(struct builder *b, const yaml_event_t *ev)
{
	switch (ev->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (++b->documents > 1)
			return err_set(b->err, place(b, ev->start_mark),
				"a second document; one file holds one");
		return 0;
	case YAML_ALIAS_EVENT:
		return alias_error(b, ev->start_mark);
	case YAML_SCALAR_EVENT:
		return no_extras(b, ev, ev->data.scalar.anchor, ev->data.scalar.tag) < 0 ? -1 :
			scalar(b, ev);
	case YAML_SEQUENCE_START_EVENT:
		if (no_extras(b, ev, ev->data.sequence_start.anchor,
			ev->data.sequence_start.tag) < 0)
			return -1;
		return open_node(b, ev, NODE_LIST);
	case YAML_MAPPING_START_EVENT:
		if (no_extras(b, ev, ev->data.mapping_start.anchor, ev->data.mapping_start.tag) < 0)
			return -1;
		return open_node(b, ev, NODE_MAP);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return close_node(b);
	default:
		return 0;
	}
}

/* Where the parser stopped: at an alias, or at a character that can't start a value. */
static yaml_mark_t
stopped_at(const yaml_parser_t *p)
{
	return p->context && strstr(p->context, "scanning an alias") ? p->context_mark
								    : p->problem_mark;
}

static int
parse(struct builder *b, struct node **out, yaml_mark_t *stop)
{
	const char *file = b->file;
	struct str text = b->text;
	struct err *err = b->err;
	yaml_parser_t parser;
	bool end = false;
	int rc = 0;

	if (!yaml_parser_initialize(&parser))
		return err_set(err, (struct pos){ file, 0, 0 }, "out of memory");
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text.p, text.n);
	while (rc == 0 && !end) {
		yaml_event_t ev;

		if (!yaml_parser_parse(&parser, &ev)) {
			rc = syntax_error(b, &parser);
			*stop = stopped_at(&parser);
			break;
		}
		end = ev.type == YAML_STREAM_END_EVENT;
		rc = event(b, &ev);
		if (rc < 0)
			*stop = ev.start_mark;
		yaml_event_delete(&ev);
	}
	yaml_parser_delete(&parser);
	if (rc < 0)
		return -1;
	*out = b->root ? b->root : arena_new(b->mem, struct node);
	if (b->root == NULL)
		(*out)->at = (struct pos){ file, 1, 1 };
	return 0;
}

int
tree_parse_yaml(struct arena *mem, struct str text, const char *file, struct node **out,
	struct err *err)
{
	struct builder b = { .mem = mem, .file = file, .text = text, .err = err };
	yaml_mark_t stop;

	return parse(&b, out, &stop);
}

/* Puts a letter in place of the character that was meant to be quoted; false: it is none. */
static bool
patch(struct builder *b, yaml_mark_t stop)
{
	struct str at = text_at(b, stop);
	char *c = (char *)(uintptr_t)at.p; /* of the copy that tree_parse_yaml_all made */

	if (b->nunquoted >= MAX_UNQUOTED || at.n == 0 || strchr("*@`", *c) == NULL)
		return false;
	b->unquoted[b->nunquoted++] = (struct unquoted){ .index = stop.index, .was = *c };
	*c = 'x';
	return true;
}

int
tree_parse_yaml_all(struct arena *mem, struct str text, const char *file, struct node **out,
	struct diags *d)
{
	struct diags doubles = { 0 };
	struct builder b = { .mem = mem, .file = file, .text = arena_dup(mem, text) };
	int rc;

	for (bool again = true; again;) {
		struct err err = { 0 };
		yaml_mark_t stop = { 0 };

		diags_release(&doubles);
		b.d = &doubles;
		b.err = &err;
		b.depth = b.documents = 0;
		b.root = NULL;
		rc = parse(&b, out, &stop);
		if (rc < 0)
			diag_err(d, &err);
		again = rc < 0 && patch(&b, stop);
	}
	for (size_t i = 0; i < doubles.n; i++)
		diag_add(d, DIAG_ERROR, doubles.v[i].at, "%.*s", STR_FMT(doubles.v[i].text));
	diags_release(&doubles);
	return rc;
}
