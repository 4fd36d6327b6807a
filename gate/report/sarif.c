/*
 * sarif.c -- SARIF 2.1.0 as GitHub code scanning takes it: one run, a rule for each tool's rule
 * and each class of failing test, results with levels, fingerprints, relative places and, where
 * a register excuses or excused them, suppressions.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-support-for-code-scanning
 *
 * That the decision is inconclusive stands in the invocation, and as a result, since forges
 * show nothing else.
 */
#include "gate/base/date.h"
#include "gate/base/map.h"
#include "gate/base/release.h"
#include "gate/base/utf8.h"
#include "gate/report/reporter.h"
#include "gate/report/support/escape.h"
#include "gate/report/support/explain.h"
#include "gate/report/support/json_out.h"
#include "gate/report/support/results.h"

#define MAX_RESULTS 25000u      /* of one run; so many rules too, which are never more */
#define MAX_NOTIFICATIONS 100u
#define MAX_BYTES 9500000u      /* 10 MB compressed: what is less uncompressed always fits */
#define MESSAGE_BYTES 1000u

struct sarif {
	const struct decision *d;
	struct results all;
	struct map rules;       /* check to the index of its rule */
	VEC(const struct result *) firsts;
	struct buf results;
	size_t shown;
};

static const char *
level_of(const struct result *r)
{
	if (r->blocks)
		return "error";
	if (r->row.judged && r->row.judged->excused)
		return "note";
	return r->level == LEVEL_LOW || r->level == LEVEL_INFO ? "note" : "warning";
}

static bool
is_security(const struct result *r)
{
	return r->row.issue && r->row.issue->report &&
		r->row.issue->report->kind == KIND_SECURITY;
}

static size_t
rule_index(struct sarif *s, const struct result *r)
{
	void **at = map_at(&s->rules, r->check);
	size_t *i = *at;

	if (i == NULL) {
		*at = i = arena_new(&s->all.view.mem, size_t);
		*i = s->firsts.n;
		*vec_push(&s->firsts) = r;
	}
	return *i;
}

static json_t *
plain_json(struct str s)
{
	struct buf plain = BUF_INIT;
	json_t *o;

	utf8_plain(&plain, utf8_head(s, MESSAGE_BYTES));
	o = json_text(buf_str(&plain));
	buf_release(&plain);
	return o;
}

static json_t *
text_json(struct str s)
{
	return json_pack("{s:o}", "text", plain_json(s));
}

static json_t *
location_json(const struct result *r)
{
	json_t *artifact = json_object(), *physical = json_object(), *region = json_object();
	bool absolute = r->path.p[0] == '/';
	struct buf uri = BUF_INIT;

	buf_addz(&uri, absolute ? "file://" : "");
	escape_url_path(&uri, r->path);
	json_put(artifact, "uri", json_text(buf_str(&uri)));
	if (!absolute)
		json_put(artifact, "uriBaseId", json_string("%SRCROOT%"));
	json_put(region, "startLine", json_integer(r->line > 0 ? r->line : 1));
	if (r->line > 0 && r->column > 0)
		json_put(region, "startColumn", json_integer(r->column));
	if (r->line > 0 && r->end_line >= r->line)
		json_put(region, "endLine", json_integer(r->end_line));
	json_put(physical, "artifactLocation", artifact);
	json_put(physical, "region", region);
	buf_release(&uri);
	return json_pack("{s:o}", "physicalLocation", physical);
}

/* "known/KF-1, later, owner ann, until 2026-05-01" */
static void
justify(const struct finding *f, struct buf *out)
{
	const struct entry *e = f->entry;

	buf_add(out, f->qualified);
	if (e && e->has_waiver) {
		buf_addf(out, "%s%.*s", e->waiver_reason.n ? ": " : "", STR_FMT(e->waiver_reason));
		buf_addf(out, "%s%.*s", e->waiver_owner.n ? ", owner " : "",
			STR_FMT(e->waiver_owner));
		if (e->waiver_expires != DATE_NONE) {
			buf_addz(out, ", until ");
			date_day(out, e->waiver_expires);
		}
	} else if (f->title.n) {
		buf_addf(out, ": %.*s", STR_FMT(f->title));
	}
}

/* Outside the source, by a register: accepted while it holds, rejected once it has expired. */
static void
put_suppression(json_t *o, const struct result *r)
{
	const struct judged *j = r->row.judged;
	struct buf why = BUF_INIT;
	const char *status;

	if (j == NULL || j->finding == NULL || r->row.kind == ITEM_PRODUCER)
		return;
	status = j->cls == CLASS_WAIVER_EXPIRED ? "rejected" :
		j->excused && !r->blocks ? "accepted" : NULL;
	if (status) {
		json_t *s = json_object();

		justify(j->finding, &why);
		json_put(s, "kind", json_string("external"));
		json_put(s, "status", json_string(status));
		json_put(s, "justification", plain_json(buf_str(&why)));
		json_put(o, "suppressions", json_pack("[o]", s));
	}
	buf_release(&why);
}

static const char *
baseline_state(const struct result *r)
{
	enum baseline_says says = r->row.issue ? r->row.issue->base :
		r->row.test ? r->row.test->base : BASE_NONE;

	return says == BASE_FAILED ? "unchanged" : says == BASE_NONE ? NULL : "new";
}

/* GitHub's own name: without it, the upload makes one of the line, and a moved line is new. */
static json_t *
line_hash(const char *hex)
{
	return json_pack("s+", hex, ":1");
}

static json_t *
result_json(struct sarif *s, const struct result *r)
{
	json_t *o = json_object(), *prints = json_object(), *more = json_object();
	char hex[SHA256_HEX];
	struct buf text = BUF_INIT;
	const struct finding *f = r->row.finding;

	result_fingerprint(s->d, r, hex);
	result_text(s->d, r, &text);
	json_put(prints, "regressionGate/v1", json_string(hex));
	json_put(prints, "primaryLocationLineHash", line_hash(hex));
	json_put(more, "class", r->row.judged && r->row.kind != ITEM_PRODUCER ?
		json_string(class_name(r->row.judged->cls)) : json_null());
	json_put(more, "finding", f ? json_text(f->qualified) : json_null());
	json_put(more, "blocks", json_boolean(r->blocks));
	json_put(o, "ruleIndex", json_integer((json_int_t)rule_index(s, r)));
	json_put(o, "ruleId", json_text(r->check));
	json_put(o, "level", json_string(level_of(r)));
	json_put(o, "message", text_json(buf_str(&text)));
	json_put(o, "locations", json_pack("[o]", location_json(r)));
	json_put(o, "partialFingerprints", prints);
	json_put(o, "properties", more);
	if (baseline_state(r))
		json_put(o, "baselineState", json_string(baseline_state(r)));
	put_suppression(o, r);
	buf_release(&text);
	return o;
}

static void
collect_results(struct sarif *s)
{
	size_t n = s->all.all.n;

	for (s->shown = 0; s->shown < n && s->shown < MAX_RESULTS; s->shown++) {
		size_t before = s->results.n;

		buf_addz(&s->results, before ? ",\n    " : "\n    ");
		json_write(&s->results, result_json(s, &s->all.all.v[s->shown]), 4);
		/* A rule takes as much again, at most. */
		if (s->results.n > MAX_BYTES * 3 / 4) {
			buf_cut(&s->results, before);
			break;
		}
	}
}

/* What the rule says in general; the tool knows it better than we do. */
static void
rule_words(const struct result *r, struct buf *out)
{
	if (r->row.issue)
		buf_addf(out, "%.*s %.*s, as the tool documents it", STR_FMT(r->row.issue->tool),
			STR_FMT(r->row.issue->rule));
	else if (r->row.judged && r->row.kind != ITEM_PRODUCER)
		buf_addf(out, "A test's result. %s", explain_class(r->row.judged->cls));
	else
		buf_addf(out, "What the policy's rule %.*s counts", STR_FMT(r->check));
}

static json_t *
rule_properties(const struct result *r)
{
	/* By these numbers GitHub tells critical from high, medium and low. */
	static const char *const numbers[LEVELS] = {
		[LEVEL_UNKNOWN] = "7.0", [LEVEL_INFO] = "0.1", [LEVEL_LOW] = "3.0",
		[LEVEL_MEDIUM] = "5.5", [LEVEL_HIGH] = "8.0", [LEVEL_CRITICAL] = "9.5",
	};
	json_t *o = json_object();

	json_put(o, "tags", json_pack("[s]", is_security(r) ? "security" :
		r->row.issue ? "lint" : "test"));
	if (is_security(r))
		json_put(o, "security-severity", json_string(numbers[r->level]));
	return o;
}

static json_t *
rule_json(const struct result *r)
{
	json_t *o = json_object();
	struct buf words = BUF_INIT;

	rule_words(r, &words);
	json_put(o, "id", json_text(r->check));
	json_put(o, "shortDescription", text_json(r->check));
	json_put(o, "fullDescription", text_json(buf_str(&words)));
	json_put(o, "help", text_json(buf_str(&words)));
	json_put(o, "defaultConfiguration", json_pack("{s:s}", "level", level_of(r)));
	json_put(o, "properties", rule_properties(r));
	buf_release(&words);
	return o;
}

static json_t *
tool_json(const struct sarif *s)
{
	json_t *driver = json_object(), *rules = json_array();

	for (size_t i = 0; i < s->firsts.n; i++)
		json_push(rules, rule_json(s->firsts.v[i]));
	json_put(driver, "name", json_string("Regression Gate"));
	json_put(driver, "semanticVersion", json_string(GATE_VERSION));
	json_put(driver, "rules", rules);
	return json_pack("{s:o}", "driver", driver);
}

static json_t *
invocations_json(const struct sarif *s)
{
	json_t *o = json_object(), *notes = json_array();
	bool whole = s->d->verdict != VERDICT_INCONCLUSIVE;
	size_t n = 0;

	for (size_t i = 0; i < s->all.view.inputs.n; i++) {
		const struct view_input *in = &s->all.view.inputs.v[i];
		struct buf text = BUF_INIT;

		if (!in->incomplete || n++ >= MAX_NOTIFICATIONS)
			continue;
		whole = false;
		buf_addf(&text, "%.*s: ", STR_FMT(in->producer->spec->name));
		view_problem(in, &text);
		json_push(notes, json_pack("{s:s, s:o}", "level", "error", "message",
			text_json(buf_str(&text))));
		buf_release(&text);
	}
	json_put(o, "executionSuccessful", json_boolean(whole));
	json_put(o, "exitCode", json_integer(s->d->exit));
	json_put(o, "toolExecutionNotifications", notes);
	return json_pack("[o]", o);
}

static json_t *
run_properties(const struct sarif *s)
{
	json_t *o = json_object();

	json_put(o, "verdict", json_string(verdict_name(s->d->verdict)));
	json_put(o, "sentence", json_text(s->d->sentence));
	json_put(o, "omitted", json_integer((json_int_t)(s->all.all.n - s->shown)));
	return o;
}

/* A gate beside this one has a category of its own: neither closes the other's alerts. */
static json_t *
automation_json(const struct sarif *s)
{
	struct buf id = BUF_INIT;
	json_t *o;

	buf_addz(&id, "regression-gate/");
	escape_url_path(&id, s->d->name);
	buf_addc(&id, '/');
	o = json_pack("{s:o}", "id", json_text(buf_str(&id)));
	buf_release(&id);
	return o;
}

static json_t *
provenance_json(const struct build *b)
{
	struct buf uri = BUF_INIT;
	json_t *o = NULL;

	if (b->server.n && b->path.n && b->revision.n) {
		buf_addf(&uri, "%.*s/", STR_FMT(b->server));
		escape_url_path(&uri, b->path);
		o = json_pack("[{s:o, s:o}]", "repositoryUri", json_text(buf_str(&uri)),
			"revisionId", json_text(b->revision));
	}
	buf_release(&uri);
	return o;
}

static void
put(struct buf *out, const char *name, json_t *value)
{
	if (value == NULL)
		return;
	buf_addf(out, "%s\n   \"%s\": ", out->p[out->n - 1] == '{' ? "" : ",", name);
	json_write(out, value, 3);
}

static void
sarif_render(const struct decision *d, const struct render_options *opt, struct buf *out)
{
	struct sarif s = { .d = d };

	(void)opt;
	results_init(&s.all, d);
	collect_results(&s);
	buf_addz(out, "{\n \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n"
		" \"runs\": [\n  {");
	put(out, "automationDetails", automation_json(&s));
	put(out, "columnKind", json_string("unicodeCodePoints"));
	put(out, "invocations", invocations_json(&s));
	put(out, "properties", run_properties(&s));
	buf_addz(out, ",\n   \"results\": [");
	buf_add(out, buf_str(&s.results));
	buf_addz(out, s.shown ? "\n   ]" : "]");
	put(out, "tool", tool_json(&s));
	put(out, "versionControlProvenance", provenance_json(&d->build));
	buf_addz(out, "\n  }\n ],\n \"version\": \"2.1.0\"\n}\n");
	buf_release(&s.results);
	vec_release(&s.firsts);
	map_release(&s.rules);
	results_release(&s.all);
}

const struct reporter reporter_sarif = {
	.name = "sarif",
	.help = "SARIF 2.1.0 for GitHub code scanning: failing tests and results, suppressions too",
	.render = sarif_render,
};
