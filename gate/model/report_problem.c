/* report_problem.c -- what is wrong with a report, without the secrets that its texts may hold. */
#include <stdarg.h>

#include "gate/base/limits.h"
#include "gate/base/mem.h"
#include "gate/model/collector.h"

void
report_problem(struct report *r, enum problem_code code, long line, const char *fmt, ...)
{
	struct buf b = BUF_INIT, hidden = BUF_INIT;
	struct problem *p;
	va_list ap;

	r->broken = r->broken || problem_incomplete(code);
	if (r->problems.n >= MAX_PROBLEMS) {
		r->problems_cut++;
		return;
	}
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	p = vec_push(&r->problems);
	p->code = code;
	p->line = line;
	if (r->collector && r->collector->opt->redactor &&
	    redact(r->collector->opt->redactor, buf_str(&b), &hidden))
		p->message = arena_dup(&r->mem, buf_str(&hidden));
	else
		p->message = arena_dup(&r->mem, buf_str(&b));
	buf_release(&b);
	buf_release(&hidden);
}

bool
report_has(const struct report *r, enum problem_code code)
{
	for (size_t i = 0; i < r->problems.n; i++)
		if (r->problems.v[i].code == code)
			return true;
	return false;
}
