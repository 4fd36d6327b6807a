/* comment_parts.c -- see comment_parts.h: lists within a budget, rows, links to lines. */
#include "gate/report/support/comment_parts.h"

#include "gate/base/utf8.h"
#include "gate/report/support/escape.h"
#include "gate/report/support/explain.h"
#include "gate/report/support/layout.h"
#include "gate/report/support/view_rows.h"

#define NAME_COLUMNS 200
#define MESSAGE_COLUMNS 200
#define MESSAGE_LINES 12
#define TITLE_COLUMNS 100
#define LEGS_BYTES 800
#define MORE_BYTES 80 /* what "+312 more" may take */

struct part
part_begin(struct comment *c, const char *title, bool fold, unsigned percent, size_t most)
{
	size_t room = c->end > c->out->n ? c->end - c->out->n : 0;

	return (struct part){ .c = c, .title = title, .fold = fold, .most = most,
		.close = fold ? "\n</details>\n" : "\n", .end = c->out->n + room * percent / 100 };
}

void
part_item(struct part *p)
{
	struct comment *c = p->c;
	size_t need = c->item.n + strlen(p->close) + MORE_BYTES;

	if (!p->open)
		need += strlen(p->title) + sizeof("\n<details><summary></summary>\n\n");
	if (p->full || p->shown >= p->most || c->out->n + need > p->end) {
		p->full = true; /* the order of the items is their order of importance */
		p->left++;
	} else {
		if (!p->open && p->fold)
			buf_addf(c->out, "\n<details><summary>%s</summary>\n\n", p->title);
		else if (!p->open)
			buf_addf(c->out, "\n%s\n", p->title);
		p->open = true;
		p->shown++;
		buf_add(c->out, buf_str(&c->item));
	}
	buf_reset(&c->item);
}

void
part_more(struct part *p)
{
	struct comment *c = p->c;

	if (p->open && p->left)
		buf_addf(c->out, "- +%zu more in the decision's file\n", p->left);
	if (p->open) {
		p->left = 0;
		p->full = false;
		p->most += 20;
		p->end = p->end + 2000 < c->end ? p->end + 2000 : c->end;
	}
}

void
part_end(struct part *p)
{
	struct comment *c = p->c;

	if (!p->open && p->left && c->out->n + strlen(p->title) + MORE_BYTES <= c->end)
		buf_addf(c->out, "\n%s: %zu, in the decision's file\n", p->title, p->left);
	if (!p->open)
		return;
	if (p->left)
		buf_addf(c->out, "\n+%zu more in the decision's file\n", p->left);
	buf_addz(c->out, p->close);
}

static unsigned
rank_of(const json_t *o)
{
	enum class cls;

	return class_rank(explain_class_of(o, &cls) ? cls : CLASSES);
}

/* The row of the result's class; of several classes, the most important one is the first. */
static struct comment_row *
row_for(struct comment *c, struct str id, const json_t *o)
{
	void **head = map_at(&c->rows, id);
	struct comment_row *before = NULL, *r = *head, *row;
	unsigned rank = rank_of(o);

	for (; r && rank_of(r->first) < rank; r = r->other)
		before = r;
	for (row = r; row && rank_of(row->first) == rank; row = row->other)
		if (str_eq(explain_text(row->first, "class"), explain_text(o, "class")))
			return row;
	row = arena_new(&c->mem, struct comment_row);
	*row = (struct comment_row){ .first = o, .other = r };
	if (before)
		before->other = row;
	else
		*head = row;
	return row;
}

static void
index_list(struct comment *c, const char *key, bool issue)
{
	const json_t *o;
	size_t i;

	json_array_foreach(explain_list(c->doc, key), i, o) {
		struct str id = explain_text(o, "id"), leg = explain_text(o, "leg");
		struct comment_row *r;

		if (id.n == 0)
			continue;
		r = row_for(c, id, o);
		r->issue |= issue;
		r->n++;
		if (leg.n && r->legs.n < LEGS_BYTES)
			buf_addf(&r->legs, "%s%.*s", r->legs.n ? ", " : "", STR_FMT(leg));
	}
}

void
comment_index(struct comment *c)
{
	index_list(c, "tests", false);
	index_list(c, "issues", true);
	counted_init(&c->counted, c->doc);
}

void
comment_forget(struct comment *c)
{
	for (size_t i = 0; i < c->rows.n; i++)
		for (struct comment_row *r = c->rows.v[i].value; r; r = r->other)
			buf_release(&r->legs);
	map_release(&c->rows);
	counted_release(&c->counted);
}

bool
comment_outcome_is(const json_t *rule, const char *word)
{
	return str_eqz(explain_text(rule, "outcome"), word);
}

bool
comment_class_is(const json_t *o, uint64_t set)
{
	enum class c;

	return explain_class_of(o, &c) && (CLASS_BIT(c) & set);
}

/* A job's summary has room for more than a comment. */
size_t
comment_most(const struct comment *c, size_t n)
{
	return c->o->budget > 4 * COMMENT_BYTES ? n * 8 : n;
}

static void
cut(struct buf *out, struct str s, size_t columns, void (*escape)(struct buf *, struct str))
{
	struct buf b = BUF_INIT;

	layout_cut(&b, utf8_head(s, columns * 4), columns); /* what takes no column takes bytes */
	escape(out, buf_str(&b));
	buf_release(&b);
}

void
comment_text(struct buf *out, struct str s, size_t columns)
{
	cut(out, s, columns, escape_markdown);
}

void
comment_code(struct buf *out, struct str s, size_t columns)
{
	if (s.n)
		cut(out, s, columns, escape_markdown_code);
}

/* A path in a URL; false for one that leads out of the project. */
static bool
url_path(struct buf *out, struct str s)
{
	if (s.n == 0 || s.n > 1000 || s.p[0] == '/' || str_has(s, "..") || str_has(s, "\\"))
		return false;
	escape_url_path(out, s);
	return true;
}

/* The forge's page of a file's line at a revision, or nothing when no link can be right. */
static bool
link_to(const struct build *b, struct str revision, struct str file, long line, struct buf *out)
{
	size_t n = out->n;

	if (b == NULL || b->forge == FORGE_NONE || !b->server.n || !b->path.n || !revision.n)
		return false;
	buf_addf(out, "%.*s/%.*s%s/blob/%.*s/", STR_FMT(b->server), STR_FMT(b->path),
		b->forge == FORGE_GITLAB ? "/-" : "", STR_FMT(revision));
	if (!url_path(out, file)) {
		buf_cut(out, n);
		return false;
	}
	/* What the forge would show as a document has no lines to go to. */
	if (line > 0)
		buf_addf(out, "%s#L%ld", str_ends(file, ".md") ? "?plain=1" : "", line);
	return true;
}

static bool
is_commit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_hex(s.p[i]))
			return false;
	return s.n >= 7 && s.n <= 64;
}

static void
put_place(struct comment *c, struct str there, struct str file, long line, struct str revision)
{
	struct buf url = BUF_INIT, place = BUF_INIT;

	buf_add(&place, file);
	if (line > 0)
		buf_addf(&place, ":%ld", line);
	if (link_to(c->o->build, revision, there, line, &url))
		buf_addf(&c->item, "<a href=\"%s\">", url.p);
	comment_code(&c->item, buf_str(&place), NAME_COLUMNS);
	buf_addz(&c->item, url.n ? "</a>" : "");
	buf_release(&url);
	buf_release(&place);
}

/* Where in the repository the decision's paths start: of what was tested, or of the policy. */
static struct str
start_of(const struct comment *c, const char *what)
{
	const json_t *env = json_object_get(c->doc, "environment");

	return explain_text(json_object_get(env, what), "folder");
}

static long
line_of(const json_t *at)
{
	return (long)json_integer_value(json_object_get(at, "line"));
}

void
comment_place(struct comment *c, const json_t *o)
{
	struct str file = explain_text(o, "file");

	if (file.n == 0)
		return;
	buf_addz(&c->item, " at ");
	put_place(c, build_path(&c->mem, start_of(c, "build"), file), file, line_of(o),
		c->o->build ? c->o->build->revision : STR_NONE);
}

/* What judges a change stands in the trusted revision. */
static struct str
trusted_revision(const struct comment *c)
{
	const json_t *env = json_object_get(c->doc, "environment");
	struct str revision = explain_text(json_object_get(env, "policy"), "revision");

	if (is_commit(revision))
		return revision;
	return c->o->build ? c->o->build->revision : STR_NONE;
}

void
comment_policy_place(struct comment *c, const json_t *at)
{
	struct str path = explain_text(at, "path");
	bool preset = str_starts(path, "preset "); /* compiled in: there is no such file */

	if (path.n)
		put_place(c, build_below(&c->mem, start_of(c, "policy"), path), path, line_of(at),
			preset ? STR_NONE : trusted_revision(c));
}

/* Where the checkout has what the policy names relative to itself. */
static struct str
below_policy(struct comment *c, struct str path)
{
	const json_t *env = json_object_get(c->doc, "environment");
	struct str policy = explain_text(json_object_get(env, "policy"), "path");
	size_t slash = str_rchr(policy, '/');

	if (slash == STR_NPOS || slash > 500)
		return path;
	return build_below(&c->mem, str_to(policy, slash), path);
}

static struct str
register_url(struct comment *c, struct str path)
{
	return build_below(&c->mem, start_of(c, "policy"), below_policy(c, path));
}

void
comment_register_place(struct comment *c, const json_t *at)
{
	struct str path = explain_text(at, "path");

	if (path.n)
		put_place(c, register_url(c, path), below_policy(c, path), line_of(at),
			trusted_revision(c));
}

void
comment_commit(struct comment *c, struct str revision)
{
	const struct build *b = c->o->build;
	bool linked = b && b->forge != FORGE_NONE && b->server.n && b->path.n &&
		is_commit(revision);

	if (linked)
		buf_addf(&c->item, "<a href=\"%.*s/%.*s%s/commit/%.*s\">", STR_FMT(b->server),
			STR_FMT(b->path), b->forge == FORGE_GITLAB ? "/-" : "", STR_FMT(revision));
	buf_addz(&c->item, "<code>");
	for (size_t i = 0; i < revision.n && i < 12; i++)
		if (is_hex(revision.p[i]))
			buf_addc(&c->item, revision.p[i]);
	buf_addz(&c->item, linked ? "</code></a>" : "</code>");
}

void
comment_finding(struct comment *c, struct str qualified)
{
	const json_t *f = map_get(&c->counted.findings, qualified), *at = json_object_get(f, "at");
	struct str level = explain_text(f, "level"), title = explain_text(f, "title");
	struct str path = explain_text(at, "path");
	struct buf url = BUF_INIT;

	if (path.n)
		link_to(c->o->build, trusted_revision(c), register_url(c, path), line_of(at),
			&url);
	if (url.n)
		buf_addf(&c->item, "<a href=\"%s\">", url.p);
	comment_code(&c->item, qualified, NAME_COLUMNS);
	buf_addz(&c->item, url.n ? "</a>" : "");
	buf_release(&url);
	if (f == NULL)
		return;
	buf_addz(&c->item, " (");
	if (!str_eqz(level, "unknown")) {
		comment_text(&c->item, level, 20);
		buf_addz(&c->item, ", ");
	}
	comment_text(&c->item, explain_text(f, "state"), 20);
	buf_addz(&c->item, title.n ? "): " : ")");
	comment_text(&c->item, title, TITLE_COLUMNS);
}

/* Evidence is ranked: the first of the finding's is the best. */
void
comment_evidence(struct comment *c, const json_t *o, struct str finding)
{
	const json_t *e, *best = NULL;
	size_t i;

	json_array_foreach(explain_list(o, "evidence"), i, e) {
		if (best == NULL && str_eq(explain_text(e, "finding"), finding))
			best = e;
	}
	if (best == NULL)
		return;
	buf_addz(&c->item, "; ");
	comment_text(&c->item, explain_text(best, "strength"), 20);
	buf_addz(&c->item, ": ");
	comment_text(&c->item, explain_text(best, "kind"), 40);
	if (explain_text(json_object_get(best, "at"), "path").n) {
		buf_addz(&c->item, " at ");
		comment_register_place(c, json_object_get(best, "at"));
	}
}

static void
put_message(struct comment *c, const json_t *o)
{
	struct str how = explain_text(json_object_get(c->doc, "delivery"), "messages");
	struct str rest = explain_text(o, "message"), line;
	int most = str_eqz(how, "none") ? 0 : str_eqz(how, "full") ? MESSAGE_LINES : 1, n = 0;

	while (n < most && str_line(&rest, &line)) {
		line = str_rtrim(line);
		if (line.n == 0)
			continue;
		buf_addz(&c->item, n++ ? "<br>" : ": ");
		comment_code(&c->item, line, MESSAGE_COLUMNS);
	}
}

void
comment_name(struct comment *c, const struct comment_row *r)
{
	const json_t *o = r->first;

	if (!r->issue) {
		comment_code(&c->item, explain_text(o, "id"), NAME_COLUMNS);
		return;
	}
	comment_code(&c->item, explain_text(o, "tool"), NAME_COLUMNS);
	buf_addz(&c->item, explain_text(o, "rule").n ? " " : "");
	comment_code(&c->item, explain_text(o, "rule"), NAME_COLUMNS);
}

void
comment_put_row(struct comment *c, const struct comment_row *r)
{
	struct str finding = explain_text(r->first, "finding");
	struct str note = explain_text(r->first, "note");
	enum class cls;

	comment_name(c, r);
	buf_addz(&c->item, " (");
	if (explain_class_of(r->first, &cls))
		buf_addz(&c->item, class_words(cls, 1));
	if (r->issue) {
		buf_addz(&c->item, ", ");
		comment_text(&c->item,
			explain_text(json_object_get(r->first, "severity"), "level"), 20);
	}
	if (comment_class_is(r->first, CLASS_BIT(CLASS_KNOWN_FAILURE) |
	    CLASS_BIT(CLASS_KNOWN_ISSUE)) && !json_is_true(json_object_get(r->first, "excused")))
		buf_addz(&c->item, ", not excused");
	if (finding.n) {
		buf_addz(&c->item, ", ");
		comment_finding(c, finding);
		comment_evidence(c, r->first, finding);
	}
	if (note.n) {
		buf_addz(&c->item, ", ");
		comment_text(&c->item, note, NAME_COLUMNS);
	}
	if (r->legs.n) {
		buf_addz(&c->item, ", in ");
		comment_text(&c->item, buf_str(&r->legs), NAME_COLUMNS);
	} else if (r->n > 1) {
		buf_addf(&c->item, ", %zu times", r->n);
	}
	buf_addc(&c->item, ')');
	comment_place(c, r->first);
	put_message(c, r->first);
}
