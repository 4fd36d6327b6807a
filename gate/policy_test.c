/*
 * policy_test.c -- `gate policy test`: judges every case with the policy as it is, and says
 * what came out otherwise than expected.
 */
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

#include "gate/base/num.h"
#include "gate/model/seen.h"
#include "gate/pipeline.h"
#include "gate/policy_case.h"
#include "gate/policy_parts.h"
#include "gate/report/support/escape.h"

static const struct option options[] = { PIPELINE_OPTIONS, { 0 } };

static const struct option *
option_named(const char *name)
{
	for (const struct option *o = options; o->name; o++)
		if (strcmp(o->name, name) == 0)
			return o;
	return NULL;
}

static void
give(struct args *a, const char *name, const char *value)
{
	struct arg *arg = vec_push(a);

	arg->option = option_named(name);
	arg->value = value;
}

/* One line of what is wrong with a case. */
static void __attribute__((format(printf, 2, 3)))
wrong(struct buf *out, const char *fmt, ...)
{
	va_list ap;

	buf_addz(out, "     ");
	va_start(ap, fmt);
	buf_vaddf(out, fmt, ap);
	va_end(ap);
	buf_addc(out, '\n');
}

struct classes {
	struct str v[16];
	size_t n;
};

static void
add_class(struct classes *c, const char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_eqz(c->v[i], name))
			return;
	if (c->n < sizeof(c->v) / sizeof(c->v[0]))
		c->v[c->n++] = str_of(name);
}

/* Cases that nothing was to be said of are only counted: their outcome is their class. */
static void
add_counted(const struct run *run, struct str name, struct classes *out)
{
	uint64_t key = seen_key(name);

	for (size_t i = 0; i < run->producers.n; i++)
		for (size_t k = 0; k < run->producers.v[i].legs.n; k++) {
			const struct leg_cases *leg = &run->producers.v[i].legs.v[k];
			size_t at = seen_find(leg->v, leg->n, key);

			if (at < leg->n)
				add_class(out, outcome_name(SEEN_OUTCOME(leg->v[at])));
		}
}

/* The classes of a name: a test's in all its legs, an issue's, of what is not there. */
static void
classes_of(const struct decision *d, struct str name, struct classes *out)
{
	const struct run *run = d->run;

	for (size_t i = 0; i < run->tests.n; i++) {
		const struct test *t = run->tests.v[i];

		if (str_eq(t->id, name) || str_eq(t->base_id, name))
			add_class(out, class_name(t->judged.cls));
	}
	for (size_t i = 0; i < run->issues.n; i++)
		if (str_eq(run->issues.v[i]->id, name))
			add_class(out, class_name(run->issues.v[i]->judged.cls));
	for (size_t i = 0; i < run->absents.n; i++)
		if (str_eq(run->absents.v[i].ref, name))
			add_class(out, class_name(run->absents.v[i].judged.cls));
	if (out->n == 0)
		add_counted(run, name, out);
	if (out->n == 0)
		add_class(out, "absent");
}

static void
check_classes(const struct policy_case *c, const struct decision *d, struct buf *out)
{
	for (size_t i = 0; i < c->classes.n; i++) {
		const struct expected *e = &c->classes.v[i];
		struct classes got = { .n = 0 };
		struct buf b = BUF_INIT;

		classes_of(d, e->name, &got);
		for (size_t k = 0; k < got.n; k++)
			buf_addf(&b, "%s%.*s", k ? " and " : "", STR_FMT(got.v[k]));
		if (got.n != 1 || !str_eq(got.v[0], e->word))
			wrong(out, "%.*s: %s, not %.*s", STR_FMT(e->name), buf_z(&b),
				STR_FMT(e->word));
		buf_release(&b);
	}
}

/* Of several instances of a rule the worst counts. */
static void
check_rules(const struct policy_case *c, const struct decision *d, struct buf *out)
{
	for (size_t i = 0; i < c->rules.n; i++) {
		const struct expected *e = &c->rules.v[i];
		const struct rule_result *worst = NULL;
		const char *got;

		for (size_t k = 0; k < d->rules.n; k++) {
			const struct rule_result *r = &d->rules.v[k];

			if (str_eq(r->rule, e->name) && (!worst || r->outcome > worst->outcome))
				worst = r;
		}
		got = worst ? rule_outcome_name(worst->outcome) : "off";
		if (!str_eqz(e->word, got))
			wrong(out, "the rule %.*s: %s, not %.*s%s%.*s", STR_FMT(e->name), got,
				STR_FMT(e->word), worst && worst->message.n ? ": " : "",
				STR_FMT(worst ? worst->message : STR_NONE));
	}
}

static void
check_counts(const struct policy_case *c, const struct decision *d, struct buf *out)
{
	for (size_t i = 0; i < c->counts.n; i++) {
		const struct expected *e = &c->counts.v[i];
		long want = 0;

		num_long(e->word, 0, LONG_MAX, &want);
		for (int k = 0; k < CLASSES; k++)
			if (str_eqz(e->name, class_name((enum class)k)) && d->counts[k] != want)
				wrong(out, "%ld %.*s, not %ld", d->counts[k],
					STR_FMT(e->name), want);
	}
}

static void
check_case(const struct policy_case *c, const struct decision *d, struct buf *out)
{
	if (c->verdict.n && !str_eqz(c->verdict, verdict_name(d->verdict)))
		wrong(out, "the verdict: %s, not %.*s: %.*s", verdict_name(d->verdict),
			STR_FMT(c->verdict), STR_FMT(d->sentence));
	if (c->sentence.n && str_find(d->sentence, c->sentence) == STR_NPOS)
		wrong(out, "the sentence does not say '%.*s': %.*s", STR_FMT(c->sentence),
			STR_FMT(d->sentence));
	check_classes(c, d, out);
	check_rules(c, d, out);
	check_counts(c, d, out);
}

/* 0: as expected; 1: not; 2: could not be judged (said on standard error). */
static int
run_case(const struct policy_case *c, const char *policy, struct buf *out)
{
	struct args args = { .command = "policy" };
	struct pipeline p = { .over = c->over };
	struct buf why = BUF_INIT, safe = BUF_INIT;
	int rc;

	give(&args, "policy", policy);
	give(&args, "now", c->now.p);
	give(&args, "no-progress", NULL);
	for (size_t i = 0; i < c->exits.n; i++)
		give(&args, "runner-exit", c->exits.v[i]);
	rc = pipeline_run(&p, &args);
	if (rc == 0)
		check_case(c, &p.decision, &why);
	escape_terminal(&safe, c->name);
	buf_addf(out, "%s %s\n", rc ? "BAD " : why.n ? "FAIL" : "ok  ", buf_z(&safe));
	if (rc)
		wrong(out, "it could not be judged");
	buf_add(out, buf_str(&why));
	rc = rc ? EXIT_INVALID : why.n ? EXIT_VIOLATED : EXIT_PASS;
	buf_release(&safe);
	buf_release(&why);
	pipeline_release(&p);
	args_release(&args);
	return rc;
}

/* "ci/gate.yaml" -> "ci/gate.tests.yaml" */
static const char *
cases_beside(struct arena *mem, const char *policy)
{
	struct str path = str_of(policy);
	size_t dot = str_rchr(path, '.'), slash = str_rchr(path, '/');

	if (dot != STR_NPOS && (slash == STR_NPOS || dot > slash + 1))
		path = str_to(path, dot);
	return arena_printf(mem, "%.*s.tests.yaml", STR_FMT(path)).p;
}

static int
run_all(const struct policy_cases *cases, const char *policy)
{
	size_t failed = 0, n = cases->v.n;
	struct buf out = BUF_INIT;
	int worst = EXIT_PASS;

	for (size_t i = 0; i < n; i++) {
		int rc = run_case(&cases->v.v[i], policy, &out);

		failed += rc != EXIT_PASS;
		worst = rc > worst ? rc : worst;
	}
	buf_addf(&out, "%zu case%s: ", n, n == 1 ? "" : "s");
	if (failed)
		buf_addf(&out, "%zu not as expected\n", failed);
	else
		buf_addz(&out, "all as expected\n");
	if (output_write("-", buf_str(&out)) < 0 && worst == EXIT_PASS)
		worst = EXIT_INCONCLUSIVE;
	buf_release(&out);
	return worst;
}

int
policy_test(const char *policy, const char *file)
{
	struct policy_cases cases = { 0 };
	struct diags d = { 0 };
	struct arena mem = { 0 };
	struct stat st;
	int rc = EXIT_INVALID;

	if (file == NULL) {
		file = cases_beside(&mem, policy);
		if (stat(file, &st) < 0) {
			fprintf(stderr, "gate policy test: error: no cases: %s does not exist\n"
				"hint: write some there, or name them with --cases FILE; "
				"see `gate policy --help`\n", file);
			goto out;
		}
	}
	if (policy_cases_read(&cases, file, &d) == 0)
		rc = run_all(&cases, policy);
	diags_print(stderr, &d, DIAG_WARNING);
out:
	policy_cases_release(&cases);
	diags_release(&d);
	arena_release(&mem);
	return rc;
}
