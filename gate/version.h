/* version.h -- what this program is. */
#ifndef GATE_VERSION_H
#define GATE_VERSION_H

#include "gate/base/release.h" /* GATE_VERSION */

/*
 * The checkout's revision when it was built, with " and changes" where tracked files differed;
 * empty outside a checkout. Generated, see the Makefile.
 */
extern const char gate_revision[];

void version_print(void); /* to standard output: version and the libraries' versions */

#endif
