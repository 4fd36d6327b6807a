/* cmd_env.c -- `gate env`: what was detected about the build, and from what it would deliver. */
#include <stdio.h>

#include "gate/build_here.h"
#include "gate/command.h"
#include "gate/report/support/escape.h"
#include "gate/report/support/json_out.h"
#include "gate/version.h"

static const char *
token_source(enum forge forge)
{
	const char *own = forge == FORGE_GITLAB ? "GITLAB_TOKEN" :
		forge == FORGE_GITHUB ? "GITHUB_TOKEN" : NULL;
	const char *v = getenv("GATE_TOKEN");

	if (v && v[0])
		return "GATE_TOKEN";
	v = own ? getenv(own) : NULL;
	return v && v[0] ? own : NULL;
}

static void
put_json(const struct build *b, struct buf *out)
{
	const char *token = token_source(b->forge);
	json_t *o = json_object(), *build = json_object();

	if (b->forge == FORGE_NONE) {
		json_decref(build);
		build = json_null();
	} else {
		json_put(build, "forge", json_string(forge_name(b->forge)));
		json_put(build, "project", json_text_or_null(b->project));
		json_put(build, "revision", json_text_or_null(b->revision));
		json_put(build, "base", json_text_or_null(b->base));
		json_put(build, "change", json_line_or_null(b->change));
		json_put(build, "fork", json_boolean(b->fork));
		json_put(build, "queue", json_boolean(b->queue));
		json_put(build, "event", json_text_or_null(b->event));
		json_put(build, "api", json_text_or_null(b->api));
		json_put(build, "server", json_text_or_null(b->server));
		json_put(build, "ref", json_text_or_null(b->ref));
		json_put(build, "run_url", json_text_or_null(b->run_url));
		json_put(build, "note", json_text_or_null(b->note));
	}
	json_put(o, "schema", json_string("regression-gate/env@1"));
	json_put(o, "version", json_string(GATE_VERSION));
	json_put(o, "build", build);
	json_put(o, "token", token ? json_string(token) : json_null());
	json_write(out, o, 0);
	buf_addc(out, '\n');
}

static void
line(struct buf *out, const char *what, struct str s)
{
	if (s.n == 0)
		return;
	buf_addf(out, "%-9s ", what);
	escape_terminal(out, s);
	buf_addc(out, '\n');
}

static void
put_text(const struct build *b, struct buf *out)
{
	const char *token = token_source(b->forge);

	if (b->forge == FORGE_NONE) {
		buf_addz(out, "forge     none: neither GITHUB_ACTIONS nor GITLAB_CI is `true`\n");
		return;
	}
	line(out, "forge", str_of(forge_name(b->forge)));
	line(out, "event", b->event);
	line(out, "project", b->project);
	line(out, "revision", b->revision);
	line(out, "base", b->base);
	if (b->change)
		buf_addf(out, "%-9s %ld%s\n", "change", b->change,
			b->fork ? ", from another project" : "");
	if (b->queue)
		line(out, "queue", STR("a merge queue's own build"));
	line(out, "ref", b->ref);
	line(out, "run", b->run_url);
	line(out, "api", b->api);
	line(out, "server", b->server);
	line(out, "token", token ? str_of(token) : STR("none"));
	line(out, "note", b->note);
}

static int
env_run(const struct args *args)
{
	struct arena mem = { 0 };
	struct buf out = BUF_INIT;
	struct build b;
	int rc;

	if (args_operands(args)) {
		fputs("gate env: error: it takes no operands\nhint: gate env --help\n", stderr);
		return EXIT_INVALID;
	}
	build_here(&mem, FORGE_NONE, &b);
	if (args_has(args, "json"))
		put_json(&b, &out);
	else
		put_text(&b, &out);
	rc = output_write("-", buf_str(&out)) < 0 ? EXIT_INCONCLUSIVE : EXIT_PASS;
	buf_release(&out);
	arena_release(&mem);
	return rc;
}

static const struct option options[] = {
	{ .name = "json", .help = "regression-gate/env@1" },
	{ 0 },
};

const struct command cmd_env = {
	.name = "env",
	.usage = "[--json]",
	.help = "what was detected: forge, project, revision, base, change; which token is at hand",
	.options = options,
	.run = env_run,
};
