/* build.c -- see build.h. */
#include "gate/model/build.h"

const char *
forge_name(enum forge f)
{
	static const char *const names[] = {
		[FORGE_NONE] = "none", [FORGE_GITHUB] = "github", [FORGE_GITLAB] = "gitlab",
	};

	return names[f];
}
