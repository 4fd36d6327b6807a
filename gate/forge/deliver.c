/* deliver.c -- see deliver.h. */
#include "gate/forge/deliver.h"

#include "gate/base/mem.h"
#include "gate/report/support/comment.h"

#define MAX_PAGES 100
#define MAX_LOOKS 4     /* for an answer that was lost */
#define MAX_OWN 1000

/* Our comments on the change. */
struct own {
	json_int_t id;
	struct buf body;
};

struct work {
	struct delivery_job *job;
	struct buf marker, self, body;
	struct { struct own *v; size_t n, cap; } own; /* by id */
	size_t budget;
	bool brief;
};

static enum delivered
say(struct delivery_job *job, enum delivered how, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static enum delivered
say(struct delivery_job *job, enum delivered how, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_reset(&job->said);
	buf_vaddf(&job->said, fmt, ap);
	va_end(ap);
	return how;
}

/* What an answer that is no success means for the delivery. */
static enum delivered
refused(struct delivery_job *job, const struct http_answer *a, const char *what)
{
	if (a->status == 401) {
		buf_addz(&job->hint, "the token is wrong or expired");
		return say(job, FAILED, "%s: %s", what, buf_z(&a->why));
	}
	if (a->status == 403) {
		buf_addz(&job->hint, job->ops->read_only_hint);
		return say(job, DEGRADED, "%s: %s", what, buf_z(&a->why));
	}
	if (a->status == 404)
		buf_addz(&job->hint, "wrong project or number, or the token may not see it");
	return say(job, FAILED, "%s: %s", what, buf_z(&a->why));
}

static json_t *
get(struct work *w, struct str url, struct http_answer *a)
{
	json_error_t why;
	json_t *doc;

	if (!http_send(w->job->http, "GET", url, STR_NONE, a))
		return NULL;
	doc = json_loadb(buf_z(&a->body), a->body.n, 0, &why);
	if (doc == NULL)
		buf_addz(&a->why, "the answer is no JSON");
	return doc;
}

/* A build that names no change: the open one whose head is this revision, if just one is. */
static enum delivered
find_change(struct work *w)
{
	struct delivery_job *job = w->job;
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	enum delivered rc = DELIVERED;
	json_t *doc;
	const json_t *c;
	size_t i, n = 0;

	job->ops->find_url(&job->build, &url);
	doc = get(w, buf_str(&url), &a);
	if (doc == NULL) {
		rc = refused(job, &a, "looking for the change of this revision");
	} else {
		json_array_foreach(doc, i, c) {
			json_int_t k = json_integer_value(json_object_get(c, job->ops->number_key));

			if (k <= 0 || k > 2147483647 || !job->ops->change_open(c) ||
			    !str_eq(job->ops->change_head(c), job->build.revision))
				continue;
			job->build.change = (long)k;
			n++;
		}
		if (n == 0)
			rc = say(job, NOTHING_DUE, "no open change has this revision as its head");
		else if (n > 1)
			rc = say(job, DEGRADED, "this revision is several open changes' head");
	}
	json_decref(doc);
	buf_release(&url);
	http_answer_release(&a);
	return rc;
}

/* The number may come from the decision's file: only the forge's word for its head counts. */
static enum delivered
check_change(struct work *w)
{
	struct delivery_job *job = w->job;
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	enum delivered rc = DELIVERED;
	json_t *doc;

	job->ops->change_url(&job->build, &url);
	doc = get(w, buf_str(&url), &a);
	if (doc == NULL)
		rc = refused(job, &a, "reading the change");
	else if (!job->ops->change_open(doc))
		rc = say(job, DEGRADED, "the change %ld is closed", job->build.change);
	else if (job->build.revision.n &&
	    !str_eq(job->ops->change_head(doc), job->build.revision))
		rc = say(job, DEGRADED, "the change %ld has moved on: its head is no longer %.12s",
			job->build.change, job->build.revision.p);
	json_decref(doc);
	buf_release(&url);
	http_answer_release(&a);
	return rc;
}

static enum delivered
who_am_i(struct work *w)
{
	struct delivery_job *job = w->job;
	struct http_answer a = { 0 };
	json_t *doc = get(w, STR("/user"), &a);
	enum delivered rc = DELIVERED;

	if (doc)
		buf_add(&w->self, job->ops->self(doc));
	else if ((a.status == 403 || a.status == 404) && job->ops->self_refused)
		buf_addz(&w->self, job->ops->self_refused);
	if (w->self.n == 0)
		rc = refused(job, &a, "asking whose token this is");
	json_decref(doc);
	http_answer_release(&a);
	return rc;
}

static void
forget(struct work *w)
{
	for (size_t i = 0; i < w->own.n; i++)
		buf_release(&w->own.v[i].body);
	vec_release(&w->own);
}

static int
own_cmp(const void *x, const void *y)
{
	const struct own *a = x, *b = y;

	return a->id < b->id ? -1 : a->id > b->id;
}

static void
collect(struct work *w, const json_t *page)
{
	const json_t *c;
	size_t i;

	json_array_foreach(page, i, c) {
		json_int_t id = json_integer_value(json_object_get(c, "id"));
		struct str body = forge_text(c, "body");
		struct own *o;

		if (id <= 0 || w->own.n >= MAX_OWN || !str_starts(body, buf_z(&w->marker)) ||
		    !str_ieq(w->job->ops->author(c), buf_str(&w->self)))
			continue;
		o = vec_push(&w->own);
		o->id = id;
		buf_add(&o->body, body);
	}
}

/* Every page: ours may be the oldest of a thousand. */
static enum delivered
list(struct work *w)
{
	struct delivery_job *job = w->job;
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	enum delivered rc = DELIVERED;

	forget(w);
	job->ops->comments_url(&job->build, &url);
	buf_addz(&url, job->ops->list_query);
	for (int page = 0; url.n; page++) {
		json_t *doc;

		if (page >= MAX_PAGES) {
			rc = say(job, FAILED, "the change has more than %d pages of comments",
				MAX_PAGES);
			break;
		}
		doc = get(w, buf_str(&url), &a);
		if (!json_is_array(doc)) {
			json_decref(doc);
			rc = refused(job, &a, "listing the comments");
			break;
		}
		collect(w, doc);
		json_decref(doc);
		buf_reset(&url);
		buf_add(&url, buf_str(&a.next));
	}
	vec_sort(&w->own, own_cmp);
	buf_release(&url);
	http_answer_release(&a);
	return rc;
}

static void
render(struct work *w, size_t budget)
{
	struct comment_options o = { &w->job->build, budget, w->brief };

	w->budget = budget;
	buf_reset(&w->body);
	comment_render(w->job->doc, &o, &w->body);
}

/* As the forge gives it back: without the white space at its end, and with LF. */
static bool
same_body(struct str a, struct str b)
{
	a = str_rtrim(a);
	b = str_rtrim(b);
	return str_eq(a, b);
}

static bool
send_body(struct work *w, const char *method, struct str url, struct http_answer *a)
{
	json_t *o = json_object();
	char *text;
	bool ok;

	json_object_set_new(o, "body", json_stringn(buf_z(&w->body), w->body.n));
	text = json_dumps(o, JSON_COMPACT);
	ok = http_send(w->job->http, method, url, str_of(text), a);
	free(text);
	json_decref(o);
	return ok;
}

static bool
is_too_long(const struct http_answer *a)
{
	return a->status == 422 || a->status == 413 || a->status == 400;
}

/* Everything but the first of ours goes: it was written after an answer that was lost. */
static void
collapse(struct work *w)
{
	struct buf url = BUF_INIT;

	for (size_t i = 1; i < w->own.n; i++) {
		struct http_answer a = { 0 };

		buf_reset(&url);
		w->job->ops->comment_url(&w->job->build, w->own.v[i].id, &url);
		http_send(w->job->http, "DELETE", buf_str(&url), STR_NONE, &a);
		http_answer_release(&a);
	}
	buf_release(&url);
}

/* Edits the first of ours. *gone: somebody deleted it meanwhile. */
static enum delivered
edit(struct work *w, bool *gone)
{
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	enum delivered rc = DELIVERED;

	w->job->ops->comment_url(&w->job->build, w->own.v[0].id, &url);
	while (!send_body(w, w->job->ops->edit_method, buf_str(&url), &a)) {
		if (is_too_long(&a) && w->budget > COMMENT_LEAST) {
			render(w, w->budget / 2);
			continue;
		}
		*gone = a.status == 404;
		rc = refused(w->job, &a, "editing the comment");
		break;
	}
	if (rc == DELIVERED)
		say(w->job, rc, "comment %lld edited", (long long)w->own.v[0].id);
	buf_release(&url);
	http_answer_release(&a);
	return rc;
}

/* The author that the forge names in its answer is who we are, whatever we thought. */
static void
learn_self(struct work *w, const struct http_answer *a)
{
	json_error_t why;
	json_t *doc = json_loadb(buf_z(&a->body), a->body.n, 0, &why);
	struct str name = w->job->ops->author(doc);

	if (name.n) {
		buf_reset(&w->self);
		buf_add(&w->self, name);
	}
	json_decref(doc);
}

/* Creates it. An answer that got lost is looked for before anything is sent again. */
static enum delivered
create(struct work *w)
{
	struct delivery_job *job = w->job;
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	enum delivered rc = DELIVERED;

	job->ops->comments_url(&job->build, &url);
	for (unsigned looks = 0;;) {
		if (send_body(w, "POST", buf_str(&url), &a)) {
			learn_self(w, &a);
			say(job, rc, "comment written");
			break;
		}
		if (is_too_long(&a) && w->budget > COMMENT_LEAST) {
			render(w, w->budget / 2);
			continue;
		}
		if (!a.unsure || looks >= MAX_LOOKS || !http_pause(job->http, looks++)) {
			rc = refused(job, &a, "writing the comment");
			break;
		}
		rc = list(w);
		if (rc != DELIVERED)
			break;
		if (w->own.n) {
			say(job, rc, "comment written");
			break;
		}
	}
	buf_release(&url);
	http_answer_release(&a);
	return rc;
}

/* After a create: another job may have done the same; the first of ours stays, and is right. */
static enum delivered
settle(struct work *w)
{
	bool gone = false;
	enum delivered rc = list(w);

	if (rc != DELIVERED || w->own.n == 0)
		return DELIVERED; /* it was written; who cleans up comes later */
	collapse(w);
	if (same_body(buf_str(&w->own.v[0].body), buf_str(&w->body)))
		return say(w->job, DELIVERED, "comment %lld written", (long long)w->own.v[0].id);
	return edit(w, &gone);
}

static enum delivered
write_comment(struct work *w)
{
	bool gone = false;
	enum delivered rc;

	render(w, COMMENT_BYTES);
	if (w->own.n == 0) {
		rc = create(w);
		return rc == DELIVERED ? settle(w) : rc;
	}
	collapse(w);
	if (same_body(buf_str(&w->own.v[0].body), buf_str(&w->body)))
		return say(w->job, NOTHING_DUE, "comment %lld says this already",
			(long long)w->own.v[0].id);
	rc = edit(w, &gone);
	if (!gone)
		return rc;
	buf_reset(&w->job->hint);
	rc = create(w);
	return rc == DELIVERED ? settle(w) : rc;
}

enum delivered
deliver_comment(struct delivery_job *job)
{
	struct str mode = forge_text(json_object_get(job->doc, "delivery"), "comment");
	bool green = str_eqz(forge_text(job->doc, "verdict"), "pass");
	struct work w = { .job = job, .brief = green && !str_eqz(mode, "always") };
	enum delivered rc = DELIVERED;

	if (str_eqz(mode, "off"))
		return say(job, NOTHING_DUE, "the policy says `delivery.comment: off`");
	if (job->build.queue)
		return say(job, NOTHING_DUE, "a merge queue's build: nobody reads comments there");
	comment_marker(forge_text(job->doc, "name"), &w.marker);
	w.marker.n -= w.marker.n > 0; /* the line's end may come back as CRLF */
	w.marker.p[w.marker.n] = 0;
	if (job->build.change == 0)
		rc = job->build.revision.n ? find_change(&w) :
			say(job, NOTHING_DUE, "the build belongs to no change");
	if (rc == DELIVERED)
		rc = check_change(&w);
	if (rc == DELIVERED)
		rc = who_am_i(&w);
	if (rc == DELIVERED)
		rc = list(&w);
	if (rc == DELIVERED && w.brief && w.own.n == 0)
		rc = say(job, NOTHING_DUE, "green, and nothing was said before");
	else if (rc == DELIVERED)
		rc = write_comment(&w);
	forget(&w);
	buf_release(&w.marker);
	buf_release(&w.self);
	buf_release(&w.body);
	return rc;
}

void
delivery_job_release(struct delivery_job *job)
{
	buf_release(&job->said);
	buf_release(&job->hint);
}
