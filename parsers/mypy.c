/*
 * mypy.c -- mypy's text: https://mypy.readthedocs.io/en/stable/command_line.html
 *
 *   path:line[:column[:end line:end column]]: error: message  [code]
 *   path:line: note: what belongs to the error before it
 *   path: note: In function "f":
 *   Found 3 errors in 1 file (checked 2 source files)
 *   Success: no issues found in 2 source files
 *
 * Notes are attached to the error they follow. mypy has no degrees: an error is high.
 */
#include "gate/base/limits.h"
#include "parsers/parser.h"
#include "parsers/support/lines.h"

struct mypy {
	struct lines l;
	/* The error that waits for its notes. */
	bool waits;
	struct buf path, code, message;
	struct issue_event ev;
	bool wrapped;   /* --pretty: its message goes on until there is a code */
	long errors;    /* since the last summary */
	bool any;       /* errors at all */
	bool modern;    /* some error had a code: this mypy also writes a summary */
	bool context;   /* notes such as: In function "f" */
	bool summary, clean;
};

static bool
is_python(struct str path)
{
	return str_ends(path, ".py") || str_ends(path, ".pyi") || str_ends(path, ".ipynb");
}

/* "path:1: error: ..." or "path: error: ..."; what is left of *s is the message. */
static bool
take_diagnostic(struct str *s, struct place *p, bool *note)
{
	struct str rest = *s, message;

	if (!place_take(&rest, p)) {
		memset(p, 0, sizeof(*p));
		p->path = *s;
		if (!str_cut(&p->path, ": ", &message) || !is_python(p->path) || is_space(s->p[0]))
			return false;
		rest = message;
	}
	*note = str_skip(&rest, "note: ");
	if (!*note && !str_skip(&rest, "error: "))
		return false;
	*s = rest;
	return true;
}

/* Takes "  [code]" from the end of a message. */
static bool
take_code(struct str *message, struct str *code)
{
	size_t open = str_rfind(*message, STR("  ["));

	if (open == STR_NPOS || !str_ends(*message, "]"))
		return false;
	*code = str_n(message->p + open + 3, message->n - open - 4);
	for (size_t i = 0; i < code->n; i++)
		if (!is_lower(code->p[i]) && !is_digit(code->p[i]) && code->p[i] != '-')
			return false;
	*message = str_rtrim(str_to(*message, open));
	return code->n != 0;
}

static bool
is_success(struct str line)
{
	return str_starts(line, "Success: no issues found in ") && str_has(line, " source file");
}

static bool
is_summary(struct str line)
{
	long n;

	return str_skip(&line, "Found ") && count_take(&line, &n) &&
	       (str_starts(line, "errors in ") || str_starts(line, "error in ")) &&
	       str_has(line, " file");
}

static bool
is_coded(struct str line)
{
	struct place p;
	struct str code;
	bool note;

	return take_diagnostic(&line, &p, &note) && is_python(p.path) && take_code(&line, &code);
}

static bool
is_plain(struct str line)
{
	struct place p;
	bool note;

	return take_diagnostic(&line, &p, &note) && is_python(p.path);
}

static int
mypy_sniff(struct str head)
{
	if (lines_any(head, is_success))
		return 95;
	if (lines_any(head, is_summary))
		return 90;
	return lines_any(head, is_coded) ? 85 : lines_any(head, is_plain) ? 70 : 0;
}

static int
flush(struct mypy *p)
{
	int rc;

	if (!p->waits)
		return 0;
	p->waits = p->wrapped = false;
	p->ev.file = buf_str(&p->path);
	p->ev.rule = buf_str(&p->code);
	p->ev.message = buf_str(&p->message);
	rc = p->l.out->issue(p->l.out->ctx, &p->ev);
	return rc;
}

static void
add_message(struct mypy *p, const char *before, struct str text)
{
	if (p->message.n + text.n > MAX_TEXT_KEPT)
		return;
	buf_addz(&p->message, before);
	buf_add(&p->message, text);
}

static int
take_error(struct mypy *p, const struct place *place, bool note, struct str message)
{
	struct str code = STR_NONE;

	if (flush(p) < 0)
		return -1;
	p->modern = take_code(&message, &code) || p->modern;
	buf_reset(&p->path);
	buf_reset(&p->code);
	buf_reset(&p->message);
	buf_add(&p->path, place->path);
	buf_add(&p->code, code);
	buf_add(&p->message, message);
	p->ev = (struct issue_event){
		.severity = note ? STR("note") : STR("error"),
		.level = note ? LEVEL_INFO : LEVEL_HIGH,
		.info_only = note,
		.line = place->line,
		.column = place->column,
		.end_line = place->end_line,
		.at = p->l.number,
	};
	p->waits = true;
	p->wrapped = code.n == 0;
	p->errors += !note;
	p->any = p->any || !note;
	if (str_starts(message, "INTERNAL ERROR"))
		lines_problem(&p->l, PROBLEM_TOOL_FAILED, "mypy crashed");
	return 0;
}

/* A note of the same line belongs to the error before it; others stand for themselves. */
static int
take_note(struct mypy *p, const struct place *place, struct str message)
{
	if (place->line == 0) { /* In function "f": */
		p->context = true;
		return 0;
	}
	if (p->waits && str_eq(buf_str(&p->path), place->path) && p->ev.line == place->line) {
		p->wrapped = false;
		add_message(p, "\nnote: ", message);
		return 0;
	}
	return take_error(p, place, true, message);
}

/* --pretty breaks a message over lines that are not indented, as the source below it is. */
static void
take_wrapped(struct mypy *p)
{
	struct str line = p->l.line, code;

	if (line.n == 0 || is_space(line.p[0]) || lines_cry(&p->l)) {
		p->wrapped = false;
		return;
	}
	if (take_code(&line, &code)) {
		p->wrapped = false;
		p->modern = true;
		buf_add(&p->code, code);
	}
	add_message(p, " ", line);
}

static int
take_summary(struct mypy *p, struct str line)
{
	long n = 0;

	if (flush(p) < 0)
		return -1;
	p->summary = true;
	str_skip(&line, "Found ");
	count_take(&line, &n);
	if (n > p->errors)
		lines_problem(&p->l, PROBLEM_TRUNCATED,
			"mypy counts %ld errors, and %ld of them are here", n, p->errors);
	else if (n < p->errors)
		lines_problem(&p->l, PROBLEM_DECLARED_MISMATCH,
			"mypy counts %ld errors, and %ld are here", n, p->errors);
	p->errors = 0;
	if (str_has(line, "errors prevented further checking"))
		lines_problem(&p->l, PROBLEM_TOOL_FAILED,
			"mypy gave up: errors prevented further checking");
	return 0;
}

static int
mypy_line(struct mypy *p)
{
	struct str message = p->l.line;
	struct place place;
	bool note;

	if (is_success(p->l.line)) {
		p->clean = p->summary = true;
		return flush(p);
	}
	if (is_summary(p->l.line))
		return take_summary(p, p->l.line);
	if (take_diagnostic(&message, &place, &note))
		return note ? take_note(p, &place, message) : take_error(p, &place, false, message);
	if (str_starts(p->l.line, "mypy: ") || str_starts(p->l.line, "There are no .py[i] files")) {
		lines_problem(&p->l, PROBLEM_TOOL_FAILED, "%.*s", STR_FMT(str_to(p->l.line, 300)));
		p->summary = true;
		return 0;
	}
	if (p->waits && p->wrapped)
		take_wrapped(p);
	else if (p->l.line.n && !is_space(p->l.line.p[0]))
		lines_cry(&p->l);
	return 0;
}

static int
mypy_parse(struct source *in, const struct sink *out)
{
	struct mypy p = { .l = { .in = in, .out = out } };
	int rc = 0;

	while (rc == 0 && lines_next(&p.l))
		rc = mypy_line(&p);
	if (rc == 0)
		rc = flush(&p);
	/*
	 * mypy before 0.730 had no summary; it had no codes, and told the context unasked. A last
	 * line without an end proves nothing there: some keep such texts stripped.
	 */
	if (rc == 0 && !p.summary && (p.modern || !p.context || !p.any))
		lines_problem(&p.l, PROBLEM_TRUNCATED, "it ends without mypy's summary");
	if (rc == 0 && p.clean && p.errors == 0)
		out->clean(out->ctx);
	buf_release(&p.path);
	buf_release(&p.code);
	buf_release(&p.message);
	return rc;
}

const struct parser parser_mypy = {
	.name = "mypy",
	.help = "mypy, its text",
	.kind = KIND_LINT,
	.tool = "mypy",
	.spec = "https://mypy.readthedocs.io/en/stable/command_line.html",
	.sniff = mypy_sniff,
	.parse = mypy_parse,
	.levels = "high: error; info: note",
};
