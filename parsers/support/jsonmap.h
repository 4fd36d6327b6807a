/*
 * jsonmap.h -- a JSON format as a table. See mapping.h for fields and conditions.
 *
 * A whole format, in one file (parsers/shellcheck.c would be):
 *
 *	#include "parsers/support/jsonmap.h"
 *
 *	static const struct level_word levels[] = {
 *		{ "error", LEVEL_HIGH }, { "warning", LEVEL_MEDIUM },
 *		{ "info", LEVEL_LOW }, { "style", LEVEL_LOW }, { 0 },
 *	};
 *	static const struct map_fields records[] = {
 *		{ .each = "comments[]|[]", .rule = "SC{code}", .severity = "level",
 *			.levels = levels,
 *			.message = "message", .file = "file", .line = "line",
 *			.end_line = "endLine", .column = "column" },
 *	};
 *	static const struct jsonmap map = {
 *		.sniff = "comments[].code comments[].level|[].code [].level [].fix",
 *		JSONMAP_RECORDS(records),
 *	};
 *	JSONMAP_PARSER(shellcheck, .name = "shellcheck", .help = "ShellCheck, its JSON",
 *		.kind = KIND_LINT, .tool = "shellcheck", .spec = "https://...")
 *
 * plus PARSER(shellcheck) in list.h and tests/formats/shellcheck/.
 *
 * `each` is the path of the records: "results[]" every element, "advisories.*" every member
 * (its key is `@`), "files[].messages[]" records inside of others, "error" one value, ""
 * the document (of JSON Lines: each line); `a[]|b[]` records may stand in several places. With
 * `^`, fields of what encloses a record are read wherever they stand in it: then one whole
 * enclosing value is held in memory (64 MiB at most; one record else).
 *
 * Paths are json.h's: `a.b`, `a[0].b`, `a|b`.
 */
#ifndef PARSERS_SUPPORT_JSONMAP_H
#define PARSERS_SUPPORT_JSONMAP_H

#include "parsers/parser.h"
#include "parsers/support/json.h"
#include "parsers/support/mapping.h"

struct jsonmap {
	/*
	 * Terms of js_has (see json.h) that all hold for the head of such a report; `|` parts
	 * several such sets. More terms are surer.
	 */
	const char *sniff;
	int score;            /* of a set with one term; default 70 */
	bool lines;           /* JSON Lines, or values one behind the other */
	const struct map_fields *records;
	size_t n;
	/*
	 * A report without a finding is clean when the place of its records is there. Where a
	 * tool leaves that out: a path, or several parted by `|`, that tells instead ("": any
	 * document does); with
	 * absent_is_nothing, that it looked at nothing.
	 */
	const char *ran;
	bool absent_is_nothing;
	/* No element among the records, or what encloses them: nothing was looked at. */
	bool empty_is_nothing;
	/* For hooks: memory for each report, and what is to be done at its end. */
	size_t own_size;
	int (*end)(void *own, const struct sink *out);
	/* Of JSON Lines: a line that is none (may be NULL). */
	int (*noise)(void *own, const struct sink *out, struct str line, long at);
	/*
	 * For descriptions that nobody has tried yet: told of what mapping_missed says, and
	 * nothing is clean unless the innermost place of records was there. NULL: not asked.
	 */
	void (*missed)(void *ctx, const struct map_fields *f, const char *field, bool vital);
	void *missed_ctx;
};

/* A record: the version of the tool stands there. */
#define JSONMAP_VERSION(path) { .each = (path), .kind = MAP_TOOL, .version = "" }

#define JSONMAP_RECORDS(array) .records = (array), .n = sizeof(array) / sizeof(*(array))

int jsonmap_sniff(const struct jsonmap *map, struct str head);
int jsonmap_read(const struct jsonmap *map, struct source *in, const struct sink *out);
/*
 * For descriptions that are not compiled in: 0, or -1 with what is wrong, in which field
 * ("each", "rule" ...) of which entry of `records`.
 */
int jsonmap_check(const struct jsonmap *map, const char **why, const char **field, size_t *entry);

/* The functions and the descriptor of a parser whose description is `map` in this file. */
#define JSONMAP_PARSER(id, ...) \
	static int \
	id##_sniff(struct str head) \
	{ \
		return jsonmap_sniff(&map, head); \
	} \
	static int \
	id##_parse(struct source *in, const struct sink *out) \
	{ \
		return jsonmap_read(&map, in, out); \
	} \
	const struct parser parser_##id = { __VA_ARGS__, .sniff = id##_sniff, \
		.parse = id##_parse, .json = &map }

#endif
