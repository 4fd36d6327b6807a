/* md_paths.h -- paths, and the lines behind them, as people write them into a text. */
#ifndef PARSERS_REGISTERS_SUPPORT_MD_PATHS_H
#define PARSERS_REGISTERS_SUPPORT_MD_PATHS_H

#include "gate/base/str.h"

#define MD_RANGES 32

struct line_range {
	long from, to;
};

struct line_ranges {
	struct line_range v[MD_RANGES];
	size_t n;
};

/* The length of the run of path characters at the front of s (with `*`, without a final "."). */
size_t md_path_run(struct str s);
/*
 * Whether the token is a path: it ends in a known extension, or, where a path is expected,
 * has a slash. Routes ("/api/x"), URLs and "and/or" are none.
 */
bool md_is_path(struct str token, bool expected);
bool md_has_extension(struct str token);
/*
 * The lines right behind a path: ":23-29", ":383-388, 401 and 410-412", "#L23-L29". Returns how
 * many bytes they take, 0 when there are none.
 */
size_t md_lines_behind(struct str s, struct line_ranges *out);
/* The whole of s is lines: "194-205", "lines 12 and 14". */
bool md_only_lines(struct str s, struct line_ranges *out);
/* The inside of 【F:path†L23-L29】. False for another tool's output. */
bool md_cited(struct str inside, struct str *path, struct line_range *lines);

#endif
