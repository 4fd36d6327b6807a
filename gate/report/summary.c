/*
 * summary.c -- the job's summary on GitHub: added to the file that GITHUB_STEP_SUMMARY names,
 * the same body as the comment's, with more of everything.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 *
 * A file above 1 MiB is dropped whole by the forge, so what is there already counts.
 */
#include "gate/report/reporter.h"
#include "gate/report/support/comment.h"
#include "gate/report/support/document.h"

#define MAX_SUMMARY_BYTES 1000000u
#define BRIEF_BYTES 8000u

static void
summary_render(const struct decision *d, const struct render_options *opt, struct buf *out)
{
	size_t room = opt->room && opt->room < MAX_SUMMARY_BYTES ? opt->room : MAX_SUMMARY_BYTES;
	struct comment_options o = { .build = &d->build, .budget = room,
		.brief = room < COMMENT_LEAST };
	size_t start = out->n;
	json_t *doc;

	if (room < BRIEF_BYTES)
		return;
	doc = document_of(d);
	comment_render(doc, &o, out);
	json_decref(doc);
	if (out->n - start > room) /* never: but a summary that is too long loses the others' too */
		buf_cut(out, start);
}

const struct reporter reporter_summary = {
	.name = "summary",
	.help = "a job's summary, added to the file of GITHUB_STEP_SUMMARY, never past its 1 MiB",
	.append = true,
	.most = MAX_SUMMARY_BYTES,
	.render = summary_render,
};
