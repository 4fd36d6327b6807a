/*
 * edits_policy.c -- what the change does to the policy. A rule or producer that is stricter by
 * every measure takes the trusted one's place; a looser one is pending; of one that is neither,
 * both judge.
 */
#include "gate/edits.h"

#include <limits.h>

#include "gate/input/discover.h"
#include "gate/input/tree.h"
#include "policies/engine/count.h"
#include "policies/engine/judge.h"

enum measure { SAME, STRICTER, LOOSER, NEITHER };

static enum measure
both(enum measure a, enum measure b)
{
	if (a == SAME || a == b)
		return b;
	return b == SAME ? a : NEITHER;
}

/* Smaller is stricter. */
static enum measure
smaller(long mine, long theirs)
{
	return mine == theirs ? SAME : mine < theirs ? STRICTER : LOOSER;
}

/* Fewer bits are stricter. */
static enum measure
fewer(unsigned long mine, unsigned long theirs)
{
	if (mine == theirs)
		return SAME;
	return (mine & ~theirs) == 0 ? STRICTER : (theirs & ~mine) == 0 ? LOOSER : NEITHER;
}

static enum measure
flip(enum measure m)
{
	return m == STRICTER ? LOOSER : m == LOOSER ? STRICTER : m;
}

/* How many of a level may be; a level below all that are named is unlimited. */
static long
allowed(const struct limit *l, enum level level)
{
	for (int i = (int)level; i > LEVEL_UNKNOWN; i--)
		if (l->named[i])
			return l->level[i];
	return LONG_MAX;
}

static bool
same_limit(const struct limit *a, const struct limit *b)
{
	if (a->kind != b->kind || a->number != b->number)
		return false;
	for (int i = 0; i < LEVELS; i++)
		if (a->named[i] != b->named[i] || (a->named[i] && (a->level[i] != b->level[i] ||
			a->level_baseline[i] != b->level_baseline[i])))
			return false;
	return true;
}

static enum measure
measure_levels(const struct limit *m, const struct limit *t)
{
	enum measure all = SAME;

	if (m->named[LEVEL_UNKNOWN] || t->named[LEVEL_UNKNOWN] || limit_needs_baseline(m) ||
	    limit_needs_baseline(t))
		return NEITHER;
	for (int i = LEVEL_INFO; i < LEVELS; i++)
		all = both(all, smaller(allowed(m, (enum level)i), allowed(t, (enum level)i)));
	return all;
}

static enum measure
measure_limit(const struct limit *m, const struct limit *t)
{
	if (same_limit(m, t))
		return SAME;
	if (m->kind == LIMIT_NUMBER && t->kind == LIMIT_NUMBER)
		return smaller(m->number, t->number);
	if (m->kind == LIMIT_BY_LEVEL && t->kind == LIMIT_BY_LEVEL)
		return measure_levels(m, t);
	return NEITHER;
}

static enum measure
measure_param(const struct param *p, const struct param_value *m, const struct param_value *t)
{
	if (m->set != t->set)
		return p->type != PARAM_WORDS ? NEITHER : m->set ? LOOSER : STRICTER;
	if (!m->set)
		return SAME;
	switch (p->type) {
	case PARAM_LIMIT:
		return measure_limit(&m->limit, &t->limit);
	case PARAM_ACTION:
		return flip(smaller(m->number, t->number));
	case PARAM_NUMBER:
	case PARAM_PERCENT:
		return smaller(m->number, t->number);
	case PARAM_LEVELS:
		return fewer((unsigned long)m->number, (unsigned long)t->number);
	case PARAM_WORDS: /* more is asked for */
		return flip(fewer((unsigned long)m->number, (unsigned long)t->number));
	default:
		return m->number == t->number ? SAME : NEITHER;
	}
}

static bool
same_selectors(const struct selectors *a, const struct selectors *b)
{
	for (int k = 0; k < SELECTORS; k++) {
		if (a->pattern[k].n != b->pattern[k].n)
			return false;
		for (size_t i = 0; i < a->pattern[k].n; i++)
			if (!str_eq(a->pattern[k].v[i], b->pattern[k].v[i]))
				return false;
	}
	return true;
}

static struct limit
limit_of(const struct rule_instance *inst)
{
	struct limit l = inst->max;

	if (l.kind == LIMIT_NONE && inst->rule->judge == NULL)
		l.kind = LIMIT_NUMBER; /* a rule that only counts allows none */
	return l;
}

static enum measure
measure_instance(const struct rule_instance *m, const struct rule_instance *t)
{
	struct limit ml = limit_of(m), tl = limit_of(t);
	enum measure all = measure_limit(&ml, &tl);

	if (m->rest != t->rest || !same_selectors(&m->where, &t->where))
		return NEITHER;
	all = both(all, flip(smaller((long)rule_broken(m), (long)rule_broken(t))));
	for (size_t i = 0; i < m->rule->nparams; i++)
		all = both(all, measure_param(&m->rule->params[i], &m->params[i], &t->params[i]));
	return all;
}

/* The active instances of a rule: at most `max` of them, how many there are. */
static size_t
instances_of(struct policy *p, const struct rule *rule, struct rule_instance *v[], size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < p->rules.n; i++) {
		if (p->rules.v[i].rule != rule || p->rules.v[i].level == RULE_OFF)
			continue;
		if (n < max)
			v[n] = &p->rules.v[i];
		n++;
	}
	return n;
}

#define MAX_INSTANCES 256

static bool
same_instances(struct rule_instance *const m[], struct rule_instance *const t[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (measure_instance(m[i], t[i]) != SAME)
			return false;
	return true;
}

static void
add_node(struct buf *b, const struct node *n, int depth)
{
	if (n == NULL || depth > 32)
		return;
	buf_addf(b, "%d:%zu:%.*s{", (int)n->kind, n->text.n, STR_FMT(n->text));
	for (const struct node *c = n->first; c; c = c->next) {
		buf_addf(b, "%zu:%.*s=", c->key.n, STR_FMT(c->key));
		add_node(b, c, depth + 1);
	}
	buf_addc(b, '}');
}

/* What the change's policy says there, as written; the content of an edit. */
static struct str
said(struct arena *mem, const struct policy *p, const char *section, struct str name)
{
	const struct node *n = node_get(p->root, section);
	struct buf b = BUF_INIT;
	struct str s;

	if (n && name.n)
		n = node_get(n, arena_z(mem, name));
	add_node(&b, n, 0);
	s = arena_dup(mem, buf_str(&b));
	buf_release(&b);
	return s;
}

static void
pend_rule(const struct sides *s, const struct policy *mine, const struct rule *rule,
	const char *verb, const struct rule_instance *t, const struct rule_instance *m)
{
	struct str name = str_of(rule->name);
	struct buf b = BUF_INIT;

	buf_addf(&b, "%s the rule %s", verb, rule->name);
	if (t && m) {
		struct limit tl = limit_of(t), ml = limit_of(m);

		if (!same_limit(&tl, &ml)) {
			buf_addz(&b, ": from ");
			limit_describe(&tl, &b);
			buf_addz(&b, " to ");
			limit_describe(&ml, &b);
		}
	}
	edit_add(s->edits, buf_str(&b), m ? m->at : t ? t->at : (struct pos){ 0 },
		said(&s->edits->mem, mine, "rules", name));
	buf_release(&b);
}

static void
judge_also(struct policy *trusted, const struct policy *mine, struct rule_instance *const v[],
	size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct also_judged *a = vec_push(&trusted->also);

		a->rule = v[i];
		a->all = mine->rules.v;
		a->nall = mine->rules.n;
	}
}

static void
replace(struct rule_instance *t, struct rule_instance *m)
{
	struct rule_instance old = *t;

	*t = *m; /* each policy frees one of the two */
	*m = old;
}

static void
compare_rule(const struct sides *s, struct policy *trusted, struct policy *mine,
	const struct rule *rule)
{
	struct rule_instance *t[MAX_INSTANCES], *m[MAX_INSTANCES];
	size_t nt = instances_of(trusted, rule, t, MAX_INSTANCES);
	size_t nm = instances_of(mine, rule, m, MAX_INSTANCES);

	if (nt == nm && nt <= MAX_INSTANCES && same_instances(m, t, nt))
		return;
	if (nm > MAX_INSTANCES)
		nm = MAX_INSTANCES;
	if (nt == 0) {
		judge_also(trusted, mine, m, nm);
	} else if (nm == 0) {
		pend_rule(s, mine, rule, "removes", t[0], NULL);
	} else if (nt > 1 || nm > 1) {
		judge_also(trusted, mine, m, nm);
		pend_rule(s, mine, rule, "changes", NULL, m[0]);
	} else {
		switch (measure_instance(m[0], t[0])) {
		case SAME:
			break;
		case STRICTER:
			replace(t[0], m[0]);
			break;
		case LOOSER:
			pend_rule(s, mine, rule, "loosens", t[0], m[0]);
			break;
		case NEITHER:
			judge_also(trusted, mine, m, 1);
			pend_rule(s, mine, rule, "changes", t[0], m[0]);
			break;
		}
	}
}

static bool
same_list(const struct str_list *a, const struct str_list *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!str_eq(a->v[i], b->v[i]))
			return false;
	return true;
}

/* The paths as seen from the working folder: a policy may move. */
static bool
same_paths(struct arena *mem, const struct producer_spec *m, const struct producer_spec *t)
{
	if (m->paths.n != t->paths.n)
		return false;
	for (size_t i = 0; i < m->paths.n; i++)
		if (!str_eq(path_join(mem, m->base, m->paths.v[i]),
			path_join(mem, t->base, t->paths.v[i])))
			return false;
	return true;
}

static enum measure
measure_legs(const struct producer_spec *m, const struct producer_spec *t)
{
	if (same_list(&m->legs, &t->legs))
		return SAME;
	for (size_t i = 0; i < t->legs.n; i++)
		if (!str_list_has(&m->legs, t->legs.v[i]))
			return LOOSER;
	return STRICTER;
}

static enum measure
measure_producer(struct arena *mem, const struct producer_spec *m, const struct producer_spec *t)
{
	enum measure all = measure_legs(m, t);

	if (!same_paths(mem, m, t) || !str_eq(m->format, t->format) || !str_eq(m->root, t->root) ||
	    m->expect_files != t->expect_files || !str_eq(m->finding, t->finding) ||
	    !same_list(&m->when_changed, &t->when_changed))
		return NEITHER;
	if (!str_eq(m->exit_file, t->exit_file))
		all = both(all, t->exit_file.n ? LOOSER : STRICTER);
	all = both(all, smaller(-(m->min_tests_set ? m->min_tests : 1),
		-(t->min_tests_set ? t->min_tests : 1)));
	all = both(all, smaller(m->empty_clean, t->empty_clean));
	return both(all, smaller(m->optional, t->optional));
}

static struct producer_spec *
producer_named(struct policy *p, struct str name)
{
	for (size_t i = 0; i < p->producers.n; i++)
		if (str_eq(p->producers.v[i].name, name))
			return &p->producers.v[i];
	return NULL;
}

static void
pend_producer(const struct sides *s, const struct policy *mine, const char *verb,
	const struct producer_spec *at)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "%s the producer %.*s", verb, STR_FMT(at->name));
	edit_add(s->edits, buf_str(&b), at->at, said(&s->edits->mem, mine, "reports", at->name));
	buf_release(&b);
}

static int
by_name(const void *a, const void *b)
{
	return str_cmp(((const struct producer_spec *)a)->name,
		((const struct producer_spec *)b)->name);
}

static void
compare_producers(const struct sides *s, struct policy *trusted, struct policy *mine)
{
	size_t n = trusted->producers.n;

	for (size_t i = 0; i < n; i++) {
		struct producer_spec *t = &trusted->producers.v[i], old = *t;
		struct producer_spec *m = producer_named(mine, t->name);

		if (m == NULL) {
			pend_producer(s, mine, "removes", t);
			continue;
		}
		switch (measure_producer(&s->edits->mem, m, t)) {
		case SAME:
			break;
		case STRICTER:
			*t = *m;
			*m = old;
			break;
		default:
			pend_producer(s, mine, "changes", m);
		}
	}
	for (size_t i = 0; i < mine->producers.n; i++) {
		struct producer_spec *m = &mine->producers.v[i];

		if (producer_named(trusted, m->name))
			continue;
		*vec_push(&trusted->producers) = *m;
		*m = (struct producer_spec){ .name = m->name }; /* its lists moved over */
	}
	vec_sort(&trusted->producers, by_name);
}

/* Sections that are taken as the trusted policy has them, whichever way they change. */
static void
compare_section(const struct sides *s, const struct policy *trusted, const struct policy *mine,
	const char *section, const char *key)
{
	struct arena *mem = &s->edits->mem;
	struct str t = said(mem, trusted, section, str_of(key));
	struct str m = said(mem, mine, section, str_of(key));
	const struct node *at = node_get(mine->root, section);
	struct buf b = BUF_INIT;

	if (str_eq(t, m))
		return;
	buf_addf(&b, "changes %s%s%s", section, key[0] ? "." : "", key);
	edit_add(s->edits, buf_str(&b), at ? at->at : (struct pos){ .file = NULL }, m);
	buf_release(&b);
}

/*
 * A format that is described anew serves only reports that are new too. What an old one reads
 * of a report is how its findings are seen at all: it stays as it is until the change is merged.
 */
static void
compare_formats(const struct sides *s, struct policy *trusted, struct policy *mine)
{
	for (size_t i = 0; i < trusted->formats.n; i++)
		compare_section(s, trusted, mine, "formats",
			arena_z(&s->edits->mem, trusted->formats.v[i]->name));
	for (size_t i = 0; i < mine->formats.n;) {
		struct own_format *f = mine->formats.v[i];

		if (own_format_find(&trusted->formats, f->name)) {
			i++;
			continue;
		}
		*vec_push(&trusted->formats) = f; /* it moves over */
		mine->formats.v[i] = mine->formats.v[--mine->formats.n];
	}
}

static void
compare_match(const struct sides *s, struct policy *trusted, const struct policy *mine)
{
	const struct node *at = node_get(mine->root, "match");
	struct buf b = BUF_INIT;

	if (mine->excuse_at > trusted->excuse_at) {
		trusted->excuse_at = mine->excuse_at;
	} else if (mine->excuse_at < trusted->excuse_at) {
		buf_addf(&b, "lowers match.excuse-at to %s", strength_name(mine->excuse_at));
		edit_add(s->edits, buf_str(&b), at ? at->at : (struct pos){ 0 }, STR_NONE);
	}
	buf_release(&b);
	compare_section(s, trusted, mine, "match", "id-patterns");
	compare_section(s, trusted, mine, "match", "strip");
}

void
edits_of_policies(const struct sides *s, struct policy *trusted, struct policy *mine)
{
	for (size_t i = 0; rules[i]; i++)
		compare_rule(s, trusted, mine, rules[i]);
	compare_producers(s, trusted, mine);
	compare_match(s, trusted, mine);
	compare_formats(s, trusted, mine);
	compare_section(s, trusted, mine, "severities", "");
	if (trusted->baseline.n) /* where there was none, a new one can only ask for more */
		compare_section(s, trusted, mine, "baseline", "");
}
