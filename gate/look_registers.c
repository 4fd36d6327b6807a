/*
 * look_registers.c -- files in which people keep findings. A Markdown file is one when its
 * reader finds findings in it; data is one when it looks like nothing else.
 */
#include <sys/stat.h>

#include "gate/base/limits.h"
#include "gate/input/source.h"
#include "gate/look_around.h"
#include "parsers/registers/register.h"

#define SURE 70 /* of a sniffer that does not know the file's name */
#define MAX_REGISTERS 100
#define MAX_IDS 5000

static bool
ends_in(struct str path, const char *const endings[])
{
	for (size_t i = 0; endings[i]; i++)
		if (str_ends(path, endings[i]))
			return true;
	return false;
}

/* What every project has, and what is about the project rather than its defects. */
static bool
is_ordinary(struct str name)
{
	static const char *const ordinary[] = { "readme", "changelog", "changes", "contributing",
		"license", "code_of_conduct", "security", "history", "news", "authors", "agents",
		"claude", NULL };

	for (size_t i = 0; ordinary[i]; i++)
		if (str_istarts(name, ordinary[i]))
			return true;
	return false;
}

static bool
is_list_name(struct str name)
{
	static const char *const words[] = { "known", "fail", "flaky", "quarantine", "baseline",
		"xfail", "allowlist", "waive", NULL };

	for (size_t i = 0; words[i]; i++)
		if (str_ifind(name, str_of(words[i])) != STR_NPOS)
			return true;
	return false;
}

static bool
is_candidate(struct str path)
{
	static const char *const documents[] = { ".md", ".markdown", NULL };
	static const char *const data[] = { ".yaml", ".yml", NULL };
	static const char *const lists[] = { ".json", ".txt", ".list", NULL };
	struct str name = str_basename(path);
	struct stat st;

	if (stat(path.p, &st) < 0 || st.st_size == 0 || st.st_size > MAX_LOOK_BYTES)
		return false;
	return (ends_in(path, documents) && !is_ordinary(name)) ||
	       (ends_in(path, data) && !str_starts(path, ".github/")) ||
	       (ends_in(path, lists) && (is_list_name(name) || str_ifind(name, STR("issue")) !=
		STR_NPOS));
}

/* Is there a format that knows the text, whatever the file is called? */
static bool
looks_like_data(struct str path)
{
	struct buf text = BUF_INIT;
	struct err err = { 0 };
	bool yes = false;

	if (source_slurp(path.p, MAX_LOOK_BYTES, &text, NULL, &err) == 0)
		for (size_t i = 0; !yes && register_parsers[i]; i++)
			yes = register_parsers[i]->sniff(STR("-"), buf_str(&text)) >= SURE;
	buf_release(&text);
	return yes;
}

/* Findings that the file itself defines; one with a severity outweighs a chance. */
static size_t
count_findings(const struct findings *fs, const struct reg *reg)
{
	size_t n = 0, sure = 0;

	for (size_t i = 0; i < fs->all.n; i++) {
		n += !fs->all.v[i]->statement;
		sure += fs->all.v[i]->has_severity || fs->all.v[i]->entry != NULL;
	}
	return reg->kind == REGISTER_DOCUMENT && sure == 0 && n < 2 ? 0 : n;
}

static void
add(struct sights *s, struct str path, enum register_kind kind, size_t findings)
{
	struct seen_register *r;

	if (s->registers.n >= MAX_REGISTERS) {
		s->cut = true;
		return;
	}
	r = vec_push(&s->registers);
	r->pattern = path;
	r->kind = kind;
	r->files = 1;
	r->findings = findings;
}

static bool
has(const struct str_list *l, struct str s)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->v[i], s))
			return true;
	return false;
}

static void
keep_ids(struct sights *s, const struct findings *fs)
{
	for (size_t i = 0; i < fs->all.n && s->ids.n < MAX_IDS; i++)
		if (!has(&s->ids, fs->all.v[i]->id))
			*vec_push(&s->ids) = arena_dup(&s->mem, fs->all.v[i]->id);
}

static struct reg *
read(struct findings *fs, struct str path, struct diags *d)
{
	struct reg *reg = findings_reg(fs, path, path);

	reg->fill_expires = DATE_NONE;
	return register_read(fs, reg, NULL, d) == 0 ? reg : NULL;
}

bool
look_at_register(struct sights *s, struct str path)
{
	static const char *const data[] = { ".yaml", ".yml", ".json", NULL };
	struct findings fs = { 0 };
	struct diags d = { 0 };
	const struct reg *reg;
	bool yes = false;

	if (!is_candidate(path) || (ends_in(path, data) && !looks_like_data(path)))
		return false;
	reg = read(&fs, path, &d);
	if (reg) {
		size_t n = count_findings(&fs, reg);

		yes = n > 0 || reg->kind == REGISTER_STRUCTURED;
		if (yes) {
			add(s, path, reg->kind, n);
			keep_ids(s, &fs);
		} else if (fs.all.n > 0) {
			*vec_push(&s->maybe) = path;
		}
	}
	findings_release(&fs);
	diags_release(&d);
	return yes;
}

void
look_at_statements(struct sights *s)
{
	for (size_t i = 0; i < s->maybe.n; i++) {
		struct findings fs = { 0 };
		struct diags d = { 0 };
		const struct reg *reg = read(&fs, s->maybe.v[i], &d);
		size_t n = 0;

		for (size_t k = 0; reg && k < fs.all.n; k++)
			n += has(&s->ids, fs.all.v[k]->id);
		if (n > 0)
			add(s, s->maybe.v[i], reg->kind, n);
		findings_release(&fs);
		diags_release(&d);
	}
}
