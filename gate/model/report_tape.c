/* report_tape.c -- see report_tape.h: a report is written down. */
#include "gate/model/report_tape.h"

#include "gate/base/limits.h"
#include "gate/model/seen.h"
#include "gate/model/snapshot_text.h"

static void
add_text(struct buf *out, struct str s)
{
	buf_addc(out, '\t');
	if (str_eqz(s, "="))
		buf_addz(out, "\\x3d");
	else
		snapshot_escape(out, s);
}

/* A field that neighbours often share. */
static void
add_shared(struct report_recorder *rec, size_t field, struct str s)
{
	if (s.n && str_eq(s, buf_str(&rec->last[field]))) {
		buf_addz(&rec->out, "\t=");
		return;
	}
	add_text(&rec->out, s);
	buf_reset(&rec->last[field]);
	buf_add(&rec->last[field], s);
}

/* Past what a tape can hold there is no use in more: the tape drops it, and says so. */
static bool
begun(struct report_recorder *rec)
{
	if (rec->out.n == 0)
		buf_addz(&rec->out, "regression-gate/report@1\n");
	return rec->out.n <= MAX_TAPE_BYTES;
}

void
report_record_test(struct report_recorder *rec, const struct test *t, bool kept)
{
	const struct str fields[8] = { t->base_id, t->suite, t->class, t->name, t->file, t->type,
		t->message, t->text };

	if (!begun(rec))
		return;
	buf_addf(&rec->out, "t\t%d\t%d\t%d\t%ld\t%ld\t%.17g\t%u\t%u\t", kept, t->outcome,
		t->dialect, t->line, t->at, t->seconds, t->attempts, t->seq);
	if (t->key != seen_key(t->base_id))
		buf_addf(&rec->out, "%016llx", (unsigned long long)t->key);
	buf_addc(&rec->out, '\t');
	if (t->suite_key != seen_suite(t->suite))
		buf_addf(&rec->out, "%08x", (unsigned)t->suite_key);
	for (size_t i = 0; i < 8; i++)
		add_shared(rec, i, fields[i]);
	for (size_t i = 0; i < t->nprops; i++) {
		add_text(&rec->out, t->props[i].name);
		add_text(&rec->out, t->props[i].value);
	}
	buf_addc(&rec->out, '\n');
}

void
report_record_synthetic(struct report_recorder *rec, const struct test *t)
{
	if (!begun(rec))
		return;
	buf_addf(&rec->out, "s\t%ld", t->at);
	add_text(&rec->out, t->suite);
	add_text(&rec->out, t->message);
	buf_addc(&rec->out, '\n');
}

static void
add_issue(struct buf *out, const struct issue *i)
{
	buf_addf(out, "i\t%d\t%ld\t%ld\t%ld\t%ld\t%d\t%d", i->level, i->line, i->end_line,
		i->column, i->at, i->suppressed, i->info_only);
	add_text(out, i->tool);
	add_text(out, i->rule);
	add_text(out, i->severity);
	add_text(out, i->message);
	add_text(out, i->file);
	add_text(out, i->fingerprint);
	buf_addc(out, '\n');
}

void
report_numbers(const struct report *r, long v[REPORT_NUMBERS])
{
	const long fixed[] = { r->kind, r->broken, r->clean, r->absent, (long)r->problems_cut,
		r->total, r->unnamed, r->synthetic, r->has_declared, r->declared.tests,
		r->declared.failures, r->declared.errors, r->declared.skipped,
		r->elements_failures, r->elements_errors, r->surplus, r->issue_total,
		r->issue_actionable, r->issue_suppressed };
	size_t n = sizeof(fixed) / sizeof(fixed[0]);

	_Static_assert(sizeof(fixed) / sizeof(fixed[0]) + OUTCOMES + LEVELS == REPORT_NUMBERS,
		"every number has its place");
	memcpy(v, fixed, sizeof(fixed));
	memcpy(v + n, r->count, sizeof(r->count));
	memcpy(v + n + OUTCOMES, r->issue_by_level, sizeof(r->issue_by_level));
}

bool
report_set_numbers(struct report *r, const long v[REPORT_NUMBERS])
{
	const size_t first_count = REPORT_NUMBERS - OUTCOMES - LEVELS;

	for (size_t i = 0; i < REPORT_NUMBERS; i++)
		if ((i < 9 || i > 12) && v[i] < 0) /* these four: -1, not declared */
			return false;
	if (v[0] > KIND_SECURITY || v[5] > MAX_CASES || v[6] > v[5])
		return false;
	r->kind = (enum report_kind)v[0];
	r->broken = r->broken || v[1];
	r->clean = v[2] != 0;
	r->absent = v[3] != 0;
	r->problems_cut = (unsigned long)v[4];
	r->total = v[5];
	r->unnamed = v[6];
	r->synthetic = v[7];
	r->has_declared = v[8] != 0;
	r->declared = (struct totals){ v[9], v[10], v[11], v[12] };
	r->elements_failures = v[13];
	r->elements_errors = v[14];
	r->surplus = v[15];
	r->issue_total = v[16];
	r->issue_actionable = v[17];
	r->issue_suppressed = v[18];
	memcpy(r->count, v + first_count, sizeof(r->count));
	memcpy(r->issue_by_level, v + first_count + OUTCOMES, sizeof(r->issue_by_level));
	return true;
}

void
report_record_end(struct report_recorder *rec, const struct report *r)
{
	struct buf *out = &rec->out;
	long numbers[REPORT_NUMBERS];

	begun(rec);
	for (size_t i = 0; i < r->issues.n; i++)
		add_issue(out, &r->issues.v[i]);
	for (size_t i = 0; i < r->problems.n; i++) {
		buf_addf(out, "p\t%d\t%ld", r->problems.v[i].code, r->problems.v[i].line);
		add_text(out, r->problems.v[i].message);
		buf_addc(out, '\n');
	}
	report_numbers(r, numbers);
	buf_addc(out, 'n');
	for (size_t i = 0; i < REPORT_NUMBERS; i++)
		buf_addf(out, "\t%ld", numbers[i]);
	buf_addz(out, "\nr");
	add_text(out, r->format);
	add_text(out, r->tool);
	add_text(out, r->tool_version);
	buf_addf(out, "\t%s\nend\n", r->sha256);
}

void
report_recorder_release(struct report_recorder *rec)
{
	buf_release(&rec->out);
	for (size_t i = 0; i < sizeof(rec->last) / sizeof(rec->last[0]); i++)
		buf_release(&rec->last[i]);
}
