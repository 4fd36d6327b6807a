/*
 * govet_json.c -- `go vet -json`, a document for each package, and what go itself says between:
 * https://pkg.go.dev/cmd/vet
 *
 *   # example.com/shop
 *   {"example.com/shop": {"printf": [{"posn": "/src/cart.go:11:2", "message": "..."}]}}
 *
 * A package without findings is an empty object, or left out. An analyzer that failed has an
 * "error" instead of its list; a package that does not compile has no document.
 */
#include "parsers/support/cry.h"
#include "parsers/support/jsonmap.h"
#include "parsers/support/lines.h"

/* "/src/cart.go:11:2" */
static int
split_place(const struct map_record *r, struct issue_event *ev)
{
	struct place p = { 0 };
	struct str s;

	buf_addf(r->scratch, "%.*s:", STR_FMT(r->extra[0]));
	s = buf_str(r->scratch);
	if (place_take(&s, &p)) {
		ev->file = p.path;
		ev->line = p.line;
		ev->column = p.column;
	}
	return 0;
}

static const struct map_fields records[] = {
	{
		.each = "*.*[]",
		.when = "message",
		.rule = "^@",
		.message = "message",
		.unrated = LEVEL_MEDIUM,
		.extra = { "posn" },
		.fix_issue = split_place,
	},
	{
		.each = "*.*",
		.kind = MAP_FAILED,
		.when = "error",
		.message = "{@}: {error}",
	},
};

/* The package's name, a download; the rest is why a package was not looked at. */
static int
on_line(void *own, const struct sink *out, struct str line, long at)
{
	struct buf b = BUF_INIT;

	(void)own;
	line = str_trim(line);
	if (line.n == 0 || str_starts(line, "# ") || str_starts(line, "go: downloading ") ||
		str_starts(line, "exit status "))
		return 0;
	buf_addf(&b, "go vet did not look at everything: %.*s", STR_FMT(str_to(line, 300)));
	out->problem(out->ctx, str_has(line, "matched no packages") ? PROBLEM_NOTHING_RAN
								    : PROBLEM_TOOL_FAILED,
		at, buf_str(&b));
	buf_release(&b);
	return 0;
}

static const struct jsonmap map = {
	.sniff = "",
	JSONMAP_RECORDS(records),
	.lines = true,
	.ran = "",
	.noise = on_line,
};

/* A package's name on a line of its own, and a document right below. */
static bool
names_package(struct str head)
{
	struct str line, next;

	while (str_starts(head, "go: downloading ") && str_line(&head, &line))
		;
	if (!str_starts(head, "# ") || !str_line(&head, &line) || !str_line(&head, &next))
		return false;
	return str_chr(str_from(line, 2), ' ') == STR_NPOS &&
		(str_eqz(str_trim(next), "{") || str_eqz(str_trim(next), "{}"));
}

static int
govet_json_sniff(struct str head)
{
	if (names_package(head))
		return 88;
	if (!str_starts(head, "{") && !str_starts(head, "# "))
		return 0;
	return str_has(head, "\"posn\": \"") && str_has(head, ".go:") &&
		str_has(head, "\"message\": \"") ? 80 : 0;
}

static int
govet_json_parse(struct source *in, const struct sink *out)
{
	return jsonmap_read(&map, in, out);
}

const struct parser parser_govet_json = {
	.name = "govet-json",
	.help = "go vet -json",
	.kind = KIND_LINT,
	.tool = "govet",
	.spec = "https://pkg.go.dev/cmd/vet",
	.sniff = govet_json_sniff,
	.parse = govet_json_parse,
	.json = &map,
};
