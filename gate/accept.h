/* accept.h -- what the parts of `gate accept` share. */
#ifndef GATE_ACCEPT_H
#define GATE_ACCEPT_H

#include "gate/opt.h"
#include "policies/engine/policy.h"

struct accept {
	const struct args *args;
	struct arena mem;
	struct diags d;
	struct policy policy;
	struct findings fs;
	struct str test;
	int64_t now;
	const char *path;  /* the register */
	struct str shown;  /* as messages and the policy name it */
	bool exists, listed;
};

/* One more reason why nothing will be written; hint may be NULL. */
struct diag *accept_refuse(struct accept *a, const char *hint, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Is it one line of text that says something? Refused otherwise. */
bool accept_is_text(struct accept *a, const char *what, struct str s);
/* The last day must be a day, ahead, and within the policy's longest term. */
void accept_check_term(struct accept *a, struct str expires);
/* The finding of that name, or NULL (refused): it must be one, and still open. */
const struct finding *accept_finding(struct accept *a, struct str name);
/* Refuses a test that an entry waives already: another beside it would change nothing. */
void accept_check_double(struct accept *a);
/* An ID of the entry's own: the finding's would be held by two registers then. */
struct str accept_new_id(struct accept *a, const struct finding *f);

#endif
