/* config.c -- see config.h. */
#include "gate/config.h"

#include "parsers/registers/register.h"
#include "policies/engine/floor.h"

#define NOWHERE ((struct pos){ 0 })

const char *
config_policy_path(struct arena *mem, const struct args *args, const struct files *files)
{
	const char *path = args_get(args, "policy");

	return path ? path : policy_search_in(mem, files);
}

/*
 * --register FILE adds to the policy's registers; its paths are relative to the working folder.
 * A revision need not have it yet.
 */
static int
add_registers(struct config *c, const struct args *args, const struct files *files,
	struct diags *d)
{
	const char *pattern;

	for (size_t i = 0; (pattern = args_nth(args, "register", i)) != NULL; i++) {
		struct found found = { 0 };

		files_discover(files, &c->findings.mem, "", str_of(pattern), &found);
		if (found.n == 0 && files == NULL)
			diag_add(d, DIAG_ERROR, NOWHERE, "--register %s: no file matches", pattern);
		for (size_t k = 0; k < found.n; k++) {
			struct reg *reg;

			if (files && !files_there(files, found.v[k]))
				continue;
			reg = findings_reg(&c->findings, str_of(found.v[k]), str_of(found.v[k]));
			reg->fill_expires = DATE_NONE;
			reg->at = (struct pos){ .file = "--register" };
		}
		found_release(&found);
	}
	return d->errors ? -1 : 0;
}

static void
add_words(struct words *to, const struct words *from)
{
	for (size_t i = 0; i < from->n; i++)
		*vec_push(to) = from->v[i];
}

static int
load_registers(struct config *c, const struct args *args, const struct files *files,
	struct diags *d)
{
	struct findings *fs = &c->findings;

	fs->files = files;
	if (args_has(args, "floor"))
		floor_hold_words(&c->policy);
	if (policy_registers(&c->policy, fs, d) < 0 || add_registers(c, args, files, d) < 0)
		return -1;
	for (size_t i = 0; i < fs->regs.n; i++) {
		add_words(&fs->regs.v[i]->severities, &c->policy.severities);
		add_words(&fs->regs.v[i]->statuses, &c->policy.statuses);
		register_read(fs, fs->regs.v[i], c->policy.redactor, d);
	}
	if (d->errors)
		return -1;
	findings_resolve(fs);
	return policy_check_findings(&c->policy, fs, d);
}

int
config_load(struct config *c, const char *path, const struct args *args, struct node *over,
	const struct files *files, struct diags *d)
{
	return policy_load_from(&c->policy, path, over, files, d) < 0 ? -1
		: load_registers(c, args, files, d);
}

void
config_release(struct config *c)
{
	findings_release(&c->findings);
	policy_release(&c->policy);
}
