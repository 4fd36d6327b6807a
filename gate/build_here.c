/* build_here.c -- see build_here.h. */
#include "gate/build_here.h"

#include "gate/base/buf.h"
#include "gate/base/err.h"
#include "gate/base/limits.h"
#include "gate/base/tape.h"
#include "gate/forge/ci_env.h"
#include "gate/input/files.h"

static const char *
get(const char *name)
{
	return tape_getenv(name);
}

void
build_here(struct arena *mem, enum forge want, struct build *b)
{
	enum forge forge = want != FORGE_NONE ? want : ci_env_forge(get);
	const char *event = forge == FORGE_GITHUB ? tape_getenv("GITHUB_EVENT_PATH") : NULL;
	struct buf payload = BUF_INIT;
	struct err err = { 0 };

	/* An event that can't be read is one that says nothing; the note tells what is missing. */
	if (event && event[0])
		files_slurp(NULL, event, MAX_CONFIG_BYTES, &payload, NULL, &err);
	ci_env_build(mem, forge, get, err.set ? STR_NONE : buf_str(&payload), b);
	if (err.set)
		b->note = arena_printf(mem, "the event's payload was not read: %s", err.text);
	buf_release(&payload);
}
