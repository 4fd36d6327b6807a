/* view.c -- see view.h: selects and sorts what people should see. */
#include "gate/report/support/view.h"

#include "gate/base/map.h"

/* What a person cares for first: what the change broke, then what came back, then the rest. */
static const enum class importance[] = {
	CLASS_REGRESSION, CLASS_NEW_FAILURE, CLASS_FAILED_FIX, CLASS_RESURFACED, CLASS_NEW_ISSUE,
	CLASS_WAIVER_EXPIRED, CLASS_MISSING, CLASS_INDETERMINATE, CLASS_KNOWN_FAILURE,
	CLASS_PREEXISTING_FAILURE, CLASS_KNOWN_ISSUE, CLASS_UNEXPECTED_PASS, CLASS_NEWLY_SKIPPED,
	CLASS_REMOVED, CLASS_FLAKY, CLASS_KNOWN_FLAKY, CLASS_WAIVED,
};
#define IMPORTANT (sizeof(importance) / sizeof(importance[0]))

static unsigned
class_rank(const struct judged *j)
{
	for (unsigned i = 0; j && i < IMPORTANT; i++)
		if (importance[i] == j->cls)
			return i;
	return IMPORTANT;
}

static enum level
item_level(const struct item *it)
{
	if (it->issue)
		return it->issue->level;
	if (it->test && it->test->judged.finding)
		return it->test->judged.finding->level;
	return it->finding ? it->finding->level : LEVEL_UNKNOWN;
}

static enum level
row_level(const struct view_row *r)
{
	return r->issue ? r->issue->level : r->finding ? r->finding->level : LEVEL_UNKNOWN;
}

static struct view_row
row_of_test(const struct test *t)
{
	return (struct view_row){ .kind = ITEM_TEST, .id = t->id, .test = t, .judged = &t->judged,
		.finding = t->judged.finding,
		.producer = t->report ? t->report->producer : NULL };
}

static struct view_row
row_of_issue(const struct issue *i)
{
	return (struct view_row){ .kind = ITEM_ISSUE, .id = i->id, .issue = i, .judged = &i->judged,
		.finding = i->judged.finding,
		.producer = i->report ? i->report->producer : NULL };
}

static struct view_row
row_of_absent(const struct absent *a)
{
	return (struct view_row){ .kind = ITEM_ABSENT, .id = a->ref.n ? a->ref : a->finding->id,
		.absent = a, .judged = &a->judged, .finding = a->finding };
}

static struct view_row
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
 * rules say about one producer or finding are two things.
 */
static struct str
row_key(struct arena *mem, const struct view_row *r)
{
	struct str producer = r->producer ? r->producer->spec->name : STR_NONE;
	struct str finding = r->finding ? r->finding->qualified : STR_NONE;
	bool result = r->test || r->issue || r->absent;
	struct str rule = result || r->rule == NULL ? STR_NONE : r->rule->rule;

	return arena_printf(mem, "%d %d %zu %zu %zu %.*s%.*s%.*s%.*s", (int)r->kind,
		r->judged ? (int)r->judged->cls : -1, producer.n, r->id.n, rule.n,
		STR_FMT(producer), STR_FMT(r->id), STR_FMT(rule), STR_FMT(finding));
}

struct shown {
	struct map at; /* key to struct place */
};

struct place {
	const void *list; /* the rows it stands in */
	size_t i;
};

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
static bool
add_row(struct view *v, struct shown *shown, struct view_rows *rows, const void *list,
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
	*at = p;
	*vec_push(rows) = *r;
	return true;
}

static int
row_cmp(const void *x, const void *y)
{
	const struct view_row *a = x, *b = y;
	unsigned ra = class_rank(a->judged), rb = class_rank(b->judged);
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

static void
sort_rows(struct view_rows *rows)
{
	if (rows->n > 1)
		qsort(rows->v, rows->n, sizeof(*rows->v), row_cmp);
}

/* By-level limits: which levels are over theirs. All, where the limit says nothing of levels. */
static void
levels_over(const struct rule_result *r, bool over[LEVELS])
{
	long count[LEVELS] = { 0 };
	int highest = -1, lowest = -1;
	bool any = false;

	for (size_t i = 0; i < r->items.n; i++) {
		enum level l = item_level(&r->items.v[i]);

		count[l == LEVEL_UNKNOWN && !r->limit.named[l] ? LEVEL_HIGH : l]++;
	}
	for (int l = LEVEL_INFO; l < LEVELS; l++) {
		if (!r->limit.named[l])
			continue;
		highest = l;
		lowest = lowest < 0 ? l : lowest;
	}
	for (int l = 0; l < LEVELS; l++) {
		int from = l; /* the level whose limit holds for l */

		if (!r->limit.named[l] && l != LEVEL_UNKNOWN) {
			from = l > highest ? highest : l;
			while (from > lowest && from >= 0 && !r->limit.named[from])
				from--;
		}
		over[l] = l >= lowest && from >= 0 && r->limit.named[from] &&
			(r->limit.level_baseline[from] || count[l] > r->limit.level[from]);
		any |= over[l] && count[l] > 0;
	}
	if (!r->limit.named[LEVEL_UNKNOWN])
		over[LEVEL_UNKNOWN] = over[LEVEL_HIGH];
	for (int l = 0; l < LEVELS && !any; l++)
		over[l] = true;
}

static void
fill_group(struct view *v, struct shown *shown, struct view_group *g)
{
	const struct rule_result *r = g->rule;
	bool over[LEVELS];

	for (int l = 0; l < LEVELS; l++)
		over[l] = true;
	if (r->limit.kind == LIMIT_BY_LEVEL)
		levels_over(r, over);
	for (size_t i = 0; i < r->items.n; i++) {
		const struct item *it = &r->items.v[i];
		struct view_row row = row_of_item(it);

		row.rule = r;
		if (!over[item_level(it)])
			g->tolerated++;
		else if (!add_row(v, shown, &g->rows, r, &row))
			g->elsewhere++;
	}
	sort_rows(&g->rows);
}

struct ranked {
	const struct rule_result *rule;
	unsigned rank;
	size_t order;
};

static int
ranked_cmp(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	if (a->rule->outcome != b->rule->outcome)
		return a->rule->outcome > b->rule->outcome ? -1 : 1;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

static unsigned
rule_rank(const struct rule_result *r)
{
	unsigned best = IMPORTANT;

	for (size_t i = 0; i < r->items.n; i++) {
		struct view_row row = row_of_item(&r->items.v[i]);
		unsigned rank = class_rank(row.judged);

		best = rank < best ? rank : best;
	}
	return best;
}

static void
select_groups(struct view *v, struct shown *shown)
{
	VEC(struct ranked) order = { 0 };

	for (size_t i = 0; i < v->d->rules.n; i++) {
		const struct rule_result *r = &v->d->rules.v[i];

		if (r->outcome == RESULT_FAIL || r->outcome == RESULT_INCONCLUSIVE ||
			r->outcome == RESULT_WARN)
			*vec_push(&order) = (struct ranked){ r, rule_rank(r), i };
	}
	if (order.n > 1)
		qsort(order.v, order.n, sizeof(*order.v), ranked_cmp);
	for (size_t i = 0; i < order.n; i++) {
		const struct rule_result *r = order.v[i].rule;
		struct view_group *g =
			r->outcome == RESULT_WARN ? vec_push(&v->warnings) : vec_push(&v->blocking);

		g->rule = r;
		fill_group(v, shown, g);
		if (r->outcome != RESULT_WARN)
			v->nblocking += g->rows.n;
	}
	vec_release(&order);
}

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
		return &v->suggested;
	return NULL;
}

static void
sort_out(struct view *v, struct by_finding *by, struct shown *shown, const struct view_row *r)
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
		list == &v->flaky ? &v->flaky : &v->suggested;
	add_row(v, shown, rows, list, r);
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

static void
select_rest(struct view *v, struct shown *shown)
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
		sort_rows(&v->known.v[i].rows);
	sort_rows(&v->fixed);
	sort_rows(&v->flaky);
	sort_rows(&v->suggested);
}

void
view_init(struct view *v, const struct decision *d)
{
	struct shown shown = { 0 };

	memset(v, 0, sizeof(*v));
	v->d = d;
	select_groups(v, &shown);
	view_select_inputs(v);
	select_rest(v, &shown);
	map_release(&shown.at);
}

static void
rows_release(struct view_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		vec_release(&rows->v[i].legs);
	vec_release(rows);
}

void
view_release(struct view *v)
{
	for (size_t i = 0; i < v->blocking.n; i++)
		rows_release(&v->blocking.v[i].rows);
	for (size_t i = 0; i < v->warnings.n; i++)
		rows_release(&v->warnings.v[i].rows);
	for (size_t i = 0; i < v->known.n; i++)
		rows_release(&v->known.v[i].rows);
	vec_release(&v->blocking);
	vec_release(&v->warnings);
	vec_release(&v->inputs);
	vec_release(&v->complete);
	vec_release(&v->unchecked);
	vec_release(&v->known);
	rows_release(&v->fixed);
	rows_release(&v->flaky);
	rows_release(&v->suggested);
	arena_release(&v->mem);
}
