/*
 * due.c -- see due.h. Patterns are relative to the policy that writes them, the change's files to
 * the repository's root; a file that moved is touched at both of its paths.
 */
#include "gate/due.h"

#include "gate/base/glob.h"
#include "gate/git_files.h"
#include "gate/input/discover.h"

static bool
touches(const struct change_file *f, struct str pattern)
{
	return (f->path.n == 0 && f->old_path.n == 0) ||
		(f->path.n && glob_match(pattern, f->path)) ||
		(f->old_path.n && glob_match(pattern, f->old_path));
}

static bool
is_due(struct run *run, const struct producer_spec *spec, const struct change *change,
	const struct git *git)
{
	for (size_t i = 0; i < spec->when_changed.n; i++) {
		struct str pattern;

		if (!git_path(git, &run->mem, path_join(&run->mem, spec->base,
			spec->when_changed.v[i]), &pattern))
			return true;
		for (size_t k = 0; k < change->files.n; k++)
			if (touches(&change->files.v[k], pattern))
				return true;
	}
	return spec->when_changed.n == 0;
}

void
due_decide(struct run *run, const struct change *change, const struct git *git)
{
	for (size_t i = 0; change && git && i < run->producers.n; i++) {
		struct producer *p = &run->producers.v[i];

		p->not_due = !is_due(run, p->spec, change, git);
	}
}
