/* replay.c -- see replay.h. */
#include "gate/replay.h"

#include "gate/base/limits.h"
#include "gate/base/tape.h"
#include "gate/decision_diff.h"
#include "gate/decision_digest.h"
#include "gate/decision_file.h"
#include "gate/input/source.h"
#include "gate/report/reporter.h"
#include "gate/scope.h"

#define NOWHERE ((struct pos){ 0 })
#define ROWS 20
#define READINGS_SHOWN 5
#define NOTE(r, ...) \
	diag_add(&(r)->notes, DIAG_NOTE, (struct pos){ .file = "gate replay" }, __VA_ARGS__)

/* Rows of the bundle's answers, one after the other; NULL after the last. */
static const json_t *
next_answer(const struct replay *r, enum tape_kind kind, size_t *i)
{
	const json_t *list = json_object_get(r->bundle.answers, "answers"), *row;

	while ((row = json_array_get(list, (*i)++)) != NULL) {
		const char *name = json_string_value(json_object_get(row, "kind"));

		if (name && strcmp(name, tape_kind_name(kind)) == 0)
			return row;
	}
	return NULL;
}

static struct str
key_of(struct replay *r, const json_t *row)
{
	return bundle_bytes(&r->mem, json_object_get(row, "key"));
}

/* A file of this machine, as an answer that lives as long as the replay. */
static int
read_here(struct replay *r, const char *path, size_t max, struct tape_answer *a, struct err *err)
{
	struct buf *text = arena_new(&r->mem, struct buf);

	*vec_push(&r->texts) = text;
	if (source_slurp(path, max, text, a->sha256, err) < 0)
		return -1;
	a->text = str_n(buf_z(text), text->n);
	return 0;
}

static void
drop_args(struct args *args, bool (*unwanted)(const struct arg *a, struct str name),
	struct str name)
{
	size_t n = 0;

	for (size_t i = 0; i < args->n; i++)
		if (!unwanted(&args->v[i], name))
			args->v[n++] = args->v[i];
	args->n = n;
}

static const struct option *
option_named(const char *name)
{
	const struct option *o = bundle_options;

	while (strcmp(o->name, name) != 0)
		o++;
	return o;
}

static void
give(struct replay *r, const char *option, const char *value)
{
	*vec_push(&r->args) = (struct arg){ .option = option_named(option), .value = value };
}

/* ---- policy ---- */

static bool
is_policy(const struct arg *a, struct str name)
{
	(void)name;
	return a->option && strcmp(a->option->name, "policy") == 0;
}

static int
refuse_preset(const char *name, struct err *err)
{
	err_set(err, NOWHERE, "--policy %s: a preset names no reports and no registers", name);
	return err_hint(err, "write a policy that extends it: `extends: %s` in place of the "
		"bundle's own", name);
}

static void
stand_in(struct replay *r, struct str path, const struct tape_answer *a)
{
	tape_lend(TAPE_TEXT, arena_printf(&r->mem, "here\n%.*s", STR_FMT(path)), a);
	tape_lend(TAPE_TEXT, arena_printf(&r->mem, "trusted\n%.*s", STR_FMT(path)), a);
}

int
replay_policy(struct replay *r, const struct args *args, struct err *err)
{
	const char *path = args_get(args, "policy");
	struct tape_answer a = { 0 }, there = { .status = 1 };
	bool stood = false;
	const json_t *row;
	struct str name;
	size_t i = 0;

	if (path == NULL)
		return 0;
	for (size_t k = 0; presets[k].name; k++)
		if (strcmp(presets[k].name, path) == 0)
			return refuse_preset(path, err);
	if (read_here(r, path, MAX_CONFIG_BYTES, &a, err) < 0)
		return -1;
	while ((row = next_answer(r, TAPE_PLACE, &i)) != NULL) {
		struct str key = key_of(r, row), was;

		if (!str_skip(&key, "policy\n"))
			continue;
		was = bundle_bytes(&r->mem, json_object_get(row, "text"));
		if (str_starts(was, "preset "))
			continue;
		stand_in(r, was, &a);
		if (!stood)
			NOTE(r, "%s stands in for %.*s", path, STR_FMT(was));
		stood = true;
	}
	if (stood)
		return 0;
	/* It was judged by a preset alone: the policy stands in the working folder of then. */
	name = str_basename(str_of(path));
	drop_args(&r->args, is_policy, STR_NONE);
	give(r, "policy", arena_z(&r->mem, name));
	stand_in(r, name, &a);
	tape_lend(TAPE_THERE, arena_printf(&r->mem, "here\n%.*s", STR_FMT(name)), &there);
	return 0;
}

/* ---- registers ---- */

/* The path of the register in the bundle that `file` stands in for; empty: of none. */
static struct str
register_like(struct replay *r, struct str file, bool by_name)
{
	struct str found = STR_NONE;
	const json_t *row;
	size_t i = 0;

	while ((row = next_answer(r, TAPE_TEXT, &i)) != NULL) {
		struct str view = key_of(r, row), path;

		str_cut(&view, "\n", &path);
		if (by_name ? !str_eq(str_basename(path), str_basename(file))
			    : !str_eq(path, file))
			continue;
		if (found.n && !str_eq(found, path))
			return STR_NONE;
		found = path;
	}
	return found;
}

static int
replace_register(struct replay *r, const char *value, struct err *err)
{
	struct str word = str_of(value), file, was;
	struct tape_answer a = { 0 };

	if (str_cut(&word, "=", &file) && file.n) {
		was = register_like(r, word, false);
		if (was.n == 0) {
			err_set(err, NOWHERE, "--register %s: the bundle has no register '%.*s'",
				value, STR_FMT(word));
			return err_hint(err, "the decision's `environment.registers` names them");
		}
	} else {
		file = str_of(value);
		was = register_like(r, file, false);
		if (was.n == 0)
			was = register_like(r, file, true);
	}
	if (was.n == 0) {
		NOTE(r, "%s is one more register", value);
		give(r, "register", value);
		tape_admit(TAPE_REGISTER, file);
		return 0;
	}
	if (read_here(r, file.p, MAX_REGISTER_BYTES, &a, err) < 0)
		return -1;
	if (!str_eq(file, was))
		NOTE(r, "%s stands in for %.*s", file.p, STR_FMT(was));
	stand_in(r, was, &a);
	return 0;
}

int
replay_registers(struct replay *r, const struct args *args, struct err *err)
{
	const char *value;

	for (size_t i = 0; (value = args_nth(args, "register", i)) != NULL; i++)
		if (replace_register(r, value, err) < 0)
			return -1;
	return 0;
}

/* ---- reports ---- */

/* What the bundle's own command line named for that producer. */
static bool
is_report_of(const struct arg *a, struct str name)
{
	struct str of = STR("cli"), path;

	if (a->option && strcmp(a->option->name, "report") != 0)
		return false;
	if (a->option)
		scope_report_parts(a->value, &of, &path);
	return str_eq(of, name);
}

int
replay_reports(struct replay *r, const struct args *args, struct err *err)
{
	const char *value;
	struct str name, path;

	(void)err;
	for (size_t i = 0; (value = args_nth(args, "report", i)) != NULL; i++) {
		scope_report_parts(value, &name, &path);
		drop_args(&r->args, is_report_of, name);
	}
	for (size_t i = 0; (value = args_nth(args, "report", i)) != NULL; i++) {
		scope_report_parts(value, &name, &path);
		give(r, "report", value);
		tape_admit(TAPE_PRODUCER, name);
	}
	return 0;
}

/* ---- the result ---- */

void
replay_note_readings(struct replay *r)
{
	const struct run *run = &r->pipeline.run;
	size_t n = 0;

	for (size_t i = 0; i < run->producers.n; i++) {
		const struct producer *p = &run->producers.v[i];

		for (size_t k = 0; k < p->reports.n; k++) {
			const struct report *report = p->reports.v[k];

			if (report->read_otherwise && n++ < READINGS_SHOWN)
				NOTE(r, "%.*s is shown as the bundle's policy read it: to read it "
					"by another `format`, `root`, `formats`, `severities` or "
					"`match.strip`, name the file: --report %.*s=PATH",
					STR_FMT(report->path), STR_FMT(p->spec->name));
		}
	}
	if (n > READINGS_SHOWN)
		NOTE(r, "so are %zu more reports", n - READINGS_SHOWN);
}

static void
say_differences(const struct replay *r, struct str now, struct buf *out)
{
	struct err err = { 0 };
	json_t *a = decision_text_read(r->bundle.decision, "decision.json", &err);
	json_t *b = decision_text_read(now, "decision.json", &err), *diff;

	if (a && b) {
		diff = decision_diff(a, b);
		decision_diff_text(diff, ROWS, out);
		json_decref(diff);
	} else {
		buf_addf(out, "they can't be compared: %s\n", err.text);
	}
	json_decref(a);
	json_decref(b);
}

bool
replay_compare(struct replay *r, const char *path, struct buf *out)
{
	struct buf now = BUF_INIT;
	bool same;

	reporter_find(STR("json"))->render(&r->pipeline.decision,
		&(struct render_options){ 0 }, &now);
	same = str_eq(buf_str(&now), r->bundle.decision);
	if (same) {
		buf_addf(out, "\nThe same decision as in %s: %s\n", path, r->bundle.digest);
	} else {
		if (r->replaced)
			buf_addz(out, "\nCompared with the bundle's own decision:\n");
		else
			buf_addf(out, "\ndigest-mismatch: %s says %s, this is %.*s:\n", path,
				r->bundle.digest, STR_FMT(decision_digest(buf_str(&now))));
		say_differences(r, buf_str(&now), out);
	}
	buf_release(&now);
	return same;
}

void
replay_release(struct replay *r)
{
	pipeline_release(&r->pipeline);
	args_release(&r->args);
	for (size_t i = 0; i < r->texts.n; i++)
		buf_release(r->texts.v[i]);
	vec_release(&r->texts);
	bundle_release(&r->bundle);
	diags_release(&r->notes);
	arena_release(&r->mem);
}
