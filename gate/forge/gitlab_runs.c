/*
 * gitlab_runs.c -- see runs.h. A job's artifacts are one archive; what it uploads as `reports:`
 * alone is not in it. https://docs.gitlab.com/api/pipelines/ https://docs.gitlab.com/api/jobs/
 */
#include "gate/forge/runs.h"

struct listing {
	struct delivery_job *job;
	struct runs *r;
	size_t from;
};

static void
put_pipelines(const struct build *b, struct buf *url)
{
	buf_addz(url, "/projects/");
	forge_query(url, b->project);
	buf_addz(url, "/pipelines");
}

static bool
is_one_of(struct str s, const char *const words[])
{
	for (size_t i = 0; words[i]; i++)
		if (str_eqz(s, words[i]))
			return true;
	return false;
}

static struct run
read_pipeline(struct runs *r, const json_t *doc)
{
	static const char *const ended[] = { "success", "failed", NULL };
	static const char *const cut[] = { "canceled", "skipped", NULL };
	struct str status = forge_text(doc, "status");

	return (struct run){
		.id = json_integer_value(json_object_get(doc, "id")),
		.state = arena_dup(&r->mem, status),
		.is = is_one_of(status, ended) ? RUN_ENDED : is_one_of(status, cut) ? RUN_CUT :
			RUN_GOING,
	};
}

/* A status that somebody posts makes an "external" pipeline, which has no jobs. */
static void
take_pipelines(struct runs *r, const json_t *all, bool say)
{
	const json_t *v;
	size_t i;

	json_array_foreach(all, i, v) {
		struct run run = read_pipeline(r, v);
		struct run *best = r->list.v;

		if (str_eqz(forge_text(v, "source"), "external"))
			continue;
		if (r->list.n == 0) {
			*vec_push(&r->list) = run;
			continue;
		}
		if (say)
			*vec_push(&r->notes) = arena_printf(&r->mem,
				"pipeline %lld of the same revision is left out: %lld is newer",
				run.id < best->id ? run.id : best->id,
				run.id < best->id ? best->id : run.id);
		if (run.id > best->id)
			*best = run;
	}
}

enum delivered
gitlab_runs(struct delivery_job *job, const struct runs_wanted *w, struct runs *r)
{
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	enum delivered how = DELIVERED;
	json_t *doc;

	put_pipelines(&job->build, &url);
	if (w->run.n)
		buf_addf(&url, "/%.*s", STR_FMT(w->run));
	else
		buf_addf(&url, "?per_page=100&order_by=id&sort=desc&%s=",
			w->revision.n ? "sha" : "ref");
	forge_query(&url, w->run.n ? STR_NONE : w->revision.n ? w->revision : w->branch);
	doc = delivery_get(job, buf_str(&url), &a);
	if (doc == NULL)
		how = delivery_refused(job, &a, w->run.n ? "the pipeline" : "the pipelines");
	else if (w->run.n)
		*vec_push(&r->list) = read_pipeline(r, doc);
	else if (json_is_array(doc))
		take_pipelines(r, doc, w->revision.n > 0);
	else
		how = delivery_say(job, FAILED, "the pipelines: the answer is no list");
	json_decref(doc);
	buf_release(&url);
	http_answer_release(&a);
	return how;
}

/* Of a job without an archive; empty: it never had one. */
static struct str
why_lost(struct arena *mem, const json_t *job)
{
	static const char *const others[] = { "archive", "metadata", "trace", "dotenv", NULL };
	const json_t *v;
	struct str until = forge_text(job, "artifacts_expire_at"), out = STR_NONE;
	struct str erased = forge_text(job, "erased_at");
	struct buf kinds = BUF_INIT;
	size_t i;

	json_array_foreach(json_object_get(job, "artifacts"), i, v) {
		struct str kind = forge_text(v, "file_type");

		if (kind.n == 0 || is_one_of(kind, others))
			continue;
		buf_addz(&kinds, kinds.n ? ", " : "");
		buf_add(&kinds, kind);
	}
	if (kinds.n)
		out = arena_printf(mem, "it keeps its reports (%s) as `reports:` only: list them "
			"as `paths:` of its artifacts too", kinds.p);
	else if (erased.n)
		out = arena_printf(mem, "it was erased at %.*s", STR_FMT(erased));
	else if (until.n)
		out = arena_printf(mem, "its artifacts expired at %.*s", STR_FMT(until));
	buf_release(&kinds);
	return out;
}

static bool
take_jobs(void *ctx, const json_t *all)
{
	struct listing *l = ctx;
	struct arena *mem = &l->r->mem;
	const json_t *v;
	size_t i;

	json_array_foreach(all, i, v) {
		struct artifact a = { .name = arena_dup(mem, forge_text(v, "name")),
			.id = json_integer_value(json_object_get(v, "id")) };
		struct buf url = BUF_INIT;

		if (!json_is_object(json_object_get(v, "artifacts_file")))
			a.lost = why_lost(mem, v);
		if (a.lost.n || json_is_object(json_object_get(v, "artifacts_file"))) {
			buf_addz(&url, "/projects/");
			forge_query(&url, l->job->build.project);
			buf_addf(&url, "/jobs/%lld/artifacts", a.id);
			a.url = arena_dup(mem, buf_str(&url));
			buf_release(&url);
		}
		runs_add(l->r, l->from, &a);
	}
	return json_is_array(all);
}

/* Jobs without artifacts stood for themselves so far: for an older attempt that had some. */
static void
drop_empty(struct runs *r, size_t from)
{
	size_t n = from;

	for (size_t i = from; i < r->artifacts.n; i++)
		if (r->artifacts.v[i].url.n)
			r->artifacts.v[n++] = r->artifacts.v[i];
	r->artifacts.n = n;
}

enum delivered
gitlab_artifacts(struct delivery_job *job, const struct run *run, struct runs *r)
{
	struct listing l = { .job = job, .r = r, .from = r->artifacts.n };
	struct buf url = BUF_INIT;
	enum delivered how;

	put_pipelines(&job->build, &url);
	buf_addf(&url, "/%lld/jobs?per_page=100", run->id);
	how = delivery_pages(job, buf_str(&url), "the pipeline's jobs", take_jobs, &l);
	drop_empty(r, l.from);
	buf_release(&url);
	return how;
}
