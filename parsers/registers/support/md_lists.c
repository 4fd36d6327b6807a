/*
 * md_lists.c -- bullets: check-list items, bullets under a heading that says a status, and
 * the fields and text of findings, which people write as lists.
 */
#include "parsers/registers/support/md_parts.h"
#include "parsers/registers/support/md_refs.h"

/* "[x] " or "[ ] " at the front: its length, and whether it is ticked. */
static size_t
take_box(struct str s, bool *ticked)
{
	if (s.n < 4 || s.p[0] != '[' || s.p[2] != ']' || !is_space(s.p[3]))
		return 0;
	if (s.p[1] != ' ' && s.p[1] != 'x' && s.p[1] != 'X')
		return 0;
	*ticked = s.p[1] != ' ';
	return 4;
}

/* Items that this one is not inside of are over. */
static void
close_items(struct md_walk *w, const struct md_block *b)
{
	while (w->items.n) {
		int depth = w->items.v[w->items.n - 1].depth;

		if (depth < b->depth || (depth == b->depth && !b->starts_item))
			return;
		w->items.n--;
	}
}

static bool
among(const struct targets *to, struct str id)
{
	for (size_t i = 0; i < to->n; i++)
		if (str_eq(to->v[i]->f.id, id))
			return true;
	return false;
}

/* What a bullet is called: what is bold, else its first sentence. */
static struct str
title_of(const struct md_text *t, size_t from)
{
	const struct md_span *bold = md_span_around(t, from, MD_STRONG);
	struct str s = str_from(t->s, from), inside;
	size_t end;

	if (bold && bold->to > from + 3) {
		s = str_trim(str_n(t->s.p + from, bold->to - from));
		while (s.n && s.p[s.n - 1] == ':')
			s.n--;
		return s;
	}
	s = str_to(s, str_chr(s, '\n'));
	/* "[done]: title" */
	if (md_group(s, 0, &inside, &end) && end < s.n && s.p[end] == ':')
		s = str_trim(str_from(s, end + 1));
	return str_to(s, str_find(s, STR(". ")));
}

/* "[x]" with the words beside it that outrank a tick: "(NOT A BUG - code is correct)". */
static struct str
ticked_raw(struct md_walk *w, struct str rest)
{
	struct str line = str_to(rest, str_chr(rest, '\n')), inside;
	enum state state;
	size_t end;

	if (md_plain_status(w->md, line, &state) && state == STATE_REJECTED)
		return arena_printf(&w->md->doc.mem, "[x] %.*s", STR_FMT(str_to(line, 120)));
	for (size_t at = 0; at < line.n; at++) {
		if (line.p[at] != '(' || !md_group(line, at, &inside, &end))
			continue;
		if (md_plain_status(w->md, inside, &state) && state == STATE_REJECTED)
			return arena_printf(&w->md->doc.mem, "[x] %.*s", STR_FMT(inside));
		at = end - 1;
	}
	return STR("[x]");
}

/* What this bullet says of its IDs, and where; false: nothing. */
static bool
status_of(struct md_walk *w, const struct md_text *t, const struct md_head *head, size_t box,
	bool ticked, struct str *raw, long *line)
{
	struct str rest = str_from(t->s, head->rest);
	const struct md_inherited *above = md_inherits_status(w);
	enum state state;

	*line = t->line;
	if (box) {
		*raw = ticked ? ticked_raw(w, rest) : STR("[ ]");
		return true;
	}
	if (head->set_off && md_plain_status(w->md, rest, &state)) {
		*raw = str_to(rest, str_chr(rest, '\n'));
		return true;
	}
	if (above == NULL || md_section(w).n)
		return false;
	*raw = above->status;
	return true;
}

static void
state_bullet(struct md_walk *w, const struct targets *to, const struct md_text *t,
	const struct md_head *head, struct str raw, long line)
{
	const struct md_inherited *severity = md_section(w).n ? NULL : md_inherits_severity(w);

	for (size_t i = 0; i < to->n; i++) {
		md_place(to->v[i], PLACE_BULLET, title_of(t, head->rest), t->line);
		if (raw.n)
			md_status(w->md, to->v[i], PLACE_BULLET, raw, line);
		if (severity && head->severity.n == 0)
			md_severity(w->md, to->v[i], PLACE_INHERITED, severity->severity, true);
	}
	md_decorations(w, to, t, head, PLACE_BULLET, false);
}

/* Inside a finding's section a check-list item is that finding's other name. */
static void
add_aliases(struct md_walk *w, const struct targets *section, const struct targets *to)
{
	for (size_t i = 0; i < section->n; i++)
		for (size_t k = 0; k < to->n; k++) {
			md_alias(w->md, section->v[i], to->v[k]->f.id);
			to->v[k]->alias = true;
		}
}

/* Whom the bullet's text is about: its own IDs, or the finding it is a part of. */
static struct targets
take_bullet(struct md_walk *w, const struct md_text *t, const struct md_head *head, size_t box,
	bool ticked)
{
	struct targets around = md_current(w), to, none = { NULL, 0 };
	bool own = map_get(&w->md->sections, head->ids[0]) != NULL;
	struct str raw = STR_NONE;
	long line;
	bool stated;

	if (among(&around, head->ids[0]))
		return none;
	to = md_targets(w, head);
	stated = status_of(w, t, head, box, ticked, &raw, &line);
	if (around.n && box && !own) {
		add_aliases(w, &around, &to);
		return none;
	}
	for (size_t i = 0; i < around.n; i++)
		for (size_t k = 0; k < to.n; k++)
			md_link(around.v[i], LINK_RELATED, to.v[k]->f.id, t->line);
	if (around.n && !stated && head->severity.n == 0)
		return none;
	state_bullet(w, &to, t, head, raw, line);
	return to;
}

static enum field_kind
kind_around(const struct md_walk *w)
{
	return w->items.n ? w->items.v[w->items.n - 1].kind : w->kind;
}

void
md_item_text(struct md_walk *w, const struct md_block *b)
{
	const struct md_text *t = &b->text;
	struct md_item item = { .depth = b->depth, .kind = FIELD_PROSE };
	struct md_head head = { .n = 0 };
	struct targets to;
	bool ticked = false, headed;
	enum field_kind kind;
	size_t box, from;

	close_items(w, b);
	kind = kind_around(w);
	if (!b->starts_item) {
		to = md_current(w);
		md_apply_text(w, &to, kind, t, 0, PLACE_BULLET);
		return;
	}
	from = box = take_box(t->s, &ticked);
	headed = md_head(&w->md->doc.mem, &w->md->reg->severities, t->s, box, MD_HEAD_BULLET,
		&head);
	/* A list of tests or places is no list of findings. */
	if (headed && kind == FIELD_PROSE) {
		item.to = take_bullet(w, t, &head, box, ticked);
		from = item.to.n ? head.rest : box;
	}
	*vec_push(&w->items) = item;
	to = md_current(w);
	kind = md_apply_text(w, &to, kind, t, from,
		item.to.n || md_section(w).n == 0 ? PLACE_BULLET : PLACE_SECTION);
	w->items.v[w->items.n - 1].kind = kind;
}
