/*
 * change.c -- which change the decision is for, and who we are there. The number may come from
 * the decision's file, which may be a stranger's: only the forge's word for a head counts.
 */
#include "gate/forge/deliver.h"

#define MAX_CHANGE 2147483647

struct search {
	struct delivery_job *job;
	long number;
	size_t n;
};

static bool
look(void *ctx, const json_t *doc)
{
	struct search *s = ctx;
	struct delivery_job *job = s->job;
	const json_t *c;
	size_t i;

	json_array_foreach(doc, i, c) {
		json_int_t k = json_integer_value(json_object_get(c, job->ops->number_key));

		if (k <= 0 || k > MAX_CHANGE || !job->ops->change_open(c) ||
		    !str_eq(job->ops->change_head(c), job->build.revision))
			continue;
		s->number = (long)k;
		s->n++;
	}
	return json_is_array(doc);
}

/* A build that names no change: the open one whose head is this revision, if just one is. */
static enum delivered
find(struct delivery_job *job)
{
	struct search s = { .job = job };
	struct buf url = BUF_INIT;
	enum delivered rc;

	job->ops->find_url(&job->build, &url);
	rc = delivery_pages(job, buf_str(&url), "looking for the change of this revision", look,
		&s);
	buf_release(&url);
	if (rc != DELIVERED)
		return rc;
	if (s.n == 0)
		return delivery_say(job, NOTHING_DUE,
			"no open change has this revision as its head");
	if (s.n > 1)
		return delivery_say(job, DEGRADED, "this revision is several open changes' head");
	job->build.change = s.number;
	return DELIVERED;
}

static enum delivered
check(struct delivery_job *job)
{
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	enum delivered rc = DELIVERED;

	job->ops->change_url(&job->build, &url);
	job->change = delivery_get(job, buf_str(&url), &a);
	if (job->change == NULL)
		rc = delivery_refused(job, &a, "reading the change");
	else if (!job->ops->change_open(job->change))
		rc = delivery_say(job, DEGRADED, "the change %ld is closed", job->build.change);
	else if (job->build.revision.n &&
	    !str_eq(job->ops->change_head(job->change), job->build.revision))
		rc = delivery_say(job, DEGRADED,
			"the change %ld has moved on: its head is no longer %.12s",
			job->build.change, job->build.revision.p);
	buf_release(&url);
	http_answer_release(&a);
	return rc;
}

/*
 * A workflow_run event may name a pull request of the fork's own repository, and a decision any
 * number: which change this revision really heads, the forge knows.
 */
static void
look_elsewhere(struct delivery_job *job)
{
	struct buf said = BUF_INIT, hint = BUF_INIT;
	long number = job->build.change;

	if (!str_eqz(job->build.event, "workflow_run") || job->down || number == 0)
		return;
	buf_add(&said, buf_str(&job->said));
	buf_add(&hint, buf_str(&job->hint));
	json_decref(job->change);
	job->change = NULL;
	job->build.change = 0;
	if (find(job) == DELIVERED && job->build.change != number && check(job) == DELIVERED) {
		buf_reset(&job->hint);
		job->change_is = DELIVERED;
	} else {
		job->build.change = number;
		delivery_say(job, job->change_is, "%s", buf_z(&said));
		buf_reset(&job->hint);
		buf_add(&job->hint, buf_str(&hint));
	}
	buf_release(&said);
	buf_release(&hint);
}

enum delivered
delivery_change(struct delivery_job *job)
{
	if (job->asked_change)
		return job->change_is;
	job->asked_change = true;
	job->change_is = DELIVERED;
	if (job->build.change == 0)
		job->change_is = job->build.revision.n ? find(job) :
			delivery_say(job, NOTHING_DUE, "the build belongs to no change");
	if (job->change_is == DELIVERED)
		job->change_is = check(job);
	if (job->change_is == DEGRADED || job->change_is == FAILED)
		look_elsewhere(job);
	return job->change_is;
}

enum delivered
delivery_self(struct delivery_job *job)
{
	struct http_answer a = { 0 };
	json_t *doc;

	if (job->asked_self)
		return job->self_is;
	job->asked_self = true;
	job->self_is = DELIVERED;
	doc = delivery_get(job, STR("/user"), &a);
	if (doc) {
		buf_add(&job->self, job->ops->self(doc));
		job->self_sure = job->self.n > 0;
	} else if ((a.status == 403 || a.status == 404) && job->ops->self_refused) {
		buf_addz(&job->self, job->ops->self_refused);
	}
	if (job->self.n == 0)
		job->self_is = delivery_refused(job, &a, "asking whose token this is");
	json_decref(doc);
	http_answer_release(&a);
	return job->self_is;
}
