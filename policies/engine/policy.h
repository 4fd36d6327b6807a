/*
 * policy.h -- a policy file, understood: presets merged in, every value checked, each with
 * the place it came from.
 */
#ifndef POLICIES_ENGINE_POLICY_H
#define POLICIES_ENGINE_POLICY_H

#include "gate/base/redact.h"
#include "gate/base/regex.h"
#include "gate/model/decision.h"
#include "gate/model/own_format.h"
#include "gate/model/run.h"
#include "policies/rule.h"

/* One item of `registers:`. */
struct register_spec {
	struct str path;          /* pattern, relative to the policy */
	bool excuses_set, excuses;
	struct str owner, severity, finding;
	int64_t expires;          /* DATE_NONE */
	struct words severities, statuses;
	struct pos at;
};

struct id_pattern {
	struct regex *regex;
	struct str id;            /* "#$1": $0..$9 are groups */
};

/* Of a floor: reports that must be delivered, whoever declares them. */
struct requirement {
	struct selectors where;   /* report, kind, tool, leg */
	long min_tests;           /* 0: not given */
	bool empty_clean;
	struct str_list when_changed; /* relative to the repository's root */
	int64_t since;            /* DATE_NONE; the first second that it holds */
	struct pos at;
};

/* Of a floor: what it does not hold for, until when. */
struct exemption {
	struct str_list rules;    /* names of rules, `excuse-at`, `baseline` */
	struct selectors where;   /* report, kind, tool: of required reports */
	struct str_list projects; /* globs; none: whoever is held by this floor */
	struct str owner, reason;
	int64_t expires;
	struct pos at;
};

struct node;
struct files; /* gate/input/files.h */

struct policy {
	struct arena mem;
	const struct files *files; /* where it was read; NULL: the disk */
	struct str path;          /* as given, or "preset ratchet" */
	struct str base;          /* folder its paths are relative to; "" is the working folder */
	struct str name;
	struct { struct register_spec *v; size_t n, cap; } registers;
	struct own_formats formats; /* that the policy describes itself */
	struct { struct producer_spec *v; size_t n, cap; } producers; /* in order of name */
	struct str baseline;      /* path; empty: none */
	bool baseline_required;
	struct pos baseline_at;
	struct str history;       /* path; empty: none */
	enum strength excuse_at, suggest_at;
	struct { struct id_pattern *v; size_t n, cap; } id_patterns;
	struct str_list strip;    /* longest first */
	struct words severities, statuses;
	struct { struct str *v; size_t n, cap; } redact_env;
	struct redactor *redactor; /* never NULL after a load */
	struct { struct rule_instance *v; size_t n, cap; } rules; /* policy order; an off one stays
		only where a `rest` must know what it selects */
	/* Rules that judge beside these, of another policy's `all`: what a change tightens. */
	struct {
		struct also_judged {
			const struct rule_instance *rule, *all;
			size_t nall;
		} *v;
		size_t n, cap;
	} also;
	/* A floor is read as a policy is; these are its own. */
	bool is_floor;
	struct { struct requirement *v; size_t n, cap; } required;
	struct { struct exemption *v; size_t n, cap; } exempt;
	struct pos excuse_at_at;  /* where it is given; file NULL: it is not */
	/* What floor_apply made of a policy and its floor; borrows from the floor. */
	const struct policy *floor; /* NULL: none is applied */
	struct { struct below_floor *v; size_t n, cap; } below;
	struct { const struct requirement **v; size_t n, cap; } must; /* that hold now */
	bool needs_baseline;      /* the floor asks for one, whatever the policy names */
	struct str_list floor_notes; /* delayed and exempted parts, one sentence each */
	struct str untrusted;     /* why the trusted policy could not judge; empty: it could */
	struct delivery delivery;
	char sha256[SHA256_HEX];
	const struct node *root; /* all files merged, each value with its place; NULL: unreadable */
	struct str_list others;  /* producers that the policy declares and a case leaves out */
	bool partial;            /* a file it extends could not be read, and may hold the rest */
};

/*
 * Reads `path` (or the preset of that name) and all it extends. Every problem is put into d;
 * returns -1 when there was an error, and nothing may be judged with it. register paths are
 * not looked up here: policy_registers does.
 */
int policy_load(struct policy *p, const char *path, struct diags *d);
/*
 * The same with `over` (a map as a policy file is) as the last file, for cases that try a policy
 * on other inputs; where it names reports, no others take part, and without `baseline` there
 * is none. It must outlive the policy.
 */
int policy_load_over(struct policy *p, const char *path, struct node *over, struct diags *d);
/*
 * gate.yaml (gate.yml, gate.json, .gate.yaml) from the working folder up to the
 * repository's root (the folder with .git). NULL when there is none. Memory: the arena.
 */
const char *policy_search(struct arena *mem);
/* The same two in a view of files, e.g. of the trusted revision. */
const char *policy_search_in(struct arena *mem, const struct files *files);
int policy_load_from(struct policy *p, const char *path, struct node *over,
	const struct files *files, struct diags *d);
/* The same as a floor: its keys, and no files of a project. */
int policy_load_floor(struct policy *p, const char *path, const struct files *files,
	struct diags *d);
/*
 * Expands register patterns into fs->regs (in policy order; a path that matches nothing is
 * an error). Reads nothing.
 */
int policy_registers(const struct policy *p, struct findings *fs, struct diags *d);
/*
 * After the registers were read and resolved: every finding the policy names (producers'
 * `finding`, selectors) must exist and be unambiguous, and every producer that a selector names.
 */
int policy_check_findings(const struct policy *p, const struct findings *fs, struct diags *d);
/*
 * What the rule `waivers` (params `require`, `grace-days`) asks of a waiver. Leaves the
 * arguments as they are where the policy has no such rule or does not say.
 */
void policy_waiver_terms(const struct policy *p, bool *owner, bool *reason, bool *expires,
	long *grace_days);
/* The longest term of a waiver, in days from now, that the policy allows; 0: it does not say. */
long policy_longest_waiver(const struct policy *p);
/* Whether a rule that judges looks at run times. */
bool policy_wants_times(const struct policy *p);
void exemption_release(struct exemption *e);
void policy_release(struct policy *p);

/* Presets compiled in from policies/presets/ by the Makefile. */
struct preset {
	const char *name, *text;
};
extern const struct preset presets[]; /* ends with name == NULL */

#endif
