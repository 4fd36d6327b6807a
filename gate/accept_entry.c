/*
 * accept_entry.c -- see accept_entry.h. Texts are written with JSON's quotes, which YAML
 * reads too: whatever a reason holds, it stays text.
 */
#include "gate/accept_entry.h"

#include "gate/report/support/json_out.h"

static void
add_quoted(struct buf *b, struct str s)
{
	struct buf q = BUF_INIT;

	json_write(&q, json_text(s), 0);
	buf_add(b, str_trim(buf_str(&q)));
	buf_release(&q);
}

/* A word that needs no quotes anywhere. */
static void
add_word(struct buf *b, struct str s)
{
	static const char *const taken[] = { "null", "true", "false", "yes", "no", "on", "off", "y",
		"n", NULL };
	bool plain = s.n > 0 && is_alpha(s.p[0]);

	for (size_t i = 0; i < s.n; i++)
		plain &= is_alnum(s.p[i]) || s.p[i] == '-' || s.p[i] == '_' || s.p[i] == '.';
	for (size_t i = 0; taken[i]; i++)
		plain &= !str_ieqz(s, taken[i]);
	if (plain)
		buf_add(b, s);
	else
		add_quoted(b, s);
}

static void
add_line(struct buf *b, const char *key, struct str value)
{
	if (value.n == 0)
		return;
	buf_addf(b, "%s: ", key);
	add_word(b, value);
	buf_addc(b, '\n');
}

/* The finding's level, so that a rule which goes by it sees the same in both. */
static struct str
level_of(const struct finding *f)
{
	return f->level == LEVEL_UNKNOWN ? STR_NONE : str_of(level_name(f->level));
}

static void
put_block(struct buf *b, const struct accept_entry *e)
{
	add_line(b, "id", e->id);
	add_line(b, "title", e->finding->title);
	add_line(b, "severity", level_of(e->finding));
	add_line(b, "owner", e->owner);
	buf_addz(b, "links: [{kind: tracks, to: ");
	add_quoted(b, e->finding->qualified);
	buf_addz(b, "}]\nmatch: {test: ");
	add_quoted(b, e->test);
	buf_addz(b, "}\nwaiver: {owner: ");
	add_word(b, e->owner);
	buf_addz(b, ", reason: ");
	add_quoted(b, e->reason);
	buf_addf(b, ", expires: %.*s}\n", STR_FMT(e->expires));
}

static void
put_member(struct buf *b, const char *key, struct str value)
{
	if (value.n == 0)
		return;
	buf_addf(b, "%s\"%s\": ", b->n > 1 && b->p[b->n - 1] != '{' ? ", " : "", key);
	add_quoted(b, value);
}

static void
put_flow(struct buf *b, const struct accept_entry *e)
{
	buf_addc(b, '{');
	put_member(b, "id", e->id);
	put_member(b, "title", e->finding->title);
	put_member(b, "severity", level_of(e->finding));
	put_member(b, "owner", e->owner);
	buf_addz(b, ", \"links\": [{\"kind\": \"tracks\", \"to\": ");
	add_quoted(b, e->finding->qualified);
	buf_addz(b, "}], \"match\": {");
	put_member(b, "test", e->test);
	buf_addz(b, "}, \"waiver\": {");
	put_member(b, "owner", e->owner);
	put_member(b, "reason", e->reason);
	put_member(b, "expires", e->expires);
	buf_addz(b, "}}");
}

static struct str
keep(struct arena *mem, struct buf *b)
{
	struct str s = arena_dup(mem, buf_str(b));

	buf_release(b);
	return s;
}

void
accept_waiver(struct arena *mem, const struct accept_entry *e, struct addition *add)
{
	struct buf lines = BUF_INIT, flow = BUF_INIT;

	put_block(&lines, e);
	put_flow(&flow, e);
	*add = (struct addition){ .key = "findings", .lines = keep(mem, &lines),
		.flow = keep(mem, &flow) };
}

void
accept_gone(struct arena *mem, struct str test, struct str to, struct addition *add)
{
	struct buf lines = BUF_INIT, flow = BUF_INIT;

	add_quoted(&flow, test);
	if (to.n) {
		buf_addz(&flow, ": ");
		add_quoted(&flow, to);
	}
	buf_add(&lines, buf_str(&flow));
	buf_addc(&lines, '\n');
	*add = (struct addition){ .key = to.n ? "renamed" : "removed", .pair = to.n != 0,
		.lines = keep(mem, &lines), .flow = keep(mem, &flow) };
}
