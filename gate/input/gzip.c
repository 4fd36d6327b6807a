/* gzip.c -- see gzip.h. */
#include "gate/input/gzip.h"

#include <zlib.h>

#include "gate/base/limits.h"
#include "gate/base/mem.h"

struct gzip {
	z_stream z;
	struct buf *out;
};

struct gzip *
gzip_begin(struct buf *out)
{
	struct gzip *g = xcalloc(1, sizeof(*g));

	g->out = out;
	/* 16: a gzip header, which zlib writes without a time. */
	if (deflateInit2(&g->z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8,
		    Z_DEFAULT_STRATEGY) != Z_OK)
		mem_die("zlib");
	return g;
}

static int
step(struct gzip *g, int flush)
{
	int rc;

	buf_reserve(g->out, READ_CHUNK);
	g->z.next_out = (unsigned char *)g->out->p + g->out->n;
	g->z.avail_out = READ_CHUNK;
	rc = deflate(&g->z, flush);
	if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
		mem_die("zlib");
	g->out->n += READ_CHUNK - g->z.avail_out;
	g->out->p[g->out->n] = '\0';
	return rc;
}

void
gzip_more(struct gzip *g, struct str text)
{
	while (text.n) {
		size_t n = text.n > (1u << 30) ? 1u << 30 : text.n;

		g->z.next_in = (unsigned char *)(uintptr_t)text.p;
		g->z.avail_in = (unsigned)n;
		step(g, Z_NO_FLUSH);
		text = str_from(text, n - g->z.avail_in);
	}
}

void
gzip_end(struct gzip *g)
{
	g->z.avail_in = 0;
	while (step(g, Z_FINISH) != Z_STREAM_END)
		;
	deflateEnd(&g->z);
	free(g);
}

void
gzip_add(struct buf *out, struct str text)
{
	struct gzip *g = gzip_begin(out);

	gzip_more(g, text);
	gzip_end(g);
}
