/*
 * registry.c -- every register format, and the one way a register is read: whole, redacted
 * before anything looks at it, by the format whose sniffer is surest.
 */
#include "gate/base/limits.h"
#include "gate/input/files.h"
#include "parsers/registers/register.h"

#define REGISTER_PARSER(name) extern const struct register_parser register_##name;
#include "parsers/registers/list.h"
#undef REGISTER_PARSER

const struct register_parser *const register_parsers[] = {
#define REGISTER_PARSER(name) &register_##name,
#include "parsers/registers/list.h"
#undef REGISTER_PARSER
	NULL,
};

static int
slurp(struct findings *fs, struct reg *reg, const struct redactor *redactor, struct err *err)
{
	struct buf raw = BUF_INIT, clean = BUF_INIT;
	int rc = files_slurp(fs->files, arena_z(&fs->mem, reg->path), MAX_REGISTER_BYTES, &raw,
		reg->sha256, err);

	if (rc == 0 && redactor && redact(redactor, buf_str(&raw), &clean))
		reg->text = arena_dup(&fs->mem, buf_str(&clean));
	else if (rc == 0)
		reg->text = arena_dup(&fs->mem, buf_str(&raw));
	buf_release(&raw);
	buf_release(&clean);
	return rc;
}

/* NULL with an error in d when no format knows the text, or two are equally sure. */
static const struct register_parser *
recognise(const struct reg *reg, struct pos at, struct diags *d)
{
	const struct register_parser *best = NULL, *tie = NULL;
	int best_score = 0;
	struct diag *g;

	for (size_t i = 0; register_parsers[i]; i++) {
		int score = register_parsers[i]->sniff(reg->path, reg->text);

		if (score > best_score) {
			best = register_parsers[i];
			best_score = score;
			tie = NULL;
		} else if (score > 0 && score == best_score) {
			tie = register_parsers[i];
		}
	}
	if (best == NULL) {
		g = diag_add(d, DIAG_ERROR, at, "this is not a register that is known here");
		diag_hint(d, g, "registers are Markdown documents, structured YAML or JSON with "
			"`version:` and `findings:`, or plain lists of test IDs");
	} else if (tie) {
		diag_add(d, DIAG_ERROR, at, "this may be read as %s or as %s", best->name,
			tie->name);
		best = NULL;
	}
	return best;
}

/* What the policy says beside the register's path fills what entries lack. */
static void
fill(struct findings *fs, struct reg *reg, struct finding *f)
{
	struct entry *e = f->entry;

	if (f->statement)
		return;
	if (f->owner.n == 0)
		f->owner = reg->fill_owner;
	if (!f->has_severity && reg->fill_severity.n) {
		f->severity_raw = reg->fill_severity;
		f->level = words_level(&reg->severities, reg->fill_severity);
		f->has_severity = true;
	}
	if (f->expires == DATE_NONE)
		f->expires = reg->fill_expires;
	if (e && e->has_waiver && e->waiver_expires == DATE_NONE)
		e->waiver_expires = reg->fill_expires;
	if (e && e->has_waiver && e->waiver_owner.n == 0)
		e->waiver_owner = reg->fill_owner;
	if (!str_eq(f->id, reg->fill_finding))
		str_list_add(fs, &f->aliases, reg->fill_finding);
}

int
register_read(struct findings *fs, struct reg *reg, const struct redactor *redactor,
	struct diags *d)
{
	struct pos at = { .file = arena_z(&fs->mem, reg->path) };
	const struct register_parser *p;
	struct err err = { 0 };

	if (slurp(fs, reg, redactor, &err) < 0) {
		diag_err(d, &err);
		return -1;
	}
	p = recognise(reg, at, d);
	if (p == NULL)
		return -1;
	reg->kind = p->kind; /* before the first finding: it decides whether they excuse */
	if (p->parse(fs, reg, d) < 0)
		return -1;
	for (size_t i = 0; i < reg->findings.n; i++)
		fill(fs, reg, reg->findings.v[i]);
	return 0;
}
