/*
 * leg.h -- one leg of a matrix as `gate collect` reduces it: what the parsers said of its
 * reports, so that a run over the legs decides as a run over the reports would.
 *
 * A leg file is gzip around JSON Lines (https://jsonlines.org): each line is one object, the
 * order of lines counts, members that are empty or zero stay away. What is text has lost its
 * secrets and is as long as a run would keep it.
 *
 *   {"schema":"regression-gate/leg@1","gate":VERSION,"revision":COMMIT,"run":ID,"job":NAME,
 *    "attempt":N,"strip":[PREFIX...],"producers":[{"name","leg","exit":CODE|"unreadable",
 *    "problems":[{"code","message"}]}]}
 *   {"report":PATH,"producer":INDEX,"format","kind","tool"}
 *   {"case":NAME,"outcome","suite","class","file","dialect","seconds","down","line","type",
 *    "message","text","place","place_line","props":[[NAME,VALUE]...],"attempts","id","key",
 *    "suite_key"}    no outcome: passed; `suite`, `class`, `file` and `dialect` hold until the
 *                    next one; `down`: lines of the report below the case before; the last
 *                    three where a secret was in a name
 *   {"issue":RULE,"tool","severity","message","file","fingerprint","identifiers","line",
 *    "end_line","column","at","level","suppressed","info"}
 *   {"amend":NTH,"was":LEVEL,"tool","severity","level","suppressed"}
 *   {"unnamed":OUTCOME,"n"}  {"suite_error":NAME,"message","at"}  {"surplus":NAME,"n","at"}
 *   {"problem":CODE,"message","at"}  {"forget":true}  {"clean":true}  {"tool":NAME,"version"}
 *   {"declared":[TESTS,FAILURES,ERRORS,SKIPPED]}      -1: not declared
 *   {"elements":[FAILURES,ERRORS]}
 *   {"done":SHA256,"absent","contexts":[HASH...]}     ends a report; the hashes of the lines
 *                    around each issue, in their order, 16 hex digits each or ""
 *   {"end":LINES}                                     how many lines stand before it
 */
#ifndef GATE_MODEL_LEG_H
#define GATE_MODEL_LEG_H

#include "gate/base/err.h"
#include "gate/model/finding.h"
#include "gate/model/report.h"
#include "gate/model/tidy.h"

#define LEG_SCHEMA "regression-gate/leg@"
#define LEG_VERSION 1
#define MAX_LEG_PARTS 10000 /* producers and legs in one file */

enum exit_known { EXIT_NOT_GIVEN, EXIT_GIVEN, EXIT_BAD };

/* One producer (and leg) of a leg file. */
struct leg_part {
	struct str name, leg;
	enum exit_known exit_known;
	long exit_status;
	struct { struct problem *v; size_t n, cap; } problems; /* "no file matches ..." */
	struct collect_options opt; /* of its reports, after leg_file_ready */
};

struct leg_report {
	struct report *report; /* in the leg file's memory; report_release is the taker's */
	size_t part;
	bool done;             /* its end was there */
};

struct leg_file {
	struct arena mem;
	struct collect_options opt;   /* as for a report that stands alone */
	struct str revision;          /* empty: not known */
	struct str run;               /* which pipeline made it; empty: not known */
	struct str job;               /* of that pipeline; empty: not known */
	long attempt;                 /* of the job there; 0: not known */
	struct str_list strip;        /* prefixes that paths have lost already */
	struct { struct leg_part *v; size_t n, cap; } parts;
	struct { struct leg_report *v; size_t n, cap; } reports;
	bool whole;                   /* read to its end */
};

const char *dialect_name(enum dialect d);
bool dialect_parse(struct str name, enum dialect *out);

struct leg_file *leg_file_new(const struct collect_options *opt);
struct leg_part *leg_part_add(struct leg_file *f, struct str name, struct str leg);
void leg_part_problem(struct leg_file *f, struct leg_part *p, enum problem_code code,
	struct str message);
/* After the head: what is left to do to paths when its reports are read. */
void leg_file_ready(struct leg_file *f);
/* A report of that part; its sink is report_sink(r, &f->parts.v[part].opt). */
struct report *leg_report_add(struct leg_file *f, size_t part, struct str path);
/*
 * Appends the reports that the file `shell` stands for: itself, or those that it holds, and then
 * itself only when it is damaged or holds none (it is released otherwise).
 */
struct reports { struct report **v; size_t n, cap; };
void leg_unpack(const struct leg_file *f, struct report *shell, struct reports *out);
/* Frees the file but not its reports (report_release), which live in its memory. NULL is fine. */
void leg_file_free(struct leg_file *f);

/* ---- writing ---- */

struct leg_writer {
	struct buf out;          /* lines, until `flush` takes them */
	void (*flush)(void *ctx, struct str text);
	void *ctx;
	const struct collect_options *opt; /* as the report's collector has it */
	long lines;
	/* private */
	struct report *report;
	struct sink to;
	size_t part;
	bool begun;
	struct buf suite, class, file, id, hidden;
	enum dialect dialect;
	long at;
	struct tidy tidy;
};

/* The first line. Parts in the order that reports refer to. */
void leg_write_head(struct leg_writer *w, const struct leg_file *f);
/* The reports that are read now belong to this part. */
void leg_write_part(struct leg_writer *w, size_t part);
/* For collect_options.tee: writes what the parser says, and passes it on. */
struct sink leg_write_tee(void *ctx, struct report *r, struct sink to);
/* The report was read (its digest is there, contexts of its issues were filled). */
void leg_write_done(struct leg_writer *w);
void leg_write_end(struct leg_writer *w);
void leg_writer_release(struct leg_writer *w);

#endif
