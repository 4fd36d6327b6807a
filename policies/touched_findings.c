/*
 * touched_findings.c -- the change edits lines at which an open finding stands: perhaps it
 * closes it, and somebody should say so. Without the change's edits there is nothing to say.
 */
#include "gate/model/change.h"
#include "policies/engine/count.h"

static bool
is_open(const struct finding *f)
{
	return finding_listed(f) && (f->state == STATE_OPEN || f->state == STATE_IN_PROGRESS ||
		f->state == STATE_UNKNOWN);
}

/*
 * A location names the file whole, or by its end: with a folder in it, or, as people write
 * beside a line, by its bare name.
 */
static bool
names(const struct location *l, struct str path)
{
	struct str want = l->path;

	while (str_skip(&want, "./"))
		;
	if (l->folder) {
		while (want.n && want.p[want.n - 1] == '/')
			want.n--;
		return want.n && path.n > want.n && str_eq(str_to(path, want.n), want) &&
			path.p[want.n] == '/';
	}
	if (str_eq(want, path))
		return true;
	if (want.n == 0 || want.n >= path.n || path.p[path.n - want.n - 1] != '/')
		return false;
	return str_eq(str_from(path, path.n - want.n), want) &&
		(l->line > 0 || str_chr(want, '/') != STR_NPOS);
}

/* Where the change touches the finding first, in words; empty when it does not. */
static struct str
touched_at(const struct change *c, const struct finding *f, struct arena *mem)
{
	for (size_t i = 0; i < f->locations.n; i++) {
		const struct location *l = &f->locations.v[i];

		for (size_t k = 0; k < c->files.n; k++) {
			const struct change_file *file = &c->files.v[k];

			if (file->old_path.n == 0 || !names(l, file->old_path) ||
			    !change_touches(file, l->line, l->end_line))
				continue;
			if (l->line <= 0)
				return file->old_path;
			if (l->end_line > l->line)
				return arena_printf(mem, "%.*s:%ld-%ld", STR_FMT(file->old_path),
					l->line, l->end_line);
			return arena_printf(mem, "%.*s:%ld", STR_FMT(file->old_path), l->line);
		}
	}
	return STR_NONE;
}

static void
judge(const struct judge_input *in, const struct rule_instance *inst, struct arena *mem,
	struct rule_result *out)
{
	const struct limit none = { .kind = LIMIT_NUMBER };
	const struct change *change = in->run->change;

	for (size_t i = 0; change && i < in->findings->all.n; i++) {
		const struct finding *f = in->findings->all.v[i];
		struct item probe = { .kind = ITEM_FINDING, .id = f->qualified, .finding = f };
		struct str at;

		if (!is_open(f) || f->locations.n == 0 || !instance_selects(in, inst, &probe))
			continue;
		at = touched_at(change, f, mem);
		if (at.n == 0)
			continue;
		probe.text = arena_printf(mem, "the change edits %.*s, where it stands: does it "
			"close it?", STR_FMT(at));
		*vec_push(&out->items) = probe;
	}
	rule_sort_items(out);
	rule_settle(in, inst, inst->max.kind == LIMIT_NONE ? &none : &inst->max, mem, out);
	if (change == NULL)
		out->message = STR("no change to compare with");
}

const struct rule rule_touched_findings = {
	.name = "touched-findings",
	.help = "open findings at places that the change edits: does it close them?",
	.level = RULE_FAIL,
	.example = "touched-findings: info",
	.singular = "touched finding",
	.plural = "touched findings",
	.judge = judge,
};
