/*
 * xmlmap_missed.c -- what a description that is tried for the first time does not find in a
 * report: a wrong path must not read as "there is nothing".
 */
#include "parsers/support/xmlmap_parts.h"

static bool
is_result(const struct xml_def *d)
{
	return d->r && (d->r->kind == XML_TEST || d->r->kind == XML_ISSUE);
}

/* An element opens: is it around records, or in the place of one without being one? */
void
xml_watch_open(struct xml_reader *r, int name, bool known)
{
	int outer = r->path[xml_depth(r->x) - 1];
	bool in_place = false;

	for (int i = 0; i < r->c->ndefs; i++) {
		const struct xml_part *around = r->c->def[i]->part->outer;

		if (!is_result(r->c->def[i]) || around == NULL)
			continue;
		if (name >= 0 && xml_part_has(around, name))
			r->around = true;
		in_place = in_place ||
			(xml_depth(r->x) > 1 && outer >= 0 && xml_part_has(around, outer));
	}
	if (in_place && !known)
		r->strangers++;
}

/* Conditions that may be wrong, since what they ask for was never there. */
static bool
asks_in_vain(const struct xml_def *d, int then)
{
	const struct xml_when *w = d->r->when;

	for (int i = 0; w && w[i].path; i++)
		if ((int)w[i].then == then && !(d->when_seen & 1ul << i))
			return true;
	return false;
}

static bool
is_seen(const struct xml_def *d, enum xml_field f)
{
	return d->seen & 1ul << f;
}

static bool
is_vital(const struct xml_def *d, enum xml_field f)
{
	if (f == F_MESSAGE || f == F_RULE)
		return d->r->kind == XML_ISSUE && !is_seen(d, F_MESSAGE) && !is_seen(d, F_RULE);
	if (f == F_NAME || f == F_ID)
		return !is_seen(d, F_NAME) && !is_seen(d, F_ID);
	return f == F_OUTCOME;
}

static void
tell(struct xml_reader *r, const struct xml_def *d)
{
	const struct xml_map *map = r->c->map;

	if (d->offered && d->kept == 0 &&
		(asks_in_vain(d, XML_KEEP) || asks_in_vain(d, XML_DROP)))
		map->missed(map->missed_ctx, d->r, "when", true);
	if (d->kept && d->passed == d->kept && asks_in_vain(d, XML_INFO))
		map->missed(map->missed_ctx, d->r, "pass", true);
	if (d->kept && d->hidden == d->kept && asks_in_vain(d, XML_SUPPRESSED))
		map->missed(map->missed_ctx, d->r, "suppressed", true);
	for (int i = 0; d->kept && i < F_COUNT; i++) {
		/* Text is what a message may be without; a passing test has neither. */
		bool of_failures = d->r->kind == XML_TEST &&
			(i == F_MESSAGE || i == F_TEXT || i == F_TYPE);

		if (d->field[i] && !of_failures && !is_seen(d, (enum xml_field)i))
			map->missed(map->missed_ctx, d->r, xml_field_name((enum xml_field)i),
				is_vital(d, (enum xml_field)i));
	}
}

/* No record, and nothing that says that there is none. */
static int
none_at_all(struct xml_reader *r)
{
	for (int i = 0; i < r->c->ndefs; i++)
		if (is_result(r->c->def[i]))
			r->c->map->missed(r->c->map->missed_ctx, r->c->def[i]->r, "element", true);
	return -1;
}

/* At the end: 0, or -1 when nothing of what is described was there. */
int
xml_missed(struct xml_reader *r)
{
	bool issues = false;
	long offered = 0;

	for (int i = 0; i < r->c->ndefs; i++) {
		if (!is_result(r->c->def[i]))
			continue;
		issues = issues || r->c->def[i]->r->kind == XML_ISSUE;
		offered += r->c->def[i]->offered;
		tell(r, r->c->def[i]);
	}
	if (offered || r->any)
		return 0;
	if (r->c->looks ? !r->looked : !r->around || r->strangers)
		return none_at_all(r);
	if (issues)
		r->out->clean(r->out->ctx);
	return 0;
}
