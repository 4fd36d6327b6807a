/* fixes.h -- which revisions that findings name as their fix the tested revision contains. */
#ifndef GATE_FIXES_H
#define GATE_FIXES_H

#include "gate/model/finding.h"

/*
 * Asks the repository of the working folder about each `fixed-in` and sets entry.fix. Without a
 * repository, the revision or its history (a shallow clone), it stays unknown.
 */
void fixes_locate(struct findings *fs);

#endif
