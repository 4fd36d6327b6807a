/*
 * valgrind_text.c -- what valgrind prints without --xml, of Memcheck, Helgrind and DRD:
 * https://valgrind.org/docs/manual/manual-core.html#manual-core.comment
 *
 *   ==9945== Invalid read of size 1
 *   ==9945==    at 0x109235: main (faults.c:24)
 *   ==9945==  Address 0x4a43040 is 0 bytes inside a block of size 8 free'd
 *
 * Kinds are called what the XML calls them. Each process ends with an ERROR SUMMARY that counts
 * its errors: one without it was cut, and one that counts more than is here lost some.
 */
#include "gate/base/num.h"
#include "parsers/parser.h"
#include "parsers/support/lines.h"

static const struct kind {
	const char *words; /* in the first line of an error */
	const char *rule;
	enum level level;
} kinds[] = {
	{ "Invalid free()", "InvalidFree", LEVEL_HIGH },
	{ "Mismatched free()", "MismatchedFree", LEVEL_HIGH },
	{ "Invalid read of size", "InvalidRead", LEVEL_HIGH },
	{ "Invalid write of size", "InvalidWrite", LEVEL_HIGH },
	{ "Jump to the invalid address", "InvalidJump", LEVEL_HIGH },
	{ "Source and destination overlap", "Overlap", LEVEL_HIGH },
	{ "Conditional jump or move depends", "UninitCondition", LEVEL_HIGH },
	{ "Use of uninitialised value", "UninitValue", LEVEL_HIGH },
	{ "Syscall param ", "SyscallParam", LEVEL_HIGH },
	{ "has a fishy", "FishyValue", LEVEL_MEDIUM },
	{ "are definitely lost", "Leak_DefinitelyLost", LEVEL_MEDIUM },
	{ "are indirectly lost", "Leak_IndirectlyLost", LEVEL_MEDIUM },
	{ "are possibly lost", "Leak_PossiblyLost", LEVEL_LOW },
	{ "are still reachable", "Leak_StillReachable", LEVEL_INFO },
	{ "Possible data race", "Race", LEVEL_HIGH },
	{ "Conflicting load by thread", "ConflictingAccess", LEVEL_HIGH },
	{ "Conflicting store by thread", "ConflictingAccess", LEVEL_HIGH },
	{ "unlocked a not-locked lock", "UnlockUnlocked", LEVEL_HIGH },
	{ "unlocked lock at", "UnlockForeign", LEVEL_HIGH },
	{ "lock order", "LockOrder", LEVEL_MEDIUM },
	{ "Process terminating with default action of signal", "FatalSignal", LEVEL_CRITICAL },
};

/* Texts with a stack below them that are no errors of their own. */
static const char *const others[] = { "This conflicts with ", "Thread #", "Required order ",
	"followed by ", "Other segment ", "Location ", "Address " };

struct valgrind_text {
	struct lines l;
	bool open, aside;        /* an error's block; its frames are no longer its own place */
	bool framed;
	bool skips;              /* up to the next blank line: what belongs to the error before */
	struct buf message, file;
	long line, at;
	const struct kind *kind; /* NULL: one that nobody knows */
	struct str pid;
	char pid_text[24];
	long started, ended, found, declared;
};

/* "==123== text" */
static bool
take_pid(struct str *s, struct str *pid)
{
	struct str rest = *s;

	if (!str_skip(&rest, "=="))
		return false;
	*pid = rest;
	pid->n = str_skip_digits(&rest);
	if (pid->n == 0 || pid->n > 20 || !str_skip(&rest, "=="))
		return false;
	str_skip(&rest, " ");
	*s = rest;
	return true;
}

static bool
is_banner(struct str s)
{
	return str_starts(s, "Memcheck, ") || str_starts(s, "Helgrind, ") ||
		str_starts(s, "drd, ");
}

static int
flush(struct valgrind_text *v)
{
	const struct kind *k = v->kind;
	struct issue_event ev = { .rule = str_of(k ? k->rule : "Error"),
		.severity = str_of(k ? k->rule : "Error"),
		.level = k ? k->level : LEVEL_HIGH, .message = buf_str(&v->message),
		.file = buf_str(&v->file), .line = v->line, .at = v->at };
	bool sent = v->open && (k || v->framed);

	v->open = v->aside = v->framed = false;
	if (!sent)
		return 0;
	/* A signal is not among the errors that the summary counts. */
	v->found += k == NULL || strcmp(k->rule, "FatalSignal") != 0;
	return v->l.out->issue(v->l.out->ctx, &ev);
}

static void
open_block(struct valgrind_text *v, struct str s)
{
	v->open = true;
	v->aside = v->framed = false;
	v->kind = NULL;
	v->line = 0;
	v->at = v->l.number;
	buf_reset(&v->file);
	buf_reset(&v->message);
	buf_add(&v->message, s);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!str_has(s, kinds[i].words))
			continue;
		v->kind = &kinds[i];
		return;
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		v->skips = v->skips || str_starts(s, others[i]);
	v->open = !v->skips;
}

/* "   at 0x109235: main (faults.c:24)" */
static void
take_frame(struct valgrind_text *v, struct str s)
{
	size_t open = str_rchr(s, '('), colon = str_rchr(s, ':');
	struct str digits;
	long line;

	v->framed = true;
	if (v->aside || v->file.n || open == STR_NPOS || colon == STR_NPOS || colon < open ||
		!str_ends(s, ")"))
		return;
	digits = str_n(s.p + colon + 1, s.n - colon - 2);
	if (!num_long(digits, 1, 1000000000L, &line))
		return;
	digits = str_n(s.p + open + 1, colon - open - 1);
	if (str_has(digits, "vg_replace_") || str_has(digits, "_intercepts.c"))
		return;
	buf_add(&v->file, digits);
	v->line = line;
}

/* "ERROR SUMMARY: 1 errors from 1 contexts (suppressed: 0 from 0)" */
static void
take_summary(struct valgrind_text *v, struct str s)
{
	struct str rest, digits;
	long n;

	v->ended++;
	if (!str_cut(&s, " errors from ", &rest))
		return;
	digits = rest;
	digits.n = str_skip_digits(&rest);
	if (num_long(digits, 0, 1000000000L, &n))
		v->declared += n;
}

static int
take_text(struct valgrind_text *v, struct str s)
{
	struct str inner = str_trim(s);

	if (inner.n == 0) {
		v->skips = false;
		return flush(v);
	}
	if (v->skips)
		return 0;
	if (str_starts(inner, "at 0x") || str_starts(inner, "by 0x")) {
		if (v->open)
			take_frame(v, inner);
		return 0;
	}
	if (is_space(s.p[0])) { /* where the memory came from */
		v->aside = v->aside || v->framed;
		return 0;
	}
	if (v->open && !v->framed && v->kind) /* "Locks held: none" */
		return 0;
	if (v->open && v->framed && str_starts(inner, "Block was alloc'd"))
		return 0;
	if (flush(v) < 0)
		return -1;
	if (is_banner(inner))
		v->started++;
	else if (str_starts(inner, "ERROR SUMMARY: "))
		take_summary(v, inner);
	else if (!str_ends(inner, ":") && inner.p[0] != '-')
		open_block(v, inner);
	return 0;
}

static int
take_line(struct valgrind_text *v)
{
	struct str s = v->l.line, pid;

	if (!take_pid(&s, &pid)) {
		if (!is_space(s.n ? s.p[0] : ' ') && v->started == 0)
			lines_cry(&v->l);
		return 0;
	}
	/* Another process's lines between: its block is its own. */
	if (!str_eq(pid, v->pid)) {
		if (flush(v) < 0)
			return -1;
		memcpy(v->pid_text, pid.p, pid.n);
		v->pid = str_n(v->pid_text, pid.n);
	}
	return take_text(v, s);
}

static void
finish(struct valgrind_text *v)
{
	if (v->started == 0 && v->ended == 0)
		lines_problem(&v->l, PROBLEM_NOT_RECOGNISED, "no run of valgrind is in it");
	else if (v->ended < v->started || v->ended == 0)
		lines_problem(&v->l, PROBLEM_TRUNCATED,
			"it ends without the ERROR SUMMARY of every run");
	else if (v->declared > v->found)
		lines_problem(&v->l, PROBLEM_TRUNCATED,
			"it counts %ld errors, and %ld are in it", v->declared, v->found);
	else if (v->found == 0)
		v->l.out->clean(v->l.out->ctx);
}

static int
valgrind_text_parse(struct source *in, const struct sink *out)
{
	struct valgrind_text v = { .l = { .in = in, .out = out } };
	int rc = 0;

	while (rc == 0 && lines_next(&v.l))
		rc = take_line(&v);
	if (rc == 0)
		rc = flush(&v);
	if (rc == 0)
		finish(&v);
	buf_release(&v.message);
	buf_release(&v.file);
	return rc;
}

static bool
is_valgrind(struct str line)
{
	struct str pid;

	return take_pid(&line, &pid) && (is_banner(line) || str_starts(line, "Using Valgrind-") ||
		str_starts(line, "ERROR SUMMARY: "));
}

static int
valgrind_text_sniff(struct str head)
{
	return lines_any(head, is_valgrind) ? 92 : 0;
}

const struct parser parser_valgrind_text = {
	.name = "valgrind-text",
	.help = "valgrind, its text: Memcheck, Helgrind, DRD",
	.kind = KIND_LINT,
	.tool = "valgrind",
	.spec = "https://valgrind.org/docs/manual/manual-core.html#manual-core.comment",
	.sniff = valgrind_text_sniff,
	.parse = valgrind_text_parse,
	.levels = "by kind, as valgrind",
};
