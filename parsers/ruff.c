/*
 * ruff.c -- the texts of `ruff check`: https://docs.astral.sh/ruff/settings/#output-format
 *
 * concise   path:1:8: F401 [*] `os` imported but unused
 * full      the same with the source below it; since 0.13 a heading and a place:
 *               F401 [*] `os` imported but unused
 *                --> path:1:8
 * grouped   "path:" and "  1:8 F401 [*] ..." below it
 *
 * and `ruff format --check` (Would reformat: path). In all of them: "Found 3 errors.", "All
 * checks passed!". ruff has no degrees and calls all of it errors: high; layout is low.
 */
#include "gate/base/num.h"
#include "parsers/parser.h"
#include "parsers/support/lines.h"

struct ruff {
	struct lines l;
	/* A heading of the full text that waits for its place. */
	bool waits;
	struct buf rule, message, severity;
	long at;
	struct buf group;     /* the file of a grouped text */
	long found;           /* since the last summary */
	bool summary, clean, layout;
};

/* "F401 [*] message", "invalid-syntax: message", "SyntaxError: message" */
static bool
take_rule(struct str *s, struct str *rule)
{
	static const char *const syntax[] = { "invalid-syntax: ", "SyntaxError: " };
	struct str rest = *s;

	for (size_t i = 0; i < 2; i++) {
		if (str_skip(&rest, syntax[i])) {
			*rule = STR("invalid-syntax");
			*s = rest;
			return true;
		}
	}
	if (!code_take(&rest, rule) || !str_skip(&rest, " "))
		return false;
	str_skip(&rest, "[*] ");
	*s = str_trim(rest);
	return s->n != 0;
}

/* "error[F401][*]: message" and "error: [F401] ..." of newer headings; *word is "error". */
static bool
take_degree(struct str *s, struct str *rule, struct str *word)
{
	static const char *const words[] = { "error[", "warning[", "info[" };
	struct str rest = *s, after;

	for (size_t i = 0; i < 3; i++) {
		if (!str_skip(&rest, words[i]))
			continue;
		*word = str_n(words[i], strlen(words[i]) - 1);
		*rule = rest;
		if (!str_cut(rule, "]", &after) || rule->n == 0)
			return false;
		str_skip(&after, "[*]");
		if (!str_skip(&after, ": "))
			return false;
		*s = str_trim(after);
		return true;
	}
	return false;
}

/* " --> path:1:8" */
static bool
take_arrow(struct str line, struct place *p)
{
	struct buf b = BUF_INIT;
	struct str s;
	bool ok;

	line = str_trim(line);
	if (!str_skip(&line, "--> "))
		return false;
	buf_add(&b, line);
	buf_addc(&b, ':'); /* a place ends with a colon elsewhere */
	s = buf_str(&b);
	ok = place_take(&s, p) && s.n == 0;
	p->path = str_to(line, p->path.n);
	buf_release(&b);
	return ok;
}

static bool
is_found(struct str line, long *left)
{
	struct str rest;
	long n;

	if (!str_skip(&line, "Found ") || !count_take(&line, &n))
		return false;
	if (str_eqz(line, "error.") || str_eqz(line, "errors.")) {
		*left = n;
		return true;
	}
	/* errors (2 fixed, 1 remaining). */
	if (!str_ends(line, " remaining).") || !str_cut(&line, " fixed, ", &rest))
		return false;
	return count_take(&rest, left);
}

static bool
is_concise(struct str line)
{
	struct place p;
	struct str rule;

	return place_take(&line, &p) && p.column && take_rule(&line, &rule);
}

static bool
is_arrow(struct str line)
{
	struct place p;

	return str_starts(line, " ") && take_arrow(line, &p);
}

static bool
is_summary(struct str line)
{
	long n;

	return is_found(line, &n) || str_eqz(line, "All checks passed!");
}

static bool
is_fixable(struct str line)
{
	return (str_starts(line, "[*] ") && str_has(line, " fixable with the `--fix` option")) ||
	       (str_starts(line, "No fixes available (") && str_has(line, "--unsafe-fixes"));
}

static bool
is_layout(struct str line)
{
	return str_starts(line, "Would reformat: ");
}

/* "2 files would be reformatted, 3 files already formatted" */
static bool
is_layout_summary(struct str line)
{
	long n;

	return count_take(&line, &n) &&
		(str_starts(line, "file would be reformatted") ||
			str_starts(line, "files would be reformatted") ||
			str_starts(line, "file already formatted") ||
			str_starts(line, "files already formatted"));
}

/* A heading of the full text: a rule, then words; the arrow below it is what proves it. */
static bool
is_heading(struct str line)
{
	struct str rule, word;

	return take_rule(&line, &rule) || take_degree(&line, &rule, &word);
}

static int
ruff_sniff(struct str head)
{
	if (lines_any(head, is_fixable) || lines_any(head, is_summary) ||
		lines_any(head, is_layout))
		return 90;
	if (lines_any(head, is_arrow) && lines_any(head, is_heading))
		return 85;
	/* flake8 writes the same lines: without ruff's own words it may be either. */
	if (lines_any(head, is_concise) && (str_has(head, "[*] `") || str_has(head, "= help: ")))
		return 80;
	return lines_any(head, is_layout_summary) ? 70 : 0;
}

static int
send(struct ruff *p, struct issue_event *ev, const struct place *place)
{
	ev->file = str_to(place->path, str_find(place->path, STR(":cell "))); /* of a notebook */
	ev->line = place->line;
	ev->column = place->column;
	p->found++;
	return p->l.out->issue(p->l.out->ctx, ev);
}

static enum level
level_of(struct str word)
{
	if (str_eqz(word, "warning"))
		return LEVEL_MEDIUM;
	return str_eqz(word, "info") ? LEVEL_INFO : LEVEL_HIGH;
}

static int
take_concise(struct ruff *p, struct str line)
{
	struct issue_event ev = {
		.severity = STR("error"), .level = LEVEL_HIGH, .at = p->l.number
	};
	struct place place;

	place_take(&line, &place);
	take_rule(&line, &ev.rule);
	ev.message = line;
	return send(p, &ev, &place);
}

static void
take_heading(struct ruff *p, struct str line)
{
	struct str rule = STR_NONE, word = STR("error");

	if (!take_degree(&line, &rule, &word))
		take_rule(&line, &rule);
	buf_reset(&p->rule);
	buf_reset(&p->message);
	buf_reset(&p->severity);
	buf_add(&p->rule, rule);
	buf_add(&p->message, line);
	buf_add(&p->severity, word);
	p->at = p->l.number;
	p->waits = true;
}

static int
take_place(struct ruff *p, const struct place *place)
{
	struct issue_event ev = {
		.rule = buf_str(&p->rule),
		.message = buf_str(&p->message),
		.severity = buf_str(&p->severity),
		.level = level_of(buf_str(&p->severity)),
		.at = p->at,
	};

	p->waits = false;
	return send(p, &ev, place);
}

/* "  1:8 F401 [*] message" below "path:" */
static bool
take_grouped(struct str line, struct place *place, struct str *rule, struct str *message)
{
	struct str rest = str_trim(line), number;

	memset(place, 0, sizeof(*place));
	if (!str_starts(line, "  ") || !str_cut(&rest, " ", message))
		return false;
	if (!str_cut(&rest, ":", &number) || !num_long(rest, 1, 1000000000, &place->line) ||
	    !num_long(number, 1, 1000000000, &place->column))
		return false;
	*message = str_trim(*message);
	return take_rule(message, rule);
}

static int
take_layout(struct ruff *p, struct str line)
{
	struct issue_event ev = {
		.severity = STR("error"),
		.level = LEVEL_LOW,
		.rule = STR("format"),
		.at = p->l.number,
		.message = STR("Would reformat"),
	};
	struct place place = { .path = line };

	p->layout = true;
	str_skip(&place.path, "Would reformat: ");
	return send(p, &ev, &place);
}

static void
take_found(struct ruff *p, long left)
{
	p->summary = true;
	if (left > p->found)
		lines_problem(&p->l, PROBLEM_TRUNCATED,
			"ruff counts %ld errors, and %ld of them are here", left, p->found);
	else if (left < p->found)
		lines_problem(&p->l, PROBLEM_DECLARED_MISMATCH,
			"ruff counts %ld errors, and %ld are here", left, p->found);
	p->clean = p->clean || left == 0;
	p->found = 0;
}

/* What ruff says on standard error, when both were caught. */
static void
take_other(struct ruff *p, struct str line)
{
	if (str_starts(line, "warning: No Python files found"))
		lines_problem(&p->l, PROBLEM_NOTHING_RAN, "ruff found no Python files");
	else if (lines_cry(&p->l))
		return;
	else if (str_starts(line, "error: ") || str_eqz(line, "ruff failed"))
		lines_problem(&p->l, PROBLEM_TOOL_FAILED, "%.*s", STR_FMT(str_to(line, 300)));
}

static int
ruff_line(struct ruff *p)
{
	struct issue_event ev = {
		.severity = STR("error"), .level = LEVEL_HIGH, .at = p->l.number
	};
	struct str line = p->l.line;
	struct place place;
	long left;

	if (p->waits && take_arrow(line, &place))
		return take_place(p, &place);
	if (is_concise(line))
		return take_concise(p, line);
	if (is_heading(line)) {
		take_heading(p, line);
	} else if (is_found(line, &left)) {
		take_found(p, left);
	} else if (str_eqz(line, "All checks passed!")) {
		p->clean = p->summary = true;
	} else if (is_layout(line)) {
		return take_layout(p, line);
	} else if (is_layout_summary(line)) {
		p->summary = true;
		p->clean = p->clean || !str_has(line, "would be reformatted");
		p->found = 0;
	} else if (p->group.n && take_grouped(line, &place, &ev.rule, &ev.message)) {
		place.path = buf_str(&p->group);
		return send(p, &ev, &place);
	} else if (str_ends(line, ":") && !is_space(line.p[0])) {
		buf_reset(&p->group);
		buf_add(&p->group, str_to(line, line.n - 1));
	} else if (line.n && !is_space(line.p[0]) && !is_digit(line.p[0])) {
		take_other(p, line);
	}
	return 0;
}

static int
ruff_parse(struct source *in, const struct sink *out)
{
	struct ruff p = { .l = { .in = in, .out = out } };
	int rc = 0;

	while (rc == 0 && lines_next(&p.l))
		rc = ruff_line(&p);
	if (rc == 0 && (p.found || !p.summary))
		lines_problem(&p.l, PROBLEM_TRUNCATED, "it ends without ruff's summary");
	else if (rc == 0 && p.clean && !p.layout)
		out->clean(out->ctx);
	buf_release(&p.rule);
	buf_release(&p.message);
	buf_release(&p.severity);
	buf_release(&p.group);
	return rc;
}

const struct parser parser_ruff = {
	.name = "ruff",
	.help = "ruff check (full, concise, grouped) and ruff format --check, their texts",
	.kind = KIND_LINT,
	.tool = "ruff",
	.spec = "https://docs.astral.sh/ruff/settings/#output-format",
	.sniff = ruff_sniff,
	.parse = ruff_parse,
	.levels = "high: error; medium: warning; low: a file to be formatted; info: info",
};
