/* policy_parts.h -- the parts of `gate policy`, each in the file of its name. */
#ifndef GATE_POLICY_PARTS_H
#define GATE_POLICY_PARTS_H

#include <jansson.h>

#include "gate/base/buf.h"
#include "gate/opt.h"
#include "policies/engine/policy.h"

/* --floor, for `check` and `show`; path NULL: none. */
struct policy_floor {
	const char *path;
	int64_t now;
	struct str project;
	struct policy policy; /* policy_floor_load */
};
/* cmd_policy.c: loads it and applies it to p. -1 with errors in d; p is as it was. */
int policy_floor_apply(struct policy_floor *f, struct policy *p, struct diags *d);
/*
 * policy_check.c: loads the policy and everything it names, and says all that is wrong at
 * once on standard error. Returns the exit status.
 */
int policy_check(const char *path, struct policy_floor *floor);
/*
 * policy_applies.c: rules that can never apply, and entries whose match names no report.
 * After policy_check_findings; `fs` is NULL where registers could not be read.
 */
/* The floor's required reports that no declared one can be. */
void policy_required(const struct policy *p, struct diags *d);
void policy_applies(const struct policy *p, const struct findings *fs, struct diags *d);

/* policy_floor.c: what a floor makes of the policy, put into the effective one, and listed. */
void policy_put_floor(struct policy *p, struct node *root);
void policy_floor_yaml(const struct policy *p, struct buf *out);
void policy_floor_json(const struct policy *p, json_t *doc);
/* policy_show.c: the effective policy, every value with where it came from. */
void policy_show_yaml(struct policy *p, struct buf *out);
void policy_show_json(struct policy *p, struct buf *out);
/* policy_effective.c: one more child, as the last. */
void node_append(struct node *parent, struct node *child);
/* policy_effective.c: all files merged, built-in values put in, paths as seen from the policy. */
struct node *policy_effective(struct policy *p);
/* "gate.yaml:12", "preset ratchet", "built in" */
void policy_origin(struct buf *out, const struct pos *at);

/* policy_test.c: runs the cases of `file` (NULL: beside the policy). Returns the exit status. */
int policy_test(const char *policy, const char *file);

#endif
