/* fetch.c -- see fetch.h. What it leaves out could make a later verdict green: all is said. */
#include "gate/fetch.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/glob.h"
#include "gate/base/limits.h"
#include "gate/base/map.h"
#include "gate/base/utf8.h"
#include "gate/command.h"
#include "gate/report/support/escape.h"
#include "gate/unzip.h"

#define DEFAULT_FOLDER "fetched"
#define MAX_FOLDER_NAME 100

struct item {
	const struct artifact *from;
	struct str folder;     /* its name below the one that all goes to */
	size_t files;
	bool here;
};

struct fetching {
	const struct args *args;
	struct arena mem;
	struct delivery_job job;
	struct forge_ops ops;
	struct runs runs;
	VEC(struct item) items;
	struct unzipped unzipped;
	const char *folder;
	struct buf tmp;        /* beside it, until all is there */
	bool incomplete;
};

static void lost(struct fetching *f, const char *hint, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
static int complain(const char *hint, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Something that was asked for is not here. */
static void
lost(struct fetching *f, const char *hint, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	va_list ap;

	f->incomplete = true;
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	forge_say("gate fetch: error: ", buf_str(&b));
	if (hint && hint[0])
		forge_say("hint: ", str_of(hint));
	buf_release(&b);
}

static void
refused(struct fetching *f)
{
	lost(f, buf_z(&f->job.hint), "%s", buf_z(&f->job.said));
}

/* ---- what there is ---- */

static void
look_at(struct fetching *f, const struct run *run, struct str own)
{
	size_t before = f->runs.artifacts.n;
	char id[24];

	if (f->job.down)
		return;
	snprintf(id, sizeof(id), "%lld", run->id);
	if (runs_artifacts(&f->job, run, &f->runs) != DELIVERED)
		refused(f);
	else if (f->runs.artifacts.n == before)
		*vec_push(&f->runs.notes) = arena_printf(&f->runs.mem, "%s %s keeps no artifacts",
			f->job.build.forge == FORGE_GITHUB ? "run" : "pipeline", id);
	if (run->is == RUN_GOING && str_eqz(own, id))
		*vec_push(&f->runs.notes) = STR("this run goes on: what its other jobs have not "
			"uploaded yet is not here");
	else if (run->is == RUN_GOING)
		lost(f, "fetch again when it has ended", "%s goes on (%.*s): what it has not "
			"uploaded yet is not here", id, STR_FMT(run->state));
	else if (run->is == RUN_CUT)
		lost(f, NULL, "%s did not come to its end (%.*s): what it has not uploaded is not "
			"here", id, STR_FMT(run->state));
}

static int
look(struct fetching *f, const struct fetch_target *t)
{
	const struct runs_wanted *w = &t->wanted;
	bool hub = f->job.build.forge == FORGE_GITHUB;

	if (runs_find(&f->job, w, &f->runs) != DELIVERED) {
		refused(f);
		return -1;
	}
	if (f->runs.list.n == 0)
		lost(f, w->revision.n ? "was it pushed, and did it run? --branch NAME takes the "
			"newest of a branch" : NULL, "no %s of %s %.*s in %.*s",
			hub ? "run" : "pipeline", w->revision.n ? "revision" : "branch",
			STR_FMT(w->revision.n ? w->revision : w->branch),
			STR_FMT(f->job.build.project));
	for (size_t i = 0; i < f->runs.list.n; i++)
		look_at(f, &f->runs.list.v[i], t->own);
	return 0;
}

/* ---- which of them, and where to ---- */

/* Letters, digits and . _ - of the name; nothing in it is a path or hidden. */
static struct str
folder_name(struct arena *mem, struct str name)
{
	struct str head = utf8_head(name, MAX_FOLDER_NAME);
	char *z = arena_z(mem, head.n ? head : STR("artifact"));

	for (char *p = z; *p; p++)
		if (!is_alnum(*p) && !strchr("._-", *p))
			*p = '-';
	if (z[0] == '.' || z[0] == '-')
		z[0] = '_';
	return str_of(z);
}

static bool
is_chosen(struct fetching *f, struct str name)
{
	const char *pattern;

	for (size_t i = 0; (pattern = args_nth(f->args, "name", i)) != NULL; i++)
		if (glob_match(str_of(pattern), name))
			return true;
	return !args_has(f->args, "name");
}

static int
by_folder(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int c = str_cmp(x->folder, y->folder);

	return c ? c : (x->from->id > y->from->id) - (x->from->id < y->from->id);
}

static struct str
lower(struct arena *mem, struct str s)
{
	char *z = arena_z(mem, s);

	for (char *p = z; *p; p++)
		*p = to_lower(*p);
	return str_of(z);
}

/* Two of one name, or alike where file names have no case, are told apart by their numbers. */
static void
name_folders(struct fetching *f)
{
	static char twice;
	struct map seen = { 0 };

	for (size_t i = 0; i < f->items.n; i++) {
		struct item *it = &f->items.v[i];
		void **at;

		it->folder = folder_name(&f->mem, it->from->name);
		at = map_at(&seen, lower(&f->mem, it->folder));
		*at = *at ? (void *)&twice : it;
	}
	for (size_t i = 0; i < f->items.n; i++) {
		struct item *it = &f->items.v[i];

		if (map_get(&seen, lower(&f->mem, it->folder)) == &twice)
			it->folder = arena_printf(&f->mem, "%.*s-%lld", STR_FMT(it->folder),
				it->from->id);
	}
	map_release(&seen);
	vec_sort(&f->items, by_folder);
}

static void
choose(struct fetching *f)
{
	const char *pattern;

	for (size_t i = 0; i < f->runs.artifacts.n; i++)
		if (is_chosen(f, f->runs.artifacts.v[i].name))
			vec_push(&f->items)->from = &f->runs.artifacts.v[i];
	for (size_t i = 0; (pattern = args_nth(f->args, "name", i)) != NULL; i++) {
		bool hit = false;

		for (size_t k = 0; k < f->items.n && !hit; k++)
			hit = glob_match(str_of(pattern), f->items.v[k].from->name);
		if (!hit)
			lost(f, NULL, "--name '%s' matches none of %zu artifacts", pattern,
				f->runs.artifacts.n);
	}
	if (f->runs.list.n && f->runs.artifacts.n == 0 && !f->incomplete)
		lost(f, NULL, "there are no artifacts");
	name_folders(f);
}

/* ---- bringing it ---- */

static int
make_tmp(struct fetching *f)
{
	buf_addf(&f->tmp, "%s.XXXXXX", f->folder);
	if (mkdtemp(f->tmp.p))
		return 0;
	lost(f, NULL, "can't write beside %s: %s", f->folder, strerror(errno));
	buf_reset(&f->tmp);
	return -1;
}

static void
bring_one(struct fetching *f, struct item *it, struct http_answer *a)
{
	struct http_request r = { .method = "GET", .path = it->from->url,
		.file = MAX_FETCH_PACKED };
	struct buf to = BUF_INIT;
	struct err err = { 0 };
	struct str name = it->from->name;
	size_t before = f->unzipped.files;

	if (!http_do(f->job.http, &r, a)) {
		delivery_refused(&f->job, a, arena_printf(&f->mem, "'%.*s'", STR_FMT(name)).p);
		if (a->elsewhere) { /* the token has no part in it */
			f->job.down = false;
			buf_reset(&f->job.hint);
			buf_addz(&f->job.said, " (where the forge keeps it)");
		}
		refused(f);
		return;
	}
	buf_addf(&to, "%s/%.*s", f->tmp.p, STR_FMT(it->folder));
	it->here = unzip(&f->unzipped, buf_str(&a->body), to.p, &err) == 0;
	it->files = f->unzipped.files - before;
	if (!it->here)
		lost(f, err.hint, "'%.*s': %s", STR_FMT(name), err.text);
	buf_release(&to);
}

static void
bring(struct fetching *f)
{
	struct http_answer a = { 0 };
	size_t untried = 0;

	for (size_t i = 0; i < f->items.n; i++) {
		const struct artifact *from = f->items.v[i].from;

		if (from->lost.n)
			lost(f, NULL, "'%.*s': %.*s", STR_FMT(from->name), STR_FMT(from->lost));
		else if (f->job.down || (f->tmp.n == 0 && make_tmp(f) < 0))
			untried++;
		else
			bring_one(f, &f->items.v[i], &a);
	}
	if (untried)
		lost(f, NULL, "%zu more are not brought", untried);
	http_answer_release(&a);
}

/* All that came whole appears at once, under the name that was asked for. */
static void
publish(struct fetching *f)
{
	mode_t mask = umask(0);

	umask(mask);
	if (f->tmp.n == 0)
		return;
	if (f->unzipped.made.n && chmod(f->tmp.p, 0777 & ~mask) == 0 &&
	    rename(f->tmp.p, f->folder) == 0)
		return;
	if (f->unzipped.made.n)
		lost(f, NULL, "can't write %s: %s", f->folder, strerror(errno));
	unzip_undo(&f->unzipped, 0);
	rmdir(f->tmp.p);
	for (size_t i = 0; i < f->items.n; i++)
		f->items.v[i].here = false;
}

static void
put_line(struct buf *out, struct str line)
{
	escape_terminal(out, line);
	buf_addc(out, '\n');
}

static int
report(struct fetching *f)
{
	struct buf out = BUF_INIT;
	int rc;

	for (size_t i = 0; i < f->runs.notes.n; i++)
		forge_say("gate fetch: note: ", f->runs.notes.v[i]);
	for (size_t i = 0; i < f->runs.list.n; i++) {
		const struct run *r = &f->runs.list.v[i];

		put_line(&out, arena_printf(&f->mem, "%s: %s %lld%s%.*s: %.*s", f->ops.name,
			f->job.build.forge == FORGE_GITHUB ? "run" : "pipeline", r->id,
			r->name.n ? " of " : "", STR_FMT(r->name), STR_FMT(r->state)));
	}
	for (size_t i = 0; i < f->items.n; i++) {
		const struct item *it = &f->items.v[i];
		bool same = str_eq(it->folder, it->from->name);

		if (it->here)
			put_line(&out, arena_printf(&f->mem, "%s/%.*s: %zu file%s%s%.*s%s",
				f->folder, STR_FMT(it->folder), it->files,
				it->files == 1 ? "" : "s", same ? "" : " of '",
				STR_FMT(same ? STR_NONE : it->from->name), same ? "" : "'"));
	}
	rc = output_write("-", buf_str(&out));
	buf_release(&out);
	return rc < 0 || f->incomplete ? EXIT_INCONCLUSIVE : EXIT_PASS;
}

/* ---- before anything is asked ---- */

static int
complain(const char *hint, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	forge_say("gate fetch: error: ", buf_str(&b));
	if (hint)
		forge_say("hint: ", str_of(hint));
	buf_release(&b);
	return EXIT_INVALID;
}

static int
check_token(const struct forge_access *access, enum forge forge)
{
	struct str token = str_trim(buf_str(&access->token));
	const char *hint = forge == FORGE_GITHUB ? "set GITHUB_TOKEN (in a job: "
		"${{ github.token }} and `actions: read`), or GATE_TOKEN" :
		"set GITLAB_TOKEN to an access token with the scope `read_api`";

	if (token.n == 0)
		return complain(hint, "there is no token");
	if (forge == FORGE_GITLAB && str_eq(token, str_of(getenv("CI_JOB_TOKEN"))))
		return complain(hint, "CI_JOB_TOKEN may not list a pipeline's jobs");
	return 0;
}

/* An empty folder may be there; nothing is put between other files. */
static int
check_folder(struct fetching *f)
{
	const char *name = args_get(f->args, "output");
	struct str s = str_of(name ? name : DEFAULT_FOLDER);
	const struct dirent *e;
	bool empty = true;
	DIR *d;

	while (s.n > 1 && s.p[s.n - 1] == '/')
		s.n--;
	f->folder = arena_z(&f->mem, s);
	if (s.n == 0)
		return complain(NULL, "--output is empty");
	d = opendir(f->folder);
	if (d == NULL && errno == ENOENT)
		return 0;
	while (d && empty && (e = readdir(d)) != NULL)
		empty = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
	if (d)
		closedir(d);
	return d && empty ? 0 : complain("remove it, or name another folder with -o",
		"%s is there already", f->folder);
}

int
fetch(const struct fetch_target *t, struct forge_access *access, const struct args *args)
{
	bool hub = t->build.forge == FORGE_GITHUB;
	struct fetching f = { .args = args, .ops = hub ? forge_github : forge_gitlab,
		.job = { .build = t->build },
		.unzipped = { .max_files = MAX_FETCH_FILES, .max_bytes = MAX_FETCH_BYTES } };
	struct err err = { 0 };
	int rc = check_token(access, t->build.forge);

	f.ops.wrong_token_hint = hub ? "the token is wrong or expired" :
		"the token is wrong or expired, or lacks the scope `read_api`";
	f.ops.read_only_hint = hub ? "the token may not read artifacts: in a job it needs "
		"`actions: read`" : "the token may not read artifacts: it needs the scope "
		"`read_api`, and its user access to the project's pipelines";
	f.job.ops = &f.ops;
	if (rc == 0)
		rc = check_folder(&f);
	if (rc == 0 && (f.job.http = forge_access_open(access, &f.ops, &t->build, &err)) == NULL)
		rc = complain(err.hint[0] ? err.hint : NULL, "%s", err.text);
	if (rc == 0 && look(&f, t) == 0) {
		choose(&f);
		bring(&f);
		publish(&f);
	}
	if (rc == 0)
		rc = report(&f);
	http_free(f.job.http);
	delivery_job_release(&f.job);
	unzip_release(&f.unzipped);
	runs_release(&f.runs);
	vec_release(&f.items);
	buf_release(&f.tmp);
	arena_release(&f.mem);
	return rc;
}
