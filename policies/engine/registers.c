/* registers.c -- from `registers:` to files, and from names of findings to findings. */
#include "gate/base/glob.h"
#include "gate/base/map.h"
#include "gate/base/near.h"
#include "gate/base/tape.h"
#include "gate/input/files.h"
#include "policies/engine/judge.h"
#include "policies/engine/read.h"

/* A file of the registers, and which entry of the policy speaks for it. */
struct named {
	const char *path;
	const struct register_spec *spec;
};
struct named_files {
	struct named **v; /* in the order of the policy */
	size_t n, cap;
	struct map by_path;
	struct arena mem;
};

static bool
same_words(const struct words *a, const struct words *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = str_eq(a->v[i].text, b->v[i].text) && a->v[i].value == b->v[i].value;
	return same;
}

static bool
same_settings(const struct register_spec *a, const struct register_spec *b)
{
	return a->excuses_set == b->excuses_set && a->excuses == b->excuses &&
	       a->expires == b->expires && str_eq(a->owner, b->owner) &&
	       str_eq(a->severity, b->severity) && str_eq(a->finding, b->finding) &&
	       same_words(&a->severities, &b->severities) && same_words(&a->statuses, &b->statuses);
}

/*
 * A file that a pattern and a path name is what the path says. Two of a kind that say
 * different things are an error: which one excuses must not hang on their order.
 */
static void
name_file(struct named_files *files, const char *path, const struct register_spec *spec,
	struct diags *d)
{
	void **at = map_at(&files->by_path, str_of(path));
	struct named *f = *at;
	bool old, new = glob_has_magic(spec->path);

	if (f == NULL) {
		f = arena_new(&files->mem, struct named);
		*f = (struct named){ .path = path, .spec = spec };
		*vec_push(files) = *at = f;
		return;
	}
	old = glob_has_magic(f->spec->path);
	if (old && !new)
		f->spec = spec;
	else if (old == new && !same_settings(f->spec, spec))
		diag_hint(d, diag_add(d, DIAG_ERROR, spec->at, "'%s' is already named on line %ld, "
			"with other settings", path, f->spec->at.line), "name it once");
}

static void
say_absent(const struct register_spec *spec, const char *what, struct diags *d)
{
	if (tape_playing())
		diag_hint(d, diag_add(d, DIAG_ERROR, spec->at, "the bundle holds no register "
			"'%.*s'", STR_FMT(spec->path)),
			"`--register FILE` adds one of this machine");
	else
		diag_hint(d, diag_add(d, DIAG_ERROR, spec->at, "the register '%.*s' %s",
			STR_FMT(spec->path), what), "paths are relative to the policy");
}

static void
look_up(const struct policy *p, const struct register_spec *spec, struct arena *mem,
	struct named_files *files, struct diags *d)
{
	struct found found = { 0 };

	if (spec->path.n == 0)
		return; /* said where it stands */
	files_discover(p->files, mem, arena_z(mem, p->base), spec->path, &found);
	if (found.over_limit)
		diag_add(d, DIAG_ERROR, spec->at, "'%.*s' matches too many files",
			STR_FMT(spec->path));
	if (found.n == 0)
		say_absent(spec, "matches no file", d);
	for (size_t i = 0; i < found.n; i++) {
		if (files_there(p->files, found.v[i]))
			name_file(files, found.v[i], spec, d);
		else
			say_absent(spec, "does not exist", d);
	}
	found_release(&found);
}

static void
add_words(struct words *into, const struct words *from)
{
	for (size_t i = 0; i < from->n; i++)
		*vec_push(into) = from->v[i];
}

static void
add_register(const struct policy *p, const struct named *f, struct findings *fs)
{
	const struct register_spec *spec = f->spec;
	struct str shown = str_of(f->path);
	struct reg *reg;

	path_from(&fs->mem, p->base, str_of(f->path), &shown);
	reg = findings_reg(fs, str_of(f->path), shown);
	reg->excuses_set = spec->excuses_set;
	reg->excuses = spec->excuses;
	reg->fill_owner = arena_dup(&fs->mem, spec->owner);
	reg->fill_severity = arena_dup(&fs->mem, spec->severity);
	reg->fill_finding = arena_dup(&fs->mem, spec->finding);
	reg->fill_expires = spec->expires;
	reg->at = spec->at;
	/* The register's own words first: of equal ones the first counts. */
	add_words(&reg->severities, &spec->severities);
	add_words(&reg->severities, &p->severities);
	add_words(&reg->statuses, &spec->statuses);
	add_words(&reg->statuses, &p->statuses);
}

/* Findings are qualified by their register's name: two of a name would share their IDs. */
static void
check_names(const struct findings *fs, struct diags *d)
{
	struct map seen = { 0 };

	for (size_t i = 0; i < fs->regs.n; i++) {
		struct reg *reg = fs->regs.v[i];
		void **at = map_at(&seen, reg->name);
		const struct reg *other = *at;

		if (other)
			diag_hint(d, diag_add(d, DIAG_WARNING, reg->at, "'%.*s' and '%.*s' are "
				"both called '%.*s'", STR_FMT(other->shown), STR_FMT(reg->shown),
				STR_FMT(reg->name)),
				"a register's name is its path without the ending: rename one");
		*at = reg;
	}
	map_release(&seen);
}

int
policy_registers(const struct policy *p, struct findings *fs, struct diags *d)
{
	struct named_files files = { 0 };
	size_t errors = d->errors;

	for (size_t i = 0; i < p->registers.n; i++)
		look_up(p, &p->registers.v[i], &fs->mem, &files, d);
	for (size_t i = 0; i < files.n; i++)
		add_register(p, files.v[i], fs);
	check_names(fs, d);
	vec_release(&files);
	map_release(&files.by_path);
	arena_release(&files.mem);
	return d->errors == errors ? 0 : -1;
}

static void
unknown_finding(const struct findings *fs, struct str name, struct pos at, struct diags *d)
{
	struct diag *g = diag_add(d, DIAG_ERROR, at, "no register holds the finding '%.*s'",
		STR_FMT(name));
	const char **known = xcalloc(fs->all.n + 1, sizeof(*known));
	const char *near;
	size_t n = 0;

	for (size_t i = 0; i < fs->all.n; i++)
		if (finding_listed(fs->all.v[i]) && fs->all.v[i]->id.n)
			known[n++] = fs->all.v[i]->id.p;
	near = nearest_word(name, known);
	if (near)
		diag_hint(d, g, "did you mean '%s'?", near);
	else if (fs->regs.n == 0)
		diag_hint(d, g, "the policy names no registers");
	else
		diag_hint(d, g, "`gate findings` lists what the registers hold");
	free(known);
}

static void
ambiguous_finding(struct finding *const some[], size_t n, size_t shown, struct str name,
	struct pos at, struct diags *d)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < shown; i++)
		buf_addf(&b, "%s%.*s", i ? ", " : "", STR_FMT(some[i]->qualified));
	diag_hint(d, diag_add(d, DIAG_ERROR, at, "the finding '%.*s' is ambiguous: %zu findings "
		"bear this name", STR_FMT(name), n), "write one of: %s", buf_z(&b));
	buf_release(&b);
}

static void
check_name(const struct findings *fs, struct str name, struct pos at, struct diags *d)
{
	struct finding *some[4];
	size_t n = findings_named(fs, name, some, 4);

	if (n == 0)
		unknown_finding(fs, name, at, d);
	else if (n > 1)
		ambiguous_finding(some, n, n < 4 ? n : 4, name, at, d);
}

static void
check_pattern(const struct findings *fs, const struct str *pattern, struct pos at,
	struct diags *d)
{
	struct str one = *pattern;
	const struct str_list list = { .v = &one, .n = 1 };

	if (!glob_has_magic(one)) {
		check_name(fs, one, at, d);
		return;
	}
	for (size_t i = 0; i < fs->all.n; i++)
		if (finding_listed(fs->all.v[i]) && finding_selected(&list, fs->all.v[i]))
			return;
	diag_add(d, DIAG_ERROR, at, "the pattern '%.*s' matches no finding", STR_FMT(one));
}

/*
 * A rule for a producer that nobody declares judges nothing, and what it was meant for goes
 * unjudged. Without declared reports their names come from the command line, and may vary.
 */
static void
check_report(const struct policy *p, struct str pattern, struct pos at, struct diags *d)
{
	const char **known = xcalloc(p->producers.n + 1, sizeof(*known));
	const char *near;
	bool declared = false, there = glob_match(pattern, STR("cli"));
	struct diag *g;

	for (size_t i = 0; i < p->producers.n; i++) {
		const struct producer_spec *s = &p->producers.v[i];

		known[i] = s->name.p;
		declared = declared || s->at.line > 0;
		there = there || glob_match(pattern, s->name);
	}
	for (size_t i = 0; i < p->others.n; i++)
		there = there || glob_match(pattern, p->others.v[i]);
	if (declared && !there) {
		g = diag_add(d, DIAG_ERROR, at, "the policy has no producer '%.*s'",
			STR_FMT(pattern));
		near = nearest_word(pattern, known);
		if (near)
			diag_hint(d, g, "did you mean '%s'?", near);
		else
			diag_hint(d, g, "declare it under `reports:`");
	}
	free(known);
}

int
policy_check_findings(const struct policy *p, const struct findings *fs, struct diags *d)
{
	size_t errors = d->errors;

	for (size_t i = 0; i < p->producers.n; i++)
		if (p->producers.v[i].finding.n)
			check_name(fs, p->producers.v[i].finding, p->producers.v[i].finding_at, d);
	for (size_t i = 0; i < p->rules.n; i++) {
		const struct str_list *named = &p->rules.v[i].where.pattern[SEL_FINDING];

		for (size_t k = 0; k < named->n; k++)
			check_pattern(fs, &named->v[k], p->rules.v[i].at, d);
		named = &p->rules.v[i].where.pattern[SEL_REPORT];
		for (size_t k = 0; k < named->n; k++)
			check_report(p, named->v[k], p->rules.v[i].at, d);
	}
	return d->errors == errors ? 0 : -1;
}
