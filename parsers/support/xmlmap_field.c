/* xmlmap_field.c -- the text of a record's field, from its frame's slots and those around. */
#include "parsers/support/xmlmap_parts.h"

static struct str
slot_text(struct xml_frame *f, int slot)
{
	return f->state[slot] == SLOT_NONE ? STR_NONE : str_trim(kept_str(&f->slot[slot]));
}

/* Of one element around the record. */
static struct str
outer_text(struct xml_frame *f, const struct xml_alt *a)
{
	if (xml_part_has(f->def->part, a->outer))
		for (int i = 0; i < f->def->nslots; i++)
			if (str_eq(f->def->path[i], a->text))
				return slot_text(f, i);
	return STR_NONE;
}

static struct str
nearest_text(struct xml_frame *f, const struct xml_alt *a)
{
	struct str s = STR_NONE;

	for (f = f->outer; f && s.n == 0; f = f->outer)
		s = outer_text(f, a);
	return s;
}

/* Of every one, the outer ones first. */
static struct str
every_text(struct xml_reader *r, struct xml_frame *f, const struct xml_alt *a,
	enum xml_field field)
{
	struct str names[MAX_DEPTH];
	struct buf *b = &r->made[field];
	size_t n = 0, from = b->n;

	for (f = f->outer; f && n < MAX_DEPTH; f = f->outer) {
		struct str s = outer_text(f, a);

		if (s.n)
			names[n++] = s;
	}
	while (n-- > 0) {
		if (b->n > from)
			buf_addz(b, field == F_SUITE ? " > " : ".");
		buf_add(b, names[n]);
	}
	return str_from(buf_str(b), from);
}

struct str
xml_alt_text(struct xml_reader *r, struct xml_frame *f, const struct xml_alt *a,
	enum xml_field field)
{
	switch (a->how) {
	case ALT_TEXT:
		return a->text;
	case ALT_SLOT:
		return slot_text(f, a->slot);
	case ALT_OUTER:
		return nearest_text(f, a);
	case ALT_EVERY:
		return every_text(r, f, a, field);
	}
	return STR_NONE;
}

struct str
xml_first_text(struct xml_reader *r, struct xml_frame *f, const struct xml_alt *a,
	enum xml_field field)
{
	struct str s = STR_NONE;

	for (; a && s.n == 0; a = a->next)
		s = xml_alt_text(r, f, a, field);
	return s;
}

/* The parts of an id or a path, in one text; none without its last part. */
static struct str
parts_text(struct xml_reader *r, struct xml_frame *f, enum xml_field field)
{
	struct buf whole = BUF_INIT;
	struct str s = STR_NONE;

	for (const struct xml_alt *a = f->def->field[field]; a; a = a->next) {
		buf_reset(&r->made[field]);
		s = xml_alt_text(r, f, a, field);
		if (s.n && whole.n)
			buf_addc(&whole, field == F_FILE ? '/' : '.');
		buf_add(&whole, s);
	}
	buf_reset(&r->made[field]);
	if (s.n)
		buf_add(&r->made[field], buf_str(&whole));
	buf_release(&whole);
	return buf_str(&r->made[field]);
}

struct str
xml_field(struct xml_reader *r, struct xml_frame *f, enum xml_field field)
{
	buf_reset(&r->made[field]);
	if (f->def->parts[field])
		return parts_text(r, f, field);
	return xml_first_text(r, f, f->def->field[field], field);
}
