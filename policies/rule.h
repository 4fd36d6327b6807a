/*
 * rule.h -- the contract every rule implements: one file, one const descriptor.
 *
 * Most rules only count: they name the classes they judge, and the engine counts the items
 * of those classes that the instance's selectors match, and holds them against `max`.
 * A rule that needs more has a `judge` hook. Rules never print; they fill a result.
 */
#ifndef POLICIES_RULE_H
#define POLICIES_RULE_H

#include "gate/model/decision.h"

enum param_type {
	PARAM_LIMIT,    /* a number, "baseline", or a map from level to either */
	PARAM_ACTION,   /* off|info|warn|fail: enum rule_level */
	PARAM_NUMBER,   /* min..max */
	PARAM_PERCENT,  /* 0..100, "10" or "10%" */
	PARAM_BOOL,
	PARAM_LEVELS,   /* a level and all below it, or a list of levels, or all|none: bit set */
	PARAM_STRENGTH, /* certain | strong | ... */
	PARAM_WORDS,    /* a list of the words in `words`: bit set */
};

/*
 * Which of two values asks for more. Smaller: a number, fewer of the levels or words. What a
 * parameter means that is not given is one of the ends, or a thing of its own.
 */
enum stricter { SMALLER_IS_STRICTER, LARGER_IS_STRICTER, NONE_IS_STRICTER };
enum not_given { NOT_GIVEN_IS_APART, NOT_GIVEN_IS_LOOSEST, NOT_GIVEN_IS_STRICTEST };

/* Drives validation, `gate list rules`, `gate explain` and the README's table. */
struct param {
	const char *name;
	const char *help;
	enum param_type type;
	long min, max;
	const char *const *words; /* PARAM_WORDS, NULL-terminated */
	bool has_standard;        /* when the policy does not say: `standard` */
	long standard;
	enum stricter stricter;
	enum not_given not_given;
};

struct param_value {
	bool set;
	struct pos at;
	struct limit limit;       /* PARAM_LIMIT */
	long number;              /* all others; bit sets where the type says so */
};

#define RULE_PARAMS 8 /* at most, in one rule */

struct rule;

/*
 * One rule as a policy configures it. `max` of LIMIT_NONE: not given, which is 0 for a rule
 * that only counts; a rule with a judge hook says what it means.
 */
struct rule_instance {
	const struct rule *rule;
	enum rule_level level;
	bool level_given;         /* the policy names the level; else it is the rule's own */
	bool rest;                /* judges what no other instance of its rule selects */
	struct limit max;
	struct selectors where;
	struct param_value params[RULE_PARAMS]; /* parallel to rule->params */
	int64_t since;            /* of a floor: the first second that it judges; DATE_NONE */
	struct pos at;
	struct str origin;        /* "gate.yaml", "preset ratchet" */
};

/* What a rule may look at. */
struct judge_input {
	const struct run *run;
	const struct findings *findings;
	int64_t now;
	bool have_baseline;
	const struct rule_instance *instances; /* of the whole policy, for `rest` */
	size_t ninstances;
};

struct rule {
	const char *name;
	const char *help;         /* one line */
	uint64_t classes;         /* CLASS_BITs it counts; 0 with a judge hook of its own */
	enum rule_level level;    /* when the policy names the rule without a level */
	bool inconclusive;        /* without a named level, what it counts is inconclusive */
	bool always;              /* judges even when the policy does not name it */
	/*
	 * Without `max`: NULL: none is allowed; "": any number; a parameter's name: any number
	 * where that parameter is given, else none.
	 */
	const char *unlimited_with;
	bool times;               /* looks at run times, which are kept only for it */
	bool only_reports;        /* takes the selectors report, leg, kind, tool only */
	const struct param *params;
	size_t nparams;
	const char *example;      /* one YAML line for help and README */
	const char *singular, *plural; /* "new failure", "new failures": for the sentence */
	/*
	 * Whether an item of these classes counts for this instance; NULL: all do. Selectors
	 * were applied before.
	 */
	bool (*counts)(const struct judge_input *in, const struct rule_instance *inst,
		const struct item *item);
	/*
	 * Fills out->outcome, observed, limit, message, items (memory: `mem`). NULL: the
	 * engine counts.
	 */
	void (*judge)(const struct judge_input *in, const struct rule_instance *inst,
		struct arena *mem, struct rule_result *out);
};

extern const struct rule *const rules[]; /* NULL-terminated, in the order of list.h */
const struct rule *rule_find(struct str name);

#endif
