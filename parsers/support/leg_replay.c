/* leg_replay.c -- the lines inside of a report of a leg file, as events; see leg_reading.h. */
#include "gate/base/limits.h"
#include "gate/base/num.h"
#include "parsers/support/leg_reading.h"

int
leg_refuse(struct leg_reading *l, struct json *j, const char *what)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "no leg file of this gate: %s", what);
	l->out->problem(l->out->ctx, PROBLEM_REFUSED, js_line(j), buf_str(&b));
	buf_release(&b);
	l->refused = true;
	return -1;
}

bool
leg_text(struct leg_reading *l, int member, struct str *out)
{
	struct str v = l->line->field[member];

	if (v.p == NULL)
		return true;
	if (!js_is_string(v))
		return false;
	*out = js_text(v, &l->text[member]);
	return true;
}

bool
leg_number(struct leg_reading *l, int member, long min, long max, long *out)
{
	struct str v = l->line->field[member];

	return v.p == NULL || num_long(v, min, max, out);
}

bool
leg_flag(struct leg_reading *l, int member, bool *out)
{
	struct str v = l->line->field[member];

	*out = v.p && v.p[0] == 't';
	return v.p == NULL || *out || v.p[0] == 'f';
}

bool
leg_hex(struct str v, uint64_t *out)
{
	*out = 0;
	if (!js_is_string(v) || (v.n != 18 && v.n != 2))
		return false;
	for (size_t i = 1; i + 1 < v.n; i++) {
		char c = v.p[i];

		if (!is_digit(c) && !(c >= 'a' && c <= 'f'))
			return false;
		*out = *out << 4 | (uint64_t)(is_digit(c) ? c - '0' : c - 'a' + 10);
	}
	return true;
}

bool
leg_problem_word(struct str s, enum problem_code *out)
{
	for (int c = 0; c < PROBLEMS; c++) {
		if (str_eqz(s, problem_name((enum problem_code)c))) {
			*out = (enum problem_code)c;
			return true;
		}
	}
	return false;
}

static bool
outcome_word(struct leg_reading *l, int member, enum outcome *out)
{
	struct str s = STR_NONE;

	if (!leg_text(l, member, &s))
		return false;
	for (int o = 0; s.p && o < OUT_ABSENT; o++) {
		if (str_eqz(s, outcome_name((enum outcome)o))) {
			*out = (enum outcome)o;
			return true;
		}
	}
	return s.p == NULL;
}

static bool
level_word(struct leg_reading *l, int member, enum level *out)
{
	struct str s = STR_NONE;

	return leg_text(l, member, &s) && (s.p == NULL || level_parse(s, out));
}

/* [N, N...] with exactly n numbers. */
static bool
numbers(struct json *j, struct str v, long out[], size_t n)
{
	struct json_cursor c = js_cursor(v);
	size_t i = 0;

	if (!js_is_array(v))
		return false;
	for (; js_next(j, &c, NULL); i++)
		if (i == n || !num_long(c.value, -1, MAX_LEG_N, &out[i]))
			return false;
	return i == n;
}

void
leg_finish(struct leg_reading *l)
{
	if (l->now)
		report_finish(l->now->report);
	l->now = NULL;
}

static int
leg_take_done(struct leg_reading *l, struct json *j)
{
	struct report *r = l->now->report;
	struct str sha = STR_NONE, contexts = l->line->field[CONTEXTS];
	struct json_cursor c;
	size_t at = 0;

	if (!leg_text(l, DONE, &sha) || (sha.n && sha.n != SHA256_HEX - 1) ||
	    !leg_flag(l, ABSENT, &r->absent) || (contexts.p && !js_is_array(contexts)))
		return leg_refuse(l, j, "the end of a report can't be read");
	for (size_t i = 0; i < sha.n; i++)
		if (!is_hex(sha.p[i]))
			return leg_refuse(l, j, "a digest that is none");
	memcpy(r->sha256, sha.n ? sha.p : "", sha.n);
	if (r->absent && !report_has(r, PROBLEM_MISSING))
		return leg_refuse(l, j, "a report that is absent and is there");
	c = js_cursor(contexts);
	while (js_next(j, &c, NULL)) {
		uint64_t context;

		if (!leg_hex(c.value, &context))
			return leg_refuse(l, j, "a hash that is none");
		while (at < r->issues.n && r->issues.v[at].info_only)
			at++;
		if (at < r->issues.n)
			r->issues.v[at++].context = context;
	}
	l->now->done = true;
	leg_finish(l);
	return 0;
}

static bool
shared(struct leg_reading *l, int member, struct str *out)
{
	struct buf *last = &l->shared[member - SUITE];
	struct str s = STR_NONE;

	if (!leg_text(l, member, &s))
		return false;
	if (s.p) {
		buf_reset(last);
		buf_add(last, s);
	}
	*out = buf_str(last);
	return true;
}

static bool
props(struct leg_reading *l, struct json *j, struct test_event *ev)
{
	struct str v = l->line->field[PROPS];
	struct json_cursor c = js_cursor(v);

	l->props.n = 0;
	if (v.p && !js_is_array(v))
		return false;
	while (js_next(j, &c, NULL)) {
		struct json_cursor pair = js_cursor(c.value);
		struct str both[2];
		size_t n = 0;

		if (!js_is_array(c.value) || l->props.n >= MAX_PROPS_KEPT)
			return false;
		while (js_next(j, &pair, NULL)) {
			size_t at = 2 * l->props.n + n;

			if (n == 2 || !js_is_string(pair.value))
				return false;
			while (l->prop_texts.n <= at)
				vec_push(&l->prop_texts);
			both[n++] = js_text(pair.value, &l->prop_texts.v[at]);
		}
		if (n != 2)
			return false;
		*vec_push(&l->props) = (struct prop){ both[0], both[1] };
	}
	ev->props = l->props.v;
	ev->nprops = l->props.n;
	return true;
}

static bool
key(struct leg_reading *l, struct test_event *ev)
{
	struct str id = l->line->field[ID], one = l->line->field[KEY];
	uint64_t suite = 0;

	if (one.p == NULL)
		return id.p == NULL || ev->dialect == DIALECT_READY;
	ev->keyed = true;
	if (id.p == NULL || !leg_hex(one, &ev->key) || l->line->field[SUITE_KEY].p == NULL ||
	    !leg_hex(l->line->field[SUITE_KEY], &suite))
		return false;
	ev->suite_key = (uint32_t)suite;
	return suite <= UINT32_MAX;
}

static int
take_case(struct leg_reading *l, struct json *j)
{
	struct test_event ev = { .seconds = -1 };
	struct str dialect = STR_NONE, seconds = l->line->field[SECONDS];
	long down = 0, attempts = 0;
	bool ok = leg_text(l, CASE, &ev.name) && outcome_word(l, OUTCOME, &ev.outcome) &&
		shared(l, SUITE, &ev.suite) && shared(l, CLASS, &ev.class) &&
		shared(l, FILE_NAME, &ev.file) && leg_text(l, DIALECT, &dialect) &&
		leg_number(l, DOWN, -MAX_LEG_N, MAX_LEG_N, &down) &&
		leg_number(l, LINE, 0, MAX_LEG_N, &ev.line) && leg_text(l, TYPE, &ev.type) &&
		leg_text(l, MESSAGE, &ev.message) && leg_text(l, TEXT, &ev.text) &&
		leg_text(l, PLACE, &ev.place) && leg_text(l, ID, &ev.id) &&
		leg_number(l, PLACE_LINE, 0, MAX_LEG_N, &ev.place_line) &&
		leg_number(l, ATTEMPTS, 0, 1000000, &attempts) && props(l, j, &ev);

	if (ok && dialect.p)
		ok = dialect_parse(dialect, &l->dialect);
	ev.dialect = l->dialect;
	if (ok && seconds.p)
		ok = !js_is_string(seconds) && js_double(seconds, &ev.seconds) && ev.seconds >= 0;
	if (!ok || !key(l, &ev) || l->at + down < 0 || l->at + down > MAX_LEG_N)
		return leg_refuse(l, j, "a case that can't be read");
	l->at += down;
	ev.at = l->at;
	ev.attempts = (unsigned)attempts;
	return l->sink.test(l->sink.ctx, &ev);
}

static int
take_issue(struct leg_reading *l, struct json *j)
{
	struct issue_event ev = { 0 };

	if (!leg_text(l, ISSUE, &ev.rule) || !leg_text(l, TOOL, &ev.tool) ||
	    !leg_text(l, SEVERITY, &ev.severity) || !leg_text(l, MESSAGE, &ev.message) ||
	    !leg_text(l, FILE_NAME, &ev.file) || !leg_text(l, FINGERPRINT, &ev.fingerprint) ||
	    !leg_text(l, IDENTIFIERS, &ev.identifiers) ||
	    !leg_number(l, LINE, -1, MAX_LEG_N, &ev.line) ||
	    !leg_number(l, END_LINE, -1, MAX_LEG_N, &ev.end_line) ||
	    !leg_number(l, COLUMN, -1, MAX_LEG_N, &ev.column) ||
	    !leg_number(l, AT, 0, MAX_LEG_N, &ev.at) || !level_word(l, LEVEL, &ev.level) ||
	    !leg_flag(l, SUPPRESSED, &ev.suppressed) || !leg_flag(l, INFO, &ev.info_only))
		return leg_refuse(l, j, "a result that can't be read");
	return l->sink.issue(l->sink.ctx, &ev);
}

static int
take_amend(struct leg_reading *l, struct json *j)
{
	struct issue_event ev = { 0 };
	enum level was = LEVEL_UNKNOWN;
	long nth = 0;

	if (!leg_number(l, AMEND, 0, MAX_LEG_N, &nth) || !level_word(l, WAS, &was) ||
	    !leg_text(l, TOOL, &ev.tool) || !leg_text(l, SEVERITY, &ev.severity) ||
	    !level_word(l, LEVEL, &ev.level) || !leg_flag(l, SUPPRESSED, &ev.suppressed))
		return leg_refuse(l, j, "an amendment that can't be read");
	l->sink.amend(l->sink.ctx, nth, was, &ev);
	return 0;
}

static int
take_count(struct leg_reading *l, struct json *j)
{
	enum outcome o = OUT_PASSED;
	struct str name = STR_NONE;
	long n = 0, at = 0;
	bool unnamed = l->line->field[UNNAMED].p != NULL;

	if (!leg_number(l, N, 1, MAX_CASES, &n) || !leg_number(l, AT, 0, MAX_LEG_N, &at) ||
	    (unnamed ? !outcome_word(l, UNNAMED, &o) : !leg_text(l, SURPLUS, &name)))
		return leg_refuse(l, j, "a count that can't be read");
	if (unnamed)
		l->sink.unnamed(l->sink.ctx, o, n);
	else
		l->sink.surplus(l->sink.ctx, name, n, at);
	return 0;
}

static int
take_said(struct leg_reading *l, struct json *j)
{
	struct str name = STR_NONE, word = STR_NONE, message = STR_NONE;
	enum problem_code code = PROBLEM_MALFORMED;
	long at = 0;

	if (!leg_text(l, SUITE_ERROR, &name) || !leg_text(l, PROBLEM, &word) ||
	    !leg_text(l, MESSAGE, &message) || !leg_number(l, AT, 0, MAX_LEG_N, &at) ||
	    (word.p && !leg_problem_word(word, &code)))
		return leg_refuse(l, j, "a problem that can't be read");
	if (word.p)
		l->sink.problem(l->sink.ctx, code, at, message);
	else
		l->sink.suite_error(l->sink.ctx, name, message, at);
	return 0;
}

static int
take_totals(struct leg_reading *l, struct json *j)
{
	struct str declared = l->line->field[DECLARED];
	long n[4];

	if (declared.p) {
		if (!numbers(j, declared, n, 4))
			return leg_refuse(l, j, "totals that can't be read");
		l->sink.declared(l->sink.ctx, &(struct totals){ n[0], n[1], n[2], n[3] });
	} else {
		if (!numbers(j, l->line->field[ELEMENTS], n, 2))
			return leg_refuse(l, j, "totals that can't be read");
		l->sink.elements(l->sink.ctx, n[0], n[1]);
	}
	return 0;
}

static int
take_word(struct leg_reading *l, struct json *j)
{
	struct str tool = STR_NONE, version = STR_NONE;
	bool clean, forget;

	if (!leg_flag(l, CLEAN, &clean) || !leg_flag(l, FORGET, &forget) ||
	    !leg_text(l, TOOL, &tool) || !leg_text(l, VERSION, &version) ||
	    clean + forget + (tool.p != NULL) != 1)
		return leg_refuse(l, j, "a line that says nothing known");
	if (clean)
		l->sink.clean(l->sink.ctx);
	else if (forget)
		l->sink.forget(l->sink.ctx);
	else
		l->sink.tool(l->sink.ctx, tool, version);
	return 0;
}

int
leg_take_event(struct leg_reading *l, struct json *j)
{
	const struct str *f = l->line->field;

	if (f[CASE].p)
		return take_case(l, j);
	if (f[ISSUE].p)
		return take_issue(l, j);
	if (f[AMEND].p)
		return take_amend(l, j);
	if (f[UNNAMED].p || f[SURPLUS].p)
		return take_count(l, j);
	if (f[SUITE_ERROR].p || f[PROBLEM].p)
		return take_said(l, j);
	if (f[DECLARED].p || f[ELEMENTS].p)
		return take_totals(l, j);
	if (f[DONE].p)
		return leg_take_done(l, j);
	return take_word(l, j);
}
