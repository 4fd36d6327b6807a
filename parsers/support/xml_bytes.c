/* xml_bytes.c -- see xml_bytes.h. */
#include "parsers/support/xml_bytes.h"

#include "gate/base/mem.h"

#define SPLIT "]]><![CDATA["
#define SPLIT_BYTES (sizeof(SPLIT) - 1)
#define WINDOW (XML_CARRY + READ_CHUNK)
#define DECLARATION 512u /* no XML declaration is longer */

void
xml_bytes_init(struct xml_bytes *b, struct source *in)
{
	*b = (struct xml_bytes){ .in = in };
	b->win = xmalloc(WINDOW + SPLIT_BYTES);
}

static bool
xml_char(unsigned long c)
{
	return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xd800) ||
	       (c >= 0xe000 && c <= 0x10ffff && (c & 0xfffe) != 0xfffe);
}

/*
 * A character reference at p ("&#"): its length, 0 when it is none, STR_NPOS when the
 * bytes end before it does. *c is its value, at most 0x110000.
 */
static size_t
reference(const char *p, size_t n, unsigned long *c)
{
	bool hex = n > 2 && p[2] == 'x';
	size_t i = hex ? 3 : 2, first = i;

	*c = 0;
	for (; i < n && (hex ? is_hex(p[i]) : is_digit(p[i])); i++) {
		int digit = is_digit(p[i]) ? p[i] - '0' : to_lower(p[i]) - 'a' + 10;

		if (*c < 0x110000)
			*c = *c * (hex ? 16 : 10) + (unsigned)digit;
		if (*c > 0x110000)
			*c = 0x110000;
	}
	if (i == n)
		return STR_NPOS;
	return i > first && p[i] == ';' ? i + 1 : 0;
}

/* '?' in as many bytes as the reference had: "&#27;" -> "&#63;", "&#x1b;" -> "&#x3f;". */
static void
neutralise(char *p, size_t n)
{
	bool hex = p[2] == 'x';
	const char *value = hex ? (n == 5 ? NULL : "3f") : (n == 4 ? NULL : "63");

	if (value == NULL) {
		/* One digit leaves no room for two: a tab is as harmless. */
		p[n - 2] = '9';
		return;
	}
	for (size_t i = hex ? 3 : 2; i < n - 3; i++)
		p[i] = '0';
	p[n - 3] = value[0];
	p[n - 2] = value[1];
}

/*
 * Makes the references in p[0..n) harmless. Returns how many bytes are done: less than n
 * when the last ones may be the beginning of a reference.
 */
static size_t
fix_references(struct xml_bytes *b, char *p, size_t n, bool last)
{
	size_t at = 0;

	while (at < n) {
		char *amp = memchr(p + at, '&', n - at);
		size_t left, len;
		unsigned long c;

		if (amp == NULL)
			return n;
		at = (size_t)(amp - p);
		left = n - at;
		if (left == 1 || (left > 1 && amp[1] == '#')) {
			len = left > 1 ? reference(amp, left, &c) : STR_NPOS;
			if (len == STR_NPOS && !last && left < XML_CARRY / 2)
				return at;
			if (len != STR_NPOS && len > 0 && !xml_char(c)) {
				neutralise(amp, len);
				b->replaced++;
			}
		}
		at++;
	}
	return n;
}

static void
blank(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != '\n')
			p[i] = ' ';
}

/*
 * Markup in p[at..n) up to the next CDATA section or comment, whose mode is then entered.
 * Returns where it stopped; less than n without a new mode: the rest is to be held back.
 */
static size_t
pass_markup(struct xml_bytes *b, char *p, size_t at, size_t n, bool last)
{
	size_t look = at, end = n, done;

	while (look < n) {
		char *bang = memchr(p + look, '!', n - look);
		size_t i;

		if (bang == NULL)
			break;
		i = (size_t)(bang - p);
		look = i + 1;
		if (i == at || p[i - 1] != '<')
			continue;
		if (n - i >= 8 && memcmp(bang, "![CDATA[", 8) == 0) {
			b->mode = XML_CDATA;
			end = i + 8;
			break;
		}
		if (n - i >= 3 && memcmp(bang, "!--", 3) == 0) {
			b->mode = XML_COMMENT;
			blank(p + i - 1, 4);
			end = i + 3;
			break;
		}
		if (n - i < 8 && !last && (memcmp(bang, "![CDATA[", n - i) == 0 ||
					memcmp(bang, "!--", n - i < 3 ? n - i : 3) == 0)) {
			end = i - 1;
			break;
		}
	}
	done = at + fix_references(b, p + at, end - at, last || b->mode != XML_MARKUP);
	if (done < end)
		return done;
	if (b->mode == XML_MARKUP && end == n && !last && n > at && p[n - 1] == '<')
		return n - 1;
	return end;
}

/* Up to `close` ("]]>" or "-->"); the mode ends there. Returns where it stopped, as above. */
static size_t
pass_until(struct xml_bytes *b, char *p, size_t at, size_t n, const char *close, bool last)
{
	size_t look = at;

	while (look < n) {
		char *hit = memchr(p + look, '>', n - look);

		if (hit == NULL)
			break;
		look = (size_t)(hit - p) + 1;
		if (look >= at + 3 && memcmp(hit - 2, close, 3) == 0) {
			b->mode = XML_MARKUP;
			return look;
		}
	}
	look = n;
	while (!last && look > at && n - look < 2 && p[look - 1] == close[0])
		look--;
	return look;
}

/* Makes win[0..n) harmless; returns how much of it is ready. */
static size_t
clean(struct xml_bytes *b, size_t n, bool last)
{
	size_t at = 0;

	while (at < n) {
		enum xml_mode mode = b->mode;
		size_t from = at;

		if (mode == XML_MARKUP) {
			at = pass_markup(b, b->win, at, n, last);
		} else {
			at = pass_until(b, b->win, at, n, mode == XML_CDATA ? "]]>" : "-->", last);
			if (mode == XML_COMMENT)
				blank(b->win + from, at - from);
		}
		if (b->mode == mode)
			break; /* the end, or what must be held back */
	}
	return at;
}

/* White space, then an XML declaration: blanks. */
static void
blank_declaration(char *p, size_t n)
{
	struct str s = str_n(p, n), rest;
	size_t lead = 0;

	while (lead < n && is_space(p[lead]))
		lead++;
	s = str_from(s, lead);
	if (str_starts(s, "<?xml") && s.n > 5 && is_space(s.p[5]) && str_cut(&s, "?>", &rest))
		blank(p + lead, s.n + 2);
}

static void
fill(struct xml_bytes *b)
{
	size_t n = b->held;

	memcpy(b->win, b->kept, n);
	b->at = b->end = 0;
	b->held = 0;
	while (b->end == 0 && !b->eof) {
		size_t got = source_read(b->in, b->win + n, WINDOW - n);

		b->eof = got == 0;
		n += got;
		if (!b->started) {
			/* The declaration must be in one piece, however little a pipe gives. */
			if (!b->eof && n < DECLARATION) {
				b->held = n;
				continue;
			}
			b->started = true;
			blank_declaration(b->win, n);
		}
		b->end = clean(b, n, b->eof);
		if (n - b->end > XML_CARRY)
			b->end = n;
		if (b->end == 0 && n > XML_CARRY)
			b->end = n;
		b->held = n - b->end;
		if (b->end == 0)
			continue;
		memcpy(b->kept, b->win + b->end, b->held);
		if (b->mode == XML_CDATA && !b->eof) {
			memcpy(b->win + b->end, SPLIT, SPLIT_BYTES);
			b->end += SPLIT_BYTES;
		}
	}
}

size_t
xml_bytes_read(struct xml_bytes *b, char *p, size_t n)
{
	size_t left = b->back.n - b->back_at;

	if (left) {
		n = n < left ? n : left;
		memcpy(p, b->back.p + b->back_at, n);
		b->back_at += n;
		b->served += n;
		return n;
	}
	if (b->at == b->end)
		fill(b);
	left = b->end - b->at;
	n = n < left ? n : left;
	if (n)
		memcpy(p, b->win + b->at, n);
	b->at += n;
	b->served += n;
	return n;
}

void
xml_bytes_unread(struct xml_bytes *b, struct str s)
{
	struct buf whole = BUF_INIT;

	buf_add(&whole, s);
	buf_add(&whole, str_from(buf_str(&b->back), b->back_at));
	buf_release(&b->back);
	b->back = whole;
	b->back_at = 0;
	b->served -= s.n;
}

void
xml_bytes_release(struct xml_bytes *b)
{
	buf_release(&b->back);
	free(b->win);
	b->win = NULL;
}
