/*
 * policy_applies.c -- what a policy says that can never come true: a rule whose selectors no
 * declared report can meet, or that no result of the rule's classes can; an entry of a
 * register that is limited to a report nobody declares. A rule that never applies looks
 * like protection and is none.
 */
#include "gate/base/glob.h"
#include "gate/base/near.h"
#include "gate/input/tree.h"
#include "gate/correlate/engine/tools.h"
#include "gate/policy_parts.h"
#include "parsers/parser.h"
#include "policies/engine/judge.h"

#define MAX_KNOWN 256

enum { ABOUT_TESTS = 1, ABOUT_ISSUES = 2 };

struct check {
	const struct policy *p;
	struct diags *d;
	enum diag_level level;  /* what several projects extend may say more than one needs */
	bool names_said;        /* unknown reports were reported, as `gate run` does */
	const struct rule_instance *inst;
	const struct node *map; /* the instance in the policy's tree; NULL: not found */
};

/* What the results are that a rule counts; 0 where it does not count results. */
static unsigned
about(const struct rule *rule)
{
	const uint64_t both = CLASS_BIT(CLASS_WAIVED) | CLASS_BIT(CLASS_WAIVER_EXPIRED) |
		CLASS_BIT(CLASS_INDETERMINATE);
	uint64_t issues = 0;

	for (int c = CLASS_NEW_ISSUE; c <= (int)CLASS_SUPPRESSED; c++)
		issues |= CLASS_BIT(c);
	return (rule->classes & (both | ~issues) ? ABOUT_TESTS : 0) |
	       (rule->classes & (both | issues) ? ABOUT_ISSUES : 0);
}

static bool
same_place(struct pos a, struct pos b)
{
	return a.line == b.line && a.col == b.col && str_eq(str_of(a.file), str_of(b.file));
}

/* The map of an instance, by the place that it remembers. */
static const struct node *
map_of(const struct policy *p, const struct rule_instance *inst)
{
	const struct node *rule = node_get(node_get(p->root, "rules"), inst->rule->name);

	if (rule && rule->kind == NODE_MAP)
		return same_place(rule->key_at, inst->at) ? rule : NULL;
	for (const struct node *n = rule && rule->kind == NODE_LIST ? rule->first : NULL; n;
	     n = n->next)
		if (n->kind == NODE_MAP && same_place(n->at, inst->at))
			return n;
	return NULL;
}

/* Where the pattern stands, else its key, else the rule. */
static struct pos
place_of(const struct check *c, enum selector_key key, struct str pattern)
{
	const struct node *n = node_get(c->map, selector_name(key));

	if (n == NULL)
		return c->inst->at;
	for (const struct node *i = n->kind == NODE_LIST ? n->first : NULL; i; i = i->next)
		if (str_eq(i->text, pattern))
			return i->at;
	return pattern.n && n->kind != NODE_LIST ? n->at : n->key_at;
}

static void __attribute__((format(printf, 5, 6)))
never(const struct check *c, enum selector_key key, struct str pattern, const char *hint,
	const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	struct diag *g;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	g = diag_add(c->d, c->level, place_of(c, key, pattern), "`%s` can never apply: %s",
		c->inst->rule->name, buf_z(&b));
	if (hint && hint[0])
		diag_hint(c->d, g, "%s", hint);
	buf_release(&b);
}

static bool
any_matches(const struct str_list *patterns, struct str word)
{
	for (size_t i = 0; i < patterns->n; i++)
		if (glob_match(patterns->v[i], word))
			return true;
	return patterns->n == 0;
}

/* The kind of a report by its format; KIND_NONE where only the file will tell. */
static enum report_kind
kind_of(const struct producer_spec *s)
{
	const struct parser *parser = s->format.n ? parser_find(s->format) : NULL;

	return parser ? parser->kind : KIND_NONE;
}

static const char *
tool_of(const struct producer_spec *s)
{
	const struct parser *parser = s->format.n ? parser_find(s->format) : NULL;

	return parser ? parser->tool : NULL;
}

static bool
may_be_kind(const struct str_list *kinds, const struct producer_spec *s)
{
	enum report_kind kind = kind_of(s);

	/* Which of lint and security a scanner's report is, only the report says. */
	if (kind == KIND_TESTS || kind == KIND_NONE)
		return kind == KIND_NONE || any_matches(kinds, STR("tests"));
	return any_matches(kinds, STR("lint")) || any_matches(kinds, STR("security"));
}

static bool
may_be_tool(const struct str_list *tools, const struct producer_spec *s)
{
	const char *tool = tool_of(s);

	return tool == NULL || any_matches(tools, str_of(tool));
}

static bool
may_have_leg(const struct str_list *legs, const struct producer_spec *s)
{
	for (size_t i = 0; i < s->legs.n; i++)
		if (any_matches(legs, s->legs.v[i]))
			return true;
	return s->legs.n == 0; /* the command line may name legs */
}

static bool
holds(unsigned what, const struct producer_spec *s)
{
	enum report_kind kind = kind_of(s);

	return what == 0 || kind == KIND_NONE ||
	       (what & (kind == KIND_TESTS ? ABOUT_TESTS : ABOUT_ISSUES)) != 0;
}

/* Every pattern for itself, so that one wrong name of three is found. */
static bool
check_names(const struct check *c)
{
	const struct str_list *names = &c->inst->where.pattern[SEL_REPORT];
	const char *known[MAX_KNOWN + 1] = { NULL };
	bool ok = true;

	for (size_t i = 0; i < c->p->producers.n && i < MAX_KNOWN; i++)
		known[i] = arena_z(&c->d->mem, c->p->producers.v[i].name);
	for (size_t i = 0; i < names->n; i++) {
		const struct str_list one = { .v = &names->v[i], .n = 1 };
		bool found = any_matches(&one, STR("cli"));
		const char *near = nearest_word(names->v[i], known);
		struct buf hint = BUF_INIT;

		for (size_t k = 0; k < c->p->producers.n && !found; k++)
			found = any_matches(&one, c->p->producers.v[k].name);
		if (near)
			buf_addf(&hint, "did you mean '%s'?", near);
		for (size_t k = 0; !near && known[k] && k < 12; k++)
			buf_addf(&hint, "%s%s", k ? ", " : "declared: ", known[k]);
		if (!found && !c->names_said)
			never(c, SEL_REPORT, names->v[i], buf_z(&hint),
				"no report is called '%.*s'", STR_FMT(names->v[i]));
		ok &= found;
		buf_release(&hint);
	}
	return ok;
}

/* Is there a declared report that meets all selectors which choose reports? */
static void
check_reports(const struct check *c)
{
	static const enum selector_key keys[] = { SEL_KIND, SEL_TOOL, SEL_LEG };
	static bool (*const may[])(const struct str_list *, const struct producer_spec *) = {
		may_be_kind, may_be_tool, may_have_leg };
	const struct selectors *where = &c->inst->where;
	bool met[3] = { false, false, false }, all = false, held = false;
	unsigned what = about(c->inst->rule);

	for (size_t i = 0; i < c->p->producers.n; i++) {
		const struct producer_spec *s = &c->p->producers.v[i];
		bool every = true;

		if (!any_matches(&where->pattern[SEL_REPORT], s->name))
			continue;
		for (int k = 0; k < 3; k++) {
			bool yes = may[k](&where->pattern[keys[k]], s);

			met[k] |= yes;
			every &= yes;
		}
		held |= holds(what, s);
		all |= every && holds(what, s);
	}
	for (int k = 0; k < 3; k++)
		if (where->pattern[keys[k]].n && !met[k]) {
			never(c, keys[k], STR_NONE, NULL, "none of the declared reports %s `%s`",
				k == 2 ? "has such a" : "it looks at is of such a",
				selector_name(keys[k]));
			return;
		}
	if (!held)
		never(c, SEL_REPORT, STR_NONE, NULL, "the reports it looks at hold no %s",
			what == ABOUT_TESTS ? "tests" : "lint or scan results");
	else if (!all)
		never(c, SEL_REPORT, STR_NONE, NULL,
			"no declared report meets all of its selectors together");
}

/* Selectors that look at what the rule's results do not have. */
static bool
check_kinds(const struct check *c)
{
	static const enum selector_key of_tests[] = { SEL_SUITE, SEL_TEST, SEL_TAG };
	const struct selectors *where = &c->inst->where;
	unsigned what = about(c->inst->rule);
	const struct str_list *kinds = &where->pattern[SEL_KIND];

	for (int i = 0; what == ABOUT_ISSUES && i < 3; i++)
		if (where->pattern[of_tests[i]].n) {
			never(c, of_tests[i], STR_NONE, "`tool`, `rule` and `path` select them",
				"it counts lint and scan results, which have no `%s`",
				selector_name(of_tests[i]));
			return false;
		}
	if (what == ABOUT_TESTS && where->pattern[SEL_RULE].n) {
		never(c, SEL_RULE, STR_NONE, "`test`, `suite`, `tag` and `path` select them",
			"it counts tests, which have no `rule`");
		return false;
	}
	if (what == ABOUT_TESTS && kinds->n && !any_matches(kinds, STR("tests"))) {
		never(c, SEL_KIND, STR_NONE, NULL, "it counts tests");
		return false;
	}
	if (what == ABOUT_ISSUES && kinds->n && !any_matches(kinds, STR("lint")) &&
	    !any_matches(kinds, STR("security"))) {
		never(c, SEL_KIND, STR_NONE, NULL, "it counts lint and scan results");
		return false;
	}
	for (int k = 0; c->inst->rule->times && k < SELECTORS; k++)
		if (k != SEL_REPORT && k != SEL_LEG && k != SEL_KIND && k != SEL_TOOL &&
		    k != SEL_TEST && where->pattern[k].n) {
			never(c, (enum selector_key)k, STR_NONE,
				"`report`, `leg` and `test` select them",
				"of the times of passing tests no `%s` is known",
				selector_name((enum selector_key)k));
			return false;
		}
	for (int k = 0; strcmp(c->inst->rule->name, "register-health") == 0 && k < SELECTORS; k++)
		if (k != SEL_PATH && where->pattern[k].n) {
			never(c, (enum selector_key)k, STR_NONE, "`path` is the register's",
				"registers have no `%s`", selector_name((enum selector_key)k));
			return false;
		}
	return true;
}

/* A tool's name that is nearly one we know; an unknown tool alone is no mistake. */
static void
check_tools(const struct check *c)
{
	const struct str_list *tools = &c->inst->where.pattern[SEL_TOOL];
	const char *known[MAX_KNOWN + 1] = { NULL };
	size_t n = 0;

	for (size_t i = 0; parsers[i] && n < MAX_KNOWN; i++)
		if (parsers[i]->tool)
			known[n++] = parsers[i]->tool;
	for (size_t i = 0; tools_without_rules[i] && n < MAX_KNOWN; i++)
		known[n++] = tools_without_rules[i];
	for (size_t i = 0; i < tools->n; i++) {
		const char *near = nearest_word(tools->v[i], known);

		if (near && !glob_has_magic(tools->v[i]) && !str_eqz(tools->v[i], near))
			diag_hint(c->d, diag_add(c->d, DIAG_WARNING,
				place_of(c, SEL_TOOL, tools->v[i]),
				"no tool called '%.*s' is known here", STR_FMT(tools->v[i])),
				"did you mean '%s'?", near);
	}
}

static void
check_baseline(const struct check *c)
{
	const struct rule_instance *inst = c->inst;

	if (c->p->baseline.n == 0 && inst->level == RULE_FAIL && limit_needs_baseline(&inst->max))
		diag_hint(c->d, diag_add(c->d, DIAG_WARNING, inst->at, "`%s` is held against a "
			"baseline, and the policy names none: it will be inconclusive",
			inst->rule->name), "baseline: .gate/baseline.json.gz");
}

/* An entry of a register that is limited to reports which are not there. */
static void
check_entries(const struct policy *p, const struct findings *fs, struct diags *d)
{
	for (size_t i = 0; i < fs->all.n; i++) {
		const struct finding *f = fs->all.v[i];
		const struct str_list *names;
		struct pos at = { .line = f->line };
		bool found;

		if (f->entry == NULL)
			continue;
		names = &f->entry->match.pattern[SEL_REPORT];
		found = any_matches(names, STR("cli"));

		for (size_t k = 0; !found && k < p->producers.n; k++)
			found = any_matches(names, p->producers.v[k].name);
		if (found)
			continue;
		at.file = arena_z(&d->mem, f->reg->path);
		diag_add(d, DIAG_WARNING, at,
			"the match of '%.*s' can never apply: no report is called '%.*s'",
			STR_FMT(f->id), STR_FMT(names->v[0]));
	}
}

/* Listed or waived failures, and nothing that lists any: the commonest surprise. */
static void
check_excusing(const struct check *c, const struct findings *fs)
{
	if (strcmp(c->inst->rule->name, "known-failures") != 0 || fs->regs.n == 0)
		return;
	for (size_t i = 0; i < fs->regs.n; i++)
		if (fs->regs.v[i]->kind == REGISTER_STRUCTURED ||
		    fs->regs.v[i]->kind == REGISTER_LIST)
			return;
	for (size_t i = 0; i < fs->all.n; i++)
		if (fs->all.v[i]->excuses)
			return;
	diag_hint(c->d, diag_add(c->d, DIAG_WARNING, c->inst->at, "`known-failures` has nothing to "
		"judge: all registers are documents, which describe failures and excuse none"),
		"{path: ..., excuses: true} at the register, or a structured one");
}

void
policy_required(const struct policy *p, struct diags *d)
{
	for (size_t i = 0; i < p->must.n; i++) {
		const struct selectors *where = &p->must.v[i]->where;
		struct buf what = BUF_INIT;
		bool may = false;

		for (size_t k = 0; k < p->producers.n && !may; k++) {
			const struct producer_spec *s = &p->producers.v[k];

			may = any_matches(&where->pattern[SEL_REPORT], s->name) &&
				(where->pattern[SEL_KIND].n == 0 ||
				may_be_kind(&where->pattern[SEL_KIND], s)) &&
				may_be_tool(&where->pattern[SEL_TOOL], s) &&
				may_have_leg(&where->pattern[SEL_LEG], s);
		}
		selectors_describe(where, &what);
		if (!may)
			diag_hint(d, diag_add(d, DIAG_ERROR, p->must.v[i]->at,
				"the floor requires a report of %s, and no declared one is",
				buf_z(&what)), "declare it under `reports:` of %.*s",
				STR_FMT(p->path));
		buf_release(&what);
	}
}

void
policy_applies(const struct policy *p, const struct findings *fs, struct diags *d)
{
	for (size_t i = 0; i < p->rules.n; i++) {
		struct check c = { .p = p, .d = d, .inst = &p->rules.v[i], .level = DIAG_ERROR,
			.names_said = fs != NULL };
		const char *file = c.inst->at.file;

		if (file == NULL || c.inst->at.line == 0 || str_starts(str_of(file), "preset "))
			continue;
		if (!str_eqz(p->path, file))
			c.level = DIAG_WARNING;
		c.map = map_of(p, c.inst);
		/* Without declared reports the command line names them, as it likes. */
		if (check_kinds(&c) && p->producers.n && check_names(&c) &&
		    !selectors_empty(&c.inst->where))
			check_reports(&c);
		check_tools(&c);
		check_baseline(&c);
		if (fs)
			check_excusing(&c, fs);
	}
	if (fs && p->producers.n)
		check_entries(p, fs, d);
}
