/* leg_write.c -- the head of a leg file, and what stands around the events of each report. */
#include "gate/base/limits.h"
#include "gate/base/release.h"
#include "gate/model/leg_text.h"

static void
write_part(struct leg_writer *w, const struct leg_part *p)
{
	leg_begin(w);
	leg_put_word(w, "name", p->name);
	leg_put_word(w, "leg", p->leg);
	if (p->exit_known != EXIT_NOT_GIVEN)
		leg_name(w, "exit");
	if (p->exit_known == EXIT_GIVEN)
		buf_addf(&w->out, "%ld", p->exit_status);
	else if (p->exit_known == EXIT_BAD)
		buf_addz(&w->out, "\"unreadable\"");
	if (p->problems.n) {
		leg_name(w, "problems");
		for (size_t i = 0; i < p->problems.n; i++) {
			buf_addc(&w->out, i ? ',' : '[');
			leg_begin(w);
			leg_put_word(w, "code", str_of(problem_name(p->problems.v[i].code)));
			leg_put_word(w, "message", p->problems.v[i].message);
			buf_addc(&w->out, '}');
		}
		buf_addc(&w->out, ']');
	}
	buf_addc(&w->out, '}');
}

void
leg_write_head(struct leg_writer *w, const struct leg_file *f)
{
	leg_begin(w);
	leg_name(w, "schema");
	buf_addf(&w->out, "\"%s%d\"", LEG_SCHEMA, LEG_VERSION);
	leg_put_word(w, "gate", STR(GATE_VERSION));
	leg_put_word(w, "revision", f->revision);
	leg_put_word(w, "run", f->run);
	leg_put_word(w, "job", f->job);
	leg_put_number(w, "attempt", f->attempt);
	if (f->strip.n) {
		leg_name(w, "strip");
		for (size_t i = 0; i < f->strip.n; i++) {
			buf_addc(&w->out, i ? ',' : '[');
			leg_add_string(&w->out, f->strip.v[i]);
		}
		buf_addc(&w->out, ']');
	}
	leg_name(w, "producers");
	buf_addc(&w->out, '[');
	for (size_t i = 0; i < f->parts.n; i++) {
		if (i)
			buf_addc(&w->out, ',');
		write_part(w, &f->parts.v[i]);
	}
	buf_addc(&w->out, ']');
	leg_end(w);
}

void
leg_write_part(struct leg_writer *w, size_t part)
{
	w->part = part;
}

/* Not before the first event: what format it is, is known by then. */
void
leg_begin_report(struct leg_writer *w)
{
	const struct report *r = w->report;

	if (w->begun)
		return;
	w->begun = true;
	leg_begin(w);
	leg_put_word(w, "report", r->path);
	leg_name(w, "producer");
	buf_addf(&w->out, "%zu", w->part);
	leg_put_word(w, "format", r->format);
	if (r->kind != KIND_NONE)
		leg_put_word(w, "kind", str_of(report_kind_name(r->kind)));
	leg_put(w, "tool", r->tool, MAX_NAME_KEPT);
	leg_end(w);
}

static void
add_contexts(struct leg_writer *w, const struct report *r)
{
	bool any = false, first = true;

	for (size_t i = 0; i < r->issues.n; i++)
		any = any || r->issues.v[i].context;
	if (!any)
		return;
	leg_name(w, "contexts");
	for (size_t i = 0; i < r->issues.n; i++) {
		const struct issue *is = &r->issues.v[i];

		if (is->info_only)
			continue;
		buf_addc(&w->out, first ? '[' : ',');
		first = false;
		if (is->context)
			buf_addf(&w->out, "\"%016llx\"", (unsigned long long)is->context);
		else
			buf_addz(&w->out, "\"\"");
	}
	buf_addc(&w->out, ']');
}

void
leg_write_done(struct leg_writer *w)
{
	leg_begin_report(w);
	leg_begin(w);
	leg_name(w, "done"); /* empty: nothing was read */
	leg_add_string(&w->out, str_of(w->report->sha256));
	leg_put_true(w, "absent", w->report->absent);
	add_contexts(w, w->report);
	leg_end(w);
	w->report = NULL;
}

void
leg_write_end(struct leg_writer *w)
{
	leg_begin(w);
	leg_name(w, "end");
	buf_addf(&w->out, "%ld", w->lines);
	leg_end(w);
	leg_flush(w);
}

void
leg_writer_release(struct leg_writer *w)
{
	buf_release(&w->out);
	buf_release(&w->suite);
	buf_release(&w->class);
	buf_release(&w->file);
	buf_release(&w->id);
	buf_release(&w->hidden);
	tidy_release(&w->tidy);
}
