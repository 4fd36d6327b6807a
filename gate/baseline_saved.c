/*
 * baseline_saved.c -- what `gate baseline save` says: how much there is now, what shrank or grew
 * since the baseline before, and which limits of the policy could be tightened.
 */
#include "gate/baseline_diff.h"

#include "policies/engine/count.h"

struct sums {
	long tests, failing, skipped, issues;
};

static struct sums
sums_of_producer(const struct producer *p)
{
	struct sums s = { .tests = p->total,
		.failing = p->count[OUT_FAILED] + p->count[OUT_ERROR],
		.skipped = p->count[OUT_SKIPPED] };

	for (size_t k = 0; k < p->reports.n; k++)
		s.issues += p->reports.v[k]->issue_actionable;
	return s;
}

static struct sums
sums_of_then(const struct snapshot_producer *p)
{
	struct sums s = { 0 };

	for (size_t k = 0; k < p->legs.n; k++) {
		const struct snapshot_leg *leg = p->legs.v[k];

		s.tests += (long)leg->n + leg->unnamed;
		s.failing += leg->count[OUT_FAILED] + leg->count[OUT_ERROR];
		s.skipped += leg->count[OUT_SKIPPED];
		for (size_t i = 0; i < leg->issues.n; i++)
			s.issues += !leg->issues.v[i]->suppressed;
	}
	return s;
}

static void
add(struct sums *to, struct sums s)
{
	to->tests += s.tests;
	to->failing += s.failing;
	to->skipped += s.skipped;
	to->issues += s.issues;
}

static void
changed(struct buf *out, struct str name, long then, long now, const char *one, const char *many)
{
	if (now != then)
		buf_addf(out, "  %s: %.*s: %ld %s, %ld before\n", now < then ? "shrank" : "grew",
			STR_FMT(name), now, now == 1 ? one : many, then);
}

static void
compare_versions(const struct producer *p, const struct snapshot_producer *then, struct buf *out)
{
	struct versions now = { 0 }, was = { 0 };
	struct buf text = BUF_INIT;
	struct str left, line;

	versions_of(p->reports.v, p->reports.n, &now);
	snapshot_versions(then, &was);
	versions_changed(&now, &was, p->spec->name, &text);
	left = buf_str(&text);
	while (str_line(&left, &line))
		buf_addf(out, "  another version: %.*s\n", STR_FMT(line));
	vec_release(&now);
	vec_release(&was);
	buf_release(&text);
}

static void
compare(const struct producer *p, const struct snapshot_producer *then, struct buf *out)
{
	struct sums now = sums_of_producer(p), was = sums_of_then(then);
	struct str name = p->spec->name;

	changed(out, name, was.tests, now.tests, "test", "tests");
	changed(out, name, was.failing, now.failing, "failing test", "failing tests");
	changed(out, name, was.skipped, now.skipped, "skipped test", "skipped tests");
	changed(out, name, was.issues, now.issues, "lint or scan result",
		"lint or scan results");
	compare_versions(p, then, out);
}

static void
compare_all(const struct run *run, const struct snapshot *then, struct buf *out)
{
	for (size_t i = 0; i < then->producers.n; i++) {
		const struct snapshot_producer *was = then->producers.v[i];
		bool there = false;

		for (size_t k = 0; k < run->producers.n; k++) {
			const struct producer *p = &run->producers.v[k];

			if (!str_eq(p->spec->name, was->spec.name))
				continue;
			there = true;
			compare(p, was, out);
		}
		if (!there && was->spec.name.n)
			buf_addf(out, "  gone: %.*s is no report of this run\n",
				STR_FMT(was->spec.name));
	}
}

/* The rule's instance as the policy writes it. */
static const struct rule_instance *
instance_of(const struct policy *p, const struct rule_result *r)
{
	for (size_t i = 0; i < p->rules.n; i++) {
		const struct rule_instance *inst = &p->rules.v[i];

		if (str_eqz(r->rule, inst->rule->name) && inst->at.line == r->at.line &&
		    inst->at.col == r->at.col && inst->at.file && r->at.file &&
		    strcmp(inst->at.file, r->at.file) == 0)
			return inst;
	}
	return NULL;
}

/* A number that is allowed and not needed any more. */
static void
tighter(const struct rule_result *r, const char *level, long limit, long observed, struct buf *out)
{
	if (observed < limit)
		buf_addf(out, "  tighten: %s:%ld: %.*s allows %ld%s%s: %ld would hold now\n",
			r->at.file, r->at.line, STR_FMT(r->rule), limit, level[0] ? " " : "",
			level, observed);
}

static void
offer_tightening(const struct policy *p, const struct decision *d, struct buf *out)
{
	for (size_t i = 0; i < d->rules.n; i++) {
		const struct rule_result *r = &d->rules.v[i];
		const struct rule_instance *inst = instance_of(p, r);
		long by_level[LEVELS];

		if (inst == NULL || inst->level != RULE_FAIL)
			continue;
		if (inst->max.kind == LIMIT_NUMBER)
			tighter(r, "", inst->max.number, r->observed, out);
		if (inst->max.kind != LIMIT_BY_LEVEL)
			continue;
		items_by_level(r, by_level);
		for (int l = LEVELS - 1; l >= 0; l--)
			if (inst->max.named[l] && !inst->max.level_baseline[l])
				tighter(r, level_name((enum level)l), inst->max.level[l],
					by_level[l], out);
	}
}

void
baseline_saved_text(const struct policy *policy, const struct decision *d, const char *path,
	struct buf *out)
{
	const struct run *run = d->run;
	struct sums now = { 0 };

	for (size_t i = 0; i < run->producers.n; i++)
		add(&now, sums_of_producer(&run->producers.v[i]));
	buf_addf(out, "saved %s: %ld test%s, %ld lint or scan result%s\n", path, now.tests,
		now.tests == 1 ? "" : "s", now.issues, now.issues == 1 ? "" : "s");
	if (run->baseline && run->baseline->state == BASELINE_THERE &&
	    run->baseline->snapshot.origin < ORIGIN_DECISION)
		compare_all(run, &run->baseline->snapshot, out);
	offer_tightening(policy, d, out);
}
