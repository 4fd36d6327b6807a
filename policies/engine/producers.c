/* producers.c -- `reports`: who must deliver what. */
#include <stdlib.h>

#include "gate/base/limits.h"
#include "gate/base/map.h"
#include "policies/engine/read.h"

static void
read_paths(struct reader *r, const struct node *n, void *into)
{
	struct producer_spec *s = into;

	each_item(r, n, read_path_item, &s->paths);
}

static void
read_format(struct reader *r, const struct node *n, void *into)
{
	struct producer_spec *s = into;

	if (!want_text(r, n, &s->format))
		return;
	s->format_at = n->at;
	if (str_eqz(s->format, "auto"))
		s->format = STR_NONE;
}

static void
read_min_tests(struct reader *r, const struct node *n, void *into)
{
	struct producer_spec *s = into;

	s->min_tests_set = want_long(r, n, 0, MAX_CASES, &s->min_tests);
}

static void
read_legs(struct reader *r, const struct node *n, void *into)
{
	struct producer_spec *s = into;

	struct map seen = { 0 };

	each_item(r, n, read_text_item, &s->legs);
	for (size_t i = 0; i < s->legs.n; i++) {
		void **at = map_at(&seen, s->legs.v[i]);

		if (*at)
			complain(r, n->at, "the leg '%.*s' is listed twice",
				STR_FMT(s->legs.v[i]));
		*at = s;
	}
	map_release(&seen);
}

static void
read_expect_files(struct reader *r, const struct node *n, void *into)
{
	want_long(r, n, 1, MAX_FILES, &((struct producer_spec *)into)->expect_files);
}

static void
read_exit_file(struct reader *r, const struct node *n, void *into)
{
	want_path(r, n, &((struct producer_spec *)into)->exit_file);
}

static void
read_when_changed(struct reader *r, const struct node *n, void *into)
{
	each_item(r, n, read_glob_item, &((struct producer_spec *)into)->when_changed);
}

static void
read_root(struct reader *r, const struct node *n, void *into)
{
	want_text(r, n, &((struct producer_spec *)into)->root);
}

static void
read_finding(struct reader *r, const struct node *n, void *into)
{
	struct producer_spec *s = into;

	if (want_text(r, n, &s->finding))
		s->finding_at = n->at;
}

static void
read_empty(struct reader *r, const struct node *n, void *into)
{
	static const char *const words[] = { "clean", NULL };

	((struct producer_spec *)into)->empty_clean = want_word(r, n, words) == 0;
}

static void
read_optional(struct reader *r, const struct node *n, void *into)
{
	want_bool(r, n, &((struct producer_spec *)into)->optional);
}

/* In the list form; the map's key by now. */
static void
read_name(struct reader *r, const struct node *n, void *into)
{
	struct producer_spec *s = into;
	struct str name;

	if (want_text(r, n, &name) && !str_eq(name, s->name))
		complain(r, n->at, "the report '%.*s' has another `name`: '%.*s'", STR_FMT(s->name),
			STR_FMT(name));
}

static const struct key keys[] = {
	{ "name", read_name },
	{ "path", read_paths },
	{ "format", read_format },
	{ "min-tests", read_min_tests },
	{ "legs", read_legs },
	{ "expect-files", read_expect_files },
	{ "exit-file", read_exit_file },
	{ "when-changed", read_when_changed },
	{ "root", read_root },
	{ "finding", read_finding },
	{ "empty", read_empty },
	{ "optional", read_optional },
	{ NULL, NULL },
};

/* Names stand on command lines: NAME/LEG=PATH. */
static void
check_name(struct reader *r, const struct node *n)
{
	if (str_trim(n->key).n == 0)
		complain(r, n->key_at, "a report needs a name");
	if (str_chr(n->key, '/') != STR_NPOS || str_chr(n->key, '=') != STR_NPOS)
		complain(r, n->key_at, "the name of a report can't hold '/' or '=': '%.*s'",
			STR_FMT(n->key));
	if (str_eqz(n->key, "cli"))
		diag_hint(r->d, complain(r, n->key_at, "'cli' is the name of the reports that the "
			"command line lists"), "choose another name");
}

static int
by_name(const void *a, const void *b)
{
	const struct producer_spec *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

void
read_reports(struct reader *r, const struct node *n, void *into)
{
	struct policy *p = into;

	if (n->kind == NODE_NULL)
		return; /* every line below it is a comment */
	if (!want_kind(r, n, NODE_MAP))
		return;
	for (const struct node *c = n->first; c; c = c->next) {
		struct producer_spec *s = vec_push(&p->producers);

		s->name = c->key;
		s->base = p->base;
		s->min_tests = 1;
		s->at = c->key_at;
		check_name(r, c);
		read_map(r, c, keys, s);
		if (c->kind == NODE_MAP && node_get(c, "path") == NULL && !r->partial)
			diag_hint(r->d, complain(r, c->key_at, "the report '%.*s' has no `path`",
				STR_FMT(c->key)), "%.*s: {path: build/**/*.xml}", STR_FMT(c->key));
	}
	if (p->producers.n > 1)
		qsort(p->producers.v, p->producers.n, sizeof(*p->producers.v), by_name);
}
