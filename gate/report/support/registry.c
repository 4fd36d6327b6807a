/* registry.c -- the table of reporters, made from list.h. */
#include "gate/report/reporter.h"

#define REPORTER(name) extern const struct reporter reporter_##name;
#include "gate/report/list.h"
#undef REPORTER

const struct reporter *const reporters[] = {
#define REPORTER(name) &reporter_##name,
#include "gate/report/list.h"
#undef REPORTER
	NULL,
};

const struct reporter *
reporter_find(struct str name)
{
	for (size_t i = 0; reporters[i]; i++)
		if (str_eqz(name, reporters[i]->name))
			return reporters[i];
	return NULL;
}
