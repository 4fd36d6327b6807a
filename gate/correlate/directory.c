/* directory.c -- the finding names a folder the test lies in, or a pattern that covers it. */
#include "gate/base/glob.h"
#include "gate/correlate/engine/place.h"
#include "gate/correlate/engine/subject.h"

static void
look_for(const struct index *ix, const struct subject *s, struct str name, struct offers *out)
{
	for (const struct ref *r = refs_of(&ix->folders, name); r; r = r->next)
		if (place_below(r->text, s->file))
			offer(out, EV_DIRECTORY, STRENGTH_LIKELY, NAMES_DIRECTORY, r, r->text);
}

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	struct str file = place_tidy(s->file);

	if (s->test == NULL)
		return;
	for (const struct ref *r = ix->globs.first; r; r = r->next)
		if ((file.n && glob_match(r->text, file)) || glob_match(r->text, s->id))
			offer(out, EV_DIRECTORY, STRENGTH_LIKELY, NAMES_DIRECTORY, r, r->text);
	for (size_t i = 1; ix->folders.n && i < file.n; i++)
		if (file.p[i] == '/' || file.p[i] == '\\')
			look_for(ix, s, place_name(str_to(file, i)), out);
}

const struct evidence_rule evidence_directory = {
	.kind = EV_DIRECTORY,
	.help = "it names a folder of the test alone",
	.find = find,
};
