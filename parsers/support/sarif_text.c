/*
 * sarif_text.c -- paths and messages of SARIF results:
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/
 * sections 3.4 (artifact locations) and 3.11 (messages).
 */
#include "gate/base/num.h"
#include "gate/base/utf8.h"
#include "parsers/support/sarif.h"

#define MAX_BASES 8 /* that a base may stand on */

static int
hex(char c)
{
	return is_digit(c) ? c - '0' : is_hex(c) ? (c | 0x20) - 'a' + 10 : -1;
}

/* Appends with %-escapes as the bytes they are, unless that is no text. */
static void
add_decoded(struct buf *out, struct str uri)
{
	size_t from = out->n;

	for (size_t i = 0; i < uri.n; i++) {
		int high = -1, low = -1;

		if (uri.p[i] == '%' && i + 2 < uri.n) {
			high = hex(uri.p[i + 1]);
			low = hex(uri.p[i + 2]);
		}
		if (high < 0 || low < 0 || high * 16 + low < 0x20) {
			buf_addc(out, uri.p[i]);
		} else {
			buf_addc(out, (char)(high * 16 + low));
			i += 2;
		}
	}
	if (!utf8_valid(str_n(out->p + from, out->n - from))) {
		buf_cut(out, from);
		buf_add(out, uri);
	}
}

/* "file:///c:/x" is c:/x, "file:///x" is /x, "file://host/x" is //host/x. */
static struct str
without_scheme(struct str uri)
{
	if (!str_iskip(&uri, "file:"))
		return uri;
	if (!str_skip(&uri, "//"))
		return uri;
	str_iskip(&uri, "localhost");
	if (uri.n > 2 && uri.p[0] == '/' && is_alpha(uri.p[1]) && uri.p[2] == ':')
		uri = str_from(uri, 1);
	else if (uri.n && uri.p[0] != '/' && !(uri.n > 1 && uri.p[1] == ':'))
		uri = str_n(uri.p - 2, uri.n + 2);
	return uri;
}

static bool
is_absolute(struct str s)
{
	size_t colon = str_chr(s, ':'), slash = str_chr(s, '/');

	return str_starts(s, "/") || (colon != STR_NPOS && (slash == STR_NPOS || colon < slash));
}

/* A base that stands for the checkout, whatever its place on the machine that wrote the report. */
static bool
is_checkout(struct str base)
{
	static const char *const words[] = { "ROOT", "SRC", "REPO", "PROJECT", "WORKSPACE", "PWD",
		"CWD", "CHECKOUT", "SOLUTION" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_ifind(base, str_of(words[i])) != STR_NPOS)
			return true;
	return false;
}

static const struct sarif_base *
find_base(const struct sarif *s, struct str id)
{
	for (size_t i = 0; id.n && i < s->bases.n; i++)
		if (str_eq(s->bases.v[i].id, id))
			return &s->bases.v[i];
	return NULL;
}

/* Puts the bases of `uri` in front of it; a base may stand on itself only so often. */
static void
add_based(const struct sarif *s, struct buf *out, struct str uri, struct str id)
{
	const struct sarif_base *base;
	struct str chain[MAX_BASES + 1];
	size_t n = 0;

	chain[n++] = uri;
	while (n <= MAX_BASES && (base = find_base(s, id)) != NULL) {
		bool absolute = is_absolute(base->uri);

		if (absolute && is_checkout(id))
			break;
		if (base->uri.n)
			chain[n++] = base->uri;
		if (absolute)
			break;
		id = base->next;
	}
	while (n--) {
		add_decoded(out, n ? without_scheme(chain[n]) : chain[n]);
		if (n && out->n && out->p[out->n - 1] != '/')
			buf_addc(out, '/');
	}
}

struct str
sarif_path(struct sarif *s, struct str uri, struct str base)
{
	struct buf *out = &s->text[SARIF_FILE];

	uri = without_scheme(uri);
	if ((base.n == 0 || s->bases.n == 0 || is_absolute(uri)) && str_chr(uri, '%') == STR_NPOS)
		return uri;
	buf_reset(out);
	add_based(s, out, uri, is_absolute(uri) ? STR_NONE : base);
	return buf_str(out);
}

/* ---- messages ---- */

static struct str
argument(struct sarif *s, struct json *j, struct str args, long n)
{
	struct json_cursor at = js_cursor(args);

	while (js_next(j, &at, NULL))
		if (n-- == 0)
			return js_text(at.value, &s->text[SARIF_ARG]);
	return STR_NONE;
}

/* "{12}" at the front: its number and length. */
static bool
placeholder(struct str s, long *n, size_t *len)
{
	struct str digits;

	if (!str_skip(&s, "{"))
		return false;
	digits = s;
	digits.n = str_skip_digits(&s);
	*len = digits.n + 2;
	return digits.n && str_starts(s, "}") && num_long(digits, 0, 100000, n);
}

/* "[text](12)" at the front, a link to a related location: its text and length. */
static bool
link_text(struct str s, struct str *text, size_t *len)
{
	size_t close = str_chr(s, ']');
	struct str rest;

	if (close == STR_NPOS || close > 1000 || close < 2)
		return false;
	*text = str_n(s.p + 1, close - 1);
	rest = str_from(s, close + 1);
	if (!str_skip(&rest, "(") || str_skip_digits(&rest) == 0 || !str_skip(&rest, ")"))
		return false;
	*len = (size_t)(rest.p - s.p);
	return true;
}

struct str
sarif_message(struct sarif *s, struct json *j, struct str text, struct str args)
{
	struct buf *out = &s->text[SARIF_MESSAGE];
	struct str in;
	long n = 0;
	size_t len;

	if (str_chr(text, '[') == STR_NPOS && str_chr(text, '{') == STR_NPOS)
		return text;
	buf_reset(out);
	while (text.n) {
		size_t plain = 0;

		while (plain < text.n && text.p[plain] != '[' && text.p[plain] != '{')
			plain++;
		buf_add(out, str_to(text, plain));
		text = str_from(text, plain);
		if (args.n && placeholder(text, &n, &len)) {
			buf_add(out, argument(s, j, args, n));
			text = str_from(text, len);
		} else if (link_text(text, &in, &len)) {
			buf_add(out, in);
			text = str_from(text, len);
		} else if (text.n) {
			buf_addc(out, text.p[0]);
			text = str_from(text, 1);
		}
	}
	return buf_str(out);
}
