/*
 * params.c -- the value of a rule in all its forms: a number (how many are allowed),
 * off|info|warn|fail, a map, or a list of maps (several instances).
 *
 * A map holds `max`, `level`, the rule's own parameters and selectors. `level` is the rule's
 * level where it is one of off|info|warn|fail, and the selector of that name otherwise; of
 * `info`, which is both, the rule's level is meant ([info] is the selector).
 */
#include "gate/base/num.h"
#include "policies/engine/judge.h"
#include "policies/engine/read.h"

#define MAX_ALLOWED 1000000000L
#define WORDS_KNOWN 64

static const char *const level_words[] = { "critical", "high", "medium", "low", "info", "unknown",
	NULL };
static const char *const action_words[] = { "off", "info", "warn", "fail", NULL };

static int
action_of(const struct node *n)
{
	for (int i = 0; n->kind == NODE_STRING && action_words[i]; i++)
		if (str_eqz(n->text, action_words[i]))
			return i;
	return -1;
}

/* limits */

static bool
is_baseline(const struct node *n)
{
	return n->kind == NODE_STRING && str_eqz(n->text, "baseline");
}

static void
read_level_limit(struct reader *r, const struct node *n, struct limit *l)
{
	enum level level;

	if (!level_parse(n->key, &level)) {
		complain_unknown(r, n->key_at, "level", n->key, "max", level_words);
		return;
	}
	if (is_baseline(n))
		l->level_baseline[level] = true;
	else if (!want_long(r, n, 0, MAX_ALLOWED, &l->level[level]))
		return;
	l->named[level] = true;
}

static void
read_limit(struct reader *r, const struct node *n, struct limit *l)
{
	if (n->kind == NODE_MAP) {
		if (n->count == 0)
			complain(r, n->at, "`%.*s` names no level", STR_FMT(n->key));
		l->kind = LIMIT_BY_LEVEL;
		for (const struct node *c = n->first; c; c = c->next)
			read_level_limit(r, c, l);
	} else if (is_baseline(n)) {
		l->kind = LIMIT_BASELINE;
	} else if (n->kind == NODE_INT) {
		if (want_long(r, n, 0, MAX_ALLOWED, &l->number))
			l->kind = LIMIT_NUMBER;
	} else {
		diag_hint(r->d, complain(r, n->at, "`%.*s` must be a number, `baseline` or a map "
			"from level to either", STR_FMT(n->key)), "%.*s: {high: 0, medium: 5}",
			STR_FMT(n->key));
	}
}

/* parameters */

static bool
read_percent(struct reader *r, const struct node *n, long *out)
{
	struct str s = n->text;

	if (n->kind == NODE_STRING && str_ends(s, "%")) {
		s.n--;
		if (num_long(str_trim(s), 0, 100, out))
			return true;
		complain(r, n->at, "'%.*s' is no share from 0%% to 100%%", STR_FMT(n->text));
		return false;
	}
	return want_long(r, n, 0, 100, out);
}

/* "high": that and all below; unknown goes with high. */
static long
levels_up_to(enum level top)
{
	long bits = 0;

	for (int i = LEVEL_INFO; i <= (int)top; i++)
		bits |= 1L << i;
	return top >= LEVEL_HIGH || top == LEVEL_UNKNOWN ? bits | 1L << LEVEL_UNKNOWN : bits;
}

static bool
read_levels(struct reader *r, const struct node *n, long *out)
{
	static const char *const words[] = { "critical", "high", "medium", "low", "info", "unknown",
		"all", "none", NULL };
	static const enum level levels[] = { LEVEL_CRITICAL, LEVEL_HIGH, LEVEL_MEDIUM, LEVEL_LOW,
		LEVEL_INFO, LEVEL_UNKNOWN };
	long bits = 0;
	int i;

	if (n->kind != NODE_LIST) {
		i = want_word(r, n, words);
		if (i < 0)
			return false;
		*out = str_eqz(n->text, "all") ? ~0L : str_eqz(n->text, "none") ? 0 :
			levels_up_to(levels[i]);
		return true;
	}
	for (const struct node *c = n->first; c; c = c->next) {
		i = want_word(r, c, level_words);
		if (i < 0)
			return false;
		bits |= 1L << levels[i];
	}
	if (bits >> LEVEL_HIGH & 1)
		bits |= 1L << LEVEL_UNKNOWN;
	*out = bits;
	return true;
}

static bool
read_words(struct reader *r, const struct node *n, const struct param *param, long *out)
{
	const struct node *c = n->kind == NODE_LIST ? n->first : n;
	long bits = 0;

	for (; c; c = n->kind == NODE_LIST ? c->next : NULL) {
		int i = want_word(r, c, param->words);

		if (i < 0)
			return false;
		bits |= 1L << i;
	}
	*out = bits;
	return true;
}

static bool
read_strength(struct reader *r, const struct node *n, long *out)
{
	static const char *const words[] = { "possible", "likely", "strong", "certain", NULL };
	static const enum strength strengths[] = { STRENGTH_POSSIBLE, STRENGTH_LIKELY,
		STRENGTH_STRONG, STRENGTH_CERTAIN };
	int i = want_word(r, n, words);

	if (i >= 0)
		*out = (long)strengths[i];
	return i >= 0;
}

static void
read_param(struct reader *r, const struct node *n, const struct param *param,
	struct param_value *v)
{
	bool flag = false;
	int i;

	v->at = n->at;
	switch (param->type) {
	case PARAM_LIMIT:
		read_limit(r, n, &v->limit);
		v->set = true;
		break;
	case PARAM_ACTION:
		i = want_word(r, n, action_words);
		v->set = i >= 0;
		v->number = i;
		break;
	case PARAM_NUMBER:
		v->set = want_long(r, n, param->min, param->max, &v->number);
		break;
	case PARAM_PERCENT:
		v->set = read_percent(r, n, &v->number);
		break;
	case PARAM_BOOL:
		v->set = want_bool(r, n, &flag);
		v->number = flag;
		break;
	case PARAM_LEVELS:
		v->set = read_levels(r, n, &v->number);
		break;
	case PARAM_STRENGTH:
		v->set = read_strength(r, n, &v->number);
		break;
	case PARAM_WORDS:
		v->set = read_words(r, n, param, &v->number);
		break;
	}
}

/* selectors */

/* `kind` and `level` are words, not patterns. */
static void
read_word_list(struct reader *r, const struct node *n, struct str_list *into)
{
	static const char *const kinds[] = { "tests", "lint", "security", NULL };
	const char *const *words = str_eqz(n->key, "level") ? level_words : kinds;
	const struct node *c = n->kind == NODE_LIST ? n->first : n;

	if (c == NULL)
		complain(r, n->at, "`%.*s` is an empty list", STR_FMT(n->key));
	for (; c; c = n->kind == NODE_LIST ? c->next : NULL)
		if (want_word(r, c, words) >= 0)
			*vec_push(into) = c->text;
}

bool
read_selector(struct reader *r, const struct node *n, struct selectors *into)
{
	for (int k = 0; k < SELECTORS; k++) {
		if (!str_eqz(n->key, selector_name((enum selector_key)k)))
			continue;
		if (k == SEL_KIND || k == SEL_LEVEL)
			read_word_list(r, n, &into->pattern[k]);
		else
			each_item(r, n, k == SEL_TEST ? read_test_item : read_glob_item,
				&into->pattern[k]);
		return true;
	}
	return false;
}

/* rules */

static void
unknown_key(struct reader *r, const struct node *n, const struct rule *rule)
{
	const char *known[WORDS_KNOWN] = { "max", "level" };
	size_t k = 2;

	for (size_t i = 0; i < rule->nparams && k < WORDS_KNOWN - 1; i++)
		known[k++] = rule->params[i].name;
	for (int i = 0; i < SELECTORS && k < WORDS_KNOWN - 1; i++)
		if (i != SEL_LEVEL)
			known[k++] = selector_name((enum selector_key)i);
	if (str_eqz(n->key, "since"))
		diag_hint(r->d, complain(r, n->key_at, "`since` belongs in a floor"),
			"name the rule when it shall hold; --floor FILE can delay it");
	else
		complain_unknown(r, n->key_at, "key", n->key, rule->name, known);
}

static const struct param *
param_find(const struct rule *rule, struct str name, size_t *at)
{
	for (*at = 0; *at < rule->nparams; ++*at)
		if (str_eqz(name, rule->params[*at].name))
			return &rule->params[*at];
	return NULL;
}

static bool
selects_reports(const struct node *n)
{
	return str_eqz(n->key, "report") || str_eqz(n->key, "leg") || str_eqz(n->key, "kind") ||
	       str_eqz(n->key, "tool");
}

/* False: a word of the selector. */
static bool
read_level(struct reader *r, const struct node *n, struct rule_instance *inst)
{
	static const char *const both[] = { "off", "info", "warn", "fail", "critical", "high",
		"medium", "low", "unknown", NULL };
	enum level level;

	if (action_of(n) >= 0) {
		inst->level = (enum rule_level)action_of(n);
		inst->level_given = true;
		return true;
	}
	if (level_parse(n->text, &level))
		return false;
	want_word(r, n, both);
	return true;
}

static void
read_key(struct reader *r, const struct node *n, struct rule_instance *inst)
{
	const struct rule *rule = inst->rule;
	const struct param *param;
	size_t at;

	if (str_eqz(n->key, "max")) {
		read_limit(r, n, &inst->max);
		return;
	}
	if (str_eqz(n->key, "level") && n->kind == NODE_STRING && read_level(r, n, inst))
		return;
	if (str_eqz(n->key, "since") && r->p->is_floor) {
		want_first_day(r, n, &inst->since);
		return;
	}
	param = param_find(rule, n->key, &at);
	if (param) {
		read_param(r, n, param, &inst->params[at]);
		return;
	}
	if (!read_selector(r, n, &inst->where))
		unknown_key(r, n, rule);
	else if (rule->only_reports && !selects_reports(n))
		diag_hint(r->d, complain(r, n->key_at, "`%s` can't be limited by `%.*s`",
			rule->name, STR_FMT(n->key)),
			"report, leg, kind and tool choose whole reports");
}

static struct rule_instance *
add_instance(struct policy *p, const struct rule *rule, struct pos at)
{
	struct rule_instance *inst = vec_push(&p->rules);

	inst->rule = rule;
	inst->level = rule->level;
	inst->since = DATE_NONE;
	inst->at = at;
	inst->origin = str_of(at.file);
	for (size_t i = 0; i < rule->nparams; i++) {
		inst->params[i].set = rule->params[i].has_standard;
		inst->params[i].number = rule->params[i].standard;
		inst->params[i].at = at;
	}
	return inst;
}

static void
read_instance(struct reader *r, const struct node *n, const struct rule *rule)
{
	struct rule_instance *inst = add_instance(r->p, rule,
		n->key.n ? n->key_at : n->at);

	if (n->count == 0)
		diag_hint(r->d, complain(r, n->at, "an empty map says nothing about `%s`",
			rule->name),
			"%s", rule->example);
	for (const struct node *c = n->first; c; c = c->next)
		read_key(r, c, inst);
}

static void
wrong_value(struct reader *r, const struct node *n, const struct rule *rule)
{
	struct diag *g;

	if (n->kind == NODE_NULL)
		g = complain(r, n->key_at, "the rule `%s` has no value", rule->name);
	else if (n->text.n)
		g = complain(r, n->at, "'%.*s' is no value for the rule `%s`", STR_FMT(n->text),
			rule->name);
	else
		g = complain(r, n->at, "%s is no value for the rule `%s`", node_kind_name(n->kind),
			rule->name);
	if (is_baseline(n))
		diag_hint(r->d, g, "%s: {max: baseline}", rule->name);
	else
		diag_hint(r->d, g, "a number (how many are allowed), off, info, warn, fail, a map, "
			"or a list of maps; e.g. %s", rule->example);
}

static void
read_rule(struct reader *r, const struct node *n, const struct rule *rule)
{
	struct rule_instance *inst;

	if (n->kind == NODE_MAP) {
		read_instance(r, n, rule);
	} else if (n->kind == NODE_LIST && n->count) {
		for (const struct node *c = n->first; c; c = c->next) {
			if (c->kind == NODE_MAP)
				read_instance(r, c, rule);
			else
				wrong_value(r, c, rule);
		}
	} else if (n->kind == NODE_INT && n->integer >= 0 && n->integer <= MAX_ALLOWED) {
		inst = add_instance(r->p, rule, n->key_at);
		inst->max = (struct limit){ .kind = LIMIT_NUMBER, .number = n->integer };
	} else if (action_of(n) >= 0) {
		inst = add_instance(r->p, rule, n->key_at);
		inst->max.kind = LIMIT_NUMBER;
		inst->level = (enum rule_level)action_of(n);
		inst->level_given = true;
	} else {
		wrong_value(r, n, rule);
	}
}

static void
unknown_rule(struct reader *r, const struct node *n)
{
	const char *known[WORDS_KNOWN] = { NULL };

	for (size_t i = 0; i < WORDS_KNOWN - 1 && rules[i]; i++)
		known[i] = rules[i]->name;
	complain_unknown(r, n->key_at, "rule", n->key, NULL, known);
}

void
read_rules(struct reader *r, const struct node *n, void *into)
{
	(void)into;
	if (n->kind == NODE_NULL) /* every line below it is a comment */
		return;
	if (!want_kind(r, n, NODE_MAP))
		return;
	for (const struct node *c = n->first; c; c = c->next) {
		const struct rule *rule = rule_find(c->key);

		if (rule)
			read_rule(r, c, rule);
		else
			unknown_rule(r, c);
	}
}

/* Of a rule that always judges: does an instance say what holds for everything? */
static bool
covered(const struct policy *p, const struct rule *rule)
{
	for (size_t i = 0; i < p->rules.n; i++)
		if (p->rules.v[i].rule == rule && selectors_empty(&p->rules.v[i].where))
			return true;
	return false;
}

static bool
has_instance(const struct policy *p, const struct rule *rule)
{
	for (size_t i = 0; i < p->rules.n; i++)
		if (p->rules.v[i].rule == rule)
			return true;
	return false;
}

/* Off for some is only kept where the rest must know what it does not judge. */
static void
drop_off(struct policy *p, const struct rule *const open[])
{
	size_t n = 0;

	for (size_t i = 0; i < p->rules.n; i++) {
		struct rule_instance *inst = &p->rules.v[i];
		bool needed = false;

		for (size_t k = 0; open[k]; k++)
			needed |= open[k] == inst->rule;
		if (inst->level == RULE_OFF && !needed)
			selectors_release(&inst->where);
		else
			p->rules.v[n++] = *inst;
	}
	p->rules.n = n;
}

void
complete_rules(struct policy *p)
{
	const struct rule *open[WORDS_KNOWN] = { NULL }; /* always judge, and not all is said */
	size_t n = 0;

	/* Before any is dropped: `off` for everything is an answer too. */
	for (size_t i = 0; rules[i] && n < WORDS_KNOWN - 1; i++)
		if (rules[i]->always && !covered(p, rules[i]))
			open[n++] = rules[i];
	drop_off(p, open);
	for (size_t i = 0; i < n; i++) {
		bool rest = has_instance(p, open[i]);
		struct rule_instance *inst;

		inst = add_instance(p, open[i], (struct pos){ .file = "built in" });
		inst->max.kind = LIMIT_NUMBER;
		inst->rest = rest;
	}
}
