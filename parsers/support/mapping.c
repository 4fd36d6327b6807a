/* mapping.c -- descriptions of records compiled, and records turned into events; see mapping.h. */
#include "parsers/support/mapping.h"

#include "gate/base/limits.h"
#include "gate/base/mem.h"
#include "gate/base/num.h"
#include "parsers/support/failure.h"
#include "parsers/support/mapping_parts.h"

struct spec {
	const char *name;
	size_t at; /* of the member in struct map_fields */
};

#define SPEC(member) { #member, offsetof(struct map_fields, member) }
static const struct spec specs[MAP_FIELDS] = {
	[M_TOOL] = SPEC(tool), [M_RULE] = SPEC(rule), [M_MESSAGE] = SPEC(message),
	[M_FILE] = SPEC(file), [M_LINE] = SPEC(line), [M_END_LINE] = SPEC(end_line),
	[M_COLUMN] = SPEC(column), [M_FINGERPRINT] = SPEC(fingerprint),
	[M_SEVERITY] = SPEC(severity), [M_SCORE] = SPEC(score), [M_ID] = SPEC(id),
	[M_SUITE] = SPEC(suite), [M_CLASS] = SPEC(class), [M_NAME] = SPEC(name),
	[M_TYPE] = SPEC(type), [M_TEXT] = SPEC(text), [M_OUTCOME] = SPEC(outcome),
	[M_SECONDS] = SPEC(seconds), [M_TESTS] = SPEC(tests), [M_FAILURES] = SPEC(failures),
	[M_ERRORS] = SPEC(errors), [M_SKIPPED] = SPEC(skipped), [M_VERSION] = SPEC(version),
};

int
mapping_init(struct mapping *m, const struct map_fields *f, const char **why, const char **field)
{
	memset(m, 0, sizeof(*m));
	m->f = f;
	m->expr = xcalloc(MAP_FIELDS, sizeof(*m->expr));
	m->text = xcalloc(MAP_FIELDS, sizeof(*m->text));
	for (size_t i = 0; i < MAP_FIELDS; i++) {
		const char *spec;

		memcpy(&spec, (const char *)f + specs[i].at, sizeof(spec));
		*field = specs[i].name;
		if (spec && map_expr_init(m, &m->expr[i], str_of(spec), why) < 0)
			return -1;
	}
	for (size_t i = 0; i < MAP_EXTRAS; i++) {
		*field = "extra";
		m->extra[i] = f->extra[i] ? map_ref(m, str_of(f->extra[i]), why) : -1;
		if (f->extra[i] && m->extra[i] < 0)
			return -1;
	}
	*field = "when";
	if (f->when && (m->when = map_cond_new(m, str_of(f->when), why)) == NULL)
		return -1;
	*field = "suppressed";
	if (f->suppressed &&
		(m->suppressed = map_cond_new(m, str_of(f->suppressed), why)) == NULL)
		return -1;
	*field = "pass";
	if (f->pass && (m->pass = map_cond_new(m, str_of(f->pass), why)) == NULL)
		return -1;
	return 0;
}

void
mapping_release(struct mapping *m)
{
	for (size_t i = 0; i < m->nrefs; i++)
		buf_release(&m->ref[i].scratch);
	for (size_t i = 0; m->expr && i < MAP_FIELDS; i++) {
		map_expr_release(&m->expr[i]);
		buf_release(&m->text[i]);
	}
	free(m->expr);
	free(m->text);
	map_cond_free(m->when);
	map_cond_free(m->suppressed);
	map_cond_free(m->pass);
	buf_release(&m->hook_text);
}

static struct str
field(struct mapping *m, enum map_field i)
{
	struct str s = map_expr_text(m, &m->expr[i], &m->text[i]);

	if (s.n)
		m->seen |= 1ul << i;
	return s;
}

/* "12", "12.0", "36-39": the first number; 0 when there is none. */
static long
field_long(struct mapping *m, enum map_field i)
{
	struct str s = str_trim(field(m, i)), digits = s;
	long n = 0;

	digits.n = str_skip_digits(&s);
	if (s.n && !str_starts(s, "-") && !str_starts(s, ".") && !str_starts(s, ":"))
		return 0;
	return num_long(digits, 0, 1000000000L, &n) ? n : 0;
}

enum level
level_of_cvss(double score)
{
	return score <= 0 ? LEVEL_INFO : score < 4 ? LEVEL_LOW : score < 7 ? LEVEL_MEDIUM :
		score < 9 ? LEVEL_HIGH : LEVEL_CRITICAL;
}

/* The word's level by the format's table, else by the common one, else the score's. */
static enum level
find_level(struct mapping *m, struct str *word)
{
	const struct level_word *w = m->f->levels;
	struct str score = field(m, M_SCORE);
	enum level level;
	double d;

	for (; w && w->word; w++)
		if (str_ieqz(*word, w->word))
			return w->level;
	level = word->n ? level_of_word(*word) : LEVEL_UNKNOWN;
	if (level != LEVEL_UNKNOWN)
		return level;
	if (num_double(str_trim(score), &d) && d >= 0 && d <= 10) {
		if (word->n == 0)
			*word = score;
		return level_of_cvss(d);
	}
	return word->n ? LEVEL_UNKNOWN : m->f->unrated;
}

static void
set_extras(struct mapping *m, struct str text[MAP_EXTRAS], struct str raw[MAP_EXTRAS])
{
	for (size_t i = 0; i < MAP_EXTRAS; i++) {
		text[i] = m->extra[i] < 0 ? STR_NONE : m->ref[m->extra[i]].value;
		raw[i] = m->extra[i] < 0 ? STR_NONE : m->ref[m->extra[i]].raw;
	}
}

static int
send_issue(struct mapping *m, struct map_record *r)
{
	struct str word = str_trim(field(m, M_SEVERITY));
	struct issue_event ev = {
		.tool = field(m, M_TOOL),
		.rule = field(m, M_RULE),
		.message = str_trim(field(m, M_MESSAGE)),
		.file = field(m, M_FILE),
		.line = field_long(m, M_LINE),
		.end_line = field_long(m, M_END_LINE),
		.column = field_long(m, M_COLUMN),
		.fingerprint = field(m, M_FINGERPRINT),
		.at = r->at,
		.suppressed = m->suppressed && map_cond_holds(m, m->suppressed),
		.info_only = m->pass && map_cond_holds(m, m->pass),
	};
	int rc = 0;

	ev.level = find_level(m, &word);
	ev.severity = word;
	if (m->f->fix_issue)
		rc = m->f->fix_issue(r, &ev);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	m->sent++;
	m->passed += ev.info_only;
	m->hidden += ev.suppressed;
	return r->out->issue(r->out->ctx, &ev);
}

static int
find_outcome(struct mapping *m, struct str word, enum outcome *out)
{
	const struct outcome_word *w = m->f->outcomes;

	for (; w && w->word; w++) {
		if (str_ieqz(word, w->word)) {
			*out = w->outcome;
			return 0;
		}
	}
	return -1;
}

/* A word that nobody knows is no pass. */
static void
note_outcome(struct map_record *r, struct str word)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "there is no outcome `%.*s`; it is taken as an error",
		STR_FMT(str_to(word, 60)));
	r->out->problem(r->out->ctx, PROBLEM_DECLARED_MISMATCH, r->at, buf_str(&b));
	buf_release(&b);
}

static int
send_test(struct mapping *m, struct map_record *r)
{
	struct str word = str_trim(field(m, M_OUTCOME));
	struct test_event ev = {
		.id = field(m, M_ID),
		.suite = field(m, M_SUITE),
		.class = field(m, M_CLASS),
		.name = field(m, M_NAME),
		.file = field(m, M_FILE),
		.line = field_long(m, M_LINE),
		.type = field(m, M_TYPE),
		.message = str_trim(field(m, M_MESSAGE)),
		.text = field(m, M_TEXT),
		.at = r->at,
		.seconds = -1,
		.dialect = m->f->dialect,
		.outcome = OUT_ERROR,
	};
	double seconds;
	int rc = 0;

	if (num_seconds(str_trim(field(m, M_SECONDS)), &seconds))
		ev.seconds = seconds * (m->f->unit > 0 ? m->f->unit : 1);
	if (m->f->outcomes && find_outcome(m, word, &ev.outcome) < 0)
		note_outcome(r, word);
	if (!outcome_bad(ev.outcome) && ev.outcome != OUT_FLAKY && ev.outcome != OUT_SKIPPED)
		ev.text = STR_NONE;
	else if (ev.text.n == 0)
		ev.text = ev.message;
	if (ev.message.n == 0)
		ev.message = failure_line(ev.text);
	if (outcome_bad(ev.outcome) &&
		failure_place(ev.text, ev.file, ev.dialect, &ev.place, &ev.place_line) && ev.line)
		ev.place = STR_NONE;
	if (m->f->fix_test)
		rc = m->f->fix_test(r, &ev);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	m->sent++;
	return r->out->test(r->out->ctx, &ev);
}

static int
send_failure(struct mapping *m, struct map_record *r)
{
	struct str message = str_trim(field(m, M_MESSAGE));

	m->failed++;
	if (message.n == 0)
		message = STR("the tool reports an error of its own");
	r->out->problem(r->out->ctx, PROBLEM_TOOL_FAILED, r->at, str_to(message, 1000));
	return 0;
}

static int
send_nothing(struct mapping *m, struct map_record *r)
{
	struct str message = str_trim(field(m, M_MESSAGE));

	m->nothing++;
	if (message.n == 0)
		message = STR("the report says that nothing was looked at");
	r->out->problem(r->out->ctx, PROBLEM_NOTHING_RAN, r->at, str_to(message, 1000));
	return 0;
}

static long
total(struct mapping *m, enum map_field i)
{
	return field(m, i).n ? field_long(m, i) : -1;
}

static int
send_totals(struct mapping *m, struct map_record *r)
{
	struct totals t = { total(m, M_TESTS), total(m, M_FAILURES), total(m, M_ERRORS),
		total(m, M_SKIPPED) };

	r->out->declared(r->out->ctx, &t);
	return 0;
}

int
mapping_send(struct mapping *m, const struct sink *out, struct json *j, void *own, long at)
{
	struct str text[MAP_EXTRAS], raw[MAP_EXTRAS];
	struct map_record r = {
		.extra = text, .extra_raw = raw, .json = j, .out = out, .at = at, .own = own,
		.scratch = &m->hook_text,
	};

	for (size_t i = 0; m->watch && i < m->nrefs; i++)
		m->ref[i].there = m->ref[i].there || m->ref[i].value.n;
	m->offered++;
	if (m->when && !map_cond_holds(m, m->when))
		return 0;
	m->records++;
	set_extras(m, text, raw);
	buf_reset(&m->hook_text);
	switch (m->f->kind) {
	case MAP_ISSUE:
		return send_issue(m, &r);
	case MAP_TEST:
		return send_test(m, &r);
	case MAP_FAILED:
		return send_failure(m, &r);
	case MAP_NOTHING:
		return send_nothing(m, &r);
	case MAP_TOTALS:
		return send_totals(m, &r);
	case MAP_TOOL:
		if (field(m, M_TOOL).n || field(m, M_VERSION).n)
			out->tool(out->ctx, field(m, M_TOOL), field(m, M_VERSION));
		return 0;
	}
	return 0;
}

/* A path of the condition never led anywhere, so it may be wrong. */
static bool
cond_missed(const struct mapping *m, const struct map_cond *c)
{
	for (size_t i = 0; c && i < c->n; i++)
		if (!m->ref[c->v[i].ref].there)
			return true;
	return false;
}

static bool
is_seen(const struct mapping *m, enum map_field i)
{
	return m->seen & 1ul << i;
}

static bool
is_vital(const struct mapping *m, enum map_field i)
{
	if (i == M_MESSAGE || i == M_RULE)
		return m->f->kind == MAP_ISSUE && !is_seen(m, M_MESSAGE) && !is_seen(m, M_RULE);
	if (i == M_NAME || i == M_ID)
		return !is_seen(m, M_NAME) && !is_seen(m, M_ID);
	return i == M_OUTCOME;
}

void
mapping_missed(const struct mapping *m,
	void (*say)(void *ctx, const struct map_fields *f, const char *field, bool vital),
	void *ctx)
{
	if (m->f->kind != MAP_ISSUE && m->f->kind != MAP_TEST)
		return;
	if (m->offered && m->records == 0 && cond_missed(m, m->when))
		say(ctx, m->f, "when", true);
	if (m->sent && m->passed == m->sent && cond_missed(m, m->pass))
		say(ctx, m->f, "pass", true);
	if (m->sent && m->hidden == m->sent && cond_missed(m, m->suppressed))
		say(ctx, m->f, "suppressed", true);
	for (size_t i = 0; m->records && i < MAP_FIELDS; i++) {
		/* A passing test has none of these. */
		bool of_failures = m->f->kind == MAP_TEST &&
			(i == M_MESSAGE || i == M_TEXT || i == M_TYPE);

		if (m->expr[i].n && !of_failures && !is_seen(m, (enum map_field)i))
			say(ctx, m->f, specs[i].name, is_vital(m, (enum map_field)i));
	}
}
