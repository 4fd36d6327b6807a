/*
 * http.h -- talking to a forge: one connection, https only unless loopback, certificates
 * verified, no redirect followed but by hand to the same origin, patience within a budget.
 * The token is in no message.
 */
#ifndef GATE_FORGE_HTTP_H
#define GATE_FORGE_HTTP_H

#include "gate/base/buf.h"
#include "gate/base/err.h"

struct http; /* owned: http_free */

struct http_options {
	struct str base;          /* "https://api.github.com": every URL must have its origin */
	const char *token_header; /* "Authorization: Bearer " or "PRIVATE-TOKEN: " */
	struct str token;
	const char *accept;       /* media type; NULL: application/json */
	const char *version;      /* one more header, as it is sent; NULL: none */
	const char *ca_file;      /* NULL: SSL_CERT_FILE, else libcurl's own */
	double sleep_scale;       /* of every wait; 1 */
	/* For each request and each wait one line, without the token; NULL: nobody listens. */
	void (*trace)(void *ctx, struct str line);
	void *trace_ctx;
};

struct http_request {
	const char *method;
	struct str path;    /* appended to the base; or a whole URL of its origin */
	struct str body;    /* JSON; empty: none */
	bool once;          /* doing it twice does harm: never repeated by itself */
	/*
	 * The answer is a file of at most so many bytes, 0: it is none. A forge may keep it at
	 * another host, which is asked without the token, and its time is not the budget's.
	 */
	size_t file;
};

struct http_answer {
	long status;        /* 0: no answer */
	struct buf body;
	struct buf next;    /* URL of the next page, of the same origin; empty: none */
	long next_page;     /* its number, where the forge says so; 0: not said */
	bool next_refused;  /* there is a next page, at an address that was not asked */
	bool elsewhere;     /* of a file: another host than the forge answered, or failed to */
	bool limited;       /* it was refused for now: too many requests */
	bool unsure;        /* a request with `once` whose effect is not known: look first */
	struct buf why;     /* what went wrong, a phrase; empty for 2xx */
	struct buf hint;    /* what to do about it, where that is known here */
};

/* "libcurl 8.1.2" into `out`; false when it is not installed. Loads it. */
bool http_library(char *out, size_t cap);
/* NULL with *err set: no libcurl, a URL that may not be spoken to, a token that is none. */
struct http *http_new(const struct http_options *o, struct err *err);
void http_free(struct http *h);
/* Waits and tries again where that is safe. True for a status of 200 to 299. */
bool http_do(struct http *h, const struct http_request *r, struct http_answer *a);
bool http_get(struct http *h, struct str path, struct http_answer *a);
/* Waits as the rules say, before the n-th look after a lost answer; false: out of time. */
bool http_pause(struct http *h, unsigned n);
void http_answer_release(struct http_answer *a);

/* http_rules.c: what needs no network. */

struct http_limits {
	long retry_after;   /* seconds; -1: not said */
	long remaining;     /* -1: not said */
	long long reset;    /* seconds since 1970; 0: not said */
};
bool http_may_speak(struct str url);                    /* https, or http to loopback */
bool http_same_origin(struct str a, struct str b);
/* The URL of rel="next" in a Link header's value, or empty. */
struct str http_link_next(struct str header);
/* A refusal for now; a 403 may also be one for good. */
bool http_is_limit(long status, const struct http_limits *l, struct str body);
/* Seconds to wait before the n-th retry (from 0) after this answer, or -1: it is final. */
long http_wait(long status, const struct http_limits *l, struct str body, unsigned n,
	long long now);
/*
 * What a refusal says of itself, in a line: GitHub's message and errors, GitLab's message in
 * all its shapes, or the first line of a plain text.
 */
void http_reason(struct str body, struct buf *out);

#endif
