/*
 * read.c -- one file from its bytes to a report: opens, sniffs, tells reports from cries,
 * parses, and makes a fact of everything that is wrong.
 */
#include "gate/base/buf.h"
#include "gate/base/limits.h"
#include "gate/base/tape.h"
#include "gate/model/leg.h"
#include "gate/model/report_tape.h"
#include "parsers/parser.h"
#include "parsers/support/cry.h"
#include "parsers/support/own.h"

/* However a producer's reports are spelt, its legs are leg files. */
#define LEG_START "{\"schema\":\"" LEG_SCHEMA

struct reading {
	struct report *r;
	struct source *in;
	struct sink sink;
	const struct parser *parser;
	const struct own_format *own; /* described in the policy; instead of a parser */
	/* A cry in a text whose format was given: it counts if the parser finds nothing. */
	struct buf cry;
	enum problem_code cry_code;
	long cry_line;
};

/* By way of the sink, so that who listens in hears it too. */
static void __attribute__((format(printf, 4, 5)))
say(struct reading *g, enum problem_code code, long line, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	g->sink.problem(g->sink.ctx, code, line, buf_str(&b));
	buf_release(&b);
}

static bool
is_blank(struct str s)
{
	return str_trim(s).n == 0;
}

static void
keep_cry(struct reading *g, const struct cry *cry)
{
	cry_message(&g->cry, cry);
	g->cry_code = cry->code;
	g->cry_line = cry->line;
}

/* A shell's cry instead of a report. The sink gets it, since it quotes the text. */
static void
report_cry(struct reading *g)
{
	g->sink.problem(g->sink.ctx, g->cry_code, g->cry_line, buf_str(&g->cry));
}

static void
not_recognised(struct reading *g, const struct parser *tie, struct str head)
{
	const struct parser *best = NULL;
	int most = 0;

	if (tie == NULL) {
		say(g, PROBLEM_NOT_RECOGNISED, 0,
			"no format that is known (`gate list formats` names them)");
		return;
	}
	for (size_t i = 0; parsers[i]; i++) {
		int score = parsers[i] == tie || parsers[i]->sniff == NULL
			? 0
			: parsers[i]->sniff(head);

		if (score > most) {
			most = score;
			best = parsers[i];
		}
	}
	say(g, PROBLEM_NOT_RECOGNISED, 0,
		"it may be %s or %s: say which (`format:`, `--format`)", best ? best->name : "?",
		tie->name);
}

static const struct parser *
given_parser(struct reading *g, struct str format, struct str head)
{
	const struct parser *p = parser_find(format);
	struct cry cry;

	if (p == NULL)
		say(g, PROBLEM_NOT_RECOGNISED, 0, "there is no format `%.*s`",
			STR_FMT(format));
	else if ((p->sniff ? p->sniff(head) : 0) <= CRY_MOST && cry_find(head, &cry))
		keep_cry(g, &cry);
	return p;
}

/*
 * Which parser reads it; NULL: none, and the report's problem says why. A cry outranks a
 * parser that is less sure than the cry is.
 */
static const struct parser *
sniffed_parser(struct reading *g, struct str head)
{
	const struct parser *p, *tie = NULL;
	struct cry cry;
	int score = 0;

	p = parser_sniff(head, &score, &tie);
	if (score <= CRY_MOST && cry_find(head, &cry) && (p == NULL || cry.score > score)) {
		keep_cry(g, &cry);
		report_cry(g);
		return NULL;
	}
	if (p == NULL)
		not_recognised(g, tie, head);
	return p;
}

static void
add_source_problem(struct reading *g)
{
	const char *why = source_why(g->in);

	switch (source_status(g->in)) {
	case SOURCE_OK:
		break;
	case SOURCE_MISSING:
		g->r->absent = true;
		say(g, PROBLEM_MISSING, 0, "%s", why);
		break;
	case SOURCE_UNREADABLE:
		if (source_bytes(g->in))
			say(g, PROBLEM_TRUNCATED, 0, "can't be read to its end: %s", why);
		else
			say(g, PROBLEM_MISSING, 0, "can't be read: %s", why);
		break;
	case SOURCE_TRUNCATED:
		say(g, PROBLEM_TRUNCATED, 0, "%s", why);
		break;
	case SOURCE_MALFORMED:
		say(g, PROBLEM_MALFORMED, 0, "%s", why);
		break;
	case SOURCE_OVER_LIMIT:
		say(g, PROBLEM_OVER_LIMIT, 0, "%s", why);
		break;
	}
}

/* What decoding had to change: a note, unless a record may have been lost by it. */
static void
add_encoding_notes(struct reading *g)
{
	unsigned long n = source_replaced(g->in), cut = source_cut_lines(g->in);

	if (source_wrong_encoding(g->in))
		say(g, PROBLEM_ENCODING, 1,
			"it is not in the encoding that it declares; the bytes decided");
	if (n)
		say(g, PROBLEM_ENCODING, source_replaced_line(g->in),
			"%lu %s replaced: control characters, or bytes that are no text", n,
			n == 1 ? "character was" : "characters were");
	if (cut && g->r->has_declared) /* its own totals show that nothing is lost */
		say(g, PROBLEM_ENCODING, 0, "%lu %s longer than %u bytes, and cut",
			cut, cut == 1 ? "line is" : "lines are", MAX_LINE_BYTES);
	else if (cut)
		say(g, PROBLEM_OVER_LIMIT, 0, "%lu %s longer than %u bytes, and cut",
			cut, cut == 1 ? "line is" : "lines are", MAX_LINE_BYTES);
}

/* The parser may stop at its format's end; damage behind that still counts. */
static void
drain(struct source *in)
{
	char p[4096];

	while (source_read(in, p, sizeof(p)))
		;
}

static bool
found_nothing(const struct report *r)
{
	return r->total == 0 && r->synthetic == 0 && r->issue_total == 0 && !r->clean &&
	       !r->has_declared;
}

static void
parse(struct reading *g)
{
	int rc = g->own ? own_read(g->own, g->in, &g->sink)
			: g->parser->parse(g->in, &g->sink);

	if (rc == 0)
		drain(g->in);
	if (g->cry.n && found_nothing(g->r)) {
		g->sink.forget(g->sink.ctx); /* what a parser says of a text that is not its own */
		report_cry(g);
		rc = 0;
	}
	add_source_problem(g);
	if (rc != 0 && !g->r->broken)
		say(g, PROBLEM_MALFORMED, 0, "it could not be read to its end");
	add_encoding_notes(g);
}

/* A format of the policy's own: it is what it is called. */
static void
read_own(struct reading *g, struct str head)
{
	struct cry cry;

	g->r->format = g->own->name;
	g->r->kind = g->own->kind;
	g->r->tool = g->own->tool;
	if (cry_find(head, &cry))
		keep_cry(g, &cry);
}

/*
 * Our own JUnit or SARIF of an earlier run, left where the reports are: what passed then would
 * stand for a report that did not come.
 */
static bool
is_ours(struct str head)
{
	return (str_has(head, "<testsuite name=\"Regression Gate\"") &&
		str_has(head, "<property name=\"gate.tests\"")) ||
	       (str_has(head, "\"automationDetails\"") &&
		str_has(head, "\"id\": \"regression-gate/"));
}

static void
read_open(struct reading *g, struct str format, bool refuse_ours)
{
	struct str head = source_head(g->in);

	if (source_status(g->in) != SOURCE_OK && head.n == 0) {
		add_source_problem(g);
		return;
	}
	if (is_blank(head) && head.n < SNIFF_BYTES / 2) {
		say(g, PROBLEM_EMPTY, 0, "%s",
			head.n ? "there is nothing but blanks in it" : "there is nothing in it");
		add_source_problem(g);
		return;
	}
	if (g->own) {
		read_own(g, head);
		parse(g);
		return;
	}
	if (format.n && !str_eqz(format, "auto") && !str_starts(head, LEG_START))
		g->parser = given_parser(g, format, head);
	else
		g->parser = sniffed_parser(g, head);
	if (g->parser == NULL) {
		add_source_problem(g);
		return;
	}
	g->r->format = str_of(g->parser->name);
	g->r->kind = g->parser->kind;
	g->r->tool = str_of(g->parser->tool); /* unless the report says otherwise */
	if (refuse_ours && is_ours(head))
		say(g, PROBLEM_REFUSED, 0, "gate wrote this itself in an earlier run, so it shows "
			"nothing of this one (hint: let `--out` write elsewhere)");
	else
		parse(g);
}

static void
read_source(struct report *r, struct source *in, struct str format,
	const struct collect_options *opt)
{
	struct reading g = { .r = r, .in = in };

	g.own = own_format_find(opt ? opt->formats : NULL, format);
	g.sink = report_sink(r, opt);
	read_open(&g, format, opt && opt->refuse_ours);
	if (source_status(g.in) != SOURCE_MISSING)
		source_digest(g.in, r->sha256);
	source_close(g.in);
	buf_release(&g.cry);
}

static void
read_report(struct report *r, struct str format, const struct collect_options *opt)
{
	read_source(r, source_open(r->open_path), format, opt);
}

/* ---- through the tape ---- */

#define IS_LEG 1 /* of an answer: its text is a leg file's, model/leg.h */

struct same_file {
	struct str path;
	struct tape_answer *answer;
	bool found;
};

static void
see_report(void *ctx, const struct tape_entry *e)
{
	struct same_file *same = ctx;
	struct str path = e->key, rest;

	str_cut(&path, "\n", &rest);
	if (!same->found && str_eq(path, same->path)) {
		same->found = true;
		*same->answer = e->answer;
	}
}

/* As it was read for the same end; by another policy it is what was read of that file. */
static bool
recorded(struct report *r, struct str key, struct tape_answer *a)
{
	struct same_file same = { .path = str_of(r->open_path), .answer = a };

	if (tape_get(TAPE_REPORT, key, a))
		return true;
	if (tape_playing())
		tape_each(TAPE_REPORT, see_report, &same);
	r->read_otherwise = same.found;
	return same.found;
}

static void
restore(struct report *r, const struct tape_answer *a, struct str format,
	const struct collect_options *opt)
{
	if (a->status == IS_LEG) {
		read_source(r, source_of_memory(a->text), format, opt);
		memcpy(r->sha256, a->sha256, sizeof(r->sha256));
		return;
	}
	report_sink(r, opt); /* its collector */
	if (!report_restore(r, a->text, opt, opt->as_recorded))
		report_problem(r, PROBLEM_MALFORMED, 0, "what the bundle recorded of it is broken");
}

static void
record(struct report *r, struct str format, const struct collect_options *opt, struct str key)
{
	struct report_recorder rec = { 0 };
	struct collect_options listening = *opt;
	struct tape_answer a = { 0 };
	struct buf text = BUF_INIT, hidden = BUF_INIT;
	struct err ignored = { 0 };

	listening.recorder = &rec;
	read_report(r, format, &listening);
	report_record_end(&rec, r);
	a.text = buf_str(&rec.out);
	if (opt->leg && *opt->leg) { /* it holds several reports */
		source_slurp(r->open_path, MAX_TAPE_BYTES, &text, NULL, &ignored);
		a.status = IS_LEG;
		/* It lost what its own job knew as secret; this one may know more. */
		a.text = redact(opt->redactor, buf_str(&text), &hidden) ? buf_str(&hidden) :
			buf_str(&text);
		memcpy(a.sha256, r->sha256, sizeof(a.sha256));
	}
	tape_put(TAPE_REPORT, key, &a);
	buf_release(&text);
	buf_release(&hidden);
	report_finish(r); /* what it adds is added again when the rest is restored */
	report_recorder_release(&rec);
}

void
report_read(struct report *r, struct str format, const struct collect_options *opt)
{
	static const struct collect_options none;
	struct buf key = BUF_INIT;
	struct tape_answer a = { 0 };
	bool here;

	opt = opt ? opt : &none;
	here = opt->from_disk;
	buf_addf(&key, "%s\n%.*s\n%.*s\n%llx", r->open_path, STR_FMT(format),
		STR_FMT(opt->root), (unsigned long long)opt->terms);
	if (!here && recorded(r, buf_str(&key), &a)) {
		restore(r, &a, format, opt);
	} else if (!here && tape_playing()) {
		report_sink(r, opt);
		r->absent = true;
		report_problem(r, PROBLEM_MISSING, 0, "it is not in the bundle");
	} else if (!tape_recording()) {
		read_report(r, format, opt);
	}
	if (tape_recording() && a.text.n == 0)
		record(r, format, opt, buf_str(&key));
	else
		report_finish(r);
	buf_release(&key);
}
