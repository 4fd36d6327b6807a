/*
 * structured.c -- registers written for this program: YAML or JSON with `version`,
 * `findings`, `removed` and `renamed`. Strict: a register that excuses must mean what it says.
 */
#include "gate/base/glob.h"
#include "gate/base/limits.h"
#include "gate/base/num.h"
#include "gate/base/regex.h"
#include "parsers/registers/register.h"
#include "parsers/registers/support/entry.h"
#include "parsers/registers/support/form.h"
#include "parsers/registers/support/json_keys.h"

static const char *const finding_keys[] = { "id", "title", "status", "severity", "owner", "aliases",
	"tests", "locations", "signatures", "identifiers", "tools", "dates", "links", "match",
	"expect",
	"fixed-in", "waiver", NULL };

static void
read_strings(const struct form *f, const struct node *list, const char *what,
	struct str_list *out)
{
	for (const struct node *n = form_first(list); n; n = form_next(list, n)) {
		struct str text;

		if (form_text(f, n, what, &text))
			str_list_add(f->fs, out, text);
	}
}

/* What a reference names, where its writer does not say. */
static enum ref_scope
scope_of(struct str ref)
{
	size_t part = str_rfind(ref, STR("::"));

	if (glob_has_magic(ref) && str_chr(ref, '[') == STR_NPOS)
		return SCOPE_GLOB;
	if (str_ends(ref, "/"))
		return SCOPE_DIR;
	if (part != STR_NPOS)
		return str_starts(str_from(ref, part + 2), "Test") &&
			str_chr(ref, '/') != STR_NPOS ?
			SCOPE_CLASS : SCOPE_CASE;
	if (str_chr(ref, '#') != STR_NPOS || str_has(ref, " > "))
		return SCOPE_CASE;
	if (str_chr(ref, '/') != STR_NPOS && str_chr(str_basename(ref), '.') != STR_NPOS &&
	    str_chr(ref, ' ') == STR_NPOS)
		return SCOPE_FILE;
	return SCOPE_CASE;
}

static void
read_tests(const struct form *f, const struct node *list, struct finding *finding)
{
	static const char *const keys[] = { "ref", "scope", NULL };
	static const char *const scopes[] = { "case", "class", "file", "dir", "glob", NULL };

	for (const struct node *n = form_first(list); n; n = form_next(list, n)) {
		const struct node *ref = n, *scope = NULL;
		struct test_ref *t;
		struct str text;
		int i = -1;

		if (n->kind == NODE_MAP) {
			if (!form_map(f, n, "a test", keys))
				continue;
			ref = node_get(n, "ref");
			scope = node_get(n, "scope");
			if (ref == NULL) {
				form_error(f, n->at, "a test needs 'ref'");
				continue;
			}
		}
		if (!form_text(f, ref, "a test", &text) ||
		    (scope && (i = form_choice(f, scope, "scope", scopes)) < 0))
			continue;
		if (glob_universal(text)) {
			form_error(f, ref->at, "the test '%.*s' matches nearly everything",
				STR_FMT(str_to(text, 100)));
			continue;
		}
		t = vec_push(&finding->tests);
		t->ref = form_keep(f, text);
		t->scope = i >= 0 ? (enum ref_scope)i : scope_of(text);
		t->line = n->at.line;
	}
}

/* "src/player.py:23-29" */
static void
split_location(struct str text, struct location *l)
{
	size_t colon = str_rchr(text, ':');
	struct str lines = str_from(text, colon == STR_NPOS ? text.n : colon + 1), end;
	long from, to;

	l->path = text;
	if (lines.n == 0)
		return;
	str_cut(&lines, "-", &end);
	if (!num_long(lines, 1, 100000000, &from))
		return;
	to = from;
	if (end.n && !num_long(end, from, 100000000, &to))
		return;
	l->path = str_to(text, colon);
	l->line = from;
	l->end_line = to;
}

static void
read_locations(const struct form *f, const struct node *list, struct finding *finding)
{
	static const char *const keys[] = { "path", "line", "end_line", NULL };

	for (const struct node *n = form_first(list); n; n = form_next(list, n)) {
		struct location l = { .at = n->at.line }, *kept;
		struct str text = STR_NONE;

		if (n->kind == NODE_MAP) {
			const struct node *path;

			if (!form_map(f, n, "a location", keys))
				continue;
			path = node_get(n, "path");
			if (path == NULL) {
				form_error(f, n->at, "a location needs 'path'");
				continue;
			}
			if (!form_text(f, path, "path", &l.path) ||
				!form_line(f, n, "line", &l.line))
				continue;
			l.end_line = l.line;
			if (!form_line(f, n, "end_line", &l.end_line))
				continue;
			if (l.end_line < l.line || (l.end_line && !l.line)) {
				form_error(f, n->at, "the lines %ld to %ld are no range", l.line,
					l.end_line);
				continue;
			}
		} else if (form_text(f, n, "a location", &text)) {
			split_location(text, &l);
		} else {
			continue;
		}
		kept = vec_push(&finding->locations);
		*kept = l;
		kept->folder = str_ends(l.path, "/");
		kept->path = form_keep(f, l.path);
	}
}

static void
read_signatures(const struct form *f, const struct node *list, struct finding *finding)
{
	static const char *const keys[] = { "text", "regex", "matches", "matches-not", "required",
		NULL };

	for (const struct node *n = form_first(list); n; n = form_next(list, n)) {
		struct signature s = { .required = true, .line = n->at.line };
		const struct node *text = n;

		if (n->kind == NODE_MAP) {
			if (!form_map(f, n, "a signature", keys) ||
				!form_bool(f, n, "required", &s.required))
				continue;
			text = node_get(n, "text");
			if ((text != NULL) == (node_get(n, "regex") != NULL)) {
				form_error(f, n->at, "a signature is either 'text' or 'regex'");
				continue;
			}
		}
		if (text) {
			if (!form_literal(f, text, &s.text, &s.normal))
				continue;
		} else {
			s.regex = form_regex(f, n);
			if (s.regex == NULL)
				continue;
			s.text = form_keep(f, node_get(n, "regex")->text);
		}
		*vec_push(&finding->signatures) = s;
	}
}

static void
read_tools(const struct form *f, const struct node *list, struct finding *finding)
{
	static const char *const keys[] = { "tool", "rule", NULL };

	for (const struct node *n = form_first(list); n; n = form_next(list, n)) {
		struct tool_ref t = { .line = n->at.line };

		if (n->kind == NODE_MAP) {
			if (!form_map(f, n, "a tool", keys) ||
				!form_optional(f, n, "tool", &t.tool) ||
			    !form_optional(f, n, "rule", &t.rule))
				continue;
			if (t.tool.n == 0) {
				form_error(f, n->at, "a tool needs 'tool'");
				continue;
			}
		} else if (!form_text(f, n, "a tool", &t.tool)) {
			continue;
		}
		t.tool = form_keep(f, t.tool);
		t.rule = form_keep(f, t.rule);
		*vec_push(&finding->tools) = t;
	}
}

static void
add_link(const struct form *f, struct finding *finding, enum link_kind kind, struct str to,
	long line)
{
	struct link *l = vec_push(&finding->links);

	l->kind = kind;
	l->to = form_keep(f, to);
	l->line = line;
}

static void
read_links(const struct form *f, const struct node *list, struct finding *finding)
{
	static const char *const keys[] = { "kind", "to", NULL };
	static const char *const kinds[] = { "tracks", "duplicates", "depends", "regression-of",
		"related", NULL };

	for (const struct node *n = form_first(list); n; n = form_next(list, n)) {
		const struct node *kind, *to;
		struct str text;
		int i;

		if (!form_map(f, n, "a link", keys))
			continue;
		kind = node_get(n, "kind");
		to = node_get(n, "to");
		if (kind == NULL || to == NULL) {
			form_error(f, n->at, "a link needs 'kind' and 'to'");
			continue;
		}
		i = form_choice(f, kind, "kind", kinds);
		if (i >= 0 && form_text(f, to, "to", &text))
			add_link(f, finding, (enum link_kind)i, text, n->at.line);
	}
}

static void
read_dates(const struct form *f, const struct node *map, struct finding *finding)
{
	static const char *const keys[] = { "created", "updated", "expires", NULL };

	if (!form_map(f, map, "dates", keys))
		return;
	form_date(f, map, "created", &finding->created);
	form_date(f, map, "updated", &finding->updated);
	form_date(f, map, "expires", &finding->expires);
}

static void
read_severity(const struct form *f, const struct node *n, struct finding *finding)
{
	struct str raw;

	if (n->kind == NODE_NULL || !form_text(f, n, "severity", &raw))
		return;
	finding->severity_raw = form_keep(f, raw);
	finding->level = words_level(&f->reg->severities, raw);
	finding->has_severity = true;
}

static void
read_status(const struct form *f, const struct node *n, struct finding *finding)
{
	struct str raw, ref;

	if (n->kind == NODE_NULL || !form_text(f, n, "status", &raw))
		return;
	finding->status_raw = form_keep(f, raw);
	finding->has_status = true;
	finding->status_line = n->at.line;
	finding->own_state = finding->state = words_state(&f->reg->statuses, raw, &ref);
	if (finding->own_state == STATE_UNKNOWN)
		findings_note(f->fs, REGP_UNKNOWN_STATUS, f->reg, n->at.line,
			"%.*s: '%.*s' is no status that is known here", STR_FMT(finding->id),
			STR_FMT(raw));
	if (ref.n == 0)
		return;
	if (finding->own_state == STATE_DUPLICATE)
		add_link(f, finding, LINK_DUPLICATES, ref, n->at.line);
	else if (str_istarts(raw, "regression"))
		add_link(f, finding, LINK_REGRESSION_OF, ref, n->at.line);
	else
		str_list_add(f->fs, &finding->aliases, ref);
}

static void
read_lists(const struct form *f, const struct node *map, struct finding *finding)
{
	read_strings(f, node_get(map, "aliases"), "an alias", &finding->aliases);
	read_strings(f, node_get(map, "identifiers"), "an identifier", &finding->identifiers);
	read_tests(f, node_get(map, "tests"), finding);
	read_locations(f, node_get(map, "locations"), finding);
	read_signatures(f, node_get(map, "signatures"), finding);
	read_tools(f, node_get(map, "tools"), finding);
	read_links(f, node_get(map, "links"), finding);
}

static void
read_finding(const struct form *f, const struct node *map)
{
	struct finding *finding;
	const struct node *n;
	struct str id, title = STR_NONE, owner = STR_NONE;

	if (!form_map(f, map, "a finding", finding_keys))
		return;
	n = node_get(map, "id");
	if (n == NULL) {
		form_error(f, map->at, "a finding needs 'id'");
		return;
	}
	if (!form_text(f, n, "id", &id))
		return;
	form_optional(f, map, "title", &title);
	form_optional(f, map, "owner", &owner);
	finding = findings_add(f->fs, f->reg, id, title, map->at.line);
	finding->owner = form_keep(f, owner);
	if ((n = node_get(map, "severity")) != NULL)
		read_severity(f, n, finding);
	if ((n = node_get(map, "status")) != NULL)
		read_status(f, n, finding);
	if ((n = node_get(map, "dates")) != NULL)
		read_dates(f, n, finding);
	read_lists(f, map, finding);
	entry_read(f, map, finding);
}

static void
read_findings(const struct form *f, const struct node *list)
{
	size_t n = 0;

	if (list->kind != NODE_LIST && list->kind != NODE_NULL) {
		form_error(f, list->at, "findings must be a list, not %s",
			node_kind_name(list->kind));
		return;
	}
	for (const struct node *c = list->first; c; c = c->next) {
		if (++n > MAX_FINDINGS) {
			form_error(f, c->at, "more than %d findings in one register", MAX_FINDINGS);
			return;
		}
		read_finding(f, c);
	}
}

static void
read_removed(const struct form *f, const struct node *list)
{
	for (const struct node *n = form_first(list); n; n = form_next(list, n)) {
		struct str text;

		if (!form_text(f, n, "a removed test", &text))
			continue;
		if (glob_universal(text))
			form_error(f, n->at, "the pattern '%.*s' matches nearly everything",
				STR_FMT(text));
		else
			str_list_add(f->fs, &f->reg->removed, text);
	}
}

static void
read_renamed(const struct form *f, const struct node *map)
{
	if (map->kind == NODE_NULL)
		return;
	if (map->kind != NODE_MAP) {
		form_error(f, map->at, "renamed must be a map from old to new, not %s",
			node_kind_name(map->kind));
		return;
	}
	for (const struct node *n = map->first; n; n = n->next) {
		struct str to, from = str_trim(n->key);

		if (!form_text(f, n, "the new name", &to))
			continue;
		if (from.n == 0 || str_eq(from, to)) {
			form_error(f, n->key_at, "'%.*s' is renamed to itself or from nothing",
				STR_FMT(to));
			continue;
		}
		*vec_push(&f->reg->renamed_from) = form_keep(f, from);
		*vec_push(&f->reg->renamed_to) = form_keep(f, to);
	}
}

static void
read_version(const struct form *f, const struct node *root)
{
	const struct node *n = node_get(root, "version");

	if (n == NULL)
		diag_hint(f->d, form_error(f, root->at, "the version is missing"),
			"write `version: 1`");
	else if (n->kind != NODE_INT || n->integer != 1)
		form_error(f, n->at, "version '%.*s' is not known; this program reads 1",
			STR_FMT(str_to(n->text, 100)));
}

static int
structured_parse(struct findings *fs, struct reg *reg, struct diags *d)
{
	static const char *const keys[] = { "version", "findings", "removed", "renamed", NULL };
	struct form f = { .fs = fs, .reg = reg, .d = d };
	struct arena mem = { 0 };
	struct node *root;
	const struct node *n;
	size_t errors = d->errors;

	if (tree_parse_all(&mem, reg->text, arena_z(&mem, reg->path), &root, d) == 0 &&
	    (form_map(&f, root, "a register", keys) || root->kind == NODE_MAP)) {
		read_version(&f, root);
		if ((n = node_get(root, "findings")) != NULL)
			read_findings(&f, n);
		read_removed(&f, node_get(root, "removed"));
		if ((n = node_get(root, "renamed")) != NULL)
			read_renamed(&f, n);
	}
	arena_release(&mem);
	return d->errors > errors ? -1 : 0;
}

/* "findings:" at the start of a line. */
static bool
has_yaml_key(struct str text, const char *key)
{
	struct str line;

	while (str_line(&text, &line))
		if (str_skip(&line, key) && str_starts(line, ":"))
			return true;
	return false;
}

static int
structured_sniff(struct str path, struct str text)
{
	struct str body = str_trim(text);
	bool yaml = str_ends(path, ".yaml") || str_ends(path, ".yml");

	if (body.n && body.p[0] == '{') {
		if (json_has_key(body, "findings") || json_has_key(body, "removed") ||
		    json_has_key(body, "renamed"))
			return 90;
		return yaml || json_has_key(body, "version") ? 50 : 20;
	}
	if (str_starts(body, "[") || str_starts(body, "<"))
		return 0;
	if (yaml)
		return 80;
	return has_yaml_key(body, "version") && (has_yaml_key(body, "findings") ||
		has_yaml_key(body, "removed") || has_yaml_key(body, "renamed")) ? 70 : 0;
}

const struct register_parser register_structured = {
	.name = "structured",
	.help = "structured register: YAML or JSON with version, findings, removed, renamed",
	.kind = REGISTER_STRUCTURED,
	.sniff = structured_sniff,
	.parse = structured_parse,
};
