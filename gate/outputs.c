/* outputs.c -- see outputs.h. */
#include "gate/outputs.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "gate/base/near.h"
#include "gate/base/num.h"

static int
unknown_format(const struct args *args, struct str name)
{
	const char *known[64] = { NULL };
	const char *near;

	for (size_t i = 0; i < 63 && reporters[i]; i++)
		known[i] = reporters[i]->name;
	near = nearest_word(name, known);
	fprintf(stderr, "gate %s: error: unknown output format '%.*s'\n", args->command,
		STR_FMT(name));
	if (near)
		fprintf(stderr, "hint: did you mean '%s'?\n", near);
	else
		fputs("hint: `gate list reporters` lists them; write --out FORMAT=FILE\n", stderr);
	return -1;
}

static bool
has_output(const struct outputs *outs, const char *path)
{
	for (size_t i = 0; i < outs->n; i++)
		if (strcmp(outs->v[i].path, path) == 0)
			return true;
	return false;
}

/* The console's report and commands to the runner may both go into the job's log. */
static bool
clashes(const struct outputs *outs, const struct reporter *r, const char *path)
{
	for (size_t i = 0; i < outs->n; i++) {
		const struct output *o = &outs->v[i];

		if (strcmp(o->path, path) == 0 && (strcmp(path, "-") != 0 || o->reporter == r ||
		    !o->reporter->beside || !r->beside))
			return true;
	}
	return false;
}

int
outputs_parse(struct outputs *outs, const struct args *args)
{
	const char *value;

	for (size_t i = 0; (value = args_nth(args, "out", i)) != NULL; i++) {
		struct str name = str_of(value), path;
		struct output *o;

		str_cut(&name, "=", &path);
		if (reporter_find(name) == NULL)
			return unknown_format(args, name);
		if (path.n == 0) {
			fprintf(stderr, "gate %s: error: --out '%s' names no file\n"
				"hint: write --out FORMAT=FILE\n", args->command, value);
			return -1;
		}
		if (clashes(outs, reporter_find(name), path.p)) {
			fprintf(stderr, "gate %s: error: two --out want %s\n", args->command,
				str_eqz(path, "-") ? "the standard output" : path.p);
			return -1;
		}
		o = vec_push(outs);
		o->reporter = reporter_find(name);
		o->path = path.p; /* the end of value: NUL-terminated */
	}
	if (!has_output(outs, "-")) {
		struct output *o = vec_push(outs);

		o->reporter = reporter_find(STR("console"));
		o->path = "-";
	}
	return 0;
}

static int
want_color(const struct args *args, bool *color)
{
	const char *when = args_get(args, "color");
	const char *term = getenv("TERM"), *no = getenv("NO_COLOR");

	if (when == NULL || strcmp(when, "auto") == 0) {
		*color = isatty(STDOUT_FILENO) && (no == NULL || no[0] == '\0') && term != NULL &&
			strcmp(term, "dumb") != 0;
		return 0;
	}
	*color = strcmp(when, "always") == 0;
	if (*color || strcmp(when, "never") == 0)
		return 0;
	fprintf(stderr, "gate %s: error: --color '%s': write auto, always or never\n",
		args->command, when);
	return -1;
}

/* Only a terminal has a width: what goes into a file or a pipe is the same on every machine. */
static int
terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize ws;
	long n;

	if (columns && num_long(str_of(columns), 40, 1000, &n))
		return (int)n;
	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_col >= 40)
		return ws.ws_col;
	return 100;
}

/* Adds to a file that others write to as well, within what it may hold. */
static int
add_output(const struct output *o, const struct decision *d, struct render_options render)
{
	size_t there = output_size(o->path);
	struct buf b = BUF_INIT;
	int rc = 0;

	if (o->reporter->most)
		render.room = there < o->reporter->most ? o->reporter->most - there : 1;
	o->reporter->render(d, &render, &b);
	if (b.n)
		rc = output_append(o->path, buf_str(&b));
	else
		fprintf(stderr, "gate: note: nothing was added to %s: it is full\n", o->path);
	buf_release(&b);
	return rc;
}

static int
replace_output(const struct output *o, const struct decision *d,
	const struct render_options *render)
{
	struct buf b = BUF_INIT;
	int rc;

	o->reporter->render(d, render, &b);
	rc = output_write(o->path, buf_str(&b));
	buf_release(&b);
	return rc;
}

/* What is added to files of the runner comes last: it may name the others. */
int
outputs_write(const struct outputs *outs, const struct decision *d,
	const struct render_options *render)
{
	VEC(struct written) written = { 0 };
	struct render_options last = *render;
	int failed = 0;

	for (size_t i = 0; i < outs->n; i++) {
		const struct output *o = &outs->v[i];

		if (o->reporter->append)
			continue;
		if (replace_output(o, d, render) < 0)
			failed++;
		else if (strcmp(o->path, "-") != 0)
			*vec_push(&written) = (struct written){ o->reporter->name, o->path };
	}
	last.written = written.v;
	last.nwritten = written.n;
	for (size_t i = 0; i < outs->n; i++)
		if (outs->v[i].reporter->append)
			failed += add_output(&outs->v[i], d, last) < 0;
	vec_release(&written);
	return failed;
}

int
outputs_manner(struct render_options *render, const struct args *args)
{
	render->width = terminal_width();
	if (args_has(args, "quiet"))
		render->verbosity = -1;
	else if (args_has(args, "verbose"))
		render->verbosity = 1;
	return want_color(args, &render->color);
}

bool
outputs_take_stdout(const struct args *args)
{
	const char *value;

	for (size_t i = 0; (value = args_nth(args, "out", i)) != NULL; i++)
		if (str_ends(str_of(value), "=-"))
			return true;
	return false;
}
