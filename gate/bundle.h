/*
 * bundle.h -- all that a decision was made from, in one file: what `gate run --bundle` packs and
 * `gate replay` decides from again.
 *
 * A tar.gz of a few members, the same bytes for the same decision:
 *
 *   manifest.json     regression-gate/bundle@1: the version that made it, the options that
 *                     choose what is judged, every member with its size and SHA-256, the digest
 *                     of the decision, what had to be left out
 *   decision.json     the decision
 *   answers.json      what was asked while deciding and what came back (base/tape.h): files,
 *                     folders, git, the build's variables; long answers are members
 *   KIND/NNN-NAME     those: configuration and registers as text, reports as they were read,
 *                     the baseline as a snapshot
 *
 * Texts are redacted, as in every output; digests are of the files as they were found.
 */
#ifndef GATE_BUNDLE_H
#define GATE_BUNDLE_H

#include <jansson.h>

#include "gate/pipeline.h"
#include "gate/tarball.h"

#define BUNDLE_SCHEMA "regression-gate/bundle@"
#define BUNDLE_VERSION 1
#define MAX_BUNDLE_DOCUMENT (32u << 20) /* manifest, answers: parsed, it may take 45 times that */

/* The options that a bundle carries: those that choose what is judged. The clock is a member. */
extern const struct option bundle_options[];

/* A bundle in memory. Zero-initialise; bundle_release. */
struct bundle {
	struct arena mem;
	struct tarball tar;
	struct pos at;            /* its path, as it was named; for messages */
	json_t *manifest, *answers;
	struct str decision;      /* the document's text */
	const char *digest;       /* of it, as the manifest says */
	const char *version;      /* that made it */
	bool equal;               /* whoever made it replayed it, and nothing was left out */
};

/*
 * Ends the tape that was recorded (tape_record) while `p` was decided with `args`, packs it into
 * `path`, and replays it to see whether it gives the same decision. -1 with messages on
 * standard error.
 */
int bundle_write(const struct pipeline *p, const struct args *args, const char *path);
/* -1 with *err set: it is no bundle, of a newer version, or not what its manifest says. */
int bundle_open(struct bundle *b, const char *path, struct err *err);
/* Puts its answers on the tape, which is playing. -1 with *err set. */
int bundle_play(struct bundle *b, struct err *err);
/* The arguments that it was decided with. Values are the bundle's; args_release. */
int bundle_args(struct bundle *b, struct args *args, struct err *err);
void bundle_release(struct bundle *b);

/* ---- between the two halves ---- */

struct redactor;
struct tape;
struct redactors {
	const struct redactor *v[2];
};
/* The text without what any of them takes out. */
struct str redacted(struct arena *mem, const struct redactors *r, struct str s);
/* Members but the manifest; b->tar borrows from b->mem and the tape. */
void bundle_pack(struct bundle *b, const struct tape *t, const struct redactors *r);
/* Any bytes as a JSON string and back: what is no text is written \xNN. */
json_t *bundle_string(struct str s);
struct str bundle_bytes(struct arena *mem, const json_t *v);

#endif
