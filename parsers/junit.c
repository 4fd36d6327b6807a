/*
 * junit.c -- JUnit XML in every dialect that runners write.
 *
 * There is no one specification. The nearest: the schemas of Ant and of Maven Surefire
 * (https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report-3.0.xsd)
 * and the collection at https://github.com/testmoapp/junitxml. What is read here:
 * <testsuites>, <testsuite> nested to any depth, <testcase> anywhere below; <failure>, <error>,
 * <skipped>, several of them in one case; <flakyFailure>, <rerunFailure> and kin; <error>
 * directly under a suite; properties with an attribute or a text; totals at each level.
 *
 * The cases are the truth about cases. Totals are held against them suite by suite, so that
 * a suite that declares too little can't hide the surplus of another.
 */
#include "gate/base/mem.h"
#include "gate/base/num.h"
#include "parsers/parser.h"
#include "parsers/support/failure.h"
#include "parsers/support/junit_dialect.h"
#include "parsers/support/xml.h"

enum name {
	N_TESTCASE, N_TESTSUITE, N_TESTSUITES,
	N_FAILURE, N_ERROR, N_SKIPPED,
	N_RERUN_FAILURE, N_RERUN_ERROR, N_FLAKY_FAILURE, N_FLAKY_ERROR,
	N_PROPERTY, N_OUT, N_ERR,
	N_NAME, N_CLASSNAME, N_CLASS, N_FILE, N_FILEPATH, N_LINE, N_LINENO, N_TIME, N_DURATION,
	N_STATUS, N_RESULT, N_MESSAGE, N_TYPE, N_VALUE, N_FINDING,
	N_TESTS, N_FAILURES, N_ERRORS, N_SKIPS, N_SKIP, N_IGNORED, N_DISABLED,
	N_COUNT
};

static const char *const names[N_COUNT + 1] = {
	[N_TESTCASE] = "testcase", [N_TESTSUITE] = "testsuite", [N_TESTSUITES] = "testsuites",
	[N_FAILURE] = "failure", [N_ERROR] = "error", [N_SKIPPED] = "skipped",
	[N_RERUN_FAILURE] = "rerunFailure", [N_RERUN_ERROR] = "rerunError",
	[N_FLAKY_FAILURE] = "flakyFailure", [N_FLAKY_ERROR] = "flakyError",
	[N_PROPERTY] = "property", [N_OUT] = "system-out", [N_ERR] = "system-err",
	[N_NAME] = "name", [N_CLASSNAME] = "classname", [N_CLASS] = "class", [N_FILE] = "file",
	[N_FILEPATH] = "filepath", [N_LINE] = "line", [N_LINENO] = "lineno", [N_TIME] = "time",
	[N_DURATION] = "duration", [N_STATUS] = "status", [N_RESULT] = "result",
	[N_MESSAGE] = "message", [N_TYPE] = "type", [N_VALUE] = "value", [N_FINDING] = "finding",
	[N_TESTS] = "tests", [N_FAILURES] = "failures", [N_ERRORS] = "errors", [N_SKIPS] = "skips",
	[N_SKIP] = "skip", [N_IGNORED] = "ignored", [N_DISABLED] = "disabled",
};
static const char *const roots[] = { "testsuite", NULL }; /* <testsuites> starts with it too */

/* A piece of a buffer that may still move. */
struct span {
	size_t at, n;
};

/* One open <testsuite> or <testsuites>. */
struct frame {
	size_t suite_n;      /* length of junit.suite outside of it */
	size_t names_n;      /* the same of junit.names */
	struct span name, file, finding; /* in junit.names */
	enum dialect dialect;
	long line;
	struct totals own;   /* declared by its attributes; -1: not */
	struct totals inner; /* declared by the suites in it */
	long bad, elements;  /* cases and elements in it, at any depth */
	long surplus;        /* found in the suites in it */
};

/* One open <testcase>. They may nest, though they should not. */
struct open_case {
	struct open_case *outer;
	struct buf bytes;    /* every string below, but the text */
	struct span name, class, file, type, message;
	struct { struct span name, value; } props[MAX_PROPS_KEPT];
	size_t nprops;
	struct kept text;
	int rank;            /* of the element that message and type come from */
	long line, at;
	double seconds;
	enum outcome status; /* as its attributes say */
	bool gtest, skipped;
	unsigned failures, errors, retries, flaky;
};

struct junit {
	const struct sink *out;
	struct { struct frame *v; size_t n, cap; } frames;
	struct buf suite, names;
	struct buf root_file;        /* mocha: the file that the empty "Root Suite" carries */
	struct open_case *open, *spare;
	/* The open result element: failure, error, skipped, a retry. */
	int result;                  /* enum name, or XML_UNKNOWN */
	int result_depth, muted_depth;
	long result_line;
	struct buf message, type;
	struct kept body;
	bool has_message;
	/* The open property. */
	bool in_property, has_value;
	struct buf prop_name, prop_value;
	long failures, errors;       /* elements, for the totals of the whole report */
	const char *tool;
	bool known;                  /* some element of the format was seen */
};

static struct str
part(const struct buf *b, struct span s)
{
	return s.n ? str_n(b->p + s.at, s.n) : STR_NONE;
}

static struct span
put(struct buf *b, struct str s)
{
	struct span span = { b->n, s.n };

	buf_add(b, s);
	return span;
}

static struct frame *
top(struct junit *j)
{
	return j->frames.n ? &j->frames.v[j->frames.n - 1] : NULL;
}

static long
count_of(struct str s)
{
	long n;

	return num_long(str_trim(s), 0, 1000000000000L, &n) ? n : -1;
}

/* ---- suites ---- */

static void
plus(long *sum, long n)
{
	if (n >= 0)
		*sum = (*sum < 0 ? 0 : *sum) + n;
}

static void
open_suite(struct junit *j, const struct xml *x, int name, const struct xml_attr *a, size_t n)
{
	const struct frame *outer = top(j);
	struct frame f = { .suite_n = j->suite.n, .names_n = j->names.n, .line = xml_line(x),
		.dialect = outer ? outer->dialect : DIALECT_NONE,
		.file = outer ? outer->file : (struct span){ 0, 0 },
		.finding = outer ? outer->finding : (struct span){ 0, 0 },
		.own = { -1, -1, -1, -1 }, .inner = { -1, -1, -1, -1 } };
	bool root_suite = false;

	j->known = true;
	for (size_t i = 0; i < n; i++) {
		struct str v = a[i].value;

		switch (a[i].name) {
		case N_NAME:
			f.name = put(&j->names, str_to(v, MAX_NAME_KEPT));
			f.dialect = junit_suite_dialect(v, f.dialect, &j->tool);
			root_suite = str_eqz(v, "Root Suite");
			break;
		case N_FILE:
		case N_FILEPATH:
			f.file = put(&j->names, str_to(v, MAX_NAME_KEPT));
			break;
		case N_TESTS:
			f.own.tests = count_of(v);
			break;
		case N_FAILURES:
			f.own.failures = count_of(v);
			break;
		case N_ERRORS:
			f.own.errors = count_of(v);
			break;
		case N_SKIPPED:
		case N_SKIPS:
		case N_SKIP:
		case N_IGNORED:
		case N_DISABLED:
			plus(&f.own.skipped, count_of(v));
			break;
		default:
			break;
		}
	}
	if (root_suite && f.file.n) {
		buf_reset(&j->root_file);
		buf_add(&j->root_file, part(&j->names, f.file));
	} else if (f.file.n == 0 && j->root_file.n) {
		f.file = put(&j->names, buf_str(&j->root_file));
	}
	if (name == N_TESTSUITE && f.name.n && j->suite.n < MAX_NAME_KEPT) {
		if (j->suite.n)
			buf_addz(&j->suite, " > ");
		buf_add(&j->suite, part(&j->names, f.name));
	}
	*vec_push(&j->frames) = f;
}

static long
larger(long a, long b)
{
	return a > b ? a : b;
}

/*
 * Ends the innermost suite: what it declares (itself or by its inner suites, whichever is
 * more: some repeat their inner suites' totals, some leave them out) goes to the outer one.
 */
static void
close_suite(struct junit *j, bool whole)
{
	struct frame f = *top(j), *outer;
	struct totals all = { larger(f.own.tests, f.inner.tests),
		larger(f.own.failures, f.inner.failures), larger(f.own.errors, f.inner.errors),
		larger(f.own.skipped, f.inner.skipped) };
	long shown = larger(f.bad, f.elements);
	long more = larger(f.own.failures, 0) + larger(f.own.errors, 0) - shown - f.surplus;

	if (whole && more > 0) {
		struct str name = part(&j->names, f.name);

		if (j->out->surplus)
			j->out->surplus(j->out->ctx, name, more, f.line);
		f.surplus += more;
	}
	buf_cut(&j->suite, f.suite_n);
	buf_cut(&j->names, f.names_n);
	j->frames.n--;
	outer = top(j);
	if (outer) {
		plus(&outer->inner.tests, all.tests);
		plus(&outer->inner.failures, all.failures);
		plus(&outer->inner.errors, all.errors);
		plus(&outer->inner.skipped, all.skipped);
		outer->bad += f.bad;
		outer->elements += f.elements;
		outer->surplus += f.surplus;
	} else if (all.tests >= 0 || all.failures >= 0 || all.errors >= 0 || all.skipped >= 0) {
		j->out->declared(j->out->ctx, &all);
	}
}

/* ---- cases ---- */

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

static struct open_case *
new_case(struct junit *j, const struct xml *x)
{
	struct open_case *c = j->spare;

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

static void
add_property(struct open_case *c, struct str name, struct str value)
{
	if (c->nprops >= MAX_PROPS_KEPT || name.n == 0)
		return;
	c->props[c->nprops].name = put(&c->bytes, str_to(name, MAX_NAME_KEPT));
	c->props[c->nprops].value = put(&c->bytes, str_to(value, MAX_NAME_KEPT));
	c->nprops++;
}

/* status="run" result="completed" together is googletest's; either may name an outcome. */
static void
take_status(struct open_case *c, int name, struct str v)
{
	enum outcome o = junit_status(v);

	if (name == N_RESULT && (str_eqz(v, "completed") || str_eqz(v, "suppressed") ||
				 (str_eqz(v, "skipped") && c->status == OUT_PASSED)))
		c->gtest = true;
	if (o != OUT_UNKNOWN && (c->status == OUT_UNKNOWN || c->status == OUT_PASSED))
		c->status = o;
}

static void
open_case(struct junit *j, const struct xml *x, const struct xml_attr *a, size_t n)
{
	struct open_case *c = new_case(j, x);
	long line;

	j->known = true;
	for (size_t i = 0; i < n; i++) {
		struct str v = a[i].value;

		switch (a[i].name) {
		case N_NAME:
			c->name = put(&c->bytes, v);
			break;
		case N_CLASSNAME:
			c->class = put(&c->bytes, v);
			break;
		case N_CLASS:
			if (c->class.n == 0)
				c->class = put(&c->bytes, v);
			break;
		case N_FILE:
		case N_FILEPATH:
			c->file = put(&c->bytes, v);
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
			add_property(c, STR("finding"), v);
			break;
		default:
			break;
		}
	}
}

static enum outcome
outcome_of(const struct open_case *c)
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

static void
place_failure(struct junit *j, struct open_case *c, struct test_event *ev)
{
	struct str path = STR_NONE;
	long line;

	if (!outcome_bad(ev->outcome) || (ev->line && ev->file.n && ev->dialect != DIALECT_PYTEST))
		return;
	(void)j, (void)c;
	if (!failure_place(ev->text, ev->file, ev->dialect, &path, &line))
		return;
	/* A line belongs to its file: a place elsewhere says nothing about the test's own. */
	if (ev->file.n == 0) {
		ev->file = path;
		ev->line = line;
	} else if (str_eq(str_basename(path), str_basename(ev->file))) {
		ev->line = line;
	}
}

static int
send_case(struct junit *j, struct open_case *c, enum outcome outcome)
{
	struct frame *f = top(j);
	struct prop props[MAX_PROPS_KEPT + 1];
	struct test_event ev = { .suite = buf_str(&j->suite), .outcome = outcome, .at = c->at,
		.line = c->line, .seconds = c->seconds, .attempts = c->flaky + c->retries };

	ev.name = part(&c->bytes, c->name);
	ev.class = part(&c->bytes, c->class);
	ev.file = part(&c->bytes, c->file);
	ev.type = part(&c->bytes, c->type);
	ev.message = part(&c->bytes, c->message);
	ev.dialect = c->gtest ? DIALECT_GTEST : f ? f->dialect : DIALECT_NONE;
	if (ev.file.n == 0 && f && f->file.n)
		ev.file = part(&j->names, f->file);
	if (ev.dialect == DIALECT_NONE)
		ev.dialect = junit_case_dialect(ev.class, ev.name, ev.file, ev.suite);
	if (c->file.n && counts_from_zero(j, ev.dialect))
		ev.line++;
	for (size_t i = 0; i < c->nprops; i++)
		props[ev.nprops++] = (struct prop){ part(&c->bytes, c->props[i].name),
			part(&c->bytes, c->props[i].value) };
	if (f && f->finding.n)
		props[ev.nprops++] = (struct prop){ STR("finding"), part(&j->names, f->finding) };
	ev.props = props;
	if (c->rank) {
		ev.text = str_trim(kept_str(&c->text));
		place_failure(j, c, &ev);
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
	struct open_case *c = j->open;

	j->open = c->outer;
	c->outer = j->spare;
	j->spare = c;
}

/* ---- results: <failure> and kin ---- */

/* Whose message a case shows: an error's before a failure's before the others'. */
static int
rank_of(int name)
{
	return name == N_ERROR ? 4 : name == N_FAILURE ? 3 : name == N_SKIPPED ? 1 : 2;
}

static bool
is_result(int name)
{
	return name >= N_FAILURE && name <= N_FLAKY_ERROR;
}

static void
open_result(struct junit *j, const struct xml *x, int name, const struct xml_attr *a, size_t n)
{
	struct open_case *c = j->open;
	long line;

	j->result = name;
	j->result_depth = xml_depth(x);
	j->muted_depth = 0;
	j->result_line = xml_line(x);
	j->has_message = false;
	buf_reset(&j->message);
	buf_reset(&j->type);
	kept_reset(&j->body);
	for (size_t i = 0; i < n; i++) {
		struct str v = a[i].value;

		if (a[i].name == N_MESSAGE) {
			struct kept k = { 0 };

			kept_add(&k, v);
			buf_add(&j->message, str_trim(kept_str(&k)));
			kept_release(&k);
			j->has_message = true;
		} else if (a[i].name == N_TYPE) {
			buf_add(&j->type, str_to(v, MAX_NAME_KEPT));
		} else if ((a[i].name == N_FILE || a[i].name == N_FILEPATH) && c && c->file.n == 0) {
			c->file = put(&c->bytes, v);
		} else if ((a[i].name == N_LINE || a[i].name == N_LINENO) && c && c->line == 0 &&
			   num_long(str_trim(v), 1, 1000000000, &line)) {
			c->line = line;
		}
	}
	if (c == NULL)
		return;
	c->failures += name == N_FAILURE;
	c->errors += name == N_ERROR;
	c->retries += name == N_RERUN_FAILURE || name == N_RERUN_ERROR;
	c->flaky += name == N_FLAKY_FAILURE || name == N_FLAKY_ERROR;
	c->skipped = c->skipped || name == N_SKIPPED;
}

/* Message and body in one text, without saying the same thing twice. */
static void
add_text(struct kept *out, struct str message, struct str body)
{
	if (out->head.n)
		kept_add(out, STR("\n\n"));
	if (message.n && !(body.n >= message.n && memcmp(body.p, message.p, message.n) == 0)) {
		kept_add(out, message);
		if (body.n)
			kept_add(out, STR("\n"));
	}
	kept_add(out, body);
}

static void
close_result(struct junit *j)
{
	struct str message = buf_str(&j->message), body = kept_str(&j->body);
	struct open_case *c = j->open;
	struct frame *f = top(j);
	int name = j->result, rank = rank_of(name);

	j->result = XML_UNKNOWN;
	if (c == NULL) {
		struct kept text = { 0 };

		if (f == NULL || (name != N_ERROR && name != N_FAILURE))
			return;
		f->elements++;
		j->failures += name == N_FAILURE;
		j->errors += name == N_ERROR;
		add_text(&text, message, str_trim(body));
		j->out->suite_error(j->out->ctx, part(&j->names, f->name),
			str_trim(kept_str(&text)), j->result_line);
		kept_release(&text);
		return;
	}
	/* A repeated failure says what the first one says. */
	if (name == N_RERUN_FAILURE || name == N_RERUN_ERROR ? c->rank == 0 : rank >= 2 || c->rank < 2)
		add_text(&c->text, message, str_rtrim(body));
	if (rank <= c->rank)
		return;
	c->rank = rank;
	if (failure_says_nothing(message) && failure_line(body).n)
		message = failure_line(body);
	c->message = put(&c->bytes, message);
	c->type = put(&c->bytes, buf_str(&j->type));
}

/* ---- properties ---- */

static void
open_property(struct junit *j, const struct xml_attr *a, size_t n)
{
	j->in_property = true;
	j->has_value = false;
	buf_reset(&j->prop_name);
	buf_reset(&j->prop_value);
	for (size_t i = 0; i < n; i++) {
		if (a[i].name == N_NAME)
			buf_add(&j->prop_name, str_to(a[i].value, MAX_NAME_KEPT));
		if (a[i].name == N_VALUE) {
			buf_add(&j->prop_value, str_to(a[i].value, MAX_NAME_KEPT));
			j->has_value = true;
		}
	}
}

static void
close_property(struct junit *j)
{
	struct str name = buf_str(&j->prop_name), value = str_trim(buf_str(&j->prop_value));
	struct frame *f = top(j);

	j->in_property = false;
	if (j->open) {
		add_property(j->open, name, value);
	} else if (f) {
		f->dialect = junit_property_dialect(name, f->dialect);
		if (str_eqz(name, "finding") && value.n)
			f->finding = put(&j->names, value);
	}
}

/* ---- events ---- */

static void
on_open(void *ctx, struct xml *x, int name, const struct xml_attr *a, size_t n)
{
	struct junit *j = ctx;

	if (j->result != XML_UNKNOWN) {
		/* Captured output inside a retry is no part of what it says. */
		if ((name == N_OUT || name == N_ERR) && j->muted_depth == 0)
			j->muted_depth = xml_depth(x);
		return;
	}
	if (name == N_TESTCASE)
		open_case(j, x, a, n);
	else if (name == N_TESTSUITE || name == N_TESTSUITES)
		open_suite(j, x, name, a, n);
	else if (name == N_PROPERTY)
		open_property(j, a, n);
	else if (is_result(name))
		open_result(j, x, name, a, n);
}

static void
on_close(void *ctx, struct xml *x, int name)
{
	struct junit *j = ctx;

	if (j->result != XML_UNKNOWN) {
		if (xml_depth(x) == j->muted_depth)
			j->muted_depth = 0;
		if (xml_depth(x) == j->result_depth)
			close_result(j);
		return;
	}
	if (name == N_TESTCASE && j->open) {
		int rc = send_case(j, j->open, outcome_of(j->open));

		drop_case(j);
		if (rc < 0)
			xml_stop(x);
	} else if ((name == N_TESTSUITE || name == N_TESTSUITES) && j->frames.n) {
		close_suite(j, true);
	} else if (name == N_PROPERTY && j->in_property) {
		close_property(j);
	}
}

static void
on_text(void *ctx, struct xml *x, struct str s)
{
	struct junit *j = ctx;

	(void)x;
	if (j->result != XML_UNKNOWN) {
		if (j->muted_depth == 0)
			kept_add(&j->body, s);
	} else if (j->in_property && !j->has_value && j->prop_value.n < MAX_NAME_KEPT) {
		buf_add(&j->prop_value, str_to(s, MAX_NAME_KEPT));
	}
}

/* What is open will not be closed. A failure that began is a failure; a pass is not yet one. */
static void
on_broken(void *ctx, struct xml *x)
{
	struct junit *j = ctx;

	(void)x;
	if (j->result != XML_UNKNOWN)
		close_result(j);
	while (j->open) {
		if (j->open->failures || j->open->errors)
			send_case(j, j->open, outcome_of(j->open));
		drop_case(j);
	}
	while (j->frames.n)
		close_suite(j, false);
}

static const struct xml_format format = {
	.names = names,
	.roots = roots,
	.open = on_open,
	.close = on_close,
	.text = on_text,
	.broken = on_broken,
};

static void
free_case(struct open_case *c)
{
	buf_release(&c->bytes);
	kept_release(&c->text);
	free(c);
}

static void
junit_release(struct junit *j)
{
	while (j->open)
		drop_case(j);
	while (j->spare) {
		struct open_case *c = j->spare;

		j->spare = c->outer;
		free_case(c);
	}
	vec_release(&j->frames);
	buf_release(&j->suite);
	buf_release(&j->names);
	buf_release(&j->root_file);
	buf_release(&j->message);
	buf_release(&j->type);
	kept_release(&j->body);
	buf_release(&j->prop_name);
	buf_release(&j->prop_value);
}

static int
junit_parse(struct source *in, const struct sink *out)
{
	struct junit j = { .out = out, .result = XML_UNKNOWN };
	int rc = xml_read(in, out, &format, &j);

	out->elements(out->ctx, j.failures, j.errors);
	if (j.tool)
		out->tool(out->ctx, str_of(j.tool));
	if (rc == 0 && !j.known) {
		out->problem(out->ctx, PROBLEM_NOT_RECOGNISED, 0,
			STR("XML, but no <testsuite> or <testcase> in it"));
		rc = -1;
	}
	junit_release(&j);
	return rc;
}

static int
junit_sniff(struct str head)
{
	bool entities;
	struct str root = xml_root(head, &entities);

	if (str_eqz(root, "testsuites") || str_eqz(root, "testsuite"))
		return 95;
	/* Whatever it claims to be, a file that declares entities is refused; here. */
	return entities ? 70 : 0;
}

const struct parser parser_junit = {
	.name = "junit",
	.help = "JUnit XML of any runner: pytest, Maven, Gradle, jest, Go, nextest, googletest ...",
	.kind = KIND_TESTS,
	.spec = "https://github.com/testmoapp/junitxml",
	.sniff = junit_sniff,
	.parse = junit_parse,
};
