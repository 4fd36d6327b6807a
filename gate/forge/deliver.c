/* deliver.c -- see deliver.h: what every delivery does alike. */
#include "gate/forge/deliver.h"

#include "gate/base/utf8.h"

#define MAX_PAGES 100

enum delivered
delivery_say(struct delivery_job *job, enum delivered how, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_reset(&job->said);
	buf_vaddf(&job->said, fmt, ap);
	va_end(ap);
	return how;
}

enum delivered
delivery_refused(struct delivery_job *job, const struct http_answer *a, const char *what)
{
	enum delivered how = FAILED;

	buf_reset(&job->hint);
	if (a->hint.n)
		buf_add(&job->hint, buf_str(&a->hint));
	if (a->status == 0 || a->status == 401 || a->status >= 502 || a->limited)
		job->down = true;
	if (a->limited) {
		buf_addz(&job->hint, "the forge takes no more requests for now: "
			"run this again later");
	} else if (a->status == 401) {
		buf_addz(&job->hint, job->ops->wrong_token_hint);
	} else if (a->status == 403) {
		how = DEGRADED;
		buf_addz(&job->hint, job->ops->read_only_hint);
	} else if (a->status == 404) {
		buf_addz(&job->hint, "wrong project or number, or the token may not see it");
	}
	return delivery_say(job, how, "%s: %s", what, buf_z(&a->why));
}

json_t *
delivery_get(struct delivery_job *job, struct str url, struct http_answer *a)
{
	json_error_t why;
	json_t *doc;

	if (!http_get(job->http, url, a))
		return NULL;
	doc = json_loadb(buf_z(&a->body), a->body.n, 0, &why);
	if (doc == NULL)
		buf_addf(&a->why, "%ld: the answer is no JSON", a->status);
	return doc;
}

bool
delivery_send(struct delivery_job *job, const char *method, struct str url, json_t *body,
	bool once, struct http_answer *a)
{
	char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
	struct http_request r = { .method = method, .path = url, .body = str_of(text),
		.once = once };
	bool ok = http_do(job->http, &r, a);

	free(text);
	json_decref(body);
	return ok;
}

json_t *
delivery_text(struct str s, size_t bytes)
{
	struct buf plain = BUF_INIT;
	struct str head;
	json_t *v;

	utf8_repair(&plain, utf8_head(s, bytes));
	head = utf8_head(buf_str(&plain), bytes);
	v = json_stringn(head.p ? head.p : "", head.n);
	buf_release(&plain);
	return v;
}

json_t *
delivery_line(struct str s, size_t bytes)
{
	struct buf plain = BUF_INIT;
	json_t *v;

	utf8_plain(&plain, s);
	if (plain.n > bytes) {
		buf_cut(&plain, utf8_head(buf_str(&plain), bytes - 3).n);
		buf_addz(&plain, "...");
	}
	v = delivery_text(buf_str(&plain), bytes);
	buf_release(&plain);
	return v;
}

/* GitLab numbers its pages too: then an address that its proxy garbled is not needed. */
static bool
next_page(const struct http_answer *a, struct str first, struct buf *url)
{
	buf_reset(url);
	if (a->next_page > 0)
		buf_addf(url, "%.*s&page=%ld", STR_FMT(first), a->next_page);
	else
		buf_add(url, buf_str(&a->next));
	return url->n > 0;
}

enum delivered
delivery_pages(struct delivery_job *job, struct str first, const char *what,
	bool (*page)(void *ctx, const json_t *doc), void *ctx)
{
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	enum delivered rc = DELIVERED;
	bool more = true;

	buf_add(&url, first);
	for (int n = 0; more && rc == DELIVERED; n++) {
		json_t *doc = delivery_get(job, buf_str(&url), &a);

		if (doc == NULL) {
			rc = delivery_refused(job, &a, what);
		} else if (!page(ctx, doc)) {
			rc = delivery_say(job, FAILED, "%s: the answer is no list", what);
		} else {
			more = next_page(&a, first, &url);
			if (more && n + 1 >= MAX_PAGES)
				rc = delivery_say(job, FAILED, "%s: more than %d pages", what,
					MAX_PAGES);
			else if (!more && a.next_refused)
				rc = delivery_say(job, FAILED, "%s: the next page is at another "
					"host, which was not asked", what);
		}
		json_decref(doc);
	}
	buf_release(&url);
	http_answer_release(&a);
	return rc;
}

void
delivery_job_release(struct delivery_job *job)
{
	json_decref(job->change);
	buf_release(&job->self);
	buf_release(&job->said);
	buf_release(&job->hint);
}
