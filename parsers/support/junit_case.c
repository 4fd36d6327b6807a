/* junit_case.c -- test cases: attributes in, one event out. See junit_parts.h. */
#include "gate/base/num.h"
#include "gate/model/identity.h"
#include "parsers/support/junit_dialect.h"
#include "parsers/support/junit_parts.h"

/* Nearly every duration is digits, a point, digits; the rest is for num_seconds. */
static double
seconds_of(struct str s)
{
	static const double tenth[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
		1e12, 1e13, 1e14 };
	uint64_t v = 0;
	size_t after = 0, i;
	bool point = false;
	double d;

	for (i = 0; i < s.n && i < 15; i++) {
		if (is_digit(s.p[i])) {
			v = v * 10 + (uint64_t)(s.p[i] - '0');
			after += point;
		} else if (s.p[i] == '.' && !point) {
			point = true;
		} else {
			break;
		}
	}
	/* Exact: both numbers are below 2^53, and one division rounds once. */
	if (i == s.n && i > (size_t)point)
		return (double)v / tenth[after];
	return num_seconds(s, &d) ? d : -1;
}

static struct junit_case *
new_case(struct junit *j, const struct xml *x)
{
	struct junit_case *c = j->spare;

	if (c) {
		j->spare = c->outer;
		buf_reset(&c->bytes);
		kept_reset(&c->text);
	} else {
		c = xcalloc(1, sizeof(*c));
	}
	c->name = c->class = c->file = c->type = c->message = (struct span){ 0, 0 };
	c->nprops = 0;
	c->rank = 0;
	c->line = 0;
	c->at = xml_line(x);
	c->seconds = -1;
	c->status = OUT_UNKNOWN;
	c->gtest = c->skipped = false;
	c->failures = c->errors = c->retries = c->flaky = 0;
	c->outer = j->open;
	j->open = c;
	return c;
}

void
junit_add_property(struct junit_case *c, struct str name, struct str value)
{
	if (c->nprops >= MAX_PROPS_KEPT || name.n == 0)
		return;
	c->props[c->nprops].name = junit_put(&c->bytes, str_to(name, MAX_NAME_KEPT));
	c->props[c->nprops].value = junit_put(&c->bytes, str_to(value, MAX_NAME_KEPT));
	c->nprops++;
}

/* status="run" result="completed" together is googletest's; either may name an outcome. */
static void
take_status(struct junit_case *c, int name, struct str v)
{
	enum outcome o = junit_status(v);

	if (name == N_RESULT && (str_eqz(v, "completed") || str_eqz(v, "suppressed") ||
				 (str_eqz(v, "skipped") && c->status == OUT_PASSED)))
		c->gtest = true;
	if (o != OUT_UNKNOWN && (c->status == OUT_UNKNOWN || c->status == OUT_PASSED))
		c->status = o;
}

void
junit_open_case(struct junit *j, const struct xml *x, const struct xml_attr *a, size_t n)
{
	struct junit_case *c = new_case(j, x);
	long line;

	j->known = true;
	for (size_t i = 0; i < n; i++) {
		struct str v = a[i].value;

		switch (a[i].name) {
		case N_NAME:
			c->name = junit_put(&c->bytes, v);
			break;
		case N_CLASSNAME:
			c->class = junit_put(&c->bytes, v);
			break;
		case N_CLASS:
			if (c->class.n == 0)
				c->class = junit_put(&c->bytes, v);
			break;
		case N_FILE:
		case N_FILEPATH:
			c->file = junit_put(&c->bytes, v);
			break;
		case N_LINE:
		case N_LINENO:
			if (num_long(str_trim(v), 0, 1000000000, &line))
				c->line = line;
			break;
		case N_TIME:
			c->seconds = seconds_of(v);
			break;
		case N_DURATION:
			if (c->seconds < 0)
				c->seconds = seconds_of(v);
			break;
		case N_STATUS:
		case N_RESULT:
			take_status(c, a[i].name, v);
			break;
		case N_FINDING:
			junit_add_property(c, STR("finding"), v);
			break;
		default:
			break;
		}
	}
}

static enum outcome
outcome_of(const struct junit_case *c)
{
	if (c->errors)
		return OUT_ERROR;
	if (c->failures)
		return OUT_FAILED;
	if (c->skipped)
		return OUT_SKIPPED;
	if (c->status == OUT_SKIPPED || outcome_bad(c->status))
		return c->status;
	return c->flaky || c->retries ? OUT_FLAKY : OUT_PASSED;
}

/* pytest's xunit1 counts lines from 0. */
static bool
counts_from_zero(const struct junit *j, enum dialect d)
{
	return d == DIALECT_PYTEST && j->tool && strcmp(j->tool, "pytest") == 0;
}

/* "tests.test_a.TestB" -> "tests/test_a.py": pytest's xunit2 names no file. */
static struct str
python_file(struct buf *out, const struct test_event *ev)
{
	struct str file;

	identity_test(out, ev);
	file = str_to(buf_str(out), str_find(buf_str(out), STR("::")));
	return str_ends(file, ".py") ? file : STR_NONE;
}

static void
place_failure(struct test_event *ev, struct buf *scratch)
{
	struct str file = ev->file;

	/* A line that the report gives is where the case stands; pytest's is better in the text. */
	if (!outcome_bad(ev->outcome) || (ev->line && file.n && ev->dialect != DIALECT_PYTEST))
		return;
	if (file.n == 0 && ev->dialect == DIALECT_JAVA)
		file = failure_java_file(scratch, ev->class);
	else if (file.n == 0 && ev->dialect == DIALECT_PYTEST)
		file = python_file(scratch, ev);
	if (!failure_place(ev->text, file, ev->dialect, &ev->place, &ev->place_line))
		ev->place = STR_NONE;
	else if (ev->dialect == DIALECT_JAVA &&
		!str_eq(str_basename(file), str_basename(ev->place)))
		ev->place = STR_NONE; /* a frame of the assertion library */
}

static int
send_case(struct junit *j, struct junit_case *c, enum outcome outcome)
{
	struct junit_suite *f = junit_top(j);
	struct prop props[MAX_PROPS_KEPT + 1];
	struct test_event ev = { .suite = buf_str(&j->suite), .outcome = outcome, .at = c->at,
		.line = c->line, .seconds = c->seconds, .attempts = c->flaky + c->retries };

	ev.name = junit_part(&c->bytes, c->name);
	ev.class = junit_part(&c->bytes, c->class);
	ev.file = junit_part(&c->bytes, c->file);
	ev.type = junit_part(&c->bytes, c->type);
	ev.message = junit_part(&c->bytes, c->message);
	ev.dialect = c->gtest ? DIALECT_GTEST : f ? f->dialect : DIALECT_NONE;
	if (ev.file.n == 0 && f && f->file.n)
		ev.file = junit_part(&j->names, f->file);
	if (ev.dialect == DIALECT_NONE)
		ev.dialect = junit_case_dialect(ev.class, ev.name, ev.file, ev.suite);
	if (c->file.n && counts_from_zero(j, ev.dialect))
		ev.line++;
	for (size_t i = 0; i < c->nprops; i++)
		props[ev.nprops++] = (struct prop){ junit_part(&c->bytes, c->props[i].name),
			junit_part(&c->bytes, c->props[i].value) };
	if (f && f->finding.n)
		props[ev.nprops++] = (struct prop){ STR("finding"),
			junit_part(&j->names, f->finding) };
	ev.props = props;
	if (c->rank) {
		buf_reset(&j->scratch);
		ev.text = str_trim(kept_str(&c->text));
		place_failure(&ev, &j->scratch);
	}
	if (f && outcome_bad(outcome)) {
		f->bad++;
		f->elements += (long)c->failures + (long)c->errors + (long)c->retries;
	}
	if (outcome_bad(outcome)) {
		j->failures += (long)c->failures + (long)c->retries;
		j->errors += (long)c->errors;
	}
	return j->out->test(j->out->ctx, &ev);
}

static void
drop_case(struct junit *j)
{
	struct junit_case *c = j->open;

	j->open = c->outer;
	c->outer = j->spare;
	j->spare = c;
}

int
junit_close_case(struct junit *j)
{
	int rc = send_case(j, j->open, outcome_of(j->open));

	drop_case(j);
	return rc;
}

void
junit_break_case(struct junit *j)
{
	if (j->open->failures || j->open->errors)
		send_case(j, j->open, outcome_of(j->open));
	drop_case(j);
}

static void
free_case(struct junit_case *c)
{
	buf_release(&c->bytes);
	kept_release(&c->text);
	free(c);
}

void
junit_free_cases(struct junit *j)
{
	while (j->open)
		drop_case(j);
	while (j->spare) {
		struct junit_case *c = j->spare;

		j->spare = c->outer;
		free_case(c);
	}
}
