/*
 * trusted.c -- see trusted.h. What the forges set:
 * https://docs.github.com/actions/reference/workflows-and-actions/variables
 * https://docs.gitlab.com/ci/variables/predefined_variables/
 */
#include "gate/trusted.h"

#include <jansson.h>

#include "gate/base/limits.h"
#include "gate/base/tape.h"
#include "gate/input/files.h"

#define NOWHERE ((struct pos){ 0 })
#define MAX_DIFF_BYTES (64u << 20)

static const char *
env(const char *name)
{
	const char *value = tape_getenv(name);

	return value && value[0] ? value : NULL;
}

static bool
env_is(const char *name, const char *value)
{
	const char *is = env(name);

	return is && strcmp(is, value) == 0;
}

static int
refuse(struct diags *d, const char *hint, const char *fmt, const char *a, const char *b)
{
	diag_hint(d, diag_add(d, DIAG_ERROR, NOWHERE, fmt, a, b), "%s", hint);
	return -1;
}

/* Takes `rev` as the base; how it was found, and what to do when it is not here. */
static int
take(struct trusted *t, const char *rev, const char *how, const char *hint, struct diags *d)
{
	if (!git_commit(&t->git, rev, t->base))
		return refuse(d, hint, "the trusted revision %s (%s) is not in this clone",
			rev, how);
	t->how = how;
	t->on = true;
	return 0;
}

#define MERGE_COMMIT "the first parent of the forge's merge commit"
#define HINT_2 "check out with `fetch-depth: 2`"
#define HINT_ALL "check out with `fetch-depth: 0`: where the change leaves the target branch " \
	"is further back than this clone reaches"
#define HINT_GITLAB "set `GIT_DEPTH: 0` for this job"

/* The merge base of HEAD and `with`. */
static int
take_merge_base(struct trusted *t, const char *with, const char *hint, struct diags *d)
{
	const char *const args[] = { "merge-base", with, t->head, NULL };
	struct buf out = BUF_INIT;
	struct err err = { 0 };
	struct str line, rest;
	int rc;

	if (!git_commit(&t->git, with, t->base))
		return refuse(d, hint, "the target branch's revision %s (%s) is not in this clone",
			with, "of the forge's event");
	rc = git_run(&t->git, NULL, args, 4096, &out, NULL, &err);
	rest = buf_str(&out);
	if (rc == 0 && str_line(&rest, &line))
		rc = take(t, arena_z(&t->git.mem, line), "the merge base with the target branch",
			hint, d);
	else
		rc = refuse(d, hint, "%s and %s have no common ancestor in this clone", with,
			t->head);
	buf_release(&out);
	return rc;
}

static bool
parents_are(const struct trusted *t, const char *second, char first[GIT_HEX])
{
	char parents[2][GIT_HEX];

	if (git_parents(&t->git, t->head, parents, 2) != 2 || strcmp(parents[1], second) != 0)
		return false;
	memcpy(first, parents[0], GIT_HEX);
	return true;
}

/* The text at a path of keys in the payload, or NULL. */
static const char *
payload(const json_t *event, const char *a, const char *b, const char *c)
{
	const json_t *v = json_object_get(json_object_get(event, a), b);

	return json_string_value(c ? json_object_get(v, c) : v);
}

static json_t *
read_event(void)
{
	const char *path = env("GITHUB_EVENT_PATH");
	struct buf text = BUF_INIT;
	struct err err = { 0 };
	json_error_t why;
	json_t *event = NULL;

	if (path && files_slurp(NULL, path, MAX_CONFIG_BYTES, &text, NULL,
	    &err) == 0)
		event = json_loadb(buf_z(&text), text.n, JSON_ALLOW_NUL, &why);
	buf_release(&text);
	return event;
}

static bool
ends_in(const char *s, const char *tail)
{
	return s && str_ends(str_of(s), tail);
}

/*
 * The forge's merge commit is told by its second parent, the head of the pull request: a
 * change whose own last commit is a merge must not choose what it is judged by.
 */
static int
pull_request(struct trusted *t, const json_t *event, struct diags *d)
{
	const char *head = payload(event, "pull_request", "head", "sha");
	const char *base = payload(event, "pull_request", "base", "sha"), *sha = env("GITHUB_SHA");
	char parents[2][GIT_HEX], first[GIT_HEX];

	if (head && parents_are(t, head, first))
		return take(t, first, MERGE_COMMIT, HINT_2, d);
	if (head == NULL && sha && strcmp(sha, t->head) == 0 &&
	    ends_in(env("GITHUB_REF"), "/merge") &&
	    git_parents(&t->git, t->head, parents, 2) == 2)
		return take(t, parents[0], MERGE_COMMIT, HINT_2, d);
	if (base)
		return take_merge_base(t, base, HINT_ALL, d);
	return refuse(d, "name it: --trusted-ref REF, or --trusted-ref none",
		"can't tell which revision this %s starts from%s", "pull request",
		event ? "" : ": its event (GITHUB_EVENT_PATH) can't be read");
}

static int
merge_group(struct trusted *t, const json_t *event, struct diags *d)
{
	const char *base = payload(event, "merge_group", "base_sha", NULL);

	if (base)
		return take(t, base, "the base of the merge group",
			"check out with `fetch-depth: 0`", d);
	return refuse(d, "name it: --trusted-ref REF, or --trusted-ref none",
		"can't tell which revision this %s starts from%s", "merge group",
		event ? "" : ": its event (GITHUB_EVENT_PATH) can't be read");
}

static int
merge_request(struct trusted *t, struct diags *d)
{
	const char *source = env("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA");
	const char *base = env("CI_MERGE_REQUEST_DIFF_BASE_SHA");
	char first[GIT_HEX];

	if (source && parents_are(t, source, first))
		return take(t, first, MERGE_COMMIT, HINT_GITLAB, d);
	if (base)
		return take(t, base, "the merge base with the target branch", HINT_GITLAB, d);
	return refuse(d, "name it: --trusted-ref REF, or --trusted-ref none",
		"can't tell which revision this %s starts from%s", "merge request",
		": CI_MERGE_REQUEST_DIFF_BASE_SHA is not set");
}

enum ci { CI_NO_CHANGE, CI_PULL_REQUEST, CI_MERGE_GROUP, CI_MERGE_REQUEST };

static enum ci
detect(void)
{
	if (env_is("GITHUB_ACTIONS", "true")) {
		if (env_is("GITHUB_EVENT_NAME", "pull_request") ||
		    env_is("GITHUB_EVENT_NAME", "pull_request_target"))
			return CI_PULL_REQUEST;
		return env_is("GITHUB_EVENT_NAME", "merge_group") ? CI_MERGE_GROUP : CI_NO_CHANGE;
	}
	return env_is("GITLAB_CI", "true") && env("CI_MERGE_REQUEST_IID") ? CI_MERGE_REQUEST
									  : CI_NO_CHANGE;
}

static int
find_base(struct trusted *t, const char *option, enum ci ci, struct diags *d)
{
	json_t *event;
	int rc;

	if (option)
		return take(t, option, "named by --trusted-ref",
			"fetch it first; in CI, check out with `fetch-depth: 2` or more", d);
	if (ci == CI_MERGE_REQUEST)
		return merge_request(t, d);
	event = read_event();
	rc = ci == CI_PULL_REQUEST ? pull_request(t, event, d) : merge_group(t, event, d);
	json_decref(event);
	return rc;
}

/* What lies between the base (where the change left it) and the tested revision. */
static void
read_change(struct trusted *t)
{
	const char *const between[] = { "merge-base", t->base, t->head, NULL };
	struct buf from = BUF_INIT, out = BUF_INIT;
	struct err err = { 0 };
	struct str rest, line = STR_NONE;
	const char *base = t->base;

	if (git_run(&t->git, NULL, between, 4096, &from, NULL, &err) == 0) {
		rest = buf_str(&from);
		if (str_line(&rest, &line) && line.n)
			base = arena_z(&t->git.mem, line);
	}
	const char *const args[] = { "diff-tree", "-r", "-p", "-U0", "-M", "--no-color",
		"--no-ext-diff", "--no-textconv", "--ignore-submodules=none", "--submodule=short",
		"--src-prefix=a/", "--dst-prefix=b/", base, t->head, NULL };

	err = (struct err){ 0 };
	t->has_change = git_run(&t->git, NULL, args, MAX_DIFF_BYTES, &out, NULL, &err) == 0;
	for (size_t i = 0; i + 1 < GIT_HEX && base[i]; i++)
		t->from[i] = base[i];
	if (t->has_change)
		change_parse(&t->change, buf_str(&out));
	buf_release(&from);
	buf_release(&out);
}

int
trusted_find(struct trusted *t, const char *option, struct diags *d)
{
	enum ci ci = CI_NO_CHANGE;
	struct err err = { 0 };

	if (option && strcmp(option, "none") == 0)
		return 0;
	if (option && strcmp(option, "auto") == 0)
		option = NULL;
	if (option == NULL && (ci = detect()) == CI_NO_CHANGE)
		return 0;
	if (git_open(&t->git, &err) < 0 || t->git.top == NULL)
		return refuse(d, "run in the change's checkout; --trusted-ref none judges by the "
			"change's own policy", "can't ask git for the trusted revision: %s%s",
			err.text, "");
	if (!git_commit(&t->git, "HEAD", t->head))
		return refuse(d, "check the change out with git", "this repository has no %s%s",
			"HEAD", "");
	if (find_base(t, option, ci, d) < 0)
		return -1;
	read_change(t);
	return 0;
}

void
trusted_release(struct trusted *t)
{
	change_release(&t->change);
	git_release(&t->git);
}
