/*
 * history.h -- what earlier runs showed of tests that ever failed or needed retries: data for
 * `flaky` and for `expect: sometimes`.
 *
 * It only informs. A failing test fails, whatever it did before; a passing one that failed in
 * another run of this very revision is flaky.
 */
#ifndef GATE_MODEL_HISTORY_H
#define GATE_MODEL_HISTORY_H

#include "gate/base/buf.h"
#include "gate/base/err.h"
#include "gate/base/hash.h"
#include "gate/base/map.h"
#include "gate/base/mem.h"
#include "gate/model/event.h"

struct history_test {
	struct str producer, leg, id;      /* as decisions name it */
	long runs, passes, fails, flaky;   /* skipped ones are no runs; flaky ones are passes */
	long flips;                        /* other outcome than the run before, same revision */
	long here_passes, here_fails;      /* earlier runs of this revision */
};

/* Zero-initialise; history_release. */
struct history {
	struct arena mem;
	struct str path;       /* as it is shown; empty: nobody named one */
	struct str why;        /* it can't be used; empty: it can */
	bool fresh;            /* nothing is there yet */
	char sha256[SHA256_HEX]; /* of the file as found */
	long runs, here_runs;  /* recorded; of this revision */
	struct { struct history_test *v; size_t n, cap; } tests;
	struct map by_identity, by_id;
};

/* The text that a tape keeps; parse: -1 when it is broken. */
void history_write(const struct history *h, struct buf *out);
int history_parse(struct history *h, struct str text);
/* NULL: it never failed, as far as is known. */
const struct history_test *history_find(const struct history *h, struct str producer,
	struct str leg, struct str id);
/* Whether the history may have something to say of a case that passed. */
bool history_watch(const struct history *h, const struct test_event *ev, struct str id);
void history_release(struct history *h);

#endif
