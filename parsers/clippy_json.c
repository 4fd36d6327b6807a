/*
 * clippy_json.c -- `cargo build|check|clippy --message-format=json`, a line for each message:
 * https://doc.rust-lang.org/cargo/reference/external-tools.html#json-messages
 *
 * The closing counts ("aborting due to 2 previous errors") are no findings. Each build ends in
 * `build-finished`; one that does not was killed, and one that failed without an error of the
 * compiler (a build script, the linker's absence) looked at less than all.
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "error: internal compiler error", LEVEL_CRITICAL },
	{ "error", LEVEL_HIGH },
	{ "warning", LEVEL_MEDIUM },
	{ "note", LEVEL_INFO },
	{ "help", LEVEL_INFO },
	{ "failure-note", LEVEL_INFO },
	{ 0 },
};

struct build {
	bool open;   /* it said something, and not yet that it ended */
	long errors; /* since it began */
};

static int
went_on(const struct map_record *r, struct issue_event *ev)
{
	(void)ev;
	((struct build *)r->own)->open = true;
	return 1;
}

static int
finished(const struct map_record *r, struct issue_event *ev)
{
	struct build *b = r->own;

	(void)ev;
	if (!str_eqz(r->extra[0], "true") && b->errors == 0)
		r->out->problem(r->out->ctx, PROBLEM_TOOL_FAILED, r->at,
			STR("the build failed without an error of the compiler"));
	*b = (struct build){ 0 };
	return 1;
}

static int
all_finished(void *own, const struct sink *out)
{
	if (((struct build *)own)->open)
		out->problem(out->ctx, PROBLEM_TRUNCATED, 0,
			STR("a build began, and nothing says that it finished"));
	return 0;
}

static int
primary_span(const struct map_record *r, struct issue_event *ev)
{
	static const char *const paths[] = { "is_primary", "file_name", "line_start", "line_end",
		"column_start", NULL };
	struct json_cursor c = js_cursor(r->extra_raw[0]);
	struct build *b = r->own;
	const char *why;
	struct json_paths *p;

	b->open = true;
	b->errors += ev->level >= LEVEL_HIGH;
	if (ev->file.n == 0) /* of no place: counts, or of the build itself */
		return ev->level == LEVEL_HIGH && !str_starts(ev->message, "aborting due to") &&
			!str_starts(ev->message, "could not compile") ? 0 : 1;
	p = js_paths_new(paths, &why);
	while (js_next(r->json, &c, p)) {
		if (!js_true(p->field[0]))
			continue;
		ev->file = js_text(p->field[1], r->scratch);
		ev->line = js_long(p->field[2], 0);
		ev->end_line = js_long(p->field[3], 0);
		ev->column = js_long(p->field[4], 0);
		break;
	}
	js_paths_free(p);
	return 0;
}

static const struct map_fields records[] = {
	{
		.each = "",
		.when = "reason=compiler-message",
		.rule = "message.code.code",
		.severity = "message.level",
		.levels = levels,
		.message = "message.message",
		.file = "message.spans[0].file_name",
		.line = "message.spans[0].line_start",
		.end_line = "message.spans[0].line_end",
		.column = "message.spans[0].column_start",
		.extra = { "message.spans" },
		.fix_issue = primary_span,
		.pass = "message.level=note|help",
	},
	{
		.each = "",
		.when = "reason=compiler-artifact|build-script-executed",
		.fix_issue = went_on,
	},
	{
		.each = "",
		.when = "reason=build-finished",
		.extra = { "success" },
		.fix_issue = finished,
	},
};

static const struct jsonmap map = {
	.sniff = "reason=compiler-message message.level message.spans|"
	         "reason=compiler-artifact package_id|reason=build-finished success",
	JSONMAP_RECORDS(records),
	.lines = true,
	.own_size = sizeof(struct build),
	.end = all_finished,
};

JSONMAP_PARSER(clippy_json, .name = "clippy-json",
	.help = "cargo and clippy, their JSON Lines", .kind = KIND_LINT,
	.tool = "clippy",
	.spec = "https://doc.rust-lang.org/cargo/reference/external-tools.html#json-messages");
