/* version.h -- what this program is. */
#ifndef GATE_VERSION_H
#define GATE_VERSION_H

#include "gate/base/release.h" /* GATE_VERSION */

void version_print(void); /* to standard output: version and the libraries' versions */

#endif
