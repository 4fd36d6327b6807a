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

struct str
build_below(struct arena *mem, struct str folder, struct str path)
{
	while (str_skip(&path, "./"))
		;
	if (folder.n == 0 || path.n == 0 || path.p[0] == '/')
		return path;
	return arena_printf(mem, "%.*s/%.*s", STR_FMT(folder), STR_FMT(path));
}

struct str
build_path(struct arena *mem, struct str folder, struct str path)
{
	while (str_skip(&path, "./"))
		;
	if (folder.n && path.n > folder.n && path.p[folder.n] == '/' &&
	    str_eq(str_to(path, folder.n), folder))
		return path;
	return build_below(mem, folder, path);
}
