/*
 * look_ci.c -- pipelines' definitions, read as text: which reports do their runners write?
 * A checkout seldom holds reports, and its pipeline names them.
 */
#include "gate/base/limits.h"
#include "gate/input/source.h"
#include "gate/look_around.h"

static bool
is_ci_file(struct str path)
{
	if (str_starts(path, ".github/workflows/"))
		return str_ends(path, ".yml") || str_ends(path, ".yaml");
	return str_eqz(path, ".gitlab-ci.yml") ||
	       (str_starts(path, ".gitlab/") && str_ends(path, ".yml"));
}

/* What stands behind an option or key, up to a blank or a quote. */
static struct str
word_behind(struct str rest)
{
	size_t n = 0;

	while (rest.n && (is_space(rest.p[0]) || strchr("=:'\"[-", rest.p[0])))
		rest = str_from(rest, 1);
	while (n < rest.n && !is_space(rest.p[n]) && strchr("'\",]#;&|", rest.p[n]) == NULL)
		n++;
	return str_to(rest, n);
}

/* A path that the policy can name as it is: no variables, inside the checkout. */
static bool
is_report_path(struct str path)
{
	return str_ends(path, ".xml") && path.n > 4 && path.p[0] != '/' && !str_has(path, "..") &&
	       str_chr(path, '$') == STR_NPOS && str_chr(path, '{') == STR_NPOS &&
	       str_chr(path, '\\') == STR_NPOS && path.p[0] != '*';
}

static void
add_named(struct sights *s, struct str path, struct str file, long line)
{
	struct seen_report *r;

	str_skip(&path, "./");
	for (size_t i = 0; i < s->reports.n; i++)
		if (str_eq(s->reports.v[i].pattern, path))
			return;
	r = vec_push(&s->reports);
	r->pattern = arena_dup(&s->mem, path);
	r->format = STR("junit");
	r->from = arena_printf(&s->mem, "%.*s:%ld", STR_FMT(file), line);
}

bool
look_at_ci(struct sights *s, struct str path)
{
	/* pytest, gotestsum, mocha and phpunit, GitLab's artifacts:reports, jest-junit */
	static const char *const before[] = { "--junitxml", "--junit-xml", "--junitfile",
		"--log-junit", "junit:", "JEST_JUNIT_OUTPUT_FILE", "--gtest_output=xml", NULL };
	struct buf text = BUF_INIT;
	struct err err = { 0 };
	struct str rest, line;

	if (!is_ci_file(path))
		return false;
	*vec_push(&s->ci) = path;
	if (source_slurp(path.p, MAX_CONFIG_BYTES, &text, NULL, &err) < 0)
		return true;
	rest = buf_str(&text);
	for (long n = 1; str_line(&rest, &line); n++) {
		if (str_starts(str_trim(line), "#"))
			continue;
		for (size_t i = 0; before[i]; i++) {
			size_t at = str_find(line, str_of(before[i]));
			struct str word = at == STR_NPOS ? STR_NONE :
				word_behind(str_from(line, at + strlen(before[i])));

			if (word.n && is_report_path(word))
				add_named(s, word, path, n);
		}
	}
	buf_release(&text);
	return true;
}
