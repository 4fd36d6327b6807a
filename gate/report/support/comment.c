/*
 * comment.c -- see comment.h: the verdict, what blocks, the counts, the inputs; then, folded
 * away, what is known, fixed, flaky, suggested; how to see it at a desk, and the ways out.
 */
#include "gate/base/date.h"
#include "gate/base/hash.h"
#include "gate/report/support/comment_parts.h"
#include "gate/report/support/escape.h"
#include "gate/report/support/explain.h"
#include "gate/report/support/json_out.h"
#include "gate/report/support/view.h"

#define BLOCKING_SHOWN 25
#define FOLDED_SHOWN 50
#define RERUNS_SHOWN 10
#define WAIVER_TESTS 5
#define WAIVER_DAYS 30
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

static bool
outcome_is(const json_t *rule, const char *word)
{
	return str_eqz(explain_text(rule, "outcome"), word);
}

static bool
class_is(const json_t *o, uint64_t set)
{
	enum class c;

	return explain_class_of(o, &c) && (CLASS_BIT(c) & set);
}

static void
short_commit(struct buf *out, struct str s)
{
	buf_addz(out, "<code>");
	for (size_t i = 0; i < s.n && i < 12; i++)
		if (is_hex(s.p[i]))
			buf_addc(out, s.p[i]);
	buf_addz(out, "</code>");
}

/* "abc against def · policy 123": what the verdict is about, in one line. */
static void
put_revisions(struct comment *c)
{
	const json_t *env = json_object_get(c->doc, "environment");
	const json_t *build = json_object_get(env, "build");
	const struct build *here = c->o->build;
	struct str head = explain_text(build, "revision"), base = explain_text(build, "base");
	struct str policy = explain_text(env, "policy_sha256");

	head = head.n || here == NULL ? head : here->revision;
	base = base.n || here == NULL ? base : here->base;
	if (head.n) {
		buf_addz(c->out, "Revision ");
		short_commit(c->out, head);
		if (base.n) {
			buf_addz(c->out, " against ");
			short_commit(c->out, base);
		}
		buf_addz(c->out, ", policy ");
	} else {
		buf_addz(c->out, "Policy ");
	}
	short_commit(c->out, policy);
	buf_addz(c->out, "\n");
}

static void
put_rule_line(struct comment *c, const json_t *rule)
{
	buf_addz(&c->item, "\n**");
	comment_text(&c->item, explain_text(rule, "rule"), 100);
	buf_addz(&c->item, "**: ");
	comment_text(&c->item, explain_text(rule, "message"), 300);
	buf_addz(&c->item, outcome_is(rule, "inconclusive") ? " (inconclusive)\n\n" : "\n\n");
}

static void
put_blocking_items(struct comment *c, struct part *p, const json_t *rule)
{
	const json_t *v;
	size_t i;

	json_array_foreach(explain_list(rule, "items"), i, v) {
		struct str id = str_n(json_string_value(v), json_string_length(v));
		const struct comment_row *r = map_get(&c->rows, id);
		void **at;

		if (id.n == 0)
			continue;
		at = map_at(&c->shown, id);
		if (*at)
			continue;
		*at = c;
		buf_addz(&c->item, "- ");
		if (r)
			comment_put_row(c, r);
		else
			comment_code(&c->item, id, 200);
		buf_addc(&c->item, '\n');
		part_item(p);
	}
}

/* Each rule's sentence always has its place; its items share the room. */
static void
put_blocking(struct comment *c, const char *outcome)
{
	const json_t *rule;
	size_t i, rules = 0, hidden = 0;

	json_array_foreach(explain_list(c->doc, "rules"), i, rule) {
		char *title;
		struct part p;

		if (!outcome_is(rule, outcome))
			continue;
		put_rule_line(c, rule);
		if (++rules > 12 || c->out->n + c->item.n > c->end / 2) {
			hidden++;
			buf_reset(&c->item);
			continue;
		}
		title = arena_z(&c->mem, buf_str(&c->item));
		buf_reset(&c->item);
		buf_addz(c->out, title);
		p = part_begin(c, "", false, 45, BLOCKING_SHOWN);
		p.open = true;
		put_blocking_items(c, &p, rule);
		part_end(&p);
	}
	if (hidden)
		buf_addf(c->out, "\n+%zu more rules\n", hidden);
}

static void
put_counts(struct comment *c)
{
	const json_t *counts = json_object_get(c->doc, "counts");
	size_t n = 0;

	buf_addc(c->out, '\n');
	for (size_t i = 0; i < CLASSES; i++) {
		enum class cls = class_in_order(i);
		json_int_t k = json_integer_value(json_object_get(counts, class_name(cls)));

		if (k > 0)
			buf_addf(c->out, "%s%lld %s", n++ ? " &middot; " : "", (long long)k,
				class_words(cls, (long)k));
	}
	buf_addz(c->out, n ? "\n" : "nothing ran\n");
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
static void
put_inputs(struct comment *c, bool complete)
{
	struct part p = complete ? part_begin(c, "Notes on the inputs", true, 20, FOLDED_SHOWN) :
		part_begin(c, "**Inputs that are not complete**\n", false, 40, BLOCKING_SHOWN);
	const json_t *in;
	size_t i;

	json_array_foreach(explain_list(c->doc, "inputs"), i, in)
		if (json_is_true(json_object_get(in, "complete")) == complete &&
		    !json_is_false(json_object_get(in, "due")) &&
		    (!complete || json_array_size(explain_list(in, "problems"))))
			put_input(c, &p, in);
	part_end(&p);
}

static void
put_pending(struct comment *c)
{
	struct part p = part_begin(c, "**Pending until merged**, not counted above\n", false, 30,
		BLOCKING_SHOWN);
	struct str merged = explain_text(c->doc, "if_merged");
	const json_t *v;
	size_t i;

	json_array_foreach(explain_list(c->doc, "pending"), i, v) {
		buf_addz(&c->item, "- ");
		comment_text(&c->item, explain_text(v, "edit"), 300);
		buf_addc(&c->item, '\n');
		part_item(&p);
	}
	if (merged.n && i) {
		buf_addz(&c->item, "- the verdict with them: ");
		comment_text(&c->item, merged, 40);
		buf_addc(&c->item, '\n');
		part_item(&p);
	}
	part_end(&p);
}

static void
put_warnings(struct comment *c)
{
	struct part p = part_begin(c, "**Warnings**\n", false, 20, BLOCKING_SHOWN);
	const json_t *rule;
	size_t i;

	json_array_foreach(explain_list(c->doc, "rules"), i, rule) {
		if (!outcome_is(rule, "warn"))
			continue;
		buf_addz(&c->item, "- ");
		comment_text(&c->item, explain_text(rule, "rule"), 100);
		buf_addz(&c->item, ": ");
		comment_text(&c->item, explain_text(rule, "message"), 300);
		buf_addc(&c->item, '\n');
		part_item(&p);
	}
	part_end(&p);
}

/* Rows of these classes that do not block. */
static void
put_classes(struct comment *c, const char *title, uint64_t classes)
{
	struct part p = part_begin(c, title, true, 40, FOLDED_SHOWN);

	for (size_t i = 0; i < c->rows.n; i++) {
		const struct comment_row *r = c->rows.v[i].value;

		if (!class_is(r->first, classes) || map_get(&c->shown, c->rows.v[i].key))
			continue;
		buf_addz(&c->item, "- ");
		comment_put_row(c, r);
		buf_addc(&c->item, '\n');
		part_item(&p);
	}
	part_end(&p);
}

static void
put_known(struct comment *c)
{
	struct part p = part_begin(c, "Known, by finding", true, 40, FOLDED_SHOWN);
	const json_t *f;
	size_t i;

	json_array_foreach(explain_list(c->doc, "findings"), i, f) {
		size_t n = json_array_size(explain_list(f, "tests")) +
			json_array_size(explain_list(f, "issues"));

		if (n == 0)
			continue;
		buf_addz(&c->item, "- ");
		comment_code(&c->item, explain_text(f, "qualified"), 200);
		buf_addz(&c->item, " (");
		comment_text(&c->item, explain_text(f, "level"), 20);
		buf_addz(&c->item, ", ");
		comment_text(&c->item, explain_text(f, "state"), 20);
		buf_addf(&c->item, "): %zu result%s\n", n, n == 1 ? "" : "s");
		part_item(&p);
	}
	part_end(&p);
}

static void
put_suggestions(struct comment *c)
{
	struct part p = part_begin(c, "Suggestions", true, 40, FOLDED_SHOWN);

	for (size_t i = 0; i < c->rows.n; i++) {
		const struct comment_row *r = c->rows.v[i].value;
		const json_t *list = explain_list(r->first, "suggestions"), *s;
		size_t k;

		if (json_array_size(list) == 0 || explain_text(r->first, "finding").n)
			continue;
		buf_addz(&c->item, "- ");
		comment_code(&c->item, c->rows.v[i].key, 200);
		json_array_foreach(list, k, s) {
			if (k >= 3)
				break;
			buf_addz(&c->item, k ? ", " : ": perhaps ");
			comment_text(&c->item, explain_text(s, "finding"), 200);
			buf_addz(&c->item, " (");
			comment_text(&c->item, explain_text(s, "strength"), 20);
			buf_addc(&c->item, ')');
		}
		buf_addc(&c->item, '\n');
		part_item(&p);
	}
	part_end(&p);
}

static void
put_reruns(struct comment *c)
{
	struct part p = part_begin(c, "See it on your machine", true, 30, RERUNS_SHOWN);

	buf_addz(&c->item, "- the whole decision, from the same reports: <code>gate run</code>; "
		"why: <code>gate explain &#45;&#45;decision decision.json</code>\n");
	part_item(&p);
	for (size_t i = 0; i < c->shown.n; i++) {
		const struct comment_row *r = map_get(&c->rows, c->shown.v[i].key);
		struct str command = r ? explain_text(r->first, "rerun") : STR_NONE;

		if (command.n == 0 || command.n > 1000)
			continue;
		buf_addz(&c->item, "- ");
		escape_markdown_code(&c->item, command);
		buf_addc(&c->item, '\n');
		part_item(&p);
	}
	part_end(&p);
}

static void
yaml_line(struct comment *c, const char *before, struct str value)
{
	struct buf line = BUF_INIT;
	json_t *s = json_text(value);
	char *quoted = json_dumps(s, JSON_ENCODE_ANY);

	buf_addf(&line, "%s%s", before, quoted ? quoted : "\"\"");
	escape_markdown_code(&c->item, buf_str(&line));
	buf_addc(&c->item, '\n');
	free(quoted);
	json_decref(s);
	buf_release(&line);
}

static void
plain_line(struct comment *c, const char *line)
{
	escape_markdown_code(&c->item, str_of(line));
	buf_addc(&c->item, '\n');
}

/* An entry to paste for what is new: complete but for who and why, which nobody else knows. */
static void
put_ways_out(struct comment *c)
{
	struct part p = part_begin(c, "If it must wait: a waiver to paste", true, 60, 1);
	int64_t now = DATE_NONE;
	struct buf day = BUF_INIT;
	size_t n = 0;

	if (!date_parse_instant(explain_text(json_object_get(c->doc, "environment"), "now"), &now))
		return;
	date_day(&day, now + (int64_t)WAIVER_DAYS * 86400);
	buf_addz(&c->item, "Into a structured register, under <code>findings:</code>. What the "
		"change itself adds stays pending until it is merged.\n\n<pre>\n");
	plain_line(c, "  - id: KF-NEW");
	plain_line(c, "    title: what fails, in a few words");
	plain_line(c, "    match:");
	plain_line(c, "      test:");
	for (size_t i = 0; i < c->shown.n && n < WAIVER_TESTS; i++) {
		const struct comment_row *r = map_get(&c->rows, c->shown.v[i].key);

		if (r == NULL || r->issue || c->shown.v[i].key.n > 500 || !class_is(r->first,
		    CLASS_BIT(CLASS_NEW_FAILURE) | CLASS_BIT(CLASS_REGRESSION) |
		    CLASS_BIT(CLASS_KNOWN_FAILURE)))
			continue;
		yaml_line(c, "        - ", c->shown.v[i].key);
		n++;
	}
	plain_line(c, "    waiver:");
	plain_line(c, "      owner: who answers for it");
	plain_line(c, "      reason: why it may wait");
	yaml_line(c, "      expires: ", buf_str(&day));
	buf_addz(&c->item, "</pre>\n");
	if (n)
		part_item(&p);
	buf_reset(&c->item);
	part_end(&p);
	buf_release(&day);
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
	put_blocking(c, "fail");
	put_blocking(c, "inconclusive");
	put_counts(c);
	put_inputs(c, false);
	put_pending(c);
	put_warnings(c);
	put_reruns(c);
	put_ways_out(c);
	put_known(c);
	put_classes(c, "Fixed, or to put in order", CLASS_BIT(CLASS_FIXED) |
		CLASS_BIT(CLASS_UNEXPECTED_PASS) | CLASS_BIT(CLASS_VERIFIED_FIX) |
		CLASS_BIT(CLASS_RESOLVED));
	put_classes(c, "Flaky", CLASS_BIT(CLASS_FLAKY) | CLASS_BIT(CLASS_KNOWN_FLAKY));
	put_classes(c, "Closed but listed, or gone", CLASS_BIT(CLASS_UNVERIFIED_FIX) |
		CLASS_BIT(CLASS_ORPHANED) | CLASS_BIT(CLASS_REMOVED));
	put_suggestions(c);
	put_inputs(c, true);
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
	map_release(&c.rows);
	map_release(&c.shown);
	arena_release(&c.mem);
	buf_release(&c.item);
}
