/*
 * comment_next.c -- what a person who was just blocked does next, in the comment: sees it at the
 * desk, or has it wait.
 */
#include "gate/base/date.h"
#include "gate/report/support/comment_parts.h"
#include "gate/report/support/escape.h"
#include "gate/report/support/explain.h"
#include "gate/report/support/ways.h"

#define RERUNS_SHOWN 5
#define COMMAND_BYTES 4000u

static bool
put_command(struct comment *c, struct part *p, struct str command)
{
	if (command.n == 0 || command.n > COMMAND_BYTES)
		return false;
	buf_addz(&c->item, "- ");
	escape_markdown_code(&c->item, command);
	buf_addc(&c->item, '\n');
	part_item(p);
	return true;
}

void
comment_reruns(struct comment *c)
{
	struct part p = part_begin(c, "See it on your machine", true, 30,
		comment_most(c, RERUNS_SHOWN) + 1);
	const json_t *v;
	size_t i, said = 0;

	buf_addz(&c->item, "- the whole decision, from the same reports: <code>gate run</code>; "
		"why: <code>gate explain &#45;&#45;decision decision.json</code>\n");
	part_item(&p);
	json_array_foreach(explain_list(c->doc, "rerun"), i, v)
		said += put_command(c, &p, str_n(json_string_value(v), json_string_length(v)));
	for (i = 0; i < c->shown.n && said == 0; i++) {
		const struct comment_row *r = map_get(&c->rows, c->shown.v[i].key);

		if (r) /* a document of an older version: one by one */
			put_command(c, &p, explain_text(r->first, "rerun"));
	}
	part_end(&p);
}

static struct str
entry_register(const json_t *doc)
{
	const json_t *env = json_object_get(doc, "environment"), *r;
	size_t i;

	json_array_foreach(explain_list(env, "registers"), i, r) {
		if (str_eqz(explain_text(r, "kind"), "structured"))
			return explain_text(r, "path");
	}
	return STR_NONE;
}

static void
collect(const struct comment *c, struct pastes *p)
{
	for (size_t i = 0; i < c->shown.n; i++) {
		const struct comment_row *r = map_get(&c->rows, c->shown.v[i].key);
		enum class cls;

		if (r == NULL || !explain_class_of(r->first, &cls) ||
		    !ways_waivable(cls, json_is_true(json_object_get(r->first, "excused"))))
			continue;
		if (r->issue)
			pastes_add_issue(p, explain_text(r->first, "tool"),
				explain_text(r->first, "rule"), explain_text(r->first, "file"));
		else
			pastes_add_test(p, c->shown.v[i].key);
	}
}

/* An entry to paste for what blocks: complete but for who and why, which nobody else knows. */
void
comment_ways_out(struct comment *c)
{
	struct part p = part_begin(c, "If it must wait: a waiver to paste", true, 60, 1);
	struct str reg = entry_register(c->doc);
	struct pastes pastes = { 0 };
	struct buf yaml = BUF_INIT;
	int64_t now;

	if (!date_parse_instant(explain_text(json_object_get(c->doc, "environment"), "now"), &now))
		return;
	collect(c, &pastes);
	if (pastes.n == 0)
		return;
	for (size_t i = 0; i < pastes.n; i++)
		paste_lines(&pastes, i, now, (long)json_integer_value(
			json_object_get(c->doc, "waiver_days")), &yaml);
	buf_addz(&c->item, "Into ");
	if (reg.n) {
		comment_code(&c->item, reg, 200);
		buf_addz(&c->item, ", under <code>findings:</code>");
	} else {
		buf_addz(&c->item, "a file that the policy names under <code>registers:</code>, "
			"behind the lines <code>version: 1</code> and <code>findings:</code>");
	}
	buf_addz(&c->item, ". What the change itself adds stays "
		"pending until it is merged, or approved.\n\n");
	escape_markdown_block(&c->item, buf_str(&yaml));
	if (pastes.left)
		buf_addf(&c->item, "\n+%zu more would need entries of their own\n", pastes.left);
	part_item(&p);
	part_end(&p);
	buf_release(&yaml);
}
