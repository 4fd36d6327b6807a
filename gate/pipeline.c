/* pipeline.c -- see pipeline.h: policy, registers, reports, correlation, decision. */
#include "gate/pipeline.h"

#include <stdio.h>
#include <unistd.h>

#include "gate/base/date.h"
#include "gate/base/num.h"
#include "gate/baseline.h"
#include "gate/build_here.h"
#include "gate/context.h"
#include "gate/correlate/baseline.h"
#include "gate/gather.h"
#include "gate/input/discover.h"
#include "gate/input/source.h"
#include "gate/scope.h"
#include "parsers/parser.h"
#include "parsers/registers/register.h"
#include "policies/engine/judge.h"

#define NOWHERE ((struct pos){ 0 })

static int
load_policy(struct pipeline *p, const struct args *args)
{
	const char *path = args_get(args, "policy");

	if (path == NULL)
		path = policy_search(&p->mem);
	if (path == NULL) {
		if (args_operands(args) == 0 && !args_has(args, "report")) {
			diag_hint(&p->diags,
				diag_add(&p->diags, DIAG_ERROR, NOWHERE,
					"no gate.yaml here or above, and no reports were named"),
				"`gate run REPORT...` judges with the preset `ratchet`; "
				"--policy FILE names a policy");
			return -1;
		}
		path = "ratchet";
		fputs("gate: note: no gate.yaml here or above: judging with the preset `ratchet`\n",
			stderr);
	}
	return policy_load_over(&p->policy, path, p->over, &p->diags);
}

/* --register FILE adds to the policy's registers; its paths are relative to the working folder. */
static int
add_registers(struct pipeline *p, const struct args *args)
{
	const char *pattern;

	for (size_t i = 0; (pattern = args_nth(args, "register", i)) != NULL; i++) {
		struct found found = { 0 };

		discover(&p->mem, "", str_of(pattern), &found);
		if (found.n == 0)
			diag_add(&p->diags, DIAG_ERROR, NOWHERE, "--register %s: no file matches",
				pattern);
		for (size_t k = 0; k < found.n; k++) {
			struct reg *reg = findings_reg(&p->findings, str_of(found.v[k]),
				str_of(found.v[k]));

			reg->fill_expires = DATE_NONE;
			reg->at = (struct pos){ .file = "--register" };
		}
		found_release(&found);
	}
	return p->diags.errors ? -1 : 0;
}

static void
add_words(struct words *to, const struct words *from)
{
	for (size_t i = 0; i < from->n; i++)
		*vec_push(to) = from->v[i];
}

static int
load_registers(struct pipeline *p, const struct args *args)
{
	struct findings *fs = &p->findings;

	if (policy_registers(&p->policy, fs, &p->diags) < 0 || add_registers(p, args) < 0)
		return -1;
	for (size_t i = 0; i < fs->regs.n; i++) {
		add_words(&fs->regs.v[i]->severities, &p->policy.severities);
		add_words(&fs->regs.v[i]->statuses, &p->policy.statuses);
		register_read(fs, fs->regs.v[i], p->policy.redactor, &p->diags);
	}
	if (p->diags.errors)
		return -1;
	findings_resolve(fs);
	return policy_check_findings(&p->policy, fs, &p->diags);
}

/* What the policy's waiver rule asks of a waiver; without the rule, the strictest reading. */
static void
waiver_terms(struct correlate_options *o, const struct policy *policy)
{
	o->waiver_needs_owner = o->waiver_needs_reason = o->waiver_needs_expires = true;
	policy_waiver_terms(policy, &o->waiver_needs_owner, &o->waiver_needs_reason,
		&o->waiver_needs_expires, &o->waiver_grace_days);
}

static void
make_index(struct pipeline *p, int64_t now)
{
	const struct policy *policy = &p->policy;
	struct correlate_options o = {
		.excuse_at = policy->excuse_at,
		.suggest_at = policy->suggest_at,
		.now = now,
		.nid_patterns = policy->id_patterns.n,
	};

	if (o.nid_patterns)
		o.id_patterns = arena_alloc(&p->mem, o.nid_patterns * sizeof(*o.id_patterns));
	for (size_t i = 0; i < o.nid_patterns; i++) {
		o.id_patterns[i].regex = policy->id_patterns.v[i].regex;
		o.id_patterns[i].id = policy->id_patterns.v[i].id;
	}
	waiver_terms(&o, policy);
	p->index = index_new(&p->findings, &o);
}

static int
parse_now(struct pipeline *p, const struct args *args, int64_t *now)
{
	const char *word = args_get(args, "now");

	*now = date_now();
	if (word && !date_parse_instant(str_of(word), now)) {
		diag_hint(&p->diags,
			diag_add(&p->diags, DIAG_ERROR, NOWHERE,
				"--now '%s' is no RFC 3339 instant", word),
			"write it like 2026-01-31T12:00:00Z");
		return -1;
	}
	return 0;
}

static int
parse_jobs(struct pipeline *p, const struct args *args, unsigned *jobs)
{
	const char *word = args_get(args, "jobs");
	long n = 0;

	if (word && !num_long(str_of(word), 1, 256, &n)) {
		diag_add(&p->diags, DIAG_ERROR, NOWHERE, "--jobs '%s' is no number from 1 to 256",
			word);
		return -1;
	}
	*jobs = (unsigned)n;
	return 0;
}

/* What the baseline says goes before the classes; what it misses comes behind them. */
static void
classify_run(struct pipeline *p)
{
	struct comparison_options o = { .partial = false };
	struct comparison *c;

	if (p->baseline.state != BASELINE_NONE)
		p->run.baseline = &p->baseline;
	if (p->names || p->baseline.state == BASELINE_THERE)
		context_fill(&p->run, p->policy.base);
	c = compare_baseline(&p->run, &p->findings, &p->baseline, &o);
	correlate(&p->run, p->index);
	compare_absent(c);
	comparison_free(c);
}

/* A cache or a download that was mixed up; a fork or a renamed project is one too. */
static void
check_project(struct pipeline *p)
{
	struct str here = p->decision.build.project, there = p->baseline.snapshot.project;

	if (p->baseline.state == BASELINE_THERE && here.n && there.n && !str_eq(here, there))
		baseline_remark(&p->baseline, "The baseline is of another project: it was saved in "
			"%.*s, this is %.*s.", STR_FMT(there), STR_FMT(here));
}

int
pipeline_run(struct pipeline *p, const struct args *args)
{
	struct gather_options g = { .policy = &p->policy };
	int64_t now;

	if (parse_now(p, args, &now) < 0 || parse_jobs(p, args, &g.jobs) < 0 ||
	    load_policy(p, args) < 0 || scope_reports(&p->policy, args, &p->diags) < 0 ||
	    load_registers(p, args) < 0) {
		diags_print(stderr, &p->diags, DIAG_WARNING);
		return EXIT_INVALID;
	}
	diags_print(stderr, &p->diags, DIAG_WARNING);
	findings_health(&p->findings, now);
	findings_sort_notes(&p->findings);
	make_index(p, now);
	baseline_of_run(&p->baseline, args, &p->policy);
	g.index = p->index;
	g.baseline = &p->baseline;
	g.names = p->names;
	g.progress = isatty(STDERR_FILENO) && !args_has(args, "no-progress");
	gather(&p->run, &g);
	if (scope_exits(&p->run, args, &p->diags) < 0) {
		diags_print(stderr, &p->diags, DIAG_ERROR);
		return EXIT_INVALID;
	}
	run_finish(&p->run);
	build_here(&p->mem, FORGE_NONE, &p->decision.build);
	check_project(p);
	classify_run(p);
	p->decision.now = now;
	policy_judge(&p->policy, &p->run, &p->findings, &p->decision);
	return 0;
}

void
pipeline_release(struct pipeline *p)
{
	decision_release(&p->decision);
	run_release(&p->run);
	baseline_release(&p->baseline);
	index_free(p->index);
	findings_release(&p->findings);
	policy_release(&p->policy);
	diags_release(&p->diags);
	arena_release(&p->mem);
}
