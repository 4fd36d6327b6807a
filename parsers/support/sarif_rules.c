/*
 * sarif_rules.c -- what a SARIF run says about its tool: rules and their levels, overrides, and
 * whether it came to its end.
 */
#include "gate/base/num.h"
#include "parsers/support/mapping.h"
#include "parsers/support/sarif.h"

enum { RULE_ID, RULE_LEVEL, RULE_ENABLED, RULE_SEVERITY, RULE_MESSAGES, RULE_RELATIONS, RULE_TAGS };
const char *const sarif_rule_paths[] = {
	[RULE_ID] = "id",
	[RULE_LEVEL] = "defaultConfiguration.level",
	[RULE_ENABLED] = "defaultConfiguration.enabled",
	[RULE_SEVERITY] = "properties.security-severity",
	[RULE_MESSAGES] = "messageStrings",
	[RULE_RELATIONS] = "relationships",
	[RULE_TAGS] = "properties.tags",
	NULL,
};

enum {
	COMPONENT_NAME, COMPONENT_RULES, COMPONENT_MESSAGES, COMPONENT_SEMANTIC, COMPONENT_VERSION
};
const char *const sarif_component_paths[] = {
	[COMPONENT_NAME] = "name",
	[COMPONENT_RULES] = "rules",
	[COMPONENT_MESSAGES] = "globalMessageStrings",
	[COMPONENT_SEMANTIC] = "semanticVersion",
	[COMPONENT_VERSION] = "version",
	NULL,
};

enum { INVOCATION_DONE, INVOCATION_EXIT, INVOCATION_RAN, INVOCATION_SET, INVOCATION_OVERRIDES };
const char *const sarif_invocation_paths[] = {
	[INVOCATION_DONE] = "executionSuccessful",
	[INVOCATION_EXIT] = "exitCode",
	[INVOCATION_RAN] = "toolExecutionNotifications",
	[INVOCATION_SET] = "toolConfigurationNotifications",
	[INVOCATION_OVERRIDES] = "ruleConfigurationOverrides",
	NULL,
};

struct sarif_rule *
sarif_rule_of_id(struct sarif *s, struct str id)
{
	void **at;
	struct sarif_rule *rule = map_get(&s->by_id, id);

	if (rule || id.n == 0)
		return rule;
	rule = arena_new(&s->mem, struct sarif_rule);
	rule->id = arena_dup(&s->mem, id);
	rule->cvss = -1;
	at = map_at(&s->by_id, rule->id);
	*at = rule;
	return rule;
}

struct sarif_rule *
sarif_rule_at(const struct sarif *s, size_t component, long index)
{
	if (component >= s->components.n || index < 0 ||
		(size_t)index >= s->components.v[component].rules.n)
		return NULL;
	return s->components.v[component].rules.v[index];
}

struct str
sarif_rule_level(const struct sarif_rule *rule)
{
	if (rule && rule->override.n)
		return rule->override;
	return rule && rule->level.n ? rule->level : STR("warning");
}

enum level
sarif_level(struct str word, double own, const struct sarif_rule *rule)
{
	static const struct level_word words[] = {
		{ "error", LEVEL_HIGH }, { "warning", LEVEL_MEDIUM }, { "note", LEVEL_LOW },
		{ "none", LEVEL_INFO }, { 0 },
	};
	double cvss = own >= 0 ? own : rule ? rule->cvss : -1;

	/* A score is finer than the three words; but what is no defect has none. */
	if (cvss >= 0 && !str_ieqz(word, "none"))
		return level_of_cvss(cvss);
	for (size_t i = 0; words[i].word; i++)
		if (str_ieqz(word, words[i].word))
			return words[i].level;
	return LEVEL_UNKNOWN;
}

/* ---- the tool ---- */

static struct str
keep_text(struct sarif *s, struct str v)
{
	return arena_dup(&s->mem, js_text(v, &s->text[SARIF_WORK]));
}

static void
add_texts(struct sarif *s, struct json *j, struct str map, struct sarif_texts *out)
{
	struct json_cursor at = js_cursor(map);

	while (js_next(j, &at, s->notice)) {
		struct sarif_text *t;

		if (s->notice->field[2].n == 0)
			continue;
		t = vec_push(out);
		t->id = keep_text(s, at.key);
		t->text = keep_text(s, s->notice->field[2]);
	}
}

static struct str
text_in(const struct sarif_texts *t, struct str id)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->v[i].id, id))
			return t->v[i].text;
	return STR_NONE;
}

struct str
sarif_text_of(const struct sarif *s, const struct sarif_rule *rule, struct str id)
{
	struct str text = rule ? text_in(&rule->messages, id) : STR_NONE;

	for (size_t i = 0; text.p == NULL && i < s->components.n; i++)
		text = text_in(&s->components.v[i].messages, id);
	return text;
}

/*
 * The same ID several times: each index has its own rule; by its ID the first is found, or the
 * one that a result named before.
 */
static struct sarif_rule *
new_rule(struct sarif *s, struct str id)
{
	size_t had = s->by_id.n;
	struct sarif_rule *rule = sarif_rule_of_id(s, id), *own;

	if (rule && (s->by_id.n > had || (rule->level.n == 0 && rule->cvss < 0)))
		return rule;
	own = arena_new(&s->mem, struct sarif_rule);
	own->id = rule ? rule->id : STR_NONE;
	own->cvss = -1;
	return own;
}

static void
add_rules(struct sarif *s, struct json *j, struct str rules, struct sarif_component *c)
{
	struct json_cursor at = js_cursor(rules);

	while (js_next(j, &at, s->rule)) {
		struct str id = js_text(s->rule->field[RULE_ID], &s->text[SARIF_RULE]);
		struct sarif_rule *rule = new_rule(s, id);
		double cvss;

		rule->level = keep_text(s, s->rule->field[RULE_LEVEL]);
		if (js_double(s->rule->field[RULE_SEVERITY], &cvss) && cvss >= 0 && cvss <= 10)
			rule->cvss = cvss;
		sarif_taxa_of_rule(s, j, s->rule->field[RULE_RELATIONS],
			s->rule->field[RULE_TAGS], rule);
		*vec_push(&c->rules) = rule;
		if (s->rule->field[RULE_MESSAGES].n) {
			*vec_push(&s->own_rules) = rule;
			add_texts(s, j, s->rule->field[RULE_MESSAGES], &rule->messages);
		}
	}
}

static void
add_component(struct sarif *s, struct json *j, const struct str *field)
{
	struct sarif_component *c = vec_push(&s->components);
	struct str rules = field[COMPONENT_RULES];

	c->name = keep_text(s, field[COMPONENT_NAME]);
	c->version = keep_text(s, field[COMPONENT_SEMANTIC].n ? field[COMPONENT_SEMANTIC] :
		field[COMPONENT_VERSION]);
	add_texts(s, j, field[COMPONENT_MESSAGES], &c->messages);
	add_rules(s, j, rules, c);
}

int
sarif_on_tool(void *ctx, struct json *j, const struct json_value *v)
{
	static const char *const parts[] = { "driver", "extensions" };
	struct sarif *s = ctx;
	struct json_cursor members = js_cursor(v->text), at;
	struct str part[2] = { STR_NONE, STR_NONE };

	while (js_next(j, &members, NULL))
		for (size_t i = 0; i < 2; i++)
			if (js_is(members.key, parts[i]))
				part[i] = members.value;
	s->tool_seen = true;
	js_take(j, part[0], s->component);
	add_component(s, j, s->component->field);
	at = js_cursor(part[1]);
	while (js_next(j, &at, s->component))
		add_component(s, j, s->component->field);
	s->tool = s->components.v[0].name;
	if (s->first_tool.n == 0 && s->tool.n) {
		s->first_tool = arena_dup(&s->names, s->tool);
		s->out->tool(s->out->ctx, s->first_tool, s->components.v[0].version);
	}
	return 0;
}

/* ---- invocations ---- */

static void
add_overrides(struct sarif *s, struct json *j, struct str list)
{
	static const char *const paths[] = { "descriptor.id", "descriptor.index",
		"descriptor.toolComponent.index", "configuration.level", NULL };
	const char *why;
	struct json_paths *p = js_paths_new(paths, &why);
	struct json_cursor at = js_cursor(list);

	while (js_next(j, &at, p)) {
		struct str id = js_text(p->field[0], &s->text[SARIF_RULE]);
		long component = js_long(p->field[2], -1);
		struct sarif_rule *rule = sarif_rule_at(
			s, (size_t)(component + 1), js_long(p->field[1], -1));

		if (rule == NULL)
			rule = sarif_rule_of_id(s, id);
		if (rule && js_is_string(p->field[3]))
			rule->override = keep_text(s, p->field[3]);
	}
	js_paths_free(p);
}

/* The first notification of level error; *n how many there are. */
static struct str
find_error(struct sarif *s, struct json *j, struct str list, long *n)
{
	struct json_cursor at = js_cursor(list);
	struct str first = STR_NONE;

	while (js_next(j, &at, s->notice)) {
		if (!js_is(s->notice->field[0], "error"))
			continue;
		if (++*n == 1)
			first = keep_text(s, s->notice->field[1]);
	}
	return first;
}

int
sarif_on_invocation(void *ctx, struct json *j, const struct json_value *v)
{
	struct sarif *s = ctx;
	struct str done = v->field[INVOCATION_DONE], text, more;
	struct str lists[2] = { v->field[INVOCATION_RAN], v->field[INVOCATION_SET] };
	bool failed = str_eqz(done, "false");
	long n = 0, code = js_long(v->field[INVOCATION_EXIT], 0);
	struct buf b = BUF_INIT;

	add_overrides(s, j, v->field[INVOCATION_OVERRIDES]);
	text = find_error(s, j, lists[0], &n);
	more = find_error(s, j, lists[1], &n);
	if (text.n == 0)
		text = more;
	if (!failed && n == 0)
		return 0;
	s->failed = s->any_failed = true;
	buf_addz(&b, failed ? "the tool says that its run was not successful"
			    : "the tool tells of an error of its own");
	if (code && failed)
		buf_addf(&b, " (exit status %ld)", code);
	if (text.n)
		buf_addf(&b, ": %.*s", STR_FMT(str_to(text, 1000)));
	if (n > 1)
		buf_addf(&b, " (and %ld more)", n - 1);
	s->out->problem(s->out->ctx, PROBLEM_TOOL_FAILED, js_line(j), buf_str(&b));
	buf_release(&b);
	return 0;
}

int
sarif_on_bases(void *ctx, struct json *j, const struct json_value *v)
{
	struct sarif *s = ctx;
	struct json_cursor at = js_cursor(v->text);

	while (js_next(j, &at, s->location)) {
		struct sarif_base *b = vec_push(&s->bases);

		b->id = keep_text(s, at.key);
		b->uri = keep_text(s, s->location->field[0]);
		b->next = keep_text(s, s->location->field[1]);
	}
	return 0;
}
