/*
 * tap.c -- the Test Anything Protocol, versions 12 to 14: https://testanything.org
 *
 *   TAP version 14
 *   1..2
 *   # Subtest: cart
 *       ok 1 - adds
 *       not ok 2 - removes
 *         ---
 *         message: expected 1, got 2
 *         ...
 *       1..2
 *   not ok 1 - cart
 *   ok 2 - later # SKIP no database
 *
 * The plan says how many points there are: it is how a cut is noticed, also in subtests. The
 * cases are the innermost points; the point that sums up a subtest is one only when it fails
 * and nothing in it did. TODO that fails is skipped, as expected failures elsewhere are.
 * Several documents may follow each other, with `prove -v` under their files' names.
 */
#include "gate/base/limits.h"
#include "gate/base/num.h"
#include "parsers/parser.h"
#include "parsers/support/lines.h"
#include "parsers/support/tap_line.h"

#define DEPTH 32 /* of subtests; deeper ones are text */

struct tap_level {
	long plan, seen;   /* plan: -1 not given */
	bool bad;          /* something in it failed */
	struct buf name;   /* of the subtest; "" for the document */
};

struct tap {
	struct lines l;
	struct tap_level v[DEPTH];
	size_t depth;      /* of the innermost open level; 0 is the document */
	bool begun, bailed;
	bool in_yaml;
	size_t yaml_indent;
	struct buf file;
	struct buf next_name; /* "# Subtest: name" */
	/* The point that waits for its diagnostics. */
	bool waits;
	bool message_below; /* "error: |-": on the next line */
	struct buf suite, name, message, text;
	struct test_event ev;
};

static bool
is_version(struct str line)
{
	return str_starts(line, "TAP version 1");
}

static bool
is_plan(struct str line)
{
	struct str reason;
	long last;

	return tap_plan(line, &last, &reason);
}

static bool
is_point(struct str line)
{
	struct tap_point p;

	return tap_point(str_trim(line), &p) && (p.number || p.name.n);
}

static bool
is_numbered(struct str line)
{
	struct tap_point p;

	return tap_point(line, &p) && p.number;
}

static int
tap_sniff(struct str head)
{
	if (lines_any(head, is_version))
		return 94;
	if (lines_any(head, is_plan) && lines_any(head, is_point))
		return 90;
	return lines_any(head, is_numbered) ? 72 : lines_any(head, is_plan) ? 61 : 0;
}

static void
keep(struct buf *b, struct str s)
{
	buf_reset(b);
	buf_add(b, s);
}

static int
flush(struct tap *t)
{
	if (!t->waits)
		return 0;
	t->waits = false;
	t->ev.suite = buf_str(&t->suite);
	t->ev.class = t->ev.file = buf_str(&t->file);
	t->ev.name = buf_str(&t->name);
	t->ev.text = str_trim(buf_str(&t->text));
	t->ev.message = t->message.n ? buf_str(&t->message) : t->ev.text;
	t->ev.message = str_to(t->ev.message, str_chr(t->ev.message, '\n'));
	return t->l.out->test(t->l.out->ctx, &t->ev);
}

/* The plan of the innermost level against what came; then it is closed. */
static int
close_level(struct tap *t)
{
	struct tap_level *v = &t->v[t->depth];
	const char *where = t->depth ? "a subtest" : "it";

	if (flush(t) < 0)
		return -1;
	if (v->plan < 0)
		lines_problem(&t->l, PROBLEM_TRUNCATED, "%s has no plan", where);
	else if (v->seen < v->plan)
		lines_problem(&t->l, PROBLEM_TRUNCATED, "%s plans %ld, and %ld of them are here",
			where, v->plan, v->seen);
	else if (v->seen > v->plan)
		lines_problem(&t->l, PROBLEM_DECLARED_MISMATCH, "%s plans %ld, and %ld are here",
			where, v->plan, v->seen);
	v->plan = -1;
	v->seen = 0;
	buf_reset(&v->name);
	if (t->depth)
		t->depth--;
	return 0;
}

static int
end_document(struct tap *t)
{
	int rc = flush(t);

	if (t->begun && !t->bailed)
		while (rc == 0 && t->depth)
			rc = close_level(t);
	if (rc == 0 && t->begun && !t->bailed)
		rc = close_level(t);
	t->depth = 0;
	t->v[0].plan = -1;
	t->v[0].seen = 0;
	t->v[0].bad = false;
	t->begun = t->in_yaml = false;
	buf_reset(&t->next_name);
	return rc;
}

static void
open_level(struct tap *t)
{
	struct tap_level *v = &t->v[++t->depth];

	v->plan = -1;
	v->seen = 0;
	v->bad = false;
	keep(&v->name, buf_str(&t->next_name));
	buf_reset(&t->next_name);
}

/* A point, plan or comment set in this far belongs to this level. */
static int
find_level(struct tap *t, size_t indent, bool opens)
{
	size_t depth = indent / 4;
	int rc = 0;

	while (rc == 0 && opens && t->depth < depth && t->depth + 1 < DEPTH)
		open_level(t);
	/* One level deeper than its end: the point that sums it up closes it. */
	while (rc == 0 && t->depth > depth + 1)
		rc = close_level(t);
	return rc;
}

/* The suite: names of the subtests around, joined. */
static void
set_suite(struct tap *t)
{
	buf_reset(&t->suite);
	for (size_t i = 1; i <= t->depth; i++) {
		if (t->v[i].name.n == 0 || t->suite.n > MAX_NAME_KEPT)
			continue;
		if (t->suite.n)
			buf_addz(&t->suite, " > ");
		buf_add(&t->suite, buf_str(&t->v[i].name));
	}
}

static int
begin_point(struct tap *t, const struct tap_point *p)
{
	bool failed = !p->ok && !p->todo && !p->skip;

	if (flush(t) < 0)
		return -1;
	set_suite(t);
	buf_reset(&t->name);
	for (size_t i = 0; i < p->name.n; i++) { /* "\\#" is '#' */
		if (p->name.p[i] == '\\' && i + 1 < p->name.n &&
			(p->name.p[i + 1] == '#' || p->name.p[i + 1] == '\\'))
			i++;
		buf_addc(&t->name, p->name.p[i]);
	}
	if (p->name.n == 0)
		buf_addf(&t->name, "test %ld", t->v[t->depth].seen);
	buf_reset(&t->text);
	t->ev = (struct test_event){ .at = t->l.number, .seconds = -1 };
	t->ev.outcome = failed			? OUT_FAILED
		: p->skip || (p->todo && !p->ok) ? OUT_SKIPPED
						 : OUT_PASSED;
	keep(&t->message, t->ev.outcome == OUT_SKIPPED ? p->reason : STR_NONE);
	t->message_below = false;
	for (size_t i = 0; failed && i <= t->depth; i++)
		t->v[i].bad = true;
	t->waits = true;
	return 0;
}

static int
take_point(struct tap *t, const struct tap_point *p, size_t indent)
{
	bool sums = false, inner_bad = false;
	int rc = find_level(t, indent, true);

	t->begun = true;
	if (rc == 0 && t->depth > indent / 4) { /* the subtest before it */
		sums = t->v[t->depth].seen > 0;
		inner_bad = t->v[t->depth].bad;
		rc = close_level(t);
	}
	if (rc < 0)
		return -1;
	t->v[t->depth].seen++;
	buf_reset(&t->next_name);
	if (sums && (p->ok || inner_bad || p->todo || p->skip)) {
		t->waits = false; /* its diagnostics repeat what was said */
		return 0;
	}
	return begin_point(t, p);
}

static int
take_plan(struct tap *t, long last, struct str reason, size_t indent)
{
	struct tap_level *v;

	if (indent == 0 && t->v[0].plan >= 0 && t->v[0].seen >= t->v[0].plan &&
		end_document(t) < 0)
		return -1;
	if (flush(t) < 0 || find_level(t, indent, true) < 0)
		return -1;
	if (t->depth > indent / 4 && close_level(t) < 0)
		return -1;
	t->begun = true;
	v = &t->v[t->depth];
	v->plan = last;
	if (last == 0 && t->depth == 0 && reason.n)
		lines_problem(&t->l, PROBLEM_NOTHING_RAN, "all is skipped: %.*s",
			STR_FMT(str_to(reason, 300)));
	return 0;
}

static void
add_text(struct tap *t, struct str line)
{
	struct str value;

	if (!t->waits || t->ev.outcome == OUT_PASSED || t->text.n + line.n > MAX_TEXT_KEPT)
		return;
	buf_add(&t->text, line);
	buf_addc(&t->text, '\n');
	line = str_trim(line);
	if (t->message_below && line.n) {
		keep(&t->message, line);
		t->message_below = false;
	} else if (t->in_yaml && t->message.n == 0 &&
		(str_skip(&line, "message:") || str_skip(&line, "error:"))) {
		value = str_trim(line);
		t->message_below = value.n && (value.p[0] == '|' || value.p[0] == '>');
		if (value.n > 1 && (value.p[0] == '"' || value.p[0] == '\'') &&
			value.p[value.n - 1] == value.p[0])
			value = str_n(value.p + 1, value.n - 2);
		if (!t->message_below)
			keep(&t->message, value);
	}
}

static void
take_yaml(struct tap *t, struct str line)
{
	struct str rest = str_trim(line);
	double ms;

	if (str_eqz(rest, "...") && tap_indent(line) <= t->yaml_indent) {
		t->in_yaml = false;
		return;
	}
	if (str_skip(&rest, "duration_ms:") && num_double(str_trim(rest), &ms) && ms >= 0)
		t->ev.seconds = ms / 1000;
	else
		add_text(t, line);
}

/* The name of a subtest stands at its parent's margin, or at its own. */
static void
take_comment(struct tap *t, struct str line, size_t indent)
{
	struct str rest = line;

	if (!str_skip(&rest, "# Subtest:")) {
		add_text(t, str_trim(str_from(line, 1)));
		return;
	}
	t->begun = true;
	while (t->next_name.n && t->depth < indent / 4 && t->depth + 1 < DEPTH)
		open_level(t);
	keep(&t->next_name, str_trim(rest));
}

static int
take_other(struct tap *t, struct str line, size_t indent)
{
	struct str file;

	if (str_istarts(line, "Bail out!")) {
		t->bailed = t->begun = true;
		lines_problem(&t->l, PROBLEM_TOOL_FAILED, "%.*s", STR_FMT(str_to(line, 300)));
	} else if (indent == 0 && tap_heading(line, &file)) {
		if (end_document(t) < 0)
			return -1;
		keep(&t->file, file);
	} else if (str_starts(line, "Dubious, test returned ") && t->v[0].bad) {
		return 0; /* what failed explains it */
	} else if (str_starts(line, "Dubious, test returned ")) {
		t->l.out->suite_error(t->l.out->ctx, buf_str(&t->file), line, t->l.number);
	} else if (indent == 0 && line.n) {
		lines_cry(&t->l);
	}
	return 0;
}

static int
tap_line(struct tap *t)
{
	struct str line = str_trim(t->l.line), reason;
	size_t indent = tap_indent(t->l.line);
	struct tap_point p;
	long last;

	if (t->in_yaml) {
		take_yaml(t, t->l.line);
		return 0;
	}
	if (is_version(line) && indent == 0) {
		int rc = t->begun ? end_document(t) : 0;

		t->begun = true; /* so a plan must come */
		return rc;
	}
	if (indent % 4 == 0 && tap_point(line, &p)) {
		/* prove ends each file with a bare "ok" */
		if (p.number == 0 && p.name.n == 0 && indent == 0 && t->file.n)
			return 0;
		return take_point(t, &p, indent);
	}
	if (indent % 4 == 0 && tap_plan(line, &last, &reason))
		return take_plan(t, last, reason, indent);
	if (str_eqz(line, "---") && indent) {
		t->in_yaml = true;
		t->yaml_indent = indent;
		return 0;
	}
	if (line.n && line.p[0] == '#') {
		take_comment(t, line, indent);
		return 0;
	}
	return take_other(t, line, indent);
}

static int
tap_parse(struct source *in, const struct sink *out)
{
	struct tap t = { .l = { .in = in, .out = out }, .v[0].plan = -1 };
	int rc = 0;

	while (rc == 0 && lines_next(&t.l))
		rc = tap_line(&t);
	if (rc == 0)
		rc = end_document(&t);
	for (size_t i = 0; i < DEPTH; i++)
		buf_release(&t.v[i].name);
	buf_release(&t.file);
	buf_release(&t.next_name);
	buf_release(&t.suite);
	buf_release(&t.name);
	buf_release(&t.message);
	buf_release(&t.text);
	return rc;
}

const struct parser parser_tap = {
	.name = "tap",
	.help = "Test Anything Protocol 12 to 14, `prove -v` too",
	.kind = KIND_TESTS,
	.spec = "https://testanything.org/tap-version-14-specification.html",
	.sniff = tap_sniff,
	.parse = tap_parse,
};
