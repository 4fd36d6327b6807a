/*
 * ci_env.h -- which build it is, from the variables that GitHub Actions and GitLab CI set and
 * the event payload. Both are untrusted: what has not the shape of its name is left out.
 */
#ifndef GATE_FORGE_CI_ENV_H
#define GATE_FORGE_CI_ENV_H

#include "gate/base/arena.h"
#include "gate/model/build.h"

typedef const char *(*ci_env_get)(const char *name); /* as getenv */

/* FORGE_NONE outside CI. GITHUB_ACTIONS outranks GITLAB_CI. */
enum forge ci_env_forge(ci_env_get get);
/*
 * Fills *b for this forge. `payload` is the text of the event (GITHUB_EVENT_PATH), empty when
 * there is none. Strings live in `mem`.
 */
void ci_env_build(struct arena *mem, enum forge forge, ci_env_get get, struct str payload,
	struct build *b);
/* A whole commit name: 40 or 64 hex digits, not all zero. */
bool ci_env_is_commit(struct str s);
/* "owner/name", "group/sub/name" or a number: safe in a URL's path. */
bool ci_env_is_project(struct str s);

#endif
