/* http_exchange.c -- see http_session.h: libcurl's options, and what an answer's headers say. */
#include "gate/forge/http_session.h"

#include "gate/base/num.h"
#include "gate/base/release.h"

#define MAX_ANSWER (16u << 20)
#define REQUEST_SECONDS 30.0   /* for one exchange, and a second more for each: */
#define BYTES_A_SECOND 16384.0
#define LEAST_SECONDS 4.0      /* what a scaled time limit never goes below */
#define FILE_SECONDS 900L      /* for a file; it must not stand still for REQUEST_SECONDS */
#define STANDS_STILL 1024L     /* bytes a second */
#define MAX_HEADER 8192

static size_t
on_body(char *p, size_t size, size_t n, void *ctx)
{
	struct http *h = ctx;

	n *= size;
	if (h->a->body.n + n > h->most) {
		h->too_big = true;
		return 0;
	}
	buf_add(&h->a->body, str_n(p, n));
	return n;
}

/*
 * The body is given piece by piece, and can't be wound back: on a kept connection that breaks,
 * libcurl would send the request again by itself, and it may have been applied by then.
 */
static size_t
on_send(char *p, size_t size, size_t n, void *ctx)
{
	struct http *h = ctx;

	n *= size;
	if (n > h->left.n)
		n = h->left.n;
	if (n)
		memcpy(p, h->left.p, n);
	h->left = str_from(h->left, n);
	return n;
}

static long
header_number(struct str v)
{
	long n = 0;

	return num_long(v, 0, 4102444800L, &n) ? n : -1;
}

/* What one answer said; an interim one (100, a proxy's) says nothing about the next. */
static void
forget_headers(struct http *h)
{
	h->limits = (struct http_limits){ .retry_after = -1, .remaining = -1 };
	buf_reset(&h->location);
	buf_reset(&h->a->next);
	h->a->next_page = 0;
	h->a->next_refused = false;
}

static void
take_link(struct http *h, struct str value)
{
	struct str next = http_link_next(value);

	if (next.n == 0)
		return;
	if (http_same_origin(buf_str(&h->base), next)) {
		buf_reset(&h->a->next);
		buf_add(&h->a->next, next);
	} else {
		h->a->next_refused = true;
	}
}

static size_t
on_header(char *p, size_t size, size_t n, void *ctx)
{
	struct http *h = ctx;
	struct str name = str_n(p, n * size), value;

	if (str_starts(name, "HTTP/"))
		forget_headers(h);
	if (name.n > MAX_HEADER || !str_cut(&name, ":", &value))
		return n * size;
	value = str_trim(value);
	if (str_ieqz(name, "retry-after")) {
		long s = header_number(value);

		h->limits.retry_after = s < 0 ? 60 : s; /* a date: as if nothing exact was said */
	} else if (str_ieqz(name, "x-ratelimit-remaining") ||
	    str_ieqz(name, "ratelimit-remaining")) {
		h->limits.remaining = header_number(value);
	} else if (str_ieqz(name, "x-ratelimit-reset") || str_ieqz(name, "ratelimit-reset")) {
		h->limits.reset = header_number(value);
	} else if (str_ieqz(name, "location")) {
		buf_reset(&h->location);
		buf_add(&h->location, value);
	} else if (str_ieqz(name, "x-next-page")) {
		num_long(value, 1, 1000000, &h->a->next_page);
	} else if (str_ieqz(name, "link")) {
		take_link(h, value);
	}
	return n * size;
}

/* In milliseconds: for the whole exchange, never more than what is left of the budget. */
static long
time_limit(const struct http *h, struct str body)
{
	double most = REQUEST_SECONDS + (double)body.n / BYTES_A_SECOND;
	double left = http_seconds_left(h);
	double t = most * h->scale;

	t = t < LEAST_SECONDS ? LEAST_SECONDS : t;
	t = t > most ? most : t;
	t = t > left ? left : t;
	return t < 0.001 ? 1 : (long)(t * 1000);
}

static void
set_limits(struct http *h, const struct http_request *r)
{
	CURLcode (*set)(CURL *, CURLoption, ...) = h->curl.setopt;
	long limit = time_limit(h, r->body);

	set(h->easy, CURLOPT_CONNECTTIMEOUT_MS, limit < 15000 ? limit : 15000L);
	if (r->file) {
		set(h->easy, CURLOPT_LOW_SPEED_LIMIT, STANDS_STILL);
		set(h->easy, CURLOPT_LOW_SPEED_TIME, limit / 1000 + 1);
		limit = FILE_SECONDS * 1000;
	}
	set(h->easy, CURLOPT_TIMEOUT_MS, limit);
	h->most = r->file ? r->file : MAX_ANSWER;
}

static void
set_options(struct http *h, const struct http_request *r, const char *url,
	struct curl_slist *headers)
{
	CURLcode (*set)(CURL *, CURLoption, ...) = h->curl.setopt;

	h->curl.reset(h->easy); /* the connection stays */
	set(h->easy, CURLOPT_URL, url);
	set(h->easy, CURLOPT_HTTPHEADER, headers);
	set(h->easy, CURLOPT_USERAGENT, "regression-gate/" GATE_VERSION);
	set(h->easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	set(h->easy, CURLOPT_FOLLOWLOCATION, 0L);
	set(h->easy, CURLOPT_SSL_VERIFYPEER, 1L);
	set(h->easy, CURLOPT_SSL_VERIFYHOST, 2L);
	set(h->easy, CURLOPT_NOSIGNAL, 1L);
	set(h->easy, CURLOPT_ERRORBUFFER, h->words);
	set(h->easy, CURLOPT_MAXCONNECTS, 1L);
	set(h->easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	set(h->easy, CURLOPT_WRITEFUNCTION, on_body);
	set(h->easy, CURLOPT_WRITEDATA, h);
	set(h->easy, CURLOPT_HEADERFUNCTION, on_header);
	set(h->easy, CURLOPT_HEADERDATA, h);
	if (h->ca_file.n)
		set(h->easy, CURLOPT_CAINFO, h->ca_file.p);
	if (str_starts(buf_str(&h->base), "http:"))
		set(h->easy, CURLOPT_PROXY, ""); /* loopback */
	if (r->body.n) {
		h->left = r->body;
		set(h->easy, CURLOPT_POST, 1L);
		set(h->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.n);
		set(h->easy, CURLOPT_READFUNCTION, on_send);
		set(h->easy, CURLOPT_READDATA, h);
	}
	set(h->easy, CURLOPT_CUSTOMREQUEST, r->method);
	set_limits(h, r);
}

static void
put_failure(struct http *h)
{
	struct http_answer *a = h->a;
	struct str words = str_of(h->words);

	if (h->too_big) {
		buf_addf(&a->why, "the answer is too large: more than %zu MiB", h->most >> 20);
		return;
	}
	if (h->words[0] == 0)
		words = str_of(h->curl.strerror(h->code));
	if (!redact(h->redactor, words, &a->why))
		buf_add(&a->why, words);
	if (h->code == CURLE_PEER_FAILED_VERIFICATION)
		buf_addz(&a->hint, "is the forge's certificate of an authority of your own? "
			"--cacert FILE or SSL_CERT_FILE names it");
	else if (h->code == CURLE_SSL_CACERT_BADFILE)
		buf_addf(&a->hint, "the authority's certificates are read from %s",
			buf_z(&h->ca_file));
}

void
http_exchange(struct http *h, const struct http_request *r, const char *url)
{
	struct curl_slist *headers = NULL;
	struct http_answer *a = h->a;
	struct str shown;

	buf_reset(&a->body);
	buf_reset(&a->why);
	buf_reset(&a->hint);
	forget_headers(h);
	a->status = 0;
	h->too_big = false;
	h->words[0] = 0;
	if (!a->elsewhere) {
		headers = h->curl.append(headers, h->accept.p);
		headers = h->curl.append(headers, h->token.p);
	}
	headers = h->curl.append(headers, "Expect:");
	if (h->version && !a->elsewhere)
		headers = h->curl.append(headers, h->version);
	if (r->body.n)
		headers = h->curl.append(headers, "Content-Type: application/json");
	set_options(h, r, url, headers);
	h->code = h->curl.perform(h->easy);
	if (h->code == CURLE_OK)
		h->curl.getinfo(h->easy, CURLINFO_RESPONSE_CODE, &a->status);
	else
		put_failure(h);
	h->curl.free_all(headers);
	/* What follows a storage's path is a key to it. */
	shown = a->elsewhere ? str_to(str_of(url), strcspn(url, "?#")) : str_of(url);
	if (a->status)
		http_trace(h, "%s %.*s: %ld", r->method, STR_FMT(shown), a->status);
	else
		http_trace(h, "%s %.*s: %s", r->method, STR_FMT(shown), a->why.p);
}
