/*
 * gunzip.h -- gzip as a pull layer: https://www.rfc-editor.org/rfc/rfc1952
 *
 * Several members are read as one text. A cut member and a broken one are told apart, since
 * the first means "the upload was interrupted" and the second "these bytes are not to be
 * believed". What was inflated before the damage is delivered.
 */
#ifndef GATE_INPUT_GUNZIP_H
#define GATE_INPUT_GUNZIP_H

#include "gate/base/str.h"

struct gunzip;

enum gunzip_state { GUNZIP_OK, GUNZIP_CUT, GUNZIP_BROKEN };

/* Gives up to n bytes as found, 0 at their end. */
typedef size_t gunzip_pull(void *ctx, char *p, size_t n);

bool gunzip_magic(struct str head);
/* `first` are the bytes that were read to find the magic; they are copied. */
struct gunzip *gunzip_new(gunzip_pull *pull, void *ctx, struct str first);
/* Up to n inflated bytes; 0 at the end or at damage. */
size_t gunzip_read(struct gunzip *g, char *p, size_t n);
enum gunzip_state gunzip_state(const struct gunzip *g);
const char *gunzip_why(const struct gunzip *g);
uint64_t gunzip_in(const struct gunzip *g);  /* compressed bytes used so far */
uint64_t gunzip_out(const struct gunzip *g); /* inflated bytes so far */
void gunzip_free(struct gunzip *g);          /* NULL is fine */

#endif
