/*
 * absent.c -- what registers expect and the run does not show; and what is to be said about a
 * finding as a whole.
 */
#include "gate/base/glob.h"
#include "gate/correlate/engine/classify.h"
#include "gate/correlate/engine/stance.h"

static bool
any(const struct str_list *patterns, struct str word)
{
	for (size_t i = 0; i < patterns->n; i++)
		if (glob_match(patterns->v[i], word))
			return true;
	return patterns->n == 0;
}

/* Reports of results of that sort, or of nobody knows what. */
static bool
may_hold(const struct producer *p, bool tests)
{
	if (p->reports.n == 0)
		return true;
	for (size_t i = 0; i < p->reports.n; i++) {
		enum report_kind kind = p->reports.v[i]->kind;

		if (kind == KIND_NONE || (kind == KIND_TESTS) == tests)
			return true;
	}
	return false;
}

static bool
ran_leg(const struct producer *p, const struct str_list *legs)
{
	for (size_t i = 0; i < p->reports.n; i++)
		if (any(legs, p->reports.v[i]->leg))
			return true;
	return false;
}

/*
 * Everything that could have shown what the entry expects ran and is complete; one at least
 * is there.
 */
static bool
would_have_shown(const struct run *run, const struct entry *e, bool tests)
{
	bool one = false;

	for (size_t i = 0; i < run->producers.n; i++) {
		const struct producer *p = &run->producers.v[i];

		if (!any(&e->match.pattern[SEL_REPORT], p->spec->name) || !may_hold(p, tests))
			continue;
		if (!p->complete || p->tool_only_absent || p->reports.n == 0)
			return false;
		if (tests && p->unnamed) /* cases known by count alone */
			return false;
		one = one || ran_leg(p, &e->match.pattern[SEL_LEG]);
	}
	return one;
}

static void
add_absent(struct run *run, const struct index *ix, const struct entry_info *info, struct str ref)
{
	struct absent *a = vec_push(&run->absents);

	a->finding = info->finding;
	a->ref = ref;
	a->judged.finding = info->finding;
	a->judged.strength = STRENGTH_STRONG;
	a->judged.cls = decide_absent(stance_absent(info->finding, &ix->opt));
	a->judged.note = arena_printf(&run->mem, "%.*s expects '%.*s', which did not run",
		STR_FMT(info->finding->id), STR_FMT(ref));
}

static int
by_finding_and_ref(const void *a, const void *b)
{
	const struct absent *x = a, *y = b;
	const struct finding *f = x->finding, *g = y->finding;
	int r = str_cmp(f->qualified, g->qualified);

	if (r == 0)
		r = (f->order > g->order) - (f->order < g->order);
	return r ? r : str_cmp(x->ref, y->ref);
}

void
note_absents(struct run *run, const struct index *ix, const struct scratch *sc)
{
	if (ix->opt.partial || run->partial)
		return;
	for (size_t i = 0; i < ix->entries.n; i++) {
		const struct entry_info *info = ix->entries.v[i];
		bool asked = false, shown = false;

		if (info->finding->fresh) /* rule 15: never by the change that adds it */
			continue;

		for (size_t j = 0; j < info->ntests; j++) {
			if (sc->seen_patterns[info->tests[j].n])
				continue;
			if (!asked)
				shown = would_have_shown(run, info->entry, true);
			asked = true;
			if (shown)
				add_absent(run, ix, info, info->tests[j].pattern);
		}
	}
	if (run->absents.n)
		qsort(run->absents.v, run->absents.n, sizeof(*run->absents.v), by_finding_and_ref);
}

/* The case references of one finding, taken together. */
struct cases {
	struct finding *finding;
	long refs, passed, tests;
};

struct all_cases {
	struct cases *v;
	size_t n, cap;
};

static int
by_order(const void *a, const void *b)
{
	const struct cases *x = a, *y = b;

	return (x->finding->order > y->finding->order) - (x->finding->order < y->finding->order);
}

static void
collect_cases(const struct index *ix, const struct scratch *sc, struct all_cases *all)
{
	for (size_t i = 0; i < ix->cases.n; i++) {
		const struct refs *list = ix->cases.v[i].value;

		for (const struct ref *r = list->first; r; r = r->next) {
			const struct named *n = &sc->cases[r->n];
			bool ran = n->first.p && (n->exact || !n->many);
			struct cases *c;

			if (r->from.n && !ran) /* the old name was counted */
				continue;
			c = vec_push(all);
			c->finding = r->finding;
			c->refs = r->from.n ? 0 : 1;
			c->passed = ran && n->other == 0;
			c->tests = ran ? n->passed : 0;
		}
	}
	if (all->n)
		qsort(all->v, all->n, sizeof(*all->v), by_order);
}

static void
add_note(struct run *run, struct finding *f, struct str text)
{
	struct finding_note *note = vec_push(&run->notes);

	note->finding = f;
	note->text = text;
}

/* A document is not contradicted by one pass, but by the passes of all it names. */
static void
note_passing(struct run *run, const struct index *ix, const struct scratch *sc)
{
	struct all_cases all = { 0 };

	collect_cases(ix, sc, &all);
	for (size_t i = 0, n; i < all.n; i += n) {
		struct cases sum = all.v[i];

		for (n = 1; i + n < all.n && all.v[i + n].finding == sum.finding; n++) {
			sum.refs += all.v[i + n].refs;
			sum.passed += all.v[i + n].passed;
			sum.tests += all.v[i + n].tests;
		}
		if (sum.finding->entry || sum.refs == 0 || sum.passed < sum.refs ||
			sum.tests == 0 || column_of_state(sum.finding->state) != COL_OPEN)
			continue;
		if (sum.refs == 1)
			add_note(run, sum.finding, STR("the test it names passed: it may be done"));
		else
			add_note(run, sum.finding, arena_printf(&run->mem,
				"all %ld tests it names passed: it may be done", sum.refs));
	}
	vec_release(&all);
}

/* What concerns issues, or only messages, can't be absent; that it matched nothing is a note. */
static void
note_unused(struct run *run, const struct index *ix, const struct scratch *sc)
{
	for (size_t i = 0; i < ix->entries.n && !ix->opt.partial && !run->partial; i++) {
		const struct entry_info *info = ix->entries.v[i];
		bool tests = info->entry->match.pattern[SEL_RULE].n == 0 &&
			info->entry->match.pattern[SEL_TOOL].n == 0;

		if (info->ntests || info->finding->fresh || info->entry->sometimes ||
			sc->matched[info->n] ||
			column_of_state(info->finding->state) != COL_OPEN ||
			!would_have_shown(run, info->entry, tests))
			continue;
		add_note(run, info->finding, STR("its entry matched nothing in this run"));
	}
}

static int
by_finding(const void *a, const void *b)
{
	const struct finding_note *x = a, *y = b;
	int r = (x->finding->order > y->finding->order) - (x->finding->order < y->finding->order);

	return r ? r : str_cmp(x->text, y->text);
}

void
note_findings(struct run *run, const struct index *ix, const struct scratch *sc)
{
	note_passing(run, ix, sc);
	note_unused(run, ix, sc);
	if (run->notes.n)
		qsort(run->notes.v, run->notes.n, sizeof(*run->notes.v), by_finding);
}
