/*
 * look_around.h -- what a checkout holds that a first policy would name: reports, registers,
 * lists of known failures, CI files. Bounded, sorted, reads nothing outside the folder.
 */
#ifndef GATE_LOOK_AROUND_H
#define GATE_LOOK_AROUND_H

#include "gate/base/arena.h"
#include "gate/base/mem.h"
#include "gate/model/finding.h"

struct seen_report {
	struct str name;      /* of the producer */
	struct str pattern;   /* a file or a glob, relative to the working folder */
	struct str format;
	struct str exit_file; /* "" when there is none beside it */
	struct str like;      /* another's pattern that fails the same tests; "" when none does */
	struct str from;      /* "FILE:LINE" of a CI file that names it; "" when it is there */
	size_t files;
};

struct seen_register {
	struct str pattern;
	enum register_kind kind;
	size_t files, findings;
};

/* What a job left where reports go: its tool was not there. */
struct stranger {
	struct str path, says;
};

struct sights {
	struct arena mem;
	struct { struct seen_report *v; size_t n, cap; } reports;
	struct { struct stranger *v; size_t n, cap; } strangers;
	struct { struct seen_register *v; size_t n, cap; } registers;
	struct str_list ci;   /* files that define pipelines */
	struct str_list ids;  /* of the registers' findings */
	struct str_list maybe; /* documents that only speak of findings */
	bool cut;             /* there was more than is looked at */
};

void look_around(struct sights *s);
void sights_release(struct sights *s);

/* look_walk.c: every regular file below the working folder, sorted; without "./". */
void look_walk(struct sights *s, struct str_list *files);
bool look_usual_folder(struct str name); /* where runners write: build, target, reports ... */
/* look_ci.c: is it a pipeline's definition? Adds the reports that it names. */
bool look_at_ci(struct sights *s, struct str path);
/* look_reports.c: what is in them; and a file that looks like one and is none. */
void look_into_reports(struct sights *s);
void look_at_stranger(struct sights *s, struct str path);
/* look_registers.c: is it a register? Adds it. */
bool look_at_register(struct sights *s, struct str path);
/* Once all were looked at: documents that speak of the others' findings. */
void look_at_statements(struct sights *s);

#endif
