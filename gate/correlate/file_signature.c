/* file_signature.c -- the finding names the file, and one of its signatures occurs. */
#include "gate/correlate/engine/place.h"
#include "gate/correlate/engine/subject.h"

/* Where the finding names the subject's file: a test reference, or a whole location. */
static const struct ref *
file_named_by(const struct index *ix, const struct subject *s, const struct finding *f)
{
	struct str name = place_name(place_tidy(s->file));

	for (const struct ref *r = s->test ? refs_of(&ix->files, name) : NULL; r; r = r->next)
		if (r->finding == f && place_same(r->text, s->file))
			return r;
	for (const struct ref *r = refs_of(&ix->places, name); r; r = r->next)
		if (r->finding == f && !r->location->folder && place_same(r->text, s->file))
			return r;
	return NULL;
}

static void
offer_both(const struct index *ix, const struct subject *s, const struct ref *holder,
	struct offers *out)
{
	const struct ref *file = file_named_by(ix, s, holder->finding);

	if (file)
		offer(out, EV_FILE_SIGNATURE, STRENGTH_STRONG, NAMES_FILE, holder, holder->text);
}

/* Signatures that are patterns are tried only for findings that name the file. */
static void
try_patterns(const struct subject *s, const struct ref *file, struct offers *out)
{
	const struct finding *f = file->finding;

	for (size_t i = 0; i < f->signatures.n; i++) {
		const struct signature *sig = &f->signatures.v[i];

		if (sig->regex && regex_find_line(sig->regex, s->text, NULL, 0) == REGEX_YES)
			offer(out, EV_FILE_SIGNATURE, STRENGTH_STRONG, NAMES_FILE, file, sig->text);
	}
}

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	struct str name = place_name(place_tidy(s->file));

	if (s->file.n == 0 || s->text.n == 0)
		return;
	for (size_t i = 0; i < s->hits.n; i++)
		if (s->hits.v[i].term->kind == TERM_TEXT)
			for (const struct ref *r = s->hits.v[i].term->holders.first; r; r = r->next)
				offer_both(ix, s, r, out);
	for (const struct ref *r = s->test ? refs_of(&ix->files, name) : NULL; r; r = r->next)
		if (place_same(r->text, s->file))
			try_patterns(s, r, out);
	for (const struct ref *r = refs_of(&ix->places, name); r; r = r->next)
		if (!r->location->folder && place_same(r->text, s->file))
			try_patterns(s, r, out);
}

const struct evidence_rule evidence_file_signature = {
	.kind = EV_FILE_SIGNATURE,
	.help = "it names the file, and one of its signatures occurs",
	.find = find,
};
