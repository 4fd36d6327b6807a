/* decision_digest.h -- the digest that a decision's document bears, and whether it is its own. */
#ifndef GATE_DECISION_DIGEST_H
#define GATE_DECISION_DIGEST_H

#include "gate/base/str.h"

/* A view into the document; empty when it bears none. */
struct str decision_digest(struct str document);
/* The SHA-256 of the bytes without the line of the digest is what that line says. */
bool decision_digest_holds(struct str document);

#endif
