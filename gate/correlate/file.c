/* file.c -- the finding names the test's file, and no more. A case of it is not the file. */
#include "gate/correlate/engine/place.h"
#include "gate/correlate/engine/subject.h"

static void
look_for(const struct index *ix, struct str path, struct offers *out)
{
	struct str name = place_name(place_tidy(path));

	for (const struct ref *r = refs_of(&ix->files, name); r; r = r->next)
		if (place_same(r->text, path))
			offer(out, EV_FILE, STRENGTH_LIKELY, NAMES_FILE, r, r->text);
}

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	/* Java's reports name no file, and the class is one of several languages. */
	static const char *const others[] = { ".kt", ".groovy", ".scala" };
	struct str path;

	if (s->test == NULL || s->file.n == 0)
		return;
	look_for(ix, s->file, out);
	for (size_t i = 0; i < 3 && s->test->file.n == 0 && str_ends(s->file, ".java"); i++) {
		path = str_to(s->file, s->file.n - strlen(".java"));
		path = arena_printf(&s->scratch->keys, "%.*s%s", STR_FMT(path), others[i]);
		look_for(ix, path, out);
	}
}

const struct evidence_rule evidence_file = {
	.kind = EV_FILE,
	.help = "it names the test's file alone",
	.find = find,
};
