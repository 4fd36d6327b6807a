/* hash.c -- see hash.h. A multiply-fold hash over 16-byte steps. */
#include "gate/base/hash.h"

#include <openssl/evp.h>

#include "gate/base/mem.h"

static inline uint64_t
load64(const unsigned char *p)
{
	/* Little-endian by definition, so that hashes are the same on every machine. */
	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
	       (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
	       (uint64_t)p[7] << 56;
}

static inline uint64_t
fold(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 m = (unsigned __int128)a * b;

	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

uint64_t
hash_bytes(uint64_t seed, const void *data, size_t n)
{
	const uint64_t k0 = 0x9e3779b97f4a7c15u, k1 = 0xe7037ed1a0b428dbu, k2 = 0x8ebc6af09c88c6e3u;
	const unsigned char *p = data;
	unsigned char tail[16] = { 0 };
	uint64_t h = seed ^ k0;
	size_t left = n;

	for (; left >= 16; p += 16, left -= 16)
		h = fold(load64(p) ^ k1, load64(p + 8) ^ h);
	if (left)
		memcpy(tail, p, left);
	h = fold(load64(tail) ^ k2, load64(tail + 8) ^ h);
	return fold(h ^ n, k1);
}

struct sha256 {
	EVP_MD_CTX *ctx;
};

struct sha256 *
sha256_new(void)
{
	struct sha256 *h = xcalloc(1, sizeof(*h));

	h->ctx = EVP_MD_CTX_new();
	if (h->ctx == NULL || EVP_DigestInit_ex(h->ctx, EVP_sha256(), NULL) != 1)
		mem_die("sha256");
	return h;
}

void
sha256_add(struct sha256 *h, const void *p, size_t n)
{
	if (n && EVP_DigestUpdate(h->ctx, p, n) != 1)
		mem_die("sha256");
}

void
sha256_end(struct sha256 *h, char hex[SHA256_HEX])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned n = 0;

	if (EVP_DigestFinal_ex(h->ctx, md, &n) != 1 || n != 32)
		mem_die("sha256");
	EVP_MD_CTX_free(h->ctx);
	free(h);
	if (hex == NULL)
		return;
	for (unsigned i = 0; i < 32; i++) {
		hex[2 * i] = digits[md[i] >> 4];
		hex[2 * i + 1] = digits[md[i] & 15];
	}
	hex[64] = '\0';
}

void
sha256_of(struct str s, char hex[SHA256_HEX])
{
	struct sha256 *h = sha256_new();

	sha256_add(h, s.p, s.n);
	sha256_end(h, hex);
}
