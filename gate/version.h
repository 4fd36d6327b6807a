/* version.h -- what this program is. */
#ifndef GATE_VERSION_H
#define GATE_VERSION_H

#define GATE_VERSION "0.1.0"

void version_print(void); /* to standard output: version and the libraries' versions */

#endif
