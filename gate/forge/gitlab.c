/* gitlab.c -- GitLab's notes on merge requests. https://docs.gitlab.com/api/notes/ */
#include "gate/forge/forge.h"

/* "group/name" is one part of the path. */
static void
put_project(struct str name, struct buf *out)
{
	buf_addz(out, "/projects/");
	forge_query(out, name);
}

static void
project(const struct build *b, struct buf *out)
{
	put_project(b->project, out);
}

static void
change_url(const struct build *b, struct buf *out)
{
	project(b, out);
	buf_addf(out, "/merge_requests/%ld", b->change);
}

static struct str
change_head(const json_t *change)
{
	return forge_text(change, "sha");
}

static bool
change_open(const json_t *change)
{
	return str_eqz(forge_text(change, "state"), "opened");
}

static void
find_url(const struct build *b, struct buf *out)
{
	project(b, out);
	buf_addf(out, "/repository/commits/%.*s/merge_requests?per_page=100",
		STR_FMT(b->revision));
}

static void
comments_url(const struct build *b, struct buf *out)
{
	change_url(b, out);
	buf_addz(out, "/notes");
}

static void
comment_url(const struct build *b, json_int_t id, struct buf *out)
{
	comments_url(b, out);
	buf_addf(out, "/%lld", (long long)id);
}

static struct str
author(const json_t *comment)
{
	if (json_is_true(json_object_get(comment, "system")))
		return STR_NONE;
	return forge_text(json_object_get(comment, "author"), "username");
}

static struct str
self(const json_t *user)
{
	return forge_text(user, "username");
}

static void
status_url(const struct build *b, struct buf *out)
{
	/* The pipeline of a fork's request runs in the fork, and holds the status. */
	put_project(b->home.n ? b->home : b->project, out);
	buf_addf(out, "/statuses/%.*s", STR_FMT(b->revision));
}

const struct forge_ops forge_gitlab = {
	.name = "GitLab",
	.token_header = "PRIVATE-TOKEN: ",
	.edit_method = "PUT",
	.change_url = change_url,
	.change_head = change_head,
	.change_open = change_open,
	.find_url = find_url,
	.number_key = "iid",
	.comments_url = comments_url,
	.list_query = "?per_page=100&sort=asc&order_by=created_at",
	.comment_url = comment_url,
	.author = author,
	.self = self,
	.wrong_token_hint = "the token is wrong or expired; CI_JOB_TOKEN is none that may write: "
		"make a project access token with the scope `api`",
	.read_only_hint = "the token may not write notes: CI_JOB_TOKEN never may; make a project "
		"access token with the scope `api`",
	.status_url = status_url,
	.status_name_key = "name",
	.state_failed = "failed",
	.state_error = "failed",
	.status_hint = "CI_JOB_TOKEN may set no status: make a project access token, scope `api`",
};
