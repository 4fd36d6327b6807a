/* findings.c -- owns what registers hold: adding, naming and freeing findings. See finding.h. */
#include "gate/model/finding.h"

#include "gate/base/buf.h"
#include "gate/base/regex.h"

/* "docs/audits/2026.md" is named "docs/audits/2026": what people would call it. */
static struct str
name_of_path(struct str shown)
{
	size_t slash = str_rchr(shown, '/');
	size_t from = slash == STR_NPOS ? 0 : slash + 1;
	size_t dot = str_rchr(shown, '.');

	/* ".known" has no extension: the dot is its name. */
	return dot != STR_NPOS && dot > from ? str_to(shown, dot) : shown;
}

struct reg *
findings_reg(struct findings *fs, struct str path, struct str shown)
{
	struct reg *reg = arena_new(&fs->mem, struct reg);

	reg->path = arena_dup(&fs->mem, path);
	reg->shown = arena_dup(&fs->mem, shown);
	reg->name = name_of_path(reg->shown);
	reg->fill_expires = DATE_NONE;
	reg->date = DATE_NONE;
	reg->order = fs->regs.n;
	*vec_push(&fs->regs) = reg;
	return reg;
}

/* Being in an audit is not consent to fail: a document excuses only when the policy says so. */
static bool
excuses(const struct reg *reg)
{
	if (reg->excuses_set)
		return reg->excuses;
	return reg->kind == REGISTER_STRUCTURED || reg->kind == REGISTER_LIST;
}

struct finding *
findings_add(struct findings *fs, struct reg *reg, struct str id, struct str title, long line)
{
	struct finding *f = arena_new(&fs->mem, struct finding);

	f->id = arena_dup(&fs->mem, id);
	f->title = arena_dup(&fs->mem, title);
	f->qualified = arena_printf(&fs->mem, "%.*s/%.*s", STR_FMT(reg->name), STR_FMT(id));
	f->reg = reg;
	f->line = line;
	f->own_state = f->state = STATE_OPEN;
	f->created = f->updated = f->expires = DATE_NONE;
	f->excuses = excuses(reg);
	f->order = (long)fs->all.n;
	*vec_push(&fs->all) = f;
	*vec_push(&reg->findings) = f;
	return f;
}

void
findings_note(struct findings *fs, enum register_problem code, const struct reg *reg, long line,
	const char *fmt, ...)
{
	struct register_note *note = vec_push(&fs->notes);
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	note->code = code;
	note->reg = reg->shown;
	note->line = line;
	note->message = arena_dup(&fs->mem, buf_str(&text));
	buf_release(&text);
}

static int
by_line(const void *a, const void *b)
{
	const struct register_note *x = a, *y = b;
	int c = str_cmp(x->reg, y->reg);

	if (c)
		return c;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->code != y->code)
		return x->code < y->code ? -1 : 1;
	return str_cmp(x->message, y->message);
}

void
findings_sort_notes(struct findings *fs)
{
	if (fs->notes.n)
		qsort(fs->notes.v, fs->notes.n, sizeof(*fs->notes.v), by_line);
}

bool
str_list_same(const struct str_list *a, const struct str_list *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!str_eq(a->v[i], b->v[i]))
			return false;
	return true;
}

bool
str_list_has(const struct str_list *l, struct str s)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->v[i], s))
			return true;
	return false;
}

void
str_list_add(struct findings *fs, struct str_list *l, struct str s)
{
	if (s.n != 0 && !str_list_has(l, s))
		*vec_push(l) = arena_dup(&fs->mem, s);
}

size_t
findings_named(const struct findings *fs, struct str name, struct finding *out[], size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < fs->all.n; i++) {
		struct finding *f = fs->all.v[i];

		if (!finding_listed(f))
			continue;
		if (!str_eq(f->qualified, name) && !str_eq(f->id, name) &&
			!str_list_has(&f->aliases, name))
			continue;
		if (n < max)
			out[n] = f;
		n++;
	}
	return n;
}

static void
entry_release(struct entry *e)
{
	for (int k = 0; k < SELECTORS; k++)
		vec_release(&e->match.pattern[k]);
	for (size_t i = 0; i < e->nmessages; i++)
		regex_free(e->messages[i].regex);
}

static void
finding_release(struct finding *f)
{
	for (size_t i = 0; i < f->signatures.n; i++)
		regex_free(f->signatures.v[i].regex);
	vec_release(&f->aliases);
	vec_release(&f->locations);
	vec_release(&f->tests);
	vec_release(&f->signatures);
	vec_release(&f->identifiers);
	vec_release(&f->tools);
	vec_release(&f->links);
	vec_release(&f->citations);
	if (f->entry)
		entry_release(f->entry);
}

static void
reg_release(struct reg *reg)
{
	vec_release(&reg->severities);
	vec_release(&reg->statuses);
	vec_release(&reg->findings);
	vec_release(&reg->removed);
	vec_release(&reg->renamed_from);
	vec_release(&reg->renamed_to);
}

const struct finding *
finding_judged_as(const struct finding *f)
{
	for (int steps = 0; f->state == STATE_DUPLICATE && steps < 16; steps++) {
		const struct finding *target = NULL;

		for (size_t i = 0; i < f->links.n && target == NULL; i++)
			if (f->links.v[i].kind == LINK_DUPLICATES)
				target = f->links.v[i].target;
		if (target == NULL || target == f)
			return NULL;
		f = target;
	}
	return f->state == STATE_DUPLICATE ? NULL : f;
}

void
findings_release(struct findings *fs)
{
	for (size_t i = 0; i < fs->all.n; i++)
		finding_release(fs->all.v[i]);
	for (size_t i = 0; i < fs->regs.n; i++)
		reg_release(fs->regs.v[i]);
	vec_release(&fs->all);
	vec_release(&fs->regs);
	vec_release(&fs->notes);
	arena_release(&fs->mem);
}
