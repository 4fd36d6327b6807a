/*
 * sarif_taxa.c -- what a SARIF rule or result is called elsewhere (CWE-89): taxa and relationships
 * (3.27.8, 3.49.15, 3.53), and the tags in which CodeQL and Semgrep write the same.
 */
#include "parsers/support/sarif.h"

#define MAX_TAXA 32

/* Adds one, blanks between; each once. */
static void
add_word(struct buf *out, struct str word)
{
	struct str rest = buf_str(out), has;
	size_t n = 0;

	while (str_word(&rest, &has)) {
		if (str_eq(has, word) || ++n == MAX_TAXA)
			return;
	}
	if (word.n == 0 || word.n > 100)
		return;
	if (out->n)
		buf_addc(out, ' ');
	buf_add(out, word);
}

/* "89" and "CWE-089" of CWE are "CWE-89"; what holds blanks is no name of anything. */
static void
add_taxon(struct buf *out, struct str taxonomy, struct str id)
{
	struct buf word = BUF_INIT;

	id = str_trim(id);
	if (id.n == 0 || str_chr(id, ' ') != STR_NPOS || str_chr(taxonomy, ' ') != STR_NPOS)
		return;
	if (str_istarts(id, "cwe-")) {
		taxonomy = STR("CWE");
		id = str_from(id, 4);
	}
	if (str_ieqz(taxonomy, "CWE")) {
		taxonomy = STR("CWE");
		while (id.n > 1 && id.p[0] == '0')
			id = str_from(id, 1);
	}
	if (taxonomy.n)
		buf_addf(&word, "%.*s-", STR_FMT(taxonomy));
	buf_add(&word, id);
	add_word(out, buf_str(&word));
	buf_release(&word);
}

static void
add_references(struct sarif *s, struct json *j, struct str list, struct json_paths *paths,
	struct buf *out)
{
	struct json_cursor at = js_cursor(list);
	struct buf id = BUF_INIT, name = BUF_INIT;

	for (size_t i = 0; i < MAX_TAXA && js_next(j, &at, paths); i++) {
		const struct str *f = paths->field;
		struct str word = js_text(f[0], &id), taxonomy = js_text(f[2], &name);
		long nth = js_long(f[1], -1), of = js_long(f[3], -1);
		const struct sarif_taxonomy *t = of >= 0 && (size_t)of < s->taxonomies.n
			? &s->taxonomies.v[of] : NULL;

		if (taxonomy.n == 0 && t)
			taxonomy = t->name;
		if (word.n == 0 && t && nth >= 0 && (size_t)nth < t->ids.n)
			word = t->ids.v[nth];
		/* Without a taxonomy it is another rule of this tool. */
		if (taxonomy.n)
			add_taxon(out, taxonomy, word);
	}
	buf_release(&id);
	buf_release(&name);
}

/* "external/cwe/cwe-089", "CWE-89: SQL injection". */
static void
add_tags(struct json *j, struct str list, struct buf *out)
{
	struct json_cursor at = js_cursor(list);
	struct buf text = BUF_INIT;

	while (js_next(j, &at, NULL)) {
		struct str tag = js_text(at.value, &text), digits;

		if (str_istarts(tag, "external/cwe/"))
			tag = str_from(tag, strlen("external/cwe/"));
		if (!str_istarts(tag, "cwe-"))
			continue;
		tag = digits = str_from(tag, 4);
		digits.n = str_skip_digits(&tag);
		if (digits.n && (tag.n == 0 || tag.p[0] == ':' || tag.p[0] == ' '))
			add_taxon(out, STR("CWE"), digits);
	}
	buf_release(&text);
}

static struct json_paths *
reference_paths(bool target)
{
	static const char *const of_taxa[] = { "id", "index", "toolComponent.name",
		"toolComponent.index", NULL };
	static const char *const of_relations[] = { "target.id", "target.index",
		"target.toolComponent.name", "target.toolComponent.index", NULL };
	const char *why;

	return js_paths_new(target ? of_relations : of_taxa, &why);
}

void
sarif_taxa_of_rule(struct sarif *s, struct json *j, struct str relations, struct str tags,
	struct sarif_rule *rule)
{
	struct buf out = BUF_INIT;

	if (relations.n == 0 && tags.n == 0)
		return;
	if (relations.n && s->relation == NULL)
		s->relation = reference_paths(true);
	if (relations.n)
		add_references(s, j, relations, s->relation, &out);
	add_tags(j, tags, &out);
	rule->taxa = arena_dup(&s->mem, buf_str(&out));
	buf_release(&out);
}

struct str
sarif_taxa_of_result(struct sarif *s, struct json *j, struct str taxa,
	const struct sarif_rule *rule, struct buf *out)
{
	if (taxa.n == 0)
		return rule ? rule->taxa : STR_NONE;
	buf_reset(out);
	if (rule)
		buf_add(out, rule->taxa);
	if (s->taxon == NULL)
		s->taxon = reference_paths(false);
	add_references(s, j, taxa, s->taxon, out);
	return buf_str(out);
}

int
sarif_on_taxonomy(void *ctx, struct json *j)
{
	(void)j;
	vec_push(&((struct sarif *)ctx)->taxonomies);
	return 0;
}

int
sarif_on_taxonomy_name(void *ctx, struct json *j, const struct json_value *v)
{
	struct sarif *s = ctx;

	(void)j;
	if (s->taxonomies.n)
		s->taxonomies.v[s->taxonomies.n - 1].name =
			arena_dup(&s->mem, js_text(v->text, &s->text[SARIF_WORK]));
	return 0;
}

int
sarif_on_taxon(void *ctx, struct json *j, const struct json_value *v)
{
	struct sarif *s = ctx;

	(void)j;
	if (s->taxonomies.n)
		*vec_push(&s->taxonomies.v[s->taxonomies.n - 1].ids) =
			arena_dup(&s->mem, js_text(v->field[0], &s->text[SARIF_WORK]));
	return 0;
}
