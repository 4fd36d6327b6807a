/*
 * md_sections.c -- walks the document: a heading with an ID opens a finding, its fields and
 * text belong to it until a heading of the same rank; a heading without one may say the
 * status or severity of all below.
 */
#include "parsers/registers/support/md_parts.h"
#include "parsers/registers/support/md_refs.h"
#include "parsers/registers/support/md_spans.h"

struct targets
md_section(const struct md_walk *w)
{
	for (int i = 6; i > 0; i--)
		if (w->section[i].n)
			return w->section[i];
	return (struct targets){ NULL, 0 };
}

struct targets
md_current(const struct md_walk *w)
{
	for (size_t i = w->items.n; i > 0; i--)
		if (w->items.v[i - 1].to.n)
			return w->items.v[i - 1].to;
	return md_section(w);
}

struct targets
md_targets(struct md_walk *w, const struct md_head *head)
{
	struct targets to = { .n = head->n };

	to.v = arena_alloc(&w->md->doc.mem, head->n * sizeof(struct draft *));
	for (size_t i = 0; i < head->n; i++)
		to.v[i] = md_draft(w->md, head->ids[i]);
	return to;
}

const struct md_inherited *
md_inherits_status(const struct md_walk *w)
{
	for (int i = 6; i > 0; i--)
		if (w->inherited[i].status.n)
			return &w->inherited[i];
	return NULL;
}

const struct md_inherited *
md_inherits_severity(const struct md_walk *w)
{
	for (int i = 6; i > 0; i--)
		if (w->inherited[i].severity.n)
			return &w->inherited[i];
	return NULL;
}

void
md_apply_field(struct md_walk *w, const struct targets *to, enum field_kind kind,
	const struct md_text *t, size_t from, size_t end, enum md_place place)
{
	struct str value = str_trim(str_to(str_from(t->s, from), end > from ? end - from : 0));
	int64_t date;

	for (size_t i = 0; i < to->n; i++) {
		struct finding *f = &to->v[i]->f;

		if (kind == FIELD_SEVERITY || kind == FIELD_PRIORITY)
			md_severity(w->md, to->v[i], place, value, kind == FIELD_PRIORITY);
		else if (kind == FIELD_STATUS && !md_says_nothing(value))
			md_status(w->md, to->v[i], place, value, md_line(t, from));
		else if (kind == FIELD_DUPLICATES && !md_says_nothing(value))
			md_status(w->md, to->v[i], place, arena_printf(&w->md->doc.mem,
				"duplicate of %.*s", STR_FMT(str_to(value, 80))), md_line(t, from));
		else if (kind == FIELD_OWNER && f->owner.n == 0 && !md_says_nothing(value))
			f->owner = str_to(value, str_chr(value, '\n'));
		else if (kind == FIELD_CREATED && (date = date_find(value)) != DATE_NONE)
			f->created = date;
		else if (kind == FIELD_UPDATED && (date = date_find(value)) != DATE_NONE)
			f->updated = date;
		else if (kind == FIELD_EXPIRES && (date = date_find(value)) != DATE_NONE)
			f->expires = date;
	}
	if (kind != FIELD_SEVERITY && kind != FIELD_PRIORITY && kind != FIELD_OWNER)
		md_refs_text(w->md, to, kind, t, from, end);
}

enum field_kind
md_apply_text(struct md_walk *w, const struct targets *to, enum field_kind kind,
	const struct md_text *t, size_t from, enum md_place place)
{
	struct md_field fields[MD_FIELDS];
	size_t n = md_fields(t, from, fields);

	md_refs_text(w->md, to, kind, t, from, n ? fields[0].at : t->s.n);
	for (size_t i = 0; i < n; i++)
		md_apply_field(w, to, fields[i].kind, t, fields[i].from, fields[i].to, place);
	return n ? fields[n - 1].kind : kind;
}

/* A field that only findings have stands in the text under heading number i. */
static bool
fields_follow(const struct md *md, size_t i)
{
	struct md_field fields[MD_FIELDS];

	for (size_t k = i + 1; k < md->doc.n && k < i + 16; k++) {
		const struct md_block *b = &md->doc.v[k];
		size_t n;

		if (b->kind == MD_HEADING)
			return false;
		n = b->kind == MD_TEXT ? md_fields(&b->text, 0, fields) : 0;
		for (size_t f = 0; f < n; f++)
			if (fields[f].kind != FIELD_PROSE)
				return true;
	}
	return false;
}

/* "F1: title" names a finding by itself, "S2 planning" only with fields of a finding below. */
static bool
heads_section(const struct md *md, size_t i, struct md_head *head)
{
	const struct md_block *b = &md->doc.v[i];

	if (!md_head((struct arena *)&md->doc.mem, &md->reg->severities, b->text.s, 0,
		MD_HEAD_HEADING, head))
		return false;
	return head->set_off || str_chr(head->ids[0], '-') != STR_NPOS ||
		head->ids[0].p[0] == '#' ||
		fields_follow(md, i);
}

static void
open_section(struct md_walk *w, const struct md_block *b, const struct md_head *head)
{
	struct md *md = w->md;
	struct targets to = md_targets(w, head);
	const struct md_inherited *severity = md_inherits_severity(w);
	const struct md_inherited *status = md_inherits_status(w);
	struct str title = md_heading_title(md, str_from(b->text.s, head->rest));

	for (size_t i = 0; i < to.n; i++) {
		struct draft *d = to.v[i];

		if (d->has_section)
			findings_note(md->fs, REGP_DUPLICATE_ID, md->reg, b->line,
				"%.*s has a section already, at line %ld", STR_FMT(d->f.id),
				d->f.line);
		d->has_section = true;
		md_place(d, PLACE_SECTION, title, b->line);
		if (severity)
			md_severity(md, d, PLACE_INHERITED, severity->severity, true);
		if (status)
			md_status(md, d, PLACE_INHERITED, status->status, status->line);
	}
	md_decorations(w, &to, &b->text, head, PLACE_SECTION, true);
	md_refs_text(md, &to, FIELD_PROSE, &b->text, head->rest, b->text.s.n);
	w->section[b->level] = to;
}

static void
take_heading(struct md_walk *w, size_t i)
{
	struct md *md = w->md;
	const struct md_block *b = &md->doc.v[i];
	struct md_head head;
	struct targets around;

	for (int k = b->level; k <= 6; k++) {
		w->section[k] = (struct targets){ NULL, 0 };
		w->inherited[k] = (struct md_inherited){ .line = 0 };
	}
	w->items.n = 0;
	w->kind = FIELD_PROSE;
	w->level = b->level;
	w->heading_line = b->line;
	w->heading_unread = false;
	if (!w->titled && md->reg->date == DATE_NONE)
		md->reg->date = date_find(b->text.s);
	w->titled = true;
	if (heads_section(md, i, &head)) {
		open_section(w, b, &head);
		return;
	}
	w->inherited[b->level].line = b->line;
	if (md_severity_heading(md, b->text.s))
		w->inherited[b->level].severity = b->text.s;
	else if (md_status_heading(md, b->text.s))
		w->inherited[b->level].status = b->text.s;
	around = md_section(w);
	if (around.n)
		md_apply_text(w, &around, FIELD_PROSE, &b->text, 0, PLACE_SECTION);
}

/* A finding without an ID can't be named by anybody: it is counted as not read. */
static void
note_unread(struct md_walk *w, const struct md_field *fields, size_t n)
{
	for (size_t i = 0; i < n && !w->heading_unread && w->level > 1; i++)
		w->heading_unread = fields[i].kind == FIELD_STATUS ||
			fields[i].kind == FIELD_SEVERITY;
	if (w->heading_unread && w->md->unread_line != w->heading_line) {
		if (w->md->unread_sections++ == 0)
			w->md->unread_line = w->heading_line;
	}
}

/* Text that belongs to no finding: the document's date, its totals. */
static void
take_document_text(struct md_walk *w, const struct md_text *t)
{
	struct md_field fields[MD_FIELDS];
	size_t n = md_fields(t, 0, fields);
	bool counted = w->heading_unread;

	for (size_t i = 0; i < n; i++) {
		struct str value = str_n(t->s.p + fields[i].from, fields[i].to - fields[i].from);
		int64_t date = date_find(value);

		if (fields[i].kind == FIELD_UPDATED && date != DATE_NONE && !w->md->dated) {
			w->md->reg->date = date;
			w->md->dated = true;
		}
	}
	if (!counted)
		note_unread(w, fields, n);
	md_totals_text(w->md, t);
}

/* A quotation that reads like a message is what the finding's failure says. */
static void
take_quotation(struct md_walk *w, const struct targets *to, const struct md_text *t)
{
	const struct md_span *e = md_span_at(t, 0, MD_EMPHASIS);
	struct str rest = t->s, line;
	long at = t->line;

	if (e && e->to == t->s.n)
		return;
	for (; str_line(&rest, &line); at++)
		for (size_t i = 0; i < to->n; i++)
			if (md_is_message(line))
				md_signature(to->v[i], str_trim(line), at);
	(void)w;
}

static void
take_text(struct md_walk *w, const struct md_block *b)
{
	struct targets to;

	if (b->depth > 0) {
		md_item_text(w, b);
		to = md_current(w);
		if (to.n == 0)
			take_document_text(w, &b->text);
	} else {
		struct md_field fields[MD_FIELDS];

		w->items.n = 0;
		to = md_current(w);
		if (to.n) {
			/* "**Tests:**" alone opens a field for the list or paragraph below. */
			enum field_kind kind = md_apply_text(w, &to, w->kind, &b->text, 0,
				PLACE_SECTION);
			size_t n = md_fields(&b->text, 0, fields);

			w->kind = n && fields[n - 1].from + 2 >= b->text.s.n ? kind : FIELD_PROSE;
		} else {
			take_document_text(w, &b->text);
		}
	}
	if (b->quoted && to.n)
		take_quotation(w, &to, &b->text);
}

static void
index_sections(struct md *md)
{
	struct md_head head;

	for (size_t i = 0; i < md->doc.n; i++)
		if (md->doc.v[i].kind == MD_HEADING && heads_section(md, i, &head))
			for (size_t k = 0; k < head.n; k++)
				*map_at(&md->sections, head.ids[k]) = md;
}

void
md_walk(struct md *md)
{
	struct md_walk w = { .md = md };
	struct targets to;

	index_sections(md);
	for (size_t i = 0; i < md->doc.n; i++) {
		const struct md_block *b = &md->doc.v[i];

		if (b->depth == 0 && b->kind != MD_TEXT)
			w.items.n = 0;
		if (b->kind == MD_HEADING) {
			take_heading(&w, i);
		} else if (b->kind == MD_TEXT) {
			take_text(&w, b);
		} else if (b->kind == MD_ROW) {
			md_row(&w, b);
		} else if (b->kind == MD_FENCE) {
			to = md_current(&w);
			md_refs_fence(md, &to, b);
		} else if (str_ifind(b->text.s, STR("<table")) != STR_NPOS) {
			findings_note(md->fs, REGP_NOT_READ, md->reg, b->line,
				"a table in HTML is not read; write it in Markdown");
		}
	}
	vec_release(&w.items);
}
