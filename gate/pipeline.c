/* pipeline.c -- see pipeline.h: policy, registers, reports, correlation, decision. */
#include "gate/pipeline.h"

#include <stdio.h>
#include <unistd.h>

#include "gate/base/date.h"
#include "gate/base/num.h"
#include "gate/base/tape.h"
#include "gate/baseline.h"
#include "gate/build_here.h"
#include "gate/context.h"
#include "gate/due.h"
#include "gate/correlate/baseline.h"
#include "gate/correlate/history.h"
#include "gate/facts_here.h"
#include "gate/fixes.h"
#include "gate/folders.h"
#include "gate/gather.h"
#include "gate/history_file.h"
#include "gate/input/discover.h"
#include "gate/pending.h"
#include "gate/revision.h"
#include "gate/scope.h"
#include "parsers/parser.h"
#include "policies/engine/floor.h"
#include "policies/engine/judge.h"

#define NOWHERE ((struct pos){ 0 })

/* What was said once is not said again. */
static bool
is_silent(const struct pipeline *p)
{
	return p->quiet || p->merging;
}

/* The policy that the change brings; NULL when nothing tells what to judge by. */
static const char *
policy_path(struct pipeline *p, const struct args *args)
{
	const char *path = config_policy_path(&p->mem, args, NULL);

	if (path)
		return path;
	if (args_operands(args) == 0 && !args_has(args, "report")) {
		diag_hint(&p->diags, diag_add(&p->diags, DIAG_ERROR, NOWHERE,
			"no gate.yaml here or above, and no reports were named"),
			"`gate run REPORT...` judges with the preset `ratchet`; "
			"--policy FILE names a policy");
		return NULL;
	}
	if (!is_silent(p))
		fputs("gate: note: no gate.yaml here or above: judging with the preset `ratchet`\n",
			stderr);
	return "ratchet";
}

/* As the build calls it: what a policy calls itself is its own choice. */
static struct str
project_of(const struct build *b)
{
	return b->path.n ? b->path : b->project;
}

static int
load(struct pipeline *p, const struct args *args, int64_t now)
{
	struct trusted *revision = &p->trust.revision;
	const char *path;
	int rc;

	/* A policy's own cases, and a change as it will be, are judged by what stands there. */
	if (p->over == NULL && p->merging == NULL &&
	    trusted_find(revision, args_get(args, "trusted-ref"), &p->diags) < 0)
		return -1;
	path = policy_path(p, args);
	if (path == NULL)
		return -1;
	if (revision->on) {
		rc = trust_load(&p->trust, &p->config, &p->floor, path, args, now, &p->diags);
	} else {
		rc = config_load(&p->config, path, args, p->over, NULL, &p->diags);
		if (floor_load(&p->floor, args, &p->diags) < 0)
			rc = -1;
	}
	if (rc == 0 && args_has(args, "floor"))
		floor_apply(&p->config.policy, &p->floor, now, project_of(&p->decision.build));
	if (rc == 0 && p->merging)
		edits_mark_fresh(p->merging, &p->config.findings);
	return rc;
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
	const struct policy *policy = &p->config.policy;
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
	p->index = index_new(&p->config.findings, &o);
}

static int
parse_now(struct pipeline *p, const struct args *args, int64_t *now)
{
	const char *word = args_get(args, "now");

	*now = p->merging ? p->decision.now : date_now();
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
	struct comparison_options o = { .partial = p->run.partial };
	struct comparison *c;

	if (p->baseline.state != BASELINE_NONE)
		p->run.baseline = &p->baseline;
	if (p->names || p->baseline.state == BASELINE_THERE)
		context_fill(p->run.issues.v, p->run.issues.n, p->config.policy.base);
	if (p->given == NULL && p->baseline.state == BASELINE_THERE)
		facts_here(&p->facts, &p->trust.revision, &p->baseline);
	p->run.facts = p->given ? p->given : &p->facts;
	c = compare_baseline(&p->run, &p->config.findings, &p->baseline, &o);
	if (p->given == NULL && comparison_wants_definitions(c))
		facts_definitions(&p->facts, &p->trust.revision, &p->baseline);
	correlate(&p->run, p->index);
	compare_absent(c);
	comparison_free(c);
	history_apply(&p->run, p->run.history);
}

/* What the change edits, and so which producers it asks for. */
static void
know_change(struct pipeline *p)
{
	const struct trusted *t = &p->trust.revision;

	p->run.change = p->merging ? p->change : t->has_change ? &t->change : NULL;
	due_decide(&p->run, p->run.change, p->merging ? p->git : &t->git);
}

/* What is wrong with the registers is told of those that the change leaves behind. */
static void
know_registers(struct pipeline *p, int64_t now)
{
	struct findings *fs = trust_registers(&p->trust);

	if (fs) {
		findings_health(fs, now);
		findings_sort_notes(fs);
		p->run.registers = fs;
	}
}

/* What earlier runs showed; that it can't be read changes no verdict, and is said. */
static void
know_history(struct pipeline *p, const struct args *args)
{
	const char *path = args_get(args, "history");
	const struct policy *policy = &p->config.policy;
	struct str shown = path ? str_of(path) : policy->history;
	struct buf revision = BUF_INIT;

	if (shown.n == 0)
		return;
	if (path == NULL)
		path = arena_z(&p->mem, path_join(&p->mem, policy->base, shown));
	revision_here(&revision);
	history_read(&p->history, path, shown, policy->name, p->decision.build.project,
		buf_str(&revision));
	buf_release(&revision);
	p->run.history = &p->history;
	if (p->history.why.n && p->merging == NULL)
		diag_add(&p->diags, DIAG_WARNING, NOWHERE, "the history %.*s is not used: %.*s",
			STR_FMT(shown), STR_FMT(p->history.why));
}

int
pipeline_run(struct pipeline *p, const struct args *args)
{
	struct gather_options g = { .policy = &p->config.policy };
	struct buf revision = BUF_INIT;
	int64_t now;
	int rc;

	build_here(&p->mem, FORGE_NONE, &p->decision.build);
	if (parse_now(p, args, &now) < 0 || parse_jobs(p, args, &g.jobs) < 0 ||
	    load(p, args, now) < 0 || scope_reports(&p->config.policy, args, &p->diags) < 0) {
		if (!is_silent(p))
			diags_print(stderr, &p->diags, DIAG_WARNING);
		return EXIT_INVALID;
	}
	build_here(&p->mem, FORGE_NONE, &p->decision.build);
	know_history(p, args);
	if (!is_silent(p))
		diags_print(stderr, &p->diags, DIAG_WARNING);
	fixes_locate(&p->config.findings);
	findings_health(&p->config.findings, now);
	findings_sort_notes(&p->config.findings);
	know_registers(p, now);
	make_index(p, now);
	baseline_of_run(&p->baseline, args, &p->config.policy);
	baseline_check(&p->baseline, p->decision.build.project, now);
	g.index = p->index;
	g.baseline = &p->baseline;
	g.history = &p->history;
	g.names = p->names;
	g.times = policy_wants_times(&p->config.policy);
	g.as_recorded = tape_exact() && p->merging == NULL;
	revision_here(&revision);
	g.revision = arena_dup(&p->mem, buf_str(&revision));
	buf_release(&revision);
	g.progress = !p->quiet && isatty(STDERR_FILENO) && !args_has(args, "no-progress");
	scope_limit(&p->mem, args, &g.only, &p->run.partial, &p->decision.scope_note);
	gather(&p->run, &g);
	know_change(p);
	rc = scope_names(&p->run, args, &g.only, &p->diags);
	vec_release(&g.only);
	if (rc < 0 || scope_exits(&p->run, args, &p->diags) < 0) {
		if (!is_silent(p))
			diags_print(stderr, &p->diags, DIAG_ERROR);
		return EXIT_INVALID;
	}
	run_finish(&p->run);
	classify_run(p);
	p->decision.now = now;
	if (p->trust.revision.on && !p->trust.introduced)
		p->decision.policy_revision = str_of(p->trust.revision.base);
	policy_judge(&p->config.policy, &p->run, &p->config.findings, &p->decision);
	folders_here(&p->decision);
	for (size_t i = 0; i < p->run.remarks.n; i++)
		*vec_push(&p->decision.remarks) = p->run.remarks.v[i];
	if (p->merging == NULL)
		pending_add(p, args);
	return 0;
}

void
pipeline_release(struct pipeline *p)
{
	decision_release(&p->decision);
	run_release(&p->run);
	baseline_release(&p->baseline);
	facts_release(&p->facts);
	history_release(&p->history);
	index_free(p->index);
	config_release(&p->config); /* before what it borrows from */
	policy_release(&p->floor);
	trust_release(&p->trust);
	diags_release(&p->diags);
	arena_release(&p->mem);
}
