/* library_memory.h -- libraries allocate as the program does: out of memory ends in one place. */
#ifndef GATE_LIBRARY_MEMORY_H
#define GATE_LIBRARY_MEMORY_H

/*
 * Once, before anything else: libxml2 and jansson then never see an allocation fail, which
 * they would turn into a shorter report, and GATE_FAIL_ALLOC reaches theirs too.
 */
void library_memory(void);

#endif
