/* rules.c -- the registry of rules. */
#include "policies/rule.h"

#define RULE(name) extern const struct rule rule_##name;
#include "policies/list.h"
#undef RULE

const struct rule *const rules[] = {
#define RULE(name) &rule_##name,
#include "policies/list.h"
#undef RULE
	NULL,
};

const struct rule *
rule_find(struct str name)
{
	for (size_t i = 0; rules[i]; i++)
		if (str_eqz(name, rules[i]->name))
			return rules[i];
	return NULL;
}
