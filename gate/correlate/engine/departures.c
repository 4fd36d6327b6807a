/* departures.c -- tests that go on purpose: what registers list under removed: and renamed:. */
#include "gate/base/glob.h"
#include "gate/correlate/engine/baseline.h"
#include "gate/model/identity.h"

static struct str
comparable(struct departures *d, struct str id)
{
	struct buf b = BUF_INIT;
	struct str key;

	identity_normal(&b, id);
	key = arena_dup(&d->mem, buf_str(&b));
	buf_release(&b);
	return key;
}

void
departures_read(struct departures *d, const struct findings *fs)
{
	for (size_t i = 0; i < fs->regs.n; i++) {
		struct reg *reg = fs->regs.v[i];

		for (size_t k = 0; k < reg->removed.n; k++) {
			struct str pattern = reg->removed.v[k];

			if (glob_has_magic(pattern)) {
				struct departure_glob *g = vec_push(&d->globs);

				g->pattern = pattern;
				g->reg = reg;
			}
			*map_at(&d->removed, comparable(d, pattern)) = reg;
		}
		for (size_t k = 0; k < reg->renamed_from.n; k++)
			*map_at(&d->renamed, comparable(d, reg->renamed_from.v[k])) =
				&reg->renamed_to.v[k];
	}
}

const struct str *
departures_renamed(struct departures *d, struct str id)
{
	return d->renamed.n ? map_get(&d->renamed, comparable(d, id)) : NULL;
}

const struct reg *
departures_removed(struct departures *d, struct str id)
{
	const struct reg *reg = d->removed.n ? map_get(&d->removed, comparable(d, id)) : NULL;

	for (size_t i = 0; i < d->globs.n && reg == NULL; i++)
		if (glob_match(d->globs.v[i].pattern, id))
			reg = d->globs.v[i].reg;
	return reg;
}

void
departures_release(struct departures *d)
{
	map_release(&d->renamed);
	map_release(&d->removed);
	vec_release(&d->globs);
	arena_release(&d->mem);
}
