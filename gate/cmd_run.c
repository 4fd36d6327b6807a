/* cmd_run.c -- `gate run`: the main job. */
#include <stdio.h>

#include "gate/base/tape.h"
#include "gate/baseline.h"
#include "gate/bundle.h"
#include "gate/history_file.h"
#include "gate/outputs.h"
#include "gate/pipeline.h"
#include "gate/post.h"
#include "gate/report/support/document.h"
#include "gate/revision.h"
#include "gate/scope.h"

static const struct option options[] = {
	PIPELINE_OPTIONS,
	OUTPUT_OPTIONS,
	{ .name = "save-baseline", .arg = "FILE",
	  .help = "save this run as a baseline too; not when a report is incomplete" },
	{ .name = "bundle", .arg = "FILE",
	  .help = "also pack all that was read, for `gate replay FILE`" },
	{ .name = "post",
	  .help = "deliver the decision too, as `gate post` does; this needs the token" },
	{ 0 },
};

/* What else the options name; one that can't be written is no pass. */
static int
write_files(const struct pipeline *p, const struct args *args, const struct outputs *outs,
	const struct render_options *render)
{
	int failed = outputs_write(outs, &p->decision, render);

	if (args_has(args, "save-baseline") &&
	    baseline_save(&p->decision, args_get(args, "save-baseline"), "run") < 0)
		failed++;
	if (args_has(args, "bundle") && bundle_write(p, args, args_get(args, "bundle")) < 0)
		failed++;
	return failed && p->decision.exit == EXIT_PASS ? EXIT_INCONCLUSIVE : p->decision.exit;
}

/* A history that can't be written to is a warning: the verdict does not hang on it. */
static void
record(const struct decision *d, const char *path)
{
	struct arena mem = { 0 };
	struct buf revision = BUF_INIT;
	struct str why = STR_NONE;

	if (d->scope_note.n)
		why = STR("a run of some of the reports is not recorded");
	revision_here(&revision);
	if (why.n || history_record(d, path, buf_str(&revision), &mem, &why) < 0)
		fprintf(stderr, "gate run: warning: nothing was added to the history %s: %.*s\n",
			path, STR_FMT(why));
	buf_release(&revision);
	arena_release(&mem);
}

static bool
has_out(const struct args *args, const char *format)
{
	const char *value;

	for (size_t i = 0; (value = args_nth(args, "out", i)) != NULL; i++)
		if (str_starts(str_of(value), format))
			return true;
	return false;
}

/*
 * False: the policy demands that the decision is delivered, and it was not. What was judged
 * stays; only a pass that reached nobody is none. The standard output is the report's.
 */
static bool
post(const struct decision *d, const struct args *args)
{
	struct post_options o = { .command = "gate run --post", .quiet_out = true,
		.verbose = args_has(args, "verbose"), .annotated = has_out(args, "github="),
		.summarized = has_out(args, "summary=") };
	json_t *doc = document_of(d);
	bool ok = post_decision(doc, &o) == EXIT_PASS;

	json_decref(doc);
	return ok || !d->delivery.required;
}

static int
run(const struct args *args)
{
	struct render_options render = { 0 };
	struct outputs outs = { 0 };
	struct pipeline p = { 0 };
	int rc = EXIT_INVALID;

	if ((args_has(args, "post") && scope_refused(args, "--post")) ||
	    (args_has(args, "save-baseline") && scope_refused(args, "--save-baseline")))
		return EXIT_INVALID;
	p.names = args_has(args, "save-baseline") || args_has(args, "history");
	if (args_has(args, "bundle") && strcmp(args_get(args, "bundle"), "-") == 0) {
		fputs("gate run: error: --bundle -: the standard output is the report's\n"
		      "hint: `gate bundle -o -` writes a bundle there\n", stderr);
		return EXIT_INVALID;
	}
	if (args_has(args, "bundle"))
		tape_record();
	if (outputs_manner(&render, args) == 0 && outputs_parse(&outs, args) == 0 &&
	    (rc = pipeline_run(&p, args)) == 0) {
		rc = write_files(&p, args, &outs, &render);
		if (args_has(args, "history"))
			record(&p.decision, args_get(args, "history"));
		if (args_has(args, "post") && !post(&p.decision, args) && rc == EXIT_PASS)
			rc = EXIT_UNDELIVERED;
	}
	tape_free(tape_end());
	vec_release(&outs);
	pipeline_release(&p);
	return rc;
}

const struct command cmd_run = {
	.name = "run",
	.usage = "[OPTION...] [REPORT...]",
	.help = "read reports and registers, correlate, judge; the verdict is the exit status",
	.about = "Reads the reports that the policy declares (or the REPORTs named here, as the\n"
		"producer `cli`), maps every failure to the team's findings, applies the\n"
		"policy.\n\n"
		"exit status: 0 pass, 1 the policy is violated, 2 the command line, the policy\n"
		"or a register is invalid (nothing was judged), 3 inconclusive: an input is\n"
		"missing, unreadable or incomplete, 4 judged 0 but not delivered, where the\n"
		"policy says `delivery.required`. 1 outranks 3.",
	.options = options,
	.run = run,
};
