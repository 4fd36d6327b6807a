/* decision_file.c -- see decision_file.h. */
#include "gate/decision_file.h"

#include "gate/base/buf.h"
#include "gate/input/source.h"

#define MAX_POSTED_BYTES (256u << 20)

static int
bad(struct err *err, const char *path, const char *what)
{
	err_set(err, (struct pos){ .file = path }, "%s", what);
	return err_hint(err, "gate run --out json=FILE writes a decision");
}

static bool
is_word(const json_t *o, const char *key, const char *const words[])
{
	const char *v = json_string_value(json_object_get(o, key));

	for (size_t i = 0; v && words[i]; i++)
		if (strcmp(v, words[i]) == 0)
			return true;
	return false;
}

static int
check_delivery(const json_t *doc, const char *path, struct err *err)
{
	static const char *const comments[] = { "always", "on-change", "on-failure", "off", NULL };
	static const char *const messages[] = { "none", "first-line", "full", NULL };
	const json_t *d = json_object_get(doc, "delivery");

	if (!is_word(d, "comment", comments) || !is_word(d, "messages", messages) ||
	    !json_is_boolean(json_object_get(d, "required")) ||
	    !json_is_boolean(json_object_get(d, "check")))
		return bad(err, path, "`delivery` is not what a decision holds there");
	return 0;
}

static int
check(const json_t *doc, const char *path, struct err *err)
{
	static const char *const schema[] = { "regression-gate/decision@1", NULL };
	static const char *const verdicts[] = { "pass", "fail", "inconclusive", NULL };
	static const char *const lists[] = { "rules", "tests", "issues", "inputs", "findings",
		"pending" };
	const json_t *env = json_object_get(doc, "environment");
	const json_t *build = json_object_get(env, "build");

	if (!is_word(doc, "schema", schema))
		return bad(err, path, "this is no decision (regression-gate/decision@1)");
	if (!is_word(doc, "verdict", verdicts))
		return bad(err, path, "`verdict` is none");
	if (!json_is_string(json_object_get(doc, "name")) ||
	    !json_is_string(json_object_get(doc, "sentence")) ||
	    !json_is_object(json_object_get(doc, "counts")))
		return bad(err, path, "`name`, `sentence` or `counts` is missing");
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (!json_is_array(json_object_get(doc, lists[i])))
			return bad(err, path, "a list of the decision is missing");
	if (!json_is_object(env) || !(json_is_object(build) || json_is_null(build)))
		return bad(err, path, "`environment` is not what a decision holds there");
	return check_delivery(doc, path, err);
}

json_t *
decision_file_read(const char *path, struct err *err)
{
	struct buf text = BUF_INIT;
	json_t *doc = NULL;
	json_error_t why;

	if (source_slurp(path, MAX_POSTED_BYTES, &text, NULL, err) == 0) {
		doc = json_loadb(buf_z(&text), text.n, JSON_REJECT_DUPLICATES, &why);
		if (doc == NULL)
			err_set(err, (struct pos){ path, why.line, why.column }, "%s", why.text);
	}
	if (doc && check(doc, path, err) < 0) {
		json_decref(doc);
		doc = NULL;
	}
	buf_release(&text);
	return doc;
}
