/*
 * http.c -- see http.h. libcurl's easy interface, https://curl.se/libcurl/c/
 */
#include "gate/forge/http_session.h"

#include <stdio.h>
#include <time.h>

#include "gate/base/mem.h"

#define MAX_TRIES 5
#define MAX_REDIRECTS 3
#define MAX_SECONDS 300.0      /* for all of it, waits included */

static double
clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* What the tests' scale cuts from a wait counts whole. */
double
http_seconds_left(const struct http *h)
{
	return MAX_SECONDS - (clock_now() - h->started - h->slept + h->waited);
}

void
http_trace(struct http *h, const char *fmt, ...)
{
	struct buf line = BUF_INIT, clean = BUF_INIT;
	va_list ap;

	if (h->trace == NULL)
		return;
	va_start(ap, fmt);
	buf_vaddf(&line, fmt, ap);
	va_end(ap);
	h->trace(h->trace_ctx, redact(h->redactor, buf_str(&line), &clean) ? buf_str(&clean)
									   : buf_str(&line));
	buf_release(&line);
	buf_release(&clean);
}

static bool
is_token(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= 0x20 || (unsigned char)s.p[i] >= 0x7f)
			return false;
	return s.n > 0 && s.n <= 4096;
}

/* libcurl may quote a proxy's URL when it can't use it; its password is nobody's business. */
static void
hide_proxies(struct http *h)
{
	static const char *const names[] = { "https_proxy", "HTTPS_PROXY", "all_proxy",
		"ALL_PROXY" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct str user = str_of(getenv(names[i])), rest, password;
		size_t at = str_rchr(user, '@');

		if (at == STR_NPOS)
			continue;
		user = str_to(user, at);
		if (str_cut(&user, "://", &rest))
			user = rest;
		if (str_cut(&user, ":", &password))
			redactor_value(h->redactor, password);
	}
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
	if (curl_api_load(&h->curl, err) < 0 || (h->easy = h->curl.init()) == NULL) {
		err_set(err, (struct pos){ 0 }, "libcurl does not start");
		http_free(h);
		return NULL;
	}
	h->redactor = redactor_new();
	redactor_value(h->redactor, o->token);
	hide_proxies(h);
	buf_add(&h->base, o->base);
	buf_addz(&h->token, o->token_header);
	buf_add(&h->token, o->token);
	buf_addf(&h->accept, "Accept: %s", o->accept ? o->accept : "application/json");
	h->version = o->version;
	if (o->ca_file || getenv("SSL_CERT_FILE"))
		buf_addz(&h->ca_file, o->ca_file ? o->ca_file : getenv("SSL_CERT_FILE"));
	h->scale = o->sleep_scale;
	h->trace = o->trace;
	h->trace_ctx = o->trace_ctx;
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
	buf_release(&a->hint);
}

static bool
sleep_for(struct http *h, double seconds)
{
	double left = seconds * h->scale, start = clock_now();
	struct timespec t;

	if (seconds >= http_seconds_left(h))
		return false;
	t.tv_sec = (time_t)left;
	t.tv_nsec = (long)((left - (double)t.tv_sec) * 1e9);
	while (nanosleep(&t, &t) < 0)
		;
	h->slept += clock_now() - start;
	h->waited += seconds;
	return true;
}

bool
http_pause(struct http *h, unsigned n)
{
	return sleep_for(h, (double)(1L << (n > 5 ? 5 : n)));
}

/* "403: Resource not accessible by integration" */
static void
put_why(struct http *h)
{
	struct http_answer *a = h->a;
	struct buf text = BUF_INIT;

	if (a->status == 0 || a->why.n)
		return;
	buf_addf(&a->why, "%ld", a->status);
	http_reason(buf_str(&a->body), &text);
	if (text.n) {
		buf_addz(&a->why, ": ");
		if (!redact(h->redactor, buf_str(&text), &a->why))
			buf_add(&a->why, buf_str(&text));
	}
	buf_release(&text);
}

/*
 * A redirect to the same origin is taken. To another one only that of a file, as encrypted as
 * the forge itself is asked; from there on nobody gets the token, not even the forge.
 */
static bool
may_follow(struct http *h, const struct http_request *r, struct str url)
{
	bool same = http_same_origin(buf_str(&h->base), url);

	if (!r->file)
		return same;
	if (!same)
		h->a->elsewhere = true;
	return same || str_istarts(url, "https://") ? http_may_speak(url) :
		http_may_speak(url) && str_istarts(buf_str(&h->base), "http://");
}

/* Where it is not followed, the answer is final. */
static bool
redirected(struct http *h, const struct http_request *r, struct buf *url, unsigned *times)
{
	struct str to = buf_str(&h->location);
	struct buf whole = BUF_INIT;
	struct str scheme, host, rest;
	bool ok = false;

	if (h->a->status != 301 && h->a->status != 302 && h->a->status != 307 &&
	    h->a->status != 308)
		return false;
	if (to.n && to.p[0] == '/' && !str_starts(to, "//") && !h->a->elsewhere) {
		scheme = buf_str(&h->base);
		str_cut(&scheme, "://", &host);
		str_cut(&host, "/", &rest);
		buf_addf(&whole, "%.*s://%.*s", STR_FMT(scheme), STR_FMT(host));
	}
	buf_add(&whole, to);
	if (!may_follow(h, r, buf_str(&whole))) {
		buf_addf(&h->a->why, "%ld: a redirect to another host, which was not followed",
			h->a->status);
	} else if ((*times)++ >= MAX_REDIRECTS) {
		buf_addf(&h->a->why, "%ld: too many redirects", h->a->status);
	} else {
		ok = true;
		buf_reset(url);
		buf_add(url, buf_str(&whole));
	}
	buf_release(&whole);
	return ok;
}

static bool
is_write(const char *method)
{
	return strcmp(method, "GET") != 0;
}

/* It failed before a request was sent: nothing can have been applied. */
static bool
never_sent(CURLcode code)
{
	return code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY ||
		code == CURLE_COULDNT_CONNECT || code == CURLE_SSL_CONNECT_ERROR ||
		code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE;
}

/* Another try would end the same. */
static bool
is_final(CURLcode code)
{
	return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE ||
		code == CURLE_URL_MALFORMAT;
}

/* Tries until the answer is final. What may be done once only is not repeated here. */
static void
converse(struct http *h, const struct http_request *r, struct buf *url)
{
	struct http_answer *a = h->a;
	unsigned redirects = 0;

	for (unsigned n = 0;;) {
		double start;
		long wait;

		if (http_seconds_left(h) <= 0) {
			buf_addz(&a->why, a->why.n ? "; no time is left" : "no time is left");
			return;
		}
		if (is_write(r->method) && h->wrote)
			sleep_for(h, 1);
		h->wrote |= is_write(r->method);
		start = clock_now();
		http_exchange(h, r, url->p);
		if (r->file)
			h->slept += clock_now() - start;
		if (redirected(h, r, url, &redirects))
			continue;
		if (r->once && ((a->status == 0 && !never_sent(h->code)) || a->status >= 500)) {
			a->unsure = true;
			return;
		}
		if (h->too_big || is_final(h->code))
			return;
		a->limited = http_is_limit(a->status, &h->limits, buf_str(&a->body));
		wait = http_wait(a->status, &h->limits, buf_str(&a->body), n,
			(long long)time(NULL));
		if (wait < 0 || ++n >= MAX_TRIES)
			return;
		http_trace(h, "waiting %ld s", wait);
		if (!sleep_for(h, (double)wait)) {
			put_why(h);
			buf_addf(&a->why, "; to wait %ld s is too long", wait);
			return;
		}
	}
}

bool
http_do(struct http *h, const struct http_request *r, struct http_answer *a)
{
	struct buf url = BUF_INIT;

	h->a = a;
	h->code = CURLE_OK;
	a->unsure = a->limited = a->elsewhere = false;
	a->status = 0;
	buf_reset(&a->why);
	if (!str_has(r->path, "://"))
		buf_add(&url, buf_str(&h->base));
	buf_add(&url, r->path);
	if (http_same_origin(buf_str(&h->base), buf_str(&url)))
		converse(h, r, &url);
	else
		buf_addz(&a->why, "an address of another host, which was not asked");
	if (a->status < 200 || a->status > 299)
		put_why(h);
	buf_release(&url);
	return a->status >= 200 && a->status <= 299;
}

bool
http_get(struct http *h, struct str path, struct http_answer *a)
{
	return http_do(h, &(struct http_request){ .method = "GET", .path = path }, a);
}
