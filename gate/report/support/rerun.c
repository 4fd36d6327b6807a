/* rerun.c -- see rerun.h: tests of one runner share a command line. */
#include "gate/report/support/rerun.h"

#include "gate/report/support/escape.h"

#define COMMAND_BYTES 800u /* of names on one command line */

static bool
same_command(const struct rerun *r, const struct rerun_test *t)
{
	return r->first.manner == t->manner && str_eq(r->first.head, t->head) &&
		r->bytes + t->name.n + t->file.n < COMMAND_BYTES;
}

static void
add_once(struct str_list *l, struct str s)
{
	if (s.n && !str_list_has(l, s))
		*vec_push(l) = s;
}

void
reruns_add(struct reruns *r, const struct test *t)
{
	struct rerun_test one;
	struct rerun *to;
	struct str key;
	void **at;

	if (!rerun_take_apart(t, &r->mem, &one))
		return;
	key = arena_printf(&r->mem, "%.*s\n%.*s\n%.*s", STR_FMT(one.head), STR_FMT(one.file),
		STR_FMT(one.name));
	at = map_at(&r->seen, key);
	if (*at)
		return; /* the same in another leg */
	*at = r;
	at = map_at(&r->last, one.head);
	if (*at && same_command(&r->v.v[*(size_t *)*at], &one)) {
		to = &r->v.v[*(size_t *)*at];
	} else {
		*at = arena_new(&r->mem, size_t);
		*(size_t *)*at = r->v.n;
		to = vec_push(&r->v);
		*to = (struct rerun){ .first = one };
	}
	add_once(&to->files, one.file);
	*vec_push(&to->names) = one.name;
	to->bytes += one.name.n + one.file.n + 4;
}

void
reruns_of_view(struct reruns *r, const struct view *v)
{
	for (size_t i = 0; i < v->blocking.n; i++)
		for (size_t k = 0; k < v->blocking.v[i].rows.n; k++)
			if (v->blocking.v[i].rows.v[k].test)
				reruns_add(r, v->blocking.v[i].rows.v[k].test);
}

static void
join(const struct rerun *r, struct buf *out)
{
	const struct rerun_manner *m = r->first.manner;
	bool several = r->names.n > 1;

	buf_addz(out, m->open);
	buf_addz(out, several && m->group ? "(" : "");
	for (size_t i = 0; i < r->names.n; i++) {
		struct str name = r->names.v[i], rest;

		if (several && m->whole && str_cut(&name, "$/", &rest) && i &&
		    str_eq(name, str_to(r->names.v[i - 1], name.n)))
			continue; /* its parent runs it, and stands there already */
		buf_addz(out, i ? m->sep : "");
		buf_add(out, name);
	}
	buf_addz(out, several && m->group ? ")" : "");
	buf_addz(out, m->close);
}

void
rerun_command(const struct rerun *r, struct buf *out)
{
	const struct rerun_manner *m = r->first.manner;
	struct buf joined = BUF_INIT;

	buf_add(out, r->first.head);
	for (size_t i = 0; i < r->files.n; i++) {
		buf_addc(out, ' ');
		escape_shell(out, r->files.v[i]);
	}
	for (size_t i = 0; m->words && i < r->names.n; i++) {
		buf_addz(out, m->flag ? m->flag : " ");
		escape_shell(out, r->names.v[i]);
	}
	if (!m->words) {
		join(r, &joined);
		buf_addz(out, m->flag);
		escape_shell(out, buf_str(&joined));
	}
	buf_release(&joined);
}

bool
view_rerun(const struct test *t, struct buf *out)
{
	struct arena mem = { 0 };
	struct rerun r = { 0 };
	bool known = rerun_take_apart(t, &mem, &r.first);

	if (known) {
		add_once(&r.files, r.first.file);
		add_once(&r.names, r.first.name);
		rerun_command(&r, out);
	}
	vec_release(&r.files);
	vec_release(&r.names);
	arena_release(&mem);
	return known;
}

void
reruns_release(struct reruns *r)
{
	for (size_t i = 0; i < r->v.n; i++) {
		vec_release(&r->v.v[i].files);
		vec_release(&r->v.v[i].names);
	}
	vec_release(&r->v);
	map_release(&r->seen);
	map_release(&r->last);
	arena_release(&r->mem);
}
