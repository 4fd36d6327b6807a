/* forge_access.c -- see forge_access.h. */
#include "gate/forge_access.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/num.h"
#include "gate/input/source.h"
#include "gate/report/support/escape.h"

#define MAX_TOKEN_BYTES 8192u

enum forge
forge_named(const char *word)
{
	return strcmp(word, "github") == 0 ? FORGE_GITHUB :
		strcmp(word, "gitlab") == 0 ? FORGE_GITLAB : FORGE_NONE;
}

void
forge_say(const char *prefix, struct str text)
{
	struct buf b = BUF_INIT;

	buf_addz(&b, prefix);
	escape_terminal(&b, text);
	fprintf(stderr, "%s\n", buf_z(&b));
	buf_release(&b);
}

static void
on_trace(void *ctx, struct str line)
{
	(void)ctx;
	forge_say("gate: http: ", line);
}

/* A token that everybody on the machine may read is worth a word. */
static void
check_token_file(const char *file)
{
	struct stat st;

	if (stat(file, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & (S_IRGRP | S_IROTH)))
		fprintf(stderr, "gate: warning: other users may read the token's file\n"
			"hint: chmod 600 %s\n", file);
}

int
forge_access_find(struct forge_access *a, enum forge forge, struct err *err)
{
	const char *v;

	if (a->ca_file && access(a->ca_file, R_OK) != 0)
		return err_set(err, (struct pos){ .file = a->ca_file },
			"--cacert: it can't be read");
	if (a->token_file) {
		if (source_slurp(a->token_file, MAX_TOKEN_BYTES, &a->token, NULL, err) < 0)
			return -1;
		check_token_file(a->token_file);
		return 0;
	}
	v = getenv("GATE_TOKEN");
	if (v == NULL || v[0] == 0)
		v = getenv(forge == FORGE_GITHUB ? "GITHUB_TOKEN" : "GITLAB_TOKEN");
	buf_addz(&a->token, v ? v : "");
	return 0;
}

static double
sleep_scale(void)
{
	double scale = 1;

	if (!num_double(str_of(getenv("GATE_SLEEP_SCALE")), &scale) || scale < 0 || scale > 1000)
		return 1;
	return scale;
}

struct http *
forge_access_open(const struct forge_access *a, const struct forge_ops *ops,
	const struct build *b, struct err *err)
{
	struct http_options o = { .base = b->api, .token_header = ops->token_header,
		.accept = ops->accept, .version = ops->version, .ca_file = a->ca_file,
		.token = str_trim(buf_str(&a->token)), .sleep_scale = sleep_scale() };
	struct buf ca = BUF_INIT;
	struct http *h;

	buf_add(&ca, b->ca_file);
	if (o.ca_file == NULL && ca.n)
		o.ca_file = ca.p;
	if (a->verbose)
		o.trace = on_trace;
	h = http_new(&o, err);
	buf_release(&ca);
	return h;
}

void
forge_access_release(struct forge_access *a)
{
	if (a->token.p)
		memset(a->token.p, 0, a->token.n);
	buf_release(&a->token);
}
