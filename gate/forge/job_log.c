/*
 * job_log.c -- see job_log.h.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
#include "gate/forge/job_log.h"

#include "gate/forge/annotations.h"
#include "gate/report/support/escape.h"

#define A_STEP 10 /* of each level, a runner keeps no more */

void
job_log_annotations(const json_t *doc, struct buf *out)
{
	size_t left[2] = { A_STEP, A_STEP };
	struct annotations notes;

	annotations_of(doc, annotations_most(doc), false, &notes);
	for (size_t i = 0; i < notes.of.n; i++) {
		const struct annotation *a = &notes.of.v[i];

		if (left[a->level] == 0)
			continue;
		left[a->level]--;
		buf_addz(out, a->level == ANNOTATE_FAILURE ? "::error " : "::warning ");
		if (a->path.n) {
			buf_addz(out, "file=");
			escape_command_property(out, a->path);
			if (a->line)
				buf_addf(out, ",line=%ld", a->line);
			buf_addc(out, ',');
		}
		buf_addz(out, "title=");
		escape_command_property(out, a->title);
		buf_addz(out, "::");
		escape_command_data(out, a->message);
		buf_addc(out, '\n');
	}
	annotations_release(&notes);
}
