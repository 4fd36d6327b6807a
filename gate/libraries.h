/* libraries.h -- the libraries are set up before anything runs: their memory, their threads. */
#ifndef GATE_LIBRARIES_H
#define GATE_LIBRARIES_H

/*
 * Once, before anything else and before the first thread: libxml2 and jansson then never see an
 * allocation fail, which they would turn into a shorter report, and GATE_FAIL_ALLOC reaches
 * theirs too. libxml2 would set itself up with its first parser, and two first ones race.
 */
void libraries_init(void);

#endif
