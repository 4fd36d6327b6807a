/*
 * discussions.c -- GitLab: a discussion on each line that blocks, where the policy asks for
 * them. Each has a hidden marker of its own, by which it is found again: edited when it says
 * something else, resolved when nothing that blocks is there any more, never opened twice. Where
 * the decision does not know all, what it does not list may still be wrong, and stays open.
 * https://docs.gitlab.com/api/discussions/#create-a-new-thread-in-the-merge-request-diff
 */
#include "gate/base/hash.h"
#include "gate/base/mem.h"
#include "gate/forge/annotations.h"
#include "gate/forge/ci_env.h"
#include "gate/forge/deliver.h"
#include "gate/report/support/comment.h"
#include "gate/report/support/escape.h"

#define MAX_LOOKS 2
#define MAX_THREADS 1000
#define MAX_WRITES 60     /* at once, opened and resolved; the next delivery goes on */
#define KEY_DIGITS 32

/* One of ours that is there. */
struct thread {
	struct buf id, key, body;
	json_int_t note;
	bool resolved, by_us, wanted;
};

struct threads {
	struct delivery_job *job;
	struct buf prefix;       /* of the markers of the gate of this name */
	struct buf url;          /* of the list */
	VEC(struct thread) of;
	unsigned opened, edited, resolved, outside;
	unsigned later;          /* the next delivery goes on with these */
	unsigned unknown;        /* not resolved: nobody knows whether they are right again */
};

static void
forget(struct threads *t)
{
	for (size_t i = 0; i < t->of.n; i++) {
		buf_release(&t->of.v[i].id);
		buf_release(&t->of.v[i].key);
		buf_release(&t->of.v[i].body);
	}
	vec_release(&t->of);
}

static struct thread *
thread_of(struct threads *t, struct str key)
{
	for (size_t i = 0; i < t->of.n; i++)
		if (str_eq(buf_str(&t->of.v[i].key), key))
			return &t->of.v[i];
	return NULL;
}

static bool
is_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]))
			return false;
	return s.n > 0 && s.n <= 64;
}

static void
delete_note(struct threads *t, struct str id, json_int_t note)
{
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;

	buf_add(&url, buf_str(&t->url));
	buf_addf(&url, "/%.*s/notes/%lld", STR_FMT(id), (long long)note);
	delivery_send(t->job, "DELETE", buf_str(&url), NULL, false, &a);
	buf_release(&url);
	http_answer_release(&a);
}

static void
take(struct threads *t, struct str id, const json_t *note)
{
	struct str body = forge_text(note, "body"), rest = body;
	json_int_t number = json_integer_value(json_object_get(note, "id"));
	struct thread *d;

	if (number <= 0 || !is_id(id) || t->of.n >= MAX_THREADS ||
	    !str_ieq(t->job->ops->author(note), buf_str(&t->job->self)) ||
	    !str_skip(&rest, buf_z(&t->prefix)) || rest.n < KEY_DIGITS)
		return;
	if (thread_of(t, str_to(rest, KEY_DIGITS))) {
		delete_note(t, id, number); /* an answer was lost, another job was quicker */
		return;
	}
	d = vec_push(&t->of);
	buf_add(&d->id, id);
	buf_add(&d->key, str_to(rest, KEY_DIGITS));
	buf_add(&d->body, body);
	d->note = number;
	d->resolved = json_is_true(json_object_get(note, "resolved"));
	d->by_us = str_ieq(forge_text(json_object_get(note, "resolved_by"), "username"),
		buf_str(&t->job->self));
}

static bool
collect(void *ctx, const json_t *page)
{
	const json_t *d;
	size_t i;

	json_array_foreach(page, i, d) {
		take(ctx, forge_text(d, "id"), json_array_get(json_object_get(d, "notes"), 0));
	}
	return json_is_array(page);
}

static enum delivered
list(struct threads *t)
{
	struct buf url = BUF_INIT;
	enum delivered rc;

	forget(t);
	buf_add(&url, buf_str(&t->url));
	buf_addz(&url, "?per_page=100");
	rc = delivery_pages(t->job, buf_str(&url), "listing the discussions", collect, t);
	buf_release(&url);
	return rc;
}

/* The line may move, the result stays the same one. */
static void
make_key(const struct annotation *a, char hex[SHA256_HEX])
{
	struct buf b = BUF_INIT;

	buf_add(&b, a->id);
	buf_addc(&b, '\0');
	buf_add(&b, a->path);
	sha256_of(buf_str(&b), hex);
	hex[KEY_DIGITS] = 0;
	buf_release(&b);
}

static void
render(const struct threads *t, const struct annotation *a, const char *key, struct buf *out)
{
	struct str rest = a->message, line;

	buf_add(out, buf_str(&t->prefix));
	buf_addf(out, "%s -->\n**", key);
	escape_markdown(out, a->title);
	buf_addz(out, "**\n");
	while (str_line(&rest, &line)) {
		buf_addz(out, "\n");
		escape_markdown_code(out, line);
		buf_addz(out, "<br>");
	}
	buf_addc(out, '\n');
}

static json_t *
position(const struct delivery_job *job, const struct annotation *a)
{
	static const char *const names[] = { "base_sha", "start_sha", "head_sha" };
	const json_t *refs = json_object_get(job->change, "diff_refs");
	json_t *o = json_object();

	for (size_t i = 0; i < 3; i++) {
		struct str sha = forge_text(refs, names[i]);

		if (!ci_env_is_commit(sha)) {
			json_decref(o);
			return NULL;
		}
		json_object_set_new(o, names[i], delivery_text(sha, sha.n));
	}
	json_object_set_new(o, "position_type", json_string("text"));
	json_object_set_new(o, "old_path", delivery_text(a->path, a->path.n));
	json_object_set_new(o, "new_path", delivery_text(a->path, a->path.n));
	json_object_set_new(o, "new_line", json_integer(a->line));
	return o;
}

/* A line that the change does not touch takes no discussion: the comment names it. */
static bool
is_outside(const struct http_answer *a)
{
	return a->status == 400 || a->status == 422 || a->status == 500;
}

static enum delivered
open_thread(struct threads *t, const struct annotation *a, const char *key, struct str body)
{
	struct delivery_job *job = t->job;
	struct http_answer answer = { 0 };
	enum delivered rc = DELIVERED;

	for (unsigned looks = 0;;) {
		json_t *o = json_object(), *at = position(job, a);

		if (at == NULL) {
			json_decref(o);
			rc = delivery_say(job, FAILED,
				"opening discussions: the merge request names no diff_refs");
			break;
		}
		json_object_set_new(o, "body", delivery_text(body, body.n));
		json_object_set_new(o, "position", at);
		if (delivery_send(job, "POST", buf_str(&t->url), o, true, &answer)) {
			t->opened++;
			break;
		}
		if (answer.unsure && looks < MAX_LOOKS && http_pause(job->http, looks++)) {
			rc = list(t);
			if (rc == DELIVERED && thread_of(t, str_of(key)) == NULL)
				continue;
			t->opened += rc == DELIVERED;
			break;
		}
		if (is_outside(&answer))
			t->outside++;
		else
			rc = delivery_refused(job, &answer, "opening a discussion");
		break;
	}
	http_answer_release(&answer);
	return rc;
}

static enum delivered
put(struct threads *t, const struct thread *d, bool note, json_t *body, const char *what)
{
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	enum delivered rc = DELIVERED;

	buf_add(&url, buf_str(&t->url));
	buf_addf(&url, "/%s", d->id.p);
	if (note)
		buf_addf(&url, "/notes/%lld", (long long)d->note);
	/* 404: somebody deleted it meanwhile, which is as good. */
	if (!delivery_send(t->job, "PUT", buf_str(&url), body, false, &a) && a.status != 404)
		rc = delivery_refused(t->job, &a, what);
	buf_release(&url);
	http_answer_release(&a);
	return rc;
}

static enum delivered
resolve(struct threads *t, struct thread *d, bool resolved)
{
	json_t *o = json_object();

	json_object_set_new(o, "resolved", json_boolean(resolved));
	return put(t, d, false, o, resolved ? "resolving a discussion" : "reopening a discussion");
}

/* What people resolved stays so; what we resolved is open again when it is back. */
static enum delivered
want(struct threads *t, const struct annotation *a)
{
	struct buf body = BUF_INIT;
	enum delivered rc = DELIVERED;
	char key[SHA256_HEX];
	struct thread *d;

	make_key(a, key);
	render(t, a, key, &body);
	d = thread_of(t, str_of(key));
	if (d == NULL) {
		rc = open_thread(t, a, key, buf_str(&body));
		d = thread_of(t, str_of(key));
	} else if (!str_eq(str_rtrim(buf_str(&d->body)), str_rtrim(buf_str(&body)))) {
		json_t *o = json_object();

		json_object_set_new(o, "body", delivery_text(buf_str(&body), body.n));
		rc = put(t, d, true, o, "editing a discussion");
		t->edited++;
	}
	if (d && rc == DELIVERED && d->resolved && d->by_us) {
		rc = resolve(t, d, false);
		t->edited++;
	}
	buf_release(&body);
	return rc;
}

/* Every report came, whole, and was judged: what is not listed is right. */
static bool
knows_all(const json_t *doc)
{
	const json_t *v;
	size_t i;

	json_array_foreach(json_object_get(doc, "rules"), i, v)
		if (str_eqz(forge_text(v, "outcome"), "inconclusive"))
			return false;
	json_array_foreach(json_object_get(doc, "inputs"), i, v)
		if (!json_is_true(json_object_get(v, "complete")) &&
		    !json_is_false(json_object_get(v, "due")))
			return false;
	return true;
}

static bool
blocks(const struct annotation *a)
{
	return a->level == ANNOTATE_FAILURE && a->line > 0;
}

/* What still blocks stays open, also when it is no longer among the first. */
static void
mark_wanted(struct threads *t, const struct annotations *notes)
{
	for (size_t i = 0; i < notes->of.n; i++) {
		char key[SHA256_HEX];
		struct thread *d;

		if (notes->of.v[i].level != ANNOTATE_FAILURE)
			continue;
		make_key(&notes->of.v[i], key);
		d = thread_of(t, str_of(key));
		if (d)
			d->wanted = true;
	}
}

static enum delivered
resolve_rest(struct threads *t, const struct annotations *notes)
{
	bool known = knows_all(t->job->doc) && notes->left == 0;
	enum delivered rc = DELIVERED;

	mark_wanted(t, notes);
	for (size_t i = 0; i < t->of.n && rc == DELIVERED; i++) {
		struct thread *d = &t->of.v[i];

		if (d->wanted || d->resolved)
			continue;
		if (!known) {
			t->unknown++;
		} else if (t->resolved >= MAX_WRITES) {
			t->later++;
		} else {
			rc = resolve(t, d, true);
			t->resolved++;
		}
	}
	return rc;
}

static void
say_more(struct buf *out, unsigned n, const char *one, const char *many)
{
	if (n)
		buf_addf(out, "; %u %s", n, n == 1 ? one : many);
}

static enum delivered
deliver(struct threads *t, const struct annotations *notes)
{
	size_t most = annotations_most(t->job->doc), n = 0;
	struct buf *said = &t->job->said;
	enum delivered rc = list(t);

	for (size_t i = 0; i < notes->of.n && rc == DELIVERED && n < most; i++) {
		if (!blocks(&notes->of.v[i]))
			continue;
		n++;
		if (t->opened + t->outside < MAX_WRITES)
			rc = want(t, &notes->of.v[i]);
		else
			t->later++;
	}
	if (rc == DELIVERED)
		rc = resolve_rest(t, notes);
	if (rc != DELIVERED)
		return rc;
	delivery_say(t->job, rc, "discussions: %u opened, %u edited, %u resolved", t->opened,
		t->edited, t->resolved);
	say_more(said, t->outside, "line outside of the diff", "lines outside of the diff");
	say_more(said, t->later, "left for the next delivery", "left for the next delivery");
	say_more(said, t->unknown, "left open, since not every report is whole",
		"left open, since not every report is whole");
	return t->opened + t->edited + t->resolved ? DELIVERED : NOTHING_DUE;
}

enum delivered
deliver_discussions(struct delivery_job *job)
{
	struct threads t = { .job = job };
	struct annotations notes;
	enum delivered rc = delivery_change(job);

	if (rc == DELIVERED)
		rc = delivery_self(job);
	if (rc != DELIVERED)
		return rc;
	comment_marker_of("line", forge_text(job->doc, "name"), &t.prefix);
	job->ops->change_url(&job->build, &t.url);
	buf_addz(&t.url, "/discussions");
	annotations_of(job->doc, ANNOTATIONS_MOST, true, &notes);
	rc = deliver(&t, &notes);
	annotations_release(&notes);
	forget(&t);
	buf_release(&t.prefix);
	buf_release(&t.url);
	return rc;
}
