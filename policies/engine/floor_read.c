/*
 * floor_read.c -- what only a floor says: the reports that every project must deliver, and who is
 * exempt from what, until when.
 *
 *   require-reports:
 *     - {kind: security}                         # one of these, delivered whole
 *     - {tool: [semgrep, codeql], since: 2027-01-01}
 *     - {report: unit, min-tests: 600}
 *   exempt:
 *     - {rule: flaky-tests, project: acme/legacy, owner: ann, reason: ..., expires: 2027-03-31}
 *     - {tool: semgrep, owner: ann, reason: no rules for COBOL, expires: 2027-06-30}
 */
#include "gate/base/limits.h"
#include "policies/engine/judge.h"
#include "policies/engine/read.h"

#define MAX_WORDS 64

/* ---- require-reports ---- */

static void
required_min_tests(struct reader *r, const struct node *n, void *into)
{
	want_long(r, n, 1, MAX_CASES, &((struct requirement *)into)->min_tests);
}

static void
required_empty(struct reader *r, const struct node *n, void *into)
{
	static const char *const words[] = { "clean", NULL };

	((struct requirement *)into)->empty_clean = want_word(r, n, words) == 0;
}

static void
required_when_changed(struct reader *r, const struct node *n, void *into)
{
	each_item(r, n, read_glob_item, &((struct requirement *)into)->when_changed);
}

static void
required_since(struct reader *r, const struct node *n, void *into)
{
	want_first_day(r, n, &((struct requirement *)into)->since);
}

static void
required_selector(struct reader *r, const struct node *n, void *into)
{
	read_selector(r, n, &((struct requirement *)into)->where);
}

static void
read_requirement(struct reader *r, const struct node *n, void *into)
{
	static const struct key keys[] = {
		{ "kind", required_selector }, { "tool", required_selector },
		{ "report", required_selector }, { "leg", required_selector },
		{ "min-tests", required_min_tests }, { "empty", required_empty },
		{ "when-changed", required_when_changed }, { "since", required_since },
		{ NULL, NULL },
	};
	struct policy *p = into;
	struct requirement *q;

	if (!want_kind(r, n, NODE_MAP))
		return;
	q = vec_push(&p->required);
	q->at = n->at;
	q->since = DATE_NONE;
	read_map(r, n, keys, q);
	if (node_get(n, "kind") == NULL && node_get(n, "tool") == NULL &&
	    node_get(n, "report") == NULL)
		diag_hint(r->d, complain(r, n->at, "a required report needs `kind`, `tool` or "
			"`report`"), "{kind: security}");
}

void
read_required(struct reader *r, const struct node *n, void *into)
{
	each_item_or_none(r, n, read_requirement, into);
}

/* ---- exempt ---- */

static void
exempt_rule(struct reader *r, const struct node *n, void *into)
{
	const char *known[MAX_WORDS] = { "excuse-at", "baseline" };
	size_t k = 2;

	for (size_t i = 0; rules[i] && k < MAX_WORDS - 1; i++)
		known[k++] = rules[i]->name;
	if (want_word(r, n, known) >= 0)
		*vec_push(&((struct exemption *)into)->rules) = n->text;
}

static void
exempt_rules(struct reader *r, const struct node *n, void *into)
{
	each_item(r, n, exempt_rule, into);
}

static void
exempt_selector(struct reader *r, const struct node *n, void *into)
{
	read_selector(r, n, &((struct exemption *)into)->where);
}

static void
exempt_project(struct reader *r, const struct node *n, void *into)
{
	each_item(r, n, read_glob_item, &((struct exemption *)into)->projects);
}

static void
exempt_owner(struct reader *r, const struct node *n, void *into)
{
	want_text(r, n, &((struct exemption *)into)->owner);
}

static void
exempt_reason(struct reader *r, const struct node *n, void *into)
{
	want_text(r, n, &((struct exemption *)into)->reason);
}

static void
exempt_expires(struct reader *r, const struct node *n, void *into)
{
	want_date(r, n, &((struct exemption *)into)->expires);
}

/* Never for ever, never by nobody. */
static void
read_exemption(struct reader *r, const struct node *n, void *into)
{
	static const struct key keys[] = {
		{ "rule", exempt_rules }, { "kind", exempt_selector }, { "tool", exempt_selector },
		{ "report", exempt_selector }, { "project", exempt_project },
		{ "owner", exempt_owner }, { "reason", exempt_reason },
		{ "expires", exempt_expires }, { NULL, NULL },
	};
	static const char *const needed[] = { "owner", "reason", "expires" };
	struct policy *p = into;
	struct exemption *e;

	if (!want_kind(r, n, NODE_MAP))
		return;
	e = vec_push(&p->exempt);
	e->at = n->at;
	e->expires = DATE_NONE;
	read_map(r, n, keys, e);
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		if (node_get(n, needed[i]) == NULL)
			complain(r, n->at, "the exemption lacks `%s`", needed[i]);
	if (node_get(n, "rule") == NULL && node_get(n, "kind") == NULL &&
	    node_get(n, "tool") == NULL && node_get(n, "report") == NULL)
		diag_hint(r->d, complain(r, n->at, "the exemption says not from what"),
			"`rule`, or the `kind`, `tool` or `report` of a required report");
}

void
read_exempt(struct reader *r, const struct node *n, void *into)
{
	each_item_or_none(r, n, read_exemption, into);
}
