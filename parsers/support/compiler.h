/* compiler.h -- what gcc's, clang's and clang-tidy's texts have in common. */
#ifndef PARSERS_SUPPORT_COMPILER_H
#define PARSERS_SUPPORT_COMPILER_H

#include "gate/base/buf.h"
#include "gate/model/event.h"
#include "parsers/support/line_shape.h"

/* The file is one that a C, C++ or Objective-C compiler reads. */
bool compiler_is_source(struct str path);
/* For rows: the file is such a source. */
bool compiler_source_row(struct line_match *m);
/*
 * For maps: "-Werror=unused", "-Werror,-Wunused" and "-Wunused,Semantic Issue" are all
 * "-Wunused", since an issue stays the same when its rule becomes an error; of a check's
 * several names the first counts.
 */
void compiler_adjust(struct issue_event *ev, const struct line_match *m, struct buf *scratch);

#endif
