/*
 * curl_api.h -- what is used of libcurl, loaded when a forge is first spoken to: a run that
 * does not does not pay for the two dozen libraries behind it.
 */
#ifndef GATE_FORGE_CURL_API_H
#define GATE_FORGE_CURL_API_H

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#include "gate/base/err.h"

struct curl_api {
	void *lib;
	CURLcode (*global_init)(long);
	CURL *(*init)(void);
	void (*reset)(CURL *);
	CURLcode (*setopt)(CURL *, CURLoption, ...);
	CURLcode (*perform)(CURL *);
	CURLcode (*getinfo)(CURL *, CURLINFO, ...);
	void (*cleanup)(CURL *);
	struct curl_slist *(*append)(struct curl_slist *, const char *);
	void (*free_all)(struct curl_slist *);
	const char *(*strerror)(CURLcode);
};

/* -1 with *err set where there is no libcurl. It is never unloaded: it may hold threads. */
int curl_api_load(struct curl_api *c, struct err *err);

#endif
