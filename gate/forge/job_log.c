/*
 * job_log.c -- see job_log.h.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
#include "gate/forge/job_log.h"

#include "gate/forge/annotations.h"

#define A_STEP 10 /* of each level, a runner keeps no more */

/* A property's value also ends at a colon or a comma. */
static void
put_escaped(struct buf *out, struct str s, const char *also)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '%' || s.p[i] == '\r' || s.p[i] == '\n' ||
		    (s.p[i] && strchr(also, s.p[i])))
			buf_addf(out, "%%%02X", (unsigned)(unsigned char)s.p[i]);
		else
			buf_addc(out, s.p[i]);
	}
}

/* "##[" starts a command too, anywhere in a line. */
static void
put_value(struct buf *out, struct str s, const char *also)
{
	size_t at;

	while ((at = str_find(s, STR("##["))) != STR_NPOS) {
		put_escaped(out, str_to(s, at), also);
		buf_addz(out, "## [");
		s = str_from(s, at + 3);
	}
	put_escaped(out, s, also);
}

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
			put_value(out, a->path, ":,");
			if (a->line)
				buf_addf(out, ",line=%ld", a->line);
			buf_addc(out, ',');
		}
		buf_addz(out, "title=");
		put_value(out, a->title, ":,");
		buf_addz(out, "::");
		put_value(out, a->message, "");
		buf_addc(out, '\n');
	}
	annotations_release(&notes);
}
