/* json_out.c -- see json_out.h. */
#include "gate/report/support/json_out.h"

#include "gate/base/date.h"
#include "gate/base/mem.h"
#include "gate/base/utf8.h"

json_t *
json_text(struct str s)
{
	struct buf b = BUF_INIT;
	json_t *j;

	if (utf8_valid(s)) {
		j = json_stringn_nocheck(s.p ? s.p : "", s.n);
	} else {
		utf8_repair(&b, s);
		j = json_stringn_nocheck(buf_z(&b), b.n);
		buf_release(&b);
	}
	if (j == NULL)
		mem_die("JSON text");
	return j;
}

json_t *
json_text_or_null(struct str s)
{
	return s.n ? json_text(s) : json_null();
}

json_t *
json_line_or_null(long n)
{
	return n > 0 ? json_integer(n) : json_null();
}

json_t *
json_place(struct str path, long line)
{
	return json_pack("{s:o, s:o}", "path", json_text_or_null(path), "line",
		json_line_or_null(line));
}

json_t *
json_day_or_null(int64_t t)
{
	struct buf b = BUF_INIT;
	json_t *j;

	if (t == DATE_NONE)
		return json_null();
	if (((t % 86400) + 86400) % 86400 == 86399)
		date_day(&b, t);
	else
		date_rfc3339(&b, t);
	j = json_text(buf_str(&b));
	buf_release(&b);
	return j;
}

void
json_put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new_nocheck(object, key, value) < 0)
		mem_die("JSON object");
}

void
json_put_str(json_t *object, struct str key, json_t *value)
{
	struct buf b = BUF_INIT;

	utf8_repair(&b, key);
	if (json_object_setn_new_nocheck(object, buf_z(&b), b.n, value) < 0)
		mem_die("JSON object");
	buf_release(&b);
}

void
json_push(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value) < 0)
		mem_die("JSON array");
}

struct indent {
	struct buf *out;
	size_t depth;
};

/*
 * Strings hold no raw newline, so every one that jansson writes is layout. "##[" anywhere in a
 * job's log may start a command of GitHub's runner: a document that is printed there must not.
 */
static int
put_indented(const char *p, size_t n, void *ctx)
{
	const struct indent *in = ctx;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '#' && str_starts(str_n(p + i, n - i), "##["))
			buf_addz(in->out, "\\u0023");
		else
			buf_addc(in->out, p[i]);
		if (p[i] == '\n')
			buf_addn(in->out, ' ', in->depth);
	}
	return 0;
}

void
json_write(struct buf *out, json_t *value, size_t depth)
{
	struct indent in = { out, depth };

	if (json_dump_callback(value, put_indented, &in,
		    JSON_SORT_KEYS | JSON_INDENT(1) | JSON_ENCODE_ANY |
		    JSON_REAL_PRECISION(15)) < 0)
		mem_die("JSON document");
	json_decref(value);
}
