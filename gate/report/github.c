/*
 * github.c -- workflow commands, which GitHub's runner makes annotations of: the verdict, then
 * what blocks, then what warns, each at its line. Print it into the job's log:
 * gate run --out console=- --out github=-
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 *
 * The runner keeps 10 of a kind for a step and cuts messages at 4,096 characters; a run shows 50
 * for a job. So the most important come first, and the rest is counted.
 */
#include "gate/base/utf8.h"
#include "gate/report/reporter.h"
#include "gate/report/support/escape.h"
#include "gate/report/support/results.h"

#define MAX_OF_A_KIND 10u
#define MESSAGE_BYTES 3900u
#define TITLE_BYTES 200u
#define MESSAGE_LINES 20

static void
property(struct buf *out, const char *name, struct str value)
{
	buf_addf(out, "%s%s=", out->p[out->n - 1] == ' ' ? "" : ",", name);
	escape_command_property(out, value);
}

static void
number(struct buf *out, const char *name, long n)
{
	if (n > 0)
		buf_addf(out, ",%s=%ld", name, n);
}

/* A place in the checkout: what is elsewhere, the forge can't show. */
static bool
is_shown(const struct result *r)
{
	return r->in_tree && r->path.p[0] != '/' && !str_has(r->path, "..");
}

static void
put_place(struct buf *out, const struct result *r)
{
	if (!is_shown(r))
		return;
	property(out, "file", r->path);
	number(out, "line", r->line);
	if (r->line > 0 && r->end_line > r->line)
		number(out, "endLine", r->end_line);
	else if (r->line > 0)
		number(out, "col", r->column); /* not with several lines */
}

/* The message's further lines, where the policy lets them out. */
static void
add_lines(const struct decision *d, const struct result *r, struct buf *text)
{
	struct str rest = r->row.test ? r->row.test->message : r->row.issue ?
		r->row.issue->message : STR_NONE, line;
	int n = 0;

	while (d->delivery.messages == MESSAGES_FULL && str_line(&rest, &line) &&
	    n < MESSAGE_LINES)
		if (str_trim(line).n && n++)
			buf_addf(text, "\n%.*s", STR_FMT(line));
}

static void
put_result(const struct decision *d, const struct result *r, const char *command, struct buf *out)
{
	struct buf title = BUF_INIT, text = BUF_INIT;

	view_title(&r->row, &title);
	result_why(d, r, &text);
	add_lines(d, r, &text);
	buf_addf(out, "::%s ", command);
	put_place(out, r);
	property(out, "title", utf8_head(buf_str(&title), TITLE_BYTES));
	buf_addz(out, "::");
	escape_command_data(out, utf8_head(buf_str(&text), MESSAGE_BYTES));
	buf_addc(out, '\n');
	buf_release(&title);
	buf_release(&text);
}

/* Not results: a row of a rule that warns. */
static struct result
warned(struct view *v, const struct view_row *row)
{
	struct result r = { .row = *row };

	result_place(v->d, &v->mem, &r);
	return r;
}

static size_t
put_warnings(const struct decision *d, struct view *v, size_t most, struct buf *out)
{
	size_t n = 0;

	for (size_t i = 0; i < v->warnings.n; i++)
		for (size_t k = 0; k < v->warnings.v[i].rows.n; k++) {
			struct result r = warned(v, &v->warnings.v[i].rows.v[k]);

			if (n++ < most)
				put_result(d, &r, "warning", out);
		}
	return n > most ? n - most : 0;
}

/* A notice: the change's own edits are for the reviewer, not a fault. */
static void
put_pending(const struct decision *d, struct buf *out)
{
	struct buf text = BUF_INIT;

	if (d->pending.n == 0)
		return;
	buf_addf(&text, "%zu edit%s of the gate in this change %s until merged, not counted",
		d->pending.n, d->pending.n == 1 ? "" : "s", d->pending.n == 1 ? "is pending" :
		"are pending");
	if (d->has_if_merged)
		buf_addf(&text, "; the verdict with %s: %s", d->pending.n == 1 ? "it" : "them",
			verdict_name(d->if_merged));
	for (size_t i = 0; i < d->pending.n && i < MESSAGE_LINES; i++)
		buf_addf(&text, "\n%.*s", STR_FMT(d->pending.v[i].edit));
	buf_addz(out, "::notice title=Pending until merged::");
	escape_command_data(out, utf8_head(buf_str(&text), MESSAGE_BYTES));
	buf_addc(out, '\n');
	buf_release(&text);
}

static void
put_verdict(const struct decision *d, size_t left, struct buf *out)
{
	struct buf text = BUF_INIT;

	buf_add(&text, utf8_head(d->sentence, MESSAGE_BYTES - 600));
	buf_addc(&text, '\n');
	view_counts(d, &text);
	if (left)
		buf_addf(&text, "\n+%zu more results, not annotated", left);
	buf_addf(out, "::%s title=", d->verdict == VERDICT_PASS ? "notice" : "error");
	escape_command_property(out, STR("Regression Gate: "));
	escape_command_property(out, utf8_head(d->name, TITLE_BYTES));
	buf_addz(out, "::");
	escape_command_data(out, utf8_head(buf_str(&text), MESSAGE_BYTES));
	buf_addc(out, '\n');
	buf_release(&text);
}

static void
github_render(const struct decision *d, const struct render_options *opt, struct buf *out)
{
	size_t most = d->delivery.annotations < MAX_OF_A_KIND ?
		(size_t)d->delivery.annotations : MAX_OF_A_KIND, errors, left;
	struct buf rows = BUF_INIT;
	struct results all;

	(void)opt;
	results_init(&all, d);
	/* The verdict is an error too. */
	errors = most == MAX_OF_A_KIND && d->verdict != VERDICT_PASS ? most - 1 : most;
	for (size_t i = 0; i < all.nblocking && i < errors; i++)
		put_result(d, &all.all.v[i], "error", &rows);
	left = all.nblocking > errors ? all.nblocking - errors : 0;
	left += put_warnings(d, &all.view, most, &rows);
	put_verdict(d, left, out);
	buf_add(out, buf_str(&rows));
	put_pending(d, out);
	buf_release(&rows);
	results_release(&all);
}

const struct reporter reporter_github = {
	.name = "github",
	.help = "annotations as GitHub's workflow commands, for the job's log",
	.beside = true,
	.render = github_render,
};
