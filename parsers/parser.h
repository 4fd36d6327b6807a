/* parser.h -- the contract every report format implements: one file, one const descriptor. */
#ifndef PARSERS_PARSER_H
#define PARSERS_PARSER_H

#include "gate/input/source.h"
#include "gate/model/event.h"
#include "gate/model/report.h"

struct jsonmap;
struct xml_map;
struct linemap;

struct parser {
	const char *name;       /* --format value and fixture folder */
	const char *help;       /* one line, for `gate list formats` and the README */
	enum report_kind kind;
	const char *tool;       /* the tool when the report does not name it; NULL: none */
	const char *spec;       /* URL of the format's specification, for the README */
	/*
	 * 0 = not mine .. 100 = certain. Pure; sees the first SNIFF_BYTES at most, decoded,
	 * never empty. Two parsers with the same best score are an error.
	 */
	int (*sniff)(struct str head);
	/*
	 * Sends every record of `in` to `out`, problems too. Returns 0 when it read to the
	 * end, or -1 when it stopped early and has said why through out->problem. What was
	 * sent stays sent.
	 */
	int (*parse)(struct source *in, const struct sink *out);
	/* The table behind it, where it has one: what its words mean is published from there. */
	const struct jsonmap *json;
	const struct xml_map *xml;
	const struct linemap *lines;
	const char *levels; /* what no table of it says, in the manner of parser_levels */
};

/* NULL-terminated, in the order of list.h (which is alphabetical). */
extern const struct parser *const parsers[];
const struct parser *parser_find(struct str name);
/*
 * The parser whose sniffer wins, or NULL. *score may be NULL. A tie of two best: NULL
 * and *tie is the other one (may be NULL).
 */
const struct parser *parser_sniff(struct str head, int *score, const struct parser **tie);

/*
 * Which level the tool's words mean, for people: "high: error, fatal; medium: warning; CVSS".
 * Empty: the format has tests, or leaves it to the words that everybody uses.
 */
struct buf;
void parser_levels(const struct parser *p, struct buf *out);
/*
 * Reads one file from front to back into `r` (r->path and r->open_path set by the caller):
 * opens, sniffs unless `format` names a parser, recognises what is no report at all (a
 * shell's cry, a usage text, a traceback, an HTML or JSON error page), parses, takes the
 * digest, finishes. Everything that is wrong becomes a problem of the report.
 */
void report_read(struct report *r, struct str format, const struct collect_options *opt);

#endif
