/*
 * linemap.h -- a tool's text described by a table: which lines there are, what their fields
 * mean, which words are which level, and how the end of a whole text is known.
 *
 * The first row whose shape fits a line (and whose test agrees) says what the line is. A
 * line that fits none is held against the cries of shells and tools (see cry.h).
 */
#ifndef PARSERS_SUPPORT_LINEMAP_H
#define PARSERS_SUPPORT_LINEMAP_H

#include "parsers/parser.h"
#include "parsers/support/line_shape.h"

enum line_what {
	LINE_RECORD,  /* a result */
	LINE_PASS,    /* looks like a result, and is none */
	LINE_HEADING, /* the file of the records below */
	LINE_NOTE,    /* belongs to the record before, as "note: ..." */
	LINE_MORE,    /* goes on with the record before, directly below it */
	LINE_TOTAL,   /* how many records there are; ends a run */
	LINE_COUNT,   /* how many the whole text has, wherever the line stands */
	LINE_CLEAN,   /* says that there are none; ends a run */
	LINE_END,     /* ends a run */
	LINE_OPENS,   /* a run that has not ended before a LINE_END or LINE_COUNT */
	LINE_REPEATS, /* records from here to the run's end were there before */
	LINE_SKIP,    /* is known, and says nothing */
	LINE_FAILED,  /* the tool did not do its work: {message}, or the whole line */
	LINE_STOPPED, /* the same, unless a record of level high says why */
	LINE_NOTHING, /* the tool had nothing to look at */
};

struct line_row {
	const char *shape;
	enum line_what what;
	int sniff;            /* score of a text with such a line; 0: it says nothing */
	/* Further conditions, by content; they may change the match. NULL: none. */
	bool (*test)(struct line_match *m);
	const char *severity; /* of records without {severity}; a total: of these alone */
	const char *rule;     /* of records without {rule} */
	const char *message;  /* of records without {message} */
	const char *problem;  /* LINE_FAILED and kin: what is said before the line */
};

struct line_word {
	const char *word;
	enum level level;
	bool info_only;
};

/* ROW(RECORD, "{file}: {message}", .sniff = 80), WORD("error", LEVEL_HIGH); {0} ends a table */
#define ROW(kind, ...) { .what = LINE_##kind, .shape = __VA_ARGS__ }
#define WORD(text, ...) { .word = (text), .level = __VA_ARGS__ }

#define LINE_WORDS 24
#define LINE_ROWS 40

struct linemap {
	const struct line_row *rows;     /* ends with a row without a shape */
	const struct line_word *words;   /* ends with one without a word; as they are written */
	enum level level;                /* of records without {severity} */
	/* Last touch of a record; texts that it makes up go to the (empty) buffer. NULL: none. */
	void (*adjust)(struct issue_event *ev, const struct line_match *m, struct buf *scratch);
	/* Which tool wrote it, from the head of the text; NULL or "": the parser's. */
	const char *(*tool)(struct str head);
	/* A text whose records come without an end is cut. */
	const char *ends;                /* "it ends without NAME's summary"; NULL: it has none */
	bool always_ends;                /* also a text without records has an end */
	bool clean_end;                  /* an end without records says that all is clean */
	bool quiet;                      /* unknown lines are a build's, and no cries */
	bool trim;                       /* blanks in front of a line mean nothing */
	bool indented_more;              /* indented lines below a record go on with it */
};

/* For headings: the line is nothing but a file with an extension. */
bool linemap_is_path(struct line_match *m);

int linemap_sniff(const struct linemap *map, struct str head);
int linemap_parse(const struct linemap *map, struct source *in, const struct sink *out);

/* The two hooks of a format that is nothing but its table. */
#define LINEMAP_HOOKS(map) \
	static int map##_sniff(struct str head) { return linemap_sniff(&(map), head); } \
	static int map##_parse(struct source *in, const struct sink *out) \
	{ \
		return linemap_parse(&(map), in, out); \
	}

#endif
