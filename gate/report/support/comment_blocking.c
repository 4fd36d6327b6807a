/* comment_blocking.c -- what decides the verdict, in the comment: never folded away. */
#include "gate/report/support/comment_parts.h"
#include "gate/report/support/escape.h"
#include "gate/report/support/explain.h"
#include "gate/report/support/view.h"
#include "gate/report/support/ways.h"

#define WAYS 8   /* different ones of one rule */
#define WARNED 3 /* named, of what one rule warns of */

static void
put_rule_line(struct comment *c, const json_t *rule)
{
	struct str selected = explain_text(rule, "selected");

	buf_addz(&c->item, "\n**");
	comment_text(&c->item, explain_text(rule, "rule"), 100);
	buf_addz(&c->item, "**");
	if (selected.n) {
		buf_addz(&c->item, " (");
		comment_text(&c->item, selected, 200);
		buf_addc(&c->item, ')');
	}
	buf_addz(&c->item, ": ");
	comment_text(&c->item, explain_text(rule, "message"), 300);
	if (json_integer_value(json_object_get(json_object_get(rule, "at"), "line")) > 0) {
		buf_addz(&c->item, ", by ");
		comment_policy_place(c, json_object_get(rule, "at"));
	}
	buf_addz(&c->item, comment_outcome_is(rule, "inconclusive") ? " (inconclusive)\n\n" :
		"\n\n");
}

/* Results of one rule that have the same way out. */
struct way {
	const json_t *first;
	size_t n;
};

static bool
same_way(const json_t *a, const json_t *b)
{
	return str_eq(explain_text(a, "class"), explain_text(b, "class")) &&
		str_eq(explain_text(a, "finding"), explain_text(b, "finding")) &&
		json_is_true(json_object_get(a, "excused")) ==
			json_is_true(json_object_get(b, "excused"));
}

static void
count_way(struct way ways[WAYS], size_t *n, const json_t *o)
{
	for (size_t i = 0; i < *n; i++)
		if (same_way(ways[i].first, o)) {
			ways[i].n++;
			return;
		}
	if (*n < WAYS)
		ways[(*n)++] = (struct way){ o, 1 };
}

/* "docs/status.md:4" */
static void
place_words(const json_t *at, struct buf *out)
{
	long line = (long)json_integer_value(json_object_get(at, "line"));

	buf_add(out, explain_text(at, "path"));
	if (out->n && line > 0)
		buf_addf(out, ":%ld", line);
}

static void
put_ways(struct comment *c, struct part *p, const struct way *ways, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str q = explain_text(ways[i].first, "finding");
		struct way_facts f = { .n = ways[i].n, .finding = q,
			.excused = json_is_true(json_object_get(ways[i].first, "excused")) };
		struct buf stated = BUF_INIT, words = BUF_INIT;

		const json_t *finding = map_get(&c->counted.findings, q);

		f.reg = explain_text(json_object_get(finding, "at"), "path");
		place_words(json_object_get(finding, "stated"), &stated);
		f.stated = buf_str(&stated);
		if (explain_class_of(ways[i].first, &f.class))
			ways_sentence(&f, &words);
		if (words.n) {
			buf_addf(&c->item, "- *way%s out%s:* ", f.n > 1 ? "s" : "",
				n > 1 && q.n == 0 ? " (new)" : "");
			comment_text(&c->item, buf_str(&words), 400);
			buf_addc(&c->item, '\n');
			part_item(p);
		}
		buf_release(&stated);
		buf_release(&words);
	}
}

/* What the producer says is wrong stands with the inputs. */
static void
put_input_way(struct comment *c, struct part *p)
{
	buf_addz(&c->item, "- *way out:* let its job deliver a whole report, or mend what it "
		"says is wrong\n");
	part_item(p);
}

/* "`unit`: ended in ..."; what starts with its own name says it once. */
static void
put_counted(struct comment *c, const struct counted_item *it)
{
	if (!str_eq(str_to(it->why, it->id.n), it->id)) {
		comment_code(&c->item, it->id, 200);
		buf_addz(&c->item, it->why.n ? ": " : "");
	}
	comment_text(&c->item, it->why, 300);
}

static void
put_rest(struct comment *c, struct part *p, size_t n, const char *words)
{
	if (n == 0)
		return;
	buf_addf(&c->item, "- %zu %s\n", n, words);
	part_item(p);
}

static void
put_items(struct comment *c, struct part *p, const struct counted_rule *rule)
{
	struct way ways[WAYS] = { { 0 } };
	size_t nways = 0, above = 0;

	for (size_t i = 0; i < rule->items.n; i++) {
		const struct counted_item *it = &rule->items.v[i];
		struct comment_row *r = map_get(&c->rows, it->id);

		if (it->id.n == 0 || (r && r->by == rule))
			continue; /* in another leg */
		if (r && r->by) {
			above++;
			continue;
		}
		*map_at(&c->shown, it->id) = c;
		buf_addz(&c->item, "- ");
		if (r) {
			r->by = rule;
			comment_put_row(c, r);
			count_way(ways, &nways, r->first);
		} else {
			put_counted(c, it);
		}
		buf_addc(&c->item, '\n');
		part_item(p);
	}
	part_more(p);
	put_rest(c, p, above, "of them shown above");
	put_rest(c, p, rule->tolerated, "of lower levels, within their limits");
	put_ways(c, p, ways, nways);
	if (rule->items.n && str_eqz(explain_text(rule->rule, "rule"), "incomplete-input"))
		put_input_way(c, p);
}

/* Each rule's sentence always has its place; its items share the room. */
void
comment_blocking(struct comment *c)
{
	size_t rules = 0, hidden = 0;

	for (size_t i = 0; i < c->counted.rules.n; i++) {
		const struct counted_rule *rule = &c->counted.rules.v[i];
		char *title;
		struct part p;

		if (comment_outcome_is(rule->rule, "warn"))
			break;
		put_rule_line(c, rule->rule);
		if (++rules > 12 || c->out->n + c->item.n > c->end / 2) {
			hidden++;
			buf_reset(&c->item);
			continue;
		}
		title = arena_z(&c->mem, buf_str(&c->item));
		buf_reset(&c->item);
		buf_addz(c->out, title);
		p = part_begin(c, "", false, 45, comment_most(c, BLOCKING_SHOWN));
		p.open = true;
		put_items(c, &p, rule);
		part_end(&p);
	}
	if (hidden)
		buf_addf(c->out, "\n+%zu more rules\n", hidden);
}

/* Known ones that nothing excuses block though they are known, so they are told apart. */
static json_int_t
not_excused(const struct comment *c, enum class cls)
{
	const char *list = cls == CLASS_KNOWN_FAILURE ? "tests" : "issues";
	json_int_t n = 0;
	const json_t *o;
	size_t i;

	if (cls != CLASS_KNOWN_FAILURE && cls != CLASS_KNOWN_ISSUE)
		return 0;
	json_array_foreach(explain_list(c->doc, list), i, o)
		n += comment_class_is(o, CLASS_BIT(cls)) &&
			!json_is_true(json_object_get(o, "excused"));
	return n;
}

static void
put_count(struct comment *c, json_int_t n, enum class cls, const char *more, bool *some)
{
	if (n <= 0)
		return;
	buf_addf(c->out, "%s%lld %s%s", *some ? " &middot; " : "", (long long)n,
		class_words(cls, (long)n), more);
	*some = true;
}

void
comment_counts(struct comment *c)
{
	const json_t *counts = json_object_get(c->doc, "counts");
	bool some = false;

	buf_addc(c->out, '\n');
	for (size_t i = 0; i < CLASSES; i++) {
		enum class cls = class_in_order(i);
		json_int_t bare = not_excused(c, cls);
		json_int_t n = json_integer_value(json_object_get(counts, class_name(cls)));

		put_count(c, bare, cls, " not excused", &some);
		put_count(c, n - bare, cls, "", &some);
	}
	buf_addz(c->out, some ? "\n" : "nothing ran\n");
}

static void
put_input(struct comment *c, struct part *part, const json_t *in)
{
	struct str leg = explain_text(in, "leg"), path = explain_text(in, "path");
	const json_t *p;
	size_t i, n = 0;

	buf_addz(&c->item, "- ");
	comment_code(&c->item, explain_text(in, "name"), 100);
	if (leg.n) {
		buf_addc(&c->item, '/');
		comment_code(&c->item, leg, 100);
	}
	if (path.n) {
		buf_addz(&c->item, ", ");
		comment_code(&c->item, path, 200);
	}
	json_array_foreach(explain_list(in, "problems"), i, p) {
		if (n >= 3) {
			buf_addf(&c->item, "; +%zu more",
				json_array_size(explain_list(in, "problems")) - n);
			break;
		}
		buf_addz(&c->item, n++ ? "; " : ": ");
		comment_text(&c->item, explain_text(p, "code"), 40);
		buf_addc(&c->item, ' ');
		comment_code(&c->item, explain_text(p, "message"), 200);
	}
	buf_addc(&c->item, '\n');
	part_item(part);
}

/* What makes the verdict less than it seems is never folded away. */
void
comment_inputs(struct comment *c, bool complete)
{
	struct part p = complete ?
		part_begin(c, "Notes on the inputs", true, 20, comment_most(c, FOLDED_SHOWN)) :
		part_begin(c, "**Inputs that are not complete**\n", false, 40,
			comment_most(c, BLOCKING_SHOWN));
	const json_t *in;
	size_t i;

	json_array_foreach(explain_list(c->doc, "inputs"), i, in)
		if (json_is_true(json_object_get(in, "complete")) == complete &&
		    !json_is_false(json_object_get(in, "due")) &&
		    (!complete || json_array_size(explain_list(in, "problems"))))
			put_input(c, &p, in);
	part_end(&p);
}

/* Who approves must see what the change does to its own gate. */
void
comment_pending(struct comment *c)
{
	struct part p = part_begin(c, "**Pending until the change is merged**, not counted above\n",
		false, 30, comment_most(c, BLOCKING_SHOWN));
	struct str merged = explain_text(c->doc, "if_merged");
	struct str digest = explain_text(c->doc, "pending_digest");
	const json_t *v;
	size_t i;

	json_array_foreach(explain_list(c->doc, "pending"), i, v) {
		buf_addz(&c->item, "- ");
		comment_text(&c->item, explain_text(v, "edit"), 300);
		if (explain_text(v, "at").n) {
			buf_addz(&c->item, " at ");
			comment_code(&c->item, explain_text(v, "at"), 200);
		}
		buf_addc(&c->item, '\n');
		part_item(&p);
	}
	if (i == 0)
		return;
	part_more(&p);
	if (merged.n) {
		buf_addf(&c->item, "- the verdict with %s: ", i == 1 ? "it" : "them");
		comment_text(&c->item, merged, 40);
		buf_addc(&c->item, '\n');
		part_item(&p);
	}
	if (digest.n) {
		buf_addf(&c->item, "- to count exactly %s, whoever runs the pipeline says "
			"<code>gate run &#45;&#45;approve-pending ", i == 1 ? "this" : "these");
		comment_text(&c->item, digest, 64);
		buf_addz(&c->item, "</code>\n");
		part_item(&p);
	}
	part_end(&p);
}

/* What stands nowhere else is named here, a few of it. */
static void
put_warned(struct comment *c, const struct counted_rule *rule)
{
	size_t n = 0, more = 0;

	for (size_t i = 0; i < rule->items.n; i++) {
		const struct counted_item *it = &rule->items.v[i];
		const struct comment_row *r = map_get(&c->rows, it->id);

		if (r == NULL || r->by || comment_class_is(r->first, FOLDED_CLASSES))
			continue;
		if (n >= WARNED) {
			more++;
			continue;
		}
		buf_addz(&c->item, n++ ? ", " : ": ");
		comment_name(c, r);
		comment_place(c, r->first);
	}
	if (more)
		buf_addf(&c->item, " and %zu more", more);
}

void
comment_warnings(struct comment *c)
{
	struct part p = part_begin(c, "**Warnings**\n", false, 20,
		comment_most(c, BLOCKING_SHOWN));

	for (size_t i = 0; i < c->counted.rules.n; i++) {
		const json_t *rule = c->counted.rules.v[i].rule;

		if (!comment_outcome_is(rule, "warn"))
			continue;
		buf_addz(&c->item, "- ");
		comment_text(&c->item, explain_text(rule, "rule"), 100);
		buf_addz(&c->item, ": ");
		comment_text(&c->item, explain_text(rule, "message"), 300);
		put_warned(c, &c->counted.rules.v[i]);
		buf_addc(&c->item, '\n');
		part_item(&p);
	}
	part_end(&p);
}

/* A rule that is switched off, an approval that approved nothing: said, not judged. */
void
comment_notes(struct comment *c)
{
	struct part p = part_begin(c, "**Notes**\n", false, 20, comment_most(c, BLOCKING_SHOWN));
	const json_t *v;
	size_t i;

	json_array_foreach(explain_list(c->doc, "remarks"), i, v) {
		buf_addz(&c->item, "- ");
		comment_text(&c->item, str_n(json_string_value(v), json_string_length(v)), 300);
		buf_addc(&c->item, '\n');
		part_item(&p);
	}
	part_end(&p);
}
