/*
 * metrics.c -- the counts as OpenMetrics text, for GitLab's metrics report, which shows what the
 * merge request changes of them.
 * https://prometheus.io/docs/specs/om/open_metrics_spec/
 * https://docs.gitlab.com/ci/testing/metrics_reports/
 */
#include "gate/base/utf8.h"
#include "gate/report/reporter.h"
#include "gate/report/support/escape.h"
#include "gate/report/support/results.h"

#define MAX_INPUTS 1000u
#define LABEL_BYTES 200u

/* A label's value: backslash, quote and line feed are escaped; a blank would end it for GitLab. */
static void
label(struct buf *out, struct str s)
{
	struct buf plain = BUF_INIT;

	escape_terminal(&plain, utf8_head(s, LABEL_BYTES));
	for (size_t i = 0; i < plain.n; i++) {
		if (plain.p[i] == '\\' || plain.p[i] == '"')
			buf_addc(out, '\\');
		buf_addc(out, plain.p[i] == ' ' ? '_' : plain.p[i]);
	}
	buf_release(&plain);
}

static void
family(struct buf *out, const char *name, const char *type, const char *help)
{
	buf_addf(out, "# TYPE %s %s\n# HELP %s %s\n", name, type, name, help);
}

static void
put_inputs(struct buf *out, const struct decision *d)
{
	size_t n = d->run->producers.n;

	family(out, "gate_input_complete", "gauge", "Whether the input delivered, whole.");
	for (size_t i = 0; i < n && i < MAX_INPUTS; i++) {
		const struct producer *p = &d->run->producers.v[i];

		buf_addz(out, "gate_input_complete{input=\"");
		label(out, p->spec->name);
		buf_addf(out, "\"} %d\n", p->complete);
	}
	if (n > MAX_INPUTS) {
		family(out, "gate_inputs_not_listed", "gauge", "Inputs beside these.");
		buf_addf(out, "gate_inputs_not_listed %zu\n", n - MAX_INPUTS);
	}
}

static void
metrics_render(const struct decision *d, const struct render_options *opt, struct buf *out)
{
	struct results all;

	(void)opt;
	results_init(&all, d);
	family(out, "gate_verdict", "stateset", "The decision.");
	for (int i = VERDICT_PASS; i <= VERDICT_INCONCLUSIVE; i++)
		buf_addf(out, "gate_verdict{gate_verdict=\"%s\"} %d\n",
			verdict_name((enum verdict)i), d->verdict == (enum verdict)i);
	family(out, "gate_blocking", "gauge", "What blocks, each thing once.");
	buf_addf(out, "gate_blocking %zu\n", all.nblocking);
	family(out, "gate_results", "gauge", "Tests, lint and scan results by class.");
	for (size_t i = 0; i < CLASSES; i++) {
		enum class c = class_in_order(i);

		buf_addf(out, "gate_results{class=\"%s\"} %ld\n", class_name(c), d->counts[c]);
	}
	put_inputs(out, d);
	buf_addz(out, "# EOF\n");
	results_release(&all);
}

const struct reporter reporter_metrics = {
	.name = "metrics",
	.help = "verdict, counts and inputs as OpenMetrics text, for GitLab's metrics report",
	.render = metrics_render,
};
