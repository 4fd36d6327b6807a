/* bundle_pack.c -- from the tape to the members of a bundle. See bundle.h. */
#include "gate/base/map.h"
#include "gate/base/redact.h"
#include "gate/base/tape.h"
#include "gate/base/utf8.h"
#include "gate/bundle.h"
#include "gate/model/snapshot_text.h"
#include "gate/report/support/json_out.h"

#define MAX_INLINE 200 /* longer answers are members of their own */
#define MAX_BASENAME 60

struct packing {
	struct bundle *b;
	const struct redactors *redactors;
	struct map texts; /* digest -> name of the member: equal texts are packed once */
	size_t n;
};

json_t *
bundle_string(struct str s)
{
	struct buf b = BUF_INIT;
	json_t *v;
	uint32_t cp;

	while (s.n) {
		size_t n = utf8_char(s, &cp);

		if (n == 0 || cp < ' ' || cp == 0x7f || cp == '\\') {
			buf_addf(&b, "\\x%02x", (unsigned char)s.p[0]);
			n = 1;
		} else {
			buf_add(&b, str_n(s.p, n));
		}
		s = str_from(s, n);
	}
	v = json_text(buf_str(&b));
	buf_release(&b);
	return v;
}

struct str
bundle_bytes(struct arena *mem, const json_t *v)
{
	struct str s = str_n(json_string_value(v), json_string_length(v));
	struct buf b = BUF_INIT;

	snapshot_unescape(&b, s);
	s = arena_dup(mem, buf_str(&b));
	buf_release(&b);
	return s;
}

/* These were redacted when they were read, hold names only, or are our own. */
static bool
is_clean(enum tape_kind k)
{
	return k == TAPE_REPORT || k == TAPE_BASELINE || k == TAPE_CONTEXT ||
	       k == TAPE_PRESET || k == TAPE_HISTORY;
}

struct str
redacted(struct arena *mem, const struct redactors *r, struct str s)
{
	for (size_t i = 0; i < sizeof(r->v) / sizeof(r->v[0]); i++) {
		struct buf out = BUF_INIT;

		if (r->v[i] && redact(r->v[i], s, &out))
			s = arena_dup(mem, buf_str(&out));
		buf_release(&out);
	}
	return s;
}

/* A leg file was redacted where it was made, but a stranger may have made it. */
static struct str
redacted_lines(struct packing *pk, struct str text)
{
	struct buf out = BUF_INIT;
	struct str rest = text, line;

	while (str_line(&rest, &line)) {
		buf_add(&out, redacted(&pk->b->mem, pk->redactors, line));
		buf_addc(&out, '\n');
	}
	text = arena_dup(&pk->b->mem, buf_str(&out));
	buf_release(&out);
	return text;
}

static struct str
cleaned(struct packing *pk, enum tape_kind kind, struct str s)
{
	const struct redactors *r = pk->redactors;

	for (size_t i = 0; kind == TAPE_TEXT && i < sizeof(r->v) / sizeof(r->v[0]); i++) {
		struct buf out = BUF_INIT;

		if (redact_own_patterns(r->v[i], s, &out))
			s = arena_dup(&pk->b->mem, buf_str(&out));
		buf_release(&out);
	}
	return is_clean(kind) ? s : redacted(&pk->b->mem, r, s);
}

/* "text/003-gate.yaml": for people; nothing is found by it. */
static struct str
member_name(struct packing *pk, const struct tape_entry *e)
{
	size_t line = e->kind == TAPE_REPORT ? STR_NPOS : str_rchr(e->key, '\n');
	struct str path = str_to(e->key, str_chr(e->key, '\n')); /* of a report, what comes first */
	struct str base = str_basename(line == STR_NPOS ? path : str_from(e->key, line + 1));
	struct buf b = BUF_INIT;
	struct str s;

	buf_addf(&b, "%s/%03zu-", tape_kind_name(e->kind), ++pk->n);
	for (size_t i = 0; i < base.n && i < MAX_BASENAME; i++)
		buf_addc(&b, is_alnum(base.p[i]) || strchr("._-", base.p[i]) ? base.p[i] : '_');
	s = arena_dup(&pk->b->mem, buf_str(&b));
	buf_release(&b);
	return s;
}

static struct str
member_of(struct packing *pk, const struct tape_entry *e, struct str text)
{
	char hex[SHA256_HEX];
	struct tarball_member *m;
	void **known;

	sha256_of(text, hex);
	known = map_at(&pk->texts, arena_dup(&pk->b->mem, str_of(hex)));
	if (*known == NULL) {
		m = vec_push(&pk->b->tar.members);
		m->name = member_name(pk, e);
		m->data = text;
		*known = arena_z(&pk->b->mem, m->name);
	}
	return str_of(*known);
}

static json_t *
row_of(struct packing *pk, const struct tape_entry *e)
{
	const struct tape_answer *a = &e->answer;
	struct str text = cleaned(pk, e->kind, a->text), note = cleaned(pk, e->kind, a->note);
	bool leg = e->kind == TAPE_REPORT && a->status;
	json_t *o = json_object();

	if (leg)
		text = redacted_lines(pk, text);
	json_put(o, "kind", json_string(tape_kind_name(e->kind)));
	json_put(o, "key", bundle_string(cleaned(pk, e->kind, e->key)));
	if (a->status)
		json_put(o, "status", json_integer(a->status));
	if (note.n)
		json_put(o, "note", bundle_string(note));
	if (a->sha256[0])
		json_put(o, "sha256", json_string(a->sha256));
	if (text.n > MAX_INLINE || (e->kind == TAPE_TEXT && text.n)) /* those are for people too */
		json_put(o, "member", json_text(member_of(pk, e, text)));
	else if (text.n)
		json_put(o, "text", bundle_string(text));
	return o;
}

void
bundle_pack(struct bundle *b, const struct tape *t, const struct redactors *r)
{
	struct packing pk = { .b = b, .redactors = r };
	struct tarball_member *m;
	struct buf text = BUF_INIT;
	json_t *rows = json_array();
	size_t count;
	const struct tape_entry **entries = tape_entries(t, &count);

	m = vec_push(&b->tar.members);
	*m = (struct tarball_member){ .name = STR("decision.json"), .data = b->decision };
	for (size_t i = 0; i < count; i++)
		json_push(rows, row_of(&pk, entries[i]));
	free(entries);
	b->answers = json_object();
	json_put(b->answers, "answers", rows);
	json_write(&text, json_incref(b->answers), 0);
	buf_addc(&text, '\n');
	m = vec_push(&b->tar.members);
	m->name = STR("answers.json");
	m->data = arena_dup(&b->mem, buf_str(&text));
	buf_release(&text);
	map_release(&pk.texts);
}
