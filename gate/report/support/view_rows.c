/* view_rows.c -- see view_rows.h. */
#include "gate/report/support/view_rows.h"

/* What a person cares for first: what the change broke, then what came back, then the rest. */
static const enum class importance[] = {
	CLASS_REGRESSION, CLASS_NEW_FAILURE, CLASS_FAILED_FIX, CLASS_RESURFACED, CLASS_NEW_ISSUE,
	CLASS_WAIVER_EXPIRED, CLASS_MISSING, CLASS_INDETERMINATE, CLASS_KNOWN_FAILURE,
	CLASS_PREEXISTING_FAILURE, CLASS_KNOWN_ISSUE, CLASS_UNEXPECTED_PASS, CLASS_NEWLY_SKIPPED,
	CLASS_REMOVED, CLASS_FLAKY, CLASS_KNOWN_FLAKY, CLASS_WAIVED,
};
#define IMPORTANT (sizeof(importance) / sizeof(importance[0]))

unsigned
class_rank(enum class c)
{
	unsigned i = 0;

	while (i < IMPORTANT && importance[i] != c)
		i++;
	return i;
}

unsigned
row_class_rank(const struct judged *j)
{
	return j ? class_rank(j->cls) : IMPORTANT;
}

static enum level
row_level(const struct view_row *r)
{
	return r->issue ? r->issue->level : r->finding ? r->finding->level : LEVEL_UNKNOWN;
}

struct view_row
row_of_test(const struct test *t)
{
	return (struct view_row){ .kind = ITEM_TEST, .id = t->id, .test = t, .judged = &t->judged,
		.finding = t->judged.finding,
		.producer = t->report ? t->report->producer : NULL };
}

struct view_row
row_of_issue(const struct issue *i)
{
	return (struct view_row){ .kind = ITEM_ISSUE, .id = i->id, .issue = i, .judged = &i->judged,
		.finding = i->judged.finding,
		.producer = i->report ? i->report->producer : NULL };
}

struct view_row
row_of_absent(const struct absent *a)
{
	return (struct view_row){ .kind = ITEM_ABSENT, .id = a->ref.n ? a->ref : a->finding->id,
		.absent = a, .judged = &a->judged, .finding = a->finding };
}

struct view_row
row_of_item(const struct item *it)
{
	struct view_row r = { .kind = it->kind, .id = it->id, .finding = it->finding };

	if (it->test) {
		r = row_of_test(it->test);
	} else if (it->issue) {
		r = row_of_issue(it->issue);
	} else if (it->producer) {
		r.producer = it->producer;
		r.judged = &it->producer->judged;
		r.finding = view_shown_under(it->producer);
	} else if (it->absent) {
		r = row_of_absent(it->absent);
	}
	if (r.judged == NULL || !str_eq(it->text, r.judged->note))
		r.text = it->text; /* the note is told with the finding */
	return r;
}

static struct str
row_leg(const struct view_row *r)
{
	return r->test && r->test->report ? r->test->report->leg : STR_NONE;
}

/*
 * Equal for what is one row: one test in several legs, one item of several rules. What two
 * rules say about one producer or finding are two things; so are the suggestions for two legs.
 */
struct str
row_key(struct arena *mem, const struct view_row *r)
{
	struct str producer = r->producer ? r->producer->spec->name : STR_NONE;
	struct str finding = r->finding ? r->finding->qualified : STR_NONE;
	bool result = r->test || r->issue || r->absent;
	struct str rule = result || r->rule == NULL ? STR_NONE : r->rule->rule;
	struct str hint = r->hint ? r->hint->qualified : STR_NONE;

	return arena_printf(mem, "%d %d %zu %zu %zu %zu %.*s%.*s%.*s%.*s%.*s", (int)r->kind,
		r->judged ? (int)r->judged->cls : -1, producer.n, r->id.n, rule.n, finding.n,
		STR_FMT(producer), STR_FMT(r->id), STR_FMT(rule), STR_FMT(finding), STR_FMT(hint));
}

static void
add_leg(struct view_rows *rows, size_t i, struct str leg)
{
	struct view_row *r = &rows->v[i];

	if (r->test == NULL)
		return;
	if (r->legs.n == 0)
		*vec_push(&r->legs) = row_leg(r);
	for (size_t k = 0; k < r->legs.n; k++)
		if (str_eq(r->legs.v[k], leg))
			return;
	*vec_push(&r->legs) = leg;
}

/* False: another list shows it already. `list` tells the lists apart. */
bool
rows_add(struct view *v, struct shown *shown, struct view_rows *rows, const void *list,
	const struct view_row *r)
{
	void **at = map_at(&shown->at, row_key(&v->mem, r));
	struct place *p = *at;

	if (p) {
		if (p->list != list)
			return false;
		add_leg(rows, p->i, row_leg(r));
		return true;
	}
	p = arena_new(&v->mem, struct place);
	p->list = list;
	p->i = rows->n;
	p->blocks = r->rule && r->rule->outcome != RESULT_WARN;
	*at = p;
	*vec_push(rows) = *r;
	return true;
}

static int
row_cmp(const void *x, const void *y)
{
	const struct view_row *a = x, *b = y;
	unsigned ra = row_class_rank(a->judged), rb = row_class_rank(b->judged);
	enum level la = row_level(a), lb = row_level(b);
	int c;

	if (ra != rb)
		return ra < rb ? -1 : 1;
	if (la != lb)
		return la > lb ? -1 : 1;
	c = str_cmp(a->finding ? a->finding->qualified : STR_NONE,
		b->finding ? b->finding->qualified : STR_NONE);
	if (c == 0)
		c = str_cmp(a->id, b->id);
	if (c == 0 && a->producer && b->producer)
		c = str_cmp(a->producer->spec->name, b->producer->spec->name);
	return c;
}

void
rows_sort(struct view_rows *rows)
{
	if (rows->n > 1)
		qsort(rows->v, rows->n, sizeof(*rows->v), row_cmp);
}
