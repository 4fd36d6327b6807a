/* decision_diff_text.c -- a comparison of two decisions, for people. */
#include "gate/decision_diff.h"

#include "gate/decision_diff_parts.h"
#include "gate/report/support/escape.h"

struct text {
	const json_t *diff;
	size_t most; /* rows of a list */
	struct buf *out;
};

static void
put(struct text *t, const char *z)
{
	escape_terminal(t->out, str_of(z));
}

static void
heading(struct text *t, const char *what)
{
	buf_addf(t->out, "%s%s\n", t->out->n ? "\n" : "", what);
}

/* How many rows of n are shown; the rest is counted by more(). */
static size_t
shown(const struct text *t, size_t n)
{
	return t->most && n > t->most ? t->most : n;
}

static void
more(struct text *t, size_t n, const char *indent)
{
	if (shown(t, n) < n)
		buf_addf(t->out, "%s+%zu more with -v\n", indent, n - shown(t, n));
}

static void
put_verdicts(struct text *t)
{
	const json_t *a = json_object_get(t->diff, "a"), *b = json_object_get(t->diff, "b");
	json_int_t x = json_integer_value(json_object_get(a, "exit"));
	json_int_t y = json_integer_value(json_object_get(b, "exit"));

	if (strcmp(diff_text(a, "verdict"), diff_text(b, "verdict")) == 0 && x == y)
		buf_addf(t->out, "%s (exit %d) both times\n", diff_text(b, "verdict"), (int)y);
	else
		buf_addf(t->out, "%s (exit %d) -> %s (exit %d)\n", diff_text(a, "verdict"), (int)x,
			diff_text(b, "verdict"), (int)y);
	if (strcmp(diff_text(a, "sentence"), diff_text(b, "sentence")) != 0) {
		buf_addz(t->out, "  was: ");
		put(t, diff_text(a, "sentence"));
		buf_addz(t->out, "\n  is:  ");
		put(t, diff_text(b, "sentence"));
		buf_addc(t->out, '\n');
	}
}

static void
put_causes(struct text *t)
{
	const json_t *list = json_object_get(t->diff, "causes");
	size_t n = json_array_size(list);

	if (n)
		heading(t, "What it was made from");
	for (size_t i = 0; i < shown(t, n); i++) {
		const json_t *c = json_array_get(list, i);
		const char *what = diff_text(c, "what"), *name = diff_text(c, "name");

		buf_addf(t->out, "  %s", what);
		if (strcmp(what, name) != 0) {
			buf_addc(t->out, ' ');
			put(t, name);
		}
		buf_addz(t->out, ": ");
		put(t, diff_text(c, "message"));
		buf_addc(t->out, '\n');
	}
	more(t, n, "  ");
}

static void
put_rule_side(struct text *t, const json_t *side)
{
	const json_t *limit = json_object_get(side, "limit");
	char *dump;

	if (!json_is_object(side)) {
		buf_addz(t->out, "not there");
		return;
	}
	buf_addf(t->out, "%s (%d", diff_text(side, "outcome"),
		(int)json_integer_value(json_object_get(side, "observed")));
	if (limit && !json_is_null(limit)) {
		dump = json_dumps(limit, JSON_ENCODE_ANY | JSON_SORT_KEYS | JSON_COMPACT);
		buf_addz(t->out, ", limit ");
		put(t, dump ? dump : "?");
		free(dump);
	}
	buf_addf(t->out, "; %s)", diff_text(side, "level"));
}

static void
put_rules(struct text *t)
{
	const json_t *list = json_object_get(t->diff, "rules");
	size_t n = json_array_size(list);

	if (n)
		heading(t, "Rules");
	for (size_t i = 0; i < shown(t, n); i++) {
		const json_t *r = json_array_get(list, i);

		buf_addz(t->out, "  ");
		put(t, diff_text(r, "rule"));
		if (diff_text(r, "selected")[0]) {
			buf_addz(t->out, " (");
			put(t, diff_text(r, "selected"));
			buf_addc(t->out, ')');
		}
		buf_addz(t->out, ": ");
		put_rule_side(t, json_object_get(r, "a"));
		buf_addz(t->out, " -> ");
		put_rule_side(t, json_object_get(r, "b"));
		buf_addc(t->out, '\n');
	}
	more(t, n, "  ");
}

/* "known-failure (KF-1, excused)" */
static void
put_side(struct text *t, const json_t *side)
{
	const char *finding = diff_text(side, "finding");

	put(t, diff_text(side, "class"));
	if (finding[0]) {
		buf_addz(t->out, " (");
		put(t, finding);
		buf_addf(t->out, "%s)", json_is_true(json_object_get(side, "excused"))
			? ", excused" : "");
	}
}

static void
put_result(struct text *t, const json_t *r)
{
	const json_t *a = json_object_get(r, "a"), *b = json_object_get(r, "b");
	const json_t *why = json_object_get(r, "because");

	buf_addz(t->out, "    ");
	put(t, diff_text(r, "id"));
	if (diff_text(r, "leg")[0]) {
		buf_addz(t->out, " [");
		put(t, diff_text(r, "leg"));
		buf_addc(t->out, ']');
	}
	buf_addz(t->out, ": ");
	if (json_is_object(a))
		put_side(t, a);
	if (json_is_object(a) && json_is_object(b))
		buf_addz(t->out, " -> ");
	if (json_is_object(b))
		put_side(t, b);
	for (size_t i = 0; i < json_array_size(why); i++) {
		buf_addz(t->out, i ? ", " : "; by ");
		put(t, json_string_value(json_array_get(why, i)));
	}
	buf_addc(t->out, '\n');
}

static void
put_changes(struct text *t, const json_t *list, const char *change, const char *words,
	void (*row)(struct text *t, const json_t *r))
{
	size_t n = 0, at = 0, i;
	const json_t *r;

	json_array_foreach(list, i, r)
		n += strcmp(diff_text(r, "change"), change) == 0;
	if (n == 0)
		return;
	buf_addf(t->out, "  %s (%zu)\n", words, n);
	json_array_foreach(list, i, r)
		if (strcmp(diff_text(r, "change"), change) == 0 && at++ < shown(t, n))
			row(t, r);
	more(t, n, "    ");
}

static void
put_finding(struct text *t, const json_t *r)
{
	const json_t *a = json_object_get(r, "a"), *b = json_object_get(r, "b");

	buf_addz(t->out, "    ");
	put(t, diff_text(r, "qualified"));
	buf_addz(t->out, ": ");
	if (json_is_object(a))
		buf_addf(t->out, "%s, %s", diff_text(a, "state"), diff_text(a, "level"));
	if (json_is_object(a) && json_is_object(b))
		buf_addz(t->out, " -> ");
	if (json_is_object(b))
		buf_addf(t->out, "%s, %s", diff_text(b, "state"), diff_text(b, "level"));
	buf_addc(t->out, '\n');
}

static void
put_list(struct text *t, const char *name, const char *title, const char *changed,
	void (*row)(struct text *t, const json_t *r))
{
	const json_t *list = json_object_get(t->diff, name);

	if (json_array_size(list) == 0)
		return;
	heading(t, title);
	put_changes(t, list, "new", "new", row);
	put_changes(t, list, "gone", "gone", row);
	put_changes(t, list, "reclassified", changed, row);
}

static void
put_counts(struct text *t)
{
	json_t *counts = json_object_get(t->diff, "counts"), *v;
	const char *name;

	if (json_object_size(counts))
		heading(t, "Counts");
	json_object_foreach(counts, name, v) {
		buf_addz(t->out, "  ");
		put(t, name);
		buf_addf(t->out, ": %lld -> %lld\n",
			(long long)json_integer_value(json_object_get(v, "a")),
			(long long)json_integer_value(json_object_get(v, "b")));
	}
}

static void
put_others(struct text *t)
{
	const json_t *list = json_object_get(t->diff, "other"), *v;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	heading(t, "Also different");
	buf_addz(t->out, "  ");
	json_array_foreach(list, i, v) {
		buf_addz(t->out, i ? ", " : "");
		put(t, json_string_value(v));
	}
	buf_addc(t->out, '\n');
}

void
decision_diff_text(const json_t *diff, size_t most, struct buf *out)
{
	struct buf own = BUF_INIT;
	struct text t = { .diff = diff, .most = most, .out = &own };

	if (json_is_true(json_object_get(diff, "same"))) {
		buf_addz(out, "the same decision\n");
		return;
	}
	put_verdicts(&t);
	put_causes(&t);
	put_rules(&t);
	put_list(&t, "tests", "Tests", "reclassified", put_result);
	put_list(&t, "issues", "Issues", "reclassified", put_result);
	put_list(&t, "findings", "Findings", "changed", put_finding);
	put_counts(&t);
	put_others(&t);
	buf_add(out, buf_str(&own));
	buf_release(&own);
}
