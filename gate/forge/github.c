/* github.c -- GitHub's issue comments. https://docs.github.com/en/rest/issues/comments */
#include "gate/forge/forge.h"

struct str
forge_text(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_string(v) ? str_n(json_string_value(v), json_string_length(v)) : STR_NONE;
}

void
forge_query(struct buf *out, struct str value)
{
	for (size_t i = 0; i < value.n; i++) {
		if (is_alnum(value.p[i]) || strchr("-._~", value.p[i]))
			buf_addc(out, value.p[i]);
		else
			buf_addf(out, "%%%02X", (unsigned)(unsigned char)value.p[i]);
	}
}

static void
change_url(const struct build *b, struct buf *out)
{
	buf_addf(out, "/repos/%.*s/pulls/%ld", STR_FMT(b->project), b->change);
}

static struct str
change_head(const json_t *change)
{
	return forge_text(json_object_get(change, "head"), "sha");
}

static bool
change_open(const json_t *change)
{
	return str_eqz(forge_text(change, "state"), "open");
}

static void
find_url(const struct build *b, struct buf *out)
{
	buf_addf(out, "/repos/%.*s/commits/%.*s/pulls?per_page=100", STR_FMT(b->project),
		STR_FMT(b->revision));
}

static void
comments_url(const struct build *b, struct buf *out)
{
	buf_addf(out, "/repos/%.*s/issues/%ld/comments", STR_FMT(b->project), b->change);
}

static void
comment_url(const struct build *b, json_int_t id, struct buf *out)
{
	buf_addf(out, "/repos/%.*s/issues/comments/%lld", STR_FMT(b->project), (long long)id);
}

static struct str
author(const json_t *comment)
{
	return forge_text(json_object_get(comment, "user"), "login");
}

static bool
by_machine(const json_t *comment)
{
	return str_eqz(forge_text(json_object_get(comment, "user"), "type"), "Bot");
}

static struct str
self(const json_t *user)
{
	return forge_text(user, "login");
}

static void
status_url(const struct build *b, struct buf *out)
{
	buf_addf(out, "/repos/%.*s/statuses/%.*s", STR_FMT(b->project), STR_FMT(b->revision));
}

const struct forge_ops forge_github = {
	.name = "GitHub",
	.token_header = "Authorization: Bearer ",
	.accept = "application/vnd.github+json",
	.version = "X-GitHub-Api-Version: 2022-11-28",
	.edit_method = "PATCH",
	.change_url = change_url,
	.change_head = change_head,
	.change_open = change_open,
	.find_url = find_url,
	.number_key = "number",
	.comments_url = comments_url,
	.list_query = "?per_page=100",
	.comment_url = comment_url,
	.author = author,
	.by_machine = by_machine,
	.self = self,
	/* A job's own token may not ask who it is. */
	.self_refused = "github-actions[bot]",
	.wrong_token_hint = "the token is wrong or expired",
	.read_only_hint = "the token may only read: give the job `pull-requests: write`; for pull "
		"requests from forks run `gate post` in a workflow_run workflow",
	.status_url = status_url,
	.status_name_key = "context",
	.state_failed = "failure",
	.state_error = "error",
	.status_hint = "give the job `statuses: write`",
};
