/*
 * edits_policy.c -- what the change does to the policy. A rule or producer that is stricter by
 * every measure takes the trusted one's place; a looser one is pending; of one that is neither,
 * both judge.
 */
#include "gate/edits.h"

#include "gate/input/discover.h"
#include "gate/input/tree.h"
#include "policies/engine/judge.h"
#include "policies/engine/strict.h"

/* The instances of a rule, active or off: at most `max` of them, how many there are. */
static size_t
instances_of(struct policy *p, const struct rule *rule, bool off, struct rule_instance *v[],
	size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < p->rules.n; i++) {
		if (p->rules.v[i].rule != rule || (p->rules.v[i].level == RULE_OFF) != off)
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

/* What one instance leaves to nobody, the rest does not judge. */
static bool
same_off(struct policy *trusted, struct policy *mine, const struct rule *rule)
{
	struct rule_instance *t[MAX_INSTANCES], *m[MAX_INSTANCES];
	size_t n = instances_of(trusted, rule, true, t, MAX_INSTANCES);

	return n <= MAX_INSTANCES && instances_of(mine, rule, true, m, MAX_INSTANCES) == n &&
		same_instances(m, t, n);
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
	size_t nt = instances_of(trusted, rule, false, t, MAX_INSTANCES);
	size_t nm = instances_of(mine, rule, false, m, MAX_INSTANCES);
	bool as_off = same_off(trusted, mine, rule);

	if (as_off && nt == nm && nt <= MAX_INSTANCES && same_instances(m, t, nt))
		return;
	if (nm > MAX_INSTANCES)
		nm = MAX_INSTANCES;
	if (nt == 0) {
		judge_also(trusted, mine, m, nm);
	} else if (nm == 0) {
		pend_rule(s, mine, rule, "removes", t[0], NULL);
	} else if (nt > 1 || nm > 1 || !as_off) {
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
	if (str_list_same(&m->legs, &t->legs))
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
	    !str_list_same(&m->when_changed, &t->when_changed))
		return NEITHER;
	/* A status is one thing more to explain; with it an empty file may be clean. */
	if (!str_eq(m->exit_file, t->exit_file))
		all = measure_both(all, t->exit_file.n || t->empty_clean ? LOOSER : STRICTER);
	all = measure_both(all, measure_smaller(-(m->min_tests_set ? m->min_tests : 1),
		-(t->min_tests_set ? t->min_tests : 1)));
	all = measure_both(all, measure_smaller(m->empty_clean, t->empty_clean));
	return measure_both(all, measure_smaller(m->optional, t->optional));
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

/* Whatever else is written there: approved edits hold with just this around them. */
static void
note_the_rest(const struct sides *s, const struct policy *trusted, const struct policy *mine)
{
	const struct policy *const both[] = { trusted, mine };

	for (size_t i = 0; i < 2; i++)
		for (const struct node *n = both[i]->root->first; n; n = n->next) {
			struct str key = n->key, t, m;

			if (i && node_get(trusted->root, arena_z(&s->edits->mem, key)))
				continue; /* seen */
			t = said(&s->edits->mem, trusted, arena_z(&s->edits->mem, key), STR_NONE);
			m = said(&s->edits->mem, mine, arena_z(&s->edits->mem, key), STR_NONE);
			if (!str_eq(t, m))
				edit_unlisted(s->edits, m);
		}
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
	/* A first baseline loosens too: what it shows failing is not new. */
	compare_section(s, trusted, mine, "baseline", "");
	if (trusted->history.n) /* without it flaky tests merely pass */
		compare_section(s, trusted, mine, "history", "");
	if (trusted->delivery.required && !mine->delivery.required)
		compare_section(s, trusted, mine, "delivery", "required");
	if (node_get(trusted->root, "redact"))
		compare_section(s, trusted, mine, "redact", "");
	note_the_rest(s, trusted, mine);
}
