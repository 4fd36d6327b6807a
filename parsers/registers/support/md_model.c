/*
 * md_model.c -- see md_model.h.
 *
 * What is more specific wins: an ID's own section over a row over a bullet over what a
 * heading above them says. Everything that is kept is a copy or a view of the document.
 */
#include "parsers/registers/support/md_model.h"

#include "gate/base/buf.h"
#include "gate/base/limits.h"
#include "gate/base/normal.h"

#define REFERENCES_KEPT 500 /* of one kind, for one finding; more is counted as not read */
#define TITLE_KEPT 300

struct str
md_keep(struct md *md, struct str s)
{
	return arena_dup(&md->fs->mem, s);
}

struct draft *
md_draft(struct md *md, struct str id)
{
	void **at = map_at(&md->drafts, id);
	struct draft *d = *at;

	if (d == NULL) {
		*at = d = arena_new(&md->doc.mem, struct draft);
		d->f.id = id;
		d->f.created = d->f.updated = d->f.expires = DATE_NONE;
	}
	return d;
}

void
md_place(struct draft *d, enum md_place place, struct str title, long line)
{
	size_t nl = str_chr(title, '\n');

	title = str_trim(str_to(str_to(title, nl), TITLE_KEPT));
	if (place > d->place) {
		d->place = place;
		d->f.line = line;
		if (title.n)
			d->f.title = title;
	} else if (d->f.title.n == 0) {
		d->f.title = title;
	}
}

void
md_severity(struct md *md, struct draft *d, enum md_place place, struct str raw, bool priority)
{
	enum level level = words_level(&md->reg->severities, raw);
	bool better = place > d->severity_place ||
		(place == d->severity_place && d->by_priority && !priority);

	raw = str_trim(raw);
	if (raw.n == 0)
		return;
	/* A word that is known outranks one that is not, wherever it stands. */
	if (d->f.has_severity && d->f.level != LEVEL_UNKNOWN && (level == LEVEL_UNKNOWN || !better))
		return;
	if (d->f.has_severity && level == LEVEL_UNKNOWN && !better)
		return;
	d->f.has_severity = true;
	d->f.severity_raw = raw;
	d->f.level = level;
	d->severity_place = place;
	d->by_priority = priority;
}

void
md_status(struct md *md, struct draft *d, enum md_place place, struct str raw, long line)
{
	struct md_status *s;
	struct str ref;

	raw = str_trim(raw);
	if (raw.n == 0 || d->statuses.n >= REFERENCES_KEPT)
		return;
	s = vec_push(&d->statuses);
	s->raw = raw;
	s->place = place;
	s->line = line;
	s->state = words_state(&md->reg->statuses, raw, &ref);
	if (s->state == STATE_DUPLICATE && ref.n)
		md_link(d, LINK_DUPLICATES, ref, line);
}

static bool
room(struct draft *d, size_t n)
{
	d->cut |= n >= REFERENCES_KEPT;
	return n < REFERENCES_KEPT;
}

void
md_location(struct draft *d, struct str path, long line, long end_line, bool folder, long at)
{
	struct location *l;

	for (size_t i = 0; i < d->f.locations.n; i++) {
		l = &d->f.locations.v[i];
		if (l->line == line && l->end_line == end_line && str_eq(l->path, path))
			return;
	}
	if (!room(d, d->f.locations.n))
		return;
	l = vec_push(&d->f.locations);
	l->path = path;
	l->line = line;
	l->end_line = end_line;
	l->folder = folder;
	l->at = at;
}

void
md_test(struct draft *d, struct str ref, enum ref_scope scope, long at)
{
	struct test_ref *t;

	for (size_t i = 0; i < d->f.tests.n; i++)
		if (d->f.tests.v[i].scope == scope && str_eq(d->f.tests.v[i].ref, ref))
			return;
	if (ref.n == 0 || !room(d, d->f.tests.n))
		return;
	t = vec_push(&d->f.tests);
	t->ref = ref;
	t->scope = scope;
	t->line = at;
}

void
md_signature(struct draft *d, struct str text, long at)
{
	struct signature *s;

	for (size_t i = 0; i < d->f.signatures.n; i++)
		if (str_eq(d->f.signatures.v[i].text, text))
			return;
	if (!room(d, d->f.signatures.n))
		return;
	s = vec_push(&d->f.signatures);
	s->text = text;
	s->line = at;
}

void
md_tool(struct draft *d, struct str tool, struct str rule, long at)
{
	struct tool_ref *t;

	for (size_t i = 0; i < d->f.tools.n; i++) {
		t = &d->f.tools.v[i];
		if (!str_eq(t->tool, tool))
			continue;
		if (str_eq(t->rule, rule) || rule.n == 0)
			return;
		if (t->rule.n == 0) { /* the tool alone is said better now */
			t->rule = rule;
			t->line = at;
			return;
		}
	}
	if (!room(d, d->f.tools.n))
		return;
	t = vec_push(&d->f.tools);
	t->tool = tool;
	t->rule = rule;
	t->line = at;
}

void
md_identifier(struct md *md, struct draft *d, struct str token)
{
	if (room(d, d->f.identifiers.n))
		str_list_add(md->fs, &d->f.identifiers, token);
}

void
md_alias(struct md *md, struct draft *d, struct str id)
{
	if (!str_eq(id, d->f.id) && room(d, d->f.aliases.n))
		str_list_add(md->fs, &d->f.aliases, id);
}

void
md_link(struct draft *d, enum link_kind kind, struct str to, long at)
{
	struct link *l;

	if (to.n == 0 || str_eq(to, d->f.id))
		return;
	for (size_t i = 0; i < d->f.links.n; i++)
		if (d->f.links.v[i].kind == kind && str_eq(d->f.links.v[i].to, to))
			return;
	if (!room(d, d->f.links.n))
		return;
	l = vec_push(&d->f.links);
	l->kind = kind;
	l->to = to;
	l->line = at;
}

void
md_citation(struct draft *d, struct str path, long line, long end_line, long at)
{
	struct citation *c;

	for (size_t i = 0; i < d->f.citations.n; i++) {
		c = &d->f.citations.v[i];
		if (c->line == line && c->end_line == end_line && str_eq(c->path, path))
			return;
	}
	if (!room(d, d->f.citations.n))
		return;
	c = vec_push(&d->f.citations);
	c->path = path;
	c->line = line;
	c->end_line = end_line;
	c->at = at;
}

/* Rejected outranks a tick beside it; a word that is known outranks one that is not. */
static bool
holds_over(const struct md_status *a, const struct md_status *b)
{
	if ((a->state == STATE_UNKNOWN) != (b->state == STATE_UNKNOWN))
		return b->state == STATE_UNKNOWN;
	if (a->state == STATE_REJECTED && b->state == STATE_DONE)
		return true;
	if (a->state == STATE_DONE && b->state == STATE_REJECTED)
		return false;
	return a->place > b->place;
}

/* "[x] BUG-1" beside "Status: not a bug" is one decision, not two. */
static bool
contradict(const struct md_status *a, const struct md_status *b)
{
	enum state x = a->state, y = b->state;

	if (x == y || x == STATE_UNKNOWN || y == STATE_UNKNOWN || x == STATE_DUPLICATE ||
		y == STATE_DUPLICATE || a->place == PLACE_INHERITED || b->place == PLACE_INHERITED)
		return false;
	return !((x == STATE_DONE && y == STATE_REJECTED) ||
		(x == STATE_REJECTED && y == STATE_DONE));
}

static void
settle_status(struct md *md, struct draft *d)
{
	const struct md_status *best = NULL;

	for (size_t i = 0; i < d->statuses.n; i++)
		if (best == NULL || holds_over(&d->statuses.v[i], best))
			best = &d->statuses.v[i];
	if (best == NULL)
		return;
	for (size_t i = 0; i < d->statuses.n; i++) {
		const struct md_status *s = &d->statuses.v[i];

		if (s->state == STATE_UNKNOWN)
			findings_note(md->fs, REGP_UNKNOWN_STATUS, md->reg, s->line,
				"%.*s: '%.*s' is no status that is known here", STR_FMT(d->f.id),
				STR_FMT(str_to(s->raw, 80)));
		else if (contradict(s, best))
			findings_note(md->fs, REGP_STATUS_CONFLICT, md->reg, s->line,
				"%.*s is %s here, but %s at line %ld", STR_FMT(d->f.id),
				state_name(s->state), state_name(best->state), best->line);
	}
	d->f.has_status = true;
	d->f.status_raw = best->raw;
	d->f.own_state = best->state;
	d->f.status_line = best->line;
}

/* A check-list item inside a section is that finding's other name, unless it is its own. */
static bool
is_finding(struct draft *d)
{
	if (d->has_section || d->has_row || d->has_location)
		return true;
	if (d->f.has_severity)
		return !d->alias || d->severity_place > PLACE_INHERITED;
	if (d->alias || d->f.status_raw.n == 0)
		return false;
	d->f.statement = true;
	return true;
}

static bool
names_file_of(const struct draft *d, struct str name)
{
	for (size_t i = 0; i < d->f.tests.n; i++) {
		struct str ref = d->f.tests.v[i].ref, base;

		base = str_basename(str_to(ref, str_find(ref, STR("::"))));
		if (str_chr(base, '.') != STR_NPOS &&
			str_eq(str_to(base, str_chr(base, '.')), name))
			return true;
	}
	return false;
}

/* "a file's stem is never a name": `test_login` beside tests/test_login.py is the file. */
static void
drop_stems(struct draft *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->f.tests.n; i++) {
		struct test_ref t = d->f.tests.v[i];

		if (t.scope == SCOPE_FILE || str_chr(t.ref, '/') != STR_NPOS ||
			str_chr(t.ref, ':') != STR_NPOS || !names_file_of(d, t.ref))
			d->f.tests.v[n++] = t;
	}
	d->f.tests.n = n;
}

static void
normalise_signatures(struct md *md, struct draft *d)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < d->f.signatures.n; i++) {
		struct signature *s = &d->f.signatures.v[i];

		buf_reset(&b);
		normal_add(&b, s->text);
		s->normal = md_keep(md, buf_str(&b));
		s->text = md_keep(md, s->text);
	}
	buf_release(&b);
}

/* What was a view of the document becomes the findings' own. */
static void
keep_references(struct md *md, struct finding *f)
{
	for (size_t i = 0; i < f->locations.n; i++)
		f->locations.v[i].path = md_keep(md, f->locations.v[i].path);
	for (size_t i = 0; i < f->tests.n; i++)
		f->tests.v[i].ref = md_keep(md, f->tests.v[i].ref);
	for (size_t i = 0; i < f->tools.n; i++) {
		f->tools.v[i].tool = md_keep(md, f->tools.v[i].tool);
		f->tools.v[i].rule = md_keep(md, f->tools.v[i].rule);
	}
	for (size_t i = 0; i < f->links.n; i++)
		f->links.v[i].to = md_keep(md, f->links.v[i].to);
	for (size_t i = 0; i < f->citations.n; i++)
		f->citations.v[i].path = md_keep(md, f->citations.v[i].path);
	f->severity_raw = md_keep(md, f->severity_raw);
	f->status_raw = md_keep(md, f->status_raw);
	f->owner = md_keep(md, f->owner);
}

static void
emit(struct md *md, struct draft *d)
{
	struct finding *to = findings_add(md->fs, md->reg, d->f.id, d->f.title, d->f.line);
	struct finding was = *to, *f = &d->f;

	drop_stems(d);
	normalise_signatures(md, d);
	keep_references(md, f);
	*to = *f;
	to->id = was.id;
	to->title = was.title;
	to->qualified = was.qualified;
	to->reg = was.reg;
	to->order = was.order;
	to->excuses = was.excuses;
	to->state = f->own_state;
	/* The vectors are the finding's now. */
	*f = (struct finding){ .id = to->id, .line = to->line };
	if (d->cut)
		findings_note(md->fs, REGP_NOT_READ, md->reg, to->line,
			"%.*s refers to more than %d things of a kind: the rest is not read",
			STR_FMT(to->id), REFERENCES_KEPT);
}

static int
by_line(const void *a, const void *b)
{
	const struct draft *x = *(struct draft *const *)a, *y = *(struct draft *const *)b;

	if (x->f.line != y->f.line)
		return x->f.line < y->f.line ? -1 : 1;
	return str_cmp(x->f.id, y->f.id);
}

void
md_emit(struct md *md)
{
	struct { struct draft **v; size_t n, cap; } found = { 0 };
	size_t all;

	for (size_t i = 0; i < md->drafts.n; i++) {
		struct draft *d = md->drafts.v[i].value;

		settle_status(md, d);
		if (is_finding(d))
			*vec_push(&found) = d;
	}
	all = found.n;
	if (all)
		qsort(found.v, all, sizeof(struct draft *), by_line);
	for (size_t i = 0; i < all && i < MAX_FINDINGS; i++)
		emit(md, found.v[i]);
	if (all > MAX_FINDINGS)
		findings_note(md->fs, REGP_NOT_READ, md->reg, found.v[MAX_FINDINGS]->f.line,
			"%zu findings are more than the %d that are read", all, MAX_FINDINGS);
	vec_release(&found);
}

void
md_release(struct md *md)
{
	for (size_t i = 0; i < md->drafts.n; i++) {
		struct draft *d = md->drafts.v[i].value;

		free(d->f.aliases.v);
		free(d->f.locations.v);
		free(d->f.tests.v);
		free(d->f.signatures.v);
		free(d->f.identifiers.v);
		free(d->f.tools.v);
		free(d->f.links.v);
		free(d->f.citations.v);
		free(d->statuses.v);
	}
	map_release(&md->drafts);
	map_release(&md->sections);
	md_doc_release(&md->doc);
}
