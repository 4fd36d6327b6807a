/* annotations.c -- see annotations.h. */
#include "gate/forge/annotations.h"

#include "gate/base/map.h"
#include "gate/base/utf8.h"
#include "gate/report/support/counted.h"
#include "gate/report/support/explain.h"
#include "gate/report/support/view.h"

#define TITLE_BYTES 200
#define MESSAGE_BYTES 4000
#define MESSAGE_LINES 20
#define PATH_BYTES 1000

struct gathering {
	const json_t *doc;
	struct annotations *out;
	struct map taken;    /* IDs */
	size_t most;
	bool placed;
};

/* A path inside the repository, or nothing: others' mean nothing to a forge. */
static struct str
place(const struct gathering *g, const json_t *o)
{
	const json_t *env = json_object_get(g->doc, "environment");
	struct str folder = explain_text(json_object_get(env, "build"), "folder");
	struct str path = build_path(&g->out->mem, folder, explain_text(o, "file"));

	if (path.n == 0 || path.n > PATH_BYTES || path.p[0] == '/' || !utf8_valid(path) ||
	    str_starts(path, "../") || str_has(path, "/../") || str_chr(path, '\\') != STR_NPOS)
		return STR_NONE;
	for (size_t i = 0; i < path.n; i++)
		if ((unsigned char)path.p[i] < 0x20 || path.p[i] == 0x7f)
			return STR_NONE;
	return path;
}

static struct str
title(struct arena *mem, const json_t *o, struct str id)
{
	struct buf b = BUF_INIT;
	struct str s;
	enum class c;

	if (explain_class_of(o, &c))
		buf_addf(&b, "%s: ", class_words(c, 1));
	utf8_plain(&b, id);
	s = arena_dup(mem, utf8_head(buf_str(&b), TITLE_BYTES));
	buf_release(&b);
	return s;
}

static struct str
message(struct arena *mem, const json_t *doc, const json_t *o)
{
	struct str how = explain_text(json_object_get(doc, "delivery"), "messages");
	struct str rest = explain_text(o, "message"), finding = explain_text(o, "finding"), line;
	int most = str_eqz(how, "none") ? 0 : str_eqz(how, "full") ? MESSAGE_LINES : 1, n = 0;
	struct buf b = BUF_INIT;
	struct str s;
	enum class c;

	while (n < most && str_line(&rest, &line)) {
		line = str_rtrim(line);
		if (line.n == 0)
			continue;
		buf_addz(&b, n++ ? "\n" : "");
		utf8_plain(&b, line);
	}
	if (b.n == 0)
		buf_addz(&b, explain_class_of(o, &c) ? class_words(c, 1)
						     : "not as the policy demands");
	buf_cut(&b, utf8_head(buf_str(&b), MESSAGE_BYTES).n);
	if (finding.n) {
		buf_addz(&b, "\nfinding ");
		utf8_plain(&b, utf8_head(finding, TITLE_BYTES));
	}
	s = arena_dup(mem, buf_str(&b));
	buf_release(&b);
	return s;
}

static void
take(struct gathering *g, const struct counted_item *it, enum annotation_level level)
{
	const json_t *o = it->result;
	struct arena *mem = &g->out->mem;
	struct annotation *a;
	json_int_t line;
	void **at;

	if (o == NULL || (g->placed && place(g, o).n == 0))
		return;
	at = map_at(&g->taken, it->id);
	if (*at)
		return;
	*at = g;
	if (g->out->of.n >= g->most) {
		g->out->left++;
		return;
	}
	a = vec_push(&g->out->of);
	a->level = level;
	a->id = it->id;
	a->path = place(g, o);
	line = json_integer_value(json_object_get(o, "line"));
	a->line = line > 0 && line < 100000000 ? (long)line : 0;
	a->title = title(mem, o, it->id);
	a->message = message(mem, g->doc, o);
}

size_t
annotations_most(const json_t *doc)
{
	const json_t *v = json_object_get(json_object_get(doc, "delivery"), "annotations");
	json_int_t n = json_integer_value(v);

	return n < 0 ? 0 : n > ANNOTATIONS_MOST ? ANNOTATIONS_MOST : (size_t)n;
}

void
annotations_of(const json_t *doc, size_t most, bool placed, struct annotations *out)
{
	struct gathering g = { .doc = doc, .out = out, .most = most, .placed = placed };
	struct counted counted;

	*out = (struct annotations){ 0 };
	counted_init(&counted, doc);
	for (size_t i = 0; i < counted.rules.n; i++) {
		const struct counted_rule *r = &counted.rules.v[i];
		bool warns = str_eqz(explain_text(r->rule, "outcome"), "warn");

		for (size_t k = 0; k < r->items.n; k++)
			take(&g, &r->items.v[k], warns ? ANNOTATE_WARNING : ANNOTATE_FAILURE);
	}
	counted_release(&counted);
	map_release(&g.taken);
}

void
annotations_release(struct annotations *a)
{
	arena_release(&a->mem);
	vec_release(&a->of);
}
