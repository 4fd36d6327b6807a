/* cmd_bundle.c -- `gate bundle`: a decision and all that it was made from, in one file. */
#include <stdio.h>

#include "gate/base/tape.h"
#include "gate/bundle.h"

static int
bundle_run(const struct args *args)
{
	const char *path = args_get(args, "output");
	struct pipeline p = { 0 };
	int rc;

	if (path == NULL) {
		fputs("gate bundle: error: no file to write is named\n"
		      "hint: gate bundle -o FILE.tar.gz\n", stderr);
		return EXIT_INVALID;
	}
	tape_record();
	rc = pipeline_run(&p, args);
	if (rc == 0 && bundle_write(&p, args, path) < 0)
		rc = EXIT_INCONCLUSIVE;
	tape_free(tape_end());
	pipeline_release(&p);
	return rc;
}

static const struct option options[] = {
	{ .name = "output", .letter = 'o', .arg = "FILE", .help = "the file to write (tar.gz)" },
	PIPELINE_OPTIONS,
	{ 0 },
};

const struct command cmd_bundle = {
	.name = "bundle",
	.usage = "-o FILE [OPTION...] [REPORT...]",
	.help = "pack all that a decision uses into one file, for `gate replay`",
	.about = "Judges as `gate run` with the same arguments does, and packs what that read:\n"
		"reports as they were read, registers, the policy with what it extends, the\n"
		"baseline, what git and the build's environment say, the decision. Texts are\n"
		"redacted. `gate run --bundle FILE` does the same beside its report.\n\n"
		"exit status: 0 written, whatever the verdict; 2 the command line, the policy or\n"
		"a register is invalid; 3 the file can't be written.",
	.options = options,
	.run = bundle_run,
};
