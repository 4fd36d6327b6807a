/* file_signature.c -- the finding names the file, and one of its signatures occurs. */
#include "gate/correlate/engine/place.h"
#include "gate/correlate/engine/subject.h"

static void
mark(const struct subject *s, const struct finding *f)
{
	s->scratch->naming[f->order] = s->scratch->now;
}

static void
offer_both(const struct subject *s, const struct ref *holder, struct offers *out)
{
	if (s->scratch->naming[holder->finding->order] == s->scratch->now)
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

/* A test reference, or a location, that is the subject's file. */
static void
look_at_file(const struct subject *s, const struct ref *refs, struct offers *out)
{
	for (const struct ref *r = refs; r; r = r->next) {
		if ((r->location && r->location->folder) || !place_same(r->text, s->file))
			continue;
		mark(s, r->finding);
		try_patterns(s, r, out);
	}
}

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	struct str name = place_name(place_tidy(s->file));

	if (s->file.n == 0 || s->text.n == 0)
		return;
	if (s->test)
		look_at_file(s, refs_of(&ix->files, name), out);
	look_at_file(s, refs_of(&ix->places, name), out);
	for (size_t i = 0; i < s->hits.n; i++)
		if (s->hits.v[i].term->kind == TERM_TEXT)
			for (const struct ref *r = s->hits.v[i].term->holders.first; r; r = r->next)
				offer_both(s, r, out);
}

const struct evidence_rule evidence_file_signature = {
	.kind = EV_FILE_SIGNATURE,
	.help = "it names the file, and one of its signatures occurs",
	.find = find,
};
