/* policy_case.h -- the cases of `gate policy test`: a file beside the policy, read strictly. */
#ifndef GATE_POLICY_CASE_H
#define GATE_POLICY_CASE_H

#include "gate/input/tree.h"
#include "gate/model/decision.h"

/* What must be true of one name: a test's class, a rule's outcome. */
struct expected {
	struct str name, word;
	struct pos at;
};

struct expected_list {
	struct expected *v;
	size_t n, cap;
};

struct policy_case {
	struct str name;
	struct pos at;
	struct str now;           /* RFC 3339 */
	struct node *over;        /* `registers`, `reports`, `baseline`, in the words of a policy */
	struct { const char **v; size_t n, cap; } exits; /* "NAME=CODE" */
	struct str verdict;       /* empty: not asked */
	struct str sentence;      /* a part of it */
	struct expected_list classes, rules, counts;
};

struct policy_cases {
	struct arena mem;
	struct { struct policy_case *v; size_t n, cap; } v;
};

/* Reads them all; -1 with every mistake in d. */
int policy_cases_read(struct policy_cases *c, const char *file, struct diags *d);
void policy_cases_release(struct policy_cases *c);

#endif
