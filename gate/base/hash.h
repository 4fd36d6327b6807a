/* hash.h -- fast keyed hashes for tables and identities, and SHA-256 (libcrypto). */
#ifndef GATE_BASE_HASH_H
#define GATE_BASE_HASH_H

#include "gate/base/str.h"

/*
 * 64-bit hash of bytes; the same on every machine and in every run. Not for adversaries:
 * tables that must withstand chosen keys compare the key as well.
 */
uint64_t hash_bytes(uint64_t seed, const void *p, size_t n);

static inline uint64_t
hash_str(struct str s)
{
	return hash_bytes(0, s.p, s.n);
}

#define SHA256_HEX 65 /* 64 hexadecimal digits and a NUL */

struct sha256; /* streaming digest; libcrypto's */
struct sha256 *sha256_new(void);
void sha256_add(struct sha256 *h, const void *p, size_t n);
void sha256_end(struct sha256 *h, char hex[SHA256_HEX]); /* and frees it; hex may be NULL */
void sha256_of(struct str s, char hex[SHA256_HEX]);

#endif
