/*
 * literals.h -- many texts looked for in one pass (Aho-Corasick, Comm. ACM 18, 1975).
 *
 * Texts are compared folded: ASCII letters without case, `-` as `_`. Only the last bytes of
 * a long text are looked for; whoever is called verifies the whole. Read-only once built, so
 * threads share it.
 */
#ifndef GATE_CORRELATE_ENGINE_LITERALS_H
#define GATE_CORRELATE_ENGINE_LITERALS_H

#include "gate/base/str.h"

struct literals; /* owned: literals_free */

struct literals *literals_new(void);
/* `text` is borrowed until literals_build; empty ones are ignored. */
void literals_add(struct literals *l, struct str text, void *value);
void literals_build(struct literals *l);
bool literals_any(const struct literals *l);
/*
 * Calls `found` for each occurrence, `end` being the offset behind it; stops and returns true
 * when it returns true.
 */
bool literals_scan(const struct literals *l, struct str text,
	bool (*found)(void *ctx, void *value, size_t end), void *ctx);
void literals_free(struct literals *l);

char literal_fold(char c);
bool literal_eq(struct str a, struct str b); /* folded */

#endif
