/*
 * dotenv.c -- GitLab's dotenv report: variables for the jobs that follow.
 * https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsdotenv
 *
 * At most 20 variables and 5 KB on an instance as it is installed, one line each, no blank, no
 * quotes: so names, numbers and words only, nothing that a stranger wrote.
 */
#include "gate/report/reporter.h"
#include "gate/report/support/document.h"
#include "gate/report/support/results.h"

#define NAME_BYTES 200u

static void
number(struct buf *out, const char *key, long n)
{
	buf_addf(out, "GATE_%s=%ld\n", key, n);
}

/* Names and revisions: what is no letter, digit or . _ / - becomes an underscore. */
static void
word(struct buf *out, const char *key, struct str s)
{
	buf_addf(out, "GATE_%s=", key);
	for (size_t i = 0; i < s.n && i < NAME_BYTES; i++)
		buf_addc(out, is_alnum(s.p[i]) || (s.p[i] && strchr("._/-", s.p[i])) ? s.p[i] :
			'_');
	buf_addc(out, '\n');
}

static long
incomplete_inputs(const struct decision *d)
{
	long n = 0;

	for (size_t i = 0; i < d->run->producers.n; i++)
		n += !d->run->producers.v[i].complete;
	return n;
}

static void
dotenv_render(const struct decision *d, const struct render_options *opt, struct buf *out)
{
	static const struct {
		const char *key;
		enum class class;
	} classes[] = {
		{ "NEW_FAILURES", CLASS_NEW_FAILURE }, { "REGRESSIONS", CLASS_REGRESSION },
		{ "FAILED_FIXES", CLASS_FAILED_FIX }, { "EXPIRED_WAIVERS", CLASS_WAIVER_EXPIRED },
		{ "PREEXISTING_FAILURES", CLASS_PREEXISTING_FAILURE },
		{ "KNOWN_FAILURES", CLASS_KNOWN_FAILURE }, { "WAIVED", CLASS_WAIVED },
		{ "FLAKY", CLASS_FLAKY }, { "FIXED", CLASS_FIXED }, { "MISSING", CLASS_MISSING },
		{ "SKIPPED", CLASS_SKIPPED }, { "PASSED", CLASS_PASSED },
		{ "NEW_ISSUES", CLASS_NEW_ISSUE }, { "KNOWN_ISSUES", CLASS_KNOWN_ISSUE },
	};
	char hex[SHA256_HEX];
	struct results all;

	(void)opt;
	document_digest(d, hex);
	results_init(&all, d);
	word(out, "VERDICT", str_of(verdict_name(d->verdict)));
	number(out, "EXIT", d->exit);
	word(out, "NAME", d->name);
	word(out, "DIGEST", str_of(hex));
	number(out, "BLOCKING", (long)all.nblocking);
	number(out, "INCOMPLETE_INPUTS", incomplete_inputs(d));
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		number(out, classes[i].key, d->counts[classes[i].class]);
	results_release(&all);
}

const struct reporter reporter_dotenv = {
	.name = "dotenv",
	.help = "verdict and counts as GitLab's dotenv report: GATE_VERDICT, GATE_NEW_FAILURES ...",
	.render = dotenv_render,
};
