/* texts.c -- `match` and `redact`: how texts are compared, and what is taken out of them. */
#include <stdlib.h>

#include "gate/base/tape.h"
#include "policies/engine/read.h"

static void
match_excuse_at(struct reader *r, const struct node *n, void *into)
{
	static const char *const words[] = { "strong", "certain", NULL };
	int i = want_word(r, n, words);

	if (i < 0)
		return;
	((struct policy *)into)->excuse_at = i ? STRENGTH_CERTAIN : STRENGTH_STRONG;
	((struct policy *)into)->excuse_at_at = n->at;
}

static void
match_suggest_at(struct reader *r, const struct node *n, void *into)
{
	static const char *const words[] = { "possible", "likely", NULL };
	int i = want_word(r, n, words);

	if (i >= 0)
		((struct policy *)into)->suggest_at = i ? STRENGTH_LIKELY : STRENGTH_POSSIBLE;
}

struct id_pattern_text {
	struct str pattern, id;
	struct pos pattern_at, id_at;
};

static void
id_pattern_pattern(struct reader *r, const struct node *n, void *into)
{
	struct id_pattern_text *t = into;

	t->pattern_at = n->at;
	want_text(r, n, &t->pattern);
}

static void
id_pattern_id(struct reader *r, const struct node *n, void *into)
{
	struct id_pattern_text *t = into;

	t->id_at = n->at;
	want_text(r, n, &t->id);
}

/* How many groups a pattern can capture, at most: its opening brackets. */
static long
groups_at_most(struct str pattern)
{
	long n = 0;

	for (size_t i = 0; i < pattern.n; i++)
		n += pattern.p[i] == '(';
	return n;
}

static void
check_id(struct reader *r, const struct id_pattern_text *t)
{
	for (size_t i = 0; i + 1 < t->id.n; i++) {
		if (t->id.p[i] != '$' || !is_digit(t->id.p[i + 1]))
			continue;
		if (t->id.p[i + 1] - '0' > groups_at_most(t->pattern))
			complain(r, t->id_at, "`id` uses the group $%c, which the pattern does not "
				"have", t->id.p[i + 1]);
		return;
	}
	diag_hint(r->d, complain(r, t->id_at, "`id` uses no group of the pattern: every match "
		"would mean the same finding"), "id: '#$1'");
}

static void
read_id_pattern(struct reader *r, const struct node *n, void *into)
{
	static const struct key keys[] = {
		{ "pattern", id_pattern_pattern }, { "id", id_pattern_id }, { NULL, NULL },
	};
	struct policy *p = into;
	struct id_pattern_text t = { 0 };
	struct err err = { 0 };
	struct regex *re;

	read_map(r, n, keys, &t);
	if (n->kind != NODE_MAP)
		return;
	if (node_get(n, "pattern") == NULL || node_get(n, "id") == NULL)
		diag_hint(r->d, complain(r, n->at, "an ID pattern needs `pattern` and `id`"),
			"{pattern: '_(\\d{4})$', id: '#$1'}");
	if (t.pattern.n == 0 || t.id.n == 0)
		return;
	check_id(r, &t);
	re = regex_new(t.pattern, 0, t.pattern_at, &err);
	if (re == NULL) {
		diag_err(r->d, &err);
	} else if (regex_universal(re)) {
		complain(r, t.pattern_at, "the pattern '%.*s' matches everything",
			STR_FMT(t.pattern));
		regex_free(re);
	} else {
		*vec_push(&p->id_patterns) = (struct id_pattern){ .regex = re, .id = t.id };
	}
}

static void
match_id_patterns(struct reader *r, const struct node *n, void *into)
{
	each_item_or_none(r, n, read_id_pattern, into);
}

static int
longest_first(const void *a, const void *b)
{
	const struct str *x = a, *y = b;

	return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : str_cmp(*x, *y);
}

static void
match_strip(struct reader *r, const struct node *n, void *into)
{
	struct str_list *l = &((struct policy *)into)->strip;

	each_item_or_none(r, n, read_text_item, l);
	if (l->n > 1)
		qsort(l->v, l->n, sizeof(*l->v), longest_first);
}

void
read_match(struct reader *r, const struct node *n, void *into)
{
	static const struct key keys[] = {
		{ "excuse-at", match_excuse_at }, { "suggest-at", match_suggest_at },
		{ "id-patterns", match_id_patterns }, { "strip", match_strip }, { NULL, NULL },
	};

	static const struct key keys_of_floor[] = {
		{ "excuse-at", match_excuse_at }, { NULL, NULL },
	};

	read_map(r, n, r->p->is_floor ? keys_of_floor : keys, into);
}

/* What must not be seen. */

static void
redact_pattern(struct reader *r, const struct node *n, void *into)
{
	struct policy *p = into;
	struct err err = { 0 };
	struct str s;

	if (want_text(r, n, &s) && redactor_pattern(p->redactor, s, n->at, &err) < 0)
		diag_err(r->d, &err);
}

static void
redact_patterns(struct reader *r, const struct node *n, void *into)
{
	each_item_or_none(r, n, redact_pattern, into);
}

static bool
is_variable(struct str s)
{
	if (s.n == 0 || is_digit(s.p[0]))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != '_')
			return false;
	return true;
}

static void
redact_variable(struct reader *r, const struct node *n, void *into)
{
	struct policy *p = into;
	const char *value;
	struct str s;

	if (!want_text(r, n, &s))
		return;
	if (!is_variable(s)) {
		complain(r, n->at, "'%.*s' is no name of an environment variable", STR_FMT(s));
		return;
	}
	*vec_push(&p->redact_env) = s;
	value = tape_playing() ? NULL : getenv(arena_z(&p->mem, s)); /* on no tape: a secret */
	if (value == NULL || r->partial)
		return;
	redactor_value(p->redactor, str_of(value));
	if (value[0] && strlen(value) < 4)
		diag_add(r->d, DIAG_WARNING, n->at, "the value of %.*s is shorter than four bytes: "
			"it is not redacted", STR_FMT(s));
}

static void
redact_env(struct reader *r, const struct node *n, void *into)
{
	each_item_or_none(r, n, redact_variable, into);
}

void
read_redact(struct reader *r, const struct node *n, void *into)
{
	static const struct key keys[] = {
		{ "patterns", redact_patterns }, { "env", redact_env }, { NULL, NULL },
	};

	read_map(r, n, keys, into);
}
