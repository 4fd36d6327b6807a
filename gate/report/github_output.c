/*
 * github_output.c -- a step's outputs for the steps and jobs that follow: append it to the file
 * that GITHUB_OUTPUT names.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 *
 * Always NAME<<DELIMITER, value, DELIMITER: no text in a value can end it or set another output.
 */
#include "gate/base/utf8.h"
#include "gate/report/reporter.h"
#include "gate/report/support/document.h"
#include "gate/report/support/json_out.h"
#include "gate/report/support/results.h"

#define VALUE_BYTES 4000u

static bool
has_line(struct str s, struct str what)
{
	struct str line;

	while (str_line(&s, &line))
		if (str_eq(line, what))
			return true;
	return false;
}

/* The delimiter is the value's own hash: no value holds it, and equal runs write equal bytes. */
static void
put(struct buf *out, const char *name, const char *more, struct str value)
{
	struct buf delimiter = BUF_INIT, plain = BUF_INIT;
	char hex[SHA256_HEX];

	utf8_plain(&plain, utf8_head(value, VALUE_BYTES));
	sha256_of(buf_str(&plain), hex);
	buf_addf(&delimiter, "gate_%s", hex);
	while (has_line(buf_str(&plain), buf_str(&delimiter)))
		buf_addc(&delimiter, '_');
	buf_addf(out, "%s%s<<%s\n", name, more, buf_z(&delimiter));
	buf_add(out, buf_str(&plain));
	buf_addf(out, "\n%s\n", buf_z(&delimiter));
	buf_release(&delimiter);
	buf_release(&plain);
}

static void
number(struct buf *out, const char *name, long n)
{
	struct buf value = BUF_INIT;

	buf_addf(&value, "%ld", n);
	put(out, name, "", buf_str(&value));
	buf_release(&value);
}

static void
put_counts(struct buf *out, const struct decision *d)
{
	json_t *o = json_object();
	char *text;

	for (int i = 0; i < CLASSES; i++)
		json_put(o, class_name((enum class)i), json_integer(d->counts[i]));
	text = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS);
	put(out, "counts", "", str_of(text));
	free(text);
	json_decref(o);
}

static void
github_output_render(const struct decision *d, const struct render_options *opt, struct buf *out)
{
	char hex[SHA256_HEX];
	struct results all;

	document_digest(d, hex);
	results_init(&all, d);
	put(out, "verdict", "", str_of(verdict_name(d->verdict)));
	number(out, "exit", d->exit);
	put(out, "sentence", "", d->sentence);
	put(out, "name", "", d->name);
	put(out, "digest", "", str_of(hex));
	number(out, "blocking", (long)all.nblocking);
	number(out, "new-failures", d->counts[CLASS_NEW_FAILURE]);
	number(out, "regressions", d->counts[CLASS_REGRESSION]);
	number(out, "known-failures", d->counts[CLASS_KNOWN_FAILURE]);
	number(out, "failed-fixes", d->counts[CLASS_FAILED_FIX]);
	number(out, "flaky", d->counts[CLASS_FLAKY] + d->counts[CLASS_KNOWN_FLAKY]);
	number(out, "fixed", d->counts[CLASS_FIXED]);
	number(out, "new-issues", d->counts[CLASS_NEW_ISSUE]);
	put_counts(out, d);
	for (size_t i = 0; i < opt->nwritten; i++)
		put(out, opt->written[i].format, "-file", str_of(opt->written[i].path));
	results_release(&all);
}

const struct reporter reporter_github_output = {
	.name = "github-output",
	.help = "a step's outputs, added to the file of GITHUB_OUTPUT: verdict, counts, paths",
	.append = true,
	.render = github_output_render,
};
