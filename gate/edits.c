/* edits.c -- see edits.h: the list of pending edits and its digest. */
#include "gate/edits.h"

void
edit_add(struct edits *e, struct str what, struct pos at, struct str content)
{
	struct edit *x = vec_push(&e->pending);

	x->what = arena_dup(&e->mem, what);
	x->content = arena_dup(&e->mem, content);
	if (at.file && at.line > 0)
		x->at = arena_printf(&e->mem, "%s:%ld", at.file, at.line);
	else if (at.file)
		x->at = arena_dup(&e->mem, str_of(at.file));
}

void
edit_unlisted(struct edits *e, struct str content)
{
	*vec_push(&e->unlisted) = arena_dup(&e->mem, content);
}

/* Not by place: lines above an edit may move without changing what it means. */
static int
by_meaning(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;
	int c = str_cmp(x->what, y->what);

	if (c == 0)
		c = str_cmp(x->content, y->content);
	return c ? c : str_cmp(x->at, y->at);
}

static int
by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void
add_text(struct sha256 *sha, struct str s)
{
	char length[32];

	/* Lengths first: no text can pass for the end of another. */
	snprintf(length, sizeof(length), "%zu:", s.n);
	sha256_add(sha, length, strlen(length));
	sha256_add(sha, s.p ? s.p : "", s.n);
}

void
edits_finish(struct edits *e, char hex[SHA256_HEX])
{
	struct sha256 *sha;

	hex[0] = '\0';
	if (e->pending.n == 0)
		return;
	vec_sort(&e->pending, by_meaning);
	sha = sha256_new();
	for (size_t i = 0; i < e->pending.n; i++) {
		add_text(sha, e->pending.v[i].what);
		add_text(sha, e->pending.v[i].content);
	}
	vec_sort(&e->unlisted, by_text);
	for (size_t i = 0; i < e->unlisted.n; i++)
		add_text(sha, e->unlisted.v[i]);
	sha256_end(sha, hex);
}

void
edits_mark_fresh(const struct edits *e, struct findings *mine)
{
	for (size_t i = 0; i < e->fresh.n; i++)
		if ((size_t)e->fresh.v[i] < mine->all.n)
			mine->all.v[e->fresh.v[i]]->fresh = true;
}

void
edits_release(struct edits *e)
{
	vec_release(&e->pending);
	vec_release(&e->unlisted);
	vec_release(&e->fresh);
	arena_release(&e->mem);
}
