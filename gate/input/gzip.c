/* gzip.c -- see gzip.h. */
#include "gate/input/gzip.h"

#include <zlib.h>

#include "gate/base/limits.h"
#include "gate/base/mem.h"

void
gzip_add(struct buf *out, struct str text)
{
	z_stream z = { 0 };
	int rc = Z_OK;

	/* 16: a gzip header, which zlib writes without a time. */
	if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8,
		    Z_DEFAULT_STRATEGY) != Z_OK)
		mem_die("zlib");
	while (rc != Z_STREAM_END) {
		size_t n = text.n > (1u << 30) ? 1u << 30 : text.n;

		z.next_in = (unsigned char *)(uintptr_t)text.p;
		z.avail_in = (unsigned)n;
		buf_reserve(out, READ_CHUNK);
		z.next_out = (unsigned char *)out->p + out->n;
		z.avail_out = READ_CHUNK;
		rc = deflate(&z, n == text.n ? Z_FINISH : Z_NO_FLUSH);
		if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
			mem_die("zlib");
		text = str_from(text, n - z.avail_in);
		out->n += READ_CHUNK - z.avail_out;
		out->p[out->n] = '\0';
	}
	deflateEnd(&z);
}
