/* json_value.c -- values of a report's JSON as text and numbers, and what is inside; see json.h. */
#include "gate/base/num.h"
#include "gate/base/utf8.h"
#include "gate/input/clean.h"
#include "parsers/support/json_scan.h"

static unsigned
unit_at(const char *p)
{
	unsigned unit = 0;

	for (int i = 0; i < 4; i++)
		unit = unit << 4 |
			(unsigned)(is_digit(p[i]) ? p[i] - '0' : (p[i] | 0x20) - 'a' + 10);
	return unit;
}

/* Behind "\u"; *s moves behind the character. Half a character becomes U+FFFD. */
static uint32_t
unicode_escape(struct str *s)
{
	uint32_t unit = unit_at(s->p), low;

	*s = str_from(*s, 4);
	if ((unit & 0xfc00) == 0xd800 && s->n >= 6 && s->p[0] == '\\' && s->p[1] == 'u') {
		low = unit_at(s->p + 2);
		if ((low & 0xfc00) == 0xdc00) {
			*s = str_from(*s, 6);
			return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
		}
	}
	return (unit & 0xf800) == 0xd800 ? 0xfffd : unit;
}

/* `raw` is what stands between the quotes of a valid string. */
void
js_unescape(struct str raw, struct buf *out)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";

	for (;;) {
		size_t slash = str_chr(raw, '\\');
		const char *hit;
		char c;

		buf_add(out, str_to(raw, slash));
		if (slash == STR_NPOS)
			return;
		c = raw.p[slash + 1];
		raw = str_from(raw, slash + 2);
		if (c == 'u') {
			utf8_put(out, unicode_escape(&raw));
		} else {
			hit = strchr(from, c);
			buf_addc(out, hit ? to[hit - from] : c);
		}
	}
}

static bool
is_null(struct str v)
{
	return v.n == 0 || v.p[0] == 'n';
}

void
js_text_add(struct str v, struct buf *out)
{
	struct cleaner cleaner = { .strip_escapes = true };
	size_t from = out->n, left;

	if (is_null(v))
		return;
	if (!js_is_string(v)) {
		buf_add(out, v);
		return;
	}
	v = str_n(v.p + 1, v.n - 2);
	if (str_chr(v, '\\') == STR_NPOS) {
		buf_add(out, v);
		return;
	}
	js_unescape(v, out);
	/* What an escape hid is held to what the source holds all text to. */
	if (out->n > from)
		buf_cut(out, from + clean(&cleaner, out->p + from, out->n - from, true, &left));
}

struct str
js_text(struct str v, struct buf *scratch)
{
	if (is_null(v))
		return STR_NONE;
	if (!js_is_string(v))
		return v;
	if (str_chr(v, '\\') == STR_NPOS)
		return str_n(v.p + 1, v.n - 2);
	buf_reset(scratch);
	js_text_add(v, scratch);
	return buf_str(scratch);
}

bool
js_is(struct str v, const char *z)
{
	return js_is_string(v) && str_eqz(str_n(v.p + 1, v.n - 2), z);
}

bool
js_empty(struct str v)
{
	double d;

	if (is_null(v) || v.p[0] == 'f')
		return true;
	if (v.p[0] == '"')
		return v.n == 2;
	if (v.p[0] == '{' || v.p[0] == '[')
		return str_trim(str_n(v.p + 1, v.n - 2)).n == 0;
	return v.p[0] != 't' && num_double(v, &d) && d == 0;
}

/* The value, or what is between the quotes of a string. */
static struct str
inside(struct str v)
{
	return js_is_string(v) ? str_trim(str_n(v.p + 1, v.n - 2)) : v;
}

bool
js_true(struct str v)
{
	v = inside(v);
	return str_ieqz(v, "true") || str_ieqz(v, "yes") || str_eqz(v, "1");
}

long
js_long(struct str v, long otherwise)
{
	struct str s = inside(v), head;
	long n;
	double d;

	if (num_long(s, -1000000000000L, 1000000000000L, &n))
		return n;
	if (num_double(s, &d))
		return d >= -1e12 && d <= 1e12 ? (long)d : otherwise;
	head = s;
	head.n = str_skip_digits(&s);
	if (head.n && str_starts(s, "-") && num_long(head, 0, 1000000000000L, &n))
		return n;
	return otherwise;
}

bool
js_double(struct str v, double *out)
{
	return num_double(inside(v), out);
}

/* ---- inside of a value ---- */

struct json_cursor
js_cursor(struct str v)
{
	struct json_cursor c = { NULL, STR_NONE, STR_NONE };

	if (js_is_array(v) || js_is_object(v))
		c.p = v.p;
	return c;
}

static void
set_fields(const struct json *j, struct json_paths *take)
{
	for (size_t i = 0; i < take->n; i++) {
		const struct json_taken *k = &take->trie->taken[i];

		take->field[i] = k->rank < 0 ? STR_NONE : str_n(j->pin + k->at, k->n);
	}
}

static const char *
take_value(struct json *j, const char *p, struct json_paths *take)
{
	if (take == NULL)
		return js_skip(j, p);
	for (size_t i = 0; i < take->n; i++)
		take->trie->taken[i].rank = -1;
	p = js_scan_take(j, p, &take->trie->root, take->trie);
	set_fields(j, take);
	return p;
}

void
js_take(struct json *j, struct str v, struct json_paths *take)
{
	if (v.n == 0)
		memset(take->field, 0, take->n * sizeof(*take->field));
	else
		take_value(j, v.p, take);
}

/* The text is valid, and in one piece: nothing can break. */
bool
js_next(struct json *j, struct json_cursor *c, struct json_paths *take)
{
	bool escaped = false, object, first;
	const char *p = c->p, *from;
	int b;

	if (p == NULL)
		return false;
	first = *p == '{' || *p == '[';
	object = *p == '{' || c->key.p;
	if (!first) {
		p = c->value.p + c->value.n;
		b = js_space(j, &p);
		if (b == '}' || b == ']') {
			c->p = NULL;
			return false;
		}
	}
	p++;
	b = js_space(j, &p);
	if (first && (b == '}' || b == ']')) {
		c->p = NULL;
		return false;
	}
	if (object) {
		from = p;
		p = js_string(j, p + 1, &escaped);
		c->key = str_n(from, (size_t)(p - from));
		js_space(j, &p);
		p++;
		js_space(j, &p);
	}
	from = p;
	p = take_value(j, p, take);
	c->value = str_n(from, (size_t)(p - from));
	c->p = ","; /* not at the front any more */
	return true;
}

long
js_count(struct json *j, struct str v)
{
	struct json_cursor c = js_cursor(v);
	long n = 0;

	while (js_next(j, &c, NULL))
		n++;
	return n;
}
