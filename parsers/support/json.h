/*
 * json.h -- one strict pull reader for JSON reports of any size:
 * https://www.rfc-editor.org/rfc/rfc8259
 *
 * The document is walked by a plan of wanted paths. What a plan wants is made contiguous,
 * validated wholly and handed over as a view; everything else is validated and skipped. Only
 * one wanted value is ever held. Example, the results of SARIF and what stands around them:
 *
 *	static const char *const result[] = { "ruleId|rule.id", "message.text",
 *		"locations[0].physicalLocation.region.startLine", NULL };
 *
 *	static int
 *	on_result(void *ctx, struct json *j, const struct json_value *v)
 *	{
 *		struct str rule = js_text(v->field[0], &scratch);
 *		long line = js_long(v->field[2], 0);
 *		...
 *		return 0;
 *	}
 *
 *	struct json_want wants[] = {
 *		{ .path = "runs[].results[]", .take = js_paths_new(result, &why),
 *			.value = on_result },
 *		{ .path = "runs[].tool", .value = on_tool },
 *		{ .path = "runs[]", .close = on_run_end },
 *	};
 *	rc = js_read(in, out, &(struct json_plan){ .wants = wants, .n = 3, .ctx = &own });
 *
 * Paths: `a.b` member b of member a; `[]` every element; `*` every member of an object; `[0]`
 * one element (in `take` only); `a|b` the first of several that is there and not null (in
 * `take` only); "" the document itself. A backslash takes the next character as it is
 * (`a\.b`).
 */
#ifndef PARSERS_SUPPORT_JSON_H
#define PARSERS_SUPPORT_JSON_H

#include "gate/base/buf.h"
#include "gate/base/str.h"
#include "gate/input/source.h"
#include "gate/model/event.h"

#define MAX_JSON_ELEMENT (64u << 20) /* one wanted value */
#define JSON_WINDOW (256u << 10)
#define JSON_STEPS 24u               /* of one path */
#define JSON_FIELDS 96u              /* of one set of paths */

struct json; /* the reader, handed to the callbacks */

/* A compiled set of paths, and the fields that were taken by it last. */
struct json_paths {
	size_t n;
	struct str *field; /* JSON text (strings with their quotes); p is NULL: absent or null */
	struct json_trie *trie;
};

/* NULL when a path is wrong: *why says how. NULL-terminated. js_paths_free. */
struct json_paths *js_paths_new(const char *const paths[], const char **why);
void js_paths_free(struct json_paths *p); /* NULL is fine */

struct json_value {
	struct str text;         /* JSON text, validated; dies with the callback */
	const struct str *field; /* of the want's `take`, in its order */
	struct str key;          /* the last key on the way to it, a JSON string with its quotes */
};

struct json_want {
	const char *path;
	struct json_paths *take; /* may be NULL */
	/* Each returns 0, or -1: no more. The value is contiguous; no want may lie inside. */
	int (*value)(void *ctx, struct json *j, const struct json_value *v);
	/* Of containers that are walked, not held: `path` begins or ends. May be NULL. */
	int (*open)(void *ctx, struct json *j);
	int (*close)(void *ctx, struct json *j);
	bool optional; /* nothing is lost where something else stands on the way to it */
};

struct json_plan {
	const struct json_want *wants;
	size_t n;
	void *ctx;
	/*
	 * JSON Lines, or values that follow each other: each is a document. A line that does not
	 * start with '{' or '[' is no JSON but the noise of a tool: `noise` gets it (may be NULL).
	 */
	bool lines;
	int (*noise)(void *ctx, struct json *j, struct str line);
};

/*
 * A string where the way to a wanted value leads through a list or an object hides what is
 * looked for: that is a problem of the report, said once. null and what is empty hide nothing.
 *
 * Reads `in` to its end. 0: whole (notes may have been sent). -1: it broke off, and the
 * problem was sent to `out`; what came before was delivered. Outside of JSON Lines, a second
 * document behind the first is read too, with a note; other text is only noted.
 */
int js_read(struct source *in, const struct sink *out, const struct json_plan *plan);
/* In a callback: the line of the value's (container's, noise's) beginning. */
long js_line(const struct json *j);
/* In a callback: the first byte of the value ('{', '[', '"', 't', 'f', 'n', '-' or a digit). */
char js_first(const struct json *j);
/* The same for a way that the callback goes itself, at a value inside of its own. */
void js_strange(struct json *j, struct str v);
/* The same for an object whose member is a list, when they are neither. */
void js_strange_list(struct json *j, struct str object, struct str list);
/* The line of a view inside the value of this callback. */
long js_line_of(const struct json *j, struct str view);

/* ---- values: JSON text that was validated ---- */

static inline bool
js_is_string(struct str v)
{
	return v.n && v.p[0] == '"';
}

static inline bool
js_is_object(struct str v)
{
	return v.n && v.p[0] == '{';
}

static inline bool
js_is_array(struct str v)
{
	return v.n && v.p[0] == '[';
}

/* Not there, null, false, 0, "", [], {}. */
bool js_empty(struct str v);
bool js_true(struct str v); /* true, and the strings that say so */
/*
 * A string without quotes and escapes (control characters and terminal colours taken out);
 * any other value as it is written; empty for null. The view is of `v` where it can be,
 * else of `scratch`, which is reset.
 */
struct str js_text(struct str v, struct buf *scratch);
/* Appends the same. */
void js_text_add(struct str v, struct buf *out);
/* A whole number, also as a string, also with ".0"; of a range ("36-39") the first. */
long js_long(struct str v, long otherwise);
bool js_double(struct str v, double *out); /* also as a string */
/* The string, without escapes, is z. */
bool js_is(struct str v, const char *z);

/*
 * Elements of an array or members of an object that is (part of) the value of this callback:
 *
 *	struct json_cursor c = js_cursor(v);
 *	while (js_next(j, &c, paths))   // paths may be NULL
 *		... c.value, c.key, paths->field[i]
 *
 * A value of another kind has none.
 */
struct json_cursor {
	const char *p;
	struct str key, value;
};
struct json_cursor js_cursor(struct str v);
bool js_next(struct json *j, struct json_cursor *c, struct json_paths *take);
/* Fills take->field from a value inside the value of this callback. */
void js_take(struct json *j, struct str v, struct json_paths *take);
long js_count(struct json *j, struct str v); /* elements or members */

/* ---- for sniffers ---- */

/*
 * Whether the head of a JSON text (or JSON Lines) has a value at each of the paths, without
 * indexes ("runs[].tool.driver", "Action"). "path=text": a string, number or word that is
 * `text`; "!path": there is none (so far). Terms are parted by blanks. Returns how many terms
 * hold, 0 when one does not.
 */
int js_has(struct str head, const char *terms);

#endif
