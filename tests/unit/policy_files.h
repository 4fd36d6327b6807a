/* policy_files.h -- a folder of its own for a test of policies, and files in it. */
#ifndef TESTS_UNIT_POLICY_FILES_H
#define TESTS_UNIT_POLICY_FILES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "policies/engine/judge.h"

static char top[256];

static inline int
make_folder(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(top, sizeof(top), "%s/gate-policy-XXXXXX", tmp && tmp[0] ? tmp : "/tmp");
	return mkdtemp(top) == NULL || chdir(top) < 0 || mkdir("sub", 0755) < 0 ? -1 : 0;
}

static inline int
remove_folder(void **state)
{
	char command[300];

	(void)state;
	if (chdir("/") < 0)
		return -1;
	snprintf(command, sizeof(command), "rm -rf '%s'", top);
	return system(command);
}

static inline void
put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

/* Loads `text` as gate.yaml. */
static inline int
load(struct policy *p, struct diags *d, const char *text)
{
	put("gate.yaml", text);
	return policy_load(p, "gate.yaml", d);
}

#endif
