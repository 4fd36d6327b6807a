/*
 * github_runs.c -- see runs.h.
 * https://docs.github.com/en/rest/actions/workflow-runs
 * https://docs.github.com/en/rest/actions/artifacts
 */
#include "gate/forge/runs.h"

struct listing {
	struct delivery_job *job;
	struct runs *r;
	const struct runs_wanted *w;
	size_t from;       /* the first artifact of this run */
	json_int_t total;  /* as the forge counts */
	json_int_t seen;
};

/* A fork may call its branch as ours is called; it comes from another repository. */
static bool
is_wanted(const struct listing *l, const json_t *doc)
{
	struct str from = forge_text(json_object_get(doc, "head_repository"), "full_name");

	return l->w->branch.n == 0 || (str_ieq(from, l->job->build.project) &&
		str_eq(forge_text(doc, "head_branch"), l->w->branch));
}

/* All that was due came to its end; of a skipped run nothing was. */
static bool
is_end(struct str conclusion)
{
	return str_eqz(conclusion, "success") || str_eqz(conclusion, "failure") ||
		str_eqz(conclusion, "neutral") || str_eqz(conclusion, "skipped");
}

static struct run
read_run(struct runs *r, const json_t *doc)
{
	struct str status = forge_text(doc, "status"), end = forge_text(doc, "conclusion");
	bool over = str_eqz(status, "completed");

	return (struct run){
		.id = json_integer_value(json_object_get(doc, "id")),
		.workflow = json_integer_value(json_object_get(doc, "workflow_id")),
		.name = arena_dup(&r->mem, forge_text(doc, "name")),
		.state = arena_dup(&r->mem, over ? end : status),
		.is = !over ? RUN_GOING : is_end(end) ? RUN_ENDED : RUN_CUT,
	};
}

/* One workflow may run several times for a revision: on a push, and on a pull request. */
static void
add_run(struct runs *r, const struct run *run)
{
	for (size_t i = 0; i < r->list.n; i++) {
		struct run *old = &r->list.v[i];
		bool newer = run->id > old->id;

		if (old->workflow != run->workflow)
			continue;
		if (old->id != run->id)
			*vec_push(&r->notes) = arena_printf(&r->mem,
				"run %lld of %.*s is left out: %lld is newer",
				newer ? old->id : run->id, STR_FMT(run->name),
				newer ? run->id : old->id);
		if (newer)
			*old = *run;
		return;
	}
	*vec_push(&r->list) = *run;
}

static bool
take_runs(void *ctx, const json_t *doc)
{
	struct listing *l = ctx;
	const json_t *all = json_object_get(doc, "workflow_runs"), *v;
	struct run run;
	size_t i;

	json_array_foreach(all, i, v) {
		run = read_run(l->r, v);
		if (is_wanted(l, v))
			add_run(l->r, &run);
	}
	l->total = json_integer_value(json_object_get(doc, "total_count"));
	l->seen += (json_int_t)json_array_size(all);
	return json_is_array(all);
}

/* What changed while its pages were read is not known whole. */
static enum delivered
whole(struct listing *l, enum delivered how, const char *what)
{
	if (how != DELIVERED || l->seen >= l->total)
		return how;
	return delivery_say(l->job, FAILED, "%s: %lld are listed of %lld", what,
		(long long)l->seen, (long long)l->total);
}

/* The forge lists the newest first. */
static enum delivered
newest_revision(struct listing *l, struct str *sha)
{
	struct delivery_job *job = l->job;
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	enum delivered how = DELIVERED;
	const json_t *v;
	json_t *doc;
	size_t i;

	buf_addf(&url, "/repos/%.*s/actions/runs?per_page=100&branch=",
		STR_FMT(job->build.project));
	forge_query(&url, l->w->branch);
	doc = delivery_get(job, buf_str(&url), &a);
	if (doc == NULL)
		how = delivery_refused(job, &a, "the branch's runs");
	json_array_foreach(json_object_get(doc, "workflow_runs"), i, v)
		if (sha->n == 0 && is_wanted(l, v))
			*sha = arena_dup(&l->r->mem, forge_text(v, "head_sha"));
	json_decref(doc);
	buf_release(&url);
	http_answer_release(&a);
	return how;
}

static enum delivered
runs_of(struct listing *l, struct str sha)
{
	struct buf url = BUF_INIT;
	enum delivered how;

	buf_addf(&url, "/repos/%.*s/actions/runs?per_page=100&head_sha=",
		STR_FMT(l->job->build.project));
	forge_query(&url, sha);
	how = whole(l, delivery_pages(l->job, buf_str(&url), "the revision's runs", take_runs, l),
		"the revision's runs");
	buf_release(&url);
	return how;
}

static enum delivered
one_run(struct listing *l)
{
	struct delivery_job *job = l->job;
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	enum delivered how = DELIVERED;
	json_t *doc;

	buf_addf(&url, "/repos/%.*s/actions/runs/%.*s", STR_FMT(job->build.project),
		STR_FMT(l->w->run));
	doc = delivery_get(job, buf_str(&url), &a);
	if (doc)
		*vec_push(&l->r->list) = read_run(l->r, doc);
	else
		how = delivery_refused(job, &a, "the run");
	json_decref(doc);
	buf_release(&url);
	http_answer_release(&a);
	return how;
}

enum delivered
github_runs(struct delivery_job *job, const struct runs_wanted *w, struct runs *r)
{
	struct listing l = { .job = job, .r = r, .w = w };
	struct str sha = w->revision;
	enum delivered how;

	if (w->run.n)
		return one_run(&l);
	how = w->branch.n ? newest_revision(&l, &sha) : DELIVERED;
	return how == DELIVERED && sha.n ? runs_of(&l, sha) : how;
}

static bool
take_artifacts(void *ctx, const json_t *doc)
{
	struct listing *l = ctx;
	const json_t *all = json_object_get(doc, "artifacts"), *v;
	struct arena *mem = &l->r->mem;
	size_t i;

	json_array_foreach(all, i, v) {
		struct artifact a = { .name = arena_dup(mem, forge_text(v, "name")),
			.id = json_integer_value(json_object_get(v, "id")) };

		a.url = arena_printf(mem, "/repos/%.*s/actions/artifacts/%lld/zip",
			STR_FMT(l->job->build.project), a.id);
		if (json_is_true(json_object_get(v, "expired")))
			a.lost = arena_printf(mem, "it expired at %.*s",
				STR_FMT(forge_text(v, "expires_at")));
		runs_add(l->r, l->from, &a);
	}
	l->total = json_integer_value(json_object_get(doc, "total_count"));
	l->seen += (json_int_t)json_array_size(all);
	return json_is_array(all);
}

enum delivered
github_artifacts(struct delivery_job *job, const struct run *run, struct runs *r)
{
	struct listing l = { .job = job, .r = r, .from = r->artifacts.n };
	struct buf url = BUF_INIT;
	enum delivered how;

	buf_addf(&url, "/repos/%.*s/actions/runs/%lld/artifacts?per_page=100",
		STR_FMT(job->build.project), run->id);
	how = whole(&l, delivery_pages(job, buf_str(&url), "the run's artifacts", take_artifacts,
		&l), "the run's artifacts");
	buf_release(&url);
	return how;
}
