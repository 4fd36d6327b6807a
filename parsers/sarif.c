/*
 * sarif.c -- SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 *
 * Every run of the file, streamed. A level is the result's own, else an invocation's override,
 * else the rule's default, else "warning"; a security-severity (CVSS) of the rule outranks the
 * word, as code hosts have it. Results of another kind than "fail", or absent from the tool's
 * own comparison, are no findings. A run without `results` did not look for any.
 */
#include "parsers/parser.h"
#include "parsers/support/sarif.h"

static int
on_runs(void *ctx, struct json *j)
{
	struct sarif *s = ctx;

	s->runs_seen = s->runs_seen || js_first(j) == '[';
	return 0;
}

static int
on_run(void *ctx, struct json *j)
{
	struct sarif *s = ctx;

	(void)j;
	s->runs++;
	s->tool = STR_NONE;
	s->tool_seen = s->results_seen = s->artifacts_seen = s->failed = false;
	return 0;
}

static void
release_run(struct sarif *s)
{
	for (size_t i = 0; i < s->components.n; i++) {
		vec_release(&s->components.v[i].rules);
		vec_release(&s->components.v[i].messages);
	}
	for (size_t i = 0; i < s->own_rules.n; i++)
		vec_release(&s->own_rules.v[i]->messages);
	for (size_t i = 0; i < s->taxonomies.n; i++)
		vec_release(&s->taxonomies.v[i].ids);
	vec_release(&s->taxonomies);
	vec_release(&s->components);
	vec_release(&s->own_rules);
	vec_release(&s->files);
	vec_release(&s->bases);
	vec_release(&s->sent);
	vec_release(&s->waiting_at);
	buf_release(&s->waiting);
	map_release(&s->by_id);
	arena_release(&s->mem);
	s->mem = (struct arena){ 0 };
	s->by_id = (struct map){ 0 };
}

/* What was sent before the rules were known. */
static void
set_right(struct sarif *s)
{
	for (size_t i = 0; s->out->amend && i < s->sent.n; i++) {
		const struct sarif_sent *r = &s->sent.v[i];
		struct issue_event ev = { .tool = s->tool, .suppressed = r->suppressed,
			.identifiers = r->rule ? r->rule->taxa : STR_NONE };

		if (!r->levelled) {
			ev.severity = sarif_rule_level(r->rule);
			ev.level = sarif_level(ev.severity, r->cvss, r->rule);
		} else if (r->cvss < 0 && r->rule && r->rule->cvss >= 0) {
			ev.level = sarif_level(STR("warning"), r->rule->cvss, r->rule);
		}
		s->out->amend(s->out->ctx, r->nth, (enum level)r->level, &ev);
	}
}

static int
on_run_end(void *ctx, struct json *j)
{
	struct sarif *s = ctx;
	struct buf b = BUF_INIT;
	int rc = sarif_replay(s);

	if (rc == 0)
		set_right(s);
	if (!s->results_seen && !s->failed) {
		s->runs_without_results++;
		buf_addf(&b, "run %ld%s%.*s has no results: nothing was looked for", s->runs,
			s->tool.n ? " of " : "", STR_FMT(s->tool));
		s->out->problem(s->out->ctx, PROBLEM_NOTHING_RAN, js_line(j), buf_str(&b));
		buf_release(&b);
	}
	release_run(s);
	return rc;
}

static int
on_results(void *ctx, struct json *j)
{
	struct sarif *s = ctx;

	s->results_seen = s->results_seen || js_first(j) == '[';
	return 0;
}

static int
on_artifact(void *ctx, struct json *j)
{
	struct sarif *s = ctx;

	(void)j;
	*vec_push(&s->files) = STR_NONE;
	return 0;
}

static int
on_artifacts_end(void *ctx, struct json *j)
{
	(void)j;
	((struct sarif *)ctx)->artifacts_seen = true;
	return 0;
}

static int
on_artifact_place(void *ctx, struct json *j, const struct json_value *v)
{
	struct sarif *s = ctx;
	struct str uri = js_text(v->field[0], &s->text[SARIF_BASE]);

	(void)j;
	if (s->files.n && uri.n)
		s->files.v[s->files.n - 1] = arena_dup(&s->mem,
			sarif_path(s, uri, js_text(v->field[1], &s->text[SARIF_WORK])));
	return 0;
}

/* Results or rules that stand in other files are not read; the rest does not matter here. */
static int
on_external(void *ctx, struct json *j, const struct json_value *v)
{
	static const char *const kinds[] = { "results", "driver", "extensions", "invocations" };
	struct sarif *s = ctx;
	struct json_cursor at = js_cursor(v->text);
	struct buf b = BUF_INIT;

	while (js_next(j, &at, NULL)) {
		for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
			if (!js_is(at.key, kinds[i]) || js_empty(at.value))
				continue;
			buf_reset(&b);
			buf_addf(&b, "%s of run %ld stand in other files (external properties), "
				"which "
				     "are not read", kinds[i], s->runs);
			s->out->problem(s->out->ctx, PROBLEM_MISSING, js_line(j), buf_str(&b));
			s->results_seen = s->results_seen || i == 0;
		}
	}
	buf_release(&b);
	return 0;
}

static int
on_inline_external(void *ctx, struct json *j, const struct json_value *v)
{
	struct sarif *s = ctx;

	if (!js_empty(v->text))
		s->out->problem(s->out->ctx, PROBLEM_MISSING, js_line(j),
			STR("results stand in inlineExternalProperties, which are not read"));
	return 0;
}

static int
on_version(void *ctx, struct json *j, const struct json_value *v)
{
	struct sarif *s = ctx;
	struct str version = js_text(v->text, &s->text[SARIF_WORK]);
	struct buf b = BUF_INIT;

	if (str_starts(version, "2.1"))
		return 0;
	s->bad_version = true;
	buf_addf(&b, "SARIF %.*s; only 2.1.0 is read", STR_FMT(str_to(version, 40)));
	s->out->problem(s->out->ctx, PROBLEM_NOT_RECOGNISED, js_line(j), buf_str(&b));
	buf_release(&b);
	return -1;
}

static int
finish(struct sarif *s)
{
	if (!s->runs_seen) {
		s->out->problem(s->out->ctx, PROBLEM_NOT_RECOGNISED, 0,
			STR("JSON, but no `runs` of SARIF in it"));
		return -1;
	}
	if (s->runs == 0)
		s->out->problem(s->out->ctx, PROBLEM_NOTHING_RAN, 0, STR("no run in it"));
	else if (s->results == 0 && s->runs_without_results == 0 && !s->any_failed)
		s->out->clean(s->out->ctx);
	return 0;
}

static int
sarif_parse(struct source *in, const struct sink *out)
{
	static const char *const notice[] = { "level", "message.text", "text", NULL };
	static const char *const taxon[] = { "id", NULL };
	static const char *const location[] = { "uri", "uriBaseId", NULL };
	struct sarif s = { .out = out };
	const char *why = "";
	struct json_paths *invocation, *place = js_paths_new(location, &why);
	struct json_paths *taxa = js_paths_new(taxon, &why);
	int rc;

	s.result = js_paths_new(sarif_result_paths, &why);
	s.rule = js_paths_new(sarif_rule_paths, &why);
	s.component = js_paths_new(sarif_component_paths, &why);
	s.notice = js_paths_new(notice, &why);
	s.location = js_paths_new(location, &why);
	invocation = js_paths_new(sarif_invocation_paths, &why);
	{
		const struct json_want wants[] = {
			{ .path = "version", .value = on_version },
			{ .path = "runs", .open = on_runs },
			{ .path = "runs[]", .open = on_run, .close = on_run_end },
			{ .path = "runs[].tool", .value = sarif_on_tool },
			{ .path = "runs[].invocations[]", .take = invocation,
				.value = sarif_on_invocation },
			{ .path = "runs[].originalUriBaseIds", .value = sarif_on_bases },
			{ .path = "runs[].artifacts", .close = on_artifacts_end },
			{ .path = "runs[].artifacts[]", .open = on_artifact },
			{ .path = "runs[].artifacts[].location", .take = place,
				.value = on_artifact_place },
			{ .path = "runs[].externalPropertyFileReferences", .value = on_external },
			{ .path = "runs[].taxonomies[]", .open = sarif_on_taxonomy },
			{ .path = "runs[].taxonomies[].name", .value = sarif_on_taxonomy_name },
			{ .path = "runs[].taxonomies[].taxa[]", .take = taxa,
				.value = sarif_on_taxon },
			{ .path = "runs[].results", .open = on_results },
			{ .path = "runs[].results[]", .take = s.result, .value = sarif_on_result },
			{ .path = "inlineExternalProperties[].results",
				.value = on_inline_external },
		};
		const struct json_plan plan = {
			.wants = wants, .n = sizeof(wants) / sizeof(*wants), .ctx = &s
		};

		rc = js_read(in, out, &plan);
	}
	if (rc == 0)
		rc = finish(&s);
	else
		set_right(&s); /* of the run that broke off */
	release_run(&s);
	js_paths_free(s.result);
	js_paths_free(s.rule);
	js_paths_free(s.component);
	js_paths_free(s.notice);
	js_paths_free(s.location);
	js_paths_free(invocation);
	js_paths_free(place);
	js_paths_free(taxa);
	js_paths_free(s.taxon);
	js_paths_free(s.relation);
	for (size_t i = 0; i < sizeof(s.text) / sizeof(*s.text); i++)
		buf_release(&s.text[i]);
	arena_release(&s.names);
	return rc;
}

static int
sarif_sniff(struct str head)
{
	if (js_has(head, "runs[].tool") || js_has(head, "runs[].results"))
		return js_has(head, "version") || js_has(head, "$schema") ? 97 : 75;
	return js_has(head, "runs version=2.1.0") || js_has(head, "runs $schema") ? 96 : 0;
}

const struct parser parser_sarif = {
	.name = "sarif",
	.help = "SARIF 2.1.0 of any tool: CodeQL, Semgrep, Trivy, clang-tidy, Roslyn ...",
	.kind = KIND_LINT,
	.spec = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html",
	.sniff = sarif_sniff,
	.parse = sarif_parse,
	.levels = "high: error; medium: warning; low: note; info: none; before them the CVSS "
		  "of security-severity",
};
