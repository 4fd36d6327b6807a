/* property.c -- the test says itself which finding it is about: a JUnit property `finding`. */
#include "gate/correlate/engine/index.h"

static size_t
offer_named(const struct index *ix, struct offers *out, struct str name)
{
	char small[256];
	size_t n = 0;

	name = str_trim(name);
	if (name.n == 0 || name.n > sizeof(small))
		return 0;
	for (size_t i = 0; i < name.n; i++)
		small[i] = literal_fold(name.p[i]);
	for (const struct ref *r = refs_of(&ix->ids, str_n(small, name.n)); r; r = r->next, n++)
		offer(out, EV_PROPERTY, STRENGTH_CERTAIN, NAMES_CASE, r, name);
	return n;
}

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	for (size_t i = 0; s->test && i < s->test->nprops; i++) {
		const struct prop *p = &s->test->props[i];
		struct str rest = p->value, part;

		/* The whole value first: a register's name may have a comma in it. */
		if (!str_ieqz(p->name, "finding") || offer_named(ix, out, p->value))
			continue;
		while (rest.n) {
			part = rest;
			str_cut(&part, ",", &rest);
			offer_named(ix, out, part);
		}
	}
}

const struct evidence_rule evidence_property = {
	.kind = EV_PROPERTY,
	.help = "the test says so itself: JUnit property `finding`",
	.find = find,
};
