/*
 * policy_case.c -- reads the cases of a policy:
 *
 *   version: 1
 *   now: 2026-01-15T12:00:00Z          # for every case that has none of its own
 *   cases:
 *     - name: a listed failure passes
 *       registers: cases/known.yaml    # as in the policy; in place of its own
 *       reports: {unit: cases/unit.xml}  # no others take part
 *       baseline: cases/base.json        # none unless it is named
 *       runner-exit: {unit: 1}
 *       expect:
 *         verdict: pass
 *         classes: {"tests/test_a.py::test_b": known-failure}
 *         rules: {new-failures: pass}
 *         counts: {new-failure: 0}
 *
 * Paths are relative to the file. The clock is never the system's.
 */
#include "gate/policy_case.h"

#include "gate/base/date.h"
#include "gate/base/limits.h"
#include "gate/input/source.h"
#include "policies/engine/read.h"

struct into {
	struct policy_cases *cases;
	struct policy_case *c;
	struct str now;
};

static void
read_now(struct reader *r, const struct node *n, struct str *now)
{
	int64_t t;

	if (!want_text(r, n, now) || date_parse_instant(*now, &t))
		return;
	diag_hint(r->d, complain(r, n->at, "'%.*s' is no RFC 3339 instant", STR_FMT(*now)),
		"write it like 2026-01-31T12:00:00Z");
}

static void
case_now(struct reader *r, const struct node *n, void *into)
{
	read_now(r, n, &((struct into *)into)->c->now);
}

static void
case_name(struct reader *r, const struct node *n, void *into)
{
	struct into *to = into;

	want_text(r, n, &to->c->name);
	for (size_t i = 0; i + 1 < to->cases->v.n; i++)
		if (str_eq(to->cases->v.v[i].name, to->c->name))
			complain(r, n->at, "two cases are called '%.*s'", STR_FMT(to->c->name));
}

/* Read by the policy's own readers when the case is judged. */
static void
case_over(struct reader *r, const struct node *n, void *into)
{
	struct node *over = ((struct into *)into)->c->over;
	struct node *copy = arena_new(&r->p->mem, struct node);
	struct node **at = &over->first;

	while (*at)
		at = &(*at)->next;
	*copy = *n;
	copy->next = NULL;
	*at = copy;
	over->count++;
}

static void
case_exits(struct reader *r, const struct node *n, void *into)
{
	struct policy_case *c = ((struct into *)into)->c;
	long code;

	if (n->kind == NODE_INT && want_long(r, n, 0, 255, &code)) {
		*vec_push(&c->exits) = arena_printf(&r->p->mem, "%ld", code).p;
		return;
	}
	if (!want_kind(r, n, NODE_MAP))
		return;
	for (const struct node *k = n->first; k; k = k->next)
		if (want_long(r, k, 0, 255, &code))
			*vec_push(&c->exits) = arena_printf(&r->p->mem, "%.*s=%ld", STR_FMT(k->key),
				code).p;
}

static void
expect_verdict(struct reader *r, const struct node *n, void *into)
{
	static const char *const words[] = { "pass", "fail", "inconclusive", NULL };

	if (want_word(r, n, words) >= 0)
		((struct into *)into)->c->verdict = n->text;
}

static void
expect_sentence(struct reader *r, const struct node *n, void *into)
{
	want_text(r, n, &((struct into *)into)->c->sentence);
}

static void
read_expected(struct reader *r, const struct node *n, const char *const words[],
	struct expected_list *out)
{
	if (!want_kind(r, n, NODE_MAP))
		return;
	for (const struct node *k = n->first; k; k = k->next) {
		struct expected *e;

		if (want_word(r, k, words) < 0)
			continue;
		e = vec_push(out);
		*e = (struct expected){ .name = k->key, .word = k->text, .at = k->key_at };
	}
}

static void
class_words(const char *words[CLASSES + 2])
{
	for (int i = 0; i < CLASSES; i++)
		words[i] = class_name((enum class)i);
	words[CLASSES] = "absent"; /* it is in no report and nobody misses it */
	words[CLASSES + 1] = NULL;
}

static void
expect_classes(struct reader *r, const struct node *n, void *into)
{
	const char *words[CLASSES + 2];

	class_words(words);
	read_expected(r, n, words, &((struct into *)into)->c->classes);
}

static void
expect_rules(struct reader *r, const struct node *n, void *into)
{
	static const char *const words[] = { "pass", "info", "warn", "fail", "inconclusive", "off",
		NULL };
	const char *known[128] = { NULL };

	for (size_t i = 0; i < 127 && rules[i]; i++)
		known[i] = rules[i]->name;
	for (const struct node *k = n->kind == NODE_MAP ? n->first : NULL; k; k = k->next)
		if (rule_find(k->key) == NULL)
			complain_unknown(r, k->key_at, "rule", k->key, NULL, known);
	read_expected(r, n, words, &((struct into *)into)->c->rules);
}

static void
expect_counts(struct reader *r, const struct node *n, void *into)
{
	struct expected_list *out = &((struct into *)into)->c->counts;
	const char *words[CLASSES + 2];
	long count;

	class_words(words);
	words[CLASSES] = NULL;
	if (!want_kind(r, n, NODE_MAP))
		return;
	for (const struct node *k = n->first; k; k = k->next) {
		bool known = false;

		for (int i = 0; i < CLASSES; i++)
			known |= str_eqz(k->key, words[i]);
		if (!known)
			complain_unknown(r, k->key_at, "class", k->key, NULL, words);
		else if (want_long(r, k, 0, MAX_CASES, &count))
			*vec_push(out) = (struct expected){ k->key, k->text, k->key_at };
	}
}

static void
case_expect(struct reader *r, const struct node *n, void *into)
{
	static const struct key keys[] = {
		{ "verdict", expect_verdict }, { "sentence", expect_sentence },
		{ "classes", expect_classes }, { "rules", expect_rules },
		{ "counts", expect_counts }, { NULL, NULL },
	};

	read_map(r, n, keys, into);
	if (n->kind == NODE_MAP && n->count == 0)
		diag_hint(r->d, complain(r, n->at, "the case expects nothing"), "verdict: pass");
}

static const struct key case_keys[] = {
	{ "name", case_name },
	{ "now", case_now },
	{ "registers", case_over },
	{ "reports", case_over },
	{ "baseline", case_over },
	{ "runner-exit", case_exits },
	{ "expect", case_expect },
	{ NULL, NULL },
};

static void
read_case(struct reader *r, const struct node *n, void *into)
{
	struct into *to = into;

	to->c = vec_push(&to->cases->v);
	to->c->at = n->at;
	to->c->now = to->now;
	to->c->over = arena_new(&r->p->mem, struct node);
	to->c->over->kind = NODE_MAP;
	to->c->over->at = n->at;
	read_map(r, n, case_keys, to);
	if (n->kind != NODE_MAP)
		return;
	if (node_get(n, "name") == NULL)
		diag_hint(r->d, complain(r, n->at, "a case needs a `name`"),
			"a sentence that says what must be true");
	if (node_get(n, "expect") == NULL)
		diag_hint(r->d, complain(r, n->at, "a case needs `expect`"),
			"expect: {verdict: pass}");
	if (to->c->now.n == 0)
		diag_hint(r->d, complain(r, n->at, "a case needs `now`: a test that asks the clock "
			"fails some day"), "now: 2026-01-31T12:00:00Z, here or for the whole file");
}

static void
file_version(struct reader *r, const struct node *n, void *into)
{
	(void)into;
	if (n->kind != NODE_INT || n->integer != 1)
		diag_hint(r->d, complain(r, n->at, "unknown version of the cases: '%.*s'",
			STR_FMT(n->text)), "this program reads `version: 1`");
}

static void
file_now(struct reader *r, const struct node *n, void *into)
{
	read_now(r, n, &((struct into *)into)->now);
}

static void
file_cases(struct reader *r, const struct node *n, void *into)
{
	each_item(r, n, read_case, into);
}

/* In the order in which they are read: `now` before the cases that use it. */
static const struct key file_keys[] = {
	{ "version", file_version }, { "now", file_now }, { "cases", file_cases }, { NULL, NULL },
};

int
policy_cases_read(struct policy_cases *c, const char *file, struct diags *d)
{
	/* The readers of policies keep what they make in a policy's memory. */
	struct policy scratch = { 0 };
	struct reader r = { .p = &scratch, .d = d };
	struct into to = { .cases = c };
	struct buf b = BUF_INIT;
	struct err err = { 0 };
	struct node *root = NULL;
	size_t errors = d->errors;

	if (source_slurp(file, MAX_CONFIG_BYTES, &b, NULL, &err) < 0 ||
	    tree_parse(&scratch.mem, buf_str(&b), file, &root, &err) < 0)
		diag_err(d, &err);
	else if (read_map(&r, root, file_keys, &to), c->v.n == 0 && d->errors == errors)
		diag_hint(d, diag_add(d, DIAG_ERROR, root->at, "there are no cases"),
			"cases: [{name: ..., expect: {verdict: pass}}]");
	buf_release(&b);
	c->mem = scratch.mem;
	return d->errors == errors ? 0 : -1;
}

void
policy_cases_release(struct policy_cases *c)
{
	for (size_t i = 0; i < c->v.n; i++) {
		struct policy_case *one = &c->v.v[i];

		vec_release(&one->exits);
		vec_release(&one->classes);
		vec_release(&one->rules);
		vec_release(&one->counts);
	}
	vec_release(&c->v);
	arena_release(&c->mem);
}
