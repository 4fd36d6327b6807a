/*
 * cmd_explain.c -- `gate explain`: why the verdict, or why one test, issue, finding, rule or
 * input is what it is. From a decision made earlier, or from one made now.
 */
#include <stdio.h>

#include "gate/decision_file.h"
#include "gate/model/seen.h"
#include "gate/pipeline.h"
#include "gate/report/reporter.h"
#include "gate/report/support/escape.h"
#include "gate/report/support/explain.h"

#define NEAR_SHOWN 8

/* The same arguments without operands, which are reports to the pipeline and names to us. */
static int
judge(struct pipeline *p, const struct args *args, json_t **doc)
{
	const struct reporter *json = reporter_find(STR("json"));
	struct args options = { .command = args->command };
	struct buf text = BUF_INIT;
	json_error_t why;
	int rc;

	for (size_t i = 0; i < args->n; i++)
		if (args->v[i].option)
			*vec_push(&options) = args->v[i];
	rc = pipeline_run(p, &options);
	if (rc == 0) {
		json->render(&p->decision, &(struct render_options){ 0 }, &text);
		*doc = json_loadb(buf_z(&text), text.n, JSON_ALLOW_NUL, &why);
	}
	buf_release(&text);
	args_release(&options);
	return rc;
}

/* A case that only passed or was skipped is in no decision, but the run has seen it. */
static bool
seen_only(const struct decision *d, struct str name, struct buf *out)
{
	uint64_t key = seen_key(name);

	for (size_t i = 0; d && i < d->run->producers.n; i++) {
		const struct producer *p = &d->run->producers.v[i];

		for (size_t k = 0; k < p->legs.n; k++) {
			const struct leg_cases *leg = &p->legs.v[k];
			size_t at = seen_find(leg->v, leg->n, key);

			if (at == leg->n)
				continue;
			escape_terminal(out, name);
			buf_addf(out, ": %s in ", outcome_name(SEEN_OUTCOME(leg->v[at])));
			escape_terminal(out, p->spec->name);
			buf_addz(out, "; nothing in the decision rests on it\n");
			return true;
		}
	}
	return false;
}

static int
unknown(const json_t *doc, struct str name)
{
	struct str near[NEAR_SHOWN];
	size_t more, n = explain_near(doc, name, near, NEAR_SHOWN, &more);
	struct buf b = BUF_INIT;

	buf_addz(&b, "gate explain: error: nothing in the decision is called '");
	escape_terminal(&b, name);
	buf_addz(&b, "'\n");
	if (n == 0)
		buf_addz(&b, "hint: `gate explain` alone lists what the verdict rests on\n");
	else
		buf_addf(&b, "hint: did you mean%s\n", n == 1 ? " this?" : " one of these?");
	for (size_t i = 0; i < n; i++) {
		buf_addz(&b, "  ");
		escape_terminal(&b, near[i]);
		buf_addc(&b, '\n');
	}
	if (more)
		buf_addf(&b, "  +%zu more\n", more);
	fputs(buf_z(&b), stderr);
	buf_release(&b);
	return EXIT_INVALID;
}

static int
explain_all(struct explain *e, const struct args *args)
{
	size_t n = args_operands(args);
	int rc = 0;

	if (n == 0)
		explain_verdict(e);
	for (size_t i = 0; i < n; i++) {
		struct str name = str_of(args_operand(args, i));

		if (e->l.out->n)
			buf_addc(e->l.out, '\n');
		if (explain_name(e, name) == 0 && !seen_only(e->d, name, e->l.out))
			rc = unknown(e->doc, name);
	}
	return rc;
}

static int
explain_run(const struct args *args)
{
	const char *path = args_get(args, "decision");
	struct pipeline p = { 0 };
	struct buf out = BUF_INIT;
	struct explain e = { .l = { .out = &out, .whole = args_has(args, "verbose") } };
	struct err err = { 0 };
	json_t *doc = path ? decision_file_read(path, &err) : NULL;
	int rc = path ? (doc ? 0 : EXIT_INVALID) : judge(&p, args, &doc);

	if (err.set)
		err_print(stderr, &err);
	if (rc == 0) {
		e.doc = doc;
		e.d = path ? NULL : &p.decision;
		rc = explain_all(&e, args);
	}
	if (out.n && output_write("-", buf_str(&out)) < 0)
		rc = EXIT_INCONCLUSIVE;
	lines_release(&e.l);
	buf_release(&out);
	json_decref(doc);
	if (path == NULL)
		pipeline_release(&p);
	return rc;
}

static const struct option options[] = {
	PIPELINE_OPTIONS,
	{ .name = "decision", .arg = "FILE",
	  .help = "explain this decision (JSON) instead of judging" },
	{ .name = "verbose", .letter = 'v', .help = "cut no list short" },
	{ 0 },
};

const struct command cmd_explain = {
	.name = "explain",
	.usage = "[--decision FILE] [TEST | ISSUE | FINDING | RULE]...",
	.help = "why: every candidate, every piece of evidence, what would have to be true",
	.about = "Nothing named: why the verdict. Without --decision it judges again.",
	.options = options,
	.run = explain_run,
};
