/*
 * semgrep_json.c -- `semgrep scan --json`:
 * https://semgrep.dev/docs/semgrep-appsec-platform/json-and-sarif
 *
 * An error of level "error" means that a rule or a file was not looked at; warnings do not.
 */
#include "parsers/support/jsonmap.h"

static const struct level_word levels[] = {
	{ "ERROR", LEVEL_HIGH },
	{ "WARNING", LEVEL_MEDIUM },
	{ "INFO", LEVEL_LOW },
	{ "INVENTORY", LEVEL_INFO },
	{ "EXPERIMENT", LEVEL_INFO },
	{ 0 },
};

/* What stands there instead, for who is not logged in. */
static int
no_login(const struct map_record *r, struct issue_event *ev)
{
	(void)r;
	if (str_eqz(ev->fingerprint, "requires login"))
		ev->fingerprint = STR_NONE;
	return 0;
}

static const struct map_fields records[] = {
	{
		.each = "results[]",
		.rule = "check_id",
		.severity = "extra.severity",
		.levels = levels,
		.message = "extra.message",
		.file = "path",
		.line = "start.line",
		.end_line = "end.line",
		.column = "start.col",
		.fingerprint = "extra.fingerprint",
		.suppressed = "extra.is_ignored",
		.fix_issue = no_login,
	},
	{
		.each = "errors[]",
		.kind = MAP_FAILED,
		.when = "level!=warn|info|debug",
		.message = "{path}: {message|long_msg|type}",
	},
	{
		.each = "paths",
		.kind = MAP_NOTHING,
		.when = "scanned=[]",
		.message = "=no file was scanned",
	},
	JSONMAP_VERSION("version"),
};

static const struct jsonmap map = {
	.sniff = "results[].check_id results[].extra.severity|results errors paths.scanned|"
	         "results errors paths version",
	JSONMAP_RECORDS(records),
};

JSONMAP_PARSER(semgrep_json, .name = "semgrep-json",
	.help = "Semgrep and Opengrep, their JSON", .kind = KIND_SECURITY,
	.tool = "semgrep",
	.spec = "https://semgrep.dev/docs/semgrep-appsec-platform/json-and-sarif");
