/* config.h -- the policy and the registers of a run, from the disk or from a revision. */
#ifndef GATE_CONFIG_H
#define GATE_CONFIG_H

#include "gate/input/files.h"
#include "gate/opt.h"
#include "policies/engine/policy.h"

struct node;

struct config {
	struct policy policy;
	struct findings findings;
};

/*
 * What --policy names, else the policy that is searched for; NULL: there is none. `files` may be
 * NULL, the disk.
 */
const char *config_policy_path(struct arena *mem, const struct args *args,
	const struct files *files);
/*
 * Loads the policy at `path` and the registers that it and --register name; resolved and
 * checked. -1 with errors in d. `over`: see policy_load_over.
 */
int config_load(struct config *c, const char *path, const struct args *args, struct node *over,
	const struct files *files, struct diags *d);
void config_release(struct config *c);

#endif
