/*
 * xmlmap.h -- XML formats whose records map field by field, as const descriptions.
 *
 * A format says which elements are records and where each field stands; one engine reads
 * them all, streaming, with the bounds of xml.h. Example, all of Cppcheck's:
 *
 *	static const struct xml_record records[] = {
 *		{ XML_ISSUE, "errors/error", .rule = "@id", .severity = "@severity",
 *			.message = "@msg", .levels = levels },
 *		{ XML_PLACE, "error/location", .file = "@file", .line = "@line" },
 *		{ 0 },
 *	};
 *	static const struct xml_map map = { .roots = "results", .marks = "<cppcheck ",
 *		.tool = "cppcheck", .records = records };
 *	XML_MAP_HOOKS(map)
 *
 * Elements: names joined by '/', the last is the record's own, those before it its parents;
 * `a|b` one of several, `/a` the root, `a[@k=v]` one whose attribute k is v. The first record
 * that fits an element is it. Prefixes and namespaces are ignored.
 *
 * Paths, from the record's element; what lies inside another record is not seen:
 *	@a          its attribute           .           its text
 *	b/c         the text of a child     b/@c        an attribute of a child
 *	b[@k=v]/c   only of a child whose attribute k is v
 *	^b/@c       of the nearest element b around it, also ^b/c for a child before it
 *	^^b/@c      of every b around it, the outer first, joined: suites by " > ", else by "."
 *	x|y         the first of several that has a text
 *	='text'     the text itself
 * The first of several elements that has a text counts. Totals may be sums, "@a + @b"; the
 * parts of an id are joined by ".", those of a file by "/", if its last one is there.
 */
#ifndef PARSERS_SUPPORT_XMLMAP_H
#define PARSERS_SUPPORT_XMLMAP_H

#include "gate/base/buf.h"
#include "gate/input/source.h"
#include "gate/model/event.h"

enum xml_kind {
	XML_END,         /* of the records */
	XML_TEST,
	XML_ISSUE,
	XML_PLACE,       /* inside a record: file, line, end_line, column; the best counts */
	XML_PROP,        /* inside a test: name, value */
	XML_SUITE_ERROR, /* name, message */
	XML_TOOL,        /* name, version: which tool wrote it; XML_DECLARED may say the version */
	XML_TOOL_FAILED, /* message: the tool did not come to its end */
	XML_NOTHING_RAN, /* message: the report says that nothing was looked at */
	XML_DECLARED,    /* tests, failures, errors, skipped: totals that the report declares */
	XML_LOOKED,      /* one of these must be there, or nothing ran; see xml_map.nothing */
	XML_CLEAN,       /* the report itself says that it is clean */
	XML_JOINED,      /* id; what stands here completes the records whose `join` is this id */
};

struct xml_word {
	const char *word; /* any case; NULL ends the table */
	int means;        /* an enum outcome or an enum level */
};

/* What a value does to its record. Words are parted by '|', any case. */
struct xml_when {
	const char *path;  /* NULL ends the table */
	const char *words; /* exact; "~x": has x in it; "": absent or empty; "*": any text */
	enum { XML_DROP, XML_KEEP, XML_SUPPRESSED, XML_INFO } then; /* KEEP: else it is dropped */
};

/* Which tool wrote a result, by how its rule begins. */
struct xml_tool {
	const char *prefix; /* NULL ends the table */
	const char *tool;
	bool strip;         /* the prefix is no part of the rule */
	bool versioned;     /* the record's `version` is this tool's */
};

struct xml_record {
	enum xml_kind kind;
	const char *element;
	/* Paths; absent ones left out. */
	const char *name, *value, *message, *text, *file, *line;
	const char *suite, *class, *id, *type, *seconds, *milliseconds, *outcome;
	const char *rule, *severity, *score, *end_line, *column, *fingerprint, *tool, *version;
	const char *tests, *failures, *errors, *skipped;
	/*
	 * The id of an XML_JOINED anywhere in the document, whose class, file and name
	 * the record takes where it has none. A format that has one holds its records back.
	 */
	const char *join;
	/*
	 * Tables. Of several places for an outcome the first counts whose word is in `outcomes`;
	 * if none is, that is an error of the case. A word that is not in
	 * `levels`: a number is a CVSS score, other words are looked up among the built-in ones.
	 */
	const struct xml_word *outcomes, *levels;
	const struct xml_when *when;
	const struct xml_tool *tools;
	enum dialect dialect;
	bool unexplained;   /* a suite error only if no test in it failed */
};

struct xml_map {
	const char *roots;  /* names parted by '|' */
	/* What must stand in the head, parted by '&', one of several by '|'; NULL: nothing. */
	const char *marks;
	const char *tool;   /* NULL: none */
	const char *nothing; /* the message when no XML_LOOKED was there */
	const struct xml_record *records; /* ends with XML_END */
	/*
	 * May change an event before it is sent; 0, or -1: not sent. `room` is empty and lives
	 * until it was sent. May be NULL.
	 */
	int (*test)(struct test_event *ev, struct buf *room);
	int (*issue)(struct issue_event *ev, struct buf *room);
	/*
	 * For descriptions that nobody has tried yet: told of each field that had a value in no
	 * record (`vital`: without it the records say nothing, or a condition on it made them
	 * all go); and nothing is clean unless an XML_LOOKED was there, or where the format has
	 * none, what stands around records, with nothing else in it. NULL: not asked.
	 */
	void (*missed)(void *ctx, const struct xml_record *r, const char *field, bool vital);
	void *missed_ctx;
};

/* NULL, or what is wrong with the description. */
const char *xml_map_check(const struct xml_map *map);
/* The same, with the record and the member it is in ("element", "rule"; "" where unknown). */
const char *xml_map_check_at(const struct xml_map *map, const struct xml_record **r,
	const char **field);
int xml_map_sniff(struct str head, const struct xml_map *map);
int xml_map_read(struct source *in, const struct sink *out, const struct xml_map *map);

/* A parser's two functions. */
#define XML_MAP_HOOKS(map) \
	static int \
	map##_sniff(struct str head) \
	{ \
		return xml_map_sniff(head, &map); \
	} \
	static int \
	map##_parse(struct source *in, const struct sink *out) \
	{ \
		return xml_map_read(in, out, &map); \
	}

#endif
