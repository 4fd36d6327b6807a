/* frame.c -- a stack frame, an issue or the test itself lies inside the finding's location. */
#include "gate/correlate/engine/place.h"
#include "gate/correlate/engine/tools.h"

static void
offer_place(const struct ref *r, int names, const struct frame *at, struct offers *out)
{
	offer(out, EV_FRAME, STRENGTH_POSSIBLE, names, r, at->shown);
}

static void
look_for(const struct index *ix, const struct frame *at, long last, struct offers *out)
{
	struct str path = place_tidy(at->path);
	const struct ref *r;

	for (r = refs_of(&ix->places, place_name(path)); r; r = r->next) {
		const struct location *l = r->location;

		/* Lines are more than a file is more than a folder. */
		if (!l->folder && place_same(l->path, path) && lines_touch(l, at->line, last))
			offer_place(r, l->line ? NAMES_CASE : NAMES_FILE, at, out);
	}
	for (size_t i = 1; i < path.n; i++) {
		if (path.p[i] != '/' && path.p[i] != '\\')
			continue;
		for (r = refs_of(&ix->places, place_name(str_to(path, i))); r; r = r->next)
			if ((r->location->folder || str_ends(r->location->path, "/")) &&
				place_below(r->location->path, path))
				offer_place(r, NAMES_DIRECTORY, at, out);
	}
}

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	struct frame own = { s->file, s->file, s->line };

	if (ix->places.n == 0)
		return;
	for (size_t i = 0; i < s->frames.n; i++)
		look_for(ix, &s->frames.v[i], s->frames.v[i].line, out);
	if (s->file.n && s->failing)
		look_for(ix, &own, s->end_line, out);
}

const struct evidence_rule evidence_frame = {
	.kind = EV_FRAME,
	.help = "a stack frame, the issue or the test lies inside its location",
	.find = find,
};
