/* decision_diff_causes.c -- what two decisions were made from, held against each other. */
#include "gate/base/arena.h"
#include "gate/base/mem.h"
#include "gate/decision_diff_parts.h"
#include "gate/report/support/json_out.h"

#define DIGEST_SHOWN 10
#define MAX_JOINED 2000 /* inputs; each is held against each */

const char *
diff_text(const json_t *o, const char *name)
{
	const char *z = json_string_value(json_object_get(o, name));

	return z ? z : "";
}

static struct str
name_of(struct arena *mem, const json_t *e, const char *const names[])
{
	struct buf b = BUF_INIT;
	struct str s;

	for (size_t i = 0; names[i]; i++)
		buf_addf(&b, "%s%s", i ? "\n" : "", diff_text(e, names[i]));
	s = arena_dup(mem, buf_str(&b));
	buf_release(&b);
	return s;
}

static void
add_side(struct diff_pairs *p, const json_t *list, const char *const names[], bool first)
{
	struct map times = { 0 };
	const json_t *e;
	size_t i;

	json_array_foreach(list, i, e) {
		struct str name = name_of(&p->mem, e, names);
		void **count = map_at(&times, name), **at;
		struct diff_pair *pair;

		*count = (void *)((uintptr_t)*count + 1);
		if ((uintptr_t)*count > 1)
			name = arena_printf(&p->mem, "%.*s\n%zu", STR_FMT(name),
				(size_t)(uintptr_t)*count);
		at = map_at(&p->by_name, name);
		if (*at == NULL) {
			pair = vec_push(&p->pairs);
			pair->name = name;
			*at = (char *)(uintptr_t)p->pairs.n;
		}
		pair = &p->pairs.v[(uintptr_t)*at - 1];
		*(first ? &pair->a : &pair->b) = e;
	}
	map_release(&times);
}

static int
by_name(const void *x, const void *y)
{
	return str_cmp(((const struct diff_pair *)x)->name, ((const struct diff_pair *)y)->name);
}

void
diff_pair_up(struct diff_pairs *p, const json_t *a, const json_t *b, const char *const names[])
{
	*p = (struct diff_pairs){ 0 };
	add_side(p, a, names, true);
	add_side(p, b, names, false);
	vec_sort(&p->pairs, by_name);
}

void
diff_pairs_release(struct diff_pairs *p)
{
	map_release(&p->by_name);
	vec_release(&p->pairs);
	arena_release(&p->mem);
}

/* ---- causes ---- */

static void
add(json_t *list, const char *what, const char *name, const json_t *a, const json_t *b,
	const char *message)
{
	json_push(list, json_pack("{s:s, s:s, s:O?, s:O?, s:s}", "what", what, "name", name, "a", a,
		"b", b, "message", message));
	if (a == NULL)
		json_object_set_new(json_array_get(list, json_array_size(list) - 1), "a",
			json_null());
	if (b == NULL)
		json_object_set_new(json_array_get(list, json_array_size(list) - 1), "b",
			json_null());
}

static void
shorten(struct buf *out, const char *digest)
{
	buf_add(out, str_to(str_of(digest), DIGEST_SHOWN));
}

static void
add_differing_digest(json_t *list, const char *what, const char *name, const json_t *a,
	const json_t *b)
{
	struct buf m = BUF_INIT;

	if (a && b && (!diff_text(a, "sha256")[0] || !diff_text(b, "sha256")[0])) {
		buf_addf(&m, "only the %s could read it", diff_text(a, "sha256")[0] ? "first"
			: "second");
	} else if (a && b) {
		buf_addz(&m, "its content differs: ");
		shorten(&m, diff_text(a, "sha256"));
		buf_addz(&m, " -> ");
		shorten(&m, diff_text(b, "sha256"));
	}
	add(list, what, name, json_object_get(a, "sha256"), json_object_get(b, "sha256"),
		a == NULL ? "only the second has it" : b == NULL ? "only the first has it"
		: buf_z(&m));
	buf_release(&m);
}

static const char *
word_of(const json_t *complete)
{
	return json_is_true(complete) ? "complete" : "incomplete";
}

/* A report's bytes, then what was read from them: formats and problems may change alone. */
static void
add_input(json_t *list, const struct diff_pair *p)
{
	const json_t *a = p->a, *b = p->b, *e = a && (!b || diff_text(a, "path")[0]) ? a : b;
	struct buf name = BUF_INIT, m = BUF_INIT;

	buf_addf(&name, "%s%s%s", diff_text(e, "name"), diff_text(e, "leg")[0] ? "/" : "",
		diff_text(e, "leg"));
	if (diff_text(e, "path")[0])
		buf_addf(&name, " %s", diff_text(e, "path"));
	if (!a || !b || strcmp(diff_text(a, "sha256"), diff_text(b, "sha256")) != 0) {
		add_differing_digest(list, "input", buf_z(&name), a, b);
	} else if (!json_equal(json_object_get(a, "complete"), json_object_get(b, "complete"))) {
		buf_addf(&m, "it was %s, and is %s", word_of(json_object_get(a, "complete")),
			word_of(json_object_get(b, "complete")));
		add(list, "input", buf_z(&name), json_object_get(a, "complete"),
			json_object_get(b, "complete"), buf_z(&m));
	} else if (!json_equal(a, b)) {
		add(list, "input", buf_z(&name), json_object_get(a, "problems"),
			json_object_get(b, "problems"), "it was read in another way");
	}
	buf_release(&name);
	buf_release(&m);
}

static bool
same_producer(const json_t *a, const json_t *b)
{
	return strcmp(diff_text(a, "name"), diff_text(b, "name")) == 0 &&
	       strcmp(diff_text(a, "leg"), diff_text(b, "leg")) == 0;
}

/* A report that only went to another path is one input, not two. */
static void
join_moved(struct diff_pairs *p)
{
	if (p->pairs.n > MAX_JOINED)
		return;
	for (size_t i = 0; i < p->pairs.n; i++) {
		struct diff_pair *v = &p->pairs.v[i], *other = NULL;
		size_t here = 0, there = 0;

		for (size_t k = 0; v->a && !v->b && k < p->pairs.n; k++) {
			struct diff_pair *w = &p->pairs.v[k];

			here += w->a && !w->b && same_producer(v->a, w->a);
			if (!w->a && w->b && same_producer(v->a, w->b)) {
				there++;
				other = w;
			}
		}
		if (here != 1 || there != 1)
			continue;
		v->b = other->b;
		other->b = NULL;
	}
}

static void
add_inputs(json_t *list, const json_t *a, const json_t *b)
{
	static const char *const names[] = { "name", "leg", "path", NULL };
	struct diff_pairs p;

	diff_pair_up(&p, json_object_get(a, "inputs"), json_object_get(b, "inputs"), names);
	join_moved(&p);
	for (size_t i = 0; i < p.pairs.n; i++)
		if (p.pairs.v[i].a || p.pairs.v[i].b)
			add_input(list, &p.pairs.v[i]);
	diff_pairs_release(&p);
}

static void
add_registers(json_t *list, const json_t *a, const json_t *b)
{
	static const char *const names[] = { "path", NULL };
	struct diff_pairs p;

	diff_pair_up(&p, json_object_get(a, "registers"), json_object_get(b, "registers"), names);
	for (size_t i = 0; i < p.pairs.n; i++) {
		const struct diff_pair *v = &p.pairs.v[i];

		if (!v->a || !v->b ||
		    strcmp(diff_text(v->a, "sha256"), diff_text(v->b, "sha256")) != 0)
			add_differing_digest(list, "register",
				diff_text(v->a ? v->a : v->b, "path"), v->a, v->b);
	}
	diff_pairs_release(&p);
}

static void
show(struct buf *out, const json_t *v)
{
	char *text;

	if (json_is_string(v)) {
		buf_addz(out, json_string_value(v));
	} else if (v == NULL || json_is_null(v)) {
		buf_addz(out, "none");
	} else {
		text = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);
		buf_addz(out, text ? text : "?");
		free(text);
	}
}

/* One member of the environment: "2026-11-20T12:00:00Z -> 2026-12-20T12:00:00Z". */
static void
add_member(json_t *list, const char *what, const json_t *a, const json_t *b)
{
	struct buf m = BUF_INIT;

	if (json_equal(a, b) || ((a == NULL || json_is_null(a)) && (b == NULL || json_is_null(b))))
		return;
	show(&m, a);
	buf_addz(&m, " -> ");
	show(&m, b);
	add(list, what, what, a, b, buf_z(&m));
	buf_release(&m);
}

static void
add_policy(json_t *list, const json_t *a, const json_t *b)
{
	const json_t *x = json_object_get(a, "policy_sha256"), *y = json_object_get(b,
		"policy_sha256");
	struct buf m = BUF_INIT;

	if (!json_equal(x, y)) {
		buf_addz(&m, "it differs, or what it extends: ");
		shorten(&m, json_string_value(x));
		buf_addz(&m, " -> ");
		shorten(&m, json_string_value(y));
		add(list, "policy", "policy", x, y, buf_z(&m));
	} else {
		add_member(list, "policy", json_object_get(a, "policy"),
			json_object_get(b, "policy"));
	}
	buf_release(&m);
}

static void
add_baseline(json_t *list, const json_t *a, const json_t *b)
{
	const json_t *x = json_object_get(a, "baseline"), *y = json_object_get(b, "baseline");
	struct buf m = BUF_INIT;

	if (json_equal(x, y))
		return;
	if (json_is_object(x) && json_is_object(y)) {
		buf_addz(&m, "another one: ");
		shorten(&m, diff_text(x, diff_text(x, "revision")[0] ? "revision" : "sha256"));
		buf_addz(&m, " -> ");
		shorten(&m, diff_text(y, diff_text(y, "revision")[0] ? "revision" : "sha256"));
	} else {
		buf_addf(&m, "only the %s has one", json_is_object(x) ? "first" : "second");
	}
	add(list, "baseline", "baseline", x, y, buf_z(&m));
	buf_release(&m);
}

json_t *
diff_causes(const json_t *a, const json_t *b)
{
	const json_t *x = json_object_get(a, "environment"), *y = json_object_get(b, "environment");
	json_t *list = json_array();

	add_inputs(list, a, b);
	add_registers(list, x, y);
	add_policy(list, x, y);
	add_baseline(list, x, y);
	add_member(list, "now", json_object_get(x, "now"), json_object_get(y, "now"));
	add_member(list, "runner exits", json_object_get(x, "runner_exits"),
		json_object_get(y, "runner_exits"));
	add_member(list, "build", json_object_get(x, "build"), json_object_get(y, "build"));
	add_member(list, "scope", json_object_get(a, "scope"), json_object_get(b, "scope"));
	add_member(list, "gate", json_object_get(x, "version"), json_object_get(y, "version"));
	return list;
}
