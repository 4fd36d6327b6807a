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
#include "parsers/parser.h"
#include "parsers/support/junit_dialect.h"
#include "parsers/support/junit_parts.h"

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
static const char *const roots[] = { "testsuite", "testsuites", NULL };
static const char *const parts[] = { "testcase", "failure", NULL };

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
	struct junit_suite *f = junit_top(j);

	j->in_property = false;
	if (j->open) {
		junit_add_property(j->open, name, value);
	} else if (f) {
		f->dialect = junit_property_dialect(name, f->dialect);
		if (str_eqz(name, "finding") && value.n)
			f->finding = junit_put(&j->names, value);
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
		junit_open_case(j, x, a, n);
	else if (name == N_TESTSUITE || name == N_TESTSUITES)
		junit_open_suite(j, x, name, a, n);
	else if (name == N_PROPERTY)
		open_property(j, a, n);
	else if (junit_is_result(name))
		junit_open_result(j, x, name, a, n);
}

static void
on_close(void *ctx, struct xml *x, int name)
{
	struct junit *j = ctx;

	if (j->result != XML_UNKNOWN) {
		if (xml_depth(x) == j->muted_depth)
			j->muted_depth = 0;
		if (xml_depth(x) == j->result_depth)
			junit_close_result(j);
		return;
	}
	if (name == N_TESTCASE && j->open) {
		if (junit_close_case(j) < 0)
			xml_stop(x);
	} else if ((name == N_TESTSUITE || name == N_TESTSUITES) && j->frames.n) {
		junit_close_suite(j, true);
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
		junit_close_result(j);
	while (j->open)
		junit_break_case(j);
	while (j->frames.n)
		junit_close_suite(j, false);
}

static const struct xml_format format = {
	.names = names,
	.roots = roots,
	.parts = parts,
	.open = on_open,
	.close = on_close,
	.text = on_text,
	.broken = on_broken,
};

static void
junit_release(struct junit *j)
{
	junit_free_cases(j);
	vec_release(&j->frames);
	buf_release(&j->suite);
	buf_release(&j->names);
	buf_release(&j->scratch);
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
		out->tool(out->ctx, str_of(j.tool), STR_NONE);
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
