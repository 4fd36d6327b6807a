/* scope.h -- what the command line says about producers: REPORT, --report, --runner-exit. */
#ifndef GATE_SCOPE_H
#define GATE_SCOPE_H

#include "gate/opt.h"
#include "gate/model/run.h"
#include "policies/engine/policy.h"

/*
 * REPORT operands become the producer `cli`; --report replaces a producer's paths or adds
 * one. Keeps policy->producers in order of name. -1 with an error in d.
 */
int scope_reports(struct policy *policy, const struct args *args, struct diags *d);
/*
 * "[NAME[/LEG]=][FORMAT:]PATH": the producer it speaks of, `cli` where it names none. `path` may
 * have a format in front: which ones there are, only the policy knows.
 */
void scope_report_parts(const char *value, struct str *name, struct str *path);
/*
 * --only and --partial: the producers in scope (the caller's, vec_release), whether nothing is
 * judged absent, and the words for both; empty: the run is whole.
 */
void scope_limit(struct arena *mem, const struct args *args, struct str_list *only,
	bool *partial, struct str *note);
/* Every name of --only is a producer's. -1 with an error in d. */
int scope_names(const struct run *run, const struct args *args, const struct str_list *only,
	struct diags *d);
/* True, with an error on standard error: what the command does needs a whole run. */
bool scope_refused(const struct args *args, const char *what);
/* --runner-exit [NAME[/LEG]=]CODE and exit-file, where no leg brought its own. -1: error in d. */
int scope_exits(struct run *run, const struct args *args, struct diags *d);

/*
 * "NAME=" or "NAME/LEG=" in front of a path, taken off *word; a '=' behind anything else belongs
 * to the path.
 */
bool scope_take_name(struct str *word, struct str *name, struct str *leg);
/* "junit:build/a.xml"; a prefix that is no format is part of the path. */
struct str scope_take_format(const struct policy *policy, struct str *word);
/* An error with the nearest name as a hint; -1. */
int scope_unknown_producer(struct policy *policy, struct str name, struct diags *d);
/*
 * What a declared exit-file says. One that is missing or unreadable is a fact for the rule
 * runner-exit: EXIT_BAD.
 */
enum exit_known scope_exit_file(const struct producer_spec *spec, long *status);

#endif
