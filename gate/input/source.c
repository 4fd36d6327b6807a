/*
 * source.c -- see source.h.
 *
 * bytes (digest, gzip) -> decode -> clean -> window. Plain UTF-8 is read straight into the
 * window and cleaned there, so that nothing is copied on the way.
 */
#include "gate/input/source.h"

#include "gate/base/buf.h"
#include "gate/base/err.h"
#include "gate/base/limits.h"
#include "gate/base/mem.h"
#include "gate/base/utf8.h"
#include "gate/input/bytes.h"
#include "gate/input/clean.h"
#include "gate/input/decode.h"

#define GUESS_BYTES 4096u        /* what the encoding is guessed from */
#define DECODE_CHUNK (16u << 10) /* grows to at most four times as much */

struct source {
	struct bytes bytes;
	bool started;           /* the encoding is known */
	struct decoder *decoder;
	struct guess guess;
	bool doubt;             /* a declared encoding waits for the first byte beyond ASCII */
	bool wrong;
	bool bytes_end;         /* nothing more will come into the window */
	struct cleaner cleaner;
	struct buf decoded;
	uint64_t delivered;
	long bad_line;
	/* win[at..end) is clean text, win[end..end+left) awaits its continuation. */
	char *win;
	size_t at, end, left, cap;
	long line;
	bool skip_rest;         /* of a line that was cut */
	bool open_line;         /* the line given last ends where the text does */
	unsigned long cut_lines;
};

static struct source *
source_new(void)
{
	struct source *s = xcalloc(1, sizeof(*s));

	bytes_init(&s->bytes);
	return s;
}

struct source *
source_open(const char *path)
{
	struct source *s = source_new();

	bytes_open(&s->bytes, path);
	return s;
}

struct source *
source_of_memory(struct str text)
{
	struct source *s = source_new();

	s->bytes.memory = text;
	return s;
}

void
source_ceilings(struct source *s, uint64_t max_bytes, unsigned max_ratio)
{
	if (max_bytes)
		s->bytes.max_bytes = max_bytes;
	if (max_ratio)
		s->bytes.max_ratio = max_ratio;
}

static void
make_room(struct source *s, size_t n)
{
	size_t held = s->end - s->at + s->left;

	if (s->at && s->cap - s->end - s->left < n) {
		memmove(s->win, s->win + s->at, held);
		s->at = 0;
		s->end = held - s->left;
	}
	if (s->cap - s->end - s->left < n) {
		while (s->cap - s->end - s->left < n)
			s->cap = s->cap ? s->cap * 2 : SNIFF_BYTES + READ_CHUNK;
		s->win = xrealloc(s->win, s->cap);
	}
}

/* XML and JSON, where an escape sequence is an error and not a colour. */
static bool
is_markup(struct str head)
{
	head = str_trim(head);
	if (str_starts(head, "<") || str_starts(head, "{"))
		return true;
	if (!str_skip(&head, "["))
		return false;
	head = str_trim(head);
	return head.n == 0 || head.p[0] == '{' || head.p[0] == '"' || head.p[0] == '[' ||
	       head.p[0] == ']';
}

static void
use_decoder(struct source *s, enum encoding encoding)
{
	s->doubt = false;
	s->decoder = decoder_new(encoding, s->guess.name);
	if (s->decoder == NULL) /* this system can't; what is no UTF-8 is replaced and counted */
		s->wrong = true;
}

/*
 * n bytes at the window's end, not yet clean; *n becomes how many the decoder made of them.
 * Their place is left as it was without a decoder.
 */
static void
decode_window(struct source *s, size_t *n, bool final)
{
	unsigned long had = decoder_bad(s->decoder);
	char *p = s->win + s->end + s->left;

	buf_reset(&s->decoded);
	decode(s->decoder, str_n(p, *n), final, &s->decoded);
	if (had == 0 && decoder_bad(s->decoder)) {
		s->bad_line = s->cleaner.newlines + 1;
		for (size_t i = 0; i < decoder_bad_at(s->decoder); i++)
			s->bad_line += s->decoded.p[i] == '\n';
	}
	*n = s->decoded.n;
	make_room(s, *n);
	if (*n)
		memcpy(s->win + s->end + s->left, s->decoded.p, *n);
}

/*
 * The text declares an encoding that is no UTF-8. It has it from the first byte beyond
 * ASCII on, unless what stands there reads as UTF-8. Returns how many of the n bytes are
 * to be used now; the others stay where they are until more is known.
 */
static size_t
settle_doubt(struct source *s, size_t n, bool final)
{
	char *p = s->win + s->end + s->left;
	size_t i = 0;
	int looks;

	while (i < n && (unsigned char)p[i] < 0x80)
		i++;
	if (i == n)
		return n;
	looks = clean_looks_utf8(str_n(p + i, n - i));
	if (looks < 0 && !final)
		return i;
	if (looks > 0) {
		s->doubt = false;
		s->wrong = true;
	} else {
		use_decoder(s, s->guess.declared);
	}
	return n;
}

/* n raw bytes stand behind the window's text: makes text of them. */
static void
take(struct source *s, size_t n, bool final)
{
	size_t use = n, held, left;
	char kept[8];

	if (s->doubt)
		use = settle_doubt(s, n, final);
	held = n - use; /* the front of one character at most, and only while in doubt */
	if (held > sizeof(kept))
		held = sizeof(kept);
	if (held)
		memcpy(kept, s->win + s->end + s->left + use, held);
	if (s->decoder)
		decode_window(s, &use, final);
	s->end += clean(&s->cleaner, s->win + s->end, s->left + use, final, &left);
	s->left = left;
	if (held) {
		memcpy(s->win + s->end + s->left, kept, held);
		s->left += held;
	}
	if (final)
		s->bytes_end = true;
}

static void
fix_guess(struct source *s, struct str head)
{
	enum encoding enc;

	guess_encoding(head, &s->guess);
	if (s->guess.encoding != ENC_UTF8) {
		s->decoder = decoder_new(s->guess.encoding, "");
		return;
	}
	s->cleaner.strip_escapes = !is_markup(str_from(head, s->guess.mark));
	if (!s->guess.declares)
		return;
	enc = s->guess.declared;
	if (s->guess.mark)
		s->wrong = enc != ENC_UTF8;
	else if (enc == ENC_UTF16LE || enc == ENC_UTF16BE || enc == ENC_UNKNOWN)
		s->wrong = true;
	else
		s->doubt = enc != ENC_UTF8;
}

/* What the declaration inside UTF-16 text says, and whether colours may be in it. */
static void
look_at_decoded(struct source *s)
{
	struct str text = str_n(s->win + s->at, s->end - s->at);
	enum encoding enc;
	char name[32];

	s->cleaner.strip_escapes = !is_markup(text);
	if (declared_encoding(text, name, &enc))
		s->wrong = enc != ENC_UTF16LE && enc != ENC_UTF16BE;
}

static void
start(struct source *s)
{
	size_t n, mark;

	s->started = true;
	make_room(s, READ_CHUNK);
	n = bytes_fill(&s->bytes, s->win, GUESS_BYTES);
	fix_guess(s, str_n(s->win, n));
	mark = s->guess.mark;
	if (mark)
		memmove(s->win, s->win + mark, n - mark);
	take(s, n - mark, n < GUESS_BYTES);
	if (s->guess.encoding != ENC_UTF8)
		look_at_decoded(s);
}

/* Brings more clean text into the window; false at the end. */
static bool
fill(struct source *s)
{
	size_t before = s->end - s->at, n, want;

	if (!s->started) {
		start(s);
		if (s->end > s->at)
			return true;
	}
	while (!s->bytes_end && s->end - s->at == before) {
		want = s->decoder ? DECODE_CHUNK : READ_CHUNK;
		make_room(s, want);
		if (s->doubt && s->left) { /* what was held back is looked at again */
			size_t held = s->left;

			s->left = 0;
			n = bytes_read(&s->bytes, s->win + s->end + held, want - held);
			take(s, held + n, n == 0);
			continue;
		}
		n = bytes_read(&s->bytes, s->win + s->end + s->left, want);
		take(s, n, n == 0);
	}
	return s->end - s->at > before;
}

struct str
source_head(struct source *s)
{
	while (s->end - s->at < SNIFF_BYTES && fill(s))
		;
	return utf8_head(str_n(s->win + s->at, s->end - s->at), SNIFF_BYTES);
}

size_t
source_read(struct source *s, char *p, size_t n)
{
	size_t have = s->end - s->at;

	if (n == 0)
		return 0;
	if (have == 0) { /* from the window's front again: it stays in the cache */
		if (s->left)
			memmove(s->win, s->win + s->end, s->left);
		s->at = s->end = 0;
		if (!fill(s))
			return 0;
		have = s->end - s->at;
	}
	if (n > have)
		n = have;
	memcpy(p, s->win + s->at, n);
	s->at += n;
	s->delivered += n;
	return n;
}

/* Offset of the LF behind `at`, filling as needed; STR_NPOS: none within a line's limit. */
static size_t
find_line_end(struct source *s, bool *over)
{
	size_t seen = 0, i;

	*over = false;
	for (;;) {
		struct str rest = str_n(s->win + s->at + seen, s->end - s->at - seen);

		i = str_chr(rest, '\n');
		if (i != STR_NPOS)
			return seen + i;
		seen += rest.n;
		if (seen > MAX_LINE_BYTES) {
			*over = true;
			return STR_NPOS;
		}
		if (!fill(s))
			return STR_NPOS;
	}
}

/* The rest of a line that was cut: on the next call, since the line itself is in the window. */
static void
skip_line_rest(struct source *s)
{
	size_t i;

	for (;;) {
		i = str_chr(str_n(s->win + s->at, s->end - s->at), '\n');
		if (i != STR_NPOS) {
			s->at += i + 1;
			s->delivered += i + 1;
			return;
		}
		s->delivered += s->end - s->at;
		s->at = s->end;
		if (!fill(s))
			return;
	}
}

bool
source_line(struct source *s, struct str *line)
{
	size_t n, used;
	bool over;

	if (s->skip_rest) {
		s->skip_rest = false;
		skip_line_rest(s);
	}
	n = find_line_end(s, &over);
	used = n + 1;
	s->open_line = n == STR_NPOS;
	if (n == STR_NPOS) {
		n = used = s->end - s->at;
		if (n == 0)
			return false;
	}
	*line = str_n(s->win + s->at, n);
	if (over || n > MAX_LINE_BYTES) {
		*line = utf8_head(*line, MAX_LINE_BYTES);
		used = line->n;
		s->skip_rest = true;
		s->cut_lines++;
	} else if (n && line->p[n - 1] == '\r') {
		line->n--;
	}
	s->at += used;
	s->delivered += used;
	s->line++;
	return true;
}

bool
source_line_ended(const struct source *s)
{
	return !s->open_line;
}

long
source_line_number(const struct source *s)
{
	return s->line;
}

enum source_status
source_status(const struct source *s)
{
	return s->bytes.status;
}

const char *
source_why(const struct source *s)
{
	return s->bytes.why;
}

uint64_t
source_bytes(const struct source *s)
{
	return s->delivered;
}

unsigned long
source_replaced(const struct source *s)
{
	return s->cleaner.replaced + (s->decoder ? decoder_bad(s->decoder) : 0);
}

long
source_replaced_line(const struct source *s)
{
	long a = s->cleaner.replaced_line, b = s->bad_line;

	return a == 0 ? b : b == 0 || a < b ? a : b;
}

unsigned long
source_cut_lines(const struct source *s)
{
	return s->cut_lines;
}

bool
source_wrong_encoding(const struct source *s)
{
	return s->wrong || (s->cleaner.non_ascii && s->guess.declares &&
		(strcmp(s->guess.name, "us-ascii") == 0 || strcmp(s->guess.name, "ascii") == 0));
}

void
source_digest(struct source *s, char hex[SHA256_HEX])
{
	bytes_digest(&s->bytes, hex);
}

void
source_close(struct source *s)
{
	if (s == NULL)
		return;
	bytes_release(&s->bytes);
	decoder_free(s->decoder);
	buf_release(&s->decoded);
	free(s->win);
	free(s);
}

int
source_slurp(const char *path, size_t max, struct buf *out, char hex[SHA256_HEX],
	struct err *err)
{
	struct source *s = source_open(path);
	struct pos at = { .file = path };
	size_t got;
	int rc = 0;

	source_ceilings(s, (uint64_t)max + 1, 0);
	do {
		buf_reserve(out, READ_CHUNK);
		got = source_read(s, out->p + out->n, READ_CHUNK);
		out->n += got;
		out->p[out->n] = '\0';
	} while (got && out->n <= max);
	if (out->n > max || source_status(s) == SOURCE_OVER_LIMIT)
		rc = err_set(err, at, "the file is larger than %zu bytes", max);
	else if (source_status(s) != SOURCE_OK)
		rc = err_set(err, at, "can't read it: %s", source_why(s));
	if (hex)
		source_digest(s, hex);
	source_close(s);
	return rc;
}
