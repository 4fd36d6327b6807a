/* xmlmap_send.c -- a record's fields become one event; see xmlmap.h. */
#include "gate/base/num.h"
#include "gate/base/utf8.h"
#include "parsers/support/xmlmap_parts.h"

#define MOST 1000000000L /* of a line or a total */

static long
number(struct xml_reader *r, struct xml_frame *f, enum xml_field field, long otherwise)
{
	long n;

	return num_long(xml_field(r, f, field), 0, MOST, &n) ? n : otherwise;
}

static long
total(struct xml_reader *r, struct xml_frame *f, enum xml_field field)
{
	long sum = -1, n;

	for (const struct xml_alt *a = f->def->field[field]; a; a = a->next) {
		if (!num_long(xml_alt_text(r, f, a, field), 0, MOST, &n))
			continue;
		sum = sum < 0 ? n : sum + n;
		if (!f->def->parts[field])
			break;
	}
	return sum;
}

/* ---- tables ---- */

static bool
one_of(struct str value, const char *words)
{
	struct str s = str_of(words), rest;

	if (value.n == 0)
		return s.n == 0;
	do {
		str_cut(&s, "|", &rest);
		if (s.n && s.p[0] == '~' ? str_ifind(value, str_from(s, 1)) != STR_NPOS :
		    str_eqz(s, "*") || str_ieq(s, value))
			return true;
		s = rest;
	} while (rest.n);
	return false;
}

/* What the conditions of a record say; false: it is none. */
static bool
judge(struct xml_reader *r, struct xml_frame *f, bool *suppressed, bool *info)
{
	const struct xml_when *w = f->def->r->when;

	for (int i = 0; w && w[i].path; i++) {
		struct str value = xml_first_text(r, f, f->def->when[i], F_VALUE);
		bool holds = one_of(value, w[i].words);

		f->def->when_seen |= value.n ? 1ul << i : 0;

		if (w[i].then == XML_DROP ? holds : w[i].then == XML_KEEP && !holds)
			return false;
		*suppressed = *suppressed || (holds && w[i].then == XML_SUPPRESSED);
		*info = *info || (holds && w[i].then == XML_INFO);
	}
	return true;
}

static bool
look_up(const struct xml_word *t, struct str word, int *means)
{
	for (; t && t->word; t++) {
		if (str_ieqz(word, t->word)) {
			*means = t->means;
			return true;
		}
	}
	return false;
}

/* CVSS v3's bands: https://www.first.org/cvss/v3.1/specification-document, section 5. */
static enum level
level_of_score(double score)
{
	return score >= 9 ? LEVEL_CRITICAL : score >= 7 ? LEVEL_HIGH : score >= 4 ? LEVEL_MEDIUM :
		score > 0 ? LEVEL_LOW : LEVEL_INFO;
}

static enum level
level_of(const struct xml_record *d, struct str word, struct str score)
{
	enum level l = LEVEL_UNKNOWN;
	double n;
	int means;

	if (look_up(d->levels, word, &means))
		return (enum level)means;
	if (num_double(word, &n))
		return level_of_score(n);
	if (word.n)
		l = level_of_word(word);
	if (l == LEVEL_UNKNOWN && num_double(score, &n))
		return level_of_score(n);
	return l;
}

/* ---- events ---- */

static double
seconds_of(struct xml_reader *r, struct xml_frame *f)
{
	double d;

	if (num_seconds(xml_field(r, f, F_SECONDS), &d))
		return d;
	return num_seconds(xml_field(r, f, F_MILLISECONDS), &d) ? d / 1000 : -1;
}

/* Message and text in one, without saying the same thing twice. */
static void
join_text(struct buf *b, struct str message, struct str text)
{
	buf_reset(b);
	if (str_ifind(text, message) == STR_NPOS) {
		buf_add(b, message);
		if (text.n)
			buf_addc(b, '\n');
	}
	buf_add(b, text);
}

/* Of several places, the first whose word is known. */
static enum outcome
outcome_of(struct xml_reader *r, struct xml_frame *f, struct buf *unknown)
{
	struct str word = STR_NONE, s;
	int means;

	for (const struct xml_alt *a = f->def->field[F_OUTCOME]; a; a = a->next) {
		s = xml_alt_text(r, f, a, F_OUTCOME);
		if (look_up(f->def->r->outcomes, s, &means))
			return (enum outcome)means;
		word = s.n ? s : word;
	}
	buf_addf(unknown, "its outcome is \"%.*s\", which this format does not know",
		STR_FMT(utf8_head(word, 100)));
	return OUT_ERROR;
}

static void
place_failure(struct xml_reader *r, struct test_event *ev)
{
	struct buf *b = &r->made[F_LINE];
	bool java = ev->dialect == DIALECT_JAVA && ev->file.n == 0;
	struct str file = ev->file;

	buf_reset(b);
	if (java)
		file = failure_java_file(b, ev->class);
	/* Java: a frame of the assertion library is no place. */
	if (!failure_place(ev->text, file, ev->dialect, &ev->place, &ev->place_line) ||
	    (java && !str_eq(str_basename(file), str_basename(ev->place))))
		ev->place = STR_NONE;
}

static int
send_test(struct xml_reader *r, struct xml_frame *f, bool whole)
{
	struct prop props[MAX_PROPS_KEPT];
	struct buf unknown = BUF_INIT;
	int rc;
	struct test_event ev = { .at = f->at, .dialect = f->def->r->dialect, .props = props,
		.nprops = f->nprops };
	size_t from = 0;

	ev.outcome = outcome_of(r, f, &unknown);
	if (!whole && (!outcome_bad(ev.outcome) || unknown.n)) {
		buf_release(&unknown);
		return 0;
	}
	ev.id = xml_field(r, f, F_ID);
	ev.name = xml_field(r, f, F_NAME);
	ev.class = xml_field(r, f, F_CLASS);
	ev.file = xml_field(r, f, F_FILE);
	ev.line = number(r, f, F_LINE, 0);
	if (f->place_file.n && ev.file.n == 0) {
		ev.file = buf_str(&f->place_file);
		ev.line = f->place_line;
	}
	ev.type = xml_field(r, f, F_TYPE);
	ev.seconds = seconds_of(r, f);
	for (size_t i = 0; i < f->nprops; i++) {
		props[i].name = str_n(f->props.p + from, f->prop[i][0] - from);
		props[i].value = str_n(f->props.p + f->prop[i][0], f->prop[i][1] - f->prop[i][0]);
		from = f->prop[i][1];
	}
	if (ev.outcome != OUT_PASSED) {
		ev.message = xml_field(r, f, F_MESSAGE);
		join_text(&r->scratch, ev.message, xml_field(r, f, F_TEXT));
		ev.text = buf_str(&r->scratch);
		if (failure_says_nothing(ev.message) && failure_line(ev.text).n)
			ev.message = failure_line(ev.text);
		if (unknown.n && ev.message.n == 0)
			ev.message = ev.text = buf_str(&unknown);
	}
	if (outcome_bad(ev.outcome) && ev.line == 0)
		place_failure(r, &ev);
	ev.suite = xml_field(r, f, F_SUITE);
	rc = xml_out_test(r, f, &ev);
	buf_release(&unknown);
	return rc;
}

static void
name_tool(struct xml_reader *r, struct xml_frame *f, struct issue_event *ev)
{
	const struct xml_record *d = f->def->r;
	struct str version = STR_NONE;

	for (const struct xml_tool *t = d->tools; t && t->prefix; t++) {
		if (!str_istarts(ev->rule, t->prefix))
			continue;
		ev->tool = str_of(t->tool);
		if (t->strip)
			ev->rule = str_from(ev->rule, strlen(t->prefix));
		if (t->versioned)
			version = xml_field(r, f, F_VERSION);
		break;
	}
	if (d->tools && ev->tool.n && !r->named) {
		r->named = true;
		r->out->tool(r->out->ctx, ev->tool, version);
	}
}

static int
send_issue(struct xml_reader *r, struct xml_frame *f, bool suppressed, bool info, bool whole)
{
	struct issue_event ev = { .at = f->at, .suppressed = suppressed, .info_only = info };

	ev.tool = xml_field(r, f, F_TOOL);
	ev.rule = xml_field(r, f, F_RULE);
	ev.severity = xml_field(r, f, F_SEVERITY);
	ev.message = xml_field(r, f, F_MESSAGE);
	ev.file = xml_field(r, f, F_FILE);
	ev.fingerprint = xml_field(r, f, F_FINGERPRINT);
	ev.line = number(r, f, F_LINE, 0);
	ev.end_line = number(r, f, F_END_LINE, 0);
	ev.column = number(r, f, F_COLUMN, 0);
	ev.level = level_of(f->def->r, ev.severity, xml_field(r, f, F_SCORE));
	if (ev.severity.n == 0)
		ev.severity = xml_field(r, f, F_SCORE);
	if (f->place_file.n && ev.file.n == 0) {
		ev.file = buf_str(&f->place_file);
		ev.line = f->place_line;
		ev.end_line = f->place_end;
		ev.column = f->place_column;
	}
	name_tool(r, f, &ev);
	/* Cut before it said anything. */
	if (!whole && ev.rule.n == 0 && ev.message.n == 0)
		return 0;
	return xml_out_issue(r, f, &ev);
}

/* The first place of the first kind of place in the description that has a file. */
static void
offer_place(struct xml_reader *r, struct xml_frame *f)
{
	struct xml_frame *to = f->outer;
	struct str file = xml_field(r, f, F_FILE);
	int rank = 0;

	while (r->c->def[rank] != f->def)
		rank++;
	if (to == NULL || file.n == 0 || rank >= to->place_rank)
		return;
	to->place_rank = rank;
	buf_reset(&to->place_file);
	buf_add(&to->place_file, utf8_head(file, MAX_NAME_KEPT));
	to->place_line = number(r, f, F_LINE, 0);
	to->place_end = number(r, f, F_END_LINE, 0);
	to->place_column = number(r, f, F_COLUMN, 0);
}

static void
offer_prop(struct xml_reader *r, struct xml_frame *f)
{
	struct xml_frame *to = f->outer;
	struct str name = xml_field(r, f, F_NAME);

	if (to == NULL || to->nprops == MAX_PROPS_KEPT || name.n == 0)
		return;
	buf_add(&to->props, utf8_head(name, MAX_NAME_KEPT));
	to->prop[to->nprops][0] = to->props.n;
	buf_add(&to->props, utf8_head(xml_field(r, f, F_VALUE), MAX_NAME_KEPT));
	to->prop[to->nprops][1] = to->props.n;
	to->nprops++;
}

static void
send_suite_error(struct xml_reader *r, struct xml_frame *f, bool whole)
{
	struct str message = xml_field(r, f, F_MESSAGE), name = xml_field(r, f, F_NAME);

	if (f->def->r->unexplained && (!whole || r->bad != f->bad_before))
		return;
	join_text(&r->scratch, message, xml_field(r, f, F_TEXT));
	r->any = true;
	r->errors++;
	r->bad++;
	r->out->suite_error(r->out->ctx, name, buf_str(&r->scratch), f->at);
}

static void
send_problem(struct xml_reader *r, struct xml_frame *f, enum problem_code code,
	const char *otherwise)
{
	struct str message = xml_field(r, f, F_MESSAGE), name = xml_field(r, f, F_NAME), line;
	struct buf b = BUF_INIT;

	line = str_trim(str_to(message, str_chr(message, '\n')));
	if (name.n)
		buf_addf(&b, "%.*s: ", STR_FMT(utf8_head(name, 200)));
	buf_addf(&b, "%.*s", STR_FMT(line.n ? utf8_head(line, 300) : str_of(otherwise)));
	r->any = true;
	r->out->problem(r->out->ctx, code, f->at, buf_str(&b));
	buf_release(&b);
}

static void
send_declared(struct xml_reader *r, struct xml_frame *f)
{
	struct totals t = { .tests = total(r, f, F_TESTS), .failures = total(r, f, F_FAILURES),
		.errors = total(r, f, F_ERRORS), .skipped = total(r, f, F_SKIPPED) };

	if (t.tests >= 0 || t.failures >= 0 || t.errors >= 0 || t.skipped >= 0)
		r->out->declared(r->out->ctx, &t);
}

/* Said once: when the element opens, if an attribute says it, else when it closes. */
static void
send_tool(struct xml_reader *r, struct xml_frame *f)
{
	struct str name = f->def->r->kind == XML_TOOL ? xml_field(r, f, F_NAME) : STR_NONE;
	struct str version = xml_field(r, f, F_VERSION);

	if (f->sent || (name.n == 0 && version.n == 0))
		return;
	f->sent = true;
	r->out->tool(r->out->ctx, utf8_head(name, MAX_NAME_KEPT), version);
}

void
xml_send_early(struct xml_reader *r, struct xml_frame *f)
{
	bool a = false, b = false;

	if (f->def->r->kind == XML_TOOL && judge(r, f, &a, &b))
		send_tool(r, f);
}

int
xml_send(struct xml_reader *r, struct xml_frame *f, bool whole)
{
	const struct xml_record *d = f->def->r;
	bool suppressed = false, info = false;

	if (d == NULL)
		return 0;
	f->def->offered++;
	if (!judge(r, f, &suppressed, &info))
		return 0;
	f->def->kept++;
	f->def->passed += info;
	f->def->hidden += suppressed;
	for (int i = 0; r->c->map->missed && i < F_COUNT; i++)
		if (f->def->field[i] && xml_field(r, f, (enum xml_field)i).n)
			f->def->seen |= 1ul << i;
	switch (d->kind) {
	case XML_TEST:
		return send_test(r, f, whole);
	case XML_ISSUE:
		return send_issue(r, f, suppressed, info, whole);
	case XML_PLACE:
		offer_place(r, f);
		break;
	case XML_PROP:
		offer_prop(r, f);
		break;
	case XML_SUITE_ERROR:
		send_suite_error(r, f, whole);
		break;
	case XML_TOOL:
		send_tool(r, f);
		break;
	case XML_TOOL_FAILED:
		send_problem(r, f, PROBLEM_TOOL_FAILED, "the tool says that it failed");
		break;
	case XML_NOTHING_RAN:
		send_problem(r, f, PROBLEM_NOTHING_RAN, "nothing was looked at");
		break;
	case XML_DECLARED:
		send_tool(r, f);
		if (whole)
			send_declared(r, f);
		break;
	case XML_LOOKED:
		r->looked = true;
		break;
	case XML_CLEAN:
		if (whole)
			r->out->clean(r->out->ctx);
		break;
	case XML_JOINED:
		xml_join(r, f);
		break;
	case XML_END:
		break;
	}
	return 0;
}
