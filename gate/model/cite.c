/* cite.c -- see cite.h. */
#include "gate/model/cite.h"

#include "gate/model/resolve.h"

struct mark {
	long line;
	struct finding *f;
};

struct marks {
	struct mark *v;
	size_t n, cap;
};

/* What a cited register holds, line by line. */
struct cited {
	bool ready;
	long lines;
	struct marks heads; /* where findings stand: headings, rows, bullets */
	struct marks rows;  /* table rows of findings that have a heading elsewhere */
};

struct reg_list {
	struct reg **v;
	size_t n, cap;
};

static struct reg nowhere;

void
cites_init(struct cites *c, const struct findings *fs, struct names *names)
{
	*c = (struct cites){ .names = names, .nregs = fs->regs.n };
	c->regs = xcalloc(fs->regs.n + 1, sizeof(*c->regs));
	for (size_t i = 0; i < fs->regs.n; i++) {
		struct reg *reg = fs->regs.v[i];
		void **at = map_at(&c->by_base, str_basename(reg->shown));
		struct reg_list *list = *at;

		if (list == NULL)
			*at = list = arena_new(&c->mem, struct reg_list);
		*vec_push(list) = reg;
	}
}

/* "../docs/./scan.md" cited from somewhere: "docs/scan.md" is what can be compared. */
static struct str
without_dots(struct str path)
{
	while (str_skip(&path, "./") || str_skip(&path, "../") || str_skip(&path, "/"))
		;
	return path;
}

static bool
is_tail(struct str path, struct str tail)
{
	return path.n > tail.n && path.p[path.n - tail.n - 1] == '/' &&
		str_eq(str_from(path, path.n - tail.n), tail);
}

/* How well a cited path fits a register's: 0 not at all. */
static int
fit(struct str shown, struct str cited)
{
	shown = without_dots(shown);
	return str_eq(shown, cited) ? 3 : is_tail(shown, cited) ? 2 : is_tail(cited, shown) ? 1 : 0;
}

/* The register that `path` means; one that fits several equally well means none. */
static struct reg *
find_reg(struct cites *c, struct str path)
{
	void **at = map_at(&c->by_path, path);
	const struct reg_list *list;
	struct str bare = without_dots(path);
	struct reg *found = *at;
	int best = 0;

	if (found)
		return found;
	found = &nowhere;
	list = map_get(&c->by_base, str_basename(bare));
	for (size_t i = 0; list && i < list->n; i++) {
		int now = fit(list->v[i]->shown, bare);

		if (now > best) {
			best = now;
			found = list->v[i];
		} else if (now == best && now > 0) {
			found = &nowhere;
		}
	}
	*at = found;
	return found;
}

static int
by_line(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->f->order < y->f->order ? -1 : x->f->order > y->f->order;
}

static bool
is_id_char(char c)
{
	return is_alnum(c) || c == '-' || c == '_' || c == '#' || c == '.';
}

/* The ID that heads a table cell, whatever marks it up; empty when there is none. */
static struct str
id_of_cell(struct str cell)
{
	size_t from = 0, to;

	while (from < cell.n && !is_alnum(cell.p[from]) && cell.p[from] != '#')
		from++;
	for (to = from; to < cell.n && is_id_char(cell.p[to]); to++)
		;
	while (to > from && cell.p[to - 1] == '.')
		to--;
	return str_n(cell.p + from, to - from);
}

/* The finding whose row this line is: its ID heads the first cell, or the second after a number. */
static struct finding *
row_of(struct cites *c, const struct reg *reg, struct str line)
{
	line = str_trim(line);
	if (!str_skip(&line, "|"))
		return NULL;
	for (int i = 0; i < 2; i++) {
		struct str rest, id;
		struct finding *f;

		str_cut(&line, "|", &rest);
		id = id_of_cell(line);
		f = id.n ? names_own(c->names, reg, id) : NULL;
		if (f)
			return f;
		line = rest;
	}
	return NULL;
}

static struct cited *
cited_reg(struct cites *c, const struct reg *reg)
{
	struct cited *cited = &c->regs[reg->order];
	struct str text = reg->text, line;

	if (cited->ready)
		return cited;
	cited->ready = true;
	for (size_t i = 0; i < reg->findings.n; i++)
		*vec_push(&cited->heads) = (struct mark){ reg->findings.v[i]->line,
			reg->findings.v[i] };
	if (cited->heads.n)
		qsort(cited->heads.v, cited->heads.n, sizeof(*cited->heads.v), by_line);
	while (str_line(&text, &line)) {
		struct finding *f = row_of(c, reg, line);

		cited->lines++;
		if (f)
			*vec_push(&cited->rows) = (struct mark){ cited->lines, f };
	}
	return cited;
}

/* How many findings (0, 1, or 2 for more) have a mark in the range; *f is the first. */
static int
count_marks(const struct marks *m, long from, long to, struct finding **f)
{
	size_t lo = 0, hi = m->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (m->v[mid].line < from)
			lo = mid + 1;
		else
			hi = mid;
	}
	*f = NULL;
	for (; lo < m->n && m->v[lo].line <= to; lo++) {
		if (*f && *f != finding_meant(m->v[lo].f))
			return 2;
		*f = finding_meant(m->v[lo].f);
	}
	return *f != NULL;
}

/*
 * Whether the path can hardly mean another file: "README.md" may be any folder's, and a
 * document without findings was hardly cited for one.
 */
static bool
certain(const struct reg *reg, struct str path)
{
	struct str bare = without_dots(path);

	return reg->text.n > 0 && reg->findings.n > 0 &&
		(str_chr(bare, '/') != STR_NPOS || str_eq(without_dots(reg->shown), bare));
}

struct cited_at
cites_look(struct cites *c, const struct reg *from, const struct citation *cite)
{
	struct cited_at at = { 0 };
	struct cited *cited;
	struct finding *f;
	long end = cite->end_line < cite->line ? cite->line : cite->end_line;
	int n;

	if (cite->line <= 0 || cite->path.n == 0)
		return at;
	at.reg = find_reg(c, cite->path);
	if (at.reg == &nowhere || at.reg == from) {
		at.reg = NULL;
		return at;
	}
	cited = cited_reg(c, at.reg);
	at.past_end = cite->line > cited->lines && certain(at.reg, cite->path);
	n = count_marks(&cited->heads, cite->line, end, &f);
	/* A row counts only where no heading does: a section may hold tables of others. */
	if (n == 0)
		n = count_marks(&cited->rows, cite->line, end, &f);
	if (n == 1)
		at.f = f;
	return at;
}

void
cites_release(struct cites *c)
{
	for (size_t i = 0; i < c->nregs; i++) {
		vec_release(&c->regs[i].heads);
		vec_release(&c->regs[i].rows);
	}
	free(c->regs);
	for (size_t i = 0; i < c->by_base.n; i++)
		vec_release((struct reg_list *)c->by_base.v[i].value);
	map_release(&c->by_base);
	map_release(&c->by_path);
	arena_release(&c->mem);
}
