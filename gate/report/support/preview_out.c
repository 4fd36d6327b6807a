/* preview_out.c -- see preview_out.h. */
#include "gate/report/support/preview_out.h"

#include "gate/report/support/json_out.h"
#include "gate/report/support/lines.h"

#define SUGGESTIONS_SHOWN 10 /* of one kind, in the text; what counts is always shown whole */

/* Hits from `i` on that share its finding, kind and strength. */
static size_t
group(const struct preview *p, const struct preview_finding *f, size_t i)
{
	const struct preview_hit *h = &p->hits.v[i];
	size_t n = 1;

	while (i + n < f->from + f->n && p->hits.v[i + n].kind == h->kind &&
	    p->hits.v[i + n].strength == h->strength)
		n++;
	return n;
}

void
preview_warning(const struct preview_finding *f, struct buf *out)
{
	buf_add(out, f->finding->qualified);
	buf_addf(out, " would take %zu tests: more than %d for one entry is more than anybody has "
		"looked at; name the tests, or require their message", f->taken, PREVIEW_BROAD);
}

static const struct report *
report_of(const struct preview_hit *h)
{
	return h->test ? h->test->report : h->issue->report;
}

static json_t *
hit_json(const struct preview_hit *h)
{
	const struct report *r = report_of(h);

	return json_pack("{s:o, s:s, s:o, s:s, s:o, s:b}", "id", json_text(preview_id(h)),
		"type", h->test ? "test" : "issue",
		"report", json_text_or_null(r ? r->path : STR_NONE),
		"outcome", preview_outcome(h), "detail", json_text(h->detail),
		"needs_message", (int)h->needs_message);
}

static json_t *
kinds_json(const struct preview *p, const struct preview_finding *f)
{
	json_t *kinds = json_array();

	for (size_t i = f->from, n; i < f->from + f->n; i += n) {
		const struct preview_hit *h = &p->hits.v[i];
		json_t *items = json_array();

		n = group(p, f, i);
		for (size_t k = i; k < i + n; k++)
			json_push(items, hit_json(&p->hits.v[k]));
		json_push(kinds, json_pack("{s:s, s:s, s:b, s:o}",
			"kind", evidence_kind_name(h->kind), "strength", strength_name(h->strength),
			"counts", h->strength >= p->excuse_at, "items", items));
	}
	return kinds;
}

json_t *
preview_json(const struct preview *p, const struct run *run)
{
	json_t *reports = json_array(), *findings = json_array();

	for (size_t i = 0; i < run->producers.n; i++)
		for (size_t k = 0; k < run->producers.v[i].reports.n; k++) {
			const struct report *r = run->producers.v[i].reports.v[k];

			json_push(reports, json_pack("{s:o, s:b}", "path", json_text(r->path),
				"complete", (int)r->complete));
		}
	for (size_t i = 0; i < p->findings.n; i++) {
		const struct preview_finding *f = &p->findings.v[i];
		struct buf warning = BUF_INIT;

		if (f->broad)
			preview_warning(f, &warning);
		json_push(findings, json_pack("{s:o, s:I, s:o, s:o}",
			"finding", json_text(f->finding->qualified),
			"tests", (json_int_t)f->taken, "kinds", kinds_json(p, f),
			"warning", json_text_or_null(buf_str(&warning))));
		buf_release(&warning);
	}
	return json_pack("{s:o, s:o, s:I, s:I}", "reports", reports, "findings", findings,
		"tests", (json_int_t)p->tests, "issues", (json_int_t)p->issues);
}

static void
kind_text(struct lines *l, const struct preview *p, const struct preview_hit *v, size_t n)
{
	bool counts = v->strength >= p->excuse_at;
	size_t shown = counts || n <= SUGGESTIONS_SHOWN ? n : SUGGESTIONS_SHOWN;

	lines_say(l, 2, PLAIN, "%s, %s%s: %zu %s%s", evidence_kind_name(v->kind),
		strength_name(v->strength), counts ? "" : " (only suggests)", n,
		v->test ? "test" : "result", n == 1 ? "" : "s");
	for (size_t i = 0; i < shown; i++) {
		buf_addf(&l->line, "%-7s ", preview_outcome(&v[i]));
		buf_add(&l->line, preview_id(&v[i]));
		if (v[i].needs_message)
			buf_addz(&l->line, " (only with its message)");
		lines_put(l, 4, counts ? PLAIN : DIM, 0);
	}
	if (shown < n)
		lines_say(l, 4, DIM, "+%zu more (--json lists them)", n - shown);
}

static void
finding_text(struct lines *l, const struct preview *p, const struct preview_finding *f)
{
	buf_addc(l->out, '\n');
	buf_add(&l->line, f->finding->id);
	if (f->finding->title.n && !str_eq(f->finding->title, f->finding->id)) {
		buf_addz(&l->line, " - ");
		buf_add(&l->line, f->finding->title);
	}
	buf_addz(&l->line, "  ");
	buf_add(&l->line, f->finding->reg->shown);
	buf_addf(&l->line, ":%ld", f->finding->line);
	lines_put(l, 0, BOLD, 0);
	for (size_t i = f->from, n; i < f->from + f->n; i += n) {
		n = group(p, f, i);
		kind_text(l, p, &p->hits.v[i], n);
	}
	if (!f->broad)
		return;
	buf_addz(&l->line, "warning: ");
	preview_warning(f, &l->line);
	lines_put(l, 2, YELLOW, 0);
}

void
preview_text(const struct preview *p, const struct run *run, int width, bool color,
	struct buf *out)
{
	struct lines l = { .out = out, .width = width, .color = color };
	size_t reports = 0, none = 0;

	for (size_t i = 0; i < run->producers.n; i++)
		reports += run->producers.v[i].reports.n;
	buf_addc(out, '\n');
	buf_addf(&l.line, "against %zu report%s with %zu test%s", reports, reports == 1 ? "" : "s",
		p->tests, p->tests == 1 ? "" : "s");
	if (p->issues)
		buf_addf(&l.line, " and %zu result%s of tools", p->issues,
			p->issues == 1 ? "" : "s");
	buf_addz(&l.line, ", as if every test failed");
	lines_put(&l, 0, BOLD, 0);
	for (size_t i = 0; i < p->findings.n; i++)
		if (p->findings.v[i].n)
			finding_text(&l, p, &p->findings.v[i]);
	for (size_t i = 0; i < p->findings.n; i++) {
		const struct preview_finding *f = &p->findings.v[i];

		if (f->n)
			continue;
		buf_addz(&l.line, none++ ? ", " : "nothing would map to: ");
		buf_add(&l.line, f->finding->id);
	}
	if (none) {
		buf_addc(out, '\n');
		l.whole = true;
		lines_put(&l, 0, PLAIN, 0);
	}
	lines_release(&l);
}
