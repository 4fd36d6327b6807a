/*
 * status.c -- the verdict as a status of the commit. A forge keeps the last one of a name, so
 * that sending it twice does no harm.
 * https://docs.github.com/en/rest/commits/statuses
 * https://docs.gitlab.com/api/commits/#set-commit-pipeline-status
 */
#include "gate/base/utf8.h"
#include "gate/forge/deliver.h"

#define DESCRIPTION_BYTES 140 /* characters are GitHub's limit; GitLab takes 255 */
#define NAME_BYTES 100
#define URL_BYTES 255         /* GitLab takes no longer ones */

void
forge_status_name(const json_t *doc, struct buf *out)
{
	struct buf name = BUF_INIT;

	buf_addz(out, "regression-gate/");
	utf8_plain(&name, utf8_head(forge_text(doc, "name"), NAME_BYTES));
	buf_add(out, utf8_head(buf_str(&name), NAME_BYTES));
	buf_release(&name);
}

static json_t *
status_json(const struct delivery_job *job, const struct build *b)
{
	struct str verdict = forge_text(job->doc, "verdict");
	struct buf name = BUF_INIT;
	json_t *o = json_object();

	forge_status_name(job->doc, &name);
	json_object_set_new(o, "state", json_string(str_eqz(verdict, "pass") ? "success" :
		str_eqz(verdict, "fail") ? job->ops->state_failed : job->ops->state_error));
	json_object_set_new(o, job->ops->status_name_key, delivery_text(buf_str(&name), name.n));
	json_object_set_new(o, "description",
		delivery_line(forge_text(job->doc, "sentence"), DESCRIPTION_BYTES));
	if (b->run_url.n && b->run_url.n <= URL_BYTES)
		json_object_set_new(o, "target_url", delivery_text(b->run_url, b->run_url.n));
	if (b->forge == FORGE_GITLAB && b->pipeline > 0)
		json_object_set_new(o, "pipeline_id", json_integer(b->pipeline));
	buf_release(&name);
	return o;
}

/* Older GitLabs refuse to set what is set already. */
static bool
is_set_already(const struct http_answer *a)
{
	return a->status == 400 && str_has(buf_str(&a->body), "Cannot transition status");
}

static bool
set_status(struct delivery_job *job, const struct build *b, struct http_answer *a)
{
	struct buf url = BUF_INIT;
	bool ok;

	job->ops->status_url(b, &url);
	ok = delivery_send(job, "POST", buf_str(&url), status_json(job, b), false, a) ||
		is_set_already(a);
	buf_release(&url);
	return ok;
}

/* The project's token may not write to a fork; the fork's head is in the project too. */
static bool
set_elsewhere(struct delivery_job *job, struct http_answer *a)
{
	struct build b = job->build;

	if ((a->status != 403 && a->status != 404) || b.home.n == 0 || str_eq(b.home, b.project))
		return false;
	b.home = STR_NONE;
	b.pipeline = 0;
	return set_status(job, &b, a);
}

enum delivered
deliver_status(struct delivery_job *job)
{
	struct http_answer a = { 0 };
	enum delivered rc = DELIVERED;

	if (set_status(job, &job->build, &a) || set_elsewhere(job, &a)) {
		delivery_say(job, rc, "status set");
	} else {
		rc = delivery_refused(job, &a, "setting the commit's status");
		if (a.status == 403) {
			buf_reset(&job->hint);
			buf_addz(&job->hint, job->ops->status_hint);
		}
	}
	http_answer_release(&a);
	return rc;
}
