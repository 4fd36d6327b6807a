/* cmd_replay.c -- `gate replay`: decides again from a bundle, offline, anywhere. */
#include <stdio.h>

#include "gate/base/release.h"
#include "gate/base/tape.h"
#include "gate/bundle.h"
#include "gate/outputs.h"
#include "gate/replay.h"

#define LEFT_OUT_SHOWN 5

static int
invalid(const struct err *err)
{
	err_print(stderr, err);
	return EXIT_INVALID;
}

/* What stands in for a part of the bundle, then the rest of it. */
static int
prepare(struct replay *r, const struct args *args, struct err *err)
{
	if (bundle_args(&r->bundle, &r->args, err) < 0)
		return -1;
	r->replaced = args_has(args, "policy") || args_has(args, "register") ||
		args_has(args, "report");
	tape_play(!r->replaced);
	if (replay_policy(r, args, err) < 0 || replay_registers(r, args, err) < 0 ||
	    replay_reports(r, args, err) < 0)
		return -1;
	return bundle_play(&r->bundle, err);
}

/* Why it may decide otherwise than it did. */
static void
note_origin(struct replay *r)
{
	const json_t *missing = json_object_get(r->bundle.manifest, "left_out");
	struct diags *d = &r->notes;
	struct pos at = r->bundle.at;

	if (strcmp(r->bundle.version, GATE_VERSION) != 0)
		diag_add(d, DIAG_NOTE, at, "made by gate %.40s, replayed by gate %s",
			r->bundle.version, GATE_VERSION);
	for (size_t i = 0; presets[i].name; i++) {
		struct tape_answer a = { 0 };

		if (tape_get(TAPE_PRESET, str_of(presets[i].name), &a) &&
		    !str_eqz(a.text, presets[i].text))
			diag_add(d, DIAG_NOTE, at, "the preset %s of this gate is another one: the "
				"bundle's is used", presets[i].name);
	}
	if (!r->bundle.equal && json_array_size(missing) == 0)
		diag_add(d, DIAG_WARNING, at, "it did not replay equal when it was made");
	for (size_t i = 0; i < json_array_size(missing) && i < LEFT_OUT_SHOWN; i++) {
		const char *key = json_string_value(json_object_get(json_array_get(missing, i),
			"key"));

		diag_add(d, DIAG_WARNING, at, "left out of this bundle, for its size: %s",
			key ? key : "?");
	}
}

/* What was said is not said again. */
static void
say_notes(struct replay *r)
{
	diags_print(stderr, &r->notes, DIAG_NOTE);
	r->notes.n = 0;
}

/* The status that the comparison leaves: a difference nobody asked for is inconclusive. */
static int
conclude(struct replay *r, const struct args *args)
{
	struct buf said = BUF_INIT;
	bool same = replay_compare(r, args_operand(args, 0), &said);
	int rc = same || r->replaced ? r->pipeline.decision.exit : EXIT_INCONCLUSIVE;
	bool to_stdout = !outputs_take_stdout(args);

	if (to_stdout && output_write("-", buf_str(&said)) < 0 && rc == EXIT_PASS)
		rc = EXIT_INCONCLUSIVE;
	if (!to_stdout)
		fputs(buf_z(&said), stderr);
	buf_release(&said);
	return rc;
}

static int
replay_run(const struct args *args)
{
	const char *path = args_operand(args, 0);
	struct render_options render = { 0 };
	struct outputs outs = { 0 };
	struct replay r = { 0 };
	struct err err = { 0 };
	int rc = EXIT_INVALID, ended;

	if (args_operands(args) != 1) {
		fputs("gate replay: error: name one bundle\nhint: gate replay FILE.tar.gz\n",
			stderr);
		return rc;
	}
	if (outputs_manner(&render, args) < 0 || outputs_parse(&outs, args) < 0)
		goto out;
	if (bundle_open(&r.bundle, path, &err) < 0 || prepare(&r, args, &err) < 0) {
		rc = invalid(&err);
		goto out;
	}
	note_origin(&r);
	say_notes(&r);
	r.pipeline.quiet = !r.replaced;
	rc = pipeline_run(&r.pipeline, &r.args);
	if (rc != 0 && r.pipeline.quiet)
		diags_print(stderr, &r.pipeline.diags, DIAG_ERROR);
	if (rc != 0)
		goto out;
	if (r.replaced)
		replay_note_readings(&r);
	say_notes(&r);
	ended = outputs_write(&outs, &r.pipeline.decision, &render);
	rc = conclude(&r, args);
	if (ended > 0 && rc == EXIT_PASS)
		rc = EXIT_INCONCLUSIVE;
out:
	tape_free(tape_end());
	vec_release(&outs);
	replay_release(&r);
	return rc;
}

static const struct option options[] = {
	{ .name = "policy", .arg = "FILE",
	  .help = "what if: this policy in place of the bundle's, as if it stood there" },
	{ .name = "register", .arg = "[PATH=]FILE", .many = true,
	  .help = "in place of the register PATH, else the one of its name, else one more" },
	{ .name = "report", .arg = "[NAME[/LEG]=][FORMAT:]PATH", .many = true,
	  .help = "in place of the reports of NAME" },
	OUTPUT_OPTIONS,
	{ 0 },
};

const struct command cmd_replay = {
	.name = "replay",
	.usage = "[OPTION...] BUNDLE",
	.help = "decide again from a bundle, offline, and compare",
	.about = "Reads nothing but the bundle and what stands in for a part of it: no checkout,\n"
		"no git, no environment. Ends with the decision's own status. When nothing was\n"
		"replaced and the decision is not the one in the bundle, byte for byte, it says\n"
		"what differs and ends in 3 (digest-mismatch); 2 is a bundle that can't be used.",
	.options = options,
	.run = replay_run,
};
