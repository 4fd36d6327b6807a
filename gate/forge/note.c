/*
 * note.c -- one comment on the change, edited in place: found by its hidden marker and its
 * author, written only when it differs, its duplicates taken away.
 */
#include "gate/base/mem.h"
#include "gate/forge/deliver.h"
#include "gate/report/support/comment.h"

#define MAX_LOOKS 4     /* for an answer that was lost */
#define MAX_OWN 1000

/* Our comments on the change. */
struct own {
	json_int_t id;
	struct buf body;
};

struct work {
	struct delivery_job *job;
	struct buf marker, body;
	VEC(struct own) own;    /* by id */
	size_t strangers;       /* while we guess who we are: other machines', with our marker */
	size_t budget;
	bool green;             /* one line is enough */
	bool least;             /* one line is all that is taken */
};

static void
forget(struct work *w)
{
	for (size_t i = 0; i < w->own.n; i++)
		buf_release(&w->own.v[i].body);
	vec_release(&w->own);
	w->strangers = 0;
}

static int
own_cmp(const void *x, const void *y)
{
	const struct own *a = x, *b = y;

	return a->id < b->id ? -1 : a->id > b->id;
}

static bool
collect(void *ctx, const json_t *page)
{
	struct work *w = ctx;
	struct delivery_job *job = w->job;
	const json_t *c;
	size_t i;

	json_array_foreach(page, i, c) {
		json_int_t id = json_integer_value(json_object_get(c, "id"));
		struct str body = forge_text(c, "body");
		struct own *o;

		if (id <= 0 || w->own.n >= MAX_OWN || !str_starts(body, buf_z(&w->marker)))
			continue;
		if (!str_ieq(job->ops->author(c), buf_str(&job->self))) {
			w->strangers += !job->self_sure && job->ops->by_machine &&
				job->ops->by_machine(c);
			continue;
		}
		o = vec_push(&w->own);
		o->id = id;
		buf_add(&o->body, body);
	}
	return json_is_array(page);
}

/* Every page: ours may be the oldest of a thousand. */
static enum delivered
list(struct work *w)
{
	struct buf url = BUF_INIT;
	enum delivered rc;

	forget(w);
	w->job->ops->comments_url(&w->job->build, &url);
	buf_addz(&url, w->job->ops->list_query);
	rc = delivery_pages(w->job, buf_str(&url), "listing the comments", collect, w);
	vec_sort(&w->own, own_cmp);
	buf_release(&url);
	return rc;
}

static void
render(struct work *w, size_t budget)
{
	struct comment_options o = { &w->job->build, budget, w->green || w->least };

	w->budget = budget;
	buf_reset(&w->body);
	comment_render(w->job->doc, &o, &w->body);
}

/* A smaller body than the one that was refused; false: there is none. */
static bool
shrink(struct work *w)
{
	size_t was = w->body.n;

	while (w->budget > COMMENT_LEAST) {
		render(w, w->budget / 2);
		if (w->body.n < was)
			return true;
	}
	if (w->green || w->least)
		return false;
	w->least = true;
	render(w, COMMENT_LEAST);
	return w->body.n < was;
}

/* The next character as a forge may give it back: CRLF for LF, and none of either at the end. */
static bool
same_body(struct str a, struct str b)
{
	size_t i = 0, k = 0;

	a = str_rtrim(a);
	b = str_rtrim(b);
	while (i < a.n && k < b.n) {
		i += a.p[i] == '\r' && i + 1 < a.n && a.p[i + 1] == '\n' && b.p[k] == '\n';
		if (a.p[i++] != b.p[k++])
			return false;
	}
	return i == a.n && k == b.n;
}

static bool
send_body(struct work *w, const char *method, struct str url, bool once, struct http_answer *a)
{
	json_t *o = json_object();

	json_object_set_new(o, "body", json_stringn(buf_z(&w->body), w->body.n));
	return delivery_send(w->job, method, url, o, once, a);
}

static bool
is_refused_body(const struct http_answer *a)
{
	return a->status == 422 || a->status == 413 || a->status == 400;
}

static enum delivered
refused(struct work *w, const struct http_answer *a, const char *what)
{
	enum delivered rc = delivery_refused(w->job, a, what);

	if (is_refused_body(a))
		buf_addz(&w->job->hint, "the forge refuses the comment itself, also a short one");
	return rc;
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
		delivery_send(w->job, "DELETE", buf_str(&url), NULL, false, &a);
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
	while (!send_body(w, w->job->ops->edit_method, buf_str(&url), false, &a)) {
		if (is_refused_body(&a) && shrink(w))
			continue;
		*gone = a.status == 404 || a.status == 410;
		rc = refused(w, &a, "editing the comment");
		break;
	}
	if (rc == DELIVERED)
		delivery_say(w->job, rc, "comment %lld edited", (long long)w->own.v[0].id);
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
		buf_reset(&w->job->self);
		buf_add(&w->job->self, name);
		w->job->self_sure = true;
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
		if (send_body(w, "POST", buf_str(&url), true, &a)) {
			learn_self(w, &a);
			delivery_say(job, rc, "comment written");
			break;
		}
		if (is_refused_body(&a) && shrink(w))
			continue;
		if (!a.unsure || looks >= MAX_LOOKS || !http_pause(job->http, looks++)) {
			rc = refused(w, &a, "writing the comment");
			break;
		}
		rc = list(w);
		if (rc != DELIVERED)
			break;
		if (w->own.n) {
			delivery_say(job, rc, "comment written");
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

	if (list(w) != DELIVERED || w->own.n == 0) {
		buf_reset(&w->job->hint);
		/* It was written; who cleans up comes later. */
		return delivery_say(w->job, DELIVERED, "comment written");
	}
	collapse(w);
	if (same_body(buf_str(&w->own.v[0].body), buf_str(&w->body)))
		return delivery_say(w->job, DELIVERED, "comment %lld written",
			(long long)w->own.v[0].id);
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
		return delivery_say(w->job, NOTHING_DUE, "comment %lld says this already",
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
	struct work w = { .job = job, .green = green && !str_eqz(mode, "always") };
	enum delivered rc;

	if (str_eqz(mode, "off"))
		return delivery_say(job, NOTHING_DUE, "the policy says `delivery.comment: off`");
	if (job->build.queue)
		return delivery_say(job, NOTHING_DUE,
			"a merge queue's build: nobody reads comments there");
	comment_marker(forge_text(job->doc, "name"), &w.marker);
	buf_cut(&w.marker, w.marker.n - 1); /* the line's end may come back as CRLF */
	rc = delivery_change(job);
	if (rc == DELIVERED)
		rc = delivery_self(job);
	if (rc == DELIVERED)
		rc = list(&w);
	if (rc == DELIVERED && w.green && w.own.n == 0 && w.strangers == 0)
		rc = delivery_say(job, NOTHING_DUE, "green, and nothing was said before");
	else if (rc == DELIVERED)
		rc = write_comment(&w);
	forget(&w);
	buf_release(&w.marker);
	buf_release(&w.body);
	return rc;
}
