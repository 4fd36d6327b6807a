/*
 * xml.c -- see xml.h. What libxml2 does when left alone, and what is done about it:
 *   - entities: XML_PARSE_HUGE (needed for long texts) switches loop protection off, so any
 *     entity declaration ends the reading (`refused`); a DOCTYPE alone passes;
 *   - xmlStopParser leaves wellFormed at 1: success is judged by our own flags;
 *   - depth, attributes, the length of one tag and the dictionary have no limit of their own;
 *   - a tag is parsed whole: its length is watched where bytes are handed over;
 *   - the first error counts. At the end of the input it is a cut, after the root it is
 *     trailing text, elsewhere the report is malformed.
 */
#include "parsers/support/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdarg.h>
#include <stdio.h>

#include "gate/base/mem.h"
#include "parsers/support/xml_behind.h"
#include "parsers/support/xml_bytes.h"

#define SLOTS 256u             /* power of two, well above XML_NAMES */
#define MAX_ROOTS 10000        /* documents in one file */
#define MAX_ATTRS_READ 16384   /* of one tag, before it is known to be whole */
#define DICT_BYTES (4u << 20)  /* names that libxml2 may keep; it keeps each for ever */

struct xml {
	struct xml_bytes bytes;
	const struct sink *out;
	const struct xml_format *f;
	void *ctx;
	xmlParserCtxtPtr libxml;
	struct {
		const xmlChar *name;
		int index;
	} slots[SLOTS];
	int depth;
	bool has_root;
	bool stopped;       /* by a callback or a limit: the problem was sent */
	bool failed;        /* the first error; the rest describes it */
	bool trailing;      /* after the root: text or a second document */
	bool cut;           /* at the end of the input */
	bool stray;         /* parts of a report stand outside of any */
	long line, base;    /* base: lines of the documents before */
	char why[256];
	struct buf rest;    /* what libxml2 had not consumed when it failed behind the root */
	uint64_t token_at;  /* bytes served when the last event came */
	uint64_t counted_at; /* for which token ... */
	size_t counted;      /* ... so many attributes were counted */
};

long
xml_line(const struct xml *x)
{
	return x->base + (x->libxml && x->libxml->input ? x->libxml->input->line : 0);
}

int
xml_depth(const struct xml *x)
{
	return x->depth;
}

/*
 * Events are ignored from here on and on_read gives no more bytes, so libxml2 comes to its
 * end by itself: xmlStopParser frees what the caller of a callback may still look at.
 */
void
xml_stop(struct xml *x)
{
	x->stopped = true;
}

static void
problem(struct xml *x, enum problem_code code, long line, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

static void
problem(struct xml *x, enum problem_code code, long line, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	x->out->problem(x->out->ctx, code, line, buf_str(&b));
	buf_release(&b);
}

static void
stop_at_limit(struct xml *x, const char *what)
{
	if (x->stopped)
		return;
	problem(x, PROBLEM_OVER_LIMIT, xml_line(x), "%s; the rest was not read", what);
	xml_stop(x);
}

/* ---- names ---- */

static size_t
slot_of(const xmlChar *name)
{
	/* libxml2 interns names: one address is one name. */
	return (size_t)(((uintptr_t)name * 0x9e3779b97f4a7c15u) >> 56) & (SLOTS - 1);
}

static int
name_index(const struct xml *x, const xmlChar *name)
{
	size_t i = slot_of(name);

	while (x->slots[i].name && x->slots[i].name != name)
		i = (i + 1) & (SLOTS - 1);
	return x->slots[i].name ? x->slots[i].index : XML_UNKNOWN;
}

static void
intern_names(struct xml *x)
{
	memset(x->slots, 0, sizeof(x->slots));
	for (int n = 0; n < XML_NAMES && x->f->names[n]; n++) {
		const xmlChar *name = xmlDictLookup(x->libxml->dict,
			(const xmlChar *)x->f->names[n], -1);
		size_t i;

		if (name == NULL)
			mem_die("xml names");
		for (i = slot_of(name); x->slots[i].name; i = (i + 1) & (SLOTS - 1))
			;
		x->slots[i].name = name;
		x->slots[i].index = n;
	}
}

/* ---- events ---- */

static void
on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int nns,
	const xmlChar **ns, int nattrs, int ndefaulted, const xmlChar **attrs)
{
	struct xml *x = user;
	struct xml_attr v[XML_MAX_ATTRS];
	size_t n = 0;

	(void)prefix, (void)uri, (void)ns;
	x->token_at = x->bytes.served;
	x->has_root = true;
	if (x->stopped || x->failed)
		return;
	if (++x->depth > MAX_DEPTH) {
		stop_at_limit(x, "elements are nested too deeply");
		return;
	}
	if (nattrs > XML_MAX_ATTRS || nns > XML_MAX_ATTRS) {
		stop_at_limit(x, "an element has too many attributes");
		return;
	}
	/* Defaulted attributes come from a document type, not from the report: left out. */
	for (int i = 0; i < nattrs - ndefaulted; i++, attrs += 5) {
		v[n].name = name_index(x, attrs[0]);
		v[n].value = str_n((const char *)attrs[3], (size_t)(attrs[4] - attrs[3]));
		n++;
	}
	x->f->open(x->ctx, x, name_index(x, name), v, n);
}

static void
on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct xml *x = user;

	(void)prefix, (void)uri;
	x->token_at = x->bytes.served;
	if (x->stopped || x->failed)
		return;
	x->f->close(x->ctx, x, name_index(x, name));
	x->depth--;
}

static void
on_text(void *user, const xmlChar *p, int n)
{
	struct xml *x = user;

	x->token_at = x->bytes.served;
	if (n > 0 && !x->stopped && !x->failed)
		x->f->text(x->ctx, x, str_n((const char *)p, (size_t)n));
}

static void
on_entity(void *user, const xmlChar *name, int type, const xmlChar *public_id,
	const xmlChar *system_id, xmlChar *content)
{
	struct xml *x = user;

	(void)type, (void)public_id, (void)content;
	if (x->stopped)
		return;
	problem(x, PROBLEM_REFUSED, xml_line(x), "it declares the %sentity \"%.60s\"; nothing was "
		"expanded or opened", system_id ? "external " : "", (const char *)name);
	xml_stop(x);
	/* What is buffered may hold a loop of entities already: not one byte more is parsed. */
	xmlStopParser(x->libxml);
}

/* ---- errors ---- */

/* Our own words where they are better; libxml2's differ from version to version. */
static void
say_why(struct xml *x, const xmlError *e)
{
	struct str words = str_trim(str_of(e->message));
	const char *why = NULL;

	words = str_to(words, str_chr(words, '\n'));
	switch (e->code) {
	case XML_ERR_NAME_REQUIRED:
		why = str_has(words, "EntityRef") ? "a bare '&'" : "a bare '<'";
		break;
	case XML_ERR_ENTITYREF_SEMICOL_MISSING:
		why = "a bare '&'";
		break;
	case XML_ERR_LT_IN_ATTRIBUTE:
		why = "a bare '<' in an attribute";
		break;
	case XML_ERR_ATTRIBUTE_REDEFINED:
		why = "an attribute given twice";
		break;
	case XML_ERR_TAG_NAME_MISMATCH:
		why = "an end tag that ends nothing";
		break;
	case XML_ERR_UNDECLARED_ENTITY:
	case XML_WAR_UNDECLARED_ENTITY:
		why = "an entity that XML does not know";
		break;
	default:
		break;
	}
	if (why)
		snprintf(x->why, sizeof(x->why), "%s", why);
	else
		snprintf(x->why, sizeof(x->why), "%.*s", STR_FMT(words));
}

/* The first error: where and what it is. */
static void
on_error(void *user, xmlErrorPtr e)
{
	struct xml *x = user;
	const xmlParserInput *in = x->libxml ? x->libxml->input : NULL;
	struct str left = STR_NONE;
	char more;

	if (x->failed || x->stopped || e->level < XML_ERR_ERROR || e->domain == XML_FROM_NAMESPACE)
		return;
	if (e->code == XML_ERR_NO_MEMORY) {
		stop_at_limit(x, "too many different names in it");
		return;
	}
	x->failed = true;
	x->line = xml_line(x);
	say_why(x, e);
	if (in && in->cur && in->end)
		left = str_n((const char *)in->cur, (size_t)(in->end - in->cur));
	if (x->has_root && x->depth == 0) {
		x->trailing = true;
		buf_add(&x->rest, left);
	} else if (xml_bytes_read(&x->bytes, &more, 1) == 0) {
		/* Nothing follows that could end what is open; a wrong end tag is no cut. */
		x->cut = str_chr(left, '>') == STR_NPOS &&
			!(e->code == XML_ERR_TAG_NAME_MISMATCH && in && in->cur > in->base &&
			in->cur[-1] == '>');
	}
}

/*
 * One tag's attributes are counted while it is read, since checking them for doubles takes
 * time that is quadratic in their number.
 */
static void
count_attributes(struct xml *x, struct str s)
{
	if (x->counted_at != x->token_at) {
		x->counted_at = x->token_at;
		x->counted = 0;
	}
	for (size_t at; (at = str_chr(s, '=')) != STR_NPOS; s = str_from(s, at + 1))
		x->counted += at + 1 < s.n && (s.p[at + 1] == '"' || s.p[at + 1] == '\'');
	if (x->counted > MAX_ATTRS_READ)
		stop_at_limit(x, "an element has too many attributes");
}

/* libxml2 reads through this; called while one token is parsed, so a token is bounded here. */
static int
on_read(void *user, char *p, int n)
{
	struct xml *x = user;
	size_t got;

	if (n <= 0 || x->stopped || x->failed)
		return 0;
	got = xml_bytes_read(&x->bytes, p, (size_t)n);
	if (x->libxml && xmlDictGetUsage(x->libxml->dict) > DICT_BYTES)
		stop_at_limit(x, "too many different names in it");
	if (x->bytes.served - x->token_at > READ_CHUNK && x->bytes.mode == XML_MARKUP) {
		if (x->bytes.served - x->token_at > MAX_TAG_BYTES + READ_CHUNK)
			stop_at_limit(x, "one tag is too long");
		count_attributes(x, str_n(p, got));
	}
	return x->stopped ? 0 : (int)got;
}

/* ---- documents ---- */

static void
parse_one(struct xml *x)
{
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		/* The same function: libxml2 then does not ask which blanks may be ignored. */
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.entityDecl = on_entity,
		.serror = on_error,
	};

	x->depth = 0;
	x->failed = x->trailing = x->cut = x->has_root = false;
	buf_reset(&x->rest);
	x->token_at = x->bytes.served;
	x->libxml = NULL;
	x->libxml = xmlCreateIOParserCtxt(&sax, x, on_read, NULL, x, XML_CHAR_ENCODING_UTF8);
	if (x->libxml == NULL)
		mem_die("xml parser");
	xmlCtxtUseOptions(x->libxml, XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC |
		XML_PARSE_NOENT);
	intern_names(x);
	xmlParseDocument(x->libxml);
	if (!x->failed && !x->stopped && !x->libxml->wellFormed) {
		x->failed = true;
		x->line = xml_line(x);
		snprintf(x->why, sizeof(x->why), "not well-formed");
	}
	x->base += x->failed ? x->line - x->base : 0;
	xmlFreeDoc(x->libxml->myDoc);
	xmlFreeParserCtxt(x->libxml);
	x->libxml = NULL;
}

static long
lines_in(struct str s)
{
	long n = 0;
	size_t at;

	while ((at = str_chr(s, '\n')) != STR_NPOS) {
		n++;
		s = str_from(s, at + 1);
	}
	return n;
}

/*
 * Text behind the root, from x->rest on: skipped up to another document. False at the end.
 * The line where it starts and its first words go into the note.
 */
static bool
next_document(struct xml *x, struct buf *first)
{
	char chunk[4096];
	struct buf look = BUF_INIT;
	bool found = false;

	xml_bytes_unread(&x->bytes, buf_str(&x->rest));
	for (;;) {
		size_t n = xml_bytes_read(&x->bytes, chunk, sizeof(chunk)), at, tail;

		if (n == 0)
			break;
		buf_add(&look, str_n(chunk, n));
		if (first->n < 80)
			buf_add(first, str_n(chunk, n < 80 ? n : 80));
		at = xml_find_tag(buf_str(&look), x->f->roots);
		found = at != STR_NPOS;
		if (x->f->parts &&
		    xml_find_tag(str_to(buf_str(&look), at), x->f->parts) != STR_NPOS)
			x->stray = true;
		/* Enough is kept for a name that the next bytes complete. */
		tail = found ? at : look.n > XML_BEHIND_KEPT ? look.n - XML_BEHIND_KEPT : 0;
		x->base += lines_in(str_to(buf_str(&look), tail));
		if (found) {
			xml_bytes_unread(&x->bytes, str_from(buf_str(&look), at));
			break;
		}
		memmove(look.p, look.p + tail, look.n - tail);
		buf_cut(&look, look.n - tail);
	}
	x->cut = !found && xml_breaks_off(buf_str(&look), x->f->roots);
	buf_release(&look);
	return found;
}

static void
note_trailing(struct xml *x, long line, struct str first, bool document)
{
	first = str_trim(first);
	first = str_to(first, str_chr(first, '\n'));
	if (document)
		problem(x, PROBLEM_TRAILING_TEXT, line,
			"more follows the end of the report; another report in it was read too");
	else
		problem(x, PROBLEM_TRAILING_TEXT, line, "text follows the end of the report: %.*s",
			STR_FMT(str_to(first, 60)));
}

static int
broke_off(struct xml *x)
{
	bool source_failed = source_status(x->bytes.in) != SOURCE_OK;

	if (x->f->broken)
		x->f->broken(x->ctx, x);
	if (x->stopped)
		return -1;
	if (x->cut || source_failed)
		problem(x, PROBLEM_TRUNCATED, x->line, "cut off with %d element%s still open",
			x->depth, x->depth == 1 ? "" : "s");
	else
		problem(x, PROBLEM_MALFORMED, x->line, "not well-formed: %s", x->why);
	return -1;
}

/* What follows the report is no mere text: results may be lost in it. */
static int
broken_behind(struct xml *x)
{
	if (x->stray)
		problem(x, PROBLEM_MALFORMED, x->line, "parts of a report stand behind its end");
	else
		problem(x, PROBLEM_TRUNCATED, x->base, "another report begins here and breaks off");
	return -1;
}

int
xml_read(struct source *in, const struct sink *out, const struct xml_format *f, void *ctx)
{
	static const struct xml zero;
	struct xml *x = xmalloc(sizeof(*x));
	struct buf first = BUF_INIT;
	int rc = 0, roots = 0;
	bool noted = false;

	*x = zero;
	x->out = out;
	x->f = f;
	x->ctx = ctx;
	xml_bytes_init(&x->bytes, in);
	for (;;) {
		bool more;
		long line;

		parse_one(x);
		if (x->stopped || (x->failed && !x->trailing)) {
			rc = broke_off(x);
			break;
		}
		if (!x->trailing)
			break;
		line = x->line;
		more = next_document(x, &first);
		if (!noted)
			note_trailing(x, line, buf_str(&first), more);
		noted = true;
		if (x->stray || x->cut) {
			rc = broken_behind(x);
			break;
		}
		if (!more)
			break;
		if (++roots >= MAX_ROOTS) {
			stop_at_limit(x, "too many reports follow each other in one file");
			rc = -1;
			break;
		}
	}
	if (x->bytes.replaced)
		problem(x, PROBLEM_ENCODING, 0,
			"%lu reference%s to characters that XML can't hold replaced by '?'",
			x->bytes.replaced, x->bytes.replaced == 1 ? "" : "s");
	buf_release(&first);
	buf_release(&x->rest);
	xml_bytes_release(&x->bytes);
	free(x);
	return rc;
}
