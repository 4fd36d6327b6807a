/* decision_diff.c -- see decision_diff.h: results, rules and findings held against each other. */
#include "gate/decision_diff.h"

#include "gate/base/arena.h"
#include "gate/base/mem.h"
#include "gate/decision_diff_parts.h"
#include "gate/report/support/json_out.h"

static json_t *
some_of(const json_t *o, const char *const members[])
{
	json_t *v;

	if (o == NULL)
		return json_null();
	v = json_object();
	for (size_t i = 0; members[i]; i++) {
		json_t *m = json_object_get(o, members[i]);

		if (m)
			json_object_set(v, members[i], m);
	}
	return v;
}

static const char *
change_of(const struct diff_pair *p)
{
	return p->a == NULL ? "new" : p->b == NULL ? "gone" : "reclassified";
}

/* ---- why ---- */

static bool
member_differs(const struct diff_pair *p, const char *name)
{
	return p->a == NULL || p->b == NULL ||
		!json_equal(json_object_get(p->a, name), json_object_get(p->b, name));
}

/* "unit" or "unit/py39" before the blank and the path that an input is called by. */
static bool
is_input_of(const char *input, const json_t *result)
{
	struct str name = str_of(input), rest;
	struct str report = str_of(diff_text(result, "report"));
	const char *leg = diff_text(result, "leg");

	str_cut(&name, " ", &rest);
	if (!str_skip(&name, diff_text(result, "report")) || report.n == 0)
		return false;
	return name.n == 0 || (leg[0] && str_skip(&name, "/") && str_eqz(name, leg));
}

/* A register's name is its path without extension: the front of a qualified ID. */
static bool
is_register_of(const char *path, const char *qualified)
{
	struct str name = str_of(path);
	size_t dot = str_rchr(name, '.'), slash = str_rchr(name, '/');

	if (dot != STR_NPOS && (slash == STR_NPOS || dot > slash))
		name = str_to(name, dot);
	return name.n && strncmp(qualified, name.p, name.n) == 0 && qualified[name.n] == '/';
}

static bool
explains(const json_t *cause, const struct diff_pair *p)
{
	const char *what = diff_text(cause, "what"), *name = diff_text(cause, "name");
	const json_t *e = p->a ? p->a : p->b;

	if (strcmp(what, "input") == 0)
		return is_input_of(name, e) && (member_differs(p, "outcome") ||
			member_differs(p, "message"));
	if (strcmp(what, "register") == 0)
		return is_register_of(name, diff_text(p->a, "finding")) ||
			is_register_of(name, diff_text(p->b, "finding"));
	return false;
}

/*
 * What is sure to be part of it: its own report, the register of its finding. Where neither
 * differs, it is among what holds for everything: policy, baseline, clock, version.
 */
static json_t *
because(const json_t *causes, const struct diff_pair *p)
{
	json_t *names = json_array(), *cause;
	size_t i;

	json_array_foreach(causes, i, cause)
		if (explains(cause, p))
			json_array_append(names, json_object_get(cause, "name"));
	if (json_array_size(names))
		return names;
	json_array_foreach(causes, i, cause)
		if (strcmp(diff_text(cause, "what"), "input") != 0)
			json_array_append(names, json_object_get(cause, "name"));
	return names;
}

/* ---- the lists ---- */

/* What both sides show of it, owned by the caller; false, and nothing, when it is the same. */
static bool
sides_differ(const struct diff_pair *v, const char *const shown[], json_t **x, json_t **y)
{
	*x = some_of(v->a, shown);
	*y = some_of(v->b, shown);
	if (!json_equal(*x, *y))
		return true;
	json_decref(*x);
	json_decref(*y);
	return false;
}

static json_t *
diff_results(const json_t *a, const json_t *b, const json_t *causes)
{
	static const char *const names[] = { "report", "leg", "id", NULL };
	static const char *const shown[] = { "class", "outcome", "finding", "excused", NULL };
	struct diff_pairs p;
	json_t *list = json_array();

	diff_pair_up(&p, a, b, names);
	for (size_t i = 0; i < p.pairs.n; i++) {
		const struct diff_pair *v = &p.pairs.v[i];
		const json_t *e = v->a ? v->a : v->b;
		json_t *x, *y;

		if (!sides_differ(v, shown, &x, &y))
			continue;
		json_push(list, json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "change",
			change_of(v), "id", diff_text(e, "id"), "report", diff_text(e, "report"),
			"leg", diff_text(e, "leg"), "a", x, "b", y, "because", because(causes, v)));
	}
	diff_pairs_release(&p);
	return list;
}

static json_t *
diff_rules(const json_t *a, const json_t *b)
{
	static const char *const names[] = { "rule", "selected", NULL };
	static const char *const shown[] = { "outcome", "observed", "limit", "level", NULL };
	struct diff_pairs p;
	json_t *list = json_array();

	diff_pair_up(&p, a, b, names);
	for (size_t i = 0; i < p.pairs.n; i++) {
		const struct diff_pair *v = &p.pairs.v[i];
		const json_t *e = v->a ? v->a : v->b;
		json_t *x, *y;

		if (!sides_differ(v, shown, &x, &y))
			continue;
		json_push(list, json_pack("{s:s, s:s, s:o, s:o}", "rule", diff_text(e, "rule"),
			"selected", diff_text(e, "selected"), "a", x, "b", y));
	}
	diff_pairs_release(&p);
	return list;
}

static json_t *
diff_findings(const json_t *a, const json_t *b)
{
	static const char *const names[] = { "qualified", NULL };
	static const char *const shown[] = { "state", "level", NULL };
	struct diff_pairs p;
	json_t *list = json_array();

	diff_pair_up(&p, a, b, names);
	for (size_t i = 0; i < p.pairs.n; i++) {
		const struct diff_pair *v = &p.pairs.v[i];
		json_t *x, *y;

		if (!sides_differ(v, shown, &x, &y))
			continue;
		json_push(list, json_pack("{s:s, s:s, s:o, s:o}", "change", change_of(v),
			"qualified", diff_text(v->a ? v->a : v->b, "qualified"), "a", x, "b", y));
	}
	diff_pairs_release(&p);
	return list;
}

static json_t *
diff_counts(const json_t *a, const json_t *b)
{
	json_t *all = json_object(), *changed = json_object(), *v;
	const char *name;

	json_object_update(all, (json_t *)(uintptr_t)a);
	json_object_update(all, (json_t *)(uintptr_t)b);

	json_object_foreach(all, name, v) {
		json_int_t x = json_integer_value(json_object_get(a, name));
		json_int_t y = json_integer_value(json_object_get(b, name));

		if (x != y)
			json_put(changed, name, json_pack("{s:I, s:I}", "a", x, "b", y));
	}
	json_decref(all);
	return changed;
}

/* Members that differ and are told of nowhere else. */
static json_t *
diff_others(const json_t *a, const json_t *b)
{
	static const char *const told[] = { "digest", "verdict", "exit", "sentence", "rules",
		"counts", "tests", "issues", "findings", "inputs", "environment", "scope", NULL };
	json_t *all = json_object(), *list = json_array(), *v;
	const char *name;

	json_object_update(all, (json_t *)(uintptr_t)a);
	json_object_update(all, (json_t *)(uintptr_t)b);
	json_object_foreach(all, name, v) {
		bool is_told = false;

		for (size_t i = 0; told[i] && !is_told; i++)
			is_told = strcmp(name, told[i]) == 0;
		if (!is_told && !json_equal(json_object_get(a, name), json_object_get(b, name)))
			json_push(list, json_string(name));
	}
	json_decref(all);
	return list;
}

static json_t *
head(const json_t *d)
{
	static const char *const members[] = { "name", "verdict", "exit", "sentence", "digest",
		NULL };

	return some_of(d, members);
}

#define BOTH(name) json_object_get(a, name), json_object_get(b, name)

json_t *
decision_diff(const json_t *a, const json_t *b)
{
	json_t *o = json_object(), *causes = diff_causes(a, b);

	json_put(o, "schema", json_string("regression-gate/diff@1"));
	json_put(o, "same", json_boolean(json_equal(a, b)));
	json_put(o, "a", head(a));
	json_put(o, "b", head(b));
	json_put(o, "causes", causes);
	json_put(o, "rules", diff_rules(BOTH("rules")));
	json_put(o, "counts", diff_counts(BOTH("counts")));
	json_put(o, "tests", diff_results(BOTH("tests"), causes));
	json_put(o, "issues", diff_results(BOTH("issues"), causes));
	json_put(o, "findings", diff_findings(BOTH("findings")));
	json_put(o, "other", diff_others(a, b));
	return o;
}
