/* sarif_result.c -- one result of a SARIF run as an issue; see sarif.h. */
#include "gate/base/limits.h"
#include "parsers/support/sarif.h"

enum {
	R_ID, R_INDEX, R_COMPONENT, R_LEVEL, R_KIND, R_TEXT, R_TEXT_ID, R_ARGS, R_URI, R_BASE,
	R_FILE, R_LINE, R_END_LINE, R_COLUMN, R_LOGICAL, R_LOCATIONS, R_SUPPRESSIONS, R_BASELINE,
	R_PRINTS, R_LINE_HASH, R_PARTIAL, R_SEVERITY, R_TAXA
};

#define PHYSICAL "locations[0].physicalLocation."
const char *const sarif_result_paths[] = {
	[R_ID] = "ruleId|rule.id",
	[R_INDEX] = "ruleIndex|rule.index",
	[R_COMPONENT] = "rule.toolComponent.index",
	[R_LEVEL] = "level",
	[R_KIND] = "kind",
	[R_TEXT] = "message.text|message.markdown",
	[R_TEXT_ID] = "message.id",
	[R_ARGS] = "message.arguments",
	[R_URI] = PHYSICAL "artifactLocation.uri",
	[R_BASE] = PHYSICAL "artifactLocation.uriBaseId",
	[R_FILE] = PHYSICAL "artifactLocation.index",
	[R_LINE] = PHYSICAL "region.startLine",
	[R_END_LINE] = PHYSICAL "region.endLine",
	[R_COLUMN] = PHYSICAL "region.startColumn",
	[R_LOGICAL] = "locations[0].logicalLocations[0].fullyQualifiedName|"
		      "locations[0].logicalLocations[0].name",
	[R_LOCATIONS] = "locations",
	[R_SUPPRESSIONS] = "suppressions",
	[R_BASELINE] = "baselineState",
	[R_PRINTS] = "fingerprints",
	[R_LINE_HASH] = "partialFingerprints.primaryLocationLineHash",
	[R_PARTIAL] = "partialFingerprints",
	[R_SEVERITY] = "properties.security-severity",
	[R_TAXA] = "taxa",
	NULL,
};

/* Accepted by at least one, and doubted by none; no status is accepted (3.35.3). */
static bool
is_suppressed(struct json *j, struct str list)
{
	struct json_cursor at = js_cursor(list), in;
	bool accepted = false;

	while (js_next(j, &at, NULL)) {
		struct str status = STR_NONE;

		in = js_cursor(at.value);
		while (js_next(j, &in, NULL))
			if (js_is(in.key, "status"))
				status = in.value;
		if (js_is(status, "rejected") || js_is(status, "underReview"))
			return false;
		accepted = accepted || status.n == 0 || js_is(status, "accepted") ||
			str_eqz(status, "null");
	}
	return accepted;
}

/* What is in partialFingerprints, but says who and when rather than what. */
static bool
is_no_print(struct str key)
{
	static const char *const keys[] = { "commitSha", "commitMessage", "author", "email", "date",
		"primaryLocationStartColumnFingerprint" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (js_is(key, keys[i]))
			return true;
	return false;
}

static struct str
first_print(struct json *j, struct str map)
{
	struct json_cursor at = js_cursor(map);

	while (js_next(j, &at, NULL))
		if (js_is_string(at.value) && at.value.n > 6 && !is_no_print(at.key))
			return at.value;
	return STR_NONE;
}

/* A partial one (of the line) may be the same for two rules: the rule goes in front. */
static struct str
fingerprint(struct sarif *s, struct json *j, const struct str *f, struct str rule)
{
	struct buf *out = &s->text[SARIF_PRINT];
	struct str print = first_print(j, f[R_PRINTS]);

	if (print.n)
		return js_text(print, out);
	print = js_is_string(f[R_LINE_HASH]) ? f[R_LINE_HASH] : first_print(j, f[R_PARTIAL]);
	if (print.n == 0)
		return STR_NONE;
	buf_reset(out);
	buf_add(out, rule);
	buf_addc(out, ':');
	js_text_add(print, out);
	return buf_str(out);
}

static struct sarif_rule *
find_rule(struct sarif *s, const struct str *f, struct str id)
{
	long component = js_long(f[R_COMPONENT], -1);
	struct sarif_rule *rule =
		sarif_rule_at(s, (size_t)(component + 1), js_long(f[R_INDEX], -1));
	size_t slash;

	/* "CA1000/1" is part 1 of CA1000; and an index that fits another rule is none. */
	if (rule && (id.n == 0 || (str_starts(id, rule->id.n ? rule->id.p : "") &&
				      id.n >= rule->id.n)))
		return rule;
	if (id.n == 0)
		return NULL;
	slash = str_rchr(id, '/');
	if (map_get(&s->by_id, id) == NULL && slash != STR_NPOS &&
		map_get(&s->by_id, str_to(id, slash)) != NULL)
		return map_get(&s->by_id, str_to(id, slash));
	return sarif_rule_of_id(s, id);
}

/* Whether it must wait for what comes later in the run. */
static bool
must_wait(const struct sarif *s, const struct str *f)
{
	if (s->replaying)
		return false;
	if (!s->tool_seen && f[R_ID].n == 0 && f[R_INDEX].n)
		return true;
	if (!s->tool_seen && f[R_TEXT].n == 0 && f[R_TEXT_ID].n)
		return true;
	return !s->artifacts_seen && f[R_URI].n == 0 && f[R_FILE].n;
}

static int
wait(struct sarif *s, struct json *j, struct str text)
{
	if (s->waiting.n + text.n > MAX_JSON_ELEMENT) {
		s->out->problem(s->out->ctx, PROBLEM_OVER_LIMIT, js_line(j),
			STR("more than 64 MiB of results before what they refer to"));
		return -1;
	}
	buf_add(&s->waiting, text);
	buf_addc(&s->waiting, '\n');
	*vec_push(&s->waiting_at) = js_line(j);
	return 0;
}

static struct str
file_of(struct sarif *s, const struct str *f)
{
	struct str uri = js_text(f[R_URI], &s->text[SARIF_BASE]);
	struct str base = js_text(f[R_BASE], &s->text[SARIF_WORK]);
	long index = js_long(f[R_FILE], -1);

	if (uri.n == 0 && index >= 0 && (size_t)index < s->files.n)
		return s->files.v[index];
	return uri.n ? sarif_path(s, uri, base) : STR_NONE;
}

/* Without a file in the first location: the first other one that has one. */
static void
other_location(struct sarif *s, struct json *j, struct str list, struct issue_event *ev)
{
	static const char *const paths[] = { "physicalLocation.artifactLocation.uri",
		"physicalLocation.artifactLocation.uriBaseId", "physicalLocation.region.startLine",
		"physicalLocation.region.endLine", "physicalLocation.region.startColumn", NULL };
	struct json_cursor at = js_cursor(list);
	const char *why;
	struct json_paths *p;

	if (at.p == NULL)
		return;
	p = js_paths_new(paths, &why);
	while (ev->file.n == 0 && js_next(j, &at, p)) {
		struct str uri = js_text(p->field[0], &s->text[SARIF_BASE]);

		if (uri.n == 0)
			continue;
		ev->file = sarif_path(s, uri, js_text(p->field[1], &s->text[SARIF_WORK]));
		ev->line = js_long(p->field[2], 0);
		ev->end_line = js_long(p->field[3], 0);
		ev->column = js_long(p->field[4], 0);
	}
	js_paths_free(p);
}

static struct str
message_of(struct sarif *s, struct json *j, const struct str *f, const struct sarif_rule *rule,
	bool has_file)
{
	struct str text = js_text(f[R_TEXT], &s->text[SARIF_ARG]);
	struct buf *own = &s->text[SARIF_BASE], *out = &s->text[SARIF_WORK];

	if (text.n == 0 && f[R_TEXT_ID].n)
		text = sarif_text_of(s, rule, js_text(f[R_TEXT_ID], &s->text[SARIF_ARG]));
	if (text.p && text.p == s->text[SARIF_ARG].p) { /* arguments need that place */
		buf_reset(own);
		buf_add(own, text);
		text = buf_str(own);
	}
	text = sarif_message(s, j, text, f[R_ARGS]);
	if (has_file || f[R_LOGICAL].n == 0)
		return text;
	/* Nothing but the name of a function says where it is. */
	buf_reset(out);
	js_text_add(f[R_LOGICAL], out);
	buf_addz(out, ": ");
	buf_add(out, text);
	return buf_str(out);
}

static void
set_severity(struct sarif *s, const struct str *f, const struct sarif_rule *rule,
	struct issue_event *ev, double own)
{
	struct str level = js_text(f[R_LEVEL], &s->text[SARIF_WORK + 1]);

	ev->severity = level.n ? level : ev->info_only ? STR("none") : sarif_rule_level(rule);
	ev->level = sarif_level(ev->severity, own, rule);
}

int
sarif_on_result(void *ctx, struct json *j, const struct json_value *v)
{
	struct sarif *s = ctx;
	const struct str *f = v->field;
	struct str id = js_text(f[R_ID], &s->text[SARIF_RULE]);
	struct issue_event ev = { 0 };
	struct sarif_rule *rule;
	double own = -1;

	if (!js_is_object(v->text))
		return 0;
	if (must_wait(s, f))
		return wait(s, j, v->text);
	rule = find_rule(s, f, id);
	s->results++;
	js_double(f[R_SEVERITY], &own);
	ev.tool = s->tool;
	ev.rule = id.n || rule == NULL ? id : rule->id;
	ev.info_only = (js_is_string(f[R_KIND]) && !js_is(f[R_KIND], "fail")) ||
		js_is(f[R_BASELINE], "absent");
	ev.suppressed = f[R_SUPPRESSIONS].n && is_suppressed(j, f[R_SUPPRESSIONS]);
	ev.file = file_of(s, f);
	ev.line = js_long(f[R_LINE], 0);
	ev.end_line = js_long(f[R_END_LINE], 0);
	ev.column = js_long(f[R_COLUMN], 0);
	if (ev.file.n == 0)
		other_location(s, j, f[R_LOCATIONS], &ev);
	ev.message = message_of(s, j, f, rule, ev.file.n != 0);
	ev.fingerprint = fingerprint(s, j, f, ev.rule);
	ev.at = s->replaying ? s->waiting_at.v[s->replayed++] : js_line(j);
	ev.identifiers = sarif_taxa_of_result(s, j, f[R_TAXA], rule, &s->text[SARIF_TAXA]);
	set_severity(s, f, rule, &ev, own);
	if (!ev.info_only) {
		struct sarif_sent *sent;

		if (f[R_LEVEL].n == 0 || !s->tool_seen) {
			sent = vec_push(&s->sent);
			sent->nth = (uint32_t)s->nth;
			sent->levelled = f[R_LEVEL].n != 0;
			sent->suppressed = ev.suppressed;
			sent->level = (unsigned char)ev.level;
			sent->cvss = own;
			sent->rule = rule;
		}
		s->nth++;
	}
	return s->out->issue(s->out->ctx, &ev);
}

int
sarif_replay(struct sarif *s)
{
	struct json_want want = { .path = "", .value = sarif_on_result };
	struct json_plan plan = { .wants = &want, .n = 1, .ctx = s, .lines = true };
	struct source *in;
	const char *why;
	int rc;

	if (s->waiting.n == 0)
		return 0;
	s->replaying = true;
	s->replayed = 0;
	want.take = js_paths_new(sarif_result_paths, &why);
	in = source_of_memory(buf_str(&s->waiting));
	rc = js_read(in, s->out, &plan);
	source_close(in);
	js_paths_free(want.take);
	s->replaying = false;
	buf_reset(&s->waiting);
	s->waiting_at.n = 0;
	return rc;
}
