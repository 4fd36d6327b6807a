/* layout.h -- text to a width: wrapping, cutting, padding, counted in columns (utf8_width). */
#ifndef GATE_REPORT_SUPPORT_LAYOUT_H
#define GATE_REPORT_SUPPORT_LAYOUT_H

#include "gate/base/buf.h"
#include "gate/base/str.h"

/*
 * Appends `text` (one line, already safe) wrapped at blanks: the first line starts after
 * `first` columns that are already written, further ones after `hang` blanks. Words longer
 * than a line stay whole, so that a test's name can still be copied. Ends with a newline.
 * width 0: no wrapping.
 */
void layout_wrap(struct buf *out, struct str text, size_t first, size_t hang, int width);
/* At most `columns` columns of s, the last three "..." when it was cut. */
void layout_cut(struct buf *out, struct str s, size_t columns);
/* s and blanks up to `columns`; s stays whole when it is wider. */
void layout_pad(struct buf *out, struct str s, size_t columns);

#endif
