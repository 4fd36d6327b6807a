/* curl_api.c -- see curl_api.h. */
#include "gate/forge/curl_api.h"

#include "gate/forge/http.h"

#include <dlfcn.h>
#include <stdio.h>

static void *
symbol(void *lib, const char *name, struct err *err)
{
	void *p = dlsym(lib, name);

	if (p == NULL)
		err_set(err, (struct pos){ 0 }, "libcurl has no %s", name);
	return p;
}

/* ISO C knows no conversion of an object's pointer to a function's; POSIX demands it. */
#define LOAD(member, name) \
	do { \
		void *p_ = symbol(c->lib, name, err); \
		memcpy(&c->member, &p_, sizeof(p_)); \
	} while (0)

static void *
open_library(void)
{
	static const char *const names[] = { "libcurl.so.4", "libcurl.so", "libcurl.4.dylib",
		"libcurl.dylib", "libcurl-gnutls.so.4" };
	void *lib = NULL;

	for (size_t i = 0; lib == NULL && i < sizeof(names) / sizeof(names[0]); i++)
		lib = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
	return lib;
}

bool
http_library(char *out, size_t cap)
{
	void *lib = open_library(), *p = lib ? dlsym(lib, "curl_version") : NULL;
	char *(*version)(void) = NULL;
	struct str words, word;

	if (p) {
		memcpy(&version, &p, sizeof(p));
		words = str_of(version()); /* "libcurl/8.1.2 OpenSSL/3.0.1 ..." */
		str_word(&words, &word);
		str_skip(&word, "libcurl/");
		snprintf(out, cap, "libcurl %.*s", STR_FMT(word));
	}
	return p != NULL; /* it stays: unloading it would leave what it holds behind */
}

int
curl_api_load(struct curl_api *c, struct err *err)
{
	c->lib = open_library();
	if (c->lib == NULL) {
		err_set(err, (struct pos){ 0 }, "libcurl is not installed");
		return err_hint(err, "install libcurl (Debian: libcurl4), or run this where it is");
	}
	LOAD(global_init, "curl_global_init");
	LOAD(init, "curl_easy_init");
	LOAD(reset, "curl_easy_reset");
	LOAD(setopt, "curl_easy_setopt");
	LOAD(perform, "curl_easy_perform");
	LOAD(getinfo, "curl_easy_getinfo");
	LOAD(cleanup, "curl_easy_cleanup");
	LOAD(append, "curl_slist_append");
	LOAD(free_all, "curl_slist_free_all");
	LOAD(strerror, "curl_easy_strerror");
	if (err->set || c->global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_set(err, (struct pos){ 0 }, "libcurl does not start");
	return 0;
}
