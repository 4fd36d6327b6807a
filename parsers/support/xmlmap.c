/*
 * xmlmap.c -- XML that a description explains: elements in, frames of fields out; see
 * xmlmap.h. What a closed frame becomes is said in xmlmap_send.c.
 */
#include "parsers/support/xmlmap_parts.h"

#include <stdio.h>

/* ---- frames ---- */

static struct xml_frame *
push_frame(struct xml_reader *r, struct xml_def *d)
{
	struct xml_frame *f = r->spare;

	if (f)
		r->spare = f->outer;
	else
		f = xcalloc(1, sizeof(*f));
	f->def = d;
	f->depth = xml_depth(r->x);
	f->at = xml_line(r->x);
	for (int i = 0; i < d->nslots; i++) {
		f->state[i] = SLOT_NONE;
		kept_reset(&f->slot[i]);
	}
	f->place_rank = MAX_DEFS;
	f->place_line = f->place_end = f->place_column = 0;
	buf_reset(&f->place_file);
	buf_reset(&f->props);
	f->nprops = 0;
	f->sent = false;
	f->bad_before = r->bad;
	f->outer = r->top;
	r->top = f;
	return f;
}

static void
pop_frame(struct xml_reader *r)
{
	struct xml_frame *f = r->top;

	r->top = f->outer;
	f->outer = r->spare;
	r->spare = f;
}

static void
free_frames(struct xml_frame *f)
{
	while (f) {
		struct xml_frame *outer = f->outer;

		for (int i = 0; i < MAX_SLOTS; i++)
			kept_release(&f->slot[i]);
		buf_release(&f->place_file);
		buf_release(&f->props);
		free(f);
		f = outer;
	}
}

/* ---- which element is what ---- */

static bool
attr_is(const struct xml_attr *a, size_t n, int name, struct str is)
{
	for (size_t i = 0; i < n; i++)
		if (a[i].name == name)
			return str_ieq(str_trim(a[i].value), is);
	return false;
}

static bool
fits(const struct xml_reader *r, const struct xml_def *d, const struct xml_attr *a, size_t n)
{
	int depth = xml_depth(r->x);

	for (const struct xml_part *p = d->part; p; p = p->outer, depth--) {
		if (depth < 1 || !xml_part_has(p, r->path[depth]))
			return false;
		/* Attributes of those around it are no longer known. */
		if (p->key != XML_UNKNOWN && (p != d->part || !attr_is(a, n, p->key, p->is)))
			return false;
	}
	return !d->root || depth == 0;
}

/* Inside of a test or an issue, only its parts are looked for. */
static bool
may_open(const struct xml_reader *r, const struct xml_def *d)
{
	bool part = d->r && (d->r->kind == XML_PLACE || d->r->kind == XML_PROP);
	enum xml_kind in = r->top && r->top->def->r ? r->top->def->r->kind : XML_END;

	if (part)
		return in == XML_TEST || in == XML_ISSUE;
	if (in == XML_PLACE || in == XML_PROP)
		return false;
	return d->r || (in != XML_TEST && in != XML_ISSUE);
}

static struct xml_def *
find_def(const struct xml_reader *r, int name, const struct xml_attr *a, size_t n)
{
	if (name < 0 || !r->c->is_last[name])
		return NULL;
	for (int i = 0; i < r->c->ndefs; i++)
		if (may_open(r, r->c->def[i]) && fits(r, r->c->def[i], a, n))
			return r->c->def[i];
	return NULL;
}

static const struct xml_step *
find_step(const struct xml_step *s, int name, const struct xml_attr *a, size_t n)
{
	if (s == NULL || name < 0)
		return NULL;
	for (s = s->first; s; s = s->next)
		if (s->name == name && (s->key == XML_UNKNOWN || attr_is(a, n, s->key, s->is)))
			return s;
	return NULL;
}

/* ---- events ---- */

static void
take_attrs(struct xml_frame *f, const struct xml_step *s, const struct xml_attr *a, size_t n)
{
	for (const struct xml_want *w = s->attrs; w; w = w->next) {
		for (size_t i = 0; i < n && f->state[w->slot] == SLOT_NONE; i++) {
			if (a[i].name != w->name || str_trim(a[i].value).n == 0)
				continue;
			kept_add(&f->slot[w->slot], a[i].value);
			f->state[w->slot] = SLOT_DONE;
		}
	}
}

static void
wrong_root(struct xml_reader *r)
{
	r->out->problem(r->out->ctx, PROBLEM_NOT_RECOGNISED, xml_line(r->x),
		STR("XML, but its root element is not that of this format"));
	xml_stop(r->x);
}

static bool
is_root(const struct xml_reader *r, int name)
{
	for (const char *const *z = r->c->roots; name >= 0 && *z; z++)
		if (strcmp(*z, r->c->names[name]) == 0)
			return true;
	return false;
}

static void
on_open(void *ctx, struct xml *x, int name, const struct xml_attr *a, size_t n)
{
	struct xml_reader *r = ctx;
	int depth = xml_depth(x);
	struct xml_def *d;
	const struct xml_step *s;

	r->x = x;
	r->path[depth] = name;
	if (depth == 1 && !is_root(r, name)) {
		wrong_root(r);
		return;
	}
	d = find_def(r, name, a, n);
	s = d ? &d->top : r->top ? find_step(r->step[depth - 1], name, a, n) : NULL;
	r->step[depth] = s;
	if (r->c->map->missed)
		xml_watch_open(r, name, d && d->r);
	if (d)
		push_frame(r, d);
	if (s == NULL)
		return;
	take_attrs(r->top, s, a, n);
	if (s->text >= 0 && r->top->state[s->text] == SLOT_NONE)
		r->top->state[s->text] = SLOT_OPEN;
	if (d && d->r)
		xml_send_early(r, r->top);
}

static void
on_text(void *ctx, struct xml *x, struct str text)
{
	struct xml_reader *r = ctx;
	const struct xml_step *s = r->step[xml_depth(x)];

	if (r->top && s && s->text >= 0 && r->top->state[s->text] == SLOT_OPEN)
		kept_add(&r->top->slot[s->text], text);
}

static void
on_close(void *ctx, struct xml *x, int name)
{
	struct xml_reader *r = ctx;
	struct xml_frame *f = r->top;
	const struct xml_step *s = r->step[xml_depth(x)];

	(void)name;
	if (f == NULL)
		return;
	if (s && s->text >= 0 && f->state[s->text] == SLOT_OPEN) {
		/* An empty one is none: the next may have a text. */
		bool empty = str_trim(kept_str(&f->slot[s->text])).n == 0;

		f->state[s->text] = empty ? SLOT_NONE : SLOT_DONE;
		if (empty)
			kept_reset(&f->slot[s->text]);
	}
	if (f->depth != xml_depth(x))
		return;
	if (xml_send(r, f, true) < 0)
		xml_stop(x);
	pop_frame(r);
}

/* What is open will not be closed. What began to fail has failed; a pass is not yet one. */
static void
on_broken(void *ctx, struct xml *x)
{
	struct xml_reader *r = ctx;

	r->x = x;
	while (r->top) {
		if (xml_send(r, r->top, false) < 0)
			xml_stop(x);
		pop_frame(r);
	}
}

int
xml_map_read(struct source *in, const struct sink *out, const struct xml_map *map)
{
	const char *why;
	struct xml_compiled *c = xml_compile(map, &why);
	struct xml_reader *r;
	struct xml_format format = { .open = on_open, .close = on_close, .text = on_text,
		.broken = on_broken };
	int rc;

	if (c == NULL) {
		out->problem(out->ctx, PROBLEM_NOT_RECOGNISED, 0, str_of(why));
		return -1;
	}
	r = xcalloc(1, sizeof(*r));
	r->c = c;
	r->out = out;
	format.names = c->names;
	format.roots = c->roots;
	rc = xml_read(in, out, &format, r);
	if (xml_join_end(r) < 0)
		rc = -1;
	out->elements(out->ctx, r->failures, r->errors);
	if (rc == 0 && map->missed)
		rc = xml_missed(r);
	else if (rc == 0 && c->looks && !r->looked && !r->any)
		out->problem(out->ctx, PROBLEM_NOTHING_RAN, 0, str_of(map->nothing));
	free_frames(r->top);
	free_frames(r->spare);
	buf_release(&r->scratch);
	buf_release(&r->room);
	for (int i = 0; i < F_COUNT; i++)
		buf_release(&r->made[i]);
	xml_held_free(r->held);
	free(r);
	xml_compiled_free(c);
	return rc;
}

/* ---- sniffing ---- */

static bool
has_mark(struct str head, struct str mark)
{
	struct str rest;

	do {
		str_cut(&mark, "|", &rest);
		if (str_find(head, mark) != STR_NPOS)
			return true;
		mark = rest;
	} while (rest.n);
	return false;
}

int
xml_map_sniff(struct str head, const struct xml_map *map)
{
	struct str root = xml_root(head, NULL), names = str_of(map->roots), rest;
	struct str marks = str_of(map->marks);
	bool mine = false;

	if (root.n == 0)
		return 0;
	do {
		str_cut(&names, "|", &rest);
		mine = mine || str_eq(root, names);
		names = rest;
	} while (rest.n);
	while (mine && marks.n) {
		str_cut(&marks, "&", &rest);
		mine = has_mark(head, marks);
		marks = rest;
	}
	return mine ? 90 : 0;
}
