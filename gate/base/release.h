/* release.h -- the version of this program, for every layer (decisions carry it). */
#ifndef GATE_BASE_RELEASE_H
#define GATE_BASE_RELEASE_H

#define GATE_VERSION "0.1.0"
#define GATE_RELEASED "2026-11-20" /* the manual's date */

#endif
