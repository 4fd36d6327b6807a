/* cmd_fetch.c -- `gate fetch`: brings a run's reports here, to judge or replay them. */
#include "gate/command.h"
#include "gate/fetch.h"

static int
fetch_command(const struct args *args)
{
	struct forge_access access = { .token_file = args_get(args, "token-file"),
		.ca_file = args_get(args, "cacert"), .verbose = args_has(args, "verbose") };
	struct arena mem = { 0 };
	struct fetch_target target = { 0 };
	struct err err = { 0 };
	int rc = EXIT_INVALID;

	if (fetch_target(&mem, args, &target, &err) < 0 ||
	    forge_access_find(&access, target.build.forge, &err) < 0) {
		if (!err.hint[0])
			err_hint(&err, "gate fetch --help");
		err_print(stderr, &err);
	} else {
		rc = fetch(&target, &access, args);
	}
	forge_access_release(&access);
	arena_release(&mem);
	return rc;
}

static const struct option options[] = {
	{ .name = "output", .letter = 'o', .arg = "FOLDER",
	  .help = "the folder to make (default: fetched)" },
	{ .name = "run", .arg = "ID", .help = "the run, on GitLab the pipeline" },
	{ .name = "revision", .arg = "REV", .help = "the newest runs of this revision" },
	{ .name = "branch", .arg = "NAME", .help = "the newest runs of this branch" },
	{ .name = "name", .arg = "PATTERN", .many = true,
	  .help = "only artifacts (GitLab: of jobs) of this name; * and ? match" },
	{ .name = "from", .arg = "github|gitlab",
	  .help = "which forge it is, where its address does not tell" },
	{ .name = "token-file", .arg = "FILE",
	  .help = "the token (default: GATE_TOKEN, GITHUB_TOKEN, GITLAB_TOKEN)" },
	{ .name = "cacert", .arg = "FILE", .help = "certificates of the forge's authority (PEM)" },
	{ .name = "verbose", .letter = 'v', .help = "each request and each wait" },
	{ 0 },
};

const struct command cmd_fetch = {
	.name = "fetch",
	.usage = "[-o FOLDER] [URL]",
	.help = "bring a run's reports here: the artifacts of its jobs",
	.about =
		"Without a URL, --run, --revision or --branch: in a job, the run it is part of\n"
		"(or that it follows, in a workflow_run); else the runs of the checkout's HEAD at\n"
		"its `origin`. Each artifact, on GitLab each job's archive, goes into a folder\n"
		"of its own below FOLDER, whole or not at all. A child pipeline is a run of its\n"
		"own.\n\n"
		"exit status: 0 all is here; 2 the command line is invalid, nothing says which\n"
		"run, there is no token, or FOLDER is there already; 3 something is not here\n"
		"(expired, refused, broken, of a run that goes on), and said: judge nothing\n"
		"without it.",
	.options = options,
	.run = fetch_command,
};
