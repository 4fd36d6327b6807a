/* trust.c -- see trust.h. */
#include "gate/trust.h"

#include "gate/base/limits.h"
#include "gate/input/discover.h"

#define NOWHERE ((struct pos){ 0 })

/* The policy of the trusted revision that goes with the change's; NULL: it had none. */
static const char *
trusted_path(struct trust *t, const char *path, const struct args *args)
{
	const struct files *files = git_files_view(t->files);
	struct arena *mem = &t->edits.mem;
	const char *named = args_get(args, "policy"), *found;
	struct str in_repo, old = STR_NONE;

	if (named && !files_there(NULL, named))
		return named; /* a preset; or nothing, which the change's side has reported */
	if (named && files_there(files, named))
		return named;
	found = policy_search_in(mem, files);
	if (named == NULL && found)
		return found;
	if (git_path(&t->revision.git, mem, str_of(path), &in_repo))
		old = change_moved_from(&t->revision.change, in_repo);
	if (old.n)
		return arena_z(mem, git_path_from_here(&t->revision.git, mem, old));
	if (found || files_there(NULL, path))
		return found;
	return path; /* the preset that judges where there is no policy */
}

/* The first error of d, as one line. */
static struct str
first_error(struct arena *mem, const struct diags *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct diag *g = &d->v[i];

		if (g->level != DIAG_ERROR)
			continue;
		if (g->at.file && g->at.line > 0)
			return arena_printf(mem, "%s:%ld: %.*s", g->at.file, g->at.line,
				STR_FMT(g->text));
		return arena_printf(mem, "%s%s%.*s", g->at.file ? g->at.file : "",
			g->at.file ? ": " : "", STR_FMT(g->text));
	}
	return STR("unknown");
}

static void
distrust(struct config *c, const char *what, const char *base, const struct diags *d)
{
	struct arena *mem = &c->policy.mem;

	c->policy.untrusted = arena_printf(mem, "%s of the trusted revision %.10s can't be used "
		"(%.*s)", what, base, STR_FMT(first_error(mem, d)));
}

/* The change's own judges, and can't conclude. */
static void
judge_untrusted(struct config *c, struct config *mine, const char *base, const struct diags *d)
{
	config_release(c);
	*c = *mine;
	*mine = (struct config){ 0 };
	distrust(c, "policy or registers", base, d);
}

/*
 * What is approved or introduced by the change is read once more: comparing takes apart. The
 * findings that only it has are never reported unused.
 */
static int
judge_mine(struct trust *t, struct config *c, const char *path, const struct args *args,
	struct diags *d)
{
	config_release(c);
	*c = (struct config){ 0 };
	if (config_load(c, path, args, NULL, NULL, d) < 0)
		return -1;
	edits_mark_fresh(&t->edits, &c->findings);
	return 0;
}

static bool
is_approved(const struct trust *t, const struct args *args)
{
	const char *digest = args_get(args, "approve-pending");

	return digest && t->digest[0] && strcmp(digest, t->digest) == 0;
}

static const char *
baseline_path(struct trust *t, const struct policy *p)
{
	return p->baseline.n == 0 ? "" : arena_z(&t->edits.mem,
		path_join(&t->edits.mem, p->base, p->baseline));
}

/* As the change has it; "-": not at all. */
static struct str
baseline_bytes(const char *path, char hex[SHA256_HEX])
{
	if (files_digest(NULL, path, MAX_SNAPSHOT_BYTES, hex) != FILES_YES && hex[0] == '\0')
		memcpy(hex, "-", 2);
	return str_of(hex);
}

/* Another baseline excuses what another run showed: in the same file, or in another one. */
static void
compare_baselines(struct trust *t, const struct policy *policy)
{
	const struct files *files = git_files_view(t->files);
	const char *theirs = baseline_path(t, policy), *ours = baseline_path(t, &t->mine.policy);
	char was[SHA256_HEX], is[SHA256_HEX];

	if (ours[0] && strcmp(ours, theirs) != 0 &&
	    files_digest(files, ours, MAX_SNAPSHOT_BYTES, was) != FILES_ELSEWHERE)
		edit_unlisted(&t->edits, baseline_bytes(ours, is)); /* its name is listed */
	if (theirs[0] && files_digest(files, theirs, MAX_SNAPSHOT_BYTES, was) == FILES_YES &&
	    !str_eqz(baseline_bytes(theirs, is), was))
		edit_add(&t->edits, arena_printf(&t->edits.mem, "changes the baseline %.*s",
			STR_FMT(policy->baseline)), policy->baseline_at, str_of(is));
}

static void
compare(struct trust *t, struct config *c, const char *path, const struct args *args,
	const struct sides *sides)
{
	struct diags said = { 0 }; /* before, when it was read first */

	if (config_load(&t->whole, path, args, NULL, NULL, &said) < 0)
		config_release(&t->whole);
	edits_of_policies(sides, &c->policy, &t->mine.policy);
	edits_of_findings(sides, &c->findings, &t->mine.findings);
	compare_baselines(t, &c->policy);
	diags_release(&said);
}

struct findings *
trust_registers(struct trust *t)
{
	return t->whole.policy.root && !t->approved ? &t->whole.findings : NULL;
}

int
floor_load(struct policy *floor, const struct args *args, struct diags *d)
{
	const char *path = args_get(args, "floor");

	return path ? policy_load_floor(floor, path, NULL, d) : 0;
}

/* Where the floor lies at the trusted revision; NULL: it has none. */
static const char *
trusted_floor(struct trust *t, const char *path)
{
	struct str in_repo, old = STR_NONE;

	if (!files_there(NULL, path) || files_there(git_files_view(t->files), path))
		return path; /* a preset, or a file */
	if (git_path(&t->revision.git, &t->edits.mem, str_of(path), &in_repo))
		old = change_moved_from(&t->revision.change, in_repo);
	if (old.n == 0)
		return NULL;
	return arena_z(&t->edits.mem, git_path_from_here(&t->revision.git, &t->edits.mem, old));
}

/* The floor that judges; false: the trusted revision's can't be used, `theirs` says why. */
static bool
compare_floors(struct trust *t, struct policy *floor, const struct args *args,
	const struct sides *sides, struct diags *theirs)
{
	const char *path = args_get(args, "floor");

	if (path == NULL)
		return true;
	path = trusted_floor(t, path);
	if (path && policy_load_floor(floor, path, git_files_view(t->files), theirs) == 0) {
		edits_of_floors(sides, floor, &t->floor);
		return true;
	}
	policy_release(floor);
	*floor = t->floor; /* the change brings it */
	t->floor = (struct policy){ 0 };
	return path == NULL;
}

/* What is approved holds as the change has it: read once more, since comparing takes apart. */
static int
approve(struct trust *t, struct config *c, struct policy *floor, const char *path,
	const struct args *args, struct diags *d)
{
	policy_release(floor);
	if (floor_load(floor, args, d) < 0)
		return -1;
	return judge_mine(t, c, path, args, d);
}

int
trust_load(struct trust *t, struct config *c, struct policy *floor, const char *path,
	const struct args *args, int64_t now, struct diags *d)
{
	struct sides sides = { .git = &t->revision.git, .now = now, .edits = &t->edits,
		.policy = &c->policy,
		.change = t->revision.has_change ? &t->revision.change : NULL };
	struct diags theirs = { 0 }, floors = { 0 };
	struct err err = { 0 };
	const char *base = t->revision.base, *old;
	bool floor_ok;
	int rc = 0;

	if (config_load(&t->mine, path, args, NULL, NULL, d) < 0 ||
	    floor_load(&t->floor, args, d) < 0)
		return -1;
	t->files = git_files_new(&t->revision.git, base, t->revision.head, &err);
	if (t->files == NULL) {
		diag_err(d, &err);
		return -1;
	}
	old = trusted_path(t, path, args);
	t->introduced = old == NULL;
	floor_ok = compare_floors(t, floor, args, &sides, &floors);
	if (t->introduced)
		rc = judge_mine(t, c, path, args, d);
	else if (config_load(c, old, args, NULL, git_files_view(t->files), &theirs) < 0)
		judge_untrusted(c, &t->mine, base, &theirs);
	else
		compare(t, c, path, args, &sides);
	edits_finish(&t->edits, t->digest);
	t->approved = is_approved(t, args);
	if (rc == 0 && t->approved)
		rc = approve(t, c, floor, path, args, d);
	if (rc == 0 && !floor_ok)
		distrust(c, "the floor", base, &floors);
	diags_release(&theirs);
	diags_release(&floors);
	return rc;
}

void
trust_release(struct trust *t)
{
	config_release(&t->mine);
	config_release(&t->whole);
	policy_release(&t->floor);
	git_files_free(t->files);
	edits_release(&t->edits);
	trusted_release(&t->revision);
}
