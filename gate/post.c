/*
 * post.c -- see post.h. This half holds the token; the decision may come from a stranger's job.
 */
#include "gate/post.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "gate/build_here.h"
#include "gate/command.h"
#include "gate/forge/ci_env.h"
#include "gate/forge/deliver.h"
#include "gate/forge/job_log.h"
#include "gate/forge_access.h"
#include "gate/report/support/comment.h"
#include "gate/report/support/escape.h"

#define MAX_SUMMARY_BYTES (1000u << 10) /* a job's summary above 1 MiB is dropped whole */

struct post {
	const struct post_options *o;
	const struct forge_ops *ops;
	struct arena mem;
	struct build build;
	json_t *doc;
	struct forge_access access;
	struct buf undelivered;  /* what was not delivered and why, joined */
	struct buf hints;        /* each on its line */
	bool write_failed;
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

static int
find_build(struct post *p)
{
	const char *to = p->o->to;
	enum forge want = FORGE_NONE;

	if (to) {
		want = forge_named(to);
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
	p->ops = p->build.forge == FORGE_GITHUB ? &forge_github : &forge_gitlab;
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
		forge_say("gate: note: ",
			STR("the decision names no revision; it is posted to the detected build"));
	else
		p->build.revision = revision;
	if (p->build.revision.n == 0)
		return complain(p, "`gate env` shows what was detected",
			"neither the build nor the decision names a revision");
	if (p->build.change == 0 && change > 0 && change <= 2147483647)
		p->build.change = (long)change;
	return 0;
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

static bool
is_required(const struct post *p)
{
	return json_is_true(json_object_get(json_object_get(p->doc, "delivery"), "required"));
}

static void
undelivered(struct post *p, struct str why, struct str hint)
{
	if (p->undelivered.n)
		buf_addz(&p->undelivered, "; ");
	buf_add(&p->undelivered, why);
	if (hint.n && str_find(buf_str(&p->hints), hint) == STR_NPOS) {
		buf_addz(&p->hints, "\nhint: ");
		buf_add(&p->hints, hint);
	}
}

/* Once, for all that was not delivered; what can be is said in the job itself instead. */
static int
finish(struct post *p)
{
	struct buf b = BUF_INIT, notes = BUF_INIT;
	bool summarized;

	if (p->undelivered.n == 0)
		return p->write_failed ? EXIT_INCONCLUSIVE : EXIT_PASS;
	buf_addf(&b, "%s: %s: not delivered: ", p->o->command,
		is_required(p) ? "error" : "warning");
	escape_terminal(&b, buf_str(&p->undelivered));
	buf_add(&b, buf_str(&p->hints));
	summarized = !p->o->summarized && append_summary(p);
	if (!p->o->annotated && p->build.forge == FORGE_GITHUB &&
	    str_eqz(str_of(getenv("GITHUB_ACTIONS")), "true"))
		job_log_annotations(p->doc, &notes);
	if (summarized || notes.n)
		buf_addf(&b, "\ngate: note: the report is in the job's %s instead",
			summarized && notes.n ? "summary and annotations" :
			summarized ? "summary" : "annotations");
	fprintf(stderr, "%s\n", buf_z(&b));
	if (notes.n)
		fputs(notes.p, p->o->quiet_out ? stderr : stdout);
	buf_release(&b);
	buf_release(&notes);
	return is_required(p) ? EXIT_UNDELIVERED : EXIT_PASS;
}

static bool
went_well(enum delivered how)
{
	return how == DELIVERED || how == NOTHING_DUE;
}

static void
report(struct post *p, const struct delivery_job *job)
{
	struct buf line = BUF_INIT;

	buf_addf(&line, "%s: ", p->ops->name);
	escape_terminal(&line, buf_str(&job->said));
	buf_addc(&line, '\n');
	if (p->o->quiet_out)
		fputs(line.p, stderr);
	else if (output_write("-", buf_str(&line)) < 0)
		p->write_failed = true;
	buf_release(&line);
}

/* One delivery; nothing more is tried where the forge does not answer. */
static bool
one(struct post *p, struct delivery_job *job, enum delivered (*deliver)(struct delivery_job *))
{
	enum delivered how;

	if (job->down)
		return false;
	buf_reset(&job->said);
	buf_reset(&job->hint);
	how = deliver(job);
	if (job->said.n == 0)
		; /* what stands in the way was said before */
	else if (went_well(how))
		report(p, job);
	else
		undelivered(p, buf_str(&job->said), buf_str(&job->hint));
	return went_well(how);
}

/* What was not delivered since then is no loss: another delivery said the same. */
static void
made_up_for(struct post *p, size_t undelivered_at, size_t hints_at, const char *by)
{
	struct str lost = str_from(buf_str(&p->undelivered), undelivered_at);
	struct buf line = BUF_INIT;

	if (lost.n == 0)
		return;
	str_skip(&lost, "; ");
	buf_addz(&line, "gate: note: ");
	escape_terminal(&line, lost);
	buf_addf(&line, "; %s", by);
	buf_add(&line, str_from(buf_str(&p->hints), hints_at));
	fprintf(stderr, "%s\n", line.p);
	buf_release(&line);
	buf_cut(&p->undelivered, undelivered_at);
	buf_cut(&p->hints, hints_at);
}

/* A check run and a status say the same: one of them must arrive. */
static void
deliver_check(struct post *p, struct delivery_job *job)
{
	size_t at = p->undelivered.n, hints = p->hints.n;
	bool run = false, status;

	if (p->build.forge == FORGE_GITHUB && !p->build.queue)
		run = one(p, job, deliver_check_run);
	status = one(p, job, deliver_status);
	if (run && !status)
		made_up_for(p, at, hints, "the check run says it");
	else if (status && !run)
		made_up_for(p, at, hints, "the commit's status says it");
}

static void
deliver_all(struct post *p, struct delivery_job *job)
{
	const json_t *delivery = json_object_get(p->doc, "delivery");

	one(p, job, deliver_comment);
	if (p->build.forge == FORGE_GITLAB && !p->build.queue &&
	    json_is_true(json_object_get(delivery, "discussions")))
		one(p, job, deliver_discussions);
	if (json_is_true(json_object_get(delivery, "check")))
		deliver_check(p, job);
	if (p->o->sarif.n && p->build.forge == FORGE_GITHUB)
		one(p, job, deliver_sarif);
	else if (p->o->sarif.n)
		undelivered(p, STR("GitLab takes no SARIF files"),
			STR("`gate run --out codequality=FILE` writes what it takes"));
}

static bool
has_token(struct post *p)
{
	struct str token = str_trim(buf_str(&p->access.token));
	struct str job = str_of(getenv("CI_JOB_TOKEN"));
	bool github = p->build.forge == FORGE_GITHUB;

	if (token.n == 0)
		undelivered(p, STR("there is no token"), github ?
			STR("set GITHUB_TOKEN to ${{ github.token }}, or GATE_TOKEN") :
			STR("set GITLAB_TOKEN to a project access token with the scope `api`"));
	else if (!github && str_eq(token, job))
		undelivered(p, STR("CI_JOB_TOKEN may write no notes and no statuses"),
			STR("set GITLAB_TOKEN to a project access token with the scope `api`"));
	return p->undelivered.n == 0;
}

static void
deliver(struct post *p)
{
	struct delivery_job job = { .ops = p->ops, .build = p->build, .doc = p->doc,
		.sarif = p->o->sarif };

	if (!has_token(p))
		return;
	job.http = forge_access_open(&p->access, p->ops, &p->build, &p->err);
	if (job.http == NULL) {
		undelivered(p, str_of(p->err.text), str_of(p->err.hint));
		return;
	}
	deliver_all(p, &job);
	http_free(job.http);
	delivery_job_release(&job);
}

/* What judged a part only is no verdict on the change. */
static int
check_scope(struct post *p)
{
	struct str scope = forge_text(p->doc, "scope");

	if (scope.n == 0)
		return 0;
	err_set(&p->err, (struct pos){ 0 }, "a decision of limited scope is not posted: %.*s",
		STR_FMT(scope));
	err_hint(&p->err, "post what `gate run` decided without --only and --partial");
	err_print(stderr, &p->err);
	return EXIT_INVALID;
}

int
post_decision(json_t *doc, const struct post_options *o)
{
	struct post p = { .o = o, .doc = doc, .access = { .token_file = o->token_file,
		.ca_file = o->ca_file, .verbose = o->verbose } };
	int rc = check_scope(&p);

	if (rc == 0)
		rc = find_build(&p);
	if (rc == 0)
		rc = match_revision(&p);
	if (rc == 0 && forge_access_find(&p.access, p.build.forge, &p.err) < 0) {
		err_print(stderr, &p.err);
		rc = EXIT_INVALID;
	}
	if (rc == 0) {
		deliver(&p);
		rc = finish(&p);
	}
	forge_access_release(&p.access);
	buf_release(&p.undelivered);
	buf_release(&p.hints);
	arena_release(&p.mem);
	return rc;
}
