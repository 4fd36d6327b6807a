/* findings_text.h -- findings as a table people like to read. */
#ifndef GATE_REPORT_SUPPORT_FINDINGS_TEXT_H
#define GATE_REPORT_SUPPORT_FINDINGS_TEXT_H

#include "gate/base/buf.h"
#include "gate/model/finding.h"

/*
 * What wants work first, the most severe first; then links, states that another register
 * set, problems, totals. width: columns of the terminal, 0 is unlimited. Control characters
 * of the registers are shown, never sent.
 */
void findings_text(const struct findings *fs, int width, bool color, struct buf *out);

#endif
