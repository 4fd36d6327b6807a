/* baseline.h -- what the parts of a comparison share. */
#ifndef GATE_CORRELATE_ENGINE_BASELINE_H
#define GATE_CORRELATE_ENGINE_BASELINE_H

#include "gate/base/map.h"
#include "gate/correlate/baseline.h"

/* The cases of one leg of the run, and what the baseline says of each. */
struct now_leg {
	const struct producer *p;
	const struct leg_cases *cases;
	/* By place: 0 it has no counterpart, else 1 + enum baseline_says. NULL: not compared. */
	unsigned char *says;
};

struct gone {
	struct str id, name;          /* the name: without suite and number */
	struct report *report;
	bool removed;
	struct str note;
};

/* A pattern of `removed:`. */
struct departure_glob {
	struct str pattern;
	const struct reg *reg;
};

/* What registers say about tests that go: `renamed:`, `removed:`. */
struct departures {
	struct arena mem;
	struct map renamed;           /* comparable old name -> the new one as written */
	struct map removed;           /* comparable name -> the register */
	struct { struct departure_glob *v; size_t n, cap; } globs;
};

struct comparison {
	struct run *run;
	struct baseline *b;
	const struct comparison_options *opt;
	struct departures departures;
	struct map kept;              /* comparable ID -> the run's kept case; when asked for */
	struct arena mem;             /* its keys */
	struct buf key;
	struct { struct now_leg *v; size_t n, cap; } legs;
	struct { struct gone *v; size_t n, cap; } gone;
	struct { struct issue **v; size_t n, cap; } resolved;
	long unstable;                /* cases told by the stable part of their names ... */
	struct str unstable_one;      /* ... one of them */
};

/* The producer of the run with the name of the baseline's, or NULL. */
struct producer *same_producer(const struct run *run, const struct snapshot_producer *then);
/* It delivered all it has, in scope, every case by its name: absence proves something. */
bool proves_absence(const struct comparison *c, const struct producer *p);

void departures_read(struct departures *d, const struct findings *fs);
const struct str *departures_renamed(struct departures *d, struct str id); /* NULL: it is not */
const struct reg *departures_removed(struct departures *d, struct str id); /* NULL: it is not */
void departures_release(struct departures *d);

void compare_tests(struct comparison *c);
void compare_issues(struct comparison *c);
/* renames.c: which of the run's new tests those that are missing may be: a suggestion. */
void suggest_renames(struct comparison *c);
/* deleted.c: which of those that are gone the change deletes. */
void compare_deleted(struct comparison *c);

#endif
