/* json_keys.c -- that no key stands twice in an object of a value that is held. */
#include <stdio.h>

#include "gate/base/mem.h"
#include "gate/base/utf8.h"
#include "parsers/support/json_scan.h"

#define KEYS_LINEAR 16u /* objects with more keys are checked by sorting */

static uint32_t
key_hash(struct str s)
{
	uint64_t a = 0, b = 0;

	if (s.n >= 8) {
		memcpy(&a, s.p, 8);
		memcpy(&b, s.p + s.n - 8, 8);
	} else if (s.n) {
		memcpy(&a, s.p, s.n);
	}
	a = (a ^ (b << 7 | b >> 57) ^ s.n) * 0x9e3779b97f4a7c15u;
	return (uint32_t)(a >> 32);
}

static struct str
key_text(const struct json *j, const struct json_key *k, struct buf *scratch)
{
	struct str raw = str_n(j->pin + k->at, k->n);

	if (!k->escaped)
		return raw;
	buf_reset(scratch);
	js_unescape(raw, scratch);
	return buf_str(scratch);
}

static bool
same_key(struct json *j, const struct json_key *a, const struct json_key *b)
{
	if (a->hash != b->hash)
		return false;
	if (!a->escaped && !b->escaped)
		return a->n == b->n && memcmp(j->pin + a->at, j->pin + b->at, a->n) == 0;
	return str_eq(key_text(j, a, &j->one), key_text(j, b, &j->two));
}

static const char *
twice(struct json *j, const struct json_key *k)
{
	struct str name = utf8_head(str_n(j->pin + k->at, k->n), 60);
	char why[128];

	snprintf(why, sizeof(why), "the key \"%.*s\" stands twice in one object", STR_FMT(name));
	return js_bad(j, name.p, PROBLEM_MALFORMED, why);
}

/* The key between quotes that ends at `end`. False: it stands in this object already. */
bool
json_watch_key(struct json *j, size_t at, const char *end, bool escaped)
{
	size_t base = j->key_base[j->depth], n = j->keys.n - base;
	struct json_key *k = vec_push(&j->keys);
	uint64_t bit;

	k->at = (uint32_t)at;
	k->n = (uint32_t)((size_t)(end - j->pin) - at);
	k->escaped = escaped;
	k->hash = key_hash(key_text(j, k, &j->one));
	bit = (uint64_t)1 << (k->hash >> 26);
	if (n < KEYS_LINEAR && (j->key_mask[j->depth] & bit)) {
		for (size_t i = base; i < base + n; i++) {
			if (same_key(j, &j->keys.v[i], k)) {
				twice(j, k);
				return false;
			}
		}
	}
	j->key_mask[j->depth] |= bit;
	return true;
}

static int
key_order(const void *a, const void *b)
{
	const struct json_key *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* Many keys: neighbours by hash; a run of equal hashes is rare, or made on purpose. */
bool
json_check_keys(struct json *j)
{
	size_t base = j->key_base[j->depth], n = j->keys.n - base;
	struct json_key *v = j->keys.v + base;
	unsigned long steps = 0;

	if (n <= KEYS_LINEAR)
		return true;
	qsort(v, n, sizeof(*v), key_order);
	for (size_t i = 1; i < n; i++) {
		for (size_t k = i; k-- > 0 && v[k].hash == v[i].hash;) {
			if (same_key(j, &v[k], &v[i])) {
				twice(j, &v[i]);
				return false;
			}
			if (++steps > 1000000) {
				js_bad(j, j->pin + v[i].at, PROBLEM_OVER_LIMIT,
					"an object whose keys are made to collide");
				return false;
			}
		}
	}
	return true;
}
