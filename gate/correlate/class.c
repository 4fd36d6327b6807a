/* class.c -- the finding names the test's class, describe block or parent test. */
#include "gate/correlate/engine/subject.h"

static void
look_for(const struct index *ix, struct str parent, struct offers *out)
{
	for (const struct ref *r = refs_of(&ix->classes, key_token(parent)); r; r = r->next)
		if (key_ends(parent, r->key))
			offer(out, EV_CLASS, STRENGTH_LIKELY, NAMES_CLASS, r, r->text);
}

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	if (s->test == NULL || ix->classes.n == 0)
		return;
	/* Every beginning of the comparable name: "test_x.TestY" of "test_x.TestY.test_z". */
	for (size_t i = 1; i < s->whole.n; i++)
		if (s->whole.p[i] == '.' || s->whole.p[i] == ' ')
			look_for(ix, str_to(s->whole, i), out);
}

const struct evidence_rule evidence_class = {
	.kind = EV_CLASS,
	.help = "it names the test's class alone",
	.find = find,
};
