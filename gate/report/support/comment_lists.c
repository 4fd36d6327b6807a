/* comment_lists.c -- what does not decide the verdict, in the comment: folded away. */
#include "gate/report/support/comment_parts.h"
#include "gate/report/support/explain.h"

/* Rows of these classes that do not block. */
void
comment_classes(struct comment *c, const char *title, uint64_t classes)
{
	struct part p = part_begin(c, title, true, 40, comment_most(c, FOLDED_SHOWN));

	for (size_t i = 0; i < c->rows.n; i++) {
		for (const struct comment_row *r = c->rows.v[i].value; r; r = r->other) {
			if (!comment_class_is(r->first, classes) || r->by)
				continue;
			buf_addz(&c->item, "- ");
			comment_put_row(c, r);
			buf_addc(&c->item, '\n');
			part_item(&p);
		}
	}
	part_end(&p);
}

/* Results of the list that map to the finding and do not block. */
static size_t
count_known(const struct comment *c, const json_t *ids)
{
	size_t n = 0, i;
	const json_t *v;

	json_array_foreach(ids, i, v) {
		struct str id = str_n(json_string_value(v), json_string_length(v));
		const struct comment_row *r = map_get(&c->rows, id);

		while (r && (r->by || !comment_class_is(r->first, KNOWN_CLASSES)))
			r = r->other;
		n += r != NULL;
	}
	return n;
}

static void
put_terms(struct comment *c, const json_t *f)
{
	const json_t *waiver = json_object_get(f, "waiver");
	struct str owner = explain_text(waiver, "owner"), reason = explain_text(waiver, "reason");
	struct str expires = explain_text(waiver, "expires");

	owner = owner.n ? owner : explain_text(f, "owner");
	expires = expires.n ? expires : explain_text(f, "expires");
	if (owner.n) {
		buf_addz(&c->item, "; owner ");
		comment_text(&c->item, owner, 60);
	}
	if (reason.n) {
		buf_addz(&c->item, ", waived: ");
		comment_text(&c->item, reason, 200);
	}
	if (expires.n) {
		buf_addz(&c->item, ", until ");
		comment_text(&c->item, expires, 30);
	}
}

void
comment_known(struct comment *c)
{
	struct part p = part_begin(c, "Known, by finding", true, 40,
		comment_most(c, FOLDED_SHOWN));
	const json_t *f;
	size_t i;

	json_array_foreach(explain_list(c->doc, "findings"), i, f) {
		size_t n = count_known(c, explain_list(f, "tests")) +
			count_known(c, explain_list(f, "issues"));

		if (n == 0)
			continue;
		buf_addf(&c->item, "- %zu result%s: ", n, n == 1 ? "" : "s");
		comment_finding(c, explain_text(f, "qualified"));
		put_terms(c, f);
		buf_addc(&c->item, '\n');
		part_item(&p);
	}
	part_end(&p);
}

void
comment_suggestions(struct comment *c)
{
	struct part p = part_begin(c, "Suggestions: they explain, they excuse nothing", true, 40,
		comment_most(c, FOLDED_SHOWN));

	for (size_t i = 0; i < c->rows.n; i++) {
		const struct comment_row *r = c->rows.v[i].value;
		const json_t *list = explain_list(r->first, "suggestions"), *s;
		size_t k;

		if (json_array_size(list) == 0 || explain_text(r->first, "finding").n)
			continue;
		buf_addz(&c->item, "- ");
		comment_name(c, r);
		if (r->issue)
			comment_place(c, r->first);
		json_array_foreach(list, k, s) {
			if (k >= 3)
				break;
			buf_addz(&c->item, k ? "; " : ": perhaps ");
			comment_finding(c, explain_text(s, "finding"));
			comment_evidence(c, r->first, explain_text(s, "finding"));
		}
		buf_addc(&c->item, '\n');
		part_item(&p);
	}
	part_end(&p);
}
