/*
 * decision_diff.h -- two decisions side by side: what is new, gone or reclassified, and which
 * input, register, policy, baseline, clock or version made it so.
 */
#ifndef GATE_DECISION_DIFF_H
#define GATE_DECISION_DIFF_H

#include <jansson.h>

#include "gate/base/buf.h"

/*
 * Two decision@1 documents as decision_file_read gave them. The result is a diff@1 document, the
 * caller's:
 *
 *   {"schema","same":bool,"a":D,"b":D,
 *    "causes":[{"what","name","a","b","message"}],
 *    "rules":[{"rule","selected","a":{"outcome","observed","limit"}|null,"b"}],
 *    "counts":{class:{"a","b"}},
 *    "tests":[{"change":"new|gone|reclassified","id","report","leg","a":R|null,"b":R|null,
 *              "because":[names of causes]}],
 *    "issues":[the same],"findings":[{"change","qualified","a":{"state","level"}|null,"b"}],
 *    "other":[names of members that differ too]}
 *
 * D: {"name","verdict","exit","sentence","digest"}; R: {"class","outcome","finding","excused"}.
 * `same`: nothing at all differs.
 */
json_t *decision_diff(const json_t *a, const json_t *b);
/* For people; at most `most` rows of each list, 0: all. */
void decision_diff_text(const json_t *diff, size_t most, struct buf *out);

#endif
