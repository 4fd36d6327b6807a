/* names.c -- see names.h. */
#include "gate/model/names.h"

#include "gate/base/buf.h"

/* How a finding bears a name, best first. */
enum bearing { BY_ID, BY_ALIAS, BY_STATEMENT, BEARINGS };

struct name {
	struct bearers by[BEARINGS];
};

/* The key of `name` inside one register, in the scratch buffer. */
static struct str
key_within(struct names *names, const struct reg *reg, struct str name)
{
	buf_reset(&names->key);
	buf_addf(&names->key, "%zu ", reg->order);
	buf_add(&names->key, name);
	return buf_str(&names->key);
}

static void
bear(struct names *names, struct map *map, struct str key, struct finding *f, enum bearing how)
{
	struct name *name = map_get(map, key);
	struct bearers *b;

	if (name == NULL) {
		name = arena_new(&names->mem, struct name);
		*map_at(map, arena_dup(&names->mem, key)) = name;
	}
	b = &name->by[how];
	/* One finding's names come one after the other: it can only be the last. */
	if (b->n > 0 && b->n <= BEARERS_KEPT && b->v[b->n - 1] == f)
		return;
	if (b->n < BEARERS_KEPT)
		b->v[b->n] = f;
	b->n++;
}

static void
bear_both(struct names *names, struct finding *f, struct str name, enum bearing how)
{
	if (name.n == 0)
		return;
	bear(names, &names->everywhere, name, f, how);
	bear(names, &names->within, key_within(names, f->reg, name), f, how);
}

void
names_init(struct names *names, const struct findings *fs)
{
	*names = (struct names){ 0 };
	for (size_t i = 0; i < fs->all.n; i++) {
		struct finding *f = fs->all.v[i];
		enum bearing how = f->statement ? BY_STATEMENT : BY_ID;

		bear_both(names, f, f->id, how);
		bear(names, &names->everywhere, f->qualified, f, how);
		for (size_t k = 0; k < f->aliases.n; k++)
			if (!str_eq(f->aliases.v[k], f->id))
				bear_both(names, f, f->aliases.v[k],
					f->statement ? BY_STATEMENT : BY_ALIAS);
	}
}

void
names_add_alias(struct names *names, struct finding *f, struct str alias)
{
	bear_both(names, f, alias, BY_ALIAS);
}

static const struct bearers *
best(const struct name *within, const struct name *everywhere, enum bearing worst)
{
	for (enum bearing how = BY_ID; how <= worst && how < BY_STATEMENT; how++)
		if (within && within->by[how].n > 0)
			return &within->by[how];
	for (enum bearing how = BY_ID; how <= worst && how < BY_STATEMENT; how++)
		if (everywhere && everywhere->by[how].n > 0)
			return &everywhere->by[how];
	if (worst < BY_STATEMENT)
		return NULL;
	if (within && within->by[BY_STATEMENT].n > 0)
		return &within->by[BY_STATEMENT];
	if (everywhere && everywhere->by[BY_STATEMENT].n > 0)
		return &everywhere->by[BY_STATEMENT];
	return NULL;
}

static const struct bearers *
look(struct names *names, const struct reg *reg, struct str name, enum bearing worst)
{
	const struct name *everywhere = map_get(&names->everywhere, name);

	if (everywhere == NULL)
		return NULL;
	return best(map_get(&names->within, key_within(names, reg, name)), everywhere, worst);
}

const struct bearers *
names_defined(struct names *names, const struct reg *reg, struct str name)
{
	return look(names, reg, name, BY_ALIAS);
}

const struct bearers *
names_any(struct names *names, const struct reg *reg, struct str name)
{
	return look(names, reg, name, BY_STATEMENT);
}

struct finding *
names_own(struct names *names, const struct reg *reg, struct str id)
{
	const struct name *name = map_get(&names->within, key_within(names, reg, id));

	if (name == NULL)
		return NULL;
	if (name->by[BY_ID].n == 1)
		return name->by[BY_ID].v[0];
	return name->by[BY_ID].n == 0 && name->by[BY_STATEMENT].n == 1 ? name->by[BY_STATEMENT].v[0]
								       : NULL;
}

void
bearers_describe(const struct bearers *b, struct buf *out)
{
	size_t shown = b->n < BEARERS_KEPT ? b->n : BEARERS_KEPT;

	for (size_t i = 0; i < shown; i++) {
		if (i > 0)
			buf_addz(out, i + 1 == b->n ? " or " : ", ");
		buf_add(out, b->v[i]->qualified);
		buf_addf(out, " (line %ld)", b->v[i]->line);
	}
	if (b->n > shown)
		buf_addf(out, " or %zu more", b->n - shown);
}

void
names_release(struct names *names)
{
	map_release(&names->everywhere);
	map_release(&names->within);
	buf_release(&names->key);
	arena_release(&names->mem);
}
