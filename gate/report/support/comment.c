/*
 * comment.c -- see comment.h: the verdict, what blocks, the counts, the inputs; then, folded
 * away, what is known, fixed, flaky, suggested; how to see it at a desk, and the ways out.
 */
#include "gate/base/hash.h"
#include "gate/base/utf8.h"
#include "gate/report/support/comment_parts.h"
#include "gate/report/support/explain.h"

#define NAME_BYTES 200
#define FOOTER_BYTES 600

void
comment_marker_of(const char *kind, struct str name, struct buf *out)
{
	char hex[SHA256_HEX];

	buf_addf(out, "<!-- regression-gate/%s@1 ", kind);
	if (name.n > NAME_BYTES) {
		sha256_of(name, hex);
		name = str_of(hex);
	}
	for (size_t i = 0; i < name.n; i++) {
		if (is_alnum(name.p[i]) || name.p[i] == '.' || name.p[i] == '_' || name.p[i] == '/')
			buf_addc(out, name.p[i]);
		else
			buf_addf(out, "%%%02X", (unsigned)(unsigned char)name.p[i]);
	}
	buf_addc(out, ' ');
}

void
comment_marker(struct str name, struct buf *out)
{
	comment_marker_of("comment", name, out);
	buf_addz(out, "-->\n");
}

/* "abc against def, policy gate.yaml of def": what the verdict is about, in one line. */
static void
put_revisions(struct comment *c)
{
	const json_t *env = json_object_get(c->doc, "environment");
	const json_t *build = json_object_get(env, "build");
	const json_t *policy = json_object_get(env, "policy");
	const struct build *here = c->o->build;
	struct str head = explain_text(build, "revision"), base = explain_text(build, "base");
	struct str path = explain_text(policy, "path"), of = explain_text(policy, "revision");

	head = head.n || here == NULL ? head : here->revision;
	base = base.n || here == NULL ? base : here->base;
	if (head.n) {
		buf_addz(&c->item, "Revision ");
		comment_commit(c, head);
		if (base.n) {
			buf_addz(&c->item, " against ");
			comment_commit(c, base);
		}
		buf_addz(&c->item, ", policy ");
	} else {
		buf_addz(&c->item, "Policy ");
	}
	if (path.n) {
		comment_code(&c->item, path, 100);
		buf_addz(&c->item, of.n ? " of " : " ");
	}
	if (of.n) {
		comment_commit(c, of);
	} else {
		buf_addz(&c->item, "sha256 ");
		comment_code(&c->item, utf8_head(explain_text(env, "policy_sha256"), 12), 12);
	}
	buf_addc(&c->item, '\n');
	buf_add(c->out, buf_str(&c->item));
	buf_reset(&c->item);
}

static void
put_sentence(struct comment *c)
{
	buf_addz(c->out, c->o->brief ? "" : "### ");
	comment_text(c->out, explain_text(c->doc, "sentence"), 600);
	buf_addz(c->out, c->o->brief ? " " : "\n\n");
	put_revisions(c);
}

static void
put_all(struct comment *c)
{
	comment_blocking(c);
	comment_counts(c);
	comment_inputs(c, false);
	comment_pending(c);
	comment_warnings(c);
	comment_notes(c);
	comment_reruns(c);
	comment_ways_out(c);
	comment_known(c);
	comment_classes(c, "Fixed, or to put in order", FIXED_CLASSES);
	comment_classes(c, "Flaky", FLAKY_CLASSES);
	comment_classes(c, "Closed but listed, or gone", GONE_CLASSES);
	comment_suggestions(c);
	comment_inputs(c, true);
}

void
comment_render(const json_t *doc, const struct comment_options *o, struct buf *out)
{
	struct comment c = { .doc = doc, .o = o, .out = out };
	size_t budget = o->budget < COMMENT_LEAST ? COMMENT_LEAST : o->budget;

	c.end = out->n + budget - FOOTER_BYTES;
	comment_marker(explain_text(doc, "name"), out);
	put_sentence(&c);
	if (!o->brief) {
		comment_index(&c);
		put_all(&c);
		buf_addz(out, "\n<sub>Regression Gate, comment@1: ");
		comment_text(out, explain_text(doc, "name"), 60);
		buf_addz(out, "</sub>\n");
	}
	comment_forget(&c);
	map_release(&c.shown);
	arena_release(&c.mem);
	buf_release(&c.item);
}
