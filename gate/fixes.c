/* fixes.c -- see fixes.h. */
#include "gate/fixes.h"

#include "gate/git.h"

static enum fix
locate(const struct git *g, struct str fix)
{
	struct buf rev = BUF_INIT, out = BUF_INIT;
	struct err err = { 0 };
	char commit[GIT_HEX];
	const char *const args[] = { "merge-base", "--is-ancestor", commit, "HEAD", NULL };
	int status = -1;

	buf_add(&rev, fix);
	if (git_commit(g, buf_z(&rev), commit))
		status = git_run(g, NULL, args, 4096, &out, NULL, &err);
	buf_release(&rev);
	buf_release(&out);
	if (status == 0)
		return FIX_CONTAINED;
	/* Where the history is cut, "no ancestor" only means that it is not seen. */
	return status == 1 && !g->shallow ? FIX_LACKING : FIX_UNKNOWN;
}

void
fixes_locate(struct findings *fs)
{
	struct git g = { 0 };
	struct err err = { 0 };
	enum { UNOPENED, OPEN, NONE } repository = UNOPENED;

	for (size_t i = 0; i < fs->all.n && repository != NONE; i++) {
		struct entry *e = fs->all.v[i]->entry;

		if (e == NULL || e->fixed_in.n == 0)
			continue;
		if (repository == UNOPENED)
			repository = git_open(&g, &err) == 0 ? OPEN : NONE;
		if (repository == OPEN)
			e->fix = locate(&g, e->fixed_in);
	}
	git_release(&g);
}
