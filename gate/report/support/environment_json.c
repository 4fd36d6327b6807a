/* environment_json.c -- see environment_json.h. */
#include "gate/report/support/environment_json.h"

#include "gate/base/date.h"
#include "gate/base/mem.h"
#include "gate/base/release.h"
#include "gate/model/baseline.h"
#include "gate/model/history.h"
#include "gate/report/support/json_out.h"

static int
reg_cmp(const void *x, const void *y)
{
	const struct reg *const *a = x, *const *b = y;
	int c = str_cmp((*a)->shown, (*b)->shown);

	return c ? c : (*a)->order < (*b)->order ? -1 : (*a)->order > (*b)->order;
}

static json_t *
registers_json(const struct findings *fs)
{
	const struct reg **v = xcalloc(fs->regs.n + 1, sizeof(*v));
	json_t *list = json_array();

	for (size_t i = 0; i < fs->regs.n; i++)
		v[i] = fs->regs.v[i];
	qsort(v, fs->regs.n, sizeof(*v), reg_cmp);
	for (size_t i = 0; i < fs->regs.n; i++) {
		json_t *o = json_object();

		json_put(o, "path", json_text(v[i]->shown));
		json_put(o, "sha256", json_text(str_of(v[i]->sha256)));
		json_put(o, "kind", json_string(register_kind_name(v[i]->kind)));
		json_push(list, o);
	}
	free(v);
	return list;
}

static json_t *
baseline_json(const struct baseline *b)
{
	const struct snapshot *s = b ? &b->snapshot : NULL;
	json_t *o;
	struct buf saved = BUF_INIT;

	if (b == NULL || b->state != BASELINE_THERE)
		return json_null();
	o = json_object();
	if (s->saved != DATE_NONE)
		date_rfc3339(&saved, s->saved);
	json_put(o, "path", json_text(b->path));
	json_put(o, "sha256", json_text_or_null(str_of(b->sha256)));
	json_put(o, "origin", json_string(snapshot_origin_name(s->origin)));
	json_put(o, "name", json_text_or_null(s->name));
	json_put(o, "project", json_text_or_null(s->project));
	json_put(o, "revision", json_text_or_null(s->revision));
	json_put(o, "saved", json_text_or_null(buf_str(&saved)));
	json_put(o, "tests", json_integer(s->tests));
	json_put(o, "issues", json_integer(s->issues));
	buf_release(&saved);
	return o;
}

static json_t *
history_json(const struct history *h)
{
	json_t *o = json_object();

	json_put(o, "path", json_text(h->path));
	json_put(o, "sha256", json_text_or_null(str_of(h->sha256)));
	json_put(o, "not_used", json_text_or_null(h->why));
	json_put(o, "runs", json_integer(h->runs));
	json_put(o, "runs_of_revision", json_integer(h->here_runs));
	return o;
}

static json_t *
build_json(const struct build *b)
{
	json_t *o;

	if (b->forge == FORGE_NONE)
		return json_null();
	o = json_object();
	json_put(o, "forge", json_string(forge_name(b->forge)));
	json_put(o, "project", json_text_or_null(b->project));
	json_put(o, "revision", json_text_or_null(b->revision));
	json_put(o, "base", json_text_or_null(b->base));
	json_put(o, "change", json_line_or_null(b->change));
	if (b->folder.n)
		json_put(o, "folder", json_text(b->folder));
	return o;
}

/* Where it was read: of a change, the revision that is trusted. */
static json_t *
policy_json(const struct decision *d)
{
	json_t *o = json_object();

	json_put(o, "path", json_text_or_null(decision_shown(d, d->policy_path)));
	json_put(o, "revision", json_text_or_null(d->policy_revision));
	if (d->policy_folder.n)
		json_put(o, "folder", json_text(d->policy_folder));
	return o;
}

/* "unit/py39"; shards without a name are numbered. */
static void
put_leg_exits(json_t *exits, const struct producer *p)
{
	struct buf name = BUF_INIT;

	for (size_t i = 0; i < p->exits.n; i++) {
		const struct leg_exit *e = p->exits.v[i];

		buf_reset(&name);
		buf_add(&name, p->spec->name);
		if (e->leg.n)
			buf_addf(&name, "/%.*s", STR_FMT(e->leg));
		else if (i)
			buf_addf(&name, " (%zu)", i + 1);
		json_put_str(exits, buf_str(&name), e->known == EXIT_GIVEN ?
			json_integer(e->status) : json_null());
	}
	buf_release(&name);
}

json_t *
environment_json(const struct decision *d)
{
	json_t *o = json_object(), *exits = json_object();
	struct buf now = BUF_INIT;

	date_rfc3339(&now, d->now);
	for (size_t i = 0; i < d->run->producers.n; i++) {
		const struct producer *p = &d->run->producers.v[i];

		if (p->exit_known != EXIT_NOT_GIVEN)
			json_put_str(exits, p->spec->name, p->exit_known == EXIT_GIVEN ?
				json_integer(p->exit_status) : json_null());
		put_leg_exits(exits, p);
	}
	json_put(o, "version", json_string(GATE_VERSION));
	json_put(o, "policy", policy_json(d));
	json_put(o, "policy_sha256", json_text(str_of(d->policy_sha256)));
	json_put(o, "registers", registers_json(d->findings));
	json_put(o, "baseline", baseline_json(d->run->baseline));
	json_put(o, "floor", d->floor_path.n ? json_pack("{s:o, s:s}", "path",
		json_text(d->floor_path), "sha256", d->floor_sha256) : json_null());
	if (d->run->history)
		json_put(o, "history", history_json(d->run->history));
	json_put(o, "now", json_text(buf_str(&now)));
	json_put(o, "runner_exits", exits);
	json_put(o, "build", build_json(&d->build));
	buf_release(&now);
	return o;
}
