/*
 * ci_env.c -- see ci_env.h.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 * https://docs.gitlab.com/ci/variables/predefined_variables/
 */
#include "gate/forge/ci_env.h"

#include <jansson.h>
#include <stdio.h>

#include "gate/base/num.h"

#define MAX_VALUE 2048
#define MAX_CHANGE 2147483647L

bool
ci_env_is_commit(struct str s)
{
	bool zero = true;

	for (size_t i = 0; i < s.n; i++) {
		if (!is_hex(s.p[i]))
			return false;
		zero &= s.p[i] == '0';
	}
	return (s.n == 40 || s.n == 64) && !zero;
}

bool
ci_env_is_project(struct str s)
{
	if (s.n == 0 || s.n > 512 || s.p[0] == '/' || s.p[s.n - 1] == '/' || str_has(s, "..") ||
	    str_has(s, "//"))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && !strchr("-_./", s.p[i]))
			return false;
	return true;
}

static bool
is_url(struct str s)
{
	if (s.n > MAX_VALUE || (!str_starts(s, "https://") && !str_starts(s, "http://")))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= 0x20 || (unsigned char)s.p[i] >= 0x7f ||
		    strchr("<>\"'`\\@", s.p[i]))
			return false;
	return true;
}

static bool
is_event(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != '_')
			return false;
	return s.n > 0 && s.n < 64;
}

static bool
is_path(struct str s)
{
	return s.n > 0 && s.n < MAX_VALUE;
}

static bool
is_ref(struct str s)
{
	if (s.n > 512 || !str_starts(s, "refs/") || str_has(s, "..") || s.p[s.n - 1] == '/')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= 0x20 || s.p[i] == 0x7f || strchr("~^:?*[\\", s.p[i]))
			return false;
	return true;
}

static bool
is_number(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]))
			return false;
	return s.n > 0 && s.n < 20;
}

/* The value of a variable when it has the shape, else empty. */
static struct str
value(struct arena *mem, ci_env_get get, const char *name, bool (*shape)(struct str))
{
	struct str s = str_of(get(name));

	return s.n && shape(s) ? arena_dup(mem, s) : STR_NONE;
}

static struct str
url(struct arena *mem, ci_env_get get, const char *name)
{
	struct str s = value(mem, get, name, is_url);

	while (s.n && s.p[s.n - 1] == '/')
		s.n--;
	return s;
}

static bool
says(ci_env_get get, const char *name, const char *word)
{
	return str_eqz(str_of(get(name)), word);
}

static long
number(struct str s)
{
	long n = 0;

	return num_long(s, 1, MAX_CHANGE, &n) ? n : 0;
}

enum forge
ci_env_forge(ci_env_get get)
{
	if (says(get, "GITHUB_ACTIONS", "true"))
		return FORGE_GITHUB;
	return says(get, "GITLAB_CI", "true") ? FORGE_GITLAB : FORGE_NONE;
}

/* A member of the payload, by its path: "pull_request.head.sha". */
static const json_t *
at(const json_t *doc, const char *path)
{
	struct str rest = str_of(path), key, next;
	char name[64];
	bool more = true;

	while (more && doc) {
		key = rest;
		more = str_cut(&key, ".", &next);
		rest = next;
		snprintf(name, sizeof(name), "%.*s", STR_FMT(key));
		doc = json_object_get(doc, name);
	}
	return doc;
}

static struct str
text_at(const json_t *doc, const char *path)
{
	const json_t *v = at(doc, path);

	return json_is_string(v) ? str_n(json_string_value(v), json_string_length(v)) : STR_NONE;
}

static struct str
commit_at(struct arena *mem, const json_t *doc, const char *path)
{
	struct str s = text_at(doc, path);

	return ci_env_is_commit(s) ? arena_dup(mem, s) : STR_NONE;
}

static long
number_at(const json_t *doc, const char *path)
{
	json_int_t n = json_integer_value(at(doc, path));

	return n > 0 && n <= MAX_CHANGE ? (long)n : 0;
}

/* Larger than a change's number may be. */
static struct str
id_at(struct arena *mem, const json_t *doc, const char *path)
{
	json_int_t n = json_integer_value(at(doc, path));

	return n > 0 ? arena_printf(mem, "%lld", (long long)n) : STR_NONE;
}

/* "refs/pull/7/merge": all that is left of a pull request without its payload. */
static long
number_of_ref(ci_env_get get)
{
	struct str ref = str_of(get("GITHUB_REF")), rest;

	if (!str_skip(&ref, "refs/pull/"))
		return 0;
	str_cut(&ref, "/", &rest);
	return number(ref);
}

static void
pull_request(struct arena *mem, const json_t *doc, ci_env_get get, struct build *b)
{
	struct str from = text_at(doc, "pull_request.head.repo.full_name");

	b->change = number_at(doc, "pull_request.number");
	if (b->change == 0)
		b->change = number_of_ref(get);
	b->revision = commit_at(mem, doc, "pull_request.head.sha");
	b->base = commit_at(mem, doc, "pull_request.base.sha");
	/* A deleted fork has no repository any more. */
	b->fork = at(doc, "pull_request") && !str_ieq(from, b->project);
	if (b->revision.n == 0)
		b->note = STR("the event's payload names no head revision of the pull request");
}

static void
workflow_run(struct arena *mem, const json_t *doc, struct build *b)
{
	const json_t *pulls = at(doc, "workflow_run.pull_requests");
	struct str from = text_at(doc, "workflow_run.head_repository.full_name");

	b->revision = commit_at(mem, doc, "workflow_run.head_sha");
	b->run = id_at(mem, doc, "workflow_run.id");
	/* Empty for forks; with several, only the forge knows which one is meant. */
	if (json_array_size(pulls) == 1) {
		b->change = number_at(json_array_get(pulls, 0), "number");
		b->base = commit_at(mem, json_array_get(pulls, 0), "base.sha");
	}
	b->fork = from.n && !str_ieq(from, b->project);
}

static void
github_event(struct arena *mem, ci_env_get get, const json_t *doc, struct build *b)
{
	if (str_starts(b->event, "pull_request")) {
		pull_request(mem, doc, get, b);
		return; /* GITHUB_SHA is the merge commit there */
	}
	if (str_eqz(b->event, "merge_group")) {
		b->queue = true;
		b->revision = commit_at(mem, doc, "merge_group.head_sha");
		b->base = commit_at(mem, doc, "merge_group.base_sha");
	} else if (str_eqz(b->event, "workflow_run")) {
		workflow_run(mem, doc, b);
		if (b->revision.n == 0)
			b->note = STR("the event's payload names no head revision");
		return; /* GITHUB_SHA is the default branch there */
	} else if (str_eqz(b->event, "push")) {
		b->revision = commit_at(mem, doc, "after");
		b->base = commit_at(mem, doc, "before");
	}
	if (b->revision.n == 0)
		b->revision = value(mem, get, "GITHUB_SHA", ci_env_is_commit);
}

/* Code scanning wants the branch, or the change's head: never the merge that was built. */
static struct str
github_ref(struct arena *mem, ci_env_get get, const json_t *doc, const struct build *b)
{
	struct str ref;

	if (b->change)
		return arena_printf(mem, "refs/pull/%ld/head", b->change);
	if (!str_eqz(b->event, "workflow_run"))
		return value(mem, get, "GITHUB_REF", is_ref);
	if (b->fork)
		return STR_NONE; /* the fork's branch, which may be called as ours is */
	ref = arena_printf(mem, "refs/heads/%.*s",
		STR_FMT(text_at(doc, "workflow_run.head_branch")));
	return is_ref(ref) ? ref : STR_NONE;
}

static void
github(struct arena *mem, ci_env_get get, const json_t *doc, struct build *b)
{
	struct str run = value(mem, get, "GITHUB_RUN_ID", is_number);

	b->run = run;
	b->project = value(mem, get, "GITHUB_REPOSITORY", ci_env_is_project);
	b->path = b->project;
	b->event = value(mem, get, "GITHUB_EVENT_NAME", is_event);
	b->api = url(mem, get, "GITHUB_API_URL");
	b->server = url(mem, get, "GITHUB_SERVER_URL");
	if (b->api.n == 0)
		b->api = STR("https://api.github.com");
	if (b->server.n == 0)
		b->server = STR("https://github.com");
	if (run.n && b->project.n)
		b->run_url = arena_printf(mem, "%.*s/%.*s/actions/runs/%.*s", STR_FMT(b->server),
			STR_FMT(b->project), STR_FMT(run));
	github_event(mem, get, doc, b);
	b->ref = github_ref(mem, get, doc, b);
}

/* "group/name!7": of several, none is known to be meant. */
static long
open_request(ci_env_get get)
{
	struct str s = str_of(get("CI_OPEN_MERGE_REQUESTS"));
	size_t bang = str_rchr(s, '!');

	return bang == STR_NPOS || str_chr(s, ',') != STR_NPOS ? 0 : number(str_from(s, bang + 1));
}

static struct str
either(struct str a, struct str b)
{
	return a.n ? a : b;
}

static void
gitlab(struct arena *mem, ci_env_get get, struct build *b)
{
	struct str own = value(mem, get, "CI_PROJECT_ID", ci_env_is_project);
	struct str path = value(mem, get, "CI_PROJECT_PATH", ci_env_is_project);
	struct str from = value(mem, get, "CI_MERGE_REQUEST_SOURCE_PROJECT_ID", ci_env_is_project);

	own = either(own, path);
	b->api = url(mem, get, "CI_API_V4_URL");
	b->server = url(mem, get, "CI_SERVER_URL");
	b->ca_file = value(mem, get, "CI_SERVER_TLS_CA_FILE", is_path);
	b->event = value(mem, get, "CI_PIPELINE_SOURCE", is_event);
	b->change = number(str_of(get("CI_MERGE_REQUEST_IID")));
	b->revision = value(mem, get, "CI_COMMIT_SHA", ci_env_is_commit);
	b->project = b->home = own;
	b->path = path;
	b->run = value(mem, get, "CI_PIPELINE_ID", is_number);
	b->run_url = value(mem, get, "CI_JOB_URL", is_url);
	if (b->change) {
		/* The pipeline of a fork's request runs in the fork. */
		b->project = either(
			value(mem, get, "CI_MERGE_REQUEST_PROJECT_ID", ci_env_is_project), own);
		b->path = either(
			value(mem, get, "CI_MERGE_REQUEST_PROJECT_PATH", ci_env_is_project), path);
		b->fork = from.n && !str_eq(from, b->project);
		b->revision = either(value(mem, get, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA",
			ci_env_is_commit), b->revision);
		b->base = value(mem, get, "CI_MERGE_REQUEST_DIFF_BASE_SHA", ci_env_is_commit);
		b->queue = says(get, "CI_MERGE_REQUEST_EVENT_TYPE", "merge_train");
	} else {
		b->change = open_request(get);
		b->base = value(mem, get, "CI_COMMIT_BEFORE_SHA", ci_env_is_commit);
	}
	/* The pipeline of a merged result is of another commit than the request's head. */
	if (str_eq(b->revision, str_of(get("CI_COMMIT_SHA"))))
		b->pipeline = number(str_of(get("CI_PIPELINE_ID")));
}

void
ci_env_build(struct arena *mem, enum forge forge, ci_env_get get, struct str payload,
	struct build *b)
{
	json_error_t why;
	json_t *doc = NULL;

	*b = (struct build){ .forge = forge };
	if (forge == FORGE_GITHUB) {
		if (payload.n)
			doc = json_loadb(payload.p, payload.n, JSON_ALLOW_NUL, &why);
		github(mem, get, doc, b);
		if (payload.n && doc == NULL && b->note.n == 0)
			b->note = STR("the event's payload is no JSON");
		json_decref(doc);
	} else if (forge == FORGE_GITLAB) {
		gitlab(mem, get, b);
	}
}
