/* test_case.c -- the finding names this case: by its ID, or by a name that only it has. */
#include "gate/correlate/engine/subject.h"

static struct str
detail(const struct ref *r, const struct subject *s)
{
	if (r->from.n == 0)
		return r->text;
	return arena_printf(&s->scratch->keys, "%.*s, renamed to %.*s", STR_FMT(r->from),
		STR_FMT(r->text));
}

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	if (s->test == NULL)
		return;
	for (const struct ref *r = refs_of(&ix->cases, key_token(s->key)); r; r = r->next) {
		const struct named *named = &s->scratch->cases[r->n];
		bool exact;

		if (!ref_names_case(r, s, &exact))
			continue;
		/* "test_login" is the name of a case only where one case of the run has it. */
		if (exact || (!named->many && !named->exact))
			offer(out, EV_TEST_CASE, STRENGTH_STRONG, NAMES_CASE, r, detail(r, s));
	}
}

const struct evidence_rule evidence_test_case = {
	.kind = EV_TEST_CASE,
	.help = "the finding names this case: its ID, or a bare name that is unique in the run",
	.find = find,
};
