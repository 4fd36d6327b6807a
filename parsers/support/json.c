/* json.c -- walks a document by a plan; see json.h. */
#include "parsers/support/json.h"

#include <stdio.h>

#include "gate/base/mem.h"
#include "gate/base/utf8.h"
#include "parsers/support/json_scan.h"

#define MAX_DOCUMENTS 1000000 /* that follow each other in a file which should hold one */
#define MAX_NOISE 4096u       /* of a line that is no JSON */

static void
problem(struct json *j, enum problem_code code, long line, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

static void
problem(struct json *j, enum problem_code code, long line, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	j->out->problem(j->out->ctx, code, line, buf_str(&b));
	buf_release(&b);
}

long
js_line(const struct json *j)
{
	/* Counting moves a cursor only. */
	struct json *own = (struct json *)(uintptr_t)j;

	return j->now ? js_count_to(own, j->now) + 1 : 1;
}

char
js_first(const struct json *j)
{
	return j->now ? *j->now : '\0';
}

long
js_line_of(const struct json *j, struct str view)
{
	struct json *own = (struct json *)(uintptr_t)j;

	return view.p ? js_count_to(own, view.p) + 1 : js_line(j);
}

/* `first` is the first byte of the value that is not what a way leads through. */
static void
strange(struct json *j, char first, const char *p)
{
	const char *what = first == '{' ? "an object" : first == '[' ? "a list" :
		first == '"' ? "a string" : "a number or a word";

	if (!j->strange && first != 'n')
		problem(j, PROBLEM_MALFORMED, js_count_to(j, p) + 1,
			"%s stands where results are looked for in %s", what,
			first == '{' ? "a list" : first == '[' ? "an object" :
			"a list or an object");
	j->strange = j->strange || first != 'n';
}

void
js_strange(struct json *j, struct str v)
{
	if (v.n && !((js_is_object(v) || js_is_array(v)) && js_empty(v)))
		strange(j, *v.p, v.p);
}

void
js_strange_list(struct json *j, struct str object, struct str list)
{
	if (!js_is_object(object))
		js_strange(j, object);
	else if (!js_is_array(list))
		js_strange(j, list);
}

static int
call(struct json *j, int (*what)(void *, struct json *), const char *p)
{
	int rc;

	if (what == NULL)
		return 0;
	j->now = p;
	rc = what(j->plan->ctx, j);
	j->now = NULL;
	j->stopped = j->stopped || rc < 0;
	return rc;
}

/* ---- one wanted value ---- */

static const char *
wanted(struct json *j, const char *p, const struct json_want *w)
{
	struct json_value v = { .key = buf_str(&j->key) };
	struct json_paths *take = w->take;
	size_t end;
	int rc;

	j->pin = p;
	j->dups = true;
	j->keys.n = 0;
	if (take) {
		for (size_t i = 0; i < take->n; i++)
			take->trie->taken[i].rank = -1;
		p = js_scan_take(j, p, &take->trie->root, take->trie);
	} else {
		p = js_skip(j, p);
	}
	j->dups = false;
	if (p == NULL)
		return NULL;
	end = (size_t)(p - j->pin);
	if (end > MAX_JSON_ELEMENT)
		return js_bad(
			j, j->pin, PROBLEM_OVER_LIMIT, "one value of it is larger than 64 MiB");
	for (size_t i = 0; take && i < take->n; i++) {
		const struct json_taken *k = &take->trie->taken[i];

		take->field[i] = k->rank < 0 ? STR_NONE : str_n(j->pin + k->at, k->n);
	}
	v.text = str_n(j->pin, end);
	v.field = take ? take->field : NULL;
	j->now = j->pin;
	rc = w->value(j->plan->ctx, j, &v);
	j->now = NULL;
	j->pin = NULL;
	j->stopped = j->stopped || rc < 0;
	return j->stopped ? NULL : p;
}

/* ---- the way there ---- */

static const char *walk(struct json *j, const char *p, struct json_step *s);

/* A member's key, which is copied when it is to be handed over. */
static const char *
outer_key(struct json *j, const char *p, struct json_step *s, struct json_step **to)
{
	bool escaped = false;
	struct str key;
	int c;

	*to = NULL;
	if (*p != '"')
		return js_bad(j, p, PROBLEM_MALFORMED, "not a key in quotes");
	j->pin = p;
	if ((p = js_string(j, p + 1, &escaped)) == NULL)
		return NULL;
	key = str_n(j->pin + 1, (size_t)(p - j->pin) - 2);
	*to = js_member(j, s, key, escaped);
	if (*to) {
		buf_reset(&j->key);
		buf_add(&j->key, str_n(j->pin, (size_t)(p - j->pin)));
	}
	j->pin = NULL;
	c = js_space(j, &p);
	if (c == 0 && j->eof)
		return js_bad(j, p, PROBLEM_TRUNCATED, "it ends in the middle");
	if (c != ':')
		return js_bad(j, p, PROBLEM_MALFORMED, "no colon behind a key");
	p++;
	if (js_space(j, &p) == 0)
		return js_bad(j, p, PROBLEM_TRUNCATED, "it ends in the middle");
	return p;
}

static const char *
walk_inside(struct json *j, const char *p, struct json_step *s)
{
	bool object = *p == '{';
	char close = object ? '}' : ']';
	struct json_step *to = s->every;
	int c;

	if ((p = js_enter(j, p)) == NULL)
		return NULL;
	c = js_space(j, &p);
	if (c == close)
		return js_leave(j, p);
	if (s->leads && (object ? s->n == 0 && !s->any : !s->every))
		strange(j, close == '}' ? '{' : '[', p);
	for (;;) {
		if (c == 0)
			return js_bad(j, p, PROBLEM_TRUNCATED, "it ends in the middle");
		if (object && (p = outer_key(j, p, s, &to)) == NULL)
			return NULL;
		p = to ? walk(j, p, to) : js_skip(j, p);
		if (p == NULL)
			return NULL;
		c = js_space(j, &p);
		if (c == close)
			return js_leave(j, p);
		if (c == 0)
			return js_bad(j, p, PROBLEM_TRUNCATED, "it ends in the middle");
		if (c != ',')
			return js_bad(j, p, PROBLEM_MALFORMED,
				object ? "neither ',' nor '}' behind a member"
				       : "neither ',' nor ']' behind an element");
		p++;
		c = js_space(j, &p);
	}
}

static const char *
walk(struct json *j, const char *p, struct json_step *s)
{
	const struct json_want *w = s->nends == 0 ? NULL : &j->plan->wants[s->ends[0].slot];

	if (w && w->value)
		return wanted(j, p, w);
	if (w && call(j, w->open, p) < 0)
		return NULL;
	if (s->leads && *p != '{' && *p != '[')
		strange(j, *p, p);
	if ((*p == '{' && (s->leads || s->n || s->any)) || (*p == '[' && (s->leads || s->every)))
		p = walk_inside(j, p, s);
	else
		p = js_skip(j, p);
	if (p == NULL || (w && call(j, w->close, p - 1) < 0))
		return NULL;
	return p;
}

/* ---- documents ---- */

/* Whether JSON goes on at p, rather than some text in brackets. */
static bool
looks_like_json(struct json *j, const char **p)
{
	char first = **p;
	const char *q;
	int c;

	if (first != '{' && first != '[')
		return false;
	j->pin = *p;
	q = *p + 1;
	c = js_space(j, &q);
	*p = j->pin;
	j->pin = NULL;
	if (first == '{')
		return c == '"' || c == '}';
	return c == '{' || c == '[' || c == ']' || c == '"';
}

/* The rest of a line that is no JSON. */
static const char *
noise(struct json *j, const char *p)
{
	struct str line;
	size_t n = 0;

	j->pin = p;
	for (;;) {
		if (p == j->end && !js_fill(j, &p))
			break;
		if (*p == '\n')
			break;
		p++;
		if (++n == MAX_NOISE)
			break;
	}
	line = str_rtrim(str_n(j->pin, (size_t)(p - j->pin)));
	if (j->plan->noise && line.n) {
		j->now = j->pin;
		j->stopped = j->plan->noise(j->plan->ctx, j, line) < 0;
		j->now = NULL;
	}
	j->pin = NULL;
	for (;;) {
		if (p == j->end && !js_fill(j, &p))
			break;
		if (*p == '\n')
			break;
		p++;
	}
	return j->stopped ? NULL : p;
}

static void
note_trailing(struct json *j, const char **p, bool document)
{
	long line = js_count_to(j, *p) + 1;
	size_t n = 0;

	if (document) {
		problem(j, PROBLEM_TRAILING_TEXT, line,
			"more follows the end of the report; another report in it was read too");
		return;
	}
	while (*p + n < j->end && (*p)[n] != '\n' && n < 60)
		n++;
	problem(j, PROBLEM_TRAILING_TEXT, line, "text follows the end of the report: %.*s",
		STR_FMT(utf8_head(str_n(*p, n), 60)));
}

static void
read_documents(struct json *j)
{
	const char *p = j->win;
	long documents = 0;
	bool noted = false;
	int c;

	while (!j->failed && (c = js_space(j, &p)) != 0) {
		if (j->plan->lines && c != '{' && c != '[') {
			if ((p = noise(j, p)) == NULL)
				return;
			continue;
		}
		if (documents && !j->plan->lines) {
			bool more = looks_like_json(j, &p);

			if (!noted)
				note_trailing(j, &p, more);
			noted = true;
			if (!more)
				return;
			if (documents >= MAX_DOCUMENTS) {
				js_bad(j, p, PROBLEM_OVER_LIMIT, "too many reports in one file");
				return;
			}
		}
		j->depth = 0;
		if ((p = walk(j, p, &j->wants.root)) == NULL)
			return;
		documents++;
	}
	if (!j->failed && documents == 0 && !j->plan->lines)
		js_bad(j, p, PROBLEM_TRUNCATED, "there is no value in it");
}

static void
report_failure(struct json *j)
{
	bool source_failed = source_status(j->in) != SOURCE_OK;

	if (j->code == PROBLEM_TRUNCATED || (source_failed && j->eof))
		problem(j, PROBLEM_TRUNCATED, j->bad_line, "cut off with %u %s still open%s%s",
			j->depth, j->depth == 1 ? "bracket" : "brackets",
			j->depth ? "" : ": ", j->depth ? "" : j->why);
	else
		problem(j, j->code, j->bad_line, "column %ld: %s", j->bad_column, j->why);
}

/* Paths are JSON_STEPS deep at most. */
static bool
mark_ways(const struct json_plan *plan, struct json_step *s)
{
	bool ends = false;

	for (size_t i = 0; i < s->n; i++)
		s->leads = mark_ways(plan, s->members[i].to) || s->leads;
	if (s->any)
		s->leads = mark_ways(plan, s->any) || s->leads;
	if (s->every)
		s->leads = mark_ways(plan, s->every) || s->leads;
	for (size_t i = 0; i < s->nends; i++)
		ends = ends || !plan->wants[s->ends[i].slot].optional;
	return ends || s->leads;
}

int
js_read(struct source *in, const struct sink *out, const struct json_plan *plan)
{
	struct json *j = xcalloc(1, sizeof(*j));
	const char *why = "";
	int rc;

	j->in = in;
	j->out = out;
	j->plan = plan;
	j->cap = JSON_WINDOW;
	j->win = xmalloc(j->cap + JSON_PAD);
	memset(j->win, 0, JSON_PAD);
	j->end = j->win;
	j->counted = j->win;
	for (size_t i = 0; i < plan->n; i++)
		if (js_trie_add(&j->wants, str_of(plan->wants[i].path), (int)i, 0, false, &why) < 0)
			js_bad(j, j->win, PROBLEM_NOT_RECOGNISED, why);
	mark_ways(plan, &j->wants.root);
	read_documents(j);
	rc = j->failed || j->stopped ? -1 : 0;
	if (j->failed && !j->stopped)
		report_failure(j);
	if (j->lone)
		problem(j, PROBLEM_ENCODING, j->lone_line,
			"%lu escape%s to half a character replaced", j->lone,
			j->lone == 1 ? "" : "s");
	js_trie_release(&j->wants);
	vec_release(&j->keys);
	buf_release(&j->one);
	buf_release(&j->two);
	buf_release(&j->key);
	free(j->win);
	free(j);
	return rc;
}
