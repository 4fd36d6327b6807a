/* history.c -- see ../history.h. */
#include "gate/correlate/history.h"

#define ENOUGH_RUNS 5 /* before the data contradicts what a finding says */

static void
add_note(struct run *run, struct judged *j, struct str text)
{
	j->note = j->note.n ? arena_printf(&run->mem, "%.*s; %.*s", STR_FMT(j->note),
		STR_FMT(text)) : text;
}

static struct str
of_runs(struct run *run, const char *did, long n, long all)
{
	return arena_printf(&run->mem, "%s in %ld of %ld earlier run%s of this revision", did, n,
		all, all == 1 ? "" : "s");
}

static bool
is_flaky(const struct history_test *t)
{
	return t->flips + t->flaky > 0;
}

/* Nothing that is judged is lost: no rule counts what merely passed. */
static bool
merely_passed(const struct test *t)
{
	return t->judged.finding == NULL &&
		(t->judged.cls == CLASS_PASSED || t->judged.cls == CLASS_FIXED);
}

static void
apply_to_test(struct run *run, struct test *t, const struct history_test *h)
{
	long here = h->here_passes + h->here_fails;

	if (t->outcome == OUT_PASSED && h->here_fails) {
		if (merely_passed(t))
			t->judged.cls = CLASS_FLAKY;
		add_note(run, &t->judged, of_runs(run, "failed", h->here_fails, here));
	} else if (outcome_bad(t->outcome) && h->here_passes) {
		add_note(run, &t->judged, of_runs(run, "passed", h->here_passes, here));
	} else if (outcome_bad(t->outcome) && is_flaky(h)) {
		add_note(run, &t->judged, arena_printf(&run->mem, "its outcome changed without a "
			"change, or took retries, in %ld of %ld earlier runs", h->flips + h->flaky,
			h->runs));
	}
}

/* An `always` that flips, a `sometimes` that never fails, or always does. */
static void
apply_to_finding(struct run *run, struct finding *f, const struct history_test *h)
{
	struct finding_note *note;
	struct str text = STR_NONE;

	if (f->entry == NULL || h->runs < ENOUGH_RUNS)
		return;
	if (!f->entry->sometimes && is_flaky(h))
		text = arena_printf(&run->mem, "%.*s failed in %ld of %ld runs, and its outcome "
			"changed without a change: `expect: sometimes` would say so",
			STR_FMT(h->id), h->fails, h->runs);
	else if (f->entry->sometimes && h->fails == h->runs)
		text = arena_printf(&run->mem, "%.*s failed in all of %ld runs: `expect: always` "
			"would say so", STR_FMT(h->id), h->runs);
	if (text.n == 0)
		return;
	note = vec_push(&run->notes);
	note->finding = f;
	note->text = text;
}

static int
by_finding(const void *a, const void *b)
{
	const struct finding_note *x = a, *y = b;
	int r = (x->finding->order > y->finding->order) - (x->finding->order < y->finding->order);

	return r ? r : str_cmp(x->text, y->text);
}

void
history_apply(struct run *run, const struct history *h)
{
	if (h == NULL || h->tests.n == 0)
		return;
	for (size_t i = 0; i < run->tests.n; i++) {
		struct test *t = run->tests.v[i];
		const struct history_test *was = t->synthetic ? NULL : history_find(h,
			t->report->producer->spec->name, t->report->leg, t->id);

		if (was == NULL)
			continue;
		apply_to_test(run, t, was);
		if (t->judged.finding)
			apply_to_finding(run, t->judged.finding, was);
	}
	vec_sort(&run->notes, by_finding);
}
