/*
 * load.c -- a policy file and all it extends, read, merged and understood.
 *
 * Every file is one source. Sources merge in the order in which they are extended, the file
 * itself last. Where several files take part, each is also checked alone, so that a value
 * that another file replaces can't hide a mistake.
 */
#include <stdlib.h>

#include "gate/base/limits.h"
#include "gate/base/near.h"
#include "gate/base/tape.h"
#include "gate/input/discover.h"
#include "gate/input/files.h"
#include "policies/engine/judge.h"
#include "policies/engine/read.h"

#define MAX_SOURCES 32 /* files and presets of one policy */

struct origin {
	struct str path;       /* tidy; "preset NAME" */
	const struct node *root;
	bool preset;
};

struct loader {
	struct policy *p;
	struct diags *d;
	struct origin done[MAX_SOURCES];
	size_t ndone;
	struct str open[MAX_SOURCES]; /* being read: what extends what */
	size_t nopen;
	bool unread;  /* a file could not be read: it may hold what others lack */
	const struct node *unmet; /* a `requires` that asks for a newer gate */
	struct sha256 *sha;   /* of the texts */
	struct sha256 *found; /* of the files' digests */
};

static const struct preset *
preset_find(struct str name)
{
	for (size_t i = 0; presets[i].name; i++)
		if (str_eqz(name, presets[i].name))
			return &presets[i];
	return NULL;
}

static const char *
nearest_preset(struct str name)
{
	const char *known[32] = { NULL };

	for (size_t i = 0; i < 31 && presets[i].name; i++)
		known[i] = presets[i].name;
	return nearest_word(name, known);
}

/* A name that can't be meant as a file. */
static bool
looks_like_preset(struct str name)
{
	return str_chr(name, '/') == STR_NPOS && str_chr(name, '.') == STR_NPOS;
}

static void
unknown_preset(struct loader *l, struct str name, struct pos at)
{
	const char *near = nearest_preset(name);
	struct diag *g = diag_add(l->d, DIAG_ERROR, at, "unknown preset '%.*s'", STR_FMT(name));
	struct buf b = BUF_INIT;

	for (size_t i = 0; presets[i].name; i++)
		buf_addf(&b, "%s%s", i ? ", " : "", presets[i].name);
	if (near)
		diag_hint(l->d, g, "did you mean '%s'?", near);
	else
		diag_hint(l->d, g, "presets: %s; a file's name needs its ending", buf_z(&b));
	buf_release(&b);
}

static const struct node *load_source(struct loader *l, struct str path,
	const struct preset *preset, struct pos at);

static const struct node *
load_extended(struct loader *l, const struct node *item, struct str from)
{
	struct reader r = { .p = l->p, .d = l->d };
	const struct preset *preset;
	struct str name;

	if (!want_text(&r, item, &name))
		return NULL;
	preset = preset_find(name);
	if (preset == NULL && looks_like_preset(name)) {
		unknown_preset(l, name, item->at);
		return NULL;
	}
	return load_source(l, preset ? name :
		path_join(&l->p->mem, folder_of(&l->p->mem, from), name), preset, item->at);
}

/* What the file extends, merged in order; NULL when it extends nothing. */
static const struct node *
load_bases(struct loader *l, const struct node *root, struct str from)
{
	const struct node *extends = node_get(root, "extends"), *all = NULL, *item, *base;

	if (extends == NULL)
		return NULL;
	item = extends->kind == NODE_LIST ? extends->first : extends;
	if (item == NULL)
		diag_add(l->d, DIAG_ERROR, extends->at, "`extends` is an empty list");
	for (; item; item = extends->kind == NODE_LIST ? item->next : NULL) {
		base = load_extended(l, item, from);
		l->unread |= base == NULL;
		if (base)
			all = all ? merge_policies(&l->p->mem, all, base) : base;
	}
	return all;
}

static bool
extends_itself(struct loader *l, struct str path, struct pos at)
{
	struct buf b = BUF_INIT;
	size_t i = 0;

	while (i < l->nopen && !str_eq(l->open[i], path))
		i++;
	if (i == l->nopen)
		return false;
	for (; i < l->nopen; i++)
		buf_addf(&b, "%.*s -> ", STR_FMT(l->open[i]));
	diag_add(l->d, DIAG_ERROR, at, "the policy extends itself: %s%.*s", buf_z(&b),
		STR_FMT(path));
	buf_release(&b);
	return true;
}

/* A bundle judges by the presets that it was made with. */
static struct str
preset_text(const struct preset *preset)
{
	struct tape_answer a = { .text = str_of(preset->text) };

	if (!tape_get(TAPE_PRESET, str_of(preset->name), &a))
		tape_put(TAPE_PRESET, str_of(preset->name), &a);
	return a.text;
}

/* The text of a source, in the policy's arena; the digest is of the file as it was found. */
static bool
read_text(struct loader *l, struct str path, const struct preset *preset, struct pos at,
	struct str *text, char hex[SHA256_HEX])
{
	struct buf b = BUF_INIT;
	struct err err = { 0 };

	if (preset) {
		*text = preset_text(preset);
		sha256_of(*text, hex);
		return true;
	}
	if (files_slurp(l->p->files, arena_z(&l->p->mem, path), MAX_CONFIG_BYTES, &b, hex,
		    &err) < 0) {
		if (at.file) /* say who wanted it */
			diag_add(l->d, DIAG_ERROR, at, "can't extend '%.*s': %s", STR_FMT(path),
				err.text);
		else
			diag_err(l->d, &err);
		buf_release(&b);
		return false;
	}
	*text = arena_dup(&l->p->mem, buf_str(&b));
	buf_release(&b);
	return true;
}

static const struct node *
load_source(struct loader *l, struct str path, const struct preset *preset, struct pos at)
{
	struct arena *mem = &l->p->mem;
	struct reader r = { .p = l->p, .d = l->d };
	struct str shown = preset ? arena_printf(mem, "preset %s", preset->name) : path;
	const struct node *base;
	struct node *root = NULL;
	char hex[SHA256_HEX];
	struct str text;

	if (extends_itself(l, shown, at))
		return NULL;
	if (l->ndone >= MAX_SOURCES || l->nopen >= MAX_SOURCES) {
		diag_add(l->d, DIAG_ERROR, at, "the policy extends more than %d files",
			MAX_SOURCES);
		return NULL;
	}
	if (!read_text(l, path, preset, at, &text, hex))
		return NULL;
	if (tree_parse_all(mem, text, arena_z(mem, shown), &root, l->d) < 0)
		return NULL;
	if (!check_requires(&r, node_get(root, "requires"))) {
		l->unmet = node_get(root, "requires");
		return NULL;
	}
	normalise(&r, root);
	l->open[l->nopen++] = shown;
	base = load_bases(l, root, path);
	l->nopen--;
	if (l->ndone >= MAX_SOURCES)
		return root;
	sha256_add(l->sha, text.p, text.n);
	sha256_add(l->found, hex, strlen(hex));
	l->done[l->ndone++] = (struct origin){ .path = shown, .root = root,
		.preset = preset != NULL };
	return base ? merge_policies(mem, base, root) : root;
}

static size_t
count_files(const struct loader *l)
{
	size_t files = 0;

	for (size_t i = 0; i < l->ndone; i++)
		files += !l->done[i].preset;
	return files;
}

/* Each file alone, into a policy that is thrown away. */
static void
check_alone(struct loader *l)
{
	for (size_t i = 0; i < l->ndone; i++) {
		struct policy scratch = { .base = l->p->base, .is_floor = l->p->is_floor };
		struct reader r = { .p = &scratch, .d = l->d, .partial = true };

		if (!l->done[i].preset)
			read_policy(&r, l->done[i].root);
		policy_release(&scratch);
	}
}

static int
by_place(const void *a, const void *b)
{
	const struct diag *x = a, *y = b;
	int c = str_cmp(str_of(x->at.file), str_of(y->at.file));

	if (c == 0)
		c = (x->at.line > y->at.line) - (x->at.line < y->at.line);
	if (c == 0)
		c = (x->at.col > y->at.col) - (x->at.col < y->at.col);
	return c ? c : str_cmp(x->text, y->text);
}

/*
 * Producers that a case does not name deliver nothing, and are not asked to; nor is there a
 * baseline where it names none, nor a history.
 */
static struct node *
only_inputs_of(struct policy *p, const struct node *root, const struct node *over)
{
	struct arena *mem = &p->mem;
	const struct node *named = node_get(over, "reports");
	struct node *all = arena_new(mem, struct node), *reports = arena_new(mem, struct node);
	struct node **at = &all->first;

	*all = *root;
	for (const struct node *n = root->first; n; n = n->next) {
		struct node *c;

		if (str_eqz(n->key, "baseline") && node_get(over, "baseline") == NULL)
			continue;
		if (str_eqz(n->key, "history"))
			continue;
		c = arena_new(mem, struct node);
		*c = *n;
		*at = c;
		at = &c->next;
		if (named && str_eqz(n->key, "reports"))
			reports = c;
	}
	*at = NULL;
	at = &reports->first;
	for (struct node *n = reports->first; named && n; n = n->next) {
		bool wanted = false;

		for (const struct node *c = named->first; c && !wanted; c = c->next)
			wanted = str_eq(c->key, n->key);
		if (!wanted) {
			reports->count--;
			*vec_push(&p->others) = n->key;
			continue;
		}
		*at = n;
		at = &n->next;
	}
	*at = NULL;
	return all;
}

static const struct node *
put_over(struct reader *r, const struct node *root, struct node *over)
{
	normalise(r, over);
	return only_inputs_of(r->p, merge_policies(&r->p->mem, root, over), over);
}

/* So that another policy can stand in for it. */
static void
keep_path(const struct policy *p)
{
	struct tape_answer a = { .text = p->path };
	struct buf key = BUF_INIT;

	buf_addf(&key, "policy\n%s", p->files ? p->files->name : "here");
	tape_put(TAPE_PLACE, buf_str(&key), &a);
	buf_release(&key);
}

int
policy_load(struct policy *p, const char *path, struct diags *d)
{
	return policy_load_over(p, path, NULL, d);
}

int
policy_load_over(struct policy *p, const char *path, struct node *over, struct diags *d)
{
	return policy_load_from(p, path, over, NULL, d);
}

/* What a newer gate reads, this one can't: whatever else seems wrong is no news. */
static void
say_only_unmet(struct reader *r, const struct node *requires, size_t first, size_t errors,
	size_t warnings)
{
	r->d->n = first;
	r->d->errors = errors;
	r->d->warnings = warnings;
	check_requires(r, requires);
}

/* A tape's texts lost their secrets: of the same files, the digest is what it was then. */
static void
end_digest(struct loader *l)
{
	struct tape_answer a = { 0 };
	struct buf key = BUF_INIT;
	char found[SHA256_HEX];

	sha256_end(l->sha, l->p->sha256);
	sha256_end(l->found, found);
	buf_addf(&key, "policy\n%s", found);
	if (tape_get(TAPE_DIGEST, buf_str(&key), &a)) {
		memcpy(l->p->sha256, a.sha256, sizeof(a.sha256));
	} else {
		memcpy(a.sha256, l->p->sha256, sizeof(a.sha256));
		tape_put(TAPE_DIGEST, buf_str(&key), &a);
	}
	buf_release(&key);
}

static int
load(struct policy *p, const char *path, struct node *over, const struct files *files,
	bool is_floor, struct diags *d)
{
	struct loader l = { .p = p, .d = d };
	struct reader r = { .p = p, .d = d };
	const struct preset *preset = preset_find(str_of(path));
	size_t errors = d->errors, warnings = d->warnings, first = d->n;
	const struct node *root;

	*p = (struct policy){ .files = files, .is_floor = is_floor };
	l.sha = sha256_new();
	l.found = sha256_new();
	if (preset == NULL && looks_like_preset(str_of(path)) && !files_there(files, path)) {
		unknown_preset(&l, str_of(path), (struct pos){ 0 });
		root = NULL;
	} else {
		struct str tidy = path_join(&p->mem, STR_NONE, str_of(path));

		p->base = preset ? STR_NONE : folder_of(&p->mem, tidy);
		p->path = preset ? arena_printf(&p->mem, "preset %s", path) : tidy;
		keep_path(p);
		root = load_source(&l, tidy, preset, (struct pos){ 0 });
	}
	end_digest(&l);
	/* What it extends may be missing: what it says itself is still checked. */
	r.partial = p->partial = l.unread || root == NULL;
	if (count_files(&l) > 1)
		check_alone(&l);
	if (root && over)
		root = put_over(&r, root, over);
	p->root = root;
	if (root && (count_files(&l) < 2 || d->errors == errors))
		read_policy(&r, root);
	if (p->redactor == NULL)
		p->redactor = redactor_new();
	if (p->name.n == 0)
		p->name = p->path;
	complete_rules(p);
	if (l.unmet)
		say_only_unmet(&r, l.unmet, first, errors, warnings);
	if (d->n > first + 1)
		qsort(d->v + first, d->n - first, sizeof(*d->v), by_place);
	return d->errors == errors ? 0 : -1;
}

int
policy_load_from(struct policy *p, const char *path, struct node *over,
	const struct files *files, struct diags *d)
{
	return load(p, path, over, files, false, d);
}

int
policy_load_floor(struct policy *p, const char *path, const struct files *files, struct diags *d)
{
	return load(p, path, NULL, files, true, d);
}

void
exemption_release(struct exemption *e)
{
	vec_release(&e->rules);
	vec_release(&e->projects);
	selectors_release(&e->where);
}

void
policy_release(struct policy *p)
{
	for (size_t i = 0; i < p->registers.n; i++) {
		vec_release(&p->registers.v[i].severities);
		vec_release(&p->registers.v[i].statuses);
	}
	vec_release(&p->registers);
	for (size_t i = 0; i < p->producers.n; i++) {
		struct producer_spec *s = &p->producers.v[i];

		vec_release(&s->paths);
		vec_release(&s->legs);
		vec_release(&s->when_changed);
		vec_release(&s->given_paths);
		vec_release(&s->given_legs);
		vec_release(&s->given_formats);
	}
	vec_release(&p->producers);
	for (size_t i = 0; i < p->id_patterns.n; i++)
		regex_free(p->id_patterns.v[i].regex);
	vec_release(&p->id_patterns);
	own_formats_release(&p->formats);
	vec_release(&p->strip);
	vec_release(&p->severities);
	vec_release(&p->statuses);
	vec_release(&p->redact_env);
	for (size_t i = 0; i < p->rules.n; i++)
		selectors_release(&p->rules.v[i].where);
	vec_release(&p->rules);
	vec_release(&p->others);
	vec_release(&p->also);
	for (size_t i = 0; i < p->required.n; i++) {
		selectors_release(&p->required.v[i].where);
		vec_release(&p->required.v[i].when_changed);
	}
	vec_release(&p->required);
	for (size_t i = 0; i < p->exempt.n; i++)
		exemption_release(&p->exempt.v[i]);
	vec_release(&p->exempt);
	vec_release(&p->below);
	vec_release(&p->must);
	vec_release(&p->floor_notes);
	redactor_free(p->redactor);
	arena_release(&p->mem);
	*p = (struct policy){ 0 };
}
