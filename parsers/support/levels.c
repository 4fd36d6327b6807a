/* levels.c -- what a format's words of severity mean, from its own table. */
#include "gate/base/buf.h"
#include "gate/base/mem.h"
#include "parsers/support/jsonmap.h"
#include "parsers/support/linemap.h"
#include "parsers/support/xmlmap.h"

struct words {
	struct { const char **v; size_t n, cap; } of[LEVELS];
	bool score;  /* a CVSS score where the word says nothing */
	bool common; /* words that everybody uses */
	bool has_unrated;
	enum level unrated;
};

static void
add_word(struct words *w, const char *word, enum level level)
{
	for (size_t i = 0; i < w->of[level].n; i++)
		if (str_ieqz(str_of(word), w->of[level].v[i]))
			return;
	*vec_push(&w->of[level]) = word;
}

static void
of_json(struct words *w, const struct jsonmap *map)
{
	for (size_t i = 0; i < map->n; i++) {
		const struct map_fields *f = &map->records[i];

		if (f->kind != MAP_ISSUE)
			continue;
		for (const struct level_word *l = f->levels; l && l->word; l++)
			add_word(w, l->word, l->level);
		w->common = w->common || (f->severity && f->levels == NULL &&
			f->severity[0] != '=');
		if (f->severity && f->severity[0] == '=' && f->levels == NULL)
			add_word(w, f->severity + 1, level_of_word(str_of(f->severity + 1)));
		w->score = w->score || f->score;
		if (f->unrated) {
			w->has_unrated = true;
			w->unrated = f->unrated;
		}
	}
}

static void
of_xml(struct words *w, const struct xml_map *map)
{
	for (const struct xml_record *r = map->records; r->kind != XML_END; r++) {
		if (r->kind != XML_ISSUE)
			continue;
		for (const struct xml_word *l = r->levels; l && l->word; l++)
			add_word(w, l->word, (enum level)l->means);
		w->common = w->common || (r->severity && r->levels == NULL);
		w->score = w->score || r->score;
	}
}

static void
of_lines(struct words *w, const struct linemap *map)
{
	for (const struct line_word *l = map->words; l && l->word; l++)
		add_word(w, l->word, l->level);
	if (map->level) {
		w->has_unrated = true;
		w->unrated = map->level;
	}
}

static void
part(struct buf *out)
{
	if (out->n)
		buf_addz(out, "; ");
}

void
parser_levels(const struct parser *p, struct buf *out)
{
	struct words w = { 0 };

	if (p->kind == KIND_TESTS)
		return;
	if (p->json)
		of_json(&w, p->json);
	if (p->xml)
		of_xml(&w, p->xml);
	if (p->lines)
		of_lines(&w, p->lines);
	for (int level = LEVEL_CRITICAL; level >= LEVEL_UNKNOWN; level--) {
		if (w.of[level].n)
			part(out);
		for (size_t i = 0; i < w.of[level].n; i++)
			buf_addf(out, "%s%s%s", i ? "" : level_name((enum level)level),
				i ? ", " : ": ", w.of[level].v[i]);
		vec_release(&w.of[level]);
	}
	if (p->levels) {
		part(out);
		buf_addz(out, p->levels);
	}
	if (w.common) {
		part(out);
		buf_addz(out, "common words");
	}
	if (w.score) {
		part(out);
		buf_addz(out, "CVSS");
	}
	if (w.has_unrated) {
		part(out);
		buf_addf(out, "without one: %s", level_name(w.unrated));
	}
}
