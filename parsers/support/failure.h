/* failure.h -- what the text of a failure says: its one line for people, and its place. */
#ifndef PARSERS_SUPPORT_FAILURE_H
#define PARSERS_SUPPORT_FAILURE_H

#include "gate/base/buf.h"
#include "gate/base/limits.h"
#include "gate/model/event.h"

/*
 * A text of any size that keeps its head and its tail, with "[... N bytes elided]" between:
 * failures say what matters first or last. Zero-initialise; kept_release.
 */
struct kept {
	struct buf head, tail;
	size_t skipped; /* bytes left out between them */
	size_t pad;     /* blanks at the end of a full head */
};
#define KEPT_HEAD (MAX_TEXT_KEPT * 3 / 4)
#define KEPT_TAIL (MAX_TEXT_KEPT / 4 - 64)

void kept_add(struct kept *k, struct str s);
/* The text, valid until the next call on k. */
struct str kept_str(struct kept *k);
void kept_reset(struct kept *k);
void kept_release(struct kept *k);

/* The line of a failure's body that says what is wrong; a view into it. */
struct str failure_line(struct str body);
/* A message that only says that something failed ("Failed"). */
bool failure_says_nothing(struct str message);
/*
 * Where the text says that it failed: file and line, both views into it or zero. `file` is
 * what is known of the test's own file (may be empty): a place in it is preferred.
 */
bool failure_place(struct str text, struct str file, enum dialect dialect, struct str *path,
	long *line);
/* "com.x.FooTest$Inner" -> "FooTest.java", in `out`: the file that Java's frames name. */
struct str failure_java_file(struct buf *out, struct str class);

#endif
