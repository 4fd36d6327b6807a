/*
 * md_tables.c -- rows: the columns' heads say what the cells mean, the ID stands in the ID
 * column or heads the first cell.
 */
#include "parsers/registers/support/md_parts.h"
#include "parsers/registers/support/md_refs.h"

static void
read_columns(struct md_walk *w, const struct md_block *b)
{
	bool severity = false, count = false;

	w->ncolumns = b->ncells < MD_COLUMNS ? b->ncells : MD_COLUMNS;
	w->id_column = 0;
	w->has_id_column = false;
	for (size_t i = 0; i < w->ncolumns; i++) {
		enum field_kind kind = md_column_kind(b->cells[i].s);

		w->columns[i] = kind;
		severity |= i == 0 && (kind == FIELD_SEVERITY || kind == FIELD_PRIORITY);
		count |= kind == FIELD_COUNT;
		if (kind == FIELD_ID && !w->has_id_column) {
			w->has_id_column = true;
			w->id_column = i;
		}
	}
	w->counts = severity && count;
}

static const struct md_text *
cell_of(const struct md_walk *w, const struct md_block *b, enum field_kind kind)
{
	for (size_t i = 0; i < w->ncolumns && i < b->ncells; i++)
		if (w->columns[i] == kind && (i != w->id_column || w->has_id_column))
			return &b->cells[i];
	return NULL;
}

static bool
cell_is_empty(const struct md_text *cell)
{
	return cell == NULL || md_says_nothing(cell->s);
}

static bool
one_id(struct md_walk *w, struct str s, struct md_head *head)
{
	return md_only_ids(&w->md->doc.mem, &w->md->reg->severities, s, head) && head->n == 1;
}

/*
 * A row whose ID cell is empty is named by its status ("Existing: #2330"); one that a table
 * without IDs rates, by the issue it was filed as.
 */
static bool
id_elsewhere(struct md_walk *w, const struct md_block *b, struct md_head *head)
{
	const struct md_text *id = w->has_id_column ? &b->cells[w->id_column] : NULL;
	const struct md_text *status = cell_of(w, b, FIELD_STATUS);
	const struct md_text *alias = cell_of(w, b, FIELD_ALIAS);
	const struct md_text *severity = cell_of(w, b, FIELD_SEVERITY);
	struct str ref;

	if (id == NULL && b->ncells > 0 && md_says_nothing(b->cells[0].s))
		id = &b->cells[0];
	if (id && !md_says_nothing(id->s))
		return false;
	if (id && status) {
		words_state(&w->md->reg->statuses, status->s, &ref);
		if (ref.n && one_id(w, ref, head))
			return true;
	}
	return !cell_is_empty(severity) && alias && one_id(w, alias->s, head);
}

static bool
find_head(struct md_walk *w, const struct md_block *b, struct md_head *head, size_t *column)
{
	*column = w->id_column;
	if (b->ncells <= w->id_column)
		return false;
	if (md_head(&w->md->doc.mem, &w->md->reg->severities, b->cells[*column].s, 0, MD_HEAD_CELL,
		head))
		return true;
	*column = MD_COLUMNS;
	return id_elsewhere(w, b, head);
}

/* The cells of a row that names no finding are text of the section they stand in. */
static void
read_as_text(struct md_walk *w, const struct md_block *b)
{
	struct targets to = md_current(w);
	bool rated = !cell_is_empty(cell_of(w, b, FIELD_SEVERITY)) ||
		!cell_is_empty(cell_of(w, b, FIELD_STATUS));
	enum field_kind kind;

	if (to.n == 0) {
		if (w->has_id_column && rated && w->md->unread_rows++ == 0)
			w->md->unread_row_line = b->line;
		return;
	}
	/* "| Severity | HIGH |" in a finding's section is a field. */
	kind = b->ncells == 2 ? md_field_kind(b->cells[0].s) : FIELD_PROSE;
	if (kind != FIELD_PROSE) {
		md_apply_field(w, &to, kind, &b->cells[1], 0, b->cells[1].s.n, PLACE_SECTION);
		return;
	}
	for (size_t i = 0; i < b->ncells; i++)
		md_refs_text(w->md, &to, FIELD_PROSE, &b->cells[i], 0, b->cells[i].s.n);
}

static struct str
title_of(struct md_walk *w, const struct md_block *b, const struct md_head *head, size_t column)
{
	const struct md_text *title = cell_of(w, b, FIELD_TITLE);
	const struct md_text *alias = cell_of(w, b, FIELD_ALIAS);
	struct md_head ids;

	if (column < b->ncells && head->rest < b->cells[column].s.n)
		return str_from(b->cells[column].s, head->rest);
	if (title && !cell_is_empty(title))
		return title->s;
	/* A column "Issue" may hold numbers or sentences. */
	if (alias && !cell_is_empty(alias) && !md_only_ids(&w->md->doc.mem, NULL, alias->s, &ids))
		return alias->s;
	return STR_NONE;
}

static void
note_twice(struct md_walk *w, const struct targets *to, const struct md_block *b)
{
	for (size_t i = 0; i < to->n; i++) {
		struct draft *d = to->v[i];

		if (d->table == b->table && d->has_row)
			findings_note(w->md->fs, REGP_DUPLICATE_ID, w->md->reg, b->line,
				"%.*s has a row in this table already", STR_FMT(d->f.id));
		d->table = b->table;
	}
}

static void
read_cells(struct md_walk *w, const struct targets *to, const struct md_block *b, size_t id_column)
{
	for (size_t i = 0; i < b->ncells; i++) {
		enum field_kind kind = i < w->ncolumns ? w->columns[i] : FIELD_PROSE;

		if (i == id_column || cell_is_empty(&b->cells[i]))
			continue;
		md_apply_field(w, to, kind, &b->cells[i], 0, b->cells[i].s.n, PLACE_ROW);
	}
}

static void
take_row(struct md_walk *w, const struct md_block *b, const struct md_head *head, size_t column)
{
	struct targets to = md_targets(w, head), section = md_section(w);
	bool rated = !cell_is_empty(cell_of(w, b, FIELD_SEVERITY)) ||
		!cell_is_empty(cell_of(w, b, FIELD_PRIORITY));
	bool stated = !cell_is_empty(cell_of(w, b, FIELD_STATUS));
	const struct md_inherited *severity = section.n ? NULL : md_inherits_severity(w);
	const struct md_inherited *status = section.n ? NULL : md_inherits_status(w);

	/* In another finding's section a row that says nothing of its own is a mention. */
	if (section.n && section.v[0] != to.v[0] && !rated && !stated) {
		read_as_text(w, b);
		return;
	}
	note_twice(w, &to, b);
	for (size_t i = 0; i < to.n; i++) {
		md_place(to.v[i], PLACE_ROW, title_of(w, b, head, column), b->line);
		to.v[i]->has_row |= rated;
		if (severity && !rated)
			md_severity(w->md, to.v[i], PLACE_INHERITED, severity->severity, true);
		if (status && !stated)
			md_status(w->md, to.v[i], PLACE_BULLET, status->status, status->line);
	}
	if (column < b->ncells) {
		md_decorations(w, &to, &b->cells[column], head, PLACE_ROW, false);
		md_refs_text(w->md, &to, FIELD_PROSE, &b->cells[column], head->rest,
			b->cells[column].s.n);
	}
	read_cells(w, &to, b, column);
}

void
md_row(struct md_walk *w, const struct md_block *b)
{
	struct md_head head = { .n = 0 };
	size_t column = 0;

	if (w->table != b->table || b->header) {
		w->table = b->table;
		read_columns(w, b);
		return;
	}
	if (w->counts) {
		for (size_t i = 0; i < w->ncolumns; i++)
			if (w->columns[i] == FIELD_COUNT)
				column = i; /* the last one: "Original | New | Total" */
		md_totals_row(w->md, b, column);
	} else if (find_head(w, b, &head, &column)) {
		take_row(w, b, &head, column);
	} else {
		read_as_text(w, b);
	}
}
