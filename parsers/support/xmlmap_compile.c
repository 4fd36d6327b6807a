/*
 * xmlmap_compile.c -- a description becomes names, patterns and trees of steps; see xmlmap.h.
 */
#include <stdio.h>

#include "parsers/support/xmlmap_parts.h"

static const struct { const char *name; size_t at; } fields[F_COUNT] = {
#define FIELD(index, member) [index] = { #member, offsetof(struct xml_record, member) }
	FIELD(F_NAME, name), FIELD(F_VALUE, value), FIELD(F_MESSAGE, message),
	FIELD(F_TEXT, text), FIELD(F_FILE, file), FIELD(F_LINE, line), FIELD(F_SUITE, suite),
	FIELD(F_CLASS, class), FIELD(F_ID, id), FIELD(F_TYPE, type), FIELD(F_SECONDS, seconds),
	FIELD(F_MILLISECONDS, milliseconds), FIELD(F_OUTCOME, outcome), FIELD(F_RULE, rule),
	FIELD(F_SEVERITY, severity), FIELD(F_SCORE, score), FIELD(F_END_LINE, end_line),
	FIELD(F_COLUMN, column), FIELD(F_FINGERPRINT, fingerprint), FIELD(F_TOOL, tool),
	FIELD(F_VERSION, version),
	FIELD(F_TESTS, tests), FIELD(F_FAILURES, failures), FIELD(F_ERRORS, errors),
	FIELD(F_SKIPPED, skipped), FIELD(F_JOIN, join),
#undef FIELD
};

static void
wrong(struct xml_compiled *c, const char *why)
{
	if (c->why)
		return;
	c->why = why;
	c->why_record = c->now;
	c->why_field = c->now_field;
}

const char *
xml_field_name(enum xml_field field)
{
	return fields[field].name;
}

static int
name_of(struct xml_compiled *c, struct str s)
{
	if (s.n == 0) {
		wrong(c, "a name is missing");
		return XML_UNKNOWN;
	}
	for (int i = 0; i < c->nnames; i++)
		if (str_eqz(s, c->names[i]))
			return i;
	if (c->nnames == XML_NAMES) {
		wrong(c, "too many names");
		return XML_UNKNOWN;
	}
	c->names[c->nnames] = arena_z(&c->mem, s);
	return c->nnames++;
}

/* Takes "[@key=value]" from the end of *s. */
static int
take_key(struct xml_compiled *c, struct str *s, struct str *is)
{
	struct str rest, value;

	*is = STR_NONE;
	if (!str_cut(s, "[", &rest))
		return XML_UNKNOWN;
	if (!str_skip(&rest, "@") || !str_cut(&rest, "=", &value) || !str_ends(value, "]")) {
		wrong(c, "a condition is not [@name=value]");
		return XML_UNKNOWN;
	}
	*is = arena_dup(&c->mem, str_to(value, value.n - 1));
	return name_of(c, rest);
}

/* Where the next part of a path ends: a '/' outside of brackets. */
static size_t
part_end(struct str s)
{
	bool inside = false;

	for (size_t i = 0; i < s.n; i++) {
		inside = (inside || s.p[i] == '[') && s.p[i] != ']';
		if (s.p[i] == '/' && !inside)
			return i;
	}
	return s.n;
}

/* ---- patterns ---- */

static struct xml_part *
new_part(struct xml_compiled *c, struct str s, struct xml_part *outer)
{
	struct xml_part *p = arena_new(&c->mem, struct xml_part);
	struct str rest;

	p->outer = outer;
	p->key = take_key(c, &s, &p->is);
	str_cut(&s, "|", &rest);
	p->any.name = name_of(c, s);
	while (rest.n) {
		struct xml_part_or *o = arena_new(&c->mem, struct xml_part_or);

		s = rest;
		str_cut(&s, "|", &rest);
		o->name = name_of(c, s);
		o->next = p->any.more;
		p->any.more = o;
	}
	return p;
}

bool
xml_part_has(const struct xml_part *p, int name)
{
	if (p->any.name == name)
		return true;
	for (const struct xml_part_or *o = p->any.more; o; o = o->next)
		if (o->name == name)
			return true;
	return false;
}

static struct xml_def *
new_def(struct xml_compiled *c, struct str pattern, const struct xml_record *r)
{
	struct xml_def *d;

	if (c->ndefs == MAX_DEFS) {
		wrong(c, "too many records");
		return NULL;
	}
	d = c->def[c->ndefs++] = arena_new(&c->mem, struct xml_def);
	d->r = r;
	d->top.text = -1;
	d->top.key = XML_UNKNOWN;
	d->root = str_skip(&pattern, "/");
	do {
		size_t end = part_end(pattern);

		d->part = new_part(c, str_to(pattern, end), d->part);
		pattern = str_from(pattern, end + 1);
	} while (pattern.n);
	c->is_last[d->part->any.name < 0 ? 0 : d->part->any.name] = true;
	for (const struct xml_part_or *o = d->part->any.more; o; o = o->next)
		if (o->name >= 0)
			c->is_last[o->name] = true;
	return d;
}

/* ---- paths ---- */

static struct xml_step *
child_step(struct xml_compiled *c, struct xml_step *s, struct str part)
{
	struct str is;
	int key = take_key(c, &part, &is), name = name_of(c, part);
	struct xml_step **at = &s->first, *n;

	for (; *at; at = &(*at)->next) {
		if ((*at)->name == name && (*at)->key == key && str_eq((*at)->is, is))
			return *at;
		/* Those with a condition stand before those without: the first that fits counts. */
		if (key != XML_UNKNOWN && (*at)->key == XML_UNKNOWN)
			break;
	}
	n = arena_new(&c->mem, struct xml_step);
	*n = (struct xml_step){ .name = name, .key = key, .is = is, .text = -1, .next = *at };
	*at = n;
	return n;
}

/* The slot in d of what stands at the path, which is made known to its steps. */
static int
slot_of(struct xml_compiled *c, struct xml_def *d, struct str path)
{
	struct str whole = path;
	struct xml_step *s = &d->top;
	int slot;

	for (int i = 0; i < d->nslots; i++)
		if (str_eq(d->path[i], path))
			return i;
	if (d->nslots == MAX_SLOTS) {
		wrong(c, "a record has too many paths");
		return 0;
	}
	slot = d->nslots++;
	d->path[slot] = arena_dup(&c->mem, whole);
	while (path.n && path.p[0] != '@' && !str_eqz(path, ".")) {
		size_t end = part_end(path);

		s = child_step(c, s, str_to(path, end));
		path = str_from(path, end + 1);
	}
	if (str_skip(&path, "@")) {
		struct xml_want *w = arena_new(&c->mem, struct xml_want);

		*w = (struct xml_want){ .name = name_of(c, path), .slot = slot, .next = s->attrs };
		s->attrs = w;
	} else {
		s->text = slot;
	}
	return slot;
}

/* A path that is looked up in elements around the record: they are watched for it. */
static void
watch_outer(struct xml_compiled *c, struct str element, struct str path)
{
	int name = name_of(c, element);
	bool found = false;

	for (int i = 0; i < c->ndefs; i++) {
		const struct xml_part *p = c->def[i]->part;

		if (!xml_part_has(p, name))
			continue;
		slot_of(c, c->def[i], path);
		/* Does it fit every such element? */
		found = found || (p->key == XML_UNKNOWN && p->outer == NULL && !c->def[i]->root);
	}
	if (!found) {
		struct xml_def *d = new_def(c, element, NULL);

		if (d)
			slot_of(c, d, path);
	}
}

static struct xml_alt *
compile_alt(struct xml_compiled *c, struct xml_def *d, struct str s)
{
	struct xml_alt *a = arena_new(&c->mem, struct xml_alt);
	struct str rest;

	s = str_trim(s);
	if (str_skip(&s, "='")) {
		a->how = ALT_TEXT;
		if (!str_ends(s, "'"))
			wrong(c, "a text without its closing quote");
		a->text = arena_dup(&c->mem, str_to(s, s.n ? s.n - 1 : 0));
	} else if (str_skip(&s, "^")) {
		a->how = str_skip(&s, "^") ? ALT_EVERY : ALT_OUTER;
		if (!str_cut(&s, "/", &rest) || rest.n == 0)
			wrong(c, "a path of an element around names nothing in it");
		a->text = arena_dup(&c->mem, rest);
		a->outer = name_of(c, s);
		watch_outer(c, s, rest);
	} else if (s.n) {
		a->how = ALT_SLOT;
		a->slot = slot_of(c, d, s);
	} else {
		wrong(c, "a path is empty");
	}
	return a;
}

/* A sum has one alternative for each of its terms, too: xml_def.parts tells them apart. */
static struct xml_alt *
compile_path(struct xml_compiled *c, struct xml_def *d, const char *path, const char *parted)
{
	struct xml_alt *first = NULL, **at = &first;
	struct str s = str_of(path), rest;

	if (path == NULL)
		return NULL;
	do {
		str_cut(&s, parted, &rest);
		*at = compile_alt(c, d, s);
		at = &(*at)->next;
		s = rest;
	} while (rest.n);
	return first;
}

static void
compile_record(struct xml_compiled *c, struct xml_def *d)
{
	const struct xml_when *w = d->r->when;

	for (int i = 0; i < F_COUNT; i++) {
		const char *path;

		c->now_field = fields[i].name;
		memcpy(&path, (const char *)d->r + fields[i].at, sizeof(path));
		d->parts[i] = (i == F_FILE || i == F_ID || (i >= F_TESTS && i <= F_SKIPPED)) &&
			path && str_has(str_of(path), " + ");
		d->field[i] = compile_path(c, d, path, d->parts[i] ? " + " : "|");
	}
	c->now_field = "when";
	for (int i = 0; w && w[i].path; i++) {
		if (i == MAX_WHEN) {
			wrong(c, "a record has too many conditions");
			return;
		}
		d->when[i] = compile_path(c, d, w[i].path, "|");
	}
}

static void
compile_roots(struct xml_compiled *c)
{
	struct str s = str_of(c->map->roots), rest;
	size_t n = 0, most = sizeof(c->roots) / sizeof(*c->roots) - 1;

	do {
		str_cut(&s, "|", &rest);
		name_of(c, s);
		c->roots[n++] = arena_z(&c->mem, s);
		s = rest;
	} while (rest.n && n < most);
	if (rest.n)
		wrong(c, "too many root elements");
}

static struct xml_compiled *
compile(const struct xml_map *map)
{
	struct xml_compiled *c = xcalloc(1, sizeof(*c));
	int n;

	c->map = map;
	c->now_field = "";
	compile_roots(c);
	for (const struct xml_record *r = map->records; r->kind != XML_END; r++) {
		c->now = r;
		c->now_field = "element";
		new_def(c, str_of(r->element), r);
	}
	n = c->ndefs;
	for (int i = 0; i < n && c->def[i]->r; i++) {
		c->now = c->def[i]->r;
		compile_record(c, c->def[i]);
		c->joins = c->joins || c->def[i]->r->kind == XML_JOINED;
		c->looks = c->looks || c->def[i]->r->kind == XML_LOOKED;
	}
	return c;
}

struct xml_compiled *
xml_compile(const struct xml_map *map, const char **why)
{
	struct xml_compiled *c = compile(map);

	*why = c->why;
	if (c->why == NULL)
		return c;
	xml_compiled_free(c);
	return NULL;
}

void
xml_compiled_free(struct xml_compiled *c)
{
	if (c == NULL)
		return;
	arena_release(&c->mem);
	free(c);
}

const char *
xml_map_check(const struct xml_map *map)
{
	const struct xml_record *r;
	const char *field;

	return xml_map_check_at(map, &r, &field);
}

const char *
xml_map_check_at(const struct xml_map *map, const struct xml_record **r, const char **field)
{
	struct xml_compiled *c = compile(map);
	const char *why = c->why;

	*r = c->why_record;
	*field = why ? c->why_field : "";
	xml_compiled_free(c);
	return why;
}
