/* pending.c -- see pending.h. */
#include "gate/pending.h"

/* Standard input can be read only once. */
static bool
is_stdin(const char *value)
{
	struct str s = str_of(value);

	return str_eqz(s, "-") || str_ends(s, "=-") || str_ends(s, ":-");
}

static bool
reads_stdin(const struct args *args)
{
	const char *value;

	for (size_t i = 0; (value = args_operand(args, i)) != NULL; i++)
		if (is_stdin(value))
			return true;
	for (size_t i = 0; (value = args_nth(args, "report", i)) != NULL; i++)
		if (is_stdin(value))
			return true;
	return false;
}

/* The verdict as it will be once the change is merged; false: it can't be told. */
static bool
verdict_if_merged(struct pipeline *p, const struct args *args, enum verdict *verdict)
{
	struct pipeline merged = { .merging = &p->trust.edits, .change = p->run.change,
		.git = &p->trust.revision.git, .given = p->run.facts,
		.decision.now = p->decision.now };
	bool known = !reads_stdin(args) && pipeline_run(&merged, args) == 0;

	if (known)
		*verdict = merged.decision.verdict;
	pipeline_release(&merged);
	return known;
}

static void
remark(struct decision *d, struct str text)
{
	*vec_push(&d->remarks) = text;
}

static void
remark_trust(struct decision *d, const struct trust *t, const struct args *args)
{
	const char *digest = args_get(args, "approve-pending");
	size_t n = t->edits.pending.n;

	if (t->introduced)
		remark(d, arena_printf(&d->mem, "The trusted revision %.10s has no policy: this "
			"one is the change's own.", t->revision.base));
	if (digest && t->approved)
		remark(d, arena_printf(&d->mem, "%zu pending edit%s of the change %s approved: %s.",
			n, n == 1 ? "" : "s", n == 1 ? "was" : "were", t->digest));
	else if (digest && n)
		remark(d, arena_printf(&d->mem, "--approve-pending approved nothing: the digest of "
			"the pending edits is %s.", t->digest));
	else if (digest)
		remark(d, STR("--approve-pending approved nothing: no edit is pending."));
}

static void
copy_edits(struct decision *d, const struct trust *t)
{
	for (size_t i = 0; i < t->edits.pending.n; i++) {
		struct pending_edit *e = vec_push(&d->pending);

		e->edit = arena_dup(&d->mem, t->edits.pending.v[i].what);
		e->at = arena_dup(&d->mem, t->edits.pending.v[i].at);
	}
	memcpy(d->pending_digest, t->digest, sizeof(d->pending_digest));
}

void
pending_add(struct pipeline *p, const struct args *args)
{
	const struct trust *t = &p->trust;
	struct decision *d = &p->decision;
	bool one = t->edits.pending.n == 1;

	remark_trust(d, t, args);
	if (t->edits.pending.n == 0 || t->approved)
		return;
	copy_edits(d, t);
	d->has_if_merged = verdict_if_merged(p, args, &d->if_merged);
	if (d->verdict == VERDICT_FAIL && d->has_if_merged && d->if_merged == VERDICT_PASS)
		d->sentence = arena_printf(&d->mem, "%.*s Only %s between this and a pass: "
			"--approve-pending %s counts %s.", STR_FMT(d->sentence), one
			? "a pending edit of the change stands"
			: "pending edits of the change stand", t->digest, one ? "it" : "them");
}
