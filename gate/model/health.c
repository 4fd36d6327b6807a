/*
 * health.c -- what a maintainer should put in order in the registers.
 *
 * A register sets its own standard: an owner or a severity is missed only where most of
 * the register's findings have one. Finished findings want neither.
 */
#include "gate/base/buf.h"
#include "gate/model/finding.h"

static bool
unfinished(const struct finding *f)
{
	return !f->statement && f->state != STATE_DONE && f->state != STATE_REJECTED &&
		f->state != STATE_DUPLICATE;
}

static void
note_expired(struct findings *fs, const struct finding *f, int64_t now)
{
	const struct entry *e = f->entry;
	bool waiver = e && e->has_waiver && e->waiver_expires != DATE_NONE;
	int64_t end = waiver ? e->waiver_expires : f->expires;
	struct buf day = BUF_INIT;

	if (end == DATE_NONE || end >= now)
		return;
	date_day(&day, end);
	findings_note(fs, REGP_EXPIRED, f->reg,
		waiver && e->waiver_at.line ? e->waiver_at.line : f->line, "%.*s: %s %s",
		STR_FMT(f->id), waiver ? "the waiver expired on" : "expired on", buf_z(&day));
	buf_release(&day);
}

static bool
has_owner(const struct finding *f)
{
	return f->owner.n > 0 || (f->entry && f->entry->has_waiver && f->entry->waiver_owner.n > 0);
}

static void
note_missing(struct findings *fs, const struct reg *reg)
{
	size_t defined = 0, owned = 0, rated = 0;

	for (size_t i = 0; i < reg->findings.n; i++) {
		const struct finding *f = reg->findings.v[i];

		if (f->statement)
			continue;
		defined++;
		owned += has_owner(f);
		rated += f->level != LEVEL_UNKNOWN;
	}
	for (size_t i = 0; i < reg->findings.n; i++) {
		const struct finding *f = reg->findings.v[i];
		bool waived = f->entry && f->entry->has_waiver;

		if (!unfinished(f))
			continue;
		if (!has_owner(f) && (waived || owned * 2 > defined))
			findings_note(fs, REGP_NO_OWNER, reg, f->line, "%.*s has no owner",
				STR_FMT(f->id));
		if (f->level == LEVEL_UNKNOWN && f->severity_raw.n > 0)
			findings_note(fs, REGP_MISSING_SEVERITY, reg, f->line,
				"%.*s: '%.*s' is no severity that is known here", STR_FMT(f->id),
				STR_FMT(f->severity_raw));
		else if (f->level == LEVEL_UNKNOWN && rated * 2 > defined)
			findings_note(fs, REGP_MISSING_SEVERITY, reg, f->line,
				"%.*s has no severity", STR_FMT(f->id));
	}
}

void
findings_health(struct findings *fs, int64_t now)
{
	for (size_t i = 0; i < fs->all.n; i++)
		if (unfinished(fs->all.v[i]))
			note_expired(fs, fs->all.v[i], now);
	for (size_t i = 0; i < fs->regs.n; i++)
		note_missing(fs, fs->regs.v[i]);
}
