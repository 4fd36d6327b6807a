/*
 * http.c -- see http.h. libcurl's easy interface, https://curl.se/libcurl/c/
 */
#include "gate/forge/http.h"

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>
#include <jansson.h>
#include <stdio.h>
#include <time.h>

#include "gate/base/mem.h"
#include "gate/base/num.h"
#include "gate/base/redact.h"
#include "gate/base/release.h"

#define MAX_ANSWER (16u << 20)
#define MAX_TRIES 5
#define MAX_REDIRECTS 3
#define MAX_SECONDS 900.0 /* for all of it, waits included */
#define MAX_HEADER 8192

/* What is used of libcurl. */
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

struct http {
	struct curl_api curl;
	CURL *easy;
	struct redactor *redactor;
	struct buf base, token, accept, ca_file;
	double scale, spent;  /* seconds of waits so far, unscaled */
	double started;
	bool wrote;           /* a pause belongs between two writes */
	/* of the answer being read */
	struct http_answer *a;
	struct http_limits limits;
	struct buf location;
	bool too_big;
};

static double
clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

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
	if (lib)
		dlclose(lib);
	return p != NULL;
}

static int
load(struct curl_api *c, struct err *err)
{
	c->lib = open_library();
	if (c->lib == NULL) {
		err_set(err, (struct pos){ 0 }, "libcurl is not installed");
		return err_hint(err, "install libcurl (Debian: libcurl4), or post where it is");
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

static bool
is_token(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= 0x20 || (unsigned char)s.p[i] >= 0x7f)
			return false;
	return s.n > 0 && s.n <= 4096;
}

struct http *
http_new(const struct http_options *o, struct err *err)
{
	struct http *h;

	if (!http_may_speak(o->base)) {
		err_set(err, (struct pos){ 0 },
			"the forge's address '%.*s' is neither https nor loopback",
			STR_FMT(o->base));
		return NULL;
	}
	if (!is_token(o->token)) {
		err_set(err, (struct pos){ 0 }, "the token is empty or holds what no token holds");
		return NULL;
	}
	h = xcalloc(1, sizeof(*h));
	if (load(&h->curl, err) < 0 || (h->easy = h->curl.init()) == NULL) {
		err_set(err, (struct pos){ 0 }, "libcurl does not start");
		http_free(h);
		return NULL;
	}
	h->redactor = redactor_new();
	redactor_value(h->redactor, o->token);
	buf_add(&h->base, o->base);
	buf_addz(&h->token, o->token_header);
	buf_add(&h->token, o->token);
	buf_addf(&h->accept, "Accept: %s", o->accept ? o->accept : "application/json");
	if (o->ca_file || getenv("SSL_CERT_FILE"))
		buf_addz(&h->ca_file, o->ca_file ? o->ca_file : getenv("SSL_CERT_FILE"));
	h->scale = o->sleep_scale;
	h->started = clock_now();
	return h;
}

void
http_free(struct http *h)
{
	if (h == NULL)
		return;
	if (h->easy)
		h->curl.cleanup(h->easy);
	/* The library stays: its threads and handlers may outlive any moment to unload it. */
	redactor_free(h->redactor);
	if (h->token.p)
		memset(h->token.p, 0, h->token.n);
	buf_release(&h->base);
	buf_release(&h->token);
	buf_release(&h->accept);
	buf_release(&h->ca_file);
	buf_release(&h->location);
	free(h);
}

void
http_answer_release(struct http_answer *a)
{
	buf_release(&a->body);
	buf_release(&a->next);
	buf_release(&a->why);
}

static size_t
on_body(char *p, size_t size, size_t n, void *ctx)
{
	struct http *h = ctx;

	n *= size;
	if (h->a->body.n + n > MAX_ANSWER) {
		h->too_big = true;
		return 0;
	}
	buf_add(&h->a->body, str_n(p, n));
	return n;
}

static long
header_number(struct str v)
{
	long n = 0;

	return num_long(v, 0, 4102444800L, &n) ? n : -1;
}

static size_t
on_header(char *p, size_t size, size_t n, void *ctx)
{
	struct http *h = ctx;
	struct str name = str_n(p, n * size), value;
	struct str next;

	if (name.n > MAX_HEADER || !str_cut(&name, ":", &value))
		return n * size;
	value = str_trim(value);
	if (str_ieqz(name, "retry-after")) {
		long s = header_number(value);

		h->limits.retry_after = s < 0 ? 60 : s; /* a date: as if nothing exact was said */
	} else if (str_ieqz(name, "x-ratelimit-remaining")) {
		h->limits.remaining = header_number(value);
	} else if (str_ieqz(name, "x-ratelimit-reset") || str_ieqz(name, "ratelimit-reset")) {
		h->limits.reset = header_number(value);
	} else if (str_ieqz(name, "location")) {
		buf_reset(&h->location);
		buf_add(&h->location, value);
	} else if (str_ieqz(name, "link")) {
		next = http_link_next(value);
		buf_reset(&h->a->next);
		if (http_same_origin(buf_str(&h->base), next))
			buf_add(&h->a->next, next);
	}
	return n * size;
}

static bool
sleep_for(struct http *h, double seconds)
{
	double left = seconds * h->scale;
	struct timespec t;

	if (h->spent + seconds + (clock_now() - h->started) > MAX_SECONDS)
		return false;
	h->spent += seconds;
	t.tv_sec = (time_t)left;
	t.tv_nsec = (long)((left - (double)t.tv_sec) * 1e9);
	while (nanosleep(&t, &t) < 0)
		;
	return true;
}

bool
http_pause(struct http *h, unsigned n)
{
	return sleep_for(h, (double)(1L << (n > 5 ? 5 : n)));
}

static void
set_options(struct http *h, const char *method, const char *url, struct str body,
	struct curl_slist *headers)
{
	CURLcode (*set)(CURL *, CURLoption, ...) = h->curl.setopt;

	h->curl.reset(h->easy); /* the connection stays */
	set(h->easy, CURLOPT_URL, url);
	set(h->easy, CURLOPT_CUSTOMREQUEST, method);
	set(h->easy, CURLOPT_HTTPHEADER, headers);
	set(h->easy, CURLOPT_USERAGENT, "regression-gate/" GATE_VERSION);
	set(h->easy, CURLOPT_FOLLOWLOCATION, 0L);
	set(h->easy, CURLOPT_SSL_VERIFYPEER, 1L);
	set(h->easy, CURLOPT_SSL_VERIFYHOST, 2L);
	set(h->easy, CURLOPT_NOSIGNAL, 1L);
	set(h->easy, CURLOPT_CONNECTTIMEOUT, 15L);
	set(h->easy, CURLOPT_TIMEOUT, 60L);
	set(h->easy, CURLOPT_LOW_SPEED_LIMIT, 10L);
	set(h->easy, CURLOPT_LOW_SPEED_TIME, 20L);
	set(h->easy, CURLOPT_MAXCONNECTS, 1L);
	set(h->easy, CURLOPT_WRITEFUNCTION, on_body);
	set(h->easy, CURLOPT_WRITEDATA, h);
	set(h->easy, CURLOPT_HEADERFUNCTION, on_header);
	set(h->easy, CURLOPT_HEADERDATA, h);
	/*
	 * On a kept connection that breaks, libcurl sends the request again by itself. A POST may
	 * have been applied by then.
	 */
	if (strcmp(method, "POST") == 0)
		set(h->easy, CURLOPT_FRESH_CONNECT, 1L);
	if (h->ca_file.n)
		set(h->easy, CURLOPT_CAINFO, h->ca_file.p);
	if (str_starts(buf_str(&h->base), "http:"))
		set(h->easy, CURLOPT_PROXY, ""); /* loopback */
	if (body.n) {
		set(h->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.n);
		set(h->easy, CURLOPT_POSTFIELDS, body.p);
	}
}

/* One exchange. What the forge says of itself is kept short, and without the token. */
static void
exchange(struct http *h, const char *method, const char *url, struct str body)
{
	struct curl_slist *headers = NULL;
	struct http_answer *a = h->a;
	CURLcode rc;

	buf_reset(&a->body);
	buf_reset(&a->next);
	buf_reset(&a->why);
	buf_reset(&h->location);
	a->status = 0;
	h->limits = (struct http_limits){ .retry_after = -1, .remaining = -1 };
	h->too_big = false;
	headers = h->curl.append(headers, h->accept.p);
	headers = h->curl.append(headers, h->token.p);
	headers = h->curl.append(headers, "Expect:");
	if (body.n)
		headers = h->curl.append(headers, "Content-Type: application/json");
	set_options(h, method, url, body, headers);
	rc = h->curl.perform(h->easy);
	if (rc == CURLE_OK)
		h->curl.getinfo(h->easy, CURLINFO_RESPONSE_CODE, &a->status);
	else
		buf_addz(&a->why, h->too_big ? "the answer is too large" : h->curl.strerror(rc));
	h->curl.free_all(headers);
}

/* "403: Resource not accessible by integration", from {"message": ...} or {"error": ...}. */
static void
put_why(struct http *h)
{
	struct http_answer *a = h->a;
	struct buf text = BUF_INIT;
	json_error_t bad;
	json_t *doc, *m;

	if (a->status == 0 || a->why.n)
		return;
	doc = json_loadb(buf_z(&a->body), a->body.n, 0, &bad);
	m = json_object_get(doc, "message");
	m = json_is_string(m) ? m : json_object_get(doc, "error");
	buf_addf(&a->why, "%ld", a->status);
	if (json_is_string(m))
		buf_addf(&text, ": %.200s", json_string_value(m));
	if (!redact(h->redactor, buf_str(&text), &a->why))
		buf_add(&a->why, buf_str(&text));
	buf_release(&text);
	json_decref(doc);
}

/* A redirect to the same origin is taken; to any other, the answer is final. */
static bool
redirected(struct http *h, struct buf *url)
{
	struct str to = buf_str(&h->location);
	struct buf whole = BUF_INIT;
	struct str scheme, host, rest;
	bool ok;

	if (h->a->status != 301 && h->a->status != 302 && h->a->status != 307 &&
	    h->a->status != 308)
		return false;
	if (to.n && to.p[0] == '/' && !str_starts(to, "//")) {
		scheme = buf_str(&h->base);
		str_cut(&scheme, "://", &host);
		str_cut(&host, "/", &rest);
		buf_addf(&whole, "%.*s://%.*s", STR_FMT(scheme), STR_FMT(host));
	}
	buf_add(&whole, to);
	ok = http_same_origin(buf_str(&h->base), buf_str(&whole));
	if (ok) {
		buf_reset(url);
		buf_add(url, buf_str(&whole));
	} else {
		buf_addf(&h->a->why, "%ld: a redirect to another host, which was not followed",
			h->a->status);
	}
	buf_release(&whole);
	return ok;
}

static bool
is_write(const char *method)
{
	return strcmp(method, "GET") != 0;
}

/* Tries until the answer is final. Never repeats a POST that may have been applied. */
static void
converse(struct http *h, const char *method, struct buf *url, struct str body)
{
	struct http_answer *a = h->a;
	unsigned redirects = 0;

	for (unsigned n = 0;;) {
		long wait;

		if (is_write(method) && h->wrote)
			sleep_for(h, 1);
		h->wrote |= is_write(method);
		exchange(h, method, url->p, body);
		if (redirected(h, url) && redirects++ < MAX_REDIRECTS)
			continue;
		if (h->too_big)
			return;
		wait = http_wait(a->status, &h->limits, buf_str(&a->body), n,
			(long long)time(NULL));
		if (strcmp(method, "POST") == 0 && (a->status == 0 || a->status >= 500)) {
			a->unsure = true;
			return;
		}
		if (wait < 0 || ++n >= MAX_TRIES)
			return;
		if (!sleep_for(h, (double)wait)) {
			buf_addf(&a->why, "%s%ld: it asks to wait %ld s, which is too long",
				a->why.n ? "; " : "", a->status, wait);
			return;
		}
	}
}

bool
http_send(struct http *h, const char *method, struct str path, struct str body,
	struct http_answer *a)
{
	struct buf url = BUF_INIT;

	h->a = a;
	a->unsure = false;
	if (!str_has(path, "://"))
		buf_add(&url, buf_str(&h->base));
	buf_add(&url, path);
	if (!http_same_origin(buf_str(&h->base), buf_str(&url))) {
		a->status = 0;
		buf_reset(&a->why);
		buf_addz(&a->why, "an address of another host, which was not asked");
	} else {
		converse(h, method, &url, body);
	}
	if (a->status < 200 || a->status > 299)
		put_why(h);
	buf_release(&url);
	return a->status >= 200 && a->status <= 299;
}
