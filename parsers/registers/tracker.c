/*
 * tracker.c -- an issue tracker's own export: a JSON array of issues, as
 *
 *     gh issue list --state all --limit 1000 \
 *         --json number,title,state,stateReason,labels,assignees,url
 *
 * (https://cli.github.com/manual/gh_issue_list), GitHub's REST API, or GitLab's
 * (https://docs.gitlab.com/api/issues/) write it. What a tracker says about an issue outranks
 * every document that was filed as that issue. An issue that says no more than its state is a
 * statement; one whose labels rate it is a finding of its own.
 */
#include "gate/base/limits.h"
#include "parsers/registers/register.h"
#include "parsers/registers/support/form.h"
#include "parsers/registers/support/json_keys.h"

/* The text of a scalar that may be missing or null; anything else is no text. */
static struct str
text_of(const struct node *n)
{
	if (n == NULL || (n->kind != NODE_STRING && n->kind != NODE_INT))
		return STR_NONE;
	return str_trim(n->text);
}

static struct str
first_text(const struct node *map, const char *const keys[])
{
	struct str s = STR_NONE;

	for (size_t i = 0; keys[i] && s.n == 0; i++)
		s = text_of(node_get(map, keys[i]));
	return s;
}

/* GitLab writes labels as texts, GitHub as objects with a name. */
static struct str
label_of(const struct node *n)
{
	return n->kind == NODE_MAP ? text_of(node_get(n, "name")) : text_of(n);
}

/*
 * "P1" and "high" rate an issue, and so do "severity: high", "priority::2"; "low hanging
 * fruit" and "area: high score" do not: a label counts as a whole, and behind a scope only
 * when the scope speaks of severity.
 */
static enum level
level_of_label(const struct reg *reg, struct str label)
{
	size_t at = str_rchr(label, ':');
	struct str scope, word = label;

	if (at == STR_NPOS)
		at = str_rchr(label, '/');
	if (at != STR_NPOS) {
		scope = str_to(label, at);
		word = str_trim(str_from(label, at + 1));
		if (str_ifind(scope, STR("sev")) == STR_NPOS &&
		    str_ifind(scope, STR("prio")) == STR_NPOS)
			return LEVEL_UNKNOWN;
	}
	for (size_t i = 0; i < reg->severities.n; i++) {
		const struct word *w = &reg->severities.v[i];

		if (str_ieq(w->text, label) || str_ieq(w->text, word))
			return (enum level)w->value;
	}
	return level_of_word(word);
}

/* A label that is a status from its first letter to its last: "wontfix", "in progress". */
static bool
state_of_label(const struct reg *reg, struct str label, enum state *state)
{
	size_t at = str_rchr(label, ':');
	struct str word = at == STR_NPOS ? label : str_trim(str_from(label, at + 1));

	return word.n && words_phrase(&reg->statuses, word, state) == word.n;
}

static void
read_labels(const struct form *f, const struct node *list, struct finding *finding)
{
	const struct node *n = list && list->kind == NODE_LIST ? list->first : NULL;

	for (; n; n = n->next) {
		struct str label = label_of(n);
		enum level level = level_of_label(f->reg, label);
		enum state state;

		if (level > finding->level) { /* the most severe of several */
			finding->level = level;
			finding->severity_raw = form_keep(f, label);
			finding->has_severity = true;
		}
		if (!state_of_label(f->reg, label, &state))
			continue;
		if (finding->own_state == STATE_DONE &&
		    (state == STATE_REJECTED || state == STATE_DUPLICATE))
			finding->own_state = state; /* closed, and why */
		else if (finding->own_state == STATE_OPEN && state == STATE_IN_PROGRESS)
			finding->own_state = state;
	}
}

/* "OPEN", "opened", "reopened"; "CLOSED", "closed", and why. False: none of these. */
static bool
read_state(const struct form *f, const struct node *issue, struct finding *finding)
{
	static const char *const reasons[] = { "stateReason", "state_reason", NULL };
	const struct node *n = node_get(issue, "state");
	struct str state = text_of(n), reason = first_text(issue, reasons);

	if (str_ieqz(state, "open") || str_ieqz(state, "opened") || str_ieqz(state, "reopened")) {
		finding->own_state = STATE_OPEN;
	} else if (str_ieqz(state, "closed") || str_ieqz(state, "locked")) {
		finding->own_state = str_ieqz(reason, "not_planned") ? STATE_REJECTED
			: str_ieqz(reason, "duplicate") ? STATE_DUPLICATE : STATE_DONE;
	} else {
		diag_hint(f->d, form_error(f, n ? n->at : issue->at, state.n
			? "'%.*s' is no state of an issue" : "an issue without `state`%.*s",
			STR_FMT(str_to(state, 60))), "gh issue list --state all --json "
			"number,title,state,stateReason,labels,assignees,url");
		return false;
	}
	finding->status_raw = reason.n
		? arena_printf(&f->fs->mem, "%.*s (%.*s)", STR_FMT(state), STR_FMT(reason))
		: form_keep(f, state);
	finding->status_line = n->at.line;
	finding->has_status = true;
	finding->state = finding->own_state;
	return true;
}

static struct str
owner_of(const struct node *issue)
{
	static const char *const names[] = { "login", "username", "name", NULL };
	const struct node *list = node_get(issue, "assignees"), *one = node_get(issue, "assignee");

	if (list && list->kind == NODE_LIST && list->first)
		one = list->first;
	return one && one->kind == NODE_MAP ? first_text(one, names) : STR_NONE;
}

static int64_t
date_of(const struct node *issue, const char *camel, const char *snake)
{
	const char *const keys[] = { camel, snake, NULL };
	int64_t t;

	return date_parse(first_text(issue, keys), &t) ? t : DATE_NONE;
}

static void
read_issue(const struct form *f, const struct node *issue)
{
	static const char *const numbers[] = { "number", "iid", NULL };
	static const char *const urls[] = { "url", "html_url", "web_url", NULL };
	struct str number, title, digits, url;
	struct finding *finding;

	if (issue->kind != NODE_MAP) {
		form_error(f, issue->at, "an issue must be a map, not %s",
			node_kind_name(issue->kind));
		return;
	}
	if (node_get(issue, "pull_request")) /* GitHub's REST API lists them as issues */
		return;
	number = digits = first_text(issue, numbers);
	if (str_skip_digits(&digits) == 0 || digits.n) {
		form_error(f, issue->at, "an issue without a number (`number` or `iid`)");
		return;
	}
	title = text_of(node_get(issue, "title"));
	finding = findings_add(f->fs, f->reg, arena_printf(&f->fs->mem, "#%.*s", STR_FMT(number)),
		title, issue->at.line);
	if (!read_state(f, issue, finding))
		return;
	read_labels(f, node_get(issue, "labels"), finding);
	finding->owner = form_keep(f, owner_of(issue));
	finding->created = date_of(issue, "createdAt", "created_at");
	finding->updated = date_of(issue, "updatedAt", "updated_at");
	/* "https://host/group/project/-/issues/12"; GraphQL's own links are for machines */
	url = first_text(issue, urls);
	str_list_add(f->fs, &finding->aliases, url);
	finding->statement = !finding->has_severity;
}

static int
by_id(const void *a, const void *b)
{
	const struct finding *x = *(struct finding *const *)a, *y = *(struct finding *const *)b;
	int c = str_cmp(x->id, y->id);

	return c ? c : (x->order > y->order) - (x->order < y->order);
}

/* One export holds one project: the same number twice is two projects' or a broken export. */
static void
note_repeated(const struct form *f)
{
	size_t n = f->reg->findings.n;
	struct finding **v = xcalloc(n + 1, sizeof(*v));

	if (n)
		memcpy(v, f->reg->findings.v, n * sizeof(*v));
	qsort(v, n, sizeof(*v), by_id);
	for (size_t i = 1; i < n; i++)
		if (v[i]->statement && str_eq(v[i]->id, v[i - 1]->id))
			findings_note(f->fs, REGP_DUPLICATE_ID, f->reg, v[i]->line,
				"%.*s is already there at line %ld: an export holds the issues of "
				"one project, each once", STR_FMT(v[i]->id), v[i - 1]->line);
	free(v);
}

static int
tracker_parse(struct findings *fs, struct reg *reg, struct diags *d)
{
	struct form f = { .fs = fs, .reg = reg, .d = d };
	size_t errors = d->errors, n = 0;
	struct arena mem = { 0 };
	struct err err = { 0 };
	struct node *root;

	if (tree_parse(&mem, reg->text, arena_z(&mem, reg->path), &root, &err) < 0)
		diag_err(d, &err);
	else if (root->kind != NODE_LIST)
		form_error(&f, root->at, "a tracker's export is an array of issues");
	else
		for (const struct node *c = root->first; c; c = c->next) {
			if (++n > MAX_FINDINGS) {
				form_error(&f, c->at, "more than %d issues in one export",
					MAX_FINDINGS);
				break;
			}
			read_issue(&f, c);
		}
	note_repeated(&f);
	arena_release(&mem);
	return d->errors > errors ? -1 : 0;
}

static int
tracker_sniff(struct str path, struct str text)
{
	struct str body = str_trim(text);

	(void)path;
	if (!str_starts(body, "["))
		return 0;
	return (json_has_key(body, "number") || json_has_key(body, "iid")) &&
		json_has_string(body, "title") ? 95 : 0;
}

const struct register_parser register_tracker = {
	.name = "tracker",
	.help = "an issue tracker's export: JSON of `gh issue list` or GitLab's issues API",
	.kind = REGISTER_TRACKER,
	.sniff = tracker_sniff,
	.parse = tracker_parse,
};
