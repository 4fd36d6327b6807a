/*
 * markdown.c -- registers that people write as documents: audits, backlogs, status pages.
 *
 * Reads CommonMark with GitHub's extensions (https://github.github.com/gfm/). Findings are
 * headings, table rows and bullets that an ID heads; the parts of this reader are in
 * support/md_*.c, and all that a document says of one ID becomes one finding.
 */
#include "gate/base/limits.h"
#include "parsers/registers/register.h"
#include "parsers/registers/support/md_parts.h"

static int
markdown_sniff(struct str path, struct str text)
{
	struct str line;

	if (str_ends(path, ".md") || str_ends(path, ".markdown") || str_ends(path, ".mdown"))
		return 90;
	while (str_line(&text, &line)) {
		if (str_trim(line).n == 0)
			continue;
		return str_starts(line, "# ") || str_starts(line, "## ") ? 30 : 0;
	}
	return 0;
}

/* Front matter belongs to the document: a date at most. */
static int64_t
front_date(struct str front)
{
	static const char *const keys[] = { "updated", "last_updated", "lastmod", "date",
		"created" };
	int64_t best = DATE_NONE;
	size_t rank = sizeof(keys) / sizeof(keys[0]);
	struct str line, value;

	while (str_line(&front, &line)) {
		if (!str_cut(&line, ":", &value))
			continue;
		for (size_t i = 0; i < rank; i++) {
			if (str_ieqz(line, keys[i]) && date_find(value) != DATE_NONE) {
				best = date_find(value);
				rank = i;
			}
		}
	}
	return best;
}

static void
note_unread(struct md *md)
{
	if (md->unread_sections)
		findings_note(md->fs, REGP_NOT_READ, md->reg, md->unread_line,
			"%ld section%s with a status or severity, but no ID; the first is this one",
			md->unread_sections, md->unread_sections == 1 ? "" : "s");
	if (md->unread_rows)
		findings_note(md->fs, REGP_NOT_READ, md->reg, md->unread_row_line,
			"%ld row%s with a status or severity, but no ID; the first is this one",
			md->unread_rows, md->unread_rows == 1 ? "" : "s");
	if (md->doc.deep_line)
		findings_note(md->fs, REGP_NOT_READ, md->reg, md->doc.deep_line,
			"a line that nests deeper than %d is not read", MAX_DEPTH);
	if (md->doc.wide_line)
		findings_note(md->fs, REGP_NOT_READ, md->reg, md->doc.wide_line,
			"a row of more than %d cells is not read", MD_MAX_CELLS);
}

static int
markdown_parse(struct findings *fs, struct reg *reg, struct diags *d)
{
	struct md md = { .fs = fs, .reg = reg };
	int64_t date;

	(void)d;
	reg->kind = REGISTER_DOCUMENT;
	md_doc_read(&md.doc, reg->text);
	date = front_date(md.doc.front);
	md.dated = date != DATE_NONE;
	reg->date = md.dated ? date : date_find(str_basename(reg->shown));
	md_walk(&md);
	md_emit(&md);
	md_totals_check(&md);
	note_unread(&md);
	md_totals_release(&md);
	md_release(&md);
	return 0;
}

const struct register_parser register_markdown = {
	.name = "markdown",
	.help = "documents: findings in headings, tables, bullets and check lists",
	.kind = REGISTER_DOCUMENT,
	.sniff = markdown_sniff,
	.parse = markdown_parse,
};
