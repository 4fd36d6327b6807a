/*
 * sentence.c -- see sentence.h. "Blocked: 2 new failures, 1 failed fix." "Inconclusive:
 * bandit did not deliver (tool-not-found)." "Passed: 1,000 tests, 3 known failures."
 */
#include "policies/engine/sentence.h"

#include "gate/model/baseline.h"
#include "policies/engine/count.h"

#define REASONS_SHOWN 3

/* Whether any instance before the i-th gave the same outcome for the same rule. */
static bool
said_before(const struct decision *d, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (d->rules.v[j].outcome == d->rules.v[i].outcome &&
		    str_eq(d->rules.v[j].rule, d->rules.v[i].rule))
			return true;
	return false;
}

static const void *
thing_of(const struct item *it)
{
	return it->test ? (const void *)it->test : it->issue ? (const void *)it->issue :
		it->absent ? (const void *)it->absent : NULL;
}

static int
compare_things(const void *a, const void *b)
{
	uintptr_t x = (uintptr_t)*(const void *const *)a, y = (uintptr_t)*(const void *const *)b;

	return (x > y) - (x < y);
}

/* Instances of a rule may overlap: what several of them count is said once. */
static long
count_once(const struct decision *d, struct str rule, enum rule_outcome outcome)
{
	VEC(const void *) things = { 0 };
	long n = 0;
	size_t same = 0;

	for (size_t i = 0; i < d->rules.n; i++) {
		const struct rule_result *r = &d->rules.v[i];

		if (r->outcome != outcome || !str_eq(r->rule, rule))
			continue;
		n += r->observed - (long)r->items.n;
		for (size_t j = 0; j < r->items.n; j++) {
			if (thing_of(&r->items.v[j]))
				*vec_push(&things) = thing_of(&r->items.v[j]);
			else
				n++;
		}
	}
	if (things.n > 1)
		qsort(things.v, things.n, sizeof(*things.v), compare_things);
	for (size_t i = 1; i < things.n; i++)
		same += things.v[i] == things.v[i - 1];
	n += (long)(things.n - same);
	vec_release(&things);
	return n;
}

/* Whether this instance alone gave its outcome for its rule. */
static bool
alone(const struct decision *d, const struct rule_result *r)
{
	for (size_t i = 0; i < d->rules.n; i++)
		if (&d->rules.v[i] != r && d->rules.v[i].outcome == r->outcome &&
		    str_eq(d->rules.v[i].rule, r->rule))
			return false;
	return true;
}

/* "3 new issues of level high or critical": the levels that are over their limit. */
static bool
say_levels(struct buf *b, const struct rule *rule, const struct rule_result *r)
{
	long by_level[LEVELS], n = 0, over = 0, said = 0;

	if (r->limit.kind != LIMIT_BY_LEVEL)
		return false;
	items_by_level(r, by_level);
	for (int i = 0; i < LEVELS; i++)
		if (by_level[i] && limit_level_exceeded(&r->limit, by_level, (enum level)i))
			n += by_level[i], over++;
	if (over == 0)
		return false;
	count_words(b, n, rule->singular, rule->plural);
	buf_addz(b, over == 1 ? " of level " : " of levels ");
	for (int i = LEVELS - 1; i >= 0; i--) {
		if (!by_level[i] || !limit_level_exceeded(&r->limit, by_level, (enum level)i))
			continue;
		said++;
		buf_addz(b, said == 1 ? "" : said == over ? " and " : ", ");
		buf_addz(b, level_name((enum level)i));
	}
	return true;
}

/* "2 known failures (1 allowed)": what a rule counted, all its instances together. */
static void
say_rule(struct buf *b, const struct decision *d, const struct rule_result *r)
{
	const struct rule *rule = rule_find(r->rule);
	bool one = alone(d, r);

	if (one && r->phrase.n) {
		buf_add(b, r->phrase);
		return;
	}
	if (one && say_levels(b, rule, r))
		return;
	count_words(b, count_once(d, r->rule, r->outcome), rule->singular, rule->plural);
	if (one && r->limit.kind == LIMIT_NUMBER && r->limit.number > 0) {
		buf_addz(b, " (");
		count_number(b, r->limit.number);
		buf_addz(b, " allowed)");
	}
}

/* A phrase for each rule of this outcome, `lead` in front of the first. */
static void
say_rules(struct buf *b, const struct decision *d, enum rule_outcome outcome, const char *lead)
{
	const char *sep = lead;

	for (size_t i = 0; i < d->rules.n; i++) {
		const struct rule_result *r = &d->rules.v[i];

		if (r->outcome != outcome || rule_find(r->rule) == NULL || said_before(d, i))
			continue;
		buf_addz(b, sep);
		sep = ", ";
		say_rule(b, d, r);
	}
}

static void
add_reason(struct buf *b, size_t *n, struct str text)
{
	if (*n < REASONS_SHOWN) {
		buf_addz(b, *n ? "; " : "");
		buf_add(b, text);
	}
	++*n;
}

/* Why nothing can be concluded: what each inconclusive rule counted, in its own words. */
static void
say_reasons(struct buf *b, const struct decision *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->rules.n; i++) {
		const struct rule_result *r = &d->rules.v[i];
		const struct rule *rule = rule_find(r->rule);

		if (r->outcome != RESULT_INCONCLUSIVE)
			continue;
		if (rule == NULL || !rule->inconclusive || r->items.n == 0) {
			add_reason(b, &n, r->message);
			continue;
		}
		for (size_t j = 0; j < r->items.n; j++) {
			const struct item *it = &r->items.v[j];
			struct buf one = BUF_INIT;

			if (it->text.n == 0) {
				buf_add(&one, it->id);
				buf_addz(&one, " has no readable outcome");
			}
			add_reason(b, &n, it->text.n ? it->text : buf_str(&one));
			buf_release(&one);
		}
	}
	if (n > REASONS_SHOWN) {
		buf_addz(b, "; and ");
		count_number(b, (long)(n - REASONS_SHOWN));
		buf_addz(b, " more");
	}
}

static void
add_count(struct buf *b, long n, const char *singular, const char *plural)
{
	if (n == 0)
		return;
	buf_addz(b, ", ");
	count_words(b, n, singular, plural);
}

static bool
has_warning(const struct decision *d, const char *rule)
{
	for (size_t i = 0; i < d->rules.n; i++)
		if (d->rules.v[i].outcome == RESULT_WARN && str_eqz(d->rules.v[i].rule, rule))
			return true;
	return false;
}

/* What failed and does not block is not kept silent, whatever the policy makes of it. */
static void
say_tolerated(struct buf *b, const struct decision *d)
{
	static const struct {
		enum class class;
		const char *rule, *singular, *plural;
	} words[] = {
		{ CLASS_NEW_FAILURE, "new-failures", "new failure", "new failures" },
		{ CLASS_REGRESSION, "regressions", "regression", "regressions" },
		{ CLASS_FAILED_FIX, "failed-fixes", "failed fix", "failed fixes" },
		{ CLASS_WAIVER_EXPIRED, "expired-waivers", "expired waiver", "expired waivers" },
		{ CLASS_PREEXISTING_FAILURE, "preexisting-failures", "preexisting failure",
			"preexisting failures" },
		{ CLASS_KNOWN_FAILURE, "known-failures", "known failure", "known failures" },
		{ CLASS_WAIVED, "", "waived", "waived" },
		{ CLASS_FIXED, "", "fixed", "fixed" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!has_warning(d, words[i].rule))
			add_count(b, d->counts[words[i].class], words[i].singular, words[i].plural);
}

static void
say_pass(struct buf *b, const struct decision *d)
{
	long tests = 0, issues = 0, kinds = 0;

	for (size_t i = 0; i < d->run->producers.n; i++) {
		const struct producer *p = &d->run->producers.v[i];

		tests += p->total;
		for (size_t j = 0; j < p->reports.n; j++) {
			issues += p->reports.v[j]->issue_actionable;
			kinds |= 1L << p->reports.v[j]->kind;
		}
	}
	if (tests || !(kinds & (1L << KIND_LINT | 1L << KIND_SECURITY)))
		count_words(b, tests, "test", "tests");
	if (kinds & (1L << KIND_LINT | 1L << KIND_SECURITY)) {
		buf_addz(b, b->n && b->p[b->n - 1] != ' ' ? ", " : "");
		count_words(b, issues, "lint or scan result",
			issues ? "lint and scan results" : "lint or scan results");
	}
	say_tolerated(b, d);
	say_rules(b, d, RESULT_WARN, ". Warnings: "); /* nobody shall take one for silence */
}

/* What the change did not ask for did not run: the verdict says nothing of it. */
static void
say_not_due(struct buf *b, const struct decision *d)
{
	const char *sep = ". Not due: ";

	for (size_t i = 0; i < d->run->producers.n; i++) {
		if (!d->run->producers.v[i].not_due)
			continue;
		buf_addz(b, sep);
		buf_add(b, d->run->producers.v[i].spec->name);
		sep = ", ";
	}
}

/* With what it was compared: a verdict against an old baseline is an old verdict. */
static void
say_baseline(struct buf *b, const struct decision *d)
{
	const struct baseline *base = d->run->baseline;

	if (base == NULL || base->state != BASELINE_THERE)
		return;
	buf_addz(b, " (baseline ");
	baseline_describe(base, d->now, b);
	buf_addc(b, ')');
}

struct str
sentence_make(struct decision *d)
{
	struct buf b = BUF_INIT, why = BUF_INIT;
	struct str s;

	say_reasons(&why, d);
	buf_addz(&b, d->verdict == VERDICT_FAIL ? "Blocked" :
		d->verdict == VERDICT_INCONCLUSIVE ? "Inconclusive" : "Passed");
	if (d->scope_note.n)
		buf_addf(&b, " (%.*s)", STR_FMT(d->scope_note));
	buf_addz(&b, ": ");
	switch (d->verdict) {
	case VERDICT_FAIL:
		say_rules(&b, d, RESULT_FAIL, "");
		if (why.n)
			buf_addf(&b, ". Also inconclusive: %s", why.p);
		break;
	case VERDICT_INCONCLUSIVE:
		buf_add(&b, buf_str(&why));
		break;
	case VERDICT_PASS:
		say_pass(&b, d);
		break;
	}
	say_not_due(&b, d);
	say_baseline(&b, d);
	buf_addc(&b, '.');
	s = arena_dup(&d->mem, buf_str(&b));
	buf_release(&b);
	buf_release(&why);
	return s;
}
