/*
 * check_run.c -- the verdict as a check run on the revision, with annotations on its lines.
 * Made with the first 50; a request may carry no more, and each further one appends. Found
 * again by its name and its external_id, the decision's digest: an answer that was lost makes
 * no second one, and no annotation stands twice. Only the newest of the name counts for a forge,
 * so an older one that says the same, before another decision, is none.
 * https://docs.github.com/en/rest/checks/runs
 */
#include "gate/base/hash.h"
#include "gate/base/utf8.h"
#include "gate/forge/annotations.h"
#include "gate/forge/deliver.h"
#include "gate/report/support/comment.h"

#define BATCH 50
#define MAX_LOOKS 4
#define TITLE_BYTES 250
#define EXTERNAL_BYTES 64

struct check {
	struct delivery_job *job;
	struct annotations notes;
	struct buf name, external, summary;
	size_t budget;
	json_int_t newest;  /* run of that name */
	json_int_t id;      /* of the newest, when it is of this decision; 0: it is not */
	size_t sent;        /* annotations it has */
};

/* The same for the same decision; a later one about the same revision is a new run. */
static void
put_external(struct check *c)
{
	struct str digest = forge_text(c->job->doc, "digest");
	char hex[SHA256_HEX];
	bool ok = digest.n == EXTERNAL_BYTES;

	for (size_t i = 0; i < digest.n && ok; i++)
		ok = is_hex(digest.p[i]);
	if (!ok)
		sha256_of(forge_text(c->job->doc, "sentence"), hex);
	buf_add(&c->external, ok ? digest : str_of(hex));
}

static void
render(struct check *c, size_t budget)
{
	struct comment_options o = { &c->job->build, budget, budget < COMMENT_LEAST };
	struct buf body = BUF_INIT;
	struct str marker, rest;

	comment_render(c->job->doc, &o, &body);
	marker = buf_str(&body);
	str_cut(&marker, "\n", &rest); /* the comment's marker has no business here */
	c->budget = budget;
	buf_reset(&c->summary);
	buf_add(&c->summary, rest);
	buf_release(&body);
}

static bool
shrink(struct check *c)
{
	if (c->budget < COMMENT_LEAST)
		return false;
	render(c, c->budget / 2);
	return true;
}

static json_t *
annotation_json(const struct annotation *a)
{
	json_t *o = json_object();
	long line = a->line ? a->line : 1;

	json_object_set_new(o, "path", delivery_text(a->path, a->path.n));
	json_object_set_new(o, "start_line", json_integer(line));
	json_object_set_new(o, "end_line", json_integer(line));
	json_object_set_new(o, "annotation_level",
		json_string(a->level == ANNOTATE_FAILURE ? "failure" : "warning"));
	json_object_set_new(o, "title", delivery_text(a->title, TITLE_BYTES));
	json_object_set_new(o, "message", delivery_text(a->message, a->message.n));
	return o;
}

/* The next batch; *n is how many it holds. */
static json_t *
output_json(const struct check *c, size_t *n)
{
	json_t *o = json_object(), *list = json_array();

	*n = c->notes.of.n - c->sent;
	*n = *n > BATCH ? BATCH : *n;
	for (size_t i = 0; i < *n; i++)
		json_array_append_new(list, annotation_json(&c->notes.of.v[c->sent + i]));
	json_object_set_new(o, "title",
		delivery_line(forge_text(c->job->doc, "sentence"), TITLE_BYTES));
	json_object_set_new(o, "summary", delivery_text(buf_str(&c->summary), c->summary.n));
	json_object_set_new(o, "annotations", list);
	return o;
}

static json_t *
run_json(const struct check *c, size_t *n)
{
	const struct build *b = &c->job->build;
	json_t *o = json_object();

	json_object_set_new(o, "name", delivery_text(buf_str(&c->name), c->name.n));
	json_object_set_new(o, "head_sha", delivery_text(b->revision, b->revision.n));
	json_object_set_new(o, "external_id", delivery_text(buf_str(&c->external), c->external.n));
	json_object_set_new(o, "status", json_string("completed"));
	/* Inconclusive is no `neutral`: that would let a protected branch take it. */
	json_object_set_new(o, "conclusion", json_string(
		str_eqz(forge_text(c->job->doc, "verdict"), "pass") ? "success" : "failure"));
	if (b->run_url.n)
		json_object_set_new(o, "details_url", delivery_text(b->run_url, b->run_url.n));
	json_object_set_new(o, "output", output_json(c, n));
	return o;
}

static void
take_run(struct check *c, const json_t *run)
{
	json_int_t n = json_integer_value(
		json_object_get(json_object_get(run, "output"), "annotations_count"));

	c->id = json_integer_value(json_object_get(run, "id"));
	c->sent = n <= 0 ? 0 : n > (json_int_t)c->notes.of.n ? c->notes.of.n : (size_t)n;
}

static bool
collect(void *ctx, const json_t *page)
{
	struct check *c = ctx;
	const json_t *runs = json_object_get(page, "check_runs"), *run;
	size_t i;

	json_array_foreach(runs, i, run) {
		json_int_t id = json_integer_value(json_object_get(run, "id"));

		if (id <= c->newest || !str_eq(forge_text(run, "name"), buf_str(&c->name)))
			continue;
		c->newest = id;
		c->id = 0;
		if (str_eq(forge_text(run, "external_id"), buf_str(&c->external)))
			take_run(c, run);
	}
	return json_is_array(runs);
}

static enum delivered
find(struct check *c)
{
	const struct build *b = &c->job->build;
	struct buf url = BUF_INIT;
	enum delivered rc;

	c->id = c->newest = 0;
	buf_addf(&url, "/repos/%.*s/commits/%.*s/check-runs?check_name=", STR_FMT(b->project),
		STR_FMT(b->revision));
	forge_query(&url, buf_str(&c->name));
	buf_addz(&url, "&filter=all&per_page=100");
	rc = delivery_pages(c->job, buf_str(&url), "looking for the check run", collect, c);
	buf_release(&url);
	return rc;
}

static enum delivered
refused(struct check *c, const struct http_answer *a, const char *what)
{
	enum delivered rc = delivery_refused(c->job, a, what);

	if (a->status == 403) {
		buf_reset(&c->job->hint);
		buf_addz(&c->job->hint, "give the job `checks: write`; only the token of an app, "
			"like the job's own, may make check runs");
	}
	return rc;
}

static enum delivered
create(struct check *c)
{
	const struct build *b = &c->job->build;
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	enum delivered rc = DELIVERED;
	json_error_t why;
	json_t *run;
	size_t n;

	buf_addf(&url, "/repos/%.*s/check-runs", STR_FMT(b->project));
	for (unsigned looks = 0; c->id == 0 && rc == DELIVERED;) {
		if (delivery_send(c->job, "POST", buf_str(&url), run_json(c, &n), true, &a)) {
			run = json_loadb(buf_z(&a.body), a.body.n, 0, &why);
			take_run(c, run);
			c->sent = n;
			json_decref(run);
			rc = c->id > 0 ? DELIVERED : find(c);
			break;
		}
		if ((a.status == 422 || a.status == 413) && shrink(c))
			continue;
		if (!a.unsure || looks >= MAX_LOOKS || !http_pause(c->job->http, looks++))
			rc = refused(c, &a, "making the check run");
		else
			rc = find(c);
	}
	buf_release(&url);
	http_answer_release(&a);
	return rc;
}

/* Whether a batch whose answer was lost has arrived, the run itself tells. */
static enum delivered
look_again(struct check *c, struct str url)
{
	struct http_answer a = { 0 };
	json_t *run = delivery_get(c->job, url, &a);
	enum delivered rc = DELIVERED;

	if (run)
		take_run(c, run);
	else
		rc = refused(c, &a, "reading the check run");
	json_decref(run);
	http_answer_release(&a);
	return rc;
}

static enum delivered
append(struct check *c)
{
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	enum delivered rc = DELIVERED;

	buf_addf(&url, "/repos/%.*s/check-runs/%lld", STR_FMT(c->job->build.project),
		(long long)c->id);
	for (unsigned looks = 0; c->sent < c->notes.of.n && rc == DELIVERED;) {
		json_t *o = json_object();
		size_t n;

		json_object_set_new(o, "output", output_json(c, &n));
		if (delivery_send(c->job, "PATCH", buf_str(&url), o, true, &a))
			c->sent += n;
		else if (!a.unsure || looks >= MAX_LOOKS || !http_pause(c->job->http, looks++))
			rc = refused(c, &a, "adding annotations to the check run");
		else
			rc = look_again(c, buf_str(&url));
	}
	buf_release(&url);
	http_answer_release(&a);
	return rc;
}

enum delivered
deliver_check_run(struct delivery_job *job)
{
	struct check c = { .job = job };
	enum delivered rc;
	bool there;

	annotations_of(job->doc, annotations_most(job->doc), true, &c.notes);
	forge_status_name(job->doc, &c.name);
	put_external(&c);
	render(&c, COMMENT_BYTES);
	rc = find(&c);
	there = c.id > 0;
	if (rc == DELIVERED && there && c.sent == c.notes.of.n)
		rc = delivery_say(job, NOTHING_DUE, "check run %lld says this already",
			(long long)c.id);
	else if (rc == DELIVERED && !there)
		rc = create(&c);
	if (rc == DELIVERED)
		rc = append(&c);
	if (rc == DELIVERED)
		delivery_say(job, rc, "check run %lld written, %zu annotation%s", (long long)c.id,
			c.notes.of.n, c.notes.of.n == 1 ? "" : "s");
	annotations_release(&c.notes);
	buf_release(&c.name);
	buf_release(&c.external);
	buf_release(&c.summary);
	return rc;
}
