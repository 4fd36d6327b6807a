/*
 * codequality.c -- GitLab's Code Quality report: a list of what is wrong at which line, for the
 * merge request's widget, which compares the target branch's list with this one by fingerprint.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 *
 * Known failures are in it too: else they would look fixed here and new on the target branch.
 */
#include "gate/base/utf8.h"
#include "gate/report/reporter.h"
#include "gate/report/support/json_out.h"
#include "gate/report/support/results.h"

#define MAX_ENTRIES 20000u
#define DESCRIPTION_BYTES 500u

/* What blocks outranks what a tool or a register calls it. */
static const char *
severity_of(const struct result *r)
{
	static const char *const words[LEVELS] = {
		[LEVEL_UNKNOWN] = "major", [LEVEL_INFO] = "info", [LEVEL_LOW] = "minor",
		[LEVEL_MEDIUM] = "major", [LEVEL_HIGH] = "critical", [LEVEL_CRITICAL] = "critical",
	};

	if (r->blocks)
		return "blocker";
	return r->row.judged && r->row.judged->excused ? "info" : words[r->level];
}

static json_t *
entry_json(const char *check, struct str text, const char *severity, const char *fingerprint,
	struct str path, long line)
{
	struct buf plain = BUF_INIT;
	json_t *o;

	utf8_plain(&plain, utf8_head(text, DESCRIPTION_BYTES));
	o = json_pack("{s:o, s:o, s:s, s:s, s:{s:o, s:{s:I}}}", "description",
		json_text(buf_str(&plain)), "check_name", json_text(str_of(check)), "severity",
		severity, "fingerprint", fingerprint, "location", "path", json_text(path), "lines",
		"begin", (json_int_t)(line > 0 ? line : 1));
	buf_release(&plain);
	return o;
}

static json_t *
result_entry(const struct decision *d, struct results *all, const struct result *r)
{
	char hex[SHA256_HEX];
	struct buf text = BUF_INIT;
	json_t *o;

	result_fingerprint(d, r, hex);
	result_text(d, r, &text);
	o = entry_json(arena_z(&all->view.mem, r->check), buf_str(&text), severity_of(r), hex,
		r->path, r->line);
	buf_release(&text);
	return o;
}

/* What is left out is said where the others stand. */
static json_t *
rest_entry(const struct decision *d, const struct results *all, size_t left)
{
	struct buf text = BUF_INIT, key = BUF_INIT;
	char hex[SHA256_HEX];
	json_t *o;

	buf_addf(&text, "+%zu more results, not listed here", left);
	buf_add(&key, d->name);
	buf_addz(&key, "\nmore");
	sha256_of(buf_str(&key), hex);
	o = entry_json("gate", buf_str(&text), "info", hex, all->all.v[0].path, 1);
	buf_release(&text);
	buf_release(&key);
	return o;
}

static void
codequality_render(const struct decision *d, const struct render_options *opt, struct buf *out)
{
	struct results all;
	size_t n;

	(void)opt;
	results_init(&all, d);
	n = all.all.n > MAX_ENTRIES ? MAX_ENTRIES - 1 : all.all.n;
	buf_addc(out, '[');
	for (size_t i = 0; i < n; i++) {
		buf_addz(out, i ? ",\n " : "\n ");
		json_write(out, result_entry(d, &all, &all.all.v[i]), 1);
	}
	if (n < all.all.n) {
		buf_addz(out, ",\n ");
		json_write(out, rest_entry(d, &all, all.all.n - n), 1);
	}
	buf_addz(out, n ? "\n]\n" : "]\n");
	results_release(&all);
}

const struct reporter reporter_codequality = {
	.name = "codequality",
	.help = "GitLab's Code Quality report: failing tests and results, known ones too",
	.render = codequality_render,
};
