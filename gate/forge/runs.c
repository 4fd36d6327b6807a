/* runs.c -- see runs.h: what both forges do alike. */
#include "gate/forge/runs.h"

enum delivered
runs_find(struct delivery_job *job, const struct runs_wanted *w, struct runs *r)
{
	return job->build.forge == FORGE_GITHUB ? github_runs(job, w, r) : gitlab_runs(job, w, r);
}

enum delivered
runs_artifacts(struct delivery_job *job, const struct run *run, struct runs *r)
{
	return job->build.forge == FORGE_GITHUB ? github_artifacts(job, run, r) :
		gitlab_artifacts(job, run, r);
}

/* A job that ran again leaves what its earlier attempts made. */
void
runs_add(struct runs *r, size_t from, const struct artifact *a)
{
	for (size_t i = from; i < r->artifacts.n; i++) {
		struct artifact *old = &r->artifacts.v[i];

		if (!str_eq(old->name, a->name))
			continue;
		*vec_push(&r->notes) = arena_printf(&r->mem,
			"'%.*s' is there more than once: %lld is the newest, and taken",
			STR_FMT(a->name), old->id > a->id ? old->id : a->id);
		if (a->id > old->id)
			*old = *a;
		return;
	}
	*vec_push(&r->artifacts) = *a;
}

void
runs_release(struct runs *r)
{
	vec_release(&r->list);
	vec_release(&r->artifacts);
	vec_release(&r->notes);
	arena_release(&r->mem);
}
