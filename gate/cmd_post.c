/*
 * cmd_post.c -- `gate post`: delivers a decision made earlier. This half holds the token; the
 * decision's file may come from a stranger's job. It never changes the verdict.
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "gate/base/num.h"
#include "gate/build_here.h"
#include "gate/command.h"
#include "gate/decision_file.h"
#include "gate/forge/ci_env.h"
#include "gate/forge/deliver.h"
#include "gate/input/source.h"
#include "gate/report/support/comment.h"
#include "gate/report/support/escape.h"

#define MAX_TOKEN_BYTES 8192u
#define MAX_SUMMARY_BYTES (1000u << 10) /* a job's summary above 1 MiB is dropped whole */

struct post {
	struct arena mem;
	struct build build;
	json_t *doc;
	struct buf token;
	bool summarized; /* the job's summary holds the report: once is enough */
	struct err err;
};

static int
complain(struct post *p, const char *hint, const char *what)
{
	err_set(&p->err, (struct pos){ 0 }, "%s", what);
	if (hint)
		err_hint(&p->err, "%s", hint);
	err_print(stderr, &p->err);
	return EXIT_INVALID;
}

static void
note(struct str text)
{
	struct buf b = BUF_INIT;

	buf_addz(&b, "gate: note: ");
	escape_terminal(&b, text);
	fprintf(stderr, "%s\n", buf_z(&b));
	buf_release(&b);
}

static int
find_build(struct post *p, const struct args *args)
{
	const char *to = args_get(args, "to");
	enum forge want = FORGE_NONE;

	if (to) {
		want = strcmp(to, "github") == 0 ? FORGE_GITHUB :
			strcmp(to, "gitlab") == 0 ? FORGE_GITLAB : FORGE_NONE;
		if (want == FORGE_NONE)
			return complain(p, NULL, "--to is neither github nor gitlab");
	}
	build_here(&p->mem, want, &p->build);
	if (p->build.forge == FORGE_NONE)
		return complain(p, "run it in CI, or name the forge with --to, and its variables",
			"no forge was detected");
	if (p->build.project.n == 0 || p->build.api.n == 0)
		return complain(p, "`gate env` shows what was detected",
			"the environment names no project of the forge");
	return 0;
}

/*
 * The decision must be for the revision that is built here. What only the decision says (a
 * change's number, in builds that the forge tells nothing of it) is checked with the forge.
 */
static int
match_revision(struct post *p)
{
	const json_t *build = json_object_get(json_object_get(p->doc, "environment"), "build");
	struct str revision = forge_text(build, "revision");
	json_int_t change = json_integer_value(json_object_get(build, "change"));

	if (revision.n && !ci_env_is_commit(revision))
		return complain(p, NULL, "the decision's revision is none");
	if (revision.n && p->build.revision.n && !str_eq(revision, p->build.revision)) {
		err_set(&p->err, (struct pos){ 0 },
			"the decision is for revision %.12s, this build is of %.12s", revision.p,
			p->build.revision.p);
		return complain(p, "post the decision that was made for this revision", "");
	}
	if (revision.n == 0)
		note(STR("the decision names no revision; it is posted to the detected build"));
	else
		p->build.revision = revision;
	if (p->build.revision.n == 0)
		return complain(p, "`gate env` shows what was detected",
			"neither the build nor the decision names a revision");
	if (p->build.change == 0 && change > 0 && change <= 2147483647)
		p->build.change = (long)change;
	return 0;
}

/* 0 with an empty token when none is there. */
static int
find_token(struct post *p, const struct args *args)
{
	const char *file = args_get(args, "token-file"), *v;

	if (file) {
		if (source_slurp(file, MAX_TOKEN_BYTES, &p->token, NULL, &p->err) < 0) {
			err_print(stderr, &p->err);
			return EXIT_INVALID;
		}
	} else {
		v = getenv("GATE_TOKEN");
		if (v == NULL || v[0] == 0)
			v = getenv(p->build.forge == FORGE_GITHUB ? "GITHUB_TOKEN" :
				"GITLAB_TOKEN");
		buf_addz(&p->token, v ? v : "");
	}
	return 0;
}

static double
sleep_scale(void)
{
	double scale = 1;

	if (!num_double(str_of(getenv("GATE_SLEEP_SCALE")), &scale) || scale < 0 || scale > 1000)
		return 1;
	return scale;
}

/* The whole report into the job's summary, where what it may hold is left of it. */
static bool
append_summary(struct post *p)
{
	const char *path = getenv("GITHUB_STEP_SUMMARY");
	struct comment_options o = { &p->build, COMMENT_BYTES, false };
	struct buf body = BUF_INIT;
	bool ok = false;
	off_t there;
	int fd;

	if (p->build.forge != FORGE_GITHUB || path == NULL || path[0] == 0)
		return false;
	fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		return false;
	comment_render(p->doc, &o, &body);
	there = lseek(fd, 0, SEEK_END);
	if (there >= 0 && (size_t)there + body.n <= MAX_SUMMARY_BYTES)
		ok = write(fd, body.p, body.n) == (ssize_t)body.n;
	ok &= close(fd) == 0;
	buf_release(&body);
	return ok;
}

static int
undelivered(struct post *p, struct str why, struct str hint)
{
	const json_t *delivery = json_object_get(p->doc, "delivery");
	bool required = json_is_true(json_object_get(delivery, "required"));
	struct buf b = BUF_INIT;

	buf_addf(&b, "gate post: %s: not delivered: ", required ? "error" : "warning");
	escape_terminal(&b, why);
	if (hint.n)
		buf_addf(&b, "\nhint: %.*s", STR_FMT(hint));
	if (!p->summarized && (p->summarized = append_summary(p)))
		buf_addz(&b, "\ngate: note: the report is in the job's summary instead");
	fprintf(stderr, "%s\n", buf_z(&b));
	buf_release(&b);
	return required ? EXIT_UNDELIVERED : EXIT_PASS;
}

/* Says what came of one delivery; its exit status. */
static int
outcome(struct post *p, const struct forge_ops *ops, const struct delivery_job *job,
	enum delivered how)
{
	struct buf line = BUF_INIT;
	int rc = EXIT_PASS;

	if (how == DEGRADED || how == FAILED)
		return undelivered(p, buf_str(&job->said), buf_str(&job->hint));
	buf_addf(&line, "%s: ", ops->name);
	escape_terminal(&line, buf_str(&job->said));
	buf_addc(&line, '\n');
	if (output_write("-", buf_str(&line)) < 0)
		rc = EXIT_INCONCLUSIVE;
	buf_release(&line);
	return rc;
}

static int
deliver(struct post *p, const struct args *args)
{
	const struct forge_ops *ops = p->build.forge == FORGE_GITHUB ? &forge_github :
		&forge_gitlab;
	const char *ca = args_get(args, "cacert");
	struct http_options o = { .base = p->build.api, .token_header = ops->token_header,
		.accept = ops->accept, .sleep_scale = sleep_scale() };
	struct delivery_job job = { .ops = ops, .build = p->build, .doc = p->doc };
	int rc;

	o.token = str_trim(buf_str(&p->token));
	o.ca_file = ca ? ca : p->build.ca_file.n ? arena_z(&p->mem, p->build.ca_file) : NULL;
	if (o.token.n == 0)
		return undelivered(p, STR("there is no token"), p->build.forge == FORGE_GITHUB ?
			STR("set GITHUB_TOKEN to ${{ github.token }}, or GATE_TOKEN") :
			STR("set GITLAB_TOKEN to a project access token with the scope `api`"));
	job.http = http_new(&o, &p->err);
	if (job.http == NULL)
		return undelivered(p, str_of(p->err.text), str_of(p->err.hint));
	rc = outcome(p, ops, &job, deliver_comment(&job));
	if (json_is_true(json_object_get(json_object_get(p->doc, "delivery"), "check"))) {
		int status = outcome(p, ops, &job, deliver_status(&job));

		rc = status > rc ? status : rc;
	}
	http_free(job.http);
	delivery_job_release(&job);
	return rc;
}

static int
post_run(const struct args *args)
{
	const char *path = args_get(args, "decision");
	struct post p = { 0 };
	int rc;

	if (path == NULL || args_operands(args)) {
		rc = complain(&p, "gate post --decision decision.json", path ?
			"it takes no operands" : "--decision FILE is missing");
		return rc;
	}
	p.doc = decision_file_read(path, &p.err);
	if (p.doc == NULL) {
		err_print(stderr, &p.err);
		return EXIT_INVALID;
	}
	rc = find_build(&p, args);
	if (rc == 0)
		rc = match_revision(&p);
	if (rc == 0)
		rc = find_token(&p, args);
	if (rc == 0)
		rc = deliver(&p, args);
	json_decref(p.doc);
	if (p.token.p)
		memset(p.token.p, 0, p.token.n);
	buf_release(&p.token);
	arena_release(&p.mem);
	return rc;
}

static const struct option options[] = {
	{ .name = "decision", .arg = "FILE",
	  .help = "the decision, as `gate run --out json=FILE` wrote it" },
	{ .name = "to", .arg = "github|gitlab", .help = "the forge (default: what CI this is)" },
	{ .name = "token-file", .arg = "FILE",
	  .help = "the token (default: GATE_TOKEN, GITHUB_TOKEN, GITLAB_TOKEN)" },
	{ .name = "cacert", .arg = "FILE", .help = "certificates of the forge's authority (PEM)" },
	{ 0 },
};

const struct command cmd_post = {
	.name = "post",
	.usage = "--decision FILE [--to github|gitlab]",
	.help = "deliver a decision made earlier: one comment on the change, edited in place",
	.about = "The half that holds the token. A delivery that fails never changes the verdict: "
		"it is said, and ends in 4 only where the policy says `delivery.required`.",
	.options = options,
	.run = post_run,
};
