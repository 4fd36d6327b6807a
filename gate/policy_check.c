/*
 * policy_check.c -- `gate policy check`: every problem of a policy at once. What `gate run`
 * would refuse is an error here too; so is a rule of the policy itself that can never apply.
 */
#include <stdio.h>
#include <stdlib.h>

#include "gate/base/near.h"
#include "gate/command.h"
#include "gate/policy_parts.h"
#include "gate/scope.h"
#include "parsers/registers/register.h"
#include "policies/engine/floor.h"

/* A waiver that follows a finding which nobody holds is for nothing. */
static void
unknown_target(const struct findings *fs, const struct finding *f, struct str to, struct diags *d)
{
	const char **known = xcalloc(2 * fs->all.n + 1, sizeof(*known));
	struct diag *g = diag_add(d, DIAG_ERROR, f->entry->waiver_at,
		"the waiver of '%.*s' is for the finding '%.*s', which no register holds",
		STR_FMT(f->id), STR_FMT(to));
	const char *near;
	size_t n = 0;

	for (size_t i = 0; i < fs->all.n; i++) {
		const struct finding *other = fs->all.v[i];

		if (other == f || !finding_listed(other))
			continue;
		known[n++] = other->qualified.p;
		known[n++] = other->id.p;
	}
	near = nearest_word(to, known);
	if (near)
		diag_hint(d, g, "did you mean '%s'?", near);
	else
		diag_hint(d, g, "`gate findings` lists what the registers hold");
	free(known);
}

/* Nothing here or elsewhere says what the finding is: an ID, and leave to fail. */
static bool
says_nothing(const struct finding *f)
{
	return f->title.n == 0 && !f->has_severity && !f->has_status && f->links.n == 0 &&
	       f->aliases.n == 0 && f->locations.n == 0 && f->tests.n == 0 &&
	       f->signatures.n == 0;
}

static bool
known_elsewhere(const struct findings *fs, const struct finding *f)
{
	for (size_t i = 0; i < fs->all.n; i++) {
		const struct finding *other = fs->all.v[i];

		if (other->reg != f->reg && (str_eq(other->id, f->id) ||
		    str_list_has(&other->aliases, f->id)))
			return true;
	}
	return false;
}

static void
check_waivers(const struct findings *fs, struct diags *d)
{
	for (size_t i = 0; i < fs->all.n; i++) {
		const struct finding *f = fs->all.v[i];

		if (f->entry == NULL || !f->entry->has_waiver)
			continue;
		for (size_t k = 0; k < f->links.n; k++)
			if (f->links.v[k].target == NULL && f->links.v[k].kind == LINK_TRACKS)
				unknown_target(fs, f, f->links.v[k].to, d);
		if (says_nothing(f) && !known_elsewhere(fs, f))
			diag_hint(d, diag_add(d, DIAG_WARNING, f->entry->waiver_at,
				"nothing says what the finding '%.*s' is, which this waiver is for",
				STR_FMT(f->id)),
				"give it a `title`, or name the finding it is about: "
				"links: [{kind: tracks, to: REGISTER/ID}]");
	}
}

/* False: what the policy names could not be read whole, so what it holds is not known. */
static bool
read_registers_of(struct policy *p, struct findings *fs, struct diags *d)
{
	bool ok = policy_registers(p, fs, d) == 0;

	for (size_t i = 0; i < fs->regs.n; i++)
		ok = register_read(fs, fs->regs.v[i], p->redactor, d) == 0 && ok;
	if (ok)
		findings_resolve(fs);
	return ok;
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

static void
say_valid(const struct policy *p, const struct findings *fs, const struct diags *d)
{
	struct buf b = BUF_INIT;
	size_t listed = 0;

	for (size_t i = 0; i < fs->all.n; i++)
		listed += finding_listed(fs->all.v[i]);
	buf_addf(&b, "%.*s: valid: %zu report%s, %zu register%s with %zu finding%s, %zu rule%s",
		STR_FMT(p->path), p->producers.n, p->producers.n == 1 ? "" : "s", fs->regs.n,
		fs->regs.n == 1 ? "" : "s", listed, listed == 1 ? "" : "s", p->rules.n,
		p->rules.n == 1 ? "" : "s");
	if (d->warnings)
		buf_addf(&b, "; %zu warning%s", d->warnings, d->warnings == 1 ? "" : "s");
	buf_addc(&b, '\n');
	fputs(buf_z(&b), stdout);
	buf_release(&b);
}

/* Below the floor is no mistake: the floor holds. It is worth a warning. */
static void
warn_below(const struct policy *p, struct diags *d)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < p->below.n; i++) {
		buf_reset(&b);
		below_describe(&p->below.v[i], &b);
		diag_add(d, DIAG_WARNING, p->below.v[i].at, "below-floor: %s", buf_z(&b));
	}
	buf_release(&b);
}

int
policy_check(const char *path, struct policy_floor *floor)
{
	const struct args nothing = { .command = "policy" };
	struct findings fs = { 0 };
	struct diags d = { 0 };
	struct policy p;
	bool read;
	int rc;

	policy_load(&p, path, &d);
	policy_floor_apply(floor, &p, &d);
	warn_below(&p, &d);
	scope_reports(&p, &nothing, &d); /* the formats of its reports */
	read = read_registers_of(&p, &fs, &d);
	if (read && !p.partial) {
		policy_check_findings(&p, &fs, &d);
		check_waivers(&fs, &d);
	}
	if (!p.partial)
		policy_applies(&p, read ? &fs : NULL, &d);
	if (!p.partial)
		policy_required(&p, &d);
	if (d.n > 1)
		qsort(d.v, d.n, sizeof(*d.v), by_place);
	diags_print(stderr, &d, DIAG_WARNING);
	rc = d.errors ? EXIT_INVALID : EXIT_PASS;
	if (rc == EXIT_PASS)
		say_valid(&p, &fs, &d);
	findings_release(&fs);
	policy_release(&p);
	diags_release(&d);
	return rc;
}
