/* folders.c -- see folders.h. */
#include "gate/folders.h"

#include "gate/git.h"

/* No link can be right: the policy is not of this repository. */
#define OUTSIDE STR("/")

/* The folder `base` ("../..", "../ci") as seen from `folder` of the repository. */
static struct str
climb(struct arena *mem, struct str folder, struct str base)
{
	while (str_starts(base, "..")) {
		size_t slash = str_rchr(folder, '/');

		if (folder.n == 0 || (base.n > 2 && base.p[2] != '/'))
			return OUTSIDE;
		folder = slash == STR_NPOS ? STR_NONE : str_to(folder, slash);
		base = str_from(base, base.n > 2 ? 3 : 2);
	}
	if (folder.n == 0 || base.n == 0)
		return arena_dup(mem, folder.n ? folder : base);
	return arena_printf(mem, "%.*s/%.*s", STR_FMT(folder), STR_FMT(base));
}

/* What the policy's places, as decision_shown spells them, are relative to. */
static struct str
policy_folder(struct decision *d, const struct git *g)
{
	struct str base = d->policy_base, top;

	if (str_starts(base, ".."))
		return climb(&d->mem, g->prefix, base);
	if (base.n == 0 || base.p[0] != '/')
		return arena_dup(&d->mem, g->prefix);
	top = git_top(g);
	if (str_eq(base, top))
		return STR_NONE;
	if (base.n > top.n && base.p[top.n] == '/' && str_eq(str_to(base, top.n), top))
		return arena_dup(&d->mem, str_from(base, top.n + 1));
	return OUTSIDE;
}

void
folders_here(struct decision *d)
{
	struct git g = { 0 };
	struct err err = { 0 };

	if (d->build.forge == FORGE_NONE)
		return;
	if (git_open(&g, &err) == 0) {
		d->build.folder = arena_dup(&d->mem, g.prefix);
		d->policy_folder = policy_folder(d, &g);
	}
	git_release(&g);
}
