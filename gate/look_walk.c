/* look_walk.c -- the files of a checkout, without what is not its own or made for tests. */
#include <dirent.h>
#include <sys/stat.h>

#include "gate/base/limits.h"
#include "gate/look_around.h"

struct folder {
	struct str path; /* "" is the working folder */
	int depth;
	int in_tests;    /* 1: it holds a project's tests, 2: it is below one that does */
};

struct walk {
	struct sights *s;
	struct str_list *files;
	struct { struct folder *v; size_t n, cap; } open;
	size_t entries;
};

static bool
one_of(struct str name, const char *const words[])
{
	for (size_t i = 0; words[i]; i++)
		if (str_ieqz(name, words[i]))
			return true;
	return false;
}

bool
look_usual_folder(struct str name)
{
	static const char *const usual[] = { "build", "target", "out", "output", "reports",
		"report", "test-reports", "test-report", "test-results", "test_results",
		"testresults", "test-output", "results", "junit", "artifacts", "ci-artifacts",
		"surefire-reports", "failsafe-reports", "lint-results", NULL };

	return one_of(name, usual);
}

/* Other people's code, caches, and inputs of tests, which look like reports and are none. */
static bool
is_foreign(struct str name)
{
	static const char *const foreign[] = { "node_modules", "bower_components", "vendor",
		"third_party", "third-party", "venv", "site-packages", "__pycache__", "pods",
		"examples", "example", "samples", "fixtures", "__fixtures__", "testdata",
		"test-data", "test_data", "golden", "snapshots", "__snapshots__", NULL };
	static const char *const hidden[] = { ".github", ".gitlab", ".gate", ".ci", NULL };

	if (name.p[0] == '.')
		return !one_of(name, hidden);
	return one_of(name, foreign);
}

/*
 * Folders of tests hold lists of known failures and folders of reports, and further below
 * all that tests are made of, which looks like both.
 */
static int
tests_at(const struct folder *f, struct str name)
{
	static const char *const tests[] = { "tests", "test", "spec", "__tests__", NULL };

	if (f->in_tests)
		return f->in_tests + 1;
	return one_of(name, tests);
}

static struct str
below(struct arena *mem, struct str folder, struct str name)
{
	return folder.n ? arena_printf(mem, "%.*s/%.*s", STR_FMT(folder), STR_FMT(name)) :
		arena_dup(mem, name);
}

static void
look_at(struct walk *w, const struct folder *f, const char *name)
{
	struct str path = below(&w->s->mem, f->path, str_of(name));
	struct stat st;

	/* A line end in a name would leave the place where the policy writes it. */
	for (const char *p = name; *p; p++)
		if ((unsigned char)*p < 32 || *p == 127)
			return;
	/* Links are not followed: what they name is elsewhere, or seen already. */
	if (lstat(path.p, &st) < 0)
		return;
	if (S_ISREG(st.st_mode)) {
		*vec_push(w->files) = path;
	} else if (S_ISDIR(st.st_mode) && !is_foreign(str_of(name))) {
		struct folder deeper = { path, f->depth + 1, tests_at(f, str_of(name)) };

		if (f->depth >= MAX_LOOK_DEPTH)
			w->s->cut = true;
		else if (deeper.in_tests <= 2)
			*vec_push(&w->open) = deeper;
	}
}

static int
by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

void
look_walk(struct sights *s, struct str_list *files)
{
	struct walk w = { .s = s, .files = files };

	vec_push(&w.open);
	while (w.open.n > 0 && !(s->cut && w.entries >= MAX_LOOK_ENTRIES)) {
		struct folder f = w.open.v[--w.open.n];
		DIR *dir = opendir(f.path.n ? f.path.p : ".");
		struct dirent *entry;

		while (dir && (entry = readdir(dir)) != NULL) {
			if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
				continue;
			if (++w.entries > MAX_LOOK_ENTRIES) {
				s->cut = true;
				break;
			}
			look_at(&w, &f, entry->d_name);
		}
		if (dir)
			closedir(dir);
	}
	vec_release(&w.open);
	vec_sort(files, by_bytes);
}
