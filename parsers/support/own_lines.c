/*
 * own_lines.c -- a described text format: patterns whose named groups are the members of a
 * record, which then mean what they mean in JSON (see mapping.h).
 */
#include <stdio.h>

#include "gate/base/limits.h"
#include "parsers/support/own_lines.h"

static struct str
group_of(const struct row *row, const struct str groups[], const struct line_match *m,
	struct str name, char number[32])
{
	static const enum line_field fields[] = { FIELD_FILE, FIELD_MESSAGE, FIELD_RULE,
		FIELD_SEVERITY };

	for (size_t i = 0; row->re && i < row->groups.n; i++)
		if (str_eqz(name, row->groups.v[i]))
			return row->number[i] < GROUPS ? groups[row->number[i]] : STR_NONE;
	if (row->re)
		return STR_NONE;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (str_eqz(name, own_shape_group(fields[i])))
			return m->text[fields[i]];
	for (enum line_field i = FIELD_LINE; i <= FIELD_END_LINE; i++) {
		if (!m->number[i] || !str_eqz(name, own_shape_group(i)))
			continue;
		snprintf(number, 32, "%ld", m->number[i]);
		return str_of(number);
	}
	return STR_NONE;
}

static void
set_value(struct map_ref *ref, struct str value)
{
	buf_reset(&ref->scratch);
	buf_add(&ref->scratch, str_to(value, MAX_TEXT_KEPT));
	ref->value = ref->raw = buf_str(&ref->scratch);
}

static struct str
heading_of(const struct own_lines *o, struct str name)
{
	for (size_t i = 0; i < o->nheading; i++)
		if (str_eq(o->heading[i].name, name))
			return buf_str(&o->heading[i].value);
	return STR_NONE;
}

static int
flush(struct own_lines *o)
{
	struct mapping *m = o->open;

	o->open = NULL;
	return m ? mapping_send(m, o->l.out, NULL, NULL, o->open_at) : 0;
}

/* A match in the hands of a row. */
struct found {
	struct str groups[GROUPS];
	struct line_match shape;
};

static void
start_record(struct own_lines *o, const struct row *row, const struct found *f)
{
	struct mapping *m = &o->map[row->record];
	char number[32];

	for (size_t i = 0; i < m->nrefs; i++) {
		struct map_ref *ref = &m->ref[i];
		struct str value = ref->path.n == 0 ? str_trim(o->l.line)
			: group_of(row, f->groups, &f->shape, ref->path, number);

		if (value.n == 0)
			value = heading_of(o, ref->path);
		if (value.n == 0 && row->word && str_eqz(ref->path, "severity"))
			value = str_of(row->word);
		set_value(ref, value);
	}
	o->open = m;
	o->open_at = o->l.number;
}

/* What the record lacks; a message goes on. */
static void
add_more(struct own_lines *o, const struct row *row, const struct found *f)
{
	struct mapping *m = o->open;
	char number[32];

	for (size_t i = 0; m && i < m->nrefs; i++) {
		struct map_ref *ref = &m->ref[i];
		bool message = str_eqz(ref->path, "message");
		struct str value = group_of(row, f->groups, &f->shape, ref->path, number);

		if (message && row->groups.n == 0)
			value = str_trim(o->l.line);
		if (value.n && ref->value.n == 0) {
			set_value(ref, value);
		} else if (value.n && message && ref->scratch.n < MAX_TEXT_KEPT) {
			buf_addc(&ref->scratch, '\n');
			buf_add(&ref->scratch, str_to(value, MAX_TEXT_KEPT));
			ref->value = ref->raw = buf_str(&ref->scratch);
		}
	}
}

static void
take_heading(struct own_lines *o, const struct row *row, const struct found *f)
{
	char number[32];

	o->nheading = 0;
	for (size_t i = 0; i < row->groups.n && o->nheading < 8; i++) {
		struct str name = str_of(row->groups.v[i]);

		o->heading[o->nheading].name = name;
		buf_reset(&o->heading[o->nheading].value);
		buf_add(&o->heading[o->nheading++].value,
			str_to(group_of(row, f->groups, &f->shape, name, number), MAX_NAME_KEPT));
	}
}

static int
take_row(struct own_lines *o, const struct row *row, const struct found *f)
{
	o->known++;
	if (row->what == OWN_MORE) {
		add_more(o, row, f);
		return 0;
	}
	if (flush(o) < 0)
		return -1;
	switch (row->what) {
	case OWN_ISSUE:
	case OWN_TEST:
		o->sent++;
		start_record(o, row, f);
		return 0;
	case OWN_FAILED:
	case OWN_NOTHING:
		o->failed = true;
		start_record(o, row, f);
		return flush(o);
	case OWN_HEADING:
		take_heading(o, row, f);
		return 0;
	case OWN_CLEAN:
		o->clean = true;
		return 0;
	default:
		return 0;
	}
}

/* What is to be ignored is asked first. */
static enum regex_result
find_row(struct own_lines *o, const struct row **row, struct found *f)
{
	for (int ignored = 1; ignored >= 0; ignored--) {
		for (size_t i = 0; i < o->rows.n; i++) {
			enum regex_result r;

			*row = o->rows.v[i];
			if (((*row)->what == OWN_IGNORE) != ignored)
				continue;
			f->shape.words = o->words;
			r = (*row)->re ? regex_find((*row)->re, o->l.line, f->groups, GROUPS)
				: line_shape_match(&(*row)->shape, o->l.line, &f->shape)
				? REGEX_YES : REGEX_NO;
			if (r != REGEX_NO)
				return r;
		}
	}
	return REGEX_NO;
}

static int
take_line(struct own_lines *o)
{
	const struct row *row;
	struct found f;

	switch (find_row(o, &row, &f)) {
	case REGEX_YES:
		o->broken_off = false;
		return take_row(o, row, &f);
	case REGEX_GAVE_UP:
		lines_problem(&o->l, PROBLEM_OVER_LIMIT,
			"the pattern at %s:%ld:%ld gave up on this line: it takes too many steps",
			row->from->at.file ? row->from->at.file : "?", row->from->at.line,
			row->from->at.col);
		return -1;
	case REGEX_NO:
		break;
	}
	o->broken_off = o->l.line.n && !source_line_ended(o->l.in);
	if (o->l.line.n && !is_space(o->l.line.p[0]) && lines_cry(&o->l))
		o->failed = true;
	return flush(o);
}

static void
missed(void *ctx, const struct map_fields *f, const char *field, bool vital)
{
	struct own_run *run = ctx;

	own_missed(run, &run->f->records.v[f - run->table], field, vital);
}

static int
finish(struct own_lines *o)
{
	struct own_run run = { .f = o->f, .out = o->l.out, .table = o->fields };
	const struct sink *out = o->l.out;

	if (o->broken_off)
		lines_problem(&o->l, PROBLEM_TRUNCATED, "it ends in the middle of a line");
	for (size_t i = 0; i < o->f->records.n; i++) {
		if (o->map[i].offered)
			mapping_missed(&o->map[i], missed, &run);
	}
	if (o->sent || o->failed)
		return 0;
	if (o->clean) {
		if (o->f->kind != KIND_TESTS)
			out->clean(out->ctx);
		return 0;
	}
	out->problem(out->ctx, PROBLEM_NOT_RECOGNISED, 0, o->known
		? STR("no record is in it, and no line that says so (`what: clean`)")
		: STR("no line of it fits the description"));
	return -1;
}

int
own_lines_read(const struct own_format *f, struct source *in, const struct sink *out)
{
	struct diags d = { 0 };
	struct own_lines o;
	int rc = 0;

	own_lines_init(&o, f, &d);
	o.l = (struct lines){ .in = in, .out = out };
	while (rc == 0 && lines_next(&o.l))
		rc = take_line(&o);
	if (rc == 0)
		rc = flush(&o);
	if (rc == 0)
		rc = finish(&o);
	own_lines_release(&o);
	diags_release(&d);
	return rc;
}
