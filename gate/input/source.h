/*
 * source.h -- a pull reader: a file or standard input as clean UTF-8.
 *
 * Layers, each only when the content asks for it: the bytes as found (their SHA-256 is
 * taken here), gzip inflated (by its magic, not by name; several members; bounded), text
 * decoded to UTF-8 (BOM, UTF-16 with or without BOM, a declared XML encoding that the
 * bytes bear out), control characters and invalid bytes replaced one for one by U+FFFD or
 * '?', each counted. Terminal escape sequences (colours) are taken out of what is not XML or
 * JSON, uncounted. A source never holds more than a window of its input.
 */
#ifndef GATE_INPUT_SOURCE_H
#define GATE_INPUT_SOURCE_H

#include "gate/base/hash.h"
#include "gate/base/str.h"

enum source_status {
	SOURCE_OK,
	SOURCE_MISSING,    /* does not exist */
	SOURCE_UNREADABLE, /* a folder, no permission, an I/O error: source_why says which */
	SOURCE_TRUNCATED,  /* a cut gzip member */
	SOURCE_MALFORMED,  /* gzip with a wrong checksum or broken data */
	SOURCE_OVER_LIMIT, /* past MAX_REPORT_BYTES or MAX_INFLATE_RATIO */
};

struct source;

/* `path` "-" is standard input. Never NULL: look at source_status. */
struct source *source_open(const char *path);
struct source *source_of_memory(struct str text);  /* borrowed; for tests and nested texts */
/*
 * The first bytes (decoded, at most SNIFF_BYTES), without consuming them. Valid until the
 * next call on this source.
 */
struct str source_head(struct source *s);
/*
 * Copies up to n decoded bytes to p; 0 at the end or at an error (see source_status).
 * For xmlCreateIOParserCtxt and friends.
 */
size_t source_read(struct source *s, char *p, size_t n);
/*
 * The next line without its end, valid until the next call; false at the end. Lines over
 * MAX_LINE_BYTES are cut, the rest of the line is skipped and counted.
 */
bool source_line(struct source *s, struct str *line);
bool source_line_ended(const struct source *s);    /* the line given last had its end */
long source_line_number(const struct source *s);   /* of the line source_line gave last */
enum source_status source_status(const struct source *s);
const char *source_why(const struct source *s);    /* one phrase, "" when SOURCE_OK */
uint64_t source_bytes(const struct source *s);     /* decoded bytes delivered so far */
unsigned long source_replaced(const struct source *s);  /* characters that were replaced */
long source_replaced_line(const struct source *s); /* line of the first one, 0 for none */
unsigned long source_cut_lines(const struct source *s);
/* Lower ceilings than limits.h has, before the first read; 0 keeps one. */
void source_ceilings(struct source *s, uint64_t max_bytes, unsigned max_ratio);
bool source_wrong_encoding(const struct source *s); /* the declared encoding is not the real one */
/*
 * Reads what is left (so that the digest is of the whole file) and writes the digest of
 * the bytes as found.
 */
void source_digest(struct source *s, char hex[SHA256_HEX]);
void source_close(struct source *s);

/*
 * A whole small file (policy, register), decoded as above, into `out`; at most max bytes.
 * Returns 0, or -1 with *err set (file named, errno's words). hex may be NULL.
 */
struct buf;
struct err;
int source_slurp(const char *path, size_t max, struct buf *out, char hex[SHA256_HEX],
	struct err *err);

#endif
