/*
 * junit.c -- one JUnit file of the whole run, merged and trimmed so that GitLab takes it: every
 * failing test of every producer, known ones too, and the verdict as a case of its own, so that
 * the file of a decision that is no pass never looks green. Passing tests are only counted.
 * https://docs.gitlab.com/ci/testing/unit_test_reports/ ; https://github.com/testmoapp/junitxml
 */
#include "gate/base/utf8.h"
#include "gate/report/reporter.h"
#include "gate/report/support/escape.h"
#include "gate/report/support/results.h"

/* GitLab's: 30 MB a file, 250,000 elements; of equal names in a class only the first counts. */
#define MAX_CASES_LISTED 100000u
#define MAX_BYTES (28u << 20)
#define SHORT_FROM (20u << 20) /* where there is so much, less is said of the rest */
#define TEXT_BYTES 4000u
#define SHORT_BYTES 200u
#define HEAD_BYTES 1000u

struct junit {
	const struct decision *d;
	struct results all;
	struct buf cases;
	size_t tests, failures, errors, left;
};

static void
attribute(struct buf *out, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	buf_addf(out, " %s=\"", name);
	escape_xml(out, utf8_head(value, HEAD_BYTES));
	buf_addc(out, '"');
}

static void
body(struct buf *out, struct str text, size_t most)
{
	struct str rest = utf8_head(text, most), line;

	while (str_line(&rest, &line)) {
		escape_xml(out, line);
		buf_addc(out, '\n');
	}
	if (text.n > most)
		buf_addf(out, "(%zu more bytes)\n", text.n - most);
}

/* "unit/py39, py312": what GitLab shows as the suite; with the ID it is unique. */
static void
class_of(const struct result *r, struct buf *out)
{
	const struct report *report = r->row.test ? r->row.test->report : NULL;

	buf_add(out, r->row.producer ? r->row.producer->spec->name : STR("gate"));
	for (size_t i = 0; i < r->row.legs.n; i++) {
		buf_addz(out, i ? ", " : "/");
		buf_add(out, r->row.legs.v[i]);
	}
	if (r->row.legs.n == 0 && report && report->leg.n)
		buf_addf(out, "/%.*s", STR_FMT(report->leg));
}

static void
put_case(struct junit *j, const struct result *r)
{
	const struct test *t = r->row.test;
	bool error = t == NULL || t->outcome == OUT_ERROR;
	bool failed = t == NULL || outcome_bad(t->outcome) || r->blocks;
	struct buf class = BUF_INIT, why = BUF_INIT;
	struct buf *out = &j->cases;

	class_of(r, &class);
	result_why(j->d, r, &why);
	buf_addz(out, "  <testcase");
	attribute(out, "classname", buf_str(&class));
	attribute(out, "name", r->row.id);
	attribute(out, "file", t ? t->file : STR_NONE);
	if (t && t->seconds >= 0 && t->seconds < 1e9)
		buf_addf(out, " time=\"%ld.%03ld\"", (long)t->seconds,
			(long)(t->seconds * 1000) % 1000);
	buf_addz(out, failed ? (error ? "><error" : "><failure") : "/>\n");
	if (failed) {
		attribute(out, "message", buf_str(&why));
		attribute(out, "type", t && t->type.n ? t->type : r->check);
		buf_addc(out, '>');
		if (t && j->d->delivery.messages != MESSAGES_NONE)
			body(out, t->text.n ? t->text : t->message,
				out->n > SHORT_FROM ? SHORT_BYTES : TEXT_BYTES);
		buf_addz(out, error ? "</error></testcase>\n" : "</failure></testcase>\n");
	}
	j->tests++;
	j->errors += failed && error;
	j->failures += failed && !error;
	buf_release(&class);
	buf_release(&why);
}

static void
put_verdict(struct junit *j, struct buf *out)
{
	const struct decision *d = j->d;
	const char *tag = d->verdict == VERDICT_FAIL ? "failure" : "error";

	buf_addz(out, "  <testcase classname=\"Regression Gate\"");
	attribute(out, "name", d->name.n ? d->name : STR("verdict"));
	if (d->verdict == VERDICT_PASS) {
		buf_addz(out, "/>\n");
		return;
	}
	buf_addf(out, "><%s", tag);
	attribute(out, "message", d->sentence);
	attribute(out, "type", str_of(verdict_name(d->verdict)));
	buf_addc(out, '>');
	for (size_t i = 0; i < j->all.view.blocking.n; i++) {
		const struct rule_result *r = j->all.view.blocking.v[i].rule;

		escape_xml(out, r->rule);
		buf_addz(out, ": ");
		escape_xml(out, utf8_head(r->message, HEAD_BYTES));
		buf_addc(out, '\n');
	}
	buf_addf(out, "</%s></testcase>\n", tag);
}

static void
property(struct buf *out, const char *name, long n)
{
	buf_addf(out, "   <property name=\"gate.%s\" value=\"%ld\"/>\n", name, n);
}

/* What is not in the file is counted in it. */
static void
put_properties(const struct junit *j, struct buf *out)
{
	const struct decision *d = j->d;
	long total = 0;

	for (size_t i = 0; i < d->run->producers.n; i++)
		total += d->run->producers.v[i].total;
	buf_addz(out, "  <properties>\n");
	property(out, "tests", total);
	property(out, "passed", d->counts[CLASS_PASSED]);
	property(out, "skipped", d->counts[CLASS_SKIPPED]);
	property(out, "flaky", d->counts[CLASS_FLAKY] + d->counts[CLASS_KNOWN_FLAKY]);
	property(out, "failing-not-listed", (long)j->left);
	buf_addz(out, "  </properties>\n");
}

static void
put_suite(const struct junit *j, struct buf *out)
{
	bool pass = j->d->verdict == VERDICT_PASS, fail = j->d->verdict == VERDICT_FAIL;

	buf_addf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"0\">\n",
		j->tests + 1, j->failures + fail, j->errors + (!pass && !fail));
}

static bool
is_case(const struct result *r)
{
	return r->row.test || r->row.absent || r->row.kind == ITEM_PRODUCER;
}

static void
junit_render(const struct decision *d, const struct render_options *opt, struct buf *out)
{
	struct junit j = { .d = d };

	(void)opt;
	results_init(&j.all, d);
	for (size_t i = 0; i < j.all.all.n; i++) {
		if (!is_case(&j.all.all.v[i]))
			continue;
		if (j.tests >= MAX_CASES_LISTED || j.cases.n > MAX_BYTES)
			j.left++;
		else
			put_case(&j, &j.all.all.v[i]);
	}
	buf_addz(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
	attribute(out, "name", d->name);
	put_suite(&j, out);
	buf_addz(out, " <testsuite name=\"Regression Gate\"");
	put_suite(&j, out);
	put_properties(&j, out);
	put_verdict(&j, out);
	buf_add(out, buf_str(&j.cases));
	buf_addz(out, " </testsuite>\n</testsuites>\n");
	buf_release(&j.cases);
	results_release(&j.all);
}

const struct reporter reporter_junit = {
	.name = "junit",
	.help = "one JUnit file of the run: verdict and failing tests, within GitLab's limits",
	.render = junit_render,
};
