/* view_sections.c -- what no failing rule shows: known, fixed, flaky, suggested (view.h). */
#include "gate/report/support/view_rows.h"

static bool
is_known(enum class c)
{
	return c == CLASS_KNOWN_FAILURE || c == CLASS_PREEXISTING_FAILURE || c == CLASS_WAIVED ||
		c == CLASS_KNOWN_ISSUE;
}

static bool
is_fixed(enum class c)
{
	return c == CLASS_FIXED || c == CLASS_UNEXPECTED_PASS || c == CLASS_VERIFIED_FIX ||
		c == CLASS_UNVERIFIED_FIX || c == CLASS_ORPHANED || c == CLASS_RESOLVED;
}

bool
view_sectioned(const struct judged *j)
{
	return j && (is_known(j->cls) || is_fixed(j->cls) || j->cls == CLASS_FLAKY ||
		j->cls == CLASS_KNOWN_FLAKY);
}

struct by_finding {
	struct map at;
};

/* The known row's place: one entry for each finding and class. */
static struct view_rows *
known_rows(struct view *v, struct by_finding *by, const struct view_row *r)
{
	struct str q = r->finding ? r->finding->qualified : STR_NONE;
	void **at = map_at(&by->at,
		arena_printf(&v->mem, "%d %.*s", (int)r->judged->cls, STR_FMT(q)));

	if (*at == NULL) {
		struct view_known *k = vec_push(&v->known);

		k->finding = r->finding;
		k->cls = r->judged->cls;
		*at = arena_new(&v->mem, size_t);
		*(size_t *)*at = v->known.n - 1;
	}
	return &v->known.v[*(size_t *)*at].rows;
}

/* The rows of the finding that is suggested first. */
static struct view_rows *
hint_rows(struct view *v, struct by_finding *by, struct view_row *r)
{
	const struct evidence *best[3];
	void **at;

	if (view_suggestions(v->d, r, best) == 0)
		decision_suggestions(v->d, r->judged, best, 1);
	r->hint = best[0]->finding;
	at = map_at(&by->at, arena_printf(&v->mem, "hint %.*s", STR_FMT(r->hint->qualified)));
	if (*at == NULL) {
		vec_push(&v->hints)->evidence = best[0];
		*at = arena_new(&v->mem, size_t);
		*(size_t *)*at = v->hints.n - 1;
	}
	return &v->hints.v[*(size_t *)*at].rows;
}

/* The section a class belongs to when no rule above shows it; NULL: none. */
static const void *
section(const struct view *v, const struct by_finding *by, const struct judged *j)
{
	const struct evidence *best[1];
	enum class c = j->cls;

	if (is_known(c))
		return by;
	if (is_fixed(c))
		return &v->fixed;
	if (c == CLASS_FLAKY || c == CLASS_KNOWN_FLAKY)
		return &v->flaky;
	if ((c == CLASS_NEW_FAILURE || c == CLASS_NEW_ISSUE) &&
		decision_suggestions(v->d, j, best, 1))
		return &v->hints;
	return NULL;
}

static void
sort_out(struct view *v, struct by_finding *by, struct shown *shown, struct view_row *r)
{
	const void *list = section(v, by, r->judged);
	struct view_rows *rows;
	struct place *p;

	if (list == NULL)
		return;
	p = map_get(&shown->at, row_key(&v->mem, r));
	if (p && p->list != list)
		return; /* a rule above shows it */
	rows = list == by ? known_rows(v, by, r) : list == &v->fixed ? &v->fixed :
		list == &v->flaky ? &v->flaky : hint_rows(v, by, r);
	rows_add(v, shown, rows, list, r);
}

static int
known_cmp(const void *x, const void *y)
{
	const struct view_known *a = x, *b = y;
	enum level la = a->finding ? a->finding->level : LEVEL_UNKNOWN;
	enum level lb = b->finding ? b->finding->level : LEVEL_UNKNOWN;

	if (la != lb)
		return la > lb ? -1 : 1;
	if ((a->finding == NULL) != (b->finding == NULL))
		return a->finding ? -1 : 1;
	if (a->finding && a->finding != b->finding)
		return str_cmp(a->finding->qualified, b->finding->qualified);
	return a->cls < b->cls ? -1 : a->cls > b->cls;
}

/* Strongest first; the evidence of one kind stays in order of the findings' names. */
static int
hint_cmp(const void *x, const void *y)
{
	const struct evidence *a = ((const struct view_hint *)x)->evidence;
	const struct evidence *b = ((const struct view_hint *)y)->evidence;

	if (a->strength != b->strength)
		return a->strength > b->strength ? -1 : 1;
	return str_cmp(a->finding->qualified, b->finding->qualified);
}

void
view_select_sections(struct view *v, struct shown *shown)
{
	const struct run *run = v->d->run;
	struct by_finding by = { 0 };

	for (size_t i = 0; i < run->tests.n; i++) {
		struct view_row r = row_of_test(run->tests.v[i]);

		sort_out(v, &by, shown, &r);
	}
	for (size_t i = 0; i < run->issues.n; i++) {
		struct view_row r = row_of_issue(run->issues.v[i]);

		sort_out(v, &by, shown, &r);
	}
	for (size_t i = 0; i < run->absents.n; i++) {
		struct view_row r = row_of_absent(&run->absents.v[i]);

		sort_out(v, &by, shown, &r);
	}
	map_release(&by.at);
	if (v->known.n > 1)
		qsort(v->known.v, v->known.n, sizeof(*v->known.v), known_cmp);
	for (size_t i = 0; i < v->known.n; i++)
		rows_sort(&v->known.v[i].rows);
	rows_sort(&v->fixed);
	rows_sort(&v->flaky);
	if (v->hints.n > 1)
		qsort(v->hints.v, v->hints.n, sizeof(*v->hints.v), hint_cmp);
	for (size_t i = 0; i < v->hints.n; i++)
		rows_sort(&v->hints.v[i].rows);
}
