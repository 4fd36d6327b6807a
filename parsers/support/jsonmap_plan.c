/* jsonmap_plan.c -- see jsonmap_plan.h. */
#include "parsers/support/jsonmap_plan.h"

static const char *
keep(struct jsonmap_run *run, struct str s)
{
	char *z = xmalloc(s.n + 1);

	memcpy(z, s.n ? s.p : "", s.n);
	z[s.n] = '\0';
	*vec_push(&run->texts) = z;
	return z;
}

/* Where the level that starts at the front of `path` ends: behind a `[]` or `*`. */
static size_t
level_end(struct str path, bool *many)
{
	*many = true;
	for (size_t i = 0; i < path.n; i++) {
		if (path.p[i] == '\\')
			i++;
		else if (path.p[i] == '[')
			return i + 2 <= path.n ? i + 2 : path.n;
		else if (path.p[i] == '*' && (i == 0 || path.p[i - 1] == '.') &&
			(i + 1 == path.n || path.p[i + 1] == '.' || path.p[i + 1] == '['))
			return i + 1;
	}
	*many = false;
	return path.n;
}

static int
cut_levels(struct jsonmap_place *p, const char **why)
{
	struct str rest = p->each;

	p->nlevels = 1; /* the document */
	while (rest.n) {
		struct jsonmap_level *l = &p->level[p->nlevels];
		size_t end = level_end(rest, &l->many);

		if (l->many && !str_ends(str_to(rest, end), "[]") && rest.p[end - 1] != '*') {
			*why = "records stand in `[]` or `*`";
			return -1;
		}
		if (p->nlevels == JSONMAP_LEVELS) {
			*why = "too many levels";
			return -1;
		}
		l->step = l->inside = str_to(rest, end);
		if (l->many)
			l->inside.n -= l->step.p[end - 1] == '*' ? 1 : 2;
		if (str_ends(l->inside, "."))
			l->inside.n--;
		str_skip(&l->inside, ".");
		rest = str_from(rest, end);
		p->nlevels++;
	}
	return 0;
}

/* The field of the hold's set for a path; the same path is taken once. */
static size_t
slot_of(struct jsonmap_run *run, struct jsonmap_hold *h, struct str path)
{
	for (size_t i = 0; i < h->paths.n; i++)
		if (str_eqz(path, h->paths.v[i]))
			return i;
	*vec_push(&h->paths) = keep(run, path);
	return h->paths.n - 1;
}

/* Which level holds: the outermost that a field asks for. */
static int
find_held(struct jsonmap_place *p, const char **why)
{
	size_t record = p->nlevels - 1;

	p->held = record;
	for (size_t i = 0; i < p->map.nrefs; i++) {
		unsigned up = p->map.ref[i].up;

		if (up > record) {
			*why = "more `^` than levels around the record";
			return -1;
		}
		if (p->map.ref[i].key && !p->level[record - up].many) {
			*why = "`@` where there is no key";
			return -1;
		}
		if (record - up < p->held)
			p->held = record - up;
	}
	return 0;
}

static struct str
path_to(const struct jsonmap_place *p, size_t level)
{
	const struct jsonmap_level *l = &p->level[level];

	return level == 0 ? STR("") : str_to(p->each, (size_t)(l->step.p + l->step.n - p->each.p));
}

static bool
inside_of(struct str path, struct str outer)
{
	if (path.n < outer.n || memcmp(path.p, outer.n ? outer.p : "", outer.n) != 0)
		return false;
	return path.n == outer.n || outer.n == 0 || path.p[outer.n] == '.' ||
		path.p[outer.n] == '[';
}

/* A place inside of what another one holds is held there too. */
static bool
join_holds(struct jsonmap_run *run)
{
	bool moved = false;

	for (size_t i = 0; i < run->places.n; i++) {
		struct jsonmap_place *p = run->places.v[i];

		for (size_t k = 0; k < run->places.n; k++) {
			struct jsonmap_place *q = run->places.v[k];
			struct str outer = path_to(q, q->held);

			for (size_t level = 0; level < p->held; level++) {
				if (str_eq(path_to(p, level), outer)) {
					p->held = level;
					moved = true;
				}
			}
		}
	}
	return moved;
}

static struct jsonmap_hold *
hold_of(struct jsonmap_run *run, struct str path)
{
	struct jsonmap_hold *h;

	for (size_t i = 0; i < run->holds.n; i++)
		if (str_eq(run->holds.v[i]->path, path))
			return run->holds.v[i];
	h = xcalloc(1, sizeof(*h));
	h->run = run;
	h->path = path;
	*vec_push(&run->holds) = h;
	return h;
}

/* The paths of one level that is not held by json.c itself. */
static int
compile_level(struct jsonmap_run *run, struct jsonmap_place *p, size_t at, const char **why)
{
	struct jsonmap_level *l = &p->level[at];
	VEC(const char *) paths = { 0 };
	size_t record = p->nlevels - 1;

	for (size_t i = 0; i < p->map.nrefs; i++) {
		const struct map_ref *r = &p->map.ref[i];

		if (record - r->up != at || r->key)
			continue;
		*vec_push(&l->refs) = (int)i;
		*vec_push(&l->slots) = at == p->held ? slot_of(run, p->hold, r->path) : paths.n;
		if (at != p->held)
			*vec_push(&paths) = keep(run, r->path);
	}
	if (at < record) {
		l->next_slot = at == p->held ? slot_of(run, p->hold, p->level[at + 1].inside)
					     : paths.n;
		if (at != p->held)
			*vec_push(&paths) = keep(run, p->level[at + 1].inside);
	}
	if (at != p->held) {
		*vec_push(&paths) = NULL;
		l->take = js_paths_new(paths.v, why);
	}
	vec_release(&paths);
	return at == p->held || l->take ? 0 : -1;
}

static int
add_place(struct jsonmap_run *run, const struct map_fields *f, struct str each, const char **why,
	const char **field)
{
	struct jsonmap_place *p = xcalloc(1, sizeof(*p));

	*vec_push(&run->places) = p;
	p->each = str_of(keep(run, each));
	if (mapping_init(&p->map, f, why, field) < 0)
		return -1;
	p->map.watch = run->map->missed != NULL;
	*field = "each";
	if (cut_levels(p, why) < 0)
		return -1;
	*field = "";
	return find_held(p, why);
}

static int
add_places(struct jsonmap_run *run, const struct jsonmap *map, const char **why,
	const char **field, size_t *entry)
{
	for (*entry = 0; *entry < map->n; ++*entry) {
		struct str each = str_of(map->records[*entry].each), rest;

		do {
			rest = STR_NONE;
			str_cut(&each, "|", &rest);
			if (add_place(run, &map->records[*entry], each, why, field) < 0)
				return -1;
			each = rest;
		} while (each.n);
	}
	return 0;
}

bool
jsonmap_is_record(const struct jsonmap_place *p)
{
	return p->map.f->kind == MAP_ISSUE || p->map.f->kind == MAP_TEST;
}

bool
jsonmap_is_vital(const struct jsonmap_place *p)
{
	return jsonmap_is_record(p) || p->map.f->kind == MAP_FAILED;
}

static int
on_hold(void *ctx, struct json *j, const struct json_value *v)
{
	struct jsonmap_run *run = ctx;

	for (size_t i = 0; i < run->holds.n; i++) {
		struct jsonmap_hold *h = run->holds.v[i];

		if (h->take == NULL || v->field != h->take->field)
			continue;
		for (size_t k = 0; k < h->places.n; k++) {
			/* A hook may have used the same set: the value is the truth. */
			if (jsonmap_send(h->places.v[k], j, v) < 0)
				return -1;
		}
	}
	return 0;
}

static int
on_ran(void *ctx, struct json *j)
{
	if (js_first(j) != 'n')
		((struct jsonmap_run *)ctx)->ran = true;
	return 0;
}

static int
on_list(void *ctx, struct json *j)
{
	if (js_first(j) == '[')
		((struct jsonmap_run *)ctx)->there = true;
	return 0;
}

static int
on_map(void *ctx, struct json *j)
{
	if (js_first(j) == '{')
		((struct jsonmap_run *)ctx)->there = true;
	return 0;
}

/* Says that the container at `path` is there, unless it is inside of a held value. */
static void
want_there(struct jsonmap_run *run, struct str path, int (*there)(void *, struct json *))
{
	for (size_t i = 0; i < run->holds.n; i++)
		if (inside_of(path, run->holds.v[i]->path))
			return;
	for (size_t i = 0; i < run->wants.n; i++)
		if (str_eqz(path, run->wants.v[i].path))
			return;
	*vec_push(&run->wants) = (struct json_want){
		.path = keep(run, path), .open = there, .optional = true
	};
}

/* Results, or what the tool could not do: nothing that may be lost. */
static bool
holds_results(const struct jsonmap_hold *h)
{
	for (size_t i = 0; i < h->places.n; i++)
		if (jsonmap_is_vital(h->places.v[i]))
			return true;
	return false;
}

static void
want_all(struct jsonmap_run *run)
{
	struct str ran = str_of(run->map->ran), rest;

	for (size_t i = 0; i < run->holds.n; i++) {
		struct jsonmap_hold *h = run->holds.v[i];

		*vec_push(&run->wants) = (struct json_want){
			.path = keep(run, h->path), .take = h->take, .value = on_hold,
			.optional = !holds_results(h)
		};
	}
	for (size_t i = 0; i < run->places.n; i++) {
		struct jsonmap_place *p = run->places.v[i];
		struct str outer = path_to(p, p->held);
		bool map;

		if (!jsonmap_is_record(p) || p->held == 0 || !p->level[p->held].many ||
			(run->map->missed && p->held != p->nlevels - 1))
			continue;
		map = str_ends(outer, "*");
		outer.n -= map ? 1 : 2;
		if (str_ends(outer, "."))
			outer.n--;
		want_there(run, outer, map ? on_map : on_list);
	}
	if (run->map->ran && ran.n == 0)
		want_there(run, ran, on_ran);
	while (ran.n) {
		rest = STR_NONE;
		str_cut(&ran, "|", &rest);
		want_there(run, ran, on_ran);
		ran = rest;
	}
}

/* "a" and "a.b": what is held can't be walked into. */
static bool
holds_apart(const struct jsonmap_run *run, const char **why)
{
	for (size_t i = 0; i < run->holds.n; i++) {
		for (size_t k = 0; k < run->holds.n; k++) {
			if (i != k && inside_of(run->holds.v[i]->path, run->holds.v[k]->path)) {
				*why = "it lies inside of another one's records";
				return false;
			}
		}
	}
	return true;
}

int
jsonmap_plan(struct jsonmap_run *run, const struct jsonmap *map, const char **why,
	const char **field, size_t *entry)
{
	*field = "";
	run->map = map;
	if (add_places(run, map, why, field, entry) < 0)
		return -1;
	*field = "each";
	while (join_holds(run))
		;
	for (size_t i = 0; i < run->places.n; i++) {
		struct jsonmap_place *p = run->places.v[i];

		p->hold = hold_of(run, path_to(p, p->held));
		*vec_push(&p->hold->places) = p;
		*entry = (size_t)(p->map.f - map->records);
		for (size_t at = p->held; at < p->nlevels; at++)
			if (compile_level(run, p, at, why) < 0)
				return -1;
	}
	if (!holds_apart(run, why))
		return -1;
	for (size_t i = 0; i < run->holds.n; i++) {
		struct jsonmap_hold *h = run->holds.v[i];

		*vec_push(&h->paths) = NULL;
		if ((h->take = js_paths_new(h->paths.v, why)) == NULL)
			return -1;
	}
	want_all(run);
	return 0;
}

void
jsonmap_unplan(struct jsonmap_run *run)
{
	for (size_t i = 0; i < run->places.n; i++) {
		struct jsonmap_place *p = run->places.v[i];

		mapping_release(&p->map);
		for (size_t k = 0; k < JSONMAP_LEVELS; k++) {
			vec_release(&p->level[k].refs);
			vec_release(&p->level[k].slots);
			js_paths_free(p->level[k].take);
		}
		free(p);
	}
	for (size_t i = 0; i < run->holds.n; i++) {
		vec_release(&run->holds.v[i]->places);
		vec_release(&run->holds.v[i]->paths);
		js_paths_free(run->holds.v[i]->take);
		free(run->holds.v[i]);
	}
	for (size_t i = 0; i < run->texts.n; i++)
		free(run->texts.v[i]);
	vec_release(&run->places);
	vec_release(&run->holds);
	vec_release(&run->wants);
	vec_release(&run->texts);
}
