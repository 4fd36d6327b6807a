/* err.c -- see err.h. */
#include "gate/base/err.h"

#include <stdarg.h>

#include "gate/base/buf.h"
#include "gate/base/limits.h"
#include "gate/base/mem.h"
#include "gate/base/utf8.h"

int
err_set(struct err *e, struct pos at, const char *fmt, ...)
{
	va_list ap;

	if (e == NULL || e->set)
		return -1;
	e->set = true;
	e->at = at;
	if (at.file != NULL) {
		snprintf(e->file, sizeof(e->file), "%s", at.file);
		e->at.file = e->file;
	}
	va_start(ap, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	e->hint[0] = '\0';
	return -1;
}

int
err_hint(struct err *e, const char *fmt, ...)
{
	va_list ap;

	if (e == NULL || !e->set || e->hint[0])
		return -1;
	va_start(ap, fmt);
	vsnprintf(e->hint, sizeof(e->hint), fmt, ap);
	va_end(ap);
	return -1;
}

static void
print_one(FILE *f, enum diag_level level, struct pos at, struct str text, struct str hint)
{
	static const char *const words[] = { "note", "warning", "error" };
	struct buf b = BUF_INIT;

	if (at.file)
		utf8_log(&b, str_of(at.file));
	else
		buf_addz(&b, "gate");
	if (at.line > 0)
		buf_addf(&b, ":%ld", at.line);
	if (at.line > 0 && at.col > 0)
		buf_addf(&b, ":%ld", at.col);
	buf_addf(&b, ": %s: ", words[level]);
	utf8_log(&b, text);
	buf_addc(&b, '\n');
	if (hint.n) {
		buf_addz(&b, "hint: ");
		utf8_log(&b, hint);
		buf_addc(&b, '\n');
	}
	fwrite(b.p, 1, b.n, f);
	buf_release(&b);
}

void
err_print(FILE *f, const struct err *e)
{
	if (e->set)
		print_one(f, DIAG_ERROR, e->at, str_of(e->text), str_of(e->hint));
}

struct diag *
diag_add(struct diags *d, enum diag_level level, struct pos at, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	struct diag *g;
	va_list ap;

	d->errors += level == DIAG_ERROR;
	d->warnings += level == DIAG_WARNING;
	if (d->n >= MAX_DIAGS)
		return NULL;
	g = vec_push(d);
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	*g = (struct diag){ .level = level, .at = at, .text = arena_dup(&d->mem, buf_str(&b)) };
	if (at.file)
		g->at.file = arena_z(&d->mem, str_of(at.file));
	buf_release(&b);
	return g;
}

void
diag_hint(struct diags *d, struct diag *g, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	va_list ap;

	if (g == NULL)
		return;
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	g->hint = arena_dup(&d->mem, buf_str(&b));
	buf_release(&b);
}

void
diag_err(struct diags *d, const struct err *e)
{
	struct diag *g = diag_add(d, DIAG_ERROR, e->at, "%s", e->text);

	if (e->hint[0])
		diag_hint(d, g, "%s", e->hint);
}

void
diags_print(FILE *f, const struct diags *d, enum diag_level least)
{
	size_t shown = 0, total = d->errors + (least < DIAG_ERROR ? d->warnings : 0);

	for (size_t i = 0; i < d->n; i++) {
		const struct diag *g = &d->v[i];

		if (g->level < least)
			continue;
		print_one(f, g->level, g->at, g->text, g->hint);
		shown += g->level > DIAG_NOTE;
	}
	if (shown < total && d->n >= MAX_DIAGS)
		fprintf(f, "gate: note: %zu more messages were not listed\n", total - shown);
}

void
diags_release(struct diags *d)
{
	vec_release(d);
	arena_release(&d->mem);
	*d = (struct diags){ 0 };
}
