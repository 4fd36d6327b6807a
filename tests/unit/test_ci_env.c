/* Which build it is: the environments of the two forges, and payloads of every useful shape. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/base/buf.h"
#include "gate/forge/ci_env.h"

#define HEAD "1111111111111111111111111111111111111111"
#define BASE "2222222222222222222222222222222222222222"
#define MERGE "3333333333333333333333333333333333333333"
#define ZEROS "0000000000000000000000000000000000000000"

static const char *const *vars; /* "NAME=value", NULL at the end */

static const char *
get(const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; vars[i]; i++)
		if (strncmp(vars[i], name, n) == 0 && vars[i][n] == '=')
			return vars[i] + n + 1;
	return NULL;
}

struct want {
	const char *project, *revision, *base;
	long change;
	bool fork, queue, note;
};

static void
check(const char *const *v, const char *payload, const struct want *w)
{
	struct arena mem = { 0 };
	struct build b;

	vars = v;
	ci_env_build(&mem, ci_env_forge(get), get, str_of(payload), &b);
	assert_string_equal(b.project.p ? b.project.p : "", w->project);
	assert_string_equal(b.revision.p ? b.revision.p : "", w->revision);
	assert_string_equal(b.base.p ? b.base.p : "", w->base);
	assert_int_equal(b.change, w->change);
	assert_int_equal(b.fork, w->fork);
	assert_int_equal(b.queue, w->queue);
	assert_int_equal(b.note.n > 0, w->note);
	arena_release(&mem);
}

static void
hub(const char *event, const char *payload, struct want w)
{
	char name[80];
	const char *const v[] = { "GITHUB_ACTIONS=true", "GITHUB_REPOSITORY=acme/app",
		"GITHUB_SHA=" MERGE, "GITHUB_REF=refs/pull/7/merge", name, NULL };

	snprintf(name, sizeof(name), "GITHUB_EVENT_NAME=%s", event);
	w.project = "acme/app";
	check(v, payload, &w);
}

#define PULL(from) "{\"pull_request\":{\"number\":7,\"head\":{\"sha\":\"" HEAD "\",\"repo\":" from \
	"},\"base\":{\"sha\":\"" BASE "\"}}}"

static void
pull_requests(void **state)
{
	(void)state;
	hub("pull_request", PULL("{\"full_name\":\"Acme/App\"}"),
		(struct want){ .revision = HEAD, .base = BASE, .change = 7 });
	hub("pull_request_target", PULL("{\"full_name\":\"stranger/app\"}"),
		(struct want){ .revision = HEAD, .base = BASE, .change = 7, .fork = true });
	hub("pull_request", PULL("null"), /* the fork was deleted */
		(struct want){ .revision = HEAD, .base = BASE, .change = 7, .fork = true });
}

/* The merge commit is never taken for the head. */
static void
pull_request_without_payload(void **state)
{
	static const char *const bad[] = { "", "{", "[]", "null", "{\"pull_request\":7}",
		"{\"pull_request\":{\"number\":-1,\"head\":{\"sha\":\"../../x\"}}}",
		"{\"pull_request\":{\"number\":99999999999,\"head\":{\"sha\":\"" ZEROS "\"}}}" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		hub("pull_request", bad[i], (struct want){ .revision = "", .base = "", .change = 7,
			.note = true, .fork = i >= 4 });
}

static void
other_events(void **state)
{
	(void)state;
	hub("merge_group",
		"{\"merge_group\":{\"head_sha\":\"" HEAD "\",\"base_sha\":\"" BASE "\"}}",
		(struct want){ .revision = HEAD, .base = BASE, .queue = true });
	hub("push", "{\"after\":\"" HEAD "\",\"before\":\"" ZEROS "\"}",
		(struct want){ .revision = HEAD, .base = "" });
	hub("push", "", (struct want){ .revision = MERGE, .base = "" });
	hub("schedule", "{}", (struct want){ .revision = MERGE, .base = "" });
}

#define RUN(pulls) "{\"workflow_run\":{\"head_sha\":\"" HEAD "\",\"pull_requests\":[" pulls \
	"],\"head_repository\":{\"full_name\":\"stranger/app\"}}}"

static void
workflow_runs(void **state)
{
	(void)state;
	hub("workflow_run", RUN(""),
		(struct want){ .revision = HEAD, .base = "", .fork = true });
	hub("workflow_run", RUN("{\"number\":9,\"base\":{\"sha\":\"" BASE "\"}}"),
		(struct want){ .revision = HEAD, .base = BASE, .change = 9, .fork = true });
	hub("workflow_run", RUN("{\"number\":9},{\"number\":10}"),
		(struct want){ .revision = HEAD, .base = "", .fork = true });
	hub("workflow_run", "{}", (struct want){ .revision = "", .base = "", .note = true });
}

static void
gitlab(void **state)
{
	static const char *const own[] = { "GITLAB_CI=true", "CI_PROJECT_ID=12",
		"CI_PROJECT_PATH=acme/tools/app", "CI_COMMIT_SHA=" HEAD, "CI_MERGE_REQUEST_IID=7",
		"CI_MERGE_REQUEST_PROJECT_ID=12", "CI_MERGE_REQUEST_SOURCE_PROJECT_ID=12",
		"CI_MERGE_REQUEST_DIFF_BASE_SHA=" BASE, "CI_COMMIT_BEFORE_SHA=" ZEROS, NULL };
	static const char *const fork[] = { "GITLAB_CI=true", "CI_PROJECT_ID=99",
		"CI_COMMIT_SHA=" MERGE, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=" HEAD,
		"CI_MERGE_REQUEST_IID=7", "CI_MERGE_REQUEST_PROJECT_ID=12",
		"CI_MERGE_REQUEST_SOURCE_PROJECT_ID=99", "CI_MERGE_REQUEST_EVENT_TYPE=merge_train",
		NULL };
	static const char *const branch[] = { "GITLAB_CI=true", "CI_PROJECT_ID=12",
		"CI_COMMIT_SHA=" HEAD, "CI_OPEN_MERGE_REQUESTS=acme/tools/app!7",
		"CI_COMMIT_BEFORE_SHA=" ZEROS, NULL };
	static const char *const several[] = { "GITLAB_CI=true", "CI_PROJECT_ID=../12",
		"CI_COMMIT_SHA=" HEAD, "CI_OPEN_MERGE_REQUESTS=a/b!7,a/b!8", NULL };

	(void)state;
	check(own, "", &(struct want){ "12", HEAD, BASE, 7, false, false, false });
	check(fork, "", &(struct want){ "12", HEAD, "", 7, true, true, false });
	check(branch, "", &(struct want){ "12", HEAD, "", 7, false, false, false });
	check(several, "", &(struct want){ "", HEAD, "", 0, false, false, false });
}

static void
outside_ci(void **state)
{
	static const char *const off[] = { "GITHUB_ACTIONS=false", "GITLAB_CI=false",
		"GITHUB_SHA=" HEAD, NULL };

	(void)state;
	check(off, "{}", &(struct want){ "", "", "", 0, false, false, false });
}

static void
base_urls(void **state)
{
	static const char *const own[] = { "GITHUB_ACTIONS=true",
		"GITHUB_API_URL=https://git.acme.test/api/v3/",
		"GITHUB_SERVER_URL=javascript:alert(1)", NULL };
	struct arena mem = { 0 };
	struct build b;

	(void)state;
	vars = own;
	ci_env_build(&mem, FORGE_GITHUB, get, STR_NONE, &b);
	assert_true(str_eqz(b.api, "https://git.acme.test/api/v3"));
	assert_true(str_eqz(b.server, "https://github.com"));
	arena_release(&mem);
}

/* What statuses and uploads need, and what is none of it. */
static void
places(void **state)
{
	static const struct {
		const char *v[8], *payload, *home, *ref, *run_url;
		long pipeline;
	} rows[] = {
		{ { "GITHUB_ACTIONS=true", "GITHUB_REPOSITORY=acme/app", "GITHUB_EVENT_NAME=push",
		    "GITHUB_REF=refs/heads/main", "GITHUB_RUN_ID=42" }, "{}",
		  "", "refs/heads/main", "https://github.com/acme/app/actions/runs/42", 0 },
		{ { "GITHUB_ACTIONS=true", "GITHUB_REPOSITORY=acme/app", "GITHUB_RUN_ID=4/../2",
		    "GITHUB_EVENT_NAME=pull_request", "GITHUB_REF=refs/pull/7/merge" },
		  PULL("null"),
		  "", "refs/pull/7/head", "", 0 },
		{ { "GITHUB_ACTIONS=true", "GITHUB_REPOSITORY=acme/app",
		    "GITHUB_EVENT_NAME=workflow_run", "GITHUB_REF=refs/heads/main" },
		  "{\"workflow_run\":{\"head_branch\":\"a b\"}}", "", "", "", 0 },
		{ { "GITHUB_ACTIONS=true", "GITHUB_REPOSITORY=acme/app",
		    "GITHUB_EVENT_NAME=workflow_run" },
		  "{\"workflow_run\":{\"head_branch\":\"work\"}}", "", "refs/heads/work", "", 0 },
		{ { "GITHUB_ACTIONS=true", "GITHUB_EVENT_NAME=push", "GITHUB_REF=main" }, "{}",
		  "", "", "", 0 },
		{ { "GITLAB_CI=true", "CI_PROJECT_ID=99", "CI_MERGE_REQUEST_IID=7",
		    "CI_MERGE_REQUEST_PROJECT_ID=12", "CI_COMMIT_SHA=" HEAD, "CI_PIPELINE_ID=5",
		    "CI_JOB_URL=https://gitlab.test/a/-/jobs/1" }, "",
		  "99", "", "https://gitlab.test/a/-/jobs/1", 5 },
		{ { "GITLAB_CI=true", "CI_PROJECT_ID=12", "CI_MERGE_REQUEST_IID=7",
		    "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=" HEAD, "CI_COMMIT_SHA=" MERGE,
		    "CI_PIPELINE_ID=5", "CI_JOB_URL=javascript:x" }, "", "12", "", "", 0 },
	};
	struct arena mem = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct build b;

		vars = rows[i].v;
		ci_env_build(&mem, ci_env_forge(get), get, str_of(rows[i].payload), &b);
		assert_true(str_eqz(b.home, rows[i].home));
		assert_true(str_eqz(b.ref, rows[i].ref));
		assert_true(str_eqz(b.run_url, rows[i].run_url));
		assert_int_equal(b.pipeline, rows[i].pipeline);
	}
	arena_release(&mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pull_requests),
		cmocka_unit_test(pull_request_without_payload),
		cmocka_unit_test(other_events),
		cmocka_unit_test(workflow_runs),
		cmocka_unit_test(gitlab),
		cmocka_unit_test(outside_ci),
		cmocka_unit_test(base_urls),
		cmocka_unit_test(places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
