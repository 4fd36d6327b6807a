/* facts_here.c -- see facts_here.h. */
#include "gate/facts_here.h"

#define MAX_NAMES_BYTES (64u << 20)

struct str
facts_from_here(const struct git *g, struct str path)
{
	size_t n = g->prefix.n;

	if (n == 0 || path.n <= n + 1 || !str_eq(str_to(path, n), g->prefix) || path.p[n] != '/')
		return STR_NONE;
	return str_from(path, n + 1);
}

static void
add_move(struct facts *f, const struct git *g, struct str from, struct str to)
{
	struct fact_move *m = vec_push(&f->moves);
	struct str x = facts_from_here(g, from), y = facts_from_here(g, to);

	m->from = arena_dup(&f->mem, from);
	m->to = arena_dup(&f->mem, to);
	if (x.n == 0 || y.n == 0)
		return;
	m = vec_push(&f->moves);
	m->from = arena_dup(&f->mem, x);
	m->to = arena_dup(&f->mem, y);
}

static bool
next_field(struct str *rest, struct str *field)
{
	size_t n = str_chr(*rest, '\0');

	if (n == STR_NPOS)
		return false;
	*field = str_to(*rest, n);
	*rest = str_from(*rest, n + 1);
	return true;
}

/*
 * The files renamed since the baseline's revision. The index is asked, not HEAD: what is
 * staged at a desk was renamed too, and in CI they are the same.
 */
static void
read_moves(struct facts *f, const struct git *g, const char *revision)
{
	const char *const args[] = { "diff-index", "--cached", "-M", "-l3000", "--diff-filter=R",
		"--name-status", "-z", "--ignore-submodules=all", revision, NULL };
	struct buf out = BUF_INIT;
	struct err err = { 0 };
	struct str rest, status, from, to;

	f->has_moves = git_run(g, NULL, args, MAX_NAMES_BYTES, &out, NULL, &err) == 0;
	rest = f->has_moves ? buf_str(&out) : STR_NONE;
	while (next_field(&rest, &status) && next_field(&rest, &from) && next_field(&rest, &to))
		add_move(f, g, from, to);
	buf_release(&out);
}

/* Without the baseline's revision: what the change itself renames. */
static void
moves_of_change(struct facts *f, const struct git *g, const struct change *c)
{
	for (size_t i = 0; i < c->files.n; i++) {
		const struct change_file *file = &c->files.v[i];

		if (file->old_path.n && file->path.n && !str_eq(file->old_path, file->path))
			add_move(f, g, file->old_path, file->path);
	}
}

static bool
is_hex_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_hex(s.p[i]))
			return false;
	return s.n >= 7 && s.n < GIT_HEX;
}

bool
facts_revision(const struct git *g, const struct baseline *b, char hex[GIT_HEX])
{
	struct buf rev = BUF_INIT;
	bool yes;

	buf_add(&rev, b->snapshot.revision);
	yes = is_hex_id(b->snapshot.revision) && git_commit(g, buf_z(&rev), hex);
	buf_release(&rev);
	return yes;
}

void
facts_here(struct facts *f, const struct trusted *t, const struct baseline *b)
{
	struct git own = { 0 };
	const struct git *g = &t->git;
	char revision[GIT_HEX];
	struct err err = { 0 };

	if (b->state != BASELINE_THERE)
		return;
	if (g->top == NULL) {
		g = &own;
		if (git_open(&own, &err) != 0 || own.top == NULL)
			goto out;
	}
	if (facts_revision(g, b, revision))
		read_moves(f, g, revision);
	if (!f->has_moves)
		moves_of_change(f, g, &t->change);
	facts_sort(f);
out:
	git_release(&own);
}
