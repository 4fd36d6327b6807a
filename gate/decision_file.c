/*
 * decision_file.c -- see decision_file.h. What a decision@1 document holds, as tables: the same
 * reader serves `gate explain` and `gate post`.
 */
#include "gate/decision_file.h"

#include "gate/base/buf.h"
#include "gate/base/limits.h"
#include "gate/input/source.h"

#define SCHEMA "regression-gate/decision@"

enum type { TEXT, NUMBER, BOOL, OBJECT, LIST, TEXTS, ANY };
enum presence { ALWAYS, OR_NULL, LATER }; /* LATER: null or missing: older ones lack it */

struct member {
	const char *name;
	enum type type;
	enum presence presence;
	const struct member *of;    /* OBJECT, LIST: what is in it; NULL: not looked at */
	const char *const *words;   /* TEXT: one of these */
};

static const char *const verdicts[] = { "pass", "fail", "inconclusive", NULL };
static const char *const outcomes[] = { "pass", "info", "warn", "fail", "inconclusive", NULL };
static const char *const comments[] = { "always", "on-change", "on-failure", "off", NULL };
static const char *const messages[] = { "none", "first-line", "full", NULL };

static const struct member place[] = {
	{ "path", TEXT, OR_NULL, NULL, NULL },
	{ "line", NUMBER, OR_NULL, NULL, NULL },
	{ 0 },
};
static const struct member reason[] = {
	{ "id", TEXT, ALWAYS, NULL, NULL },
	{ "text", TEXT, ALWAYS, NULL, NULL },
	{ 0 },
};
static const struct member rule[] = {
	{ "rule", TEXT, ALWAYS, NULL, NULL },
	{ "level", TEXT, ALWAYS, NULL, NULL },
	{ "outcome", TEXT, ALWAYS, NULL, outcomes },
	{ "observed", NUMBER, ALWAYS, NULL, NULL },
	{ "limit", ANY, OR_NULL, NULL, NULL },
	{ "message", TEXT, ALWAYS, NULL, NULL },
	{ "items", TEXTS, ALWAYS, NULL, NULL },
	{ "over", TEXTS, LATER, NULL, NULL },
	{ "why", LIST, LATER, reason, NULL },
	{ "selected", TEXT, LATER, NULL, NULL },
	{ "at", OBJECT, LATER, place, NULL },
	{ 0 },
};
static const struct member evidence[] = {
	{ "kind", TEXT, ALWAYS, NULL, NULL },
	{ "strength", TEXT, ALWAYS, NULL, NULL },
	{ "finding", TEXT, OR_NULL, NULL, NULL },
	{ "detail", TEXT, ALWAYS, NULL, NULL },
	{ "at", OBJECT, ALWAYS, place, NULL },
	{ 0 },
};
static const struct member suggestion[] = {
	{ "finding", TEXT, ALWAYS, NULL, NULL },
	{ "strength", TEXT, ALWAYS, NULL, NULL },
	{ 0 },
};
#define RESULT \
	{ "id", TEXT, ALWAYS, NULL, NULL }, \
	{ "class", TEXT, ALWAYS, NULL, NULL }, \
	{ "report", TEXT, OR_NULL, NULL, NULL }, \
	{ "leg", TEXT, OR_NULL, NULL, NULL }, \
	{ "finding", TEXT, OR_NULL, NULL, NULL }, \
	{ "excused", BOOL, ALWAYS, NULL, NULL }, \
	{ "strength", TEXT, OR_NULL, NULL, NULL }, \
	{ "evidence", LIST, ALWAYS, evidence, NULL }, \
	{ "suggestions", LIST, ALWAYS, suggestion, NULL }, \
	{ "note", TEXT, LATER, NULL, NULL }, \
	{ "message", TEXT, ALWAYS, NULL, NULL }, \
	{ "file", TEXT, OR_NULL, NULL, NULL }, \
	{ "line", NUMBER, OR_NULL, NULL, NULL }
static const struct member test[] = {
	RESULT,
	{ "outcome", TEXT, ALWAYS, NULL, NULL },
	{ "rerun", TEXT, LATER, NULL, NULL },
	{ 0 },
};
static const struct member severity[] = {
	{ "raw", TEXT, ALWAYS, NULL, NULL },
	{ "level", TEXT, ALWAYS, NULL, NULL },
	{ 0 },
};
static const struct member issue[] = {
	RESULT,
	{ "tool", TEXT, OR_NULL, NULL, NULL },
	{ "rule", TEXT, OR_NULL, NULL, NULL },
	{ "severity", OBJECT, ALWAYS, severity, NULL },
	{ 0 },
};
static const struct member problem[] = {
	{ "code", TEXT, ALWAYS, NULL, NULL },
	{ "line", NUMBER, OR_NULL, NULL, NULL },
	{ "message", TEXT, ALWAYS, NULL, NULL },
	{ 0 },
};
static const struct member input[] = {
	{ "name", TEXT, ALWAYS, NULL, NULL },
	{ "leg", TEXT, OR_NULL, NULL, NULL },
	{ "path", TEXT, OR_NULL, NULL, NULL },
	{ "format", TEXT, OR_NULL, NULL, NULL },
	{ "sha256", TEXT, OR_NULL, NULL, NULL },
	{ "complete", BOOL, ALWAYS, NULL, NULL },
	{ "finding", TEXT, LATER, NULL, NULL },
	{ "problems", LIST, ALWAYS, problem, NULL },
	{ 0 },
};
static const struct member waiver[] = {
	{ "owner", TEXT, OR_NULL, NULL, NULL },
	{ "reason", TEXT, OR_NULL, NULL, NULL },
	{ "expires", TEXT, OR_NULL, NULL, NULL },
	{ 0 },
};
static const struct member finding[] = {
	{ "qualified", TEXT, ALWAYS, NULL, NULL },
	{ "state", TEXT, ALWAYS, NULL, NULL },
	{ "level", TEXT, ALWAYS, NULL, NULL },
	{ "tests", TEXTS, ALWAYS, NULL, NULL },
	{ "issues", TEXTS, ALWAYS, NULL, NULL },
	{ "title", TEXT, LATER, NULL, NULL },
	{ "stated", OBJECT, LATER, place, NULL },
	{ "at", OBJECT, LATER, place, NULL },
	{ "owner", TEXT, LATER, NULL, NULL },
	{ "expires", TEXT, LATER, NULL, NULL },
	{ "excuses", BOOL, LATER, NULL, NULL },
	{ "waiver", OBJECT, LATER, waiver, NULL },
	{ 0 },
};
static const struct member pending[] = {
	{ "edit", TEXT, ALWAYS, NULL, NULL },
	{ "at", TEXT, OR_NULL, NULL, NULL },
	{ 0 },
};
static const struct member delivery[] = {
	{ "annotations", NUMBER, ALWAYS, NULL, NULL },
	{ "check", BOOL, ALWAYS, NULL, NULL },
	{ "comment", TEXT, ALWAYS, NULL, comments },
	{ "discussions", BOOL, LATER, NULL, NULL },
	{ "messages", TEXT, ALWAYS, NULL, messages },
	{ "required", BOOL, ALWAYS, NULL, NULL },
	{ 0 },
};
static const struct member build[] = {
	{ "forge", TEXT, ALWAYS, NULL, NULL },
	{ "project", TEXT, OR_NULL, NULL, NULL },
	{ "revision", TEXT, OR_NULL, NULL, NULL },
	{ "base", TEXT, OR_NULL, NULL, NULL },
	{ "change", NUMBER, OR_NULL, NULL, NULL },
	{ "folder", TEXT, LATER, NULL, NULL },
	{ 0 },
};
static const struct member policy[] = {
	{ "path", TEXT, OR_NULL, NULL, NULL },
	{ "revision", TEXT, OR_NULL, NULL, NULL },
	{ "folder", TEXT, LATER, NULL, NULL },
	{ 0 },
};
static const struct member reg[] = {
	{ "path", TEXT, ALWAYS, NULL, NULL },
	{ "sha256", TEXT, ALWAYS, NULL, NULL },
	{ "kind", TEXT, LATER, NULL, NULL },
	{ 0 },
};
static const struct member environment[] = {
	{ "version", TEXT, ALWAYS, NULL, NULL },
	{ "policy", OBJECT, LATER, policy, NULL },
	{ "policy_sha256", TEXT, ALWAYS, NULL, NULL },
	{ "registers", LIST, ALWAYS, reg, NULL },
	{ "baseline", OBJECT, OR_NULL, NULL, NULL },
	{ "now", TEXT, ALWAYS, NULL, NULL },
	{ "runner_exits", OBJECT, ALWAYS, NULL, NULL },
	{ "build", OBJECT, OR_NULL, build, NULL },
	{ 0 },
};
static const struct member decision[] = {
	{ "name", TEXT, ALWAYS, NULL, NULL },
	{ "verdict", TEXT, ALWAYS, NULL, verdicts },
	{ "exit", NUMBER, ALWAYS, NULL, NULL },
	{ "sentence", TEXT, ALWAYS, NULL, NULL },
	{ "digest", TEXT, ALWAYS, NULL, NULL },
	{ "rules", LIST, ALWAYS, rule, NULL },
	{ "counts", OBJECT, ALWAYS, NULL, NULL },
	{ "pending", LIST, ALWAYS, pending, NULL },
	{ "below-floor", LIST, LATER, NULL, NULL },
	{ "pending_digest", TEXT, LATER, NULL, NULL },
	{ "if_merged", TEXT, OR_NULL, NULL, verdicts },
	{ "remarks", TEXTS, LATER, NULL, NULL },
	{ "rerun", TEXTS, LATER, NULL, NULL },
	{ "scope", TEXT, LATER, NULL, NULL },
	{ "waiver_days", NUMBER, LATER, NULL, NULL },
	{ "inputs", LIST, ALWAYS, input, NULL },
	{ "tests", LIST, ALWAYS, test, NULL },
	{ "issues", LIST, ALWAYS, issue, NULL },
	{ "findings", LIST, ALWAYS, finding, NULL },
	{ "delivery", OBJECT, ALWAYS, delivery, NULL },
	{ "environment", OBJECT, ALWAYS, environment, NULL },
	{ 0 },
};

static const char *const type_words[] = {
	[TEXT] = "no text", [NUMBER] = "no number", [BOOL] = "neither true nor false",
	[OBJECT] = "no object", [LIST] = "no list", [TEXTS] = "no list of texts", [ANY] = "missing",
};

static bool
has_type(const json_t *v, enum type type)
{
	const json_t *t;
	size_t i;

	switch (type) {
	case TEXT:
		return json_is_string(v);
	case NUMBER:
		return json_is_integer(v);
	case BOOL:
		return json_is_boolean(v);
	case OBJECT:
		return json_is_object(v);
	case LIST:
		return json_is_array(v);
	case TEXTS:
		json_array_foreach(v, i, t) {
			if (!json_is_string(t))
				return false;
		}
		return json_is_array(v);
	case ANY:
		break;
	}
	return v != NULL;
}

static bool
is_word(const json_t *v, const char *const *words)
{
	const char *s = json_string_value(v);

	for (size_t i = 0; s && words[i]; i++)
		if (strcmp(s, words[i]) == 0)
			return true;
	return false;
}

/* Appends to `at` what is wrong, behind the name of the member; the tables end the recursion. */
static bool
check(const json_t *o, const struct member *m, struct buf *at)
{
	size_t start = at->n, i;
	const json_t *e;

	for (; m->name; m++) {
		const json_t *v = json_object_get(o, m->name);

		buf_cut(at, start);
		buf_addf(at, "%s%s", start ? "." : "", m->name);
		if ((v == NULL && m->presence == LATER) ||
		    (json_is_null(v) && m->presence != ALWAYS))
			continue;
		if (!has_type(v, m->type)) {
			buf_addf(at, "` is %s", type_words[m->type]);
			return false;
		}
		if (m->words && !is_word(v, m->words)) {
			buf_addz(at, "` is no word that a decision has there");
			return false;
		}
		if (m->of && m->type == OBJECT && !check(v, m->of, at))
			return false;
		if (m->of == NULL || m->type != LIST)
			continue;
		json_array_foreach(v, i, e) {
			buf_cut(at, start);
			buf_addf(at, "%s%s[%zu]", start ? "." : "", m->name, i);
			if (!check(e, m->of, at))
				return false;
		}
	}
	buf_cut(at, start);
	return true;
}

static int
bad(struct err *err, const char *path, const char *what)
{
	err_set(err, (struct pos){ .file = path }, "%s", what);
	return err_hint(err, "gate run --out json=FILE writes a decision");
}

static int
check_document(const json_t *doc, const char *path, struct err *err)
{
	const char *schema = json_string_value(json_object_get(doc, "schema"));
	struct buf what = BUF_INIT;
	int rc = 0;

	if (schema == NULL || !str_starts(str_of(schema), SCHEMA))
		return bad(err, path, "this is no decision (" SCHEMA "1)");
	if (strcmp(schema, SCHEMA "1") != 0) {
		err_set(err, (struct pos){ .file = path }, "a decision of another version: %.60s",
			schema);
		return err_hint(err, "this program reads " SCHEMA "1; use the one that wrote it");
	}
	if (!check(doc, decision, &what)) {
		err_set(err, (struct pos){ .file = path }, "`%s", buf_z(&what));
		rc = err_hint(err, "gate run --out json=FILE writes a decision");
	}
	buf_release(&what);
	return rc;
}

json_t *
decision_text_read(struct str text, const char *path, struct err *err)
{
	json_error_t why;
	json_t *doc = json_loadb(text.p ? text.p : "", text.n,
		JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);

	if (doc == NULL) {
		err_set(err, (struct pos){ path, why.line, why.column }, "%s", why.text);
		err_hint(err, "gate run --out json=FILE writes a decision");
	} else if (check_document(doc, path, err) < 0) {
		json_decref(doc);
		doc = NULL;
	}
	return doc;
}

json_t *
decision_file_read(const char *path, struct err *err)
{
	struct buf text = BUF_INIT;
	json_t *doc = NULL;

	if (source_slurp(path, MAX_DECISION_BYTES, &text, NULL, err) == 0)
		doc = decision_text_read(buf_str(&text), path, err);
	buf_release(&text);
	return doc;
}
