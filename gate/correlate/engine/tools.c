/* tools.c -- see tools.h. */
#include "gate/correlate/engine/tools.h"

#include "gate/correlate/engine/place.h"
#include "gate/correlate/engine/subject.h"

const char *const tools_without_rules[] = {
	"autopep8", "black", "buf-format", "clang-format", "dart-format", "dprint", "gofmt",
	"gofumpt", "goimports", "google-java-format", "isort", "ktfmt", "ocamlformat", "prettier",
	"ruff-format", "rustfmt", "scalafmt", "shfmt", "stylua", "swift-format", "taplo",
	"terraform-fmt", "yapf", NULL,
};

bool
tool_has_rules(struct str tool)
{
	for (size_t i = 0; tools_without_rules[i]; i++)
		if (str_ieqz(tool, tools_without_rules[i]))
			return false;
	return true;
}

struct str
tool_key(const struct subject *s, struct str word)
{
	return lower_copy(&s->scratch->keys, word);
}

bool
lines_touch(const struct location *l, long first, long last)
{
	long end = l->end_line > l->line ? l->end_line : l->line;

	if (l->line == 0) /* the whole file */
		return true;
	return first > 0 && first <= end && (last > first ? last : first) >= l->line;
}

static bool
lies_in(const struct ref *r, const struct subject *s)
{
	const struct location *l = r->location;

	if (l->folder || str_ends(l->path, "/"))
		return place_below(l->path, s->file);
	return place_same(l->path, s->file) && lines_touch(l, s->line, s->end_line);
}

static const struct ref *
place_named(const struct index *ix, const struct subject *s, const struct finding *f,
	struct str name)
{
	for (const struct ref *r = refs_of(&ix->places, name); r; r = r->next)
		if (r->finding == f && lies_in(r, s))
			return r;
	return NULL;
}

const struct ref *
issue_place(const struct index *ix, const struct subject *s, const struct finding *f)
{
	struct str file = place_tidy(s->file);
	const struct ref *r;

	if (file.n == 0)
		return NULL;
	r = place_named(ix, s, f, place_name(file));
	for (size_t i = 1; r == NULL && i < file.n; i++)
		if (file.p[i] == '/' || file.p[i] == '\\')
			r = place_named(ix, s, f, place_name(str_to(file, i)));
	return r;
}

bool
has_places(const struct finding *f)
{
	return f->locations.n != 0;
}
