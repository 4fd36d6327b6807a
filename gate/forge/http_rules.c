/*
 * http_rules.c -- see http.h: origins, pages, and how long to wait.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 * https://docs.gitlab.com/api/rest/
 */
#include "gate/forge/http.h"

#include <jansson.h>

#include "gate/base/utf8.h"

#define RATE_WAIT 60 /* what a limit without a number asks for */
#define REASON_BYTES 200

static bool
split(struct str url, struct str *scheme, struct str *host)
{
	size_t end = 0;

	*scheme = url;
	if (!str_cut(scheme, "://", host))
		return false;
	while (end < host->n && !strchr("/?#", host->p[end]))
		end++;
	*host = str_to(*host, end);
	for (size_t i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= 0x20 || (unsigned char)url.p[i] >= 0x7f ||
		    url.p[i] == '\\')
			return false;
	return host->n > 0 && str_chr(*host, '@') == STR_NPOS;
}

static struct str
without_port(struct str host)
{
	size_t colon = str_rchr(host, ':'), bracket = str_rchr(host, ']');

	if (colon == STR_NPOS || (bracket != STR_NPOS && bracket > colon))
		return host;
	return str_to(host, colon);
}

bool
http_may_speak(struct str url)
{
	struct str scheme, host;

	if (!split(url, &scheme, &host))
		return false;
	if (str_ieqz(scheme, "https"))
		return true;
	host = without_port(host);
	return str_ieqz(scheme, "http") && (str_eqz(host, "127.0.0.1") ||
		str_eqz(host, "[::1]") || str_ieqz(host, "localhost"));
}

/* "host:443" of https is "host". */
static struct str
plain_host(struct str scheme, struct str host)
{
	const char *port = str_ieqz(scheme, "https") ? ":443" : ":80";

	return str_ends(host, port) ? str_to(host, host.n - strlen(port)) : host;
}

bool
http_same_origin(struct str a, struct str b)
{
	struct str as, ah, bs, bh;

	return split(a, &as, &ah) && split(b, &bs, &bh) && str_ieq(as, bs) &&
		str_ieq(plain_host(as, ah), plain_host(bs, bh));
}

/* A URL may hold commas, so links are told apart by their brackets. */
struct str
http_link_next(struct str header)
{
	struct str link, params;
	size_t at;

	while ((at = str_chr(header, '<')) != STR_NPOS) {
		link = str_from(header, at + 1);
		if (!str_cut(&link, ">", &header))
			break;
		at = str_chr(header, '<');
		params = str_to(header, at == STR_NPOS ? header.n : at);
		if (str_has(params, "rel=\"next\"") || str_has(params, "rel=next"))
			return link;
	}
	return STR_NONE;
}

bool
http_is_limit(long status, const struct http_limits *l, struct str body)
{
	return status == 429 || (status == 403 && (l->retry_after >= 0 || l->remaining == 0 ||
		str_ifind(body, STR("secondary rate limit")) != STR_NPOS));
}

long
http_wait(long status, const struct http_limits *l, struct str body, unsigned n, long long now)
{
	unsigned doubled = n > 5 ? 5 : n;

	if (http_is_limit(status, l, body)) {
		if (l->retry_after >= 0)
			return l->retry_after;
		if (l->reset > 0 && (l->remaining == 0 || status == 429))
			return l->reset > now ? (l->reset - now > 86400 ? 86400 :
				(long)(l->reset - now)) : 1;
		return (long)RATE_WAIT << doubled;
	}
	/* 409: GitLab holds a lock on what another job is writing. */
	if (status == 0 || status == 408 || status == 409 || status >= 500)
		return l->retry_after >= 0 ? l->retry_after : 1L << doubled;
	return -1;
}

static void
add_part(struct buf *out, struct str s)
{
	s = str_trim(s);
	if (s.n == 0 || out->n >= REASON_BYTES)
		return;
	buf_addz(out, out->n ? "; " : "");
	buf_add(out, utf8_head(s, REASON_BYTES));
}

/* A text; or {"base": ["too long"]}, ["..."], as GitLab words what it validates. */
static void
add_value(struct buf *out, const json_t *v)
{
	char *text;

	if (json_is_string(v)) {
		add_part(out, str_n(json_string_value(v), json_string_length(v)));
		return;
	}
	if (!json_is_object(v) && !json_is_array(v))
		return;
	text = json_dumps(v, JSON_COMPACT | JSON_SORT_KEYS);
	add_part(out, str_of(text));
	free(text);
}

void
http_reason(struct str body, struct buf *out)
{
	json_error_t bad;
	json_t *doc = body.n ? json_loadb(body.p, body.n, 0, &bad) : NULL;
	struct str line;

	if (json_is_object(doc)) {
		add_value(out, json_object_get(doc, "message"));
		add_value(out, json_object_get(doc, "error"));
		add_value(out, json_object_get(doc, "errors"));
	} else if (doc == NULL && str_line(&body, &line) && str_chr(line, '<') == STR_NPOS &&
	    utf8_valid(line)) {
		add_part(out, line);
	}
	json_decref(doc);
}
