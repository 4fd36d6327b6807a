/* sections.c -- the keys of a policy; the larger ones have files of their own. */
#include "gate/base/num.h"
#include "gate/version.h"
#include "policies/engine/read.h"

static void
read_nothing(struct reader *r, const struct node *n, void *into)
{
	(void)r; /* read by load.c */
	(void)n;
	(void)into;
}

static void
read_version(struct reader *r, const struct node *n, void *into)
{
	(void)into;
	if (n->kind != NODE_INT || n->integer != 1)
		diag_hint(r->d, complain(r, n->at, "unknown version of the policy format: '%.*s'",
			STR_FMT(n->text)), "this program reads `version: 1`");
}

/* The next dotted number of a version, 0 past the end; false when it is no number. */
static bool
next_number(struct str *s, long *out)
{
	struct str part = *s, rest;

	*out = 0;
	if (s->n == 0)
		return true;
	str_cut(&part, ".", &rest);
	*s = rest;
	return num_long(part, 0, 1000000, out);
}

bool
check_requires(struct reader *r, const struct node *n)
{
	struct str want, have = STR(GATE_VERSION);
	long a = 0, b = 0;

	if (n == NULL || !want_text(r, n, &want))
		return true;
	str_skip(&want, ">=");
	want = str_trim(want);
	if (want.n == 0 || !is_digit(want.p[want.n - 1])) {
		diag_hint(r->d, complain(r, n->at, "`requires` is no version: '%.*s'",
			STR_FMT(n->text)), "requires: \">=1.4\"");
		return true;
	}
	while (want.n && a == b) {
		if (!next_number(&want, &a)) {
			diag_hint(r->d, complain(r, n->at, "`requires` is no version: '%.*s'",
				STR_FMT(n->text)), "requires: \">=1.4\"");
			return true;
		}
		next_number(&have, &b);
	}
	if (b < a)
		complain(r, n->at, "this %s requires gate %.*s, and this is gate %s",
			r->p->is_floor ? "floor" : "policy", STR_FMT(n->text), GATE_VERSION);
	return b >= a;
}

static void
read_name(struct reader *r, const struct node *n, void *into)
{
	want_text(r, n, &((struct policy *)into)->name);
}

static void
read_floor_key(struct reader *r, const struct node *n, void *into)
{
	(void)into;
	diag_hint(r->d, complain(r, n->key_at, "`%.*s` belongs in a floor", STR_FMT(n->key)),
		"a policy can't exempt itself, nor ask itself for reports: --floor FILE can");
}

static void
read_policy_key(struct reader *r, const struct node *n, void *into)
{
	(void)into;
	diag_hint(r->d, complain(r, n->key_at, "`%.*s` belongs in a policy", STR_FMT(n->key)),
		"a floor says what every project must at least ask for: rules, match.excuse-at, "
		"baseline.required, require-reports, exempt");
}

void
read_word_map(struct reader *r, const struct node *n, struct words *into, const char *const names[],
	const int values[])
{
	if (n->kind == NODE_NULL || !want_kind(r, n, NODE_MAP))
		return;
	for (const struct node *c = n->first; c; c = c->next) {
		struct word *w;
		int i;

		if (str_trim(c->key).n == 0) {
			complain(r, c->key_at, "an empty word in `%.*s`", STR_FMT(n->key));
			continue;
		}
		i = want_word(r, c, names);
		if (i < 0)
			continue;
		w = vec_push(into);
		w->text = str_trim(c->key);
		w->value = values[i];
	}
}

void
read_words_of_levels(struct reader *r, const struct node *n, void *into)
{
	static const char *const names[] = { "critical", "high", "medium", "low", "info", "unknown",
		NULL };
	static const int values[] = { LEVEL_CRITICAL, LEVEL_HIGH, LEVEL_MEDIUM, LEVEL_LOW,
		LEVEL_INFO, LEVEL_UNKNOWN };

	read_word_map(r, n, into, names, values);
}

/* `waived` and `expired` are made by a waiver and --now, never by a word. */
void
read_words_of_states(struct reader *r, const struct node *n, void *into)
{
	static const char *const names[] = { "open", "in-progress", "done", "rejected", "duplicate",
		"unknown", NULL };
	static const int values[] = { STATE_OPEN, STATE_IN_PROGRESS, STATE_DONE, STATE_REJECTED,
		STATE_DUPLICATE, STATE_UNKNOWN };

	read_word_map(r, n, into, names, values);
}

static void
read_severities(struct reader *r, const struct node *n, void *into)
{
	read_words_of_levels(r, n, &((struct policy *)into)->severities);
}

static void
read_statuses(struct reader *r, const struct node *n, void *into)
{
	read_words_of_states(r, n, &((struct policy *)into)->statuses);
}

/* baseline */

static void
baseline_path(struct reader *r, const struct node *n, void *into)
{
	struct policy *p = into;

	if (want_path(r, n, &p->baseline))
		p->baseline_at = n->at;
}

static void
baseline_required(struct reader *r, const struct node *n, void *into)
{
	want_bool(r, n, &((struct policy *)into)->baseline_required);
}

static void
read_baseline(struct reader *r, const struct node *n, void *into)
{
	static const struct key keys[] = {
		{ "path", baseline_path }, { "required", baseline_required }, { NULL, NULL },
	};

	static const struct key keys_of_floor[] = {
		{ "required", baseline_required }, { NULL, NULL },
	};

	((struct policy *)into)->baseline_required = true;
	((struct policy *)into)->baseline_at = n->at;
	if (r->p->is_floor && node_get(n, "path")) {
		diag_hint(r->d, complain(r, n->at, "a floor names no baseline, it can only require "
			"one"), "baseline: {required: true}");
		return;
	}
	read_map(r, n, r->p->is_floor ? keys_of_floor : keys, into);
	if (r->p->is_floor)
		return;
	if (n->kind == NODE_MAP && node_get(n, "path") == NULL && !r->partial)
		complain(r, n->at, "`baseline` needs a `path`");
}

/* delivery */

static void
delivery_comment(struct reader *r, const struct node *n, void *into)
{
	static const char *const words[] = { "on-change", "always", "on-failure", "off", NULL };
	int i = want_word(r, n, words);

	if (i >= 0)
		((struct delivery *)into)->comment = (enum comment_mode)i;
}

static void
delivery_messages(struct reader *r, const struct node *n, void *into)
{
	static const char *const words[] = { "first-line", "none", "full", NULL };
	int i = want_word(r, n, words);

	if (i >= 0)
		((struct delivery *)into)->messages = (enum message_mode)i;
}

/* on or off, however YAML reads it */
static void
want_switch(struct reader *r, const struct node *n, bool *out)
{
	static const char *const words[] = { "off", "on", NULL };
	int i;

	if (n->kind == NODE_BOOL) {
		*out = n->integer != 0;
		return;
	}
	i = want_word(r, n, words);
	if (i >= 0)
		*out = i == 1;
}

static void
delivery_check(struct reader *r, const struct node *n, void *into)
{
	want_switch(r, n, &((struct delivery *)into)->check);
}

static void
delivery_discussions(struct reader *r, const struct node *n, void *into)
{
	want_switch(r, n, &((struct delivery *)into)->discussions);
}

static void
delivery_annotations(struct reader *r, const struct node *n, void *into)
{
	want_long(r, n, 0, 10000, &((struct delivery *)into)->annotations);
}

static void
delivery_required(struct reader *r, const struct node *n, void *into)
{
	want_bool(r, n, &((struct delivery *)into)->required);
}

static void
read_delivery(struct reader *r, const struct node *n, void *into)
{
	static const struct key keys[] = {
		{ "comment", delivery_comment }, { "check", delivery_check },
		{ "discussions", delivery_discussions }, { "annotations", delivery_annotations },
		{ "messages", delivery_messages }, { "required", delivery_required },
		{ NULL, NULL },
	};

	read_map(r, n, keys, &((struct policy *)into)->delivery);
}

static void
read_history(struct reader *r, const struct node *n, void *into)
{
	want_path(r, n, &((struct policy *)into)->history);
}

/* In the order in which they are read: words before the registers that use them. */
static const struct key keys_of_policy[] = {
	{ "version", read_version },
	{ "requires", read_nothing },
	{ "name", read_name },
	{ "extends", read_nothing },
	{ "severities", read_severities },
	{ "statuses", read_statuses },
	{ "registers", read_registers },
	{ "formats", read_formats },
	{ "reports", read_reports },
	{ "baseline", read_baseline },
	{ "history", read_history },
	{ "match", read_match },
	{ "redact", read_redact },
	{ "rules", read_rules },
	{ "delivery", read_delivery },
	{ "exempt", read_floor_key },
	{ "require-reports", read_floor_key },
	{ NULL, NULL },
};

static const struct key keys_of_floor[] = {
	{ "version", read_version },
	{ "requires", read_nothing },
	{ "name", read_name },
	{ "extends", read_nothing },
	{ "severities", read_policy_key },
	{ "statuses", read_policy_key },
	{ "registers", read_policy_key },
	{ "reports", read_policy_key },
	{ "formats", read_policy_key },
	{ "baseline", read_baseline },
	{ "match", read_match },
	{ "redact", read_policy_key },
	{ "rules", read_rules },
	{ "delivery", read_policy_key },
	{ "exempt", read_exempt },
	{ "require-reports", read_required },
	{ NULL, NULL },
};

void
read_policy(struct reader *r, const struct node *root)
{
	r->p->redactor = redactor_new();
	r->p->excuse_at = STRENGTH_STRONG;
	r->p->suggest_at = STRENGTH_POSSIBLE;
	r->p->delivery.annotations = 10;
	if (root->kind == NODE_NULL) {
		diag_hint(r->d, complain(r, root->at, "the %s is empty",
			r->p->is_floor ? "floor" : "policy"), "extends: ratchet");
		return;
	}
	if (root->kind != NODE_MAP) {
		complain(r, root->at, "the policy must be a map, not %s",
			node_kind_name(root->kind));
		return;
	}
	read_map(r, root, r->p->is_floor ? keys_of_floor : keys_of_policy, r->p);
}
