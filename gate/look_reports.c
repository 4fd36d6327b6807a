/*
 * look_reports.c -- what the reports that `gate init` found are worth: two that fail the same
 * tests are likely one run written twice, and some files only say that their tool was not there.
 */
#include <sys/stat.h>

#include "gate/base/hash.h"
#include "gate/base/limits.h"
#include "gate/look_around.h"
#include "parsers/parser.h"

#define MAX_STRANGERS 10

static int
by_id(const void *a, const void *b)
{
	const struct str *x = a, *y = b;

	return str_cmp(*x, *y);
}

/* A digest of the names of what fails; false when nothing does. */
static bool
failing_of(const struct report *r, char hex[SHA256_HEX])
{
	struct str_list ids = { 0 };
	struct buf all = BUF_INIT;
	bool any;

	for (size_t i = 0; i < r->tests.n; i++)
		if ((r->tests.v[i].outcome == OUT_FAILED || r->tests.v[i].outcome == OUT_ERROR) &&
			!r->tests.v[i].synthetic)
			*vec_push(&ids) = r->tests.v[i].base_id;
	vec_sort(&ids, by_id);
	for (size_t i = 0; i < ids.n; i++)
		buf_addf(&all, "%.*s\n", STR_FMT(ids.v[i]));
	sha256_of(buf_str(&all), hex);
	buf_release(&all);
	any = ids.n > 0;
	vec_release(&ids);
	return any;
}

static bool
small(struct str path)
{
	struct stat st;

	return stat(path.p, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= MAX_LOOK_BYTES;
}

void
look_into_reports(struct sights *s)
{
	char (*failing)[SHA256_HEX] = xcalloc(s->reports.n + 1, sizeof(*failing));

	for (size_t i = 0; i < s->reports.n; i++) {
		struct seen_report *seen = &s->reports.v[i];
		struct report r = { .path = seen->pattern, .open_path = seen->pattern.p };
		struct collect_options opt = { .count_issues = true };

		if (seen->files != 1 || seen->from.n || !small(seen->pattern))
			continue;
		report_read(&r, seen->format, &opt);
		if (!failing_of(&r, failing[i]))
			failing[i][0] = '\0';
		report_release(&r);
		for (size_t k = 0; k < i && failing[i][0] && seen->like.n == 0; k++)
			if (strcmp(failing[k], failing[i]) == 0)
				seen->like = s->reports.v[k].pattern;
	}
	free(failing);
}

void
look_at_stranger(struct sights *s, struct str path)
{
	struct report r = { .path = path, .open_path = path.p };
	struct collect_options opt = { .count_issues = true };

	if (s->strangers.n >= MAX_STRANGERS || !small(path))
		return;
	report_read(&r, STR("auto"), &opt);
	if (report_has(&r, PROBLEM_TOOL_NOT_FOUND) && r.problems.n)
		*vec_push(&s->strangers) = (struct stranger){ .path = path,
			.says = arena_dup(&s->mem, r.problems.v[0].message) };
	report_release(&r);
}
