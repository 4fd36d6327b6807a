/*
 * edits_floor.c -- what the change does to a floor that lies in its own repository. A new
 * requirement counts, one that is taken back or altered is pending; exemptions the other way round.
 */
#include "gate/edits.h"

#include "policies/engine/judge.h"
#include "policies/engine/strict.h"

static bool
same_requirement(const struct requirement *a, const struct requirement *b)
{
	return same_selectors(&a->where, &b->where) && a->min_tests == b->min_tests &&
		a->empty_clean == b->empty_clean && a->since == b->since &&
		str_list_same(&a->when_changed, &b->when_changed);
}

static bool
same_exemption(const struct exemption *a, const struct exemption *b)
{
	return str_list_same(&a->rules, &b->rules) && same_selectors(&a->where, &b->where) &&
		str_list_same(&a->projects, &b->projects) && str_eq(a->owner, b->owner) &&
		str_eq(a->reason, b->reason) && a->expires == b->expires;
}

static void
pend(const struct sides *s, const char *what, const struct selectors *where,
	const struct str_list *named, struct pos at)
{
	struct buf b = BUF_INIT;

	buf_addz(&b, what);
	if (!selectors_empty(where)) {
		buf_addc(&b, ' ');
		selectors_describe(where, &b);
	}
	for (size_t i = 0; i < named->n; i++)
		buf_addf(&b, "%s%.*s", i ? ", " : " ", STR_FMT(named->v[i]));
	edit_add(s->edits, buf_str(&b), at, buf_str(&b));
	buf_release(&b);
}

static void
compare_required(const struct sides *s, struct policy *trusted, struct policy *mine)
{
	const struct str_list none = { 0 };
	size_t n = trusted->required.n;

	for (size_t i = 0; i < n; i++) {
		const struct requirement *t = &trusted->required.v[i];
		bool kept = false;

		for (size_t k = 0; k < mine->required.n; k++)
			kept |= same_requirement(t, &mine->required.v[k]);
		if (!kept)
			pend(s, "no longer requires a report of", &t->where, &none,
				t->at);
	}
	for (size_t k = 0; k < mine->required.n; k++) {
		struct requirement *m = &mine->required.v[k];
		bool known = false;

		for (size_t i = 0; i < n; i++)
			known |= same_requirement(&trusted->required.v[i], m);
		if (known)
			continue;
		*vec_push(&trusted->required) = *m;
		*m = (struct requirement){ .at = m->at }; /* its lists moved over */
	}
}

/* Whom only the trusted side exempts, nobody exempts; whom only the change does, not yet. */
static void
compare_exempt(const struct sides *s, struct policy *trusted, const struct policy *mine)
{
	size_t n = 0;

	for (size_t k = 0; k < mine->exempt.n; k++) {
		const struct exemption *m = &mine->exempt.v[k];
		bool known = false;

		for (size_t i = 0; i < trusted->exempt.n; i++)
			known |= same_exemption(&trusted->exempt.v[i], m);
		if (!known)
			pend(s, "exempts from the floor's", &m->where, &m->rules, m->at);
	}
	for (size_t i = 0; i < trusted->exempt.n; i++) {
		struct exemption *t = &trusted->exempt.v[i];
		bool kept = false;

		for (size_t k = 0; k < mine->exempt.n; k++)
			kept |= same_exemption(t, &mine->exempt.v[k]);
		if (kept)
			trusted->exempt.v[n++] = *t;
		else
			exemption_release(t);
	}
	trusted->exempt.n = n;
}

void
edits_of_floors(const struct sides *s, struct policy *trusted, struct policy *mine)
{
	const struct str_list none = { 0 };
	const struct selectors all = { 0 };

	edits_of_policies(s, trusted, mine);
	compare_required(s, trusted, mine);
	compare_exempt(s, trusted, mine);
	if (mine->baseline_required && !trusted->baseline_required) {
		trusted->baseline_required = true;
		trusted->baseline_at = mine->baseline_at;
	} else if (trusted->baseline_required && !mine->baseline_required) {
		pend(s, "no longer requires a baseline", &all, &none, trusted->baseline_at);
	}
	if (mine->excuse_at == trusted->excuse_at && mine->excuse_at_at.file)
		trusted->excuse_at_at = mine->excuse_at_at;
}
