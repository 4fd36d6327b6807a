/*
 * bytes.h -- the bytes of a file, of standard input or of a memory, inflated when they are
 * gzip (by their magic, not by a name), counted against ceilings, and digested as found.
 */
#ifndef GATE_INPUT_BYTES_H
#define GATE_INPUT_BYTES_H

#include "gate/input/gunzip.h"
#include "gate/input/source.h"

struct bytes {
	enum source_status status;
	char why[160];
	int fd;            /* -1: memory */
	bool own_fd;
	bool endless;      /* may be: a device, a pipe */
	struct str memory; /* what is left of it */
	struct sha256 *sha;
	bool started;      /* the magic was looked for */
	bool found_end;    /* no more bytes as found */
	struct gunzip *gunzip;
	uint64_t total, max_bytes;
	unsigned max_ratio;
};

void bytes_init(struct bytes *b);
void bytes_open(struct bytes *b, const char *path); /* "-": standard input */
/* Up to n inflated bytes; 0 at the end or at an error, which status tells. */
size_t bytes_read(struct bytes *b, char *p, size_t n);
/* The same, but less than n only when no more come. */
size_t bytes_fill(struct bytes *b, char *p, size_t n);
/* Reads what is left, as found. Once. Of what may never end, a part; then no digest is given. */
void bytes_digest(struct bytes *b, char hex[SHA256_HEX]);
void bytes_release(struct bytes *b);

#endif
