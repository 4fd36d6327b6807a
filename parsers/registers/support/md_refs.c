/*
 * md_refs.c -- see md_refs.h. One pass over the text from left to right; code spans are
 * looked at whole first, then, like the rest, token by token.
 */
#include "parsers/registers/support/md_refs.h"

#include "parsers/registers/support/md_ids.h"
#include "parsers/registers/support/md_paths.h"
#include "parsers/registers/support/md_spans.h"
#include "parsers/registers/support/md_tests.h"

#define CITE_OPEN "\xE3\x80\x90"
#define CITE_CLOSE "\xE3\x80\x91"

struct reader {
	struct md *md;
	const struct targets *to;
	enum field_kind kind;
	const struct md_text *t;
	size_t end;
	size_t limit;           /* tokens end here: a code span's end; lines may follow behind it */
	long line;              /* of the byte that is read */
	struct str last_path;   /* bare lines in a location field belong to it */
	struct str tool;        /* named last in this text */
	struct str_list rules;  /* named before any tool; views */
};

/* "player.py" is the file of that name which the finding has named in full. */
static struct str
full_path(const struct draft *d, struct str path)
{
	if (str_chr(path, '/') != STR_NPOS)
		return path;
	for (size_t i = 0; i < d->f.locations.n && i < 32; i++) {
		struct str known = d->f.locations.v[i].path;

		if (known.n > path.n && str_eq(str_basename(known), path))
			return known;
	}
	return path;
}

static void
add_location(struct reader *r, struct str path, const struct line_ranges *lines)
{
	bool folder = str_ends(path, "/");

	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	if (str_starts(path, "./"))
		path = str_from(path, 2);
	r->last_path = path;
	for (size_t i = 0; i < r->to->n; i++) {
		struct draft *d = r->to->v[i];
		struct str full = full_path(d, path);

		if (r->kind == FIELD_LOCATION)
			d->has_location = true;
		if (lines->n == 0)
			md_location(d, full, 0, 0, folder, r->line);
		for (size_t k = 0; k < lines->n; k++)
			md_location(d, full, lines->v[k].from, lines->v[k].to, false, r->line);
	}
}

static void
add_test(struct reader *r, struct str ref, enum ref_scope scope)
{
	while (scope == SCOPE_DIR && ref.n > 1 && ref.p[ref.n - 1] == '/')
		ref.n--;
	for (size_t i = 0; i < r->to->n; i++)
		md_test(r->to->v[i], ref, scope, r->line);
}

/* Quotation marks around the whole are the writer's, not the message's. */
static void
add_signature(struct reader *r, struct str text)
{
	text = str_trim(text);
	if (text.n > 2 && (text.p[0] == '"' || text.p[0] == '\'') &&
		text.p[text.n - 1] == text.p[0])
		text = str_trim(str_n(text.p + 1, text.n - 2));
	for (size_t i = 0; i < r->to->n; i++)
		md_signature(r->to->v[i], text, r->line);
}

static void
add_tool(struct reader *r, struct str tool, struct str rule)
{
	r->tool = tool;
	for (size_t i = 0; i < r->to->n; i++)
		md_tool(r->to->v[i], tool, rule, r->line);
}

/* What is said right before byte `at`, in small letters: "regression of " and the like. */
static struct str
words_before(const struct reader *r, size_t at, char out[24])
{
	size_t from = at > 24 ? at - 24 : 0, n = 0;

	for (size_t i = from; i < at; i++)
		out[n++] = r->t->s.p[i] == '-' ? ' ' : to_lower(r->t->s.p[i]);
	while (n && (is_space(out[n - 1]) || strchr(":(*[`", out[n - 1])))
		n--;
	return str_n(out, n);
}

enum mention { MENTION_LINK, MENTION_ALIAS };

static enum mention
mention_kind(const struct reader *r, size_t at, struct str id, enum link_kind *kind)
{
	char buf[24];
	struct str before = words_before(r, at, buf);
	bool number = id.p[0] == '#';

	*kind = r->kind == FIELD_DEPENDS ? LINK_DEPENDS :
		r->kind == FIELD_DUPLICATES ? LINK_DUPLICATES :
		r->kind == FIELD_REGRESSION ? LINK_REGRESSION_OF : LINK_RELATED;
	if (str_ends(before, "regression of"))
		*kind = LINK_REGRESSION_OF;
	else if (str_ends(before, "duplicate of") || str_ends(before, "duplicates"))
		*kind = LINK_DUPLICATES;
	else if (str_ends(before, "depends on") || str_ends(before, "blocked by"))
		*kind = LINK_DEPENDS;
	else if (str_ends(before, "filed as") || str_ends(before, "tracked as"))
		return MENTION_ALIAS;
	else if (number && (str_ends(before, "existing") || str_ends(before, "existing issue") ||
		str_ends(before, "\xE2\x86\x92") || str_ends(before, " ->")))
		return MENTION_ALIAS;
	else if (r->kind == FIELD_ALIAS && str_trim(str_to(r->t->s, at)).n == 0)
		return MENTION_ALIAS;
	return MENTION_LINK;
}

/* An ID in the text. One without a hyphen counts only if the document has such a section. */
static size_t
take_id(struct reader *r, size_t at)
{
	struct str s = str_to(str_from(r->t->s, at), r->end - at), id;
	size_t n = md_id_len(&r->md->reg->severities, s);
	enum link_kind kind;

	if (n == 0)
		return 0;
	id = str_to(s, n);
	/* Names that scanners give their results too. */
	for (size_t i = 0; i < r->to->n && (str_starts(id, "CWE-") || str_starts(id, "CVE-")); i++)
		md_identifier(r->md, r->to->v[i], id);
	if (id.p[0] != '#' && str_chr(id, '-') == STR_NPOS &&
		!map_get(&r->md->sections, id))
		return n;
	if (mention_kind(r, at, id, &kind) == MENTION_ALIAS) {
		for (size_t i = 0; i < r->to->n; i++)
			md_alias(r->md, r->to->v[i], id);
		return n;
	}
	for (size_t i = 0; i < r->to->n; i++)
		md_link(r->to->v[i], kind, id, r->line);
	return n;
}

/* 【F:path†L1-L9】: a location, maybe in a register; other 【…】 are a tool's output. */
static size_t
take_citation(struct reader *r, size_t at)
{
	struct str s = str_to(str_from(r->t->s, at), r->end - at), inside, path;
	size_t close = str_find(str_to(s, 600), STR(CITE_CLOSE));
	struct line_ranges lines = { .n = 1 };

	if (close == STR_NPOS)
		return strlen(CITE_OPEN);
	inside = str_n(s.p + strlen(CITE_OPEN), close - strlen(CITE_OPEN));
	if (md_cited(inside, &path, &lines.v[0])) {
		lines.n = lines.v[0].from > 0;
		add_location(r, path, &lines);
		for (size_t i = 0; i < r->to->n; i++)
			md_citation(r->to->v[i], path, lines.v[0].from, lines.v[0].to, r->line);
	}
	return close + strlen(CITE_CLOSE);
}

/* A path at byte `at`; with lines it is a location anywhere, without only in a location field. */
static size_t
take_path(struct reader *r, size_t at, bool code)
{
	struct str s = str_to(str_from(r->t->s, at), r->end - at);
	size_t n = md_path_run(str_to(s, r->limit - at)), behind;
	struct str path = str_to(s, n);
	bool field = r->kind == FIELD_LOCATION;
	struct line_ranges lines;

	if (n == 0 || !md_is_path(path, field && (code || str_ends(path, "/"))))
		return 0;
	behind = md_lines_behind(str_from(s, n), &lines);
	if (str_chr(path, '*') != STR_NPOS || (behind == 0 && !field))
		return 0;
	add_location(r, path, &lines);
	for (size_t i = 0; i < r->to->n && lines.n && !field; i++)
		if (str_ends(path, ".md"))
			md_citation(r->to->v[i], path, lines.v[0].from, lines.v[0].to, r->line);
	return n + behind;
}

static bool
starts_token(const struct reader *r, size_t at)
{
	char c = at ? r->t->s.p[at - 1] : ' ';

	return !(is_alnum(c) || c == '_' || c == '/' || c == '.' || c == '-' || c == '#' ||
		c == '@');
}

/* One token at byte `at`; returns how far to go on. */
static size_t
take_token(struct reader *r, size_t at, bool code)
{
	struct str s = str_to(str_from(r->t->s, at), r->limit - at), ref;
	enum ref_scope scope;
	size_t n;

	n = take_path(r, at, code);
	if (n != 0)
		return n;
	if (r->kind != FIELD_LOCATION && (n = md_test_at(s, &ref, &scope)) != 0) {
		add_test(r, ref, scope);
		return n;
	}
	n = take_id(r, at);
	if (n != 0)
		return n;
	n = md_path_run(s);
	return n ? n : 1;
}

static void
scan(struct reader *r, size_t from, size_t to, bool code)
{
	r->limit = to;
	for (size_t at = from; at < to;) {
		char c = r->t->s.p[at];

		if (c == '\n') {
			r->line++;
			at++;
		} else if (str_starts(str_from(r->t->s, at), CITE_OPEN)) {
			at += take_citation(r, at);
		} else if ((is_alnum(c) || strchr("#_/.-~@", c)) && c != '\0' &&
			starts_token(r, at)) {
			at += take_token(r, at, code);
		} else {
			at++;
		}
	}
}

/* `194-205` in a location field: more lines of the path before it. */
static bool
take_bare_lines(struct reader *r, struct str s)
{
	struct line_ranges lines;

	if (r->kind != FIELD_LOCATION || r->last_path.n == 0 || !md_only_lines(s, &lines))
		return false;
	add_location(r, r->last_path, &lines);
	return true;
}

static bool
is_tests_folder(struct str s)
{
	size_t n = md_path_run(s);

	return n == s.n && n > 3 && str_chr(s, '/') != STR_NPOS && !md_has_extension(s) &&
		str_chr(s, '*') == STR_NPOS && s.p[0] != '/' &&
		str_ifind(s, STR("test")) != STR_NPOS;
}

/* "pytest tests/api -q": folders among the words of a test run. */
static void
take_run_folders(struct reader *r, struct str s)
{
	struct str word;

	if (!str_starts(s, "pytest") && !str_starts(s, "python -m pytest") &&
		!str_starts(s, "python3 -m pytest"))
		return;
	while (str_word(&s, &word))
		if (is_tests_folder(word))
			add_test(r, word, SCOPE_DIR);
}

static void
take_code(struct reader *r, struct str s, size_t from, size_t to)
{
	bool tests = r->kind == FIELD_TESTS;
	struct str ref, rule, tool, name;
	enum ref_scope scope;

	if (take_bare_lines(r, s))
		return;
	scan(r, from, to, true);
	if (r->kind == FIELD_LOCATION)
		return;
	if (md_tool_span(s, &tool, &rule)) {
		add_tool(r, tool, rule);
		return;
	}
	take_run_folders(r, s);
	if (tests && is_tests_folder(s)) {
		add_test(r, s, SCOPE_DIR);
	} else if (md_test_name(s, tests, &ref, &scope)) {
		add_test(r, ref, scope);
		/* In Go a case, in Python a class: the name does not say which. */
		if (scope == SCOPE_CASE && str_starts(ref, "Test") &&
			str_chr(ref, '.') == STR_NPOS &&
			str_chr(ref, ':') == STR_NPOS)
			add_test(r, ref, SCOPE_CLASS);
	} else if (md_is_rule(s)) {
		if (r->tool.n)
			add_tool(r, r->tool, s);
		else
			*vec_push(&r->rules) = s;
	} else if (md_is_message(s)) {
		add_signature(r, s);
	} else if (md_is_identifier(s, &name) && !md_is_test_file(name)) {
		for (size_t i = 0; i < r->to->n; i++)
			md_identifier(r->md, r->to->v[i], name);
	}
}

/* A rule belongs to the tool named before it, else to the one behind it: "`F401` of `ruff`". */
static void
join_rules(struct reader *r)
{
	for (size_t i = 0; i < r->rules.n && r->tool.n; i++)
		add_tool(r, r->tool, r->rules.v[i]);
	vec_release(&r->rules);
}

/*
 * The end of a quotation that starts at byte `at`: "..." or typographic quotes; 0 when none
 * does.
 */
static size_t
quotation_end(const struct reader *r, size_t at, size_t *inside)
{
	static const struct {
		const char *open, *close;
	} quotes[] = {
		{ "\"", "\"" },
		{ "\xE2\x80\x9C", "\xE2\x80\x9D" },
		{ "\xE2\x80\x9E", "\xE2\x80\x9C" },
	};
	struct str s = str_to(str_from(r->t->s, at), r->end - at);
	char before = at ? r->t->s.p[at - 1] : ' ';

	if (!is_space(before) && before != '(' && before != '*')
		return 0;
	for (size_t i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++) {
		size_t n = strlen(quotes[i].open), close;

		if (!str_starts(s, quotes[i].open))
			continue;
		close = str_find(str_to(str_from(s, n), 300), str_of(quotes[i].close));
		if (close == STR_NPOS)
			return 0;
		*inside = at + n;
		return at + n + close;
	}
	return 0;
}

static void
take_quotations(struct reader *r, size_t from)
{
	size_t inside, end;
	long line = r->line;

	for (size_t at = from; at < r->end; at++) {
		char c = r->t->s.p[at];

		if (c == '\n')
			r->line++;
		if ((c != '"' && c != '\xE2') || (end = quotation_end(r, at, &inside)) == 0 ||
			md_span_around(r->t, at, MD_CODE_SPAN))
			continue;
		if (md_is_message(str_n(r->t->s.p + inside, end - inside)))
			add_signature(r, str_n(r->t->s.p + inside, end - inside));
		at = end;
	}
	r->line = line;
}

void
md_refs_text(struct md *md, const struct targets *to, enum field_kind kind,
	const struct md_text *t, size_t from, size_t end)
{
	struct reader r = { .md = md, .to = to, .kind = kind, .t = t, .end = end };
	size_t at = from;

	if (to->n == 0 || from >= end)
		return;
	r.line = md_line(t, from);
	if (kind != FIELD_LOCATION)
		take_quotations(&r, from);
	for (size_t i = 0; i < t->nspans; i++) {
		const struct md_span *s = &t->spans[i];

		if (s->style != MD_CODE_SPAN || s->from < at || s->to > end)
			continue;
		scan(&r, at, s->from, false);
		take_code(&r, str_n(t->s.p + s->from, s->to - s->from), s->from, s->to);
		at = s->to;
	}
	scan(&r, at, end, false);
	join_rules(&r);
}

void
md_refs_fence(struct md *md, const struct targets *to, const struct md_block *fence)
{
	struct str rest = fence->text.s, line;
	struct md_text t = { .line = fence->text.line };
	bool shell = md_is_shell(fence->info);

	if (to->n == 0 || (md_is_language(fence->info) && !shell))
		return;
	for (; str_line(&rest, &line); t.line++) {
		struct reader r = { .md = md, .to = to, .t = &t, .line = t.line };
		struct str tool, rule;
		bool prompt;

		line = str_trim(line);
		prompt = str_skip(&line, "$ ");
		/* pytest marks the lines of an error. */
		if (str_starts(line, "E  "))
			line = str_trim(str_from(line, 1));
		t.s = line;
		r.end = line.n;
		if (md_tool_span(line, &tool, &rule)) {
			add_tool(&r, tool, rule);
		} else if (shell || prompt || str_starts(line, "pytest ") ||
			str_starts(line, "go test")) {
			scan(&r, 0, line.n, true);
			take_run_folders(&r, line);
		} else if (md_is_message(line)) {
			add_signature(&r, line);
		}
	}
}
