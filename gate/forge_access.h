/*
 * forge_access.h -- how a forge is spoken to from here, for `gate post` and `gate fetch`: the
 * token, the authority's certificates, the tests' scale of waits, what -v shows.
 */
#ifndef GATE_FORGE_ACCESS_H
#define GATE_FORGE_ACCESS_H

#include "gate/forge/forge.h"
#include "gate/forge/http.h"

struct forge_access {
	const char *token_file;   /* NULL: the environment */
	const char *ca_file;      /* NULL: the environment */
	bool verbose;             /* each request on standard error */
	struct buf token;
};

/* "github", "gitlab"; FORGE_NONE for any other word. */
enum forge forge_named(const char *word);
/*
 * Fills in the token; 0 with an empty one when there is none. -1 with *err set: a file that was
 * named can't be read.
 */
int forge_access_find(struct forge_access *a, enum forge forge, struct err *err);
/* NULL with *err set; see http_new. */
struct http *forge_access_open(const struct forge_access *a, const struct forge_ops *ops,
	const struct build *b, struct err *err);
void forge_access_release(struct forge_access *a); /* the token's bytes too */
/* One line on standard error, whatever the text holds. */
void forge_say(const char *prefix, struct str text);

#endif
