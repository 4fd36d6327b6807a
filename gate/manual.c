/* manual.c -- gate(1) in the macros of man(7), from the command tables; see manual.h. */
#include "gate/manual.h"

#include "gate/base/release.h"

/* Text as roff reads it: a backslash and a dot or quote at the front of a line mean something. */
static void
put_line(struct buf *out, struct str line)
{
	if (str_starts(line, ".") || str_starts(line, "'"))
		buf_addz(out, "\\&");
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] == '\\')
			buf_addz(out, "\\e");
		else if (line.p[i] == '-')
			buf_addz(out, "\\-");
		else if (line.p[i] == '`')
			buf_addz(out, "\\(ga");
		else
			buf_addc(out, line.p[i]);
	}
	buf_addc(out, '\n');
}

/* A command's paragraph keeps its lines: it is laid out for a terminal. */
static void
put_about(struct buf *out, const char *about)
{
	struct str all = str_trim(str_of(about)), line;

	buf_addz(out, ".PP\n.nf\n");
	while (str_line(&all, &line))
		if (line.n)
			put_line(out, line);
		else
			buf_addz(out, ".sp\n");
	buf_addz(out, ".fi\n");
}

static void
put_option(struct buf *out, const struct option *o)
{
	struct buf left = BUF_INIT;

	if (o->letter)
		buf_addf(&left, "-%c, ", o->letter);
	buf_addf(&left, "--%s", o->name);
	if (o->arg)
		buf_addf(&left, " %s", o->arg);
	buf_addz(out, ".TP\n");
	put_line(out, buf_str(&left));
	put_line(out, str_of(o->help));
	if (o->many)
		buf_addz(out, "(may be repeated)\n");
	buf_release(&left);
}

static void
put_command(struct buf *out, const struct command *c)
{
	struct buf line = BUF_INIT;

	buf_addf(out, ".SS gate %s\n", c->name);
	buf_addf(&line, "gate %s %s", c->name, c->usage);
	buf_addz(out, ".nf\n");
	put_line(out, str_trim(buf_str(&line)));
	buf_addz(out, ".fi\n.PP\n");
	put_line(out, str_of(c->help));
	if (c->about)
		put_about(out, c->about);
	for (const struct option *o = c->options; o->name; o++)
		put_option(out, o);
	buf_release(&line);
}

struct entry {
	const char *left, *right;
};

static void
put_entries(struct buf *out, const struct entry *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_addz(out, ".TP\n");
		put_line(out, str_of(list[i].left));
		put_line(out, str_of(list[i].right));
	}
}

static const struct entry statuses[] = {
	{ "0", "pass; warnings and notes end here too" },
	{ "1", "the policy is violated" },
	{ "2", "the command line, the policy or a register is invalid; nothing was judged" },
	{ "3", "inconclusive: no violation seen, but an input is missing, unreadable or "
	       "incomplete, or the program failed" },
	{ "4", "judged 0, but not delivered, where the policy says delivery.required" },
};

static const struct entry variables[] = {
	{ "GATE_TOKEN, GITHUB_TOKEN, GITLAB_TOKEN",
	  "the token of `gate post` and `gate fetch`; nothing else reads it" },
	{ "GITHUB_*, RUNNER_*, GITLAB_CI, CI_*",
	  "which build this is, as the forges set them; `gate env` shows what was detected" },
	{ "GATE_SLEEP_SCALE", "multiplies every wait between two requests; 1" },
	{ "HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE", "as curl(1) reads them" },
	{ "NO_COLOR, TERM, COLUMNS", "how a terminal is written to" },
	{ "TMPDIR", "where files stand that are needed for a moment" },
};

static const struct entry files[] = {
	{ "gate.yaml",
	  "the policy; searched from the working folder up to the repository's root" },
	{ "gate.tests.yaml", "the policy's own test cases, for `gate policy test`" },
};

#define N(list) (sizeof(list) / sizeof((list)[0]))

void
manual_write(struct buf *out)
{
	buf_addz(out, ".\\\" Made by `gate list man` from the command tables.\n");
	buf_addz(out, ".TH GATE 1 \"" GATE_RELEASED "\" \"gate " GATE_VERSION "\" "
		"\"Regression Gate\"\n.SH NAME\n"
		"gate \\- decide whether a CI pipeline may pass\n.SH SYNOPSIS\n.B gate\n"
		".I command\n[\\fIoption\\fR ...] [\\fIargument\\fR ...]\n.SH DESCRIPTION\n"
		"Reads test, lint and scan reports, maps every failure to the findings that a\n"
		"team keeps in its audits, backlogs and waiver lists, judges by a policy, and\n"
		"says why.\n"
		"A report that is missing, cut or contradictory is never a pass.\n"
		"Evidence is graded and shown. The same inputs give the same bytes.\n"
		".SH COMMANDS\n");
	for (size_t i = 0; commands[i]; i++)
		put_command(out, commands[i]);
	buf_addz(out, ".SH \"EXIT STATUS\"\nOf\n.BR \"gate run\" :\n");
	put_entries(out, statuses, N(statuses));
	buf_addz(out, ".PP\n1 outranks 3. Nothing unexpected ever ends in 0.\n.SH ENVIRONMENT\n");
	put_entries(out, variables, N(variables));
	buf_addz(out, ".PP\nLocale and time zone change nothing.\n.SH FILES\n");
	put_entries(out, files, N(files));
	buf_addz(out, ".SH EXAMPLES\n.nf\n");
	put_line(out, STR("gate run build/test-results/*.xml"));
	put_line(out, STR("gate run --runner-exit unit=1 --out json=decision.json"));
	put_line(out, STR("gate explain tests/test_stock.py::test_take"));
	buf_addz(out, ".fi\n");
}
