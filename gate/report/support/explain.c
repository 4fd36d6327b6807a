/* explain.c -- see explain.h: the verdict, rules, findings, inputs; names and near names. */
#include "gate/report/support/explain.h"

#include "gate/base/mem.h"
#include "gate/base/near.h"
#include "policies/rule.h"

#define ITEMS_SHOWN 10

static void
put_items(struct explain *e, const json_t *items, size_t indent, size_t most)
{
	size_t i;
	json_t *v;

	json_array_foreach(items, i, v) {
		if (i >= most && json_array_size(items) > most + 1 && !e->l.whole) {
			lines_say(&e->l, indent, DIM, "+%zu more", json_array_size(items) - i);
			return;
		}
		buf_add(&e->l.line, str_n(json_string_value(v), json_string_length(v)));
		lines_put(&e->l, indent, PLAIN, 0);
	}
}

static enum paint
paint_of(struct str outcome)
{
	return str_eqz(outcome, "fail") ? RED : str_eqz(outcome, "pass") ? GREEN :
		str_eqz(outcome, "info") ? PLAIN : YELLOW;
}

/* Where the policy says so, for the n-th instance of the rule. */
static void
add_origin(struct explain *e, struct str rule, size_t nth)
{
	for (size_t i = 0; e->d && i < e->d->rules.n; i++) {
		const struct rule_result *r = &e->d->rules.v[i];

		if (!str_eq(r->rule, rule) || nth-- > 0)
			continue;
		if (r->at.file)
			buf_addf(&e->l.line, " [%s", r->at.file);
		if (r->at.file && r->at.line > 0)
			buf_addf(&e->l.line, ":%ld", r->at.line);
		buf_addz(&e->l.line, r->at.file ? "]" : "");
		return;
	}
}

static size_t
instance(const json_t *list, size_t i)
{
	struct str name = explain_text(json_array_get(list, i), "rule");
	size_t n = 0;

	for (size_t k = 0; k < i; k++)
		n += str_eq(explain_text(json_array_get(list, k), "rule"), name);
	return n;
}

static void
put_rule_line(struct explain *e, const json_t *list, size_t i, size_t indent)
{
	const json_t *r = json_array_get(list, i);
	struct str outcome = explain_text(r, "outcome");

	buf_addf(&e->l.line, "%.*s: %.*s: ", STR_FMT(outcome), STR_FMT(explain_text(r, "rule")));
	buf_add(&e->l.line, explain_text(r, "message"));
	add_origin(e, explain_text(r, "rule"), instance(list, i));
	lines_put(&e->l, indent, paint_of(outcome), 0);
}

static void
put_inputs(struct explain *e, const json_t *in)
{
	struct str name = explain_text(in, "name"), path = explain_text(in, "path");
	struct str leg = explain_text(in, "leg"), finding = explain_text(in, "finding");
	size_t i;
	json_t *p;

	buf_add(&e->l.line, name);
	if (leg.n)
		buf_addf(&e->l.line, "/%.*s", STR_FMT(leg));
	if (path.n)
		buf_addf(&e->l.line, ", %.*s", STR_FMT(path));
	buf_addz(&e->l.line, json_is_true(json_object_get(in, "complete")) ? ": complete" :
		json_is_false(json_object_get(in, "due")) ? ": not due, nothing of it changed" :
		": not complete");
	lines_put(&e->l, 2, PLAIN, 0);
	json_array_foreach(explain_list(in, "problems"), i, p) {
		long line = (long)json_integer_value(json_object_get(p, "line"));

		buf_add(&e->l.line, explain_text(p, "code"));
		if (line > 0)
			buf_addf(&e->l.line, " at line %ld", line);
		buf_addz(&e->l.line, ": ");
		buf_add(&e->l.line, explain_text(p, "message"));
		lines_put(&e->l, 4, PLAIN, 0);
	}
	if (finding.n) {
		buf_addz(&e->l.line, "shown under ");
		explain_add_finding(e, finding);
		lines_put(&e->l, 4, PLAIN, 0);
	}
}

static void
put_environment(struct explain *e)
{
	const json_t *env = json_object_get(e->doc, "environment");
	struct str policy = explain_text(env, "policy_sha256"), now = explain_text(env, "now");
	size_t i;
	json_t *r;

	lines_say(&e->l, 0, BOLD, "Judged with");
	if (e->d && e->d->policy_path.n)
		lines_say(&e->l, 2, PLAIN, "policy %.*s", STR_FMT(e->d->policy_path));
	lines_say(&e->l, 2, PLAIN, "policy sha256 %.*s", STR_FMT(policy));
	json_array_foreach(explain_list(env, "registers"), i, r) {
		buf_addz(&e->l.line, "register ");
		buf_add(&e->l.line, explain_text(r, "path"));
		lines_put(&e->l, 2, PLAIN, 0);
	}
	lines_say(&e->l, 2, PLAIN, "now %.*s", STR_FMT(now));
	lines_say(&e->l, 2, PLAIN, "decision digest %.*s", STR_FMT(explain_text(e->doc, "digest")));
}

void
explain_verdict(struct explain *e)
{
	static const char *const order[] = { "fail", "inconclusive", "warn", "info" };
	const json_t *rules_list = explain_list(e->doc, "rules");
	struct str verdict = explain_text(e->doc, "verdict");
	size_t passed = 0, i;
	json_t *v;

	buf_add(&e->l.line, explain_text(e->doc, "sentence"));
	lines_put(&e->l, 0, paint_of(verdict), 0);
	for (size_t o = 0; o < sizeof(order) / sizeof(order[0]); o++) {
		json_array_foreach(rules_list, i, v) {
			if (!str_eqz(explain_text(v, "outcome"), order[o]))
				continue;
			put_rule_line(e, rules_list, i, 0);
			put_items(e, explain_list(v, "items"), 4, o < 2 ? ITEMS_SHOWN : 2);
		}
	}
	json_array_foreach(rules_list, i, v) {
		if (!str_eqz(explain_text(v, "outcome"), "pass"))
			continue;
		buf_addz(&e->l.line, passed++ ? ", " : "pass: ");
		buf_add(&e->l.line, explain_text(v, "rule"));
	}
	if (passed)
		lines_put(&e->l, 0, GREEN, 0);
	lines_say(&e->l, 0, BOLD, "Inputs");
	json_array_foreach(explain_list(e->doc, "inputs"), i, v) {
		put_inputs(e, v);
	}
	put_environment(e);
}

static void
put_rule(struct explain *e, const json_t *rules_list, size_t i)
{
	const json_t *r = json_array_get(rules_list, i);
	const struct rule *rule = rule_find(explain_text(r, "rule"));
	char *limit = json_dumps(json_object_get(r, "limit"), JSON_ENCODE_ANY | JSON_SORT_KEYS);

	put_rule_line(e, rules_list, i, 0);
	lines_say(&e->l, 2, PLAIN, "level %.*s, observed %lld, allowed %s",
		STR_FMT(explain_text(r, "level")),
		(long long)json_integer_value(json_object_get(r, "observed")),
		limit == NULL || strcmp(limit, "null") == 0 ? "any number" : limit);
	free(limit);
	put_items(e, explain_list(r, "items"), 4, 50);
	if (rule == NULL)
		return;
	lines_say(&e->l, 2, PLAIN, "It counts %s.", rule->help);
	for (size_t k = 0; k < rule->nparams; k++)
		lines_say(&e->l, 4, PLAIN, "%s: %s", rule->params[k].name, rule->params[k].help);
	lines_say(&e->l, 2, PLAIN, "In a policy: %s", rule->example);
}

static bool
names_finding(const json_t *o, struct str qualified)
{
	size_t i;
	json_t *ev;

	json_array_foreach(explain_list(o, "evidence"), i, ev) {
		if (str_eq(explain_text(ev, "finding"), qualified))
			return true;
	}
	return false;
}

/* What has evidence for the finding, but rests on another one or on none. */
static void
put_near_results(struct explain *e, const char *list, struct str qualified)
{
	size_t i, n = 0;
	json_t *o;

	json_array_foreach(explain_list(e->doc, list), i, o) {
		if (str_eq(explain_text(o, "finding"), qualified) || !names_finding(o, qualified))
			continue;
		if (n++ == 0)
			lines_say(&e->l, 2, BOLD, "Candidate for, but not deciding (%s)", list);
		if (n > ITEMS_SHOWN && !e->l.whole)
			continue;
		buf_addf(&e->l.line, "%.*s, %.*s", STR_FMT(explain_text(o, "id")),
			STR_FMT(explain_text(o, "class")));
		lines_put(&e->l, 4, PLAIN, 0);
	}
	if (n > ITEMS_SHOWN && !e->l.whole)
		lines_say(&e->l, 4, DIM, "+%zu more", n - ITEMS_SHOWN);
}

static void
put_finding(struct explain *e, const json_t *f)
{
	struct str q = explain_text(f, "qualified");
	const json_t *tests = explain_list(f, "tests"), *issues = explain_list(f, "issues");

	explain_add_finding(e, q);
	lines_put(&e->l, 0, BOLD, 0);
	if (json_array_size(tests)) {
		lines_say(&e->l, 2, BOLD, "Tests that rest on it (%zu)", json_array_size(tests));
		put_items(e, tests, 4, 50);
	}
	if (json_array_size(issues)) {
		lines_say(&e->l, 2, BOLD, "Issues that rest on it (%zu)", json_array_size(issues));
		put_items(e, issues, 4, ITEMS_SHOWN);
	}
	if (json_array_size(tests) + json_array_size(issues) == 0)
		lines_say(&e->l, 2, PLAIN, "Nothing in this run rests on it.");
	put_near_results(e, "tests", q);
	put_near_results(e, "issues", q);
}

/* "F1" names docs/scan/F1. */
static bool
is_named(struct str qualified, struct str name)
{
	if (str_eq(qualified, name))
		return true;
	return name.n && qualified.n > name.n && qualified.p[qualified.n - name.n - 1] == '/' &&
		str_eq(str_from(qualified, qualified.n - name.n), name);
}

size_t
explain_name(struct explain *e, struct str name)
{
	size_t found = 0, i;
	json_t *o;

	json_array_foreach(explain_list(e->doc, "rules"), i, o) {
		if (str_eq(explain_text(o, "rule"), name) && ++found)
			put_rule(e, explain_list(e->doc, "rules"), i);
	}
	json_array_foreach(explain_list(e->doc, "tests"), i, o) {
		if (str_eq(explain_text(o, "id"), name) && ++found)
			explain_result(e, o, RESULT_TEST);
	}
	json_array_foreach(explain_list(e->doc, "issues"), i, o) {
		if (str_eq(explain_text(o, "id"), name) && ++found)
			explain_result(e, o, RESULT_ISSUE);
	}
	json_array_foreach(explain_list(e->doc, "findings"), i, o) {
		if (is_named(explain_text(o, "qualified"), name) && ++found)
			put_finding(e, o);
	}
	json_array_foreach(explain_list(e->doc, "inputs"), i, o) {
		if (str_eq(explain_text(o, "name"), name) && ++found)
			put_inputs(e, o);
	}
	return found;
}

static const struct {
	const char *list, *key;
} named[] = {
	{ "tests", "id" }, { "issues", "id" }, { "findings", "qualified" }, { "rules", "rule" },
	{ "inputs", "name" },
};
#define NAMED (sizeof(named) / sizeof(named[0]))

static bool
is_listed(const struct str *v, size_t n, struct str s)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], s))
			return true;
	return false;
}

/* Edits are counted only among this many names: it is a courtesy. */
#define NEAR_NAMES 2000

/* "test_one" of "tests/test_x.py::test_one": what people mistype, and short enough to compare. */
static struct str
tail(struct str s)
{
	for (size_t i = s.n; i-- > 0;)
		if (strchr("/:#>. ", s.p[i]) && i + 1 < s.n)
			return str_from(s, i + 1);
	return s;
}

static struct str
nearest(const json_t *doc, struct str name)
{
	const char *known[NEAR_NAMES + 1];
	struct str whole[NEAR_NAMES];
	const char *near;
	size_t n = 0, i;
	json_t *o;

	for (size_t k = 0; k < NAMED; k++)
		json_array_foreach(explain_list(doc, named[k].list), i, o) {
			struct str s = explain_text(o, named[k].key);

			if (n == NEAR_NAMES || s.n == 0)
				continue;
			whole[n] = s;
			known[n++] = tail(s).p;
		}
	known[n] = NULL;
	near = nearest_word(tail(name), known);
	for (i = 0; near && i < n; i++)
		if (known[i] == near)
			return whole[i];
	return STR_NONE;
}

size_t
explain_near(const json_t *doc, struct str name, struct str out[], size_t max, size_t *more)
{
	size_t n = 0, i;
	json_t *o;

	*more = 0;
	for (size_t k = 0; k < NAMED && name.n >= 3; k++)
		json_array_foreach(explain_list(doc, named[k].list), i, o) {
			struct str s = explain_text(o, named[k].key);

			if (str_ifind(s, name) == STR_NPOS || is_listed(out, n, s))
				continue;
			if (n < max)
				out[n++] = s;
			else
				++*more;
		}
	if (n == 0 && max > 0) {
		out[0] = nearest(doc, name);
		n = out[0].n > 0;
	}
	return n;
}
