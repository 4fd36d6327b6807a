/* http_session.h -- between http.c (patience) and http_exchange.c (one request, one answer). */
#ifndef GATE_FORGE_HTTP_SESSION_H
#define GATE_FORGE_HTTP_SESSION_H

#include "gate/base/redact.h"
#include "gate/forge/curl_api.h"
#include "gate/forge/http.h"

struct http {
	struct curl_api curl;
	CURL *easy;
	struct redactor *redactor;
	struct buf base, token, accept, ca_file;
	const char *version;
	double scale;
	double started, slept, waited; /* seconds: really slept, and as the rules count it */
	bool wrote;           /* a pause belongs between two writes */
	void (*trace)(void *ctx, struct str line);
	void *trace_ctx;
	char words[CURL_ERROR_SIZE]; /* of libcurl, about the last exchange */
	/* of the request being sent and the answer being read; a->elsewhere: without the token */
	struct str left;
	struct http_answer *a;
	struct http_limits limits;
	struct buf location;
	CURLcode code;
	size_t most;          /* bytes of the answer */
	bool too_big;
};

double http_seconds_left(const struct http *h); /* of the budget */
void http_trace(struct http *h, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* One exchange into h->a. What the forge says of itself is kept short, without the token. */
void http_exchange(struct http *h, const struct http_request *r, const char *url);

#endif
