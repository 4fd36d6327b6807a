/* mapping_parts.c -- fields and conditions of a description; mapping.h shows them. */
#include "parsers/support/mapping_parts.h"

#include "gate/base/mem.h"
#include "gate/base/num.h"

int
map_ref(struct mapping *m, struct str path, const char **why)
{
	unsigned up = 0;
	bool key;

	while (str_skip(&path, "^"))
		up++;
	key = str_eqz(path, "@");
	for (size_t i = 0; i < m->nrefs; i++)
		if (m->ref[i].up == up && m->ref[i].key == key && str_eq(m->ref[i].path, path))
			return (int)i;
	if (m->nrefs == MAP_REFS) {
		*why = "too many paths";
		return -1;
	}
	m->ref[m->nrefs] = (struct map_ref){ .up = up, .key = key, .path = path };
	return (int)m->nrefs++;
}

int
map_expr_init(struct mapping *m, struct map_expr *e, struct str spec, const char **why)
{
	struct map_part *part;

	if (str_skip(&spec, "=")) {
		part = vec_push(e);
		part->before = spec;
		part->ref = -1;
		return 0;
	}
	if (str_chr(spec, '{') == STR_NPOS) {
		part = vec_push(e);
		return (part->ref = map_ref(m, spec, why)) < 0 ? -1 : 0;
	}
	while (spec.n) {
		size_t open = str_chr(spec, '{'), close;

		part = vec_push(e);
		part->before = str_to(spec, open);
		part->ref = -1;
		if (open == STR_NPOS)
			break;
		spec = str_from(spec, open + 1);
		close = str_chr(spec, '}');
		if (close == STR_NPOS) {
			*why = "`{` without `}`";
			return -1;
		}
		if ((part->ref = map_ref(m, str_to(spec, close), why)) < 0)
			return -1;
		spec = str_from(spec, close + 1);
	}
	return 0;
}

/*
 * Text stands before a path only when the path is there, and text between two only when the
 * first was there too.
 */
struct str
map_expr_text(struct mapping *m, const struct map_expr *e, struct buf *scratch)
{
	if (e->n == 0)
		return STR_NONE;
	if (e->n == 1 && e->v[0].ref < 0)
		return e->v[0].before;
	if (e->n == 1 && e->v[0].before.n == 0)
		return m->ref[e->v[0].ref].value;
	buf_reset(scratch);
	for (size_t i = 0; i < e->n; i++) {
		struct str value = e->v[i].ref < 0 ? STR_NONE : m->ref[e->v[i].ref].value;

		if (e->v[i].ref >= 0 && value.n == 0)
			continue;
		if (i == 0 || scratch->n)
			buf_add(scratch, e->v[i].before);
		buf_add(scratch, value);
	}
	return buf_str(scratch);
}

void
map_expr_release(struct map_expr *e)
{
	vec_release(e);
}

/* ---- conditions ---- */

static int
add_term(struct mapping *m, struct map_cond *c, struct str spec, bool starts, const char **why)
{
	struct map_term *t = vec_push(c);
	struct str words = STR_NONE;

	t->starts_group = starts;
	t->not = str_skip(&spec, "!");
	if (str_cut(&spec, "=", &words)) {
		t->compares = true;
		t->words = words;
		if (str_ends(spec, "!")) {
			t->not = true;
			spec.n--;
		}
	}
	if (spec.n == 0 && !t->compares) {
		*why = "a path is missing in a condition";
		return -1;
	}
	return (t->ref = map_ref(m, spec, why)) < 0 ? -1 : 0;
}

struct map_cond *
map_cond_new(struct mapping *m, struct str spec, const char **why)
{
	struct map_cond *c = xcalloc(1, sizeof(*c));
	struct str group, rest;

	while (str_word(&spec, &group)) {
		bool starts = true;

		do {
			rest = STR_NONE;
			str_cut(&group, "&", &rest);
			if (add_term(m, c, group, starts, why) < 0) {
				map_cond_free(c);
				return NULL;
			}
			starts = false;
			group = rest;
		} while (group.n);
	}
	if (c->n == 0) {
		*why = "an empty condition";
		map_cond_free(c);
		return NULL;
	}
	return c;
}

bool
map_condition_empty(struct str s)
{
	double d;

	s = str_trim(s);
	if (s.n == 0 || str_ieqz(s, "false") || str_eqz(s, "null"))
		return true;
	if (s.p[0] == '[' || s.p[0] == '{')
		return s.n >= 2 && str_trim(str_n(s.p + 1, s.n - 2)).n == 0;
	return num_double(s, &d) && d == 0;
}

static bool
term_holds(const struct mapping *m, const struct map_term *t)
{
	struct str value = str_trim(m->ref[t->ref].value), words = t->words, rest;
	bool is;

	if (!t->compares) {
		is = !map_condition_empty(value);
	} else {
		do {
			rest = STR_NONE;
			str_cut(&words, "|", &rest);
			is = str_ieq(value, words);
			words = rest;
		} while (!is && words.n);
	}
	return is != t->not;
}

bool
map_cond_holds(const struct mapping *m, const struct map_cond *c)
{
	bool all = true;

	for (size_t i = 0; i < c->n; i++) {
		if (c->v[i].starts_group) {
			if (i && all)
				return true;
			all = true;
		}
		all = all && term_holds(m, &c->v[i]);
	}
	return all;
}

void
map_cond_free(struct map_cond *c)
{
	if (c)
		vec_release(c);
	free(c);
}
