/*
 * id.c -- the finding's ID or an alias stands in the result. Short ones (F1) are too common
 * for running text: they count in properties, or in brackets.
 */
#include "gate/correlate/engine/subject.h"

static int
specificity(enum field field)
{
	return field == IN_FILE ? NAMES_FILE : field == IN_MESSAGE ? NAMES_NOTHING : NAMES_CASE;
}

static void
offer_all(const struct ref *refs, int names, struct str at, struct offers *out)
{
	for (const struct ref *r = refs; r; r = r->next)
		if (r->reg == NULL || r->reg->kind != REGISTER_LIST) /* there, IDs are tests */
			offer(out, EV_ID, STRENGTH_STRONG, names, r, at);
}

static const struct ref *
known(const struct index *ix, struct str id)
{
	char small[256];

	if (id.n == 0 || id.n > sizeof(small))
		return NULL;
	for (size_t i = 0; i < id.n; i++)
		small[i] = literal_fold(id.p[i]);
	return refs_of(&ix->ids, str_n(small, id.n));
}

static bool
id_char(char c)
{
	return is_alnum(c) || c == '-' || c == '_' || c == '#';
}

/* Every token of the values of properties, short IDs too. */
static void
look_at_properties(const struct index *ix, const struct test *t, struct offers *out)
{
	for (size_t i = 0; i < t->nprops; i++) {
		struct str rest = t->props[i].value;

		if (str_ieqz(t->props[i].name, "finding"))
			continue;
		while (rest.n) {
			size_t n = 0;

			while (n < rest.n && id_char(rest.p[n]))
				n++;
			offer_all(known(ix, str_to(rest, n)), NAMES_CASE, str_to(rest, n), out);
			rest = str_from(rest, n + (n == 0));
		}
	}
}

/* "#$1" with the groups of a match. */
static void
expand(struct buf *out, struct str form, const struct str groups[10])
{
	for (size_t i = 0; i < form.n; i++) {
		if (form.p[i] == '$' && i + 1 < form.n && is_digit(form.p[i + 1]))
			buf_add(out, groups[form.p[++i] - '0']);
		else
			buf_addc(out, form.p[i]);
	}
}

/* How this project writes IDs into names; an unknown one is nothing. */
static void
look_at_patterns(const struct index *ix, const struct subject *s, struct offers *out)
{
	struct buf id = BUF_INIT;

	for (size_t i = 0; i < ix->opt.nid_patterns; i++) {
		struct str rest = s->id, groups[10];

		for (int times = 0; times < 16 && rest.n; times++) {
			if (regex_find(ix->opt.id_patterns[i].regex, rest, groups, 10) != REGEX_YES)
				break;
			buf_reset(&id);
			expand(&id, ix->opt.id_patterns[i].id, groups);
			offer_all(known(ix, buf_str(&id)), NAMES_CASE,
				arena_dup(&s->scratch->keys, buf_str(&id)), out);
			if (groups[0].n == 0)
				break;
			rest = str_from(rest, (size_t)(groups[0].p - rest.p) + groups[0].n);
		}
	}
	buf_release(&id);
}

static void
find(const struct index *ix, const struct subject *s, struct offers *out)
{
	for (size_t i = 0; i < s->hits.n; i++)
		if (s->hits.v[i].term->kind == TERM_ID)
			offer_all(s->hits.v[i].term->holders.first, specificity(s->hits.v[i].field),
				s->hits.v[i].at, out);
	if (s->test) {
		look_at_properties(ix, s->test, out);
		look_at_patterns(ix, s, out);
	}
}

const struct evidence_rule evidence_id = {
	.kind = EV_ID,
	.help = "its ID or an alias stands in the name, file, properties or message",
	.find = find,
};
