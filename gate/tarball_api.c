/* tarball_api.c -- see tarball_api.h. */
#include "gate/tarball_api.h"

#include <dlfcn.h>
#include <string.h>

static void *
symbol(void *lib, const char *name, struct err *err)
{
	void *p = dlsym(lib, name);

	if (p == NULL)
		err_set(err, (struct pos){ 0 }, "libarchive has no %s", name);
	return p;
}

/* ISO C knows no conversion of an object's pointer to a function's; POSIX demands it. */
#define LOAD(name) \
	do { \
		void *p_ = symbol(lib, "archive_" #name, err); \
		memcpy(&api.name, &p_, sizeof(p_)); \
	} while (0);

const struct tarball_api *
tarball_api(struct err *err)
{
	static const char *const names[] = { "libarchive.so.13", "libarchive.so",
		"libarchive.13.dylib", "libarchive.dylib" };
	static struct tarball_api api;
	static void *lib;

	if (lib)
		return &api;
	for (size_t i = 0; lib == NULL && i < sizeof(names) / sizeof(names[0]); i++)
		lib = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
	if (lib == NULL) {
		err_set(err, (struct pos){ 0 }, "libarchive is not installed");
		err_hint(err, "install it (Debian: libarchive13)");
		return NULL;
	}
	TARBALL_API(LOAD)
	return err->set ? NULL : &api;
}
