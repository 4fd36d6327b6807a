/* baseline.c -- see baseline.h. */
#include "gate/baseline.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/limits.h"
#include "gate/base/tape.h"
#include "gate/baseline_forms.h"
#include "gate/input/bytes.h"
#include "gate/input/files.h"
#include "gate/input/gzip.h"
#include "gate/revision.h"

#define CLOCKS_DIFFER 600 /* seconds, from machine to machine */

static void
bad(struct baseline *b, const struct err *err)
{
	b->state = BASELINE_BAD;
	b->why = arena_printf(&b->mem, "%s%s%s", err->text, err->hint[0] ? "; " : "", err->hint);
}

/* A snapshot is read whole, inflated; a cut or broken file says so. */
static void
open_snapshot(struct baseline *b, struct bytes *in, struct str head)
{
	struct buf text = BUF_INIT;
	struct err err = { 0 };
	size_t n;

	in->max_bytes = MAX_SNAPSHOT_BYTES;
	buf_add(&text, head);
	do {
		buf_reserve(&text, 1u << 20);
		n = bytes_read(in, text.p + text.n, 1u << 20);
		text.n += n;
		text.p[text.n] = '\0';
	} while (n);
	if (in->status != SOURCE_OK) {
		err_set(&err, (struct pos){ 0 }, "a baseline that can't be read whole: %s",
			in->why);
		buf_release(&text);
		bad(b, &err);
		return;
	}
	bytes_digest(in, b->sha256);
	if (snapshot_parse(&b->snapshot, &text, b->path.p, &err) < 0)
		bad(b, &err);
	else
		b->state = BASELINE_THERE;
}

/* Takes the text of a snapshot that another form was made into. */
static void
take_text(struct baseline *b, struct buf *text, struct err *err)
{
	if (snapshot_parse(&b->snapshot, text, b->path.p, err) < 0)
		bad(b, err);
	else
		b->state = BASELINE_THERE;
}

static void
open_reports(struct baseline *b, const struct found *files, const struct policy *policy)
{
	struct buf text = BUF_INIT;
	struct err err = { 0 };

	if (baseline_of_reports(b, files, policy, &text) < 0)
		b->state = BASELINE_BAD;
	else
		take_text(b, &text, &err);
	buf_release(&text);
}

static void
open_decision(struct baseline *b, const char *path)
{
	struct buf text = BUF_INIT;
	struct err err = { 0 };

	if (baseline_of_decision(b, path, &text, &err) < 0)
		bad(b, &err);
	else
		take_text(b, &text, &err);
	buf_release(&text);
}

/* What is no report may be a list of tests; then what the reports' reader said is moot. */
static void
open_list(struct baseline *b, const char *path, const struct policy *policy)
{
	struct buf text = BUF_INIT;
	struct err err = { 0 };
	int rc = baseline_of_list(path, policy->redactor, &text, &err);

	if (rc < 0)
		bad(b, &err);
	else if (rc == 0)
		take_text(b, &text, &err);
	buf_release(&text);
}

/* Keys are sorted, so that the schema is not near the front; these two are. */
static bool
looks_like_decision(struct str head)
{
	return str_starts(str_trim(head), "{") && str_has(head, "\"counts\"") &&
	       (str_has(head, "\"delivery\"") || str_has(head, "regression-gate/decision@"));
}

/* All of the files are nothing that a parser knows. */
static bool
unknown(const struct baseline *b)
{
	return b->state == BASELINE_BAD &&
	       str_has(b->why, problem_name(PROBLEM_NOT_RECOGNISED));
}

static void
open_files(struct baseline *b, const struct found *files, const struct policy *policy)
{
	char head[4096];
	struct bytes in;
	size_t n;

	bytes_init(&in);
	bytes_open(&in, files->v[0]);
	n = bytes_fill(&in, head, sizeof(head));
	if (n == 0 && in.status == SOURCE_MISSING) {
		b->state = BASELINE_MISSING;
	} else if (snapshot_magic(str_n(head, n)) && files->n == 1) {
		open_snapshot(b, &in, str_n(head, n));
	} else if (in.status == SOURCE_TRUNCATED || in.status == SOURCE_MALFORMED) {
		b->state = BASELINE_BAD;
		b->why = arena_printf(&b->mem, "a baseline that can't be read whole: %s", in.why);
	} else if (files->n == 1 && looks_like_decision(str_n(head, n))) {
		open_decision(b, files->v[0]);
	} else {
		open_reports(b, files, policy);
		if (files->n == 1 && unknown(b))
			open_list(b, files->v[0], policy);
	}
	bytes_release(&in);
}

/*
 * A baseline under version control is the trusted revision's: laid where readers can open
 * it. False: it is not there, or can't be read.
 */
static bool
lay_out(struct baseline *b, const struct files *view, const char **path, bool *laid)
{
	const char *folder = getenv("TMPDIR");
	struct buf raw = BUF_INIT;
	struct err err = { 0 };
	enum files_answer answer = FILES_ELSEWHERE;
	char *name;
	int fd;

	if (view && !files_there(view, *path))
		return false;
	if (view)
		answer = view->read(view->ctx, *path, MAX_SNAPSHOT_BYTES, &raw, &err);
	if (answer == FILES_YES) {
		name = arena_z(&b->mem, arena_printf(&b->mem, "%s/gate-baseline.XXXXXX",
			folder && folder[0] ? folder : "/tmp"));
		fd = mkstemp(name);
		*laid = fd >= 0;
		if (fd < 0 || write(fd, raw.p ? raw.p : "", raw.n) != (ssize_t)raw.n)
			err_set(&err, (struct pos){ 0 }, "can't write %s", name);
		if (fd >= 0)
			close(fd);
		*path = name;
	}
	if (err.set)
		bad(b, &err);
	buf_release(&raw);
	return !err.set;
}

static void
open_trusted(struct baseline *b, struct found *files, const struct policy *policy)
{
	bool *laid = xcalloc(files->n + 1, sizeof(*laid)), there = true;

	for (size_t i = 0; i < files->n && there; i++)
		there = lay_out(b, policy->files, &files->v[i], &laid[i]);
	if (there)
		open_files(b, files, policy);
	else if (b->state != BASELINE_BAD)
		b->state = BASELINE_MISSING;
	for (size_t i = 0; i < files->n; i++)
		if (laid[i])
			unlink(files->v[i]);
	free(laid);
}

static void
open_pattern(struct baseline *b, const char *root, struct str pattern, const struct policy *policy)
{
	struct found files = { 0 };

	files_discover(policy->files, &b->mem, root, pattern, &files);
	if (files.n == 0)
		b->state = BASELINE_MISSING;
	else
		open_trusted(b, &files, policy);
	found_release(&files);
}

/* Whatever its form, the tape keeps the snapshot that it became. */
static void
open_again(struct baseline *b, const struct tape_answer *a)
{
	struct str note = a->note, remark;
	struct buf text = BUF_INIT;
	struct err err = { 0 };

	memcpy(b->sha256, a->sha256, sizeof(b->sha256));
	b->state = a->status >= BASELINE_NONE && a->status <= BASELINE_THERE
		? (enum baseline_state)a->status : BASELINE_BAD;
	buf_add(&text, a->text);
	if (b->state == BASELINE_THERE) {
		while (str_line(&note, &remark))
			baseline_remark(b, "%.*s", STR_FMT(remark));
		take_text(b, &text, &err);
	} else {
		b->why = arena_dup(&b->mem, note);
	}
	buf_release(&text);
}

static void
keep_opened(struct str key, const struct baseline *b)
{
	struct tape_answer a = { .status = b->state, .note = b->why };
	struct buf remarks = BUF_INIT;

	memcpy(a.sha256, b->sha256, sizeof(a.sha256));
	if (b->state == BASELINE_THERE) {
		for (size_t i = 0; i < b->remarks.n; i++)
			buf_addf(&remarks, "%.*s\n", STR_FMT(b->remarks.v[i]));
		a.text = buf_str(&b->snapshot.text);
		a.note = buf_str(&remarks);
	}
	tape_put(TAPE_BASELINE, key, &a);
	buf_release(&remarks);
}

void
baseline_open(struct baseline *b, const char *root, struct str pattern, const struct policy *policy)
{
	struct tape_answer a = { 0 };
	struct buf key = BUF_INIT;

	b->path = arena_dup(&b->mem, pattern);
	buf_addf(&key, "%s\n%.*s", root, STR_FMT(pattern));
	if (tape_get(TAPE_BASELINE, buf_str(&key), &a)) {
		open_again(b, &a);
	} else if (tape_playing()) {
		b->state = BASELINE_BAD;
		b->why = STR("it is not in the bundle");
	} else {
		tape_pause();
		open_pattern(b, root, pattern, policy);
		tape_resume();
		keep_opened(buf_str(&key), b);
	}
	buf_release(&key);
}

void
baseline_of_run(struct baseline *b, const struct args *args, const struct policy *policy)
{
	const char *given = args_get(args, "baseline");
	const char *base;

	b->required = given || policy->baseline_required;
	if (given) {
		b->at = (struct pos){ .file = "--baseline" };
		baseline_open(b, "", str_of(given), policy);
	} else if (policy->baseline.n) {
		b->at = policy->baseline_at;
		base = arena_z(&b->mem, policy->base);
		baseline_open(b, base ? base : "", policy->baseline, policy);
	}
}

void
baseline_check(struct baseline *b, struct str project, int64_t now)
{
	const struct snapshot *s = &b->snapshot;
	struct buf saved = BUF_INIT;

	if (b->state != BASELINE_THERE)
		return;
	if (project.n && s->project.n && !str_eq(project, s->project)) {
		b->state = BASELINE_BAD;
		b->why = arena_printf(&b->mem, "it is of another project: it was saved in %.*s, "
			"this is %.*s; save one here", STR_FMT(s->project), STR_FMT(project));
	} else if (s->saved != DATE_NONE && s->saved > now + CLOCKS_DIFFER) {
		date_rfc3339(&saved, s->saved);
		b->state = BASELINE_BAD;
		b->why = arena_printf(&b->mem, "it is newer than this run: it was saved at %s; a "
			"clock is wrong, or it is of a later run", buf_z(&saved));
		buf_release(&saved);
	}
}

/* ---- saving ---- */

static const struct problem *
first_problem(const struct producer *p)
{
	for (size_t i = 0; i < p->reports.n; i++)
		if (!p->reports.v[i]->complete && p->reports.v[i]->problems.n)
			return &p->reports.v[i]->problems.v[0];
	return p->problems.n ? &p->problems.v[0] : NULL;
}

static bool
may_be_saved(const struct run *run, const char *command)
{
	bool some = false, whole = true;

	for (size_t i = 0; i < run->producers.n; i++) {
		const struct producer *p = &run->producers.v[i];
		const struct problem *why = first_problem(p);

		if (p->not_due) {
			whole = false;
			fprintf(stderr, "gate %s: error: %.*s was not due and did not run\n",
				command, STR_FMT(p->spec->name));
			some = true;
			continue;
		}
		if (p->tool_only_absent)
			continue;
		some = true;
		if (p->complete)
			continue;
		whole = false;
		fprintf(stderr, "gate %s: error: %.*s is incomplete%s%s%s%.*s\n", command,
			STR_FMT(p->spec->name), why ? ": " : "", why ? problem_name(why->code) : "",
			why ? ": " : "", STR_FMT(why ? why->message : STR_NONE));
	}
	if (whole && some)
		return true;
	if (!some)
		fprintf(stderr, "gate %s: error: there are no reports to save\n", command);
	fprintf(stderr, "hint: the baseline was not written: it would call what is lacking new\n");
	return false;
}

/* `.gate/baseline.json.gz` shall not need a `mkdir .gate` before. */
static void
make_folder(const char *path)
{
	struct str s = str_of(path);
	size_t at = str_rchr(s, '/');
	struct buf folder = BUF_INIT;

	if (at == STR_NPOS || at == 0)
		return;
	buf_add(&folder, str_to(s, at));
	if (mkdir(folder.p, 0777) < 0)
		errno = 0; /* writing tells what is wrong */
	buf_release(&folder);
}

int
baseline_look(struct baseline *b, const char *path, const char *command)
{
	struct policy policy = { .redactor = redactor_new() };

	baseline_open(b, "", str_of(path), &policy);
	redactor_free(policy.redactor);
	if (b->state == BASELINE_THERE)
		return 0;
	fprintf(stderr, "gate %s: error: %s: %.*s\n", command, path,
		STR_FMT(b->state == BASELINE_MISSING ? STR("no such file") : b->why));
	return -1;
}

int
baseline_save(const struct decision *d, const char *path, const char *command)
{
	struct buf text = BUF_INIT, packed = BUF_INIT, revision = BUF_INIT;
	struct snapshot_about about = { .name = d->name, .project = d->build.project,
		.saved = d->now,
		.origin = ORIGIN_SAVED };
	int rc;

	if (d->scope_note.n) {
		fprintf(stderr, "gate %s: error: this run is limited (%.*s): it is no baseline\n",
			command, STR_FMT(d->scope_note));
		return -1;
	}
	if (!may_be_saved(d->run, command))
		return -1;
	revision_here(&revision);
	about.revision = buf_str(&revision);
	snapshot_write(d->run, &about, &text);
	gzip_add(&packed, buf_str(&text));
	buf_release(&text);
	make_folder(path);
	rc = output_write(path, buf_str(&packed));
	buf_release(&packed);
	buf_release(&revision);
	return rc;
}
