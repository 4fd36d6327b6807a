/* legs.h -- the legs of a matrix among a run's inputs: which count, and whose reports they hold. */
#ifndef GATE_LEGS_H
#define GATE_LEGS_H

#include "gate/model/run.h"

/* A file that was read for a producer; `file` is NULL unless it was a leg file with a head. */
struct leg_source {
	struct report *shell;             /* the file itself, as a report of `spec` */
	const struct producer_spec *spec; /* whose path named it */
	struct leg_file *file;            /* moved into the run */
	bool stays;                       /* the shell is a report of its own: something is wrong */
};

struct legs_options {
	struct str revision;              /* of this run; empty: not known */
	const struct str_list *only;      /* producers in scope; empty: all */
	bool declared;                    /* the policy declares producers: no others may come */
	/* Which leg a report without one is of. */
	struct str (*leg_of)(const struct producer_spec *spec, struct str path);
};

/*
 * Takes the reports out of the leg files into the producers they name. Legs of another
 * revision are refused; of one named leg the newest attempt of its job counts. What is wrong is a
 * problem of the producers it concerns; what is notable a remark of the run.
 */
void legs_take(struct run *run, struct leg_source *sources, size_t n,
	const struct legs_options *opt);
/*
 * The names of the producers in the leg file at `path`, added to *names; none when it is none.
 * `here`: on the disk, though a tape plays.
 */
void legs_names(struct arena *mem, const char *path, bool here, struct str_list *names);
/* What this job is: revision, run, name, attempt; from the checkout and the forge's variables. */
void legs_here(struct leg_file *f);

#endif
