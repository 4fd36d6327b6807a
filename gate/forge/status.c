/*
 * status.c -- the verdict as a status of the commit. A forge keeps the last one of a name, so
 * that sending it twice does no harm.
 * https://docs.github.com/en/rest/commits/statuses
 * https://docs.gitlab.com/api/commits/#set-commit-pipeline-status
 */
#include "gate/base/utf8.h"
#include "gate/forge/deliver.h"
#include "gate/report/support/layout.h"

#define DESCRIPTION_COLUMNS 140 /* GitHub's; GitLab takes 255 */
#define NAME_BYTES 100
#define TRIES 4

static json_t *
text(struct str s, size_t columns)
{
	struct buf cut = BUF_INIT, plain = BUF_INIT;
	json_t *v;

	layout_cut(&cut, utf8_head(s, columns), columns);
	utf8_repair(&plain, buf_str(&cut));
	v = json_stringn(buf_z(&plain), plain.n);
	buf_release(&cut);
	buf_release(&plain);
	return v;
}

static json_t *
status_json(const struct delivery_job *job)
{
	struct str verdict = forge_text(job->doc, "verdict");
	struct buf name = BUF_INIT;
	json_t *o = json_object();

	buf_addz(&name, "regression-gate/");
	buf_add(&name, utf8_head(forge_text(job->doc, "name"), NAME_BYTES));
	json_object_set_new(o, "state", json_string(str_eqz(verdict, "pass") ? "success" :
		str_eqz(verdict, "fail") ? job->ops->state_failed : job->ops->state_error));
	json_object_set_new(o, job->ops->status_name_key, text(buf_str(&name), NAME_BYTES + 20));
	json_object_set_new(o, "description",
		text(forge_text(job->doc, "sentence"), DESCRIPTION_COLUMNS));
	buf_release(&name);
	return o;
}

/* Older GitLabs refuse to set what is set already. */
static bool
is_set_already(const struct http_answer *a)
{
	return a->status == 400 && str_has(buf_str(&a->body), "Cannot transition status");
}

enum delivered
deliver_status(struct delivery_job *job)
{
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	json_t *o = status_json(job);
	char *body = json_dumps(o, JSON_COMPACT);
	enum delivered rc = FAILED;

	job->ops->status_url(&job->build, &url);
	buf_reset(&job->said);
	buf_reset(&job->hint);
	for (unsigned n = 0; rc == FAILED; n++) {
		if (http_send(job->http, "POST", buf_str(&url), str_of(body), &a) ||
		    is_set_already(&a))
			rc = DELIVERED;
		else if (!a.unsure || n >= TRIES || !http_pause(job->http, n))
			break;
	}
	if (rc == DELIVERED) {
		buf_addz(&job->said, "status set");
	} else {
		buf_addf(&job->said, "setting the commit's status: %s", buf_z(&a.why));
		if (a.status == 403) {
			rc = DEGRADED;
			buf_addz(&job->hint, job->ops->status_hint);
		}
	}
	free(body);
	json_decref(o);
	buf_release(&url);
	http_answer_release(&a);
	return rc;
}
