/* map.c -- see map.h: open addressing over an insertion-ordered array. */
#include "gate/base/map.h"

#include "gate/base/hash.h"
#include "gate/base/mem.h"

static void
rehash(struct map *m, size_t nslots)
{
	free(m->slots);
	m->slots = xcalloc(nslots, sizeof(*m->slots));
	m->nslots = nslots;
	for (size_t i = 0; i < m->n; i++) {
		size_t at = m->v[i].hash & (nslots - 1);

		while (m->slots[at] != 0)
			at = (at + 1) & (nslots - 1);
		m->slots[at] = (uint32_t)(i + 1);
	}
}

static struct map_entry *
find(const struct map *m, struct str key, uint64_t hash)
{
	size_t at;

	if (m->nslots == 0)
		return NULL;
	for (at = hash & (m->nslots - 1); m->slots[at] != 0; at = (at + 1) & (m->nslots - 1)) {
		struct map_entry *e = &m->v[m->slots[at] - 1];

		if (e->hash == hash && str_eq(e->key, key))
			return e;
	}
	return NULL;
}

void *
map_get(const struct map *m, struct str key)
{
	const struct map_entry *e = find(m, key, hash_str(key));

	return e ? e->value : NULL;
}

void **
map_at(struct map *m, struct str key)
{
	uint64_t hash = hash_str(key);
	struct map_entry *e = find(m, key, hash);
	size_t at;

	if (e)
		return &e->value;
	if (m->n >= UINT32_MAX - 1)
		mem_die("map size");
	if ((m->n + 1) * 2 > m->nslots)
		rehash(m, m->nslots ? m->nslots * 2 : 16);
	e = vec_push(m);
	e->key = key;
	e->hash = hash;
	at = hash & (m->nslots - 1);
	while (m->slots[at] != 0)
		at = (at + 1) & (m->nslots - 1);
	m->slots[at] = (uint32_t)m->n;
	return &e->value;
}

void
map_release(struct map *m)
{
	vec_release(m);
	free(m->slots);
	*m = (struct map){ 0 };
}
