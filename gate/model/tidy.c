/* tidy.c -- see tidy.h. */
#include "gate/model/tidy.h"

#include <unistd.h>

#include "gate/base/limits.h"
#include "gate/base/tape.h"

#define CWD "working folder"

static bool
windows_absolute(struct str s)
{
	return s.n > 2 && is_alpha(s.p[0]) && s.p[1] == ':' && s.p[2] == '/';
}

static bool
skip_prefix(struct str *s, struct str prefix)
{
	if (prefix.n == 0 || s->n <= prefix.n || memcmp(s->p, prefix.p, prefix.n) != 0)
		return false;
	if (prefix.p[prefix.n - 1] != '/' && s->p[prefix.n] != '/')
		return false;
	*s = str_from(*s, prefix.n);
	while (str_skip(s, "/"))
		;
	return true;
}

/* Of then, when a leg is read from a tape. */
static struct str
working_folder(struct tidy *t, const struct collect_options *opt)
{
	struct tape_answer a = { 0 };

	if (tape_playing() && !opt->from_disk)
		return tape_get(TAPE_PLACE, STR(CWD), &a) ? a.text : STR_NONE;
	if (!t->has_cwd) {
		t->has_cwd = true;
		if (getcwd(t->cwd, sizeof(t->cwd)) == NULL || strcmp(t->cwd, "/") == 0)
			t->cwd[0] = '\0';
	}
	return str_of(t->cwd);
}

/* On the tape only where a path lies below it: nothing else hangs on the machine's folders. */
static void
skip_working_folder(struct tidy *t, const struct collect_options *opt, struct str *s)
{
	struct tape_answer a = { .text = working_folder(t, opt) };

	if (skip_prefix(s, a.text))
		tape_put(TAPE_PLACE, STR(CWD), &a);
}

static void
strip(struct tidy *t, const struct collect_options *opt, struct str *s)
{
	if (str_skip(s, "file://"))
		str_skip(s, "./");
	for (size_t i = 0; i < opt->nstrip; i++)
		if (skip_prefix(s, opt->strip[i]))
			return;
	if (s->n && s->p[0] == '/')
		skip_working_folder(t, opt, s);
}

/* "a/./b//c" -> "a/b/c"; a leading "//" or "/" stays one slash. */
static void
add_folded(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '/') {
			while (str_starts(str_from(s, i), "/./"))
				i += 2;
			if (i + 1 < s.n && s.p[i + 1] == '/' && (i == 0 || s.p[i - 1] != ':'))
				continue;
		}
		buf_addc(out, s.p[i]);
	}
}

static void
renew(struct tidy *t, const struct collect_options *opt, struct str raw)
{
	struct str s;

	buf_reset(&t->raw);
	buf_add(&t->raw, raw);
	buf_reset(&t->path);
	buf_reset(&t->slashed);
	buf_add(&t->slashed, str_to(raw, MAX_NAME_KEPT));
	for (size_t i = 0; i < t->slashed.n; i++)
		if (t->slashed.p[i] == '\\')
			t->slashed.p[i] = '/';
	s = str_trim(buf_str(&t->slashed));
	strip(t, opt, &s);
	while (str_skip(&s, "./"))
		;
	if (opt->root.n && s.n && s.p[0] != '/' && !windows_absolute(s)) {
		buf_add(&t->path, opt->root);
		if (!str_ends(opt->root, "/"))
			buf_addc(&t->path, '/');
	}
	t->root = t->path.n;
	add_folded(&t->path, s);
}

struct str
tidy_path(struct tidy *t, const struct collect_options *opt, struct str raw, struct str *plain)
{
	if (raw.n == 0) {
		if (plain)
			*plain = STR_NONE;
		return STR_NONE;
	}
	if (!str_eq(raw, buf_str(&t->raw)))
		renew(t, opt, raw);
	if (plain)
		*plain = str_from(buf_str(&t->path), t->root);
	return buf_str(&t->path);
}

void
tidy_release(struct tidy *t)
{
	buf_release(&t->raw);
	buf_release(&t->path);
	buf_release(&t->slashed);
}
