/* versions.c -- see versions.h. */
#include "gate/model/versions.h"

#include "gate/base/utf8.h"

#define MAX_SHOWN 5 /* versions of one tool */

static bool
starts_version(struct str s, size_t at)
{
	if (at && (is_alnum(s.p[at - 1]) || s.p[at - 1] == '.'))
		return false;
	at += s.p[at] == 'v' || s.p[at] == 'V';
	return at < s.n && is_digit(s.p[at]);
}

struct str
version_in(struct str text)
{
	text = str_trim(text);
	for (size_t i = 0; i < text.n; i++)
		if (starts_version(text, i)) {
			size_t n = 0;

			text = str_from(text, i);
			while (n < text.n && !is_space(text.p[n]) && text.p[n] != ',' &&
			       text.p[n] != ')')
				n++;
			return str_to(text, n);
		}
	return text;
}

void
versions_of(struct report *const *reports, size_t n, struct versions *out)
{
	for (size_t i = 0; i < n; i++) {
		const struct report *r = reports[i];

		if (r->tool_version.n)
			*vec_push(out) = (struct tool_version){ r->tool.n ? r->tool : r->format,
				r->tool_version };
	}
}

static int
by_name_and_version(const void *x, const void *y)
{
	const struct tool_version *a = x, *b = y;
	int c = str_cmp(a->name, b->name);

	return c ? c : str_cmp(a->version, b->version);
}

void
versions_sort(struct versions *t)
{
	size_t n = 0;

	vec_sort(t, by_name_and_version);
	for (size_t i = 0; i < t->n; i++)
		if (n == 0 || by_name_and_version(&t->v[n - 1], &t->v[i]) != 0)
			t->v[n++] = t->v[i];
	t->n = n;
}

/* How many from `at` on are versions of one tool. */
static size_t
versions_of_one(const struct versions *t, size_t at)
{
	size_t n = 1;

	while (at + n < t->n && str_eq(t->v[at + n].name, t->v[at].name))
		n++;
	return n;
}

static void
put_versions(const struct tool_version *v, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n && i < MAX_SHOWN; i++) {
		if (i)
			buf_addz(out, ", ");
		utf8_plain(out, v[i].version);
	}
	if (n > MAX_SHOWN)
		buf_addf(out, " and %zu more", n - MAX_SHOWN);
}

static void
put_one(const struct tool_version *v, size_t n, struct buf *out)
{
	utf8_plain(out, v->name);
	buf_addc(out, ' ');
	put_versions(v, n, out);
}

void
versions_text(const struct versions *t, struct buf *out)
{
	for (size_t i = 0, n; i < t->n; i += n) {
		n = versions_of_one(t, i);
		if (i)
			buf_addz(out, ", ");
		put_one(t->v + i, n, out);
	}
}

static bool
same_versions(const struct tool_version *a, size_t na, const struct tool_version *b, size_t nb)
{
	if (na != nb)
		return false;
	for (size_t i = 0; i < na; i++)
		if (!str_eq(a[i].version, b[i].version))
			return false;
	return true;
}

void
versions_changed(struct versions *now, struct versions *then, struct str where, struct buf *out)
{
	size_t at = 0;

	versions_sort(now);
	versions_sort(then);
	for (size_t i = 0, n; i < now->n; i += n) {
		size_t was;

		n = versions_of_one(now, i);
		while (at < then->n && str_cmp(then->v[at].name, now->v[i].name) < 0)
			at++;
		if (at == then->n || !str_eq(then->v[at].name, now->v[i].name))
			continue;
		was = versions_of_one(then, at);
		if (same_versions(now->v + i, n, then->v + at, was))
			continue;
		utf8_plain(out, where);
		buf_addz(out, where.n ? ": " : "");
		put_one(now->v + i, n, out);
		buf_addz(out, ", was ");
		put_versions(then->v + at, was, out);
		buf_addc(out, '\n');
	}
}
