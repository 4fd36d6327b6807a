/*
 * sanitizer.c -- reports of the sanitizers of clang and gcc in a program's output:
 * https://github.com/google/sanitizers/wiki
 * https://clang.llvm.org/docs/UndefinedBehaviorSanitizer.html
 *
 *   ==12==ERROR: AddressSanitizer: heap-use-after-free on address 0x6020 at pc ...
 *       #0 0x55d0 in main /src/faults.c:24
 *   SUMMARY: AddressSanitizer: heap-use-after-free /src/faults.c:24 in main
 *   WARNING: ThreadSanitizer: data race (pid=12)
 *   faults.c:30:20: runtime error: shift exponent 32 is too large
 *
 * The place is the first frame in a file that is not the system's. A report without its
 * summary was cut, or the program was killed in it; a leak's each stack is a result.
 */
#include "parsers/parser.h"
#include "parsers/support/lines.h"

struct sanitizer {
	struct lines l;
	bool open;        /* a report's summary is still to come */
	bool leaks;       /* it is one of leaks: its stacks are the results */
	bool waits;       /* a result waits for its place */
	struct buf tool, rule, message, file;
	struct str severity;
	long line, column, at;
	enum level level;
};

static const char *const tools[] = { "AddressSanitizer", "LeakSanitizer", "ThreadSanitizer",
	"MemorySanitizer", "HWAddressSanitizer", "UndefinedBehaviorSanitizer", "DataFlowSanitizer",
	"MemProfiler" };

/* "NAME: rest" of a known tool. */
static bool
take_tool(struct str *s, struct str *tool)
{
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++) {
		struct str rest = *s;

		if (!str_skip(&rest, tools[i]) || !str_skip(&rest, ": "))
			continue;
		*tool = str_of(tools[i]);
		*s = rest;
		return true;
	}
	return false;
}

/* "==12==ERROR: AddressSanitizer: words" or "WARNING: ThreadSanitizer: words" */
static bool
take_start(struct str line, struct str *severity, struct str *tool, struct str *words)
{
	if (str_skip(&line, "==") && (!str_skip_digits(&line) || !str_skip(&line, "==")))
		return false;
	*severity = str_to(line, str_chr(line, ':'));
	if (!str_skip(&line, "ERROR: ") && !str_skip(&line, "WARNING: "))
		return false;
	*words = line;
	return take_tool(words, tool);
}

static bool
take_summary(struct str line, struct str *tool, struct str *words)
{
	*words = line;
	return str_skip(words, "SUMMARY: ") && take_tool(words, tool);
}

static bool
take_runtime_error(struct str line, struct place *p, struct str *words)
{
	*words = line;
	return place_take(words, p) && str_skip(words, "runtime error: ");
}

static bool
is_report(struct str line)
{
	struct str severity, tool, words;
	struct place p;

	return take_start(line, &severity, &tool, &words) || take_summary(line, &tool, &words) ||
		take_runtime_error(line, &p, &words);
}

static int
sanitizer_sniff(struct str head)
{
	return lines_any(head, is_report) ? 89 : 0;
}

static int
flush(struct sanitizer *p)
{
	struct issue_event ev = {
		.tool = buf_str(&p->tool),
		.rule = buf_str(&p->rule),
		.severity = p->severity,
		.message = buf_str(&p->message),
		.file = buf_str(&p->file),
		.line = p->line,
		.column = p->column,
		.at = p->at,
		.level = p->level,
	};

	if (!p->waits)
		return 0;
	p->waits = false;
	return p->l.out->issue(p->l.out->ctx, &ev);
}

static void
keep(struct buf *b, struct str s)
{
	buf_reset(b);
	buf_add(b, s);
}

static int
begin(struct sanitizer *p, struct str tool, struct str rule, struct str message, enum level level)
{
	if (flush(p) < 0)
		return -1;
	keep(&p->tool, tool);
	keep(&p->rule, rule);
	keep(&p->message, message);
	buf_reset(&p->file);
	p->line = p->column = 0;
	p->at = p->l.number;
	p->level = level;
	p->waits = true;
	return 0;
}

/* "heap-use-after-free on address ...", "attempting double-free on ...", "data race (pid=1)" */
static struct str
rule_of(struct str words)
{
	struct str rest;

	str_skip(&words, "attempting ");
	str_cut(&words, " on ", &rest);
	str_cut(&words, " (", &rest);
	return str_to(words, str_chr(words, ':'));
}

static int
take_report(struct sanitizer *p, struct str severity, struct str tool, struct str words)
{
	struct str rest;

	if (flush(p) < 0)
		return -1;
	p->open = true;
	p->severity = str_eqz(severity, "ERROR") ? STR("ERROR") : STR("WARNING");
	p->leaks = str_starts(words, "detected memory leaks");
	if (p->leaks) {
		keep(&p->tool, tool);
		return 0;
	}
	rest = words;
	str_cut(&rest, " at pc ", &words); /* addresses differ from run to run */
	return begin(p, tool, rule_of(rest), rest, LEVEL_HIGH);
}

/* "Direct leak of 8 byte(s) in 1 object(s) allocated from:" */
static bool
is_leak(struct str line)
{
	return (str_starts(line, "Direct leak of ") || str_starts(line, "Indirect leak of ")) &&
		str_ends(line, " allocated from:");
}

static int
take_leak(struct sanitizer *p)
{
	struct str line = p->l.line, tool = STR("LeakSanitizer");

	return begin(p, tool,
		str_starts(line, "Direct") ? STR("direct-leak") : STR("indirect-leak"), line,
		LEVEL_MEDIUM);
}

/* "    #1 0x55d0 in main /src/a.c:12:5", "    #0 main /src/a.c:12 (a.out+0x12)" */
static void
take_frame(struct sanitizer *p)
{
	struct str line = str_trim(p->l.line), rest;
	struct buf b = BUF_INIT;
	struct place place;
	size_t slash;

	if (!p->waits || p->file.n || !str_skip(&line, "#"))
		return;
	str_cut(&line, " (", &rest);
	slash = str_find(line, STR(" /"));
	if (slash == STR_NPOS)
		slash = str_rchr(line, ' ');
	if (slash == STR_NPOS)
		return;
	buf_add(&b, str_from(line, slash + 1));
	buf_addc(&b, ':'); /* a place ends with a colon elsewhere */
	rest = buf_str(&b);
	if (place_take(&rest, &place) && rest.n == 0 && !str_starts(place.path, "/usr/") &&
		!str_has(place.path, "libsanitizer") && !str_has(place.path, "compiler-rt")) {
		keep(&p->file, place.path);
		p->line = place.line;
		p->column = place.column;
	}
	buf_release(&b);
}

static int
sanitizer_line(struct sanitizer *p)
{
	struct str severity, tool, words;
	struct place place;

	if (take_start(p->l.line, &severity, &tool, &words))
		return take_report(p, severity, tool, words);
	if (take_summary(p->l.line, &tool, &words)) {
		p->open = p->leaks = false;
		return flush(p);
	}
	if (take_runtime_error(p->l.line, &place, &words)) {
		p->severity = STR("runtime error");
		if (begin(p, STR("UndefinedBehaviorSanitizer"), STR("undefined-behavior"), words,
			    LEVEL_HIGH) < 0)
			return -1;
		keep(&p->file, place.path);
		p->line = place.line;
		p->column = place.column;
		return flush(p);
	}
	if (p->leaks && is_leak(p->l.line))
		return take_leak(p);
	take_frame(p);
	return 0;
}

static int
sanitizer_parse(struct source *in, const struct sink *out)
{
	struct sanitizer p = { .l = { .in = in, .out = out } };
	int rc = 0;

	while (rc == 0 && lines_next(&p.l))
		rc = sanitizer_line(&p);
	if (rc == 0)
		rc = flush(&p);
	if (rc == 0 && p.open)
		lines_problem(&p.l, PROBLEM_TRUNCATED, "it ends inside a report of %.*s",
			STR_FMT(buf_str(&p.tool)));
	buf_release(&p.tool);
	buf_release(&p.rule);
	buf_release(&p.message);
	buf_release(&p.file);
	return rc;
}

const struct parser parser_sanitizer = {
	.name = "sanitizer",
	.help = "reports of Address-, Leak-, Thread-, Memory- and UndefinedBehaviorSanitizer",
	.kind = KIND_LINT,
	.spec = "https://github.com/google/sanitizers/wiki",
	.sniff = sanitizer_sniff,
	.parse = sanitizer_parse,
	.levels = "high: ERROR, WARNING; medium: leaks",
};
