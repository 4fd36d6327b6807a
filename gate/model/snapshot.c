/* snapshot.c -- a loaded snapshot: walking its cases, look-up, release. See snapshot.h. */
#include "gate/model/snapshot.h"

#include "gate/base/num.h"
#include "gate/model/seen.h"
#include "gate/model/snapshot_text.h"
#include "gate/model/unstable.h"

const char *
snapshot_origin_name(enum snapshot_origin o)
{
	static const char *const names[ORIGINS] = { "saved", "reports", "decision", "list" };

	return names[o];
}

bool
snapshot_magic(struct str head)
{
	return str_starts(head, SNAPSHOT_SCHEMA);
}

void
snapshot_escape(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x20 || c == 0x7f || c == '\\')
			buf_addf(out, "\\x%02x", c);
		else
			buf_addc(out, (char)c);
	}
}

void
snapshot_unescape(struct buf *out, struct str s)
{
	buf_reset(out);
	while (s.n) {
		size_t n = str_chr(s, '\\');
		long high, low;

		buf_add(out, str_to(s, n));
		if (n == STR_NPOS)
			return;
		s = str_from(s, n);
		if (s.n < 4 || s.p[1] != 'x' || (high = hex_digit(s.p[2])) < 0 ||
		    (low = hex_digit(s.p[3])) < 0) {
			buf_addc(out, '\\');
			s = str_from(s, 1);
			continue;
		}
		buf_addc(out, (char)(high * 16 + low));
		s = str_from(s, 4);
	}
}

bool
snapshot_hex(struct str s, uint64_t *out)
{
	uint64_t n = 0;

	if (s.n == 0 || s.n > 16)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		int d = hex_digit(s.p[i]);

		if (d < 0)
			return false;
		n = n << 4 | (uint64_t)d;
	}
	*out = n;
	return true;
}

bool
snapshot_suite_line(struct snapshot_case *c, struct str line)
{
	struct str hash;
	uint64_t n;

	if (!str_skip(&line, "@suite"))
		return false;
	c->in_front = str_skip(&line, "+");
	str_skip(&line, " ");
	str_cut(&line, "\t", &hash);
	snapshot_unescape(&c->suite_text, line);
	c->suite = buf_str(&c->suite_text);
	c->suite_hash = snapshot_hex(hash, &n) ? (uint32_t)n : seen_suite(c->suite);
	buf_reset(&c->coded);
	return true;
}

static bool
letter(struct snapshot_case *c, char l)
{
	static const struct {
		char letter;
		enum outcome outcome;
		bool excused, synthetic;
	} letters[] = {
		{ 'p', OUT_PASSED, false, false }, { 'l', OUT_FLAKY, false, false },
		{ 'f', OUT_FAILED, false, false }, { 'e', OUT_ERROR, false, false },
		{ 's', OUT_SKIPPED, false, false }, { 'F', OUT_FAILED, true, false },
		{ 'E', OUT_ERROR, true, false }, { 'x', OUT_ERROR, false, true },
		{ 'X', OUT_ERROR, true, true },
	};

	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		if (letters[i].letter != l)
			continue;
		c->outcome = letters[i].outcome;
		c->excused = letters[i].excused;
		c->synthetic = letters[i].synthetic;
		return true;
	}
	return false;
}

/* The name, and behind tabs its number and its key. */
static bool
take_coded(struct snapshot_case *c)
{
	struct str name = buf_str(&c->coded), nth, key;

	bool given = false;

	c->nth = 1;
	if (str_cut(&name, "\t", &nth)) {
		given = str_cut(&nth, "\t", &key);
		if (!num_long(nth, 1, MAX_CASES, &c->nth))
			return false;
	}
	if (str_chr(name, '\\') != STR_NPOS) {
		snapshot_unescape(&c->plain, name);
		name = buf_str(&c->plain);
	}
	c->name = name;
	if (given)
		return snapshot_hex(key, &c->key);
	c->key = seen_key(name);
	return true;
}

bool
snapshot_case_line(struct snapshot_case *c, struct str line)
{
	size_t shared = 0, at = 1;

	if (line.n < 3 || !letter(c, line.p[0]))
		return false;
	for (; at < line.n && at < 7 && is_digit(line.p[at]); at++)
		shared = shared * 10 + (size_t)(line.p[at] - '0');
	if (at == 1 || at >= line.n || line.p[at] != ' ' || shared > c->coded.n)
		return false;
	line = str_from(line, at + 1);
	if (shared + line.n > MAX_SNAPSHOT_NAME)
		return false;
	buf_cut(&c->coded, shared);
	buf_add(&c->coded, line);
	return take_coded(c);
}

/* The line behind the case's own, where it took a while. */
static void
take_time(struct snapshot_case *c, struct str text)
{
	struct str line;
	long ms = 0;

	c->ms = 0;
	if (!str_starts(text, "@took ") || !str_line(&text, &line))
		return;
	c->next = (size_t)(text.p - c->snapshot->text.p);
	if (num_long(str_from(line, strlen("@took ")), 0, UINT32_MAX, &ms))
		c->ms = (uint32_t)ms;
}

bool
snapshot_next(struct snapshot_case *c)
{
	struct str text = str_to(buf_str(&c->snapshot->text), c->leg->to), line;

	if (!c->started) {
		c->started = true;
		c->next = c->leg->from;
		c->at = (size_t)-1;
	}
	text = str_from(text, c->next);
	while (str_line(&text, &line)) {
		c->next = (size_t)(text.p - c->snapshot->text.p);
		if (snapshot_suite_line(c, line))
			continue;
		c->at++;
		take_time(c, text);
		return snapshot_case_line(c, line); /* it was good when it was loaded */
	}
	return false;
}

void
snapshot_case_id(const struct snapshot_case *c, struct buf *out)
{
	buf_reset(out);
	if (c->in_front && c->suite.n) {
		buf_add(out, c->suite);
		buf_addz(out, "::");
	}
	buf_add(out, c->name);
	if (c->nth > 1)
		buf_addf(out, " (%ld)", c->nth);
}

uint64_t
snapshot_case_key(const struct snapshot_case *c)
{
	return c->in_front ? seen_key_in_suite(c->key, c->suite_hash) : c->key;
}

void
snapshot_case_release(struct snapshot_case *c)
{
	buf_release(&c->coded);
	buf_release(&c->plain);
	buf_release(&c->suite_text);
}

static bool
failed_then(const struct snapshot *s, uint64_t key)
{
	size_t lo = 0, hi = s->bad.n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->bad.v[mid] < key)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < s->bad.n && s->bad.v[lo] == key;
}

static bool
holds(const struct snapshot *s, uint64_t key)
{
	for (size_t i = 0; i < s->producers.n; i++) {
		const struct snapshot_producer *p = s->producers.v[i];

		for (size_t k = 0; k < p->legs.n; k++)
			if (seen_find(p->legs.v[k]->v, p->legs.v[k]->n, key) < p->legs.v[k]->n)
				return true;
	}
	return false;
}

bool
snapshot_watch(const struct snapshot *s, const struct test_event *ev, struct str id)
{
	uint64_t key;

	if (s->unstable && name_unstable(id))
		return true;
	if (ev->outcome != OUT_SKIPPED && s->bad.n == 0)
		return false;
	key = seen_key(id);
	if (ev->outcome != OUT_SKIPPED)
		return failed_then(s, key);
	return holds(s, key) || holds(s, seen_key_in_suite(key, seen_suite(ev->suite)));
}

bool
snapshot_lacks(const struct snapshot *s, const struct test_event *ev, struct str id)
{
	uint64_t key = seen_key(id);

	return s->tests && s->origin < ORIGIN_DECISION && !holds(s, key) &&
		!holds(s, seen_key_in_suite(key, seen_suite(ev->suite)));
}

void
snapshot_versions(const struct snapshot_producer *p, struct versions *out)
{
	for (size_t i = 0; i < p->legs.n; i++)
		for (size_t k = 0; k < p->legs.v[i]->tools.n; k++)
			*vec_push(out) = p->legs.v[i]->tools.v[k];
}

void
snapshot_release(struct snapshot *s)
{
	for (size_t i = 0; i < s->producers.n; i++) {
		struct snapshot_producer *p = s->producers.v[i];

		for (size_t k = 0; k < p->legs.n; k++) {
			free(p->legs.v[k]->v);
			vec_release(&p->legs.v[k]->tools);
			vec_release(&p->legs.v[k]->issues);
		}
		vec_release(&p->legs);
		vec_release(&p->producer.reports);
	}
	vec_release(&s->producers);
	vec_release(&s->bad);
	buf_release(&s->text);
	arena_release(&s->mem);
	*s = (struct snapshot){ 0 };
}
