/*
 * resolve.c -- from what each register says by itself to what they say together.
 *
 * Everything goes through maps and sorted arrays: a register may hold 200,000 findings.
 */
#include "gate/model/resolve.h"

/* Readers add findings as they come upon them; policy order, then line, is what counts. */
static int
by_place(const void *a, const void *b)
{
	const struct finding *x = *(struct finding *const *)a, *y = *(struct finding *const *)b;

	if (x->reg->order != y->reg->order)
		return x->reg->order < y->reg->order ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static void
number(struct findings *fs)
{
	if (fs->all.n)
		qsort(fs->all.v, fs->all.n, sizeof(struct finding *), by_place);
	for (size_t i = 0; i < fs->all.n; i++)
		fs->all.v[i]->order = (long)i;
}

/* Two definitions never merge by ID; a qualified ID that means two findings is of no use. */
static void
note_duplicate_ids(struct findings *fs)
{
	struct map seen = { 0 };

	for (size_t i = 0; i < fs->all.n; i++) {
		struct finding *f = fs->all.v[i], *first;
		void **at;

		if (f->statement)
			continue;
		at = map_at(&seen, f->qualified);
		first = *at;
		if (first == NULL)
			*at = f;
		else
			findings_note(fs, REGP_DUPLICATE_ID, f->reg, f->line,
				"%.*s is already defined at %.*s:%ld", STR_FMT(f->qualified),
				STR_FMT(first->reg->shown), first->line);
	}
	map_release(&seen);
}

void
findings_resolve(struct findings *fs)
{
	struct resolver r = { .fs = fs };

	number(fs);
	note_duplicate_ids(fs);
	names_init(&r.names, fs);
	cites_init(&r.cites, fs, &r.names);
	resolve_statements(&r);
	resolve_links(&r);
	resolve_states(&r);
	cites_release(&r.cites);
	names_release(&r.names);
}
