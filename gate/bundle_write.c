/* bundle_write.c -- a bundle is packed, tried, and written. See bundle.h. */
#include <stdio.h>

#include "gate/base/date.h"
#include "gate/base/limits.h"
#include "gate/base/release.h"
#include "gate/base/tape.h"
#include "gate/bundle.h"
#include "gate/command.h"
#include "gate/decision_digest.h"
#include "gate/report/reporter.h"
#include "gate/report/support/json_out.h"

#define LEFT_OUT_SHOWN 5

/* They choose how it is judged, not what. */
static const char *const not_carried[] = { "jobs", "no-progress", "now", NULL };

static bool
is_carried(const struct option *option)
{
	const struct option *o = bundle_options;

	while (o->name && strcmp(o->name, option->name) != 0)
		o++;
	for (size_t i = 0; o->name && not_carried[i]; i++)
		if (strcmp(o->name, not_carried[i]) == 0)
			return false;
	return o->name != NULL;
}

static json_t *
arguments(struct bundle *b, const struct args *args, const struct redactors *r, int64_t at)
{
	struct buf now = BUF_INIT;
	json_t *list = json_array();

	for (size_t i = 0; i < args->n; i++) {
		const struct arg *a = &args->v[i];

		if (a->option == NULL)
			json_push(list, json_pack("[o]",
				bundle_string(redacted(&b->mem, r, str_of(a->value)))));
		else if (is_carried(a->option))
			json_push(list, a->value ? json_pack("[o, o]",
				json_string(a->option->name),
				bundle_string(redacted(&b->mem, r, str_of(a->value))))
				: json_pack("[o, n]", json_string(a->option->name)));
	}
	date_rfc3339(&now, at);
	json_push(list, json_pack("[s, o]", "now", json_text(buf_str(&now))));
	buf_release(&now);
	return list;
}

static json_t *
members(const struct tarball *t)
{
	json_t *list = json_array();
	char hex[SHA256_HEX];

	for (size_t i = 0; i < t->members.n; i++) {
		const struct tarball_member *m = &t->members.v[i];

		sha256_of(m->data, hex);
		json_push(list, json_pack("{s:o, s:I, s:s}", "path", json_text(m->name), "bytes",
			(json_int_t)m->data.n, "sha256", hex));
	}
	return list;
}

static json_t *
left_out(struct tape *t)
{
	json_t *list = json_array();
	size_t n;
	const struct tape_entry *e = tape_dropped(t, &n);

	for (size_t i = 0; i < n; i++)
		json_push(list, json_pack("{s:s, s:o}", "kind", tape_kind_name(e[i].kind), "key",
			bundle_string(e[i].key)));
	return list;
}

/* Readers refuse a bundle with more: none is written. */
static int
check_sizes(const struct bundle *b, struct err *err)
{
	static const char *const documents[] = { "manifest.json", "answers.json" };

	for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++)
		if (tarball_find(&b->tar, str_of(documents[i]))->data.n > MAX_BUNDLE_DOCUMENT)
			return err_set(err, (struct pos){ 0 }, "a bundle's %s would be larger "
				"than %u MiB", documents[i], MAX_BUNDLE_DOCUMENT >> 20);
	return 0;
}

static void
put_manifest(struct bundle *b, const struct pipeline *p, json_t *args, json_t *missing)
{
	struct tarball_member *v, first = { .name = STR("manifest.json") };
	struct buf text = BUF_INIT;
	json_t *m = json_object();

	json_put(m, "schema", json_string("regression-gate/bundle@1"));
	json_put(m, "version", json_string(GATE_VERSION));
	json_put(m, "arguments", args);
	json_put(m, "decision", json_pack("{s:s, s:s, s:i}", "digest", b->digest, "verdict",
		verdict_name(p->decision.verdict), "exit", p->decision.exit));
	json_put(m, "equal", json_boolean(b->equal));
	json_put(m, "left_out", missing);
	json_put(m, "members", members(&b->tar));
	json_write(&text, m, 0);
	buf_addc(&text, '\n');
	first.data = arena_dup(&b->mem, buf_str(&text));
	buf_release(&text);
	vec_push(&b->tar.members);
	v = b->tar.members.v;
	memmove(v + 1, v, (b->tar.members.n - 1) * sizeof(*v));
	v[0] = first;
}

static void
render(const struct decision *d, struct buf *out)
{
	reporter_find(STR("json"))->render(d, &(struct render_options){ 0 }, out);
}

/* Decides from the bundle alone, as `gate replay` will. */
static bool
replays_equal(struct bundle *b)
{
	struct pipeline again = { .quiet = true };
	struct args args = { 0 };
	struct buf text = BUF_INIT;
	struct err err = { 0 };
	bool same;

	tape_play(true);
	same = bundle_args(b, &args, &err) == 0 && bundle_play(b, &err) == 0 &&
		pipeline_run(&again, &args) == 0;
	if (same)
		render(&again.decision, &text);
	same = same && str_eq(buf_str(&text), b->decision);
	buf_release(&text);
	args_release(&args);
	pipeline_release(&again);
	tape_free(tape_end());
	return same;
}

static void
say_incomplete(const char *path, const json_t *missing, bool same)
{
	size_t n = json_array_size(missing);

	for (size_t i = 0; i < n && i < LEFT_OUT_SHOWN; i++)
		fprintf(stderr, "%s: warning: left out, for its size: %s\n", path,
			json_string_value(json_object_get(json_array_get(missing, i), "key")));
	if (n > LEFT_OUT_SHOWN)
		fprintf(stderr, "%s: warning: left out: %zu more\n", path, n - LEFT_OUT_SHOWN);
	if (n)
		fprintf(stderr, "hint: a bundle holds at most %u MiB of what was read\n",
			MAX_TAPE_BYTES >> 20);
	else if (!same)
		fprintf(stderr, "%s: warning: deciding again from the bundle gives another "
			"decision: it says so of itself\n", path);
}

int
bundle_write(const struct pipeline *p, const struct args *args, const char *path)
{
	const struct redactors r = { { p->config.policy.redactor, p->trust.mine.policy.redactor } };
	struct tape *tape = tape_end();
	struct bundle b = { 0 };
	struct buf text = BUF_INIT, packed = BUF_INIT;
	struct err err = { 0 };
	json_t *missing = left_out(tape), *given;
	int rc;

	render(&p->decision, &text);
	b.decision = buf_str(&text);
	b.digest = arena_z(&b.mem, decision_digest(b.decision));
	given = arguments(&b, args, &r, p->decision.now);
	bundle_pack(&b, tape, &r);
	b.manifest = json_pack("{s:O}", "arguments", given);
	b.equal = json_array_size(missing) == 0 && replays_equal(&b);
	say_incomplete(path, missing, b.equal);
	put_manifest(&b, p, given, missing);
	rc = check_sizes(&b, &err) < 0 ? -1 : tarball_write(&b.tar, &packed, &err);
	if (rc < 0)
		err_print(stderr, &err);
	else
		rc = output_write(path, buf_str(&packed));
	buf_release(&packed);
	buf_release(&text);
	bundle_release(&b);
	tape_free(tape);
	return rc;
}
