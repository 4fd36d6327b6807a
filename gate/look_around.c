/* look_around.c -- see look_around.h: reports by their content, files of one kind together. */
#include "gate/look_around.h"

#include <sys/stat.h>

#include "gate/base/limits.h"
#include "parsers/parser.h"

#define SURE 50        /* a sniffer's score below which a file is left alone */
#define TOGETHER 3     /* so many files of a folder and kind become a pattern */
#define MAX_REPORTS 40 /* more producers than this nobody would read */

struct file {
	struct str path, ending;
	struct str usual;            /* see usual_part */
	const struct parser *parser; /* NULL: no report */
};

struct files {
	struct file *v;
	size_t n, cap;
};

static struct str
folder_part(struct str path)
{
	size_t slash = str_rchr(path, '/');

	return slash == STR_NPOS ? STR_NONE : str_to(path, slash);
}

static struct str
ending(struct str path)
{
	struct str name = str_basename(path);
	size_t dot = str_rchr(name, '.');

	return dot == STR_NPOS || dot == 0 ? STR_NONE : str_from(name, dot);
}

/* From the first folder on in which runners write: "target/surefire-reports"; or the empty view. */
static struct str
usual_part(struct str path)
{
	struct str rest = folder_part(path);

	while (rest.n) {
		struct str name = rest, behind;

		str_cut(&name, "/", &behind);
		if (look_usual_folder(name))
			return rest;
		rest = behind;
	}
	return STR_NONE;
}

static const struct parser *
parser_of(struct sights *s, struct str path)
{
	static const char *const endings[] = { ".xml", ".json", ".sarif", ".txt", ".log", ".trx",
		".tap", ".jsonl", ".ndjson", ".gz", NULL };
	const struct parser *parser = NULL;
	struct source *in;
	struct str head;
	int score = 0;
	bool wanted = false;
	struct stat st;

	for (size_t i = 0; endings[i]; i++)
		wanted |= str_eqz(ending(path), endings[i]);
	if (!wanted || (str_chr(path, '/') != STR_NPOS && usual_part(path).n == 0) ||
	    stat(path.p, &st) < 0 || st.st_size == 0)
		return NULL;
	in = source_open(path.p);
	head = source_head(in);
	if (head.n)
		parser = parser_sniff(head, &score, NULL);
	source_close(in);
	if (score < SURE)
		look_at_stranger(s, path);
	return score >= SURE ? parser : NULL;
}

/* The producer's name: the tool's, the file's, or the first folder's that says something. */
static struct str
name_of(struct sights *s, const struct parser *parser, struct str pattern, bool many)
{
	struct str name = str_basename(pattern), rest = folder_part(pattern);
	struct buf b = BUF_INIT;
	struct str made;

	if (parser && parser->tool)
		name = str_of(parser->tool);
	else if (!many)
		name = str_to(name, name.n - ending(name).n);
	else
		for (name = STR("tests"); rest.n; rest = folder_part(rest))
			if (!look_usual_folder(str_basename(rest)) &&
			    !str_eqz(str_basename(rest), "**")) {
				name = str_basename(rest);
				break;
			}
	for (size_t i = 0; i < name.n && b.n < 60; i++)
		buf_addc(&b, is_alnum(name.p[i]) || (i && strchr("_.", name.p[i])) ?
			name.p[i] : '-');
	if (b.n == 0 || strcmp(buf_z(&b), "cli") == 0)
		buf_addz(&b, b.n ? "-reports" : "tests");
	made = arena_dup(&s->mem, buf_str(&b));
	for (size_t i = 0, k = 2; i < s->reports.n; i++)
		if (str_eq(s->reports.v[i].name, made)) {
			made = arena_printf(&s->mem, "%s-%zu", buf_z(&b), k++);
			i = (size_t)-1; /* the new one may be taken as well */
		}
	buf_release(&b);
	return made;
}

static bool
together(const struct file *a, const struct file *b)
{
	return a->parser == b->parser && str_eq(a->ending, b->ending) &&
	       str_eq(a->usual, b->usual) && a->usual.n;
}

/* A pattern must name nothing but reports of its kind: one stranger, and none is complete. */
static bool
has_strangers(const struct files *all, const struct file *f)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].parser != f->parser && str_eq(all->v[i].ending, f->ending) &&
		    str_eq(all->v[i].usual, f->usual))
			return true;
	return false;
}

static struct str
exit_file_of(struct sights *s, struct str path)
{
	struct str stem = str_to(path, path.n - ending(path).n);
	struct str name = arena_printf(&s->mem, "%.*s.exit", STR_FMT(stem));
	struct stat st;

	return stat(name.p, &st) == 0 ? name : STR_NONE;
}

static void
add_report(struct sights *s, const struct file *f, struct str pattern, size_t files)
{
	struct seen_report r = { .pattern = pattern, .files = files,
		.format = str_of(f->parser->name),
		.name = name_of(s, f->parser, pattern, files > 1) };

	if (files == 1)
		r.exit_file = exit_file_of(s, f->path);
	*vec_push(&s->reports) = r;
}

/* Files of one format in folders of one name are one producer. */
static void
gather(struct sights *s, struct files *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct file f = all->v[i];
		bool apart = false;
		size_t n = 1;

		if (f.parser == NULL)
			continue;
		if (s->reports.n >= MAX_REPORTS) {
			s->cut = true;
			return;
		}
		for (size_t k = i + 1; k < all->n; k++)
			if (together(&f, &all->v[k])) {
				n++;
				apart |= !str_eq(folder_part(f.path), folder_part(all->v[k].path));
			}
		if (n < TOGETHER || has_strangers(all, &f)) {
			add_report(s, &f, f.path, 1);
			continue;
		}
		add_report(s, &f, arena_printf(&s->mem, "%s%.*s/*%.*s", apart ? "**/" : "",
			STR_FMT(apart ? f.usual : folder_part(f.path)), STR_FMT(f.ending)), n);
		for (size_t k = i + 1; k < all->n; k++)
			if (together(&f, &all->v[k]))
				all->v[k].parser = NULL; /* said */
	}
}

/* Documents of one folder become a pattern when it holds nothing else. */
static void
group_documents(struct sights *s, const struct str_list *files)
{
	size_t n = 0;

	for (size_t i = 0; i < s->registers.n; i++) {
		struct seen_register r = s->registers.v[i];
		struct str folder = folder_part(r.pattern);
		size_t there = 0, k = i;

		for (size_t f = 0; f < files->n; f++)
			there += str_ends(files->v[f], ".md") &&
				str_eq(folder_part(files->v[f]), folder);
		while (k < s->registers.n && s->registers.v[k].kind == REGISTER_DOCUMENT &&
		       str_eq(folder_part(s->registers.v[k].pattern), folder) &&
		       str_ends(s->registers.v[k].pattern, ".md"))
			k++;
		if (k - i >= TOGETHER && k - i == there && folder.n) {
			r.pattern = arena_printf(&s->mem, "%.*s/*.md", STR_FMT(folder));
			for (size_t j = i + 1; j < k; j++)
				r.findings += s->registers.v[j].findings;
			r.files = k - i;
			i = k - 1;
		}
		s->registers.v[n++] = r;
	}
	s->registers.n = n;
}

/* What a pipeline names is there already, or will be. */
static void
settle_named(struct sights *s, size_t named)
{
	bool there = s->reports.n > named;
	size_t n = 0;

	for (size_t i = 0; i < s->reports.n; i++) {
		struct seen_report r = s->reports.v[i];

		if (i < named && there)
			continue;
		if (i < named)
			r.name = name_of(s, NULL, r.pattern, str_chr(r.pattern, '*') != STR_NPOS);
		s->reports.v[n++] = r;
	}
	s->reports.n = n;
}

static int
by_pattern(const void *a, const void *b)
{
	const struct seen_register *x = a, *y = b;

	return str_cmp(x->pattern, y->pattern);
}

void
look_around(struct sights *s)
{
	struct str_list files = { 0 };
	struct files reports = { 0 };
	size_t named;

	look_walk(s, &files);
	for (size_t i = 0; i < files.n; i++)
		look_at_ci(s, files.v[i]);
	named = s->reports.n;
	for (size_t i = 0; i < files.n; i++) {
		struct file f = { .path = files.v[i], .ending = ending(files.v[i]),
			.usual = usual_part(files.v[i]) };

		if (!look_at_register(s, f.path))
			f.parser = parser_of(s, f.path);
		*vec_push(&reports) = f;
	}
	gather(s, &reports);
	settle_named(s, named);
	look_into_reports(s);
	look_at_statements(s);
	vec_sort(&s->registers, by_pattern);
	group_documents(s, &files);
	vec_release(&reports);
	vec_release(&files);
}

void
sights_release(struct sights *s)
{
	vec_release(&s->reports);
	vec_release(&s->strangers);
	vec_release(&s->registers);
	vec_release(&s->ci);
	vec_release(&s->ids);
	vec_release(&s->maybe);
	arena_release(&s->mem);
}
