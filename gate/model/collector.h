/* collector.h -- what report.c and finish.c share while one report is collected. */
#ifndef GATE_MODEL_COLLECTOR_H
#define GATE_MODEL_COLLECTOR_H

#include "gate/base/buf.h"
#include "gate/model/report.h"
#include "gate/model/tidy.h"

struct collector {
	const struct collect_options *opt;
	struct buf id, hidden;
	struct tidy tidy;
	/* Fields that neighbours share are kept once. */
	struct str last_suite, last_class, last_file, last_severity, last_identifiers;
	/* amend: r->issues[amend_at] is the amended-th issue, or what is info_only before it. */
	size_t amend_at;
	long amended;
	long fresh; /* kept since nobody knew them */
};

/* The suite declares n failures and errors that nothing shows: a problem and synthetic cases. */
void report_surplus(struct report *r, struct str suite, long n, long line);

/* A case that was just seen, under its ID as found. */
/* A case that did not fail is kept only when somebody has something to say of it. */
bool report_worth_keeping(const struct report *r, const struct test_event *ev, struct str id);
void report_time(struct report *r, const struct test_event *ev, struct str id,
	const struct seen *s);

#endif
