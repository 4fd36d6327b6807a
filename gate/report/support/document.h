/* document.h -- the decision as a document: for what is made from decision@1, and its digest. */
#ifndef GATE_REPORT_SUPPORT_DOCUMENT_H
#define GATE_REPORT_SUPPORT_DOCUMENT_H

#include <jansson.h>

#include "gate/model/decision.h"

json_t *document_of(const struct decision *d); /* the caller's: json_decref */
void document_digest(const struct decision *d, char hex[SHA256_HEX]);

#endif
