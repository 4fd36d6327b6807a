/*
 * cmd_list.c -- `gate list`: what this program knows, from the registries themselves, as text,
 * as JSON, or as the Markdown tables of the README (which are generated from it). The man page
 * and the shells' completions come from here too, for `make install`.
 */
#include "gate/command.h"
#include "gate/manual.h"
#include "gate/base/mem.h"
#include "gate/base/near.h"
#include "gate/model/class.h"
#include "gate/report/reporter.h"
#include "gate/report/support/json_out.h"
#include "gate/report/support/layout.h"
#include "parsers/parser.h"
#include "policies/engine/policy.h"
#include "policies/rule.h"

struct column {
	const char *key, *title;
	bool code; /* Markdown: set as code */
	bool text; /* shown in the plain form too */
};

#define MAX_COLUMNS 5

struct topic {
	const char *name;
	struct column columns[MAX_COLUMNS]; /* ends with key == NULL */
	void (*fill)(json_t *list);
};

static json_t *
add(json_t *list, const char *name, const char *help)
{
	json_t *o = json_object();

	json_put(o, "name", json_text(str_of(name)));
	json_put(o, "help", json_text(str_of(help)));
	json_push(list, o);
	return o;
}

static void
fill_formats(json_t *list)
{
	for (size_t i = 0; parsers[i]; i++) {
		json_t *o = add(list, parsers[i]->name, parsers[i]->help);

		json_put(o, "kind", json_string(report_kind_name(parsers[i]->kind)));
		json_put(o, "spec", json_text(str_of(parsers[i]->spec)));
	}
}

/* Which level each tool's words mean; formats of tests have none. */
static void
fill_severities(json_t *list)
{
	for (size_t i = 0; parsers[i]; i++) {
		struct buf b = BUF_INIT;

		parser_levels(parsers[i], &b);
		if (b.n)
			add(list, parsers[i]->name, buf_z(&b));
		buf_release(&b);
	}
}

static void
fill_reporters(json_t *list)
{
	for (size_t i = 0; reporters[i]; i++)
		add(list, reporters[i]->name, reporters[i]->help);
}

static json_t *
classes_of(const struct rule *r)
{
	json_t *list = json_array();

	for (int c = 0; c < CLASSES; c++)
		if (r->classes & CLASS_BIT(c))
			json_push(list, json_string(class_name((enum class)c)));
	return list;
}

static json_t *
words_of(const struct param *param)
{
	json_t *list = json_array();

	for (size_t i = 0; param->words && param->words[i]; i++)
		json_push(list, json_string(param->words[i]));
	return list;
}

/* With what the published schema is made from. */
static json_t *
params_of(const struct rule *r)
{
	static const char *const types[] = {
		[PARAM_LIMIT] = "limit", [PARAM_ACTION] = "action", [PARAM_NUMBER] = "number",
		[PARAM_PERCENT] = "percent", [PARAM_BOOL] = "bool", [PARAM_LEVELS] = "levels",
		[PARAM_STRENGTH] = "strength", [PARAM_WORDS] = "words",
	};
	json_t *list = json_array();

	for (size_t i = 0; i < r->nparams; i++) {
		const struct param *param = &r->params[i];
		json_t *o = add(list, param->name, param->help);

		json_put(o, "type", json_string(types[param->type]));
		if (param->type == PARAM_NUMBER) {
			json_put(o, "min", json_integer(param->min));
			json_put(o, "max", json_integer(param->max));
		}
		if (param->type == PARAM_WORDS)
			json_put(o, "words", words_of(param));
	}
	return list;
}

static json_t *
selectors_of(const struct rule *r)
{
	json_t *list = json_array();

	for (int k = 0; k < SELECTORS; k++)
		if (!r->only_reports || k == SEL_REPORT || k == SEL_LEG || k == SEL_KIND ||
		    k == SEL_TOOL)
			json_push(list, json_string(selector_name((enum selector_key)k)));
	return list;
}

static void
fill_rules(json_t *list)
{
	for (size_t i = 0; rules[i]; i++) {
		json_t *o = add(list, rules[i]->name, rules[i]->help);

		json_put(o, "classes", classes_of(rules[i]));
		json_put(o, "parameters", params_of(rules[i]));
		json_put(o, "selectors", selectors_of(rules[i]));
		json_put(o, "level", json_string(rules[i]->inconclusive ? "inconclusive" :
			rule_level_name(rules[i]->level)));
		json_put(o, "example", json_text(str_of(rules[i]->example)));
	}
}

/* A preset says what it is for in its first comment: "# ratchet -- stop what is new". */
static struct str
preset_help(const char *text)
{
	struct str all = str_of(text), line, rest;

	if (!str_line(&all, &line) || !str_skip(&line, "#"))
		return STR_NONE;
	return str_trim(str_cut(&line, " -- ", &rest) ? rest : line);
}

static void
fill_presets(json_t *list)
{
	for (const struct preset *p = presets; p->name; p++) {
		json_t *o = add(list, p->name, "");

		json_put(o, "help", json_text(preset_help(p->text)));
		json_put(o, "text", json_text(str_of(p->text)));
	}
}

static const struct topic topics[] = {
	{ "formats", { { "name", "format", true, true }, { "kind", "kind", false, true },
		{ "help", "what it is", false, true }, { "spec", "specification", false, false } },
		fill_formats },
	{ "rules", { { "name", "rule", true, true }, { "help", "what it counts", false, true },
		{ "parameters", "parameters", false, false }, { "level", "level", false, false },
		{ "example", "example", true, false } }, fill_rules },
	{ "reporters", { { "name", "output", true, true }, { "help", "what it is", false, true } },
		fill_reporters },
	{ "severities", { { "name", "format", true, true },
		{ "help", "the tool's words by level", false, true } }, fill_severities },
	{ "presets", { { "name", "preset", true, true },
		{ "help", "what it is for", false, true } }, fill_presets },
};
#define TOPICS (sizeof(topics) / sizeof(topics[0]))

static void
put_parameters(struct buf *out, const json_t *list)
{
	size_t i;
	json_t *o;

	json_array_foreach(list, i, o) {
		if (i)
			buf_addz(out, "; ");
		buf_addf(out, "`%s`: %s", json_string_value(json_object_get(o, "name")),
			json_string_value(json_object_get(o, "help")));
	}
}

/* Our own words: only the pipe has to be kept from ending the cell. */
static void
put_cell(struct buf *out, const struct column *c, const json_t *row)
{
	const json_t *value = json_object_get(row, c->key);
	struct buf b = BUF_INIT;

	if (json_is_array(value))
		put_parameters(&b, value);
	else
		buf_addz(&b, json_string_value(value));
	if (c->code && b.n)
		buf_addc(out, '`');
	for (size_t i = 0; i < b.n; i++) {
		if (b.p[i] == '|')
			buf_addc(out, '\\');
		buf_addc(out, b.p[i]);
	}
	if (c->code && b.n)
		buf_addc(out, '`');
	buf_release(&b);
}

static void
put_markdown(struct buf *out, const struct topic *t, const json_t *list)
{
	size_t i;
	json_t *row;

	buf_addc(out, '|');
	for (size_t c = 0; c < MAX_COLUMNS && t->columns[c].key; c++)
		buf_addf(out, " %s |", t->columns[c].title);
	buf_addz(out, "\n|");
	for (size_t c = 0; c < MAX_COLUMNS && t->columns[c].key; c++)
		buf_addz(out, "---|");
	buf_addc(out, '\n');
	json_array_foreach(list, i, row) {
		buf_addc(out, '|');
		for (size_t c = 0; c < MAX_COLUMNS && t->columns[c].key; c++) {
			buf_addc(out, ' ');
			put_cell(out, &t->columns[c], row);
			buf_addz(out, " |");
		}
		buf_addc(out, '\n');
	}
}

static size_t
column_width(const json_t *list, const char *key)
{
	size_t i, width = 0;
	json_t *row;

	json_array_foreach(list, i, row) {
		size_t n = json_string_length(json_object_get(row, key));

		width = n > width ? n : width;
	}
	return width;
}

static void
put_text(struct buf *out, const struct topic *t, const json_t *list)
{
	size_t i;
	json_t *row;

	json_array_foreach(list, i, row) {
		for (size_t c = 0; c < MAX_COLUMNS && t->columns[c].key; c++) {
			const struct column *col = &t->columns[c];
			bool last = c + 1 == MAX_COLUMNS || !t->columns[c + 1].text;
			struct str s = str_of(json_string_value(json_object_get(row, col->key)));

			if (!col->text)
				continue;
			layout_pad(out, s, last ? 0 : column_width(list, col->key) + 2);
		}
		buf_addc(out, '\n');
	}
}

static void
put_json(struct buf *out, const struct topic *t, json_t *list)
{
	json_t *o = json_object();

	json_put(o, "schema", json_string("regression-gate/list@1"));
	json_put(o, t->name, json_incref(list));
	json_write(out, o, 0);
	buf_addc(out, '\n');
}

/* What `make install` puts beside the program: one form each. */
static const struct document {
	const char *name;
	void (*write)(struct buf *out);
} documents[] = {
	{ "man", manual_write },
	{ "bash-completion", completion_write_bash },
	{ "zsh-completion", completion_write_zsh },
	{ "fish-completion", completion_write_fish },
};
#define DOCUMENTS (sizeof(documents) / sizeof(documents[0]))

static const struct document *
find_document(const char *name)
{
	for (size_t i = 0; i < DOCUMENTS; i++)
		if (strcmp(documents[i].name, name) == 0)
			return &documents[i];
	return NULL;
}

static const struct topic *
find_topic(const char *name)
{
	const char *known[TOPICS + DOCUMENTS + 1] = { NULL };
	const char *near;

	for (size_t i = 0; i < TOPICS; i++) {
		if (strcmp(topics[i].name, name) == 0)
			return &topics[i];
		known[i] = topics[i].name;
	}
	for (size_t i = 0; i < DOCUMENTS; i++)
		known[TOPICS + i] = documents[i].name;
	near = nearest_word(str_of(name), known);
	fprintf(stderr, "gate list: error: no list of '%s'\n", name);
	if (near)
		fprintf(stderr, "hint: did you mean `gate list %s`?\n", near);
	else
		fputs("hint: `gate list formats|rules|reporters|presets|severities`\n", stderr);
	return NULL;
}

static void
put_topic(struct buf *out, const struct topic *t, const struct args *args)
{
	json_t *list = json_array();

	t->fill(list);
	if (args_has(args, "json"))
		put_json(out, t, list);
	else if (args_has(args, "markdown"))
		put_markdown(out, t, list);
	else
		put_text(out, t, list);
	json_decref(list);
}

static int
list_run(const struct args *args)
{
	const char *name = args_operand(args, 0);
	const struct document *doc = name ? find_document(name) : NULL;
	bool forms = args_has(args, "json") || args_has(args, "markdown");
	struct buf out = BUF_INIT;
	const struct topic *t;
	int rc;

	if (name == NULL || args_operands(args) > 1 ||
		(args_has(args, "json") && args_has(args, "markdown"))) {
		fputs("gate list: error: one list, in one form\n"
		      "hint: `gate list formats|rules|reporters|presets|severities "
		      "[--markdown|--json]`\n",
			stderr);
		return EXIT_INVALID;
	}
	if (doc && forms) {
		fprintf(stderr, "gate list: error: %s has one form\n"
			"hint: leave --json and --markdown out\n", doc->name);
		return EXIT_INVALID;
	}
	t = doc ? NULL : find_topic(name);
	if (doc == NULL && t == NULL)
		return EXIT_INVALID;
	if (doc)
		doc->write(&out);
	else
		put_topic(&out, t, args);
	rc = output_write("-", buf_str(&out)) < 0 ? EXIT_INCONCLUSIVE : EXIT_PASS;
	buf_release(&out);
	return rc;
}

static const struct option options[] = {
	{ .name = "markdown", .help = "as a table, the one of the README" },
	{ .name = "json", .help = "as JSON, with everything that is known" },
	{ 0 },
};

const struct command cmd_list = {
	.name = "list",
	.usage = "formats|rules|reporters|presets|severities [--markdown|--json]",
	.help = "what this program knows: formats, rules, reporters, presets",
	.about = "man, bash-completion, zsh-completion and fish-completion print what\n"
		"`make install` puts beside the program.",
	.options = options,
	.run = list_run,
};
