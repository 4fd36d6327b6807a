/* facts_here.h -- facts of the checkout at hand: what git says of the change and the baseline. */
#ifndef GATE_FACTS_HERE_H
#define GATE_FACTS_HERE_H

#include "gate/model/baseline.h"
#include "gate/model/facts.h"
#include "gate/trusted.h"

/*
 * After the baseline was read. What git can't tell stays away: it then excuses nothing.
 */
void facts_here(struct facts *f, const struct trusted *t, const struct baseline *b);
/*
 * Fills in which definitions of tests are gone and which came, since the change's base and,
 * where it is in the tested revision's history, since the baseline's revision.
 */
void facts_definitions(struct facts *f, const struct trusted *t, const struct baseline *b);

/*
 * A path of git's as reports write it: below the working folder; empty where the folder is
 * the root, or the path lies elsewhere.
 */
struct str facts_from_here(const struct git *g, struct str path);
/* The baseline's revision, where this clone has it. */
bool facts_revision(const struct git *g, const struct baseline *b, char hex[GIT_HEX]);

#endif
