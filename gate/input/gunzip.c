/* gunzip.c -- see gunzip.h. */
#include "gate/input/gunzip.h"

#include <zlib.h>

#include "gate/base/limits.h"
#include "gate/base/mem.h"

struct gunzip {
	z_stream z;
	gunzip_pull *pull;
	void *ctx;
	enum gunzip_state state;
	const char *why;
	uint64_t in, out; /* zlib's own totals start anew with each member */
	bool ended;
	unsigned char raw[READ_CHUNK];
};

bool
gunzip_magic(struct str head)
{
	return head.n >= 2 && (unsigned char)head.p[0] == 0x1f && (unsigned char)head.p[1] == 0x8b;
}

struct gunzip *
gunzip_new(gunzip_pull *pull, void *ctx, struct str first)
{
	struct gunzip *g = xcalloc(1, sizeof(*g));

	g->pull = pull;
	g->ctx = ctx;
	g->why = "";
	first = str_to(first, sizeof(g->raw));
	if (first.n)
		memcpy(g->raw, first.p, first.n);
	g->z.next_in = g->raw;
	g->z.avail_in = (unsigned)first.n;
	if (inflateInit2(&g->z, 16 + MAX_WBITS) != Z_OK) /* 16: gzip with header and checksum */
		mem_die("zlib");
	return g;
}

/* False when there are no more bytes as found. */
static bool
more(struct gunzip *g)
{
	if (g->z.avail_in)
		return true;
	g->z.next_in = g->raw;
	g->z.avail_in = (unsigned)g->pull(g->ctx, (char *)g->raw, sizeof(g->raw));
	return g->z.avail_in != 0;
}

static void
stop(struct gunzip *g, enum gunzip_state state, const char *why)
{
	g->ended = true;
	g->state = state;
	g->why = why;
}

/* Tapes and some archivers pad with zeros; anything else behind a member must be another. */
static void
next_member(struct gunzip *g)
{
	bool padded = false;

	while (more(g) && *g->z.next_in == 0) {
		g->z.next_in++, g->z.avail_in--, g->in++;
		padded = true;
	}
	if (!more(g))
		stop(g, GUNZIP_OK, "");
	else if (padded || *g->z.next_in != 0x1f)
		stop(g, GUNZIP_BROKEN, "bytes that are not gzip follow the gzip data");
	else if (inflateReset(&g->z) != Z_OK)
		mem_die("zlib");
}

size_t
gunzip_read(struct gunzip *g, char *p, size_t n)
{
	unsigned want = n > READ_CHUNK * 16 ? READ_CHUNK * 16 : (unsigned)n;
	unsigned before;
	int rc;

	g->z.next_out = (unsigned char *)p;
	g->z.avail_out = want;
	while (!g->ended && g->z.avail_out == want) {
		if (!more(g)) {
			stop(g, GUNZIP_CUT, "the gzip data end in the middle");
			break;
		}
		before = g->z.avail_in;
		rc = inflate(&g->z, Z_NO_FLUSH);
		g->in += before - g->z.avail_in;
		if (rc == Z_STREAM_END)
			next_member(g);
		else if (rc == Z_MEM_ERROR)
			mem_die("zlib");
		else if (rc != Z_OK && rc != Z_BUF_ERROR)
			stop(g, GUNZIP_BROKEN, "the gzip data are broken");
	}
	g->out += want - g->z.avail_out;
	return want - g->z.avail_out;
}

enum gunzip_state
gunzip_state(const struct gunzip *g)
{
	return g->state;
}

const char *
gunzip_why(const struct gunzip *g)
{
	return g->why;
}

uint64_t
gunzip_in(const struct gunzip *g)
{
	return g->in;
}

uint64_t
gunzip_out(const struct gunzip *g)
{
	return g->out;
}

void
gunzip_free(struct gunzip *g)
{
	if (g == NULL)
		return;
	inflateEnd(&g->z);
	free(g);
}
