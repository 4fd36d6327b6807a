/*
 * md_says.c -- what headings, brackets and ticks say beside their words: a status, a
 * severity, another name.
 */
#include "parsers/registers/support/md_parts.h"

bool
md_says_nothing(struct str raw)
{
	enum state state;

	for (size_t i = 0; i < raw.n; i++)
		if (is_alnum(raw.p[i]) || raw.p[i] == '[')
			return false;
	/* A tick alone is done. */
	state = words_state(NULL, raw, NULL);
	return state != STATE_DONE;
}

bool
md_plain_status(const struct md *md, struct str s, enum state *state)
{
	static const char *const behind[] = { "in ", "by ", "on ", "since ", "with ", "via ",
		"as ", "at ", "am ", "und ", "and ", NULL };
	size_t n = words_phrase(&md->reg->statuses, s, state);
	struct str rest = str_trim(str_from(s, n));

	if (n == 0)
		return false;
	while (rest.n && strchr("*`_~)]", rest.p[0]))
		rest = str_trim(str_from(rest, 1));
	if (rest.n == 0 || !is_alpha(rest.p[0]))
		return true;
	for (size_t i = 0; behind[i]; i++)
		if (str_istarts(rest, behind[i]))
			return true;
	return false;
}

static void
take_group(struct md_walk *w, const struct targets *to, struct str inside, enum md_place place,
	bool aliases, long line)
{
	struct md *md = w->md;
	struct md_head ids;
	enum state state;
	size_t word = 0;

	while (word < inside.n && (is_alnum(inside.p[word]) || inside.p[word] == '-'))
		word++;
	if (md_only_ids(&md->doc.mem, &md->reg->severities, inside, &ids)) {
		for (size_t i = 0; i < to->n && aliases; i++)
			for (size_t k = 0; k < ids.n; k++)
				if (!map_get(&md->sections, ids.ids[k]))
					md_alias(md, to->v[i], ids.ids[k]);
	} else if (words_level(&md->reg->severities, str_to(inside, word)) != LEVEL_UNKNOWN) {
		for (size_t i = 0; i < to->n; i++)
			md_severity(md, to->v[i], place, inside, true);
	} else if (md_plain_status(md, inside, &state)) {
		for (size_t i = 0; i < to->n; i++)
			md_status(md, to->v[i], place, inside, line);
	}
}

/* The first tick behind the IDs: "F1: title ✅ FIXED". */
static struct str
from_tick(struct str s)
{
	static const char *const ticks[] = { "\xE2\x9C\x85", "\xE2\x9C\x94", "\xE2\x98\x91",
		"\xE2\x9C\x93" };

	for (size_t i = 0; i < sizeof(ticks) / sizeof(ticks[0]); i++) {
		size_t at = str_find(s, str_of(ticks[i]));

		if (at != STR_NPOS)
			return str_from(s, at);
	}
	return STR_NONE;
}

void
md_decorations(struct md_walk *w, const struct targets *to, const struct md_text *t,
	const struct md_head *head, enum md_place place, bool brackets_are_aliases)
{
	struct str line = str_to(t->s, str_chr(t->s, '\n')), inside, tick;
	size_t end;

	for (size_t i = 0; i < to->n; i++) {
		if (head->severity.n)
			md_severity(w->md, to->v[i], place, head->severity, true);
		if (head->ticked)
			md_status(w->md, to->v[i], place, STR("\xE2\x9C\x85"), t->line);
		else if (head->struck)
			md_status(w->md, to->v[i], place, STR("~~ ~~"), t->line);
	}
	for (size_t at = head->rest; at < line.n; at++) {
		if ((line.p[at] != '(' && line.p[at] != '[') ||
			md_span_around(t, at, MD_CODE_SPAN) ||
			!md_group(line, at, &inside, &end))
			continue;
		take_group(w, to, inside, place, brackets_are_aliases, t->line);
		at = end - 1;
	}
	tick = from_tick(str_from(line, head->rest));
	for (size_t i = 0; i < to->n && tick.n && place == PLACE_SECTION; i++)
		md_status(w->md, to->v[i], place, tick, t->line);
}

/* The last bracketed group of a title says something that md_decorations took. */
static bool
is_decoration(struct md *md, struct str inside)
{
	struct md_head ids;
	enum state state;
	size_t word = 0;

	while (word < inside.n && (is_alnum(inside.p[word]) || inside.p[word] == '-'))
		word++;
	return words_level(&md->reg->severities, str_to(inside, word)) != LEVEL_UNKNOWN ||
		md_plain_status(md, inside, &state) ||
		md_only_ids(&md->doc.mem, &md->reg->severities, inside, &ids);
}

struct str
md_heading_title(struct md *md, struct str s)
{
	struct str title = str_trim(s), inside, tick = from_tick(title);
	size_t end;

	if (tick.n)
		title = str_trim(str_to(title, (size_t)(tick.p - title.p)));
	if (str_ends(title, "~~") && str_find(title, STR("~~")) == title.n - 2)
		title = str_trim(str_to(title, title.n - 2));
	while (title.n && (title.p[title.n - 1] == ')' || title.p[title.n - 1] == ']')) {
		size_t open = str_rchr(title, title.p[title.n - 1] == ')' ? '(' : '[');

		if (open == STR_NPOS || !md_group(title, open, &inside, &end) || end != title.n ||
			!is_decoration(md, inside))
			break;
		title = str_trim(str_to(title, open));
	}
	return title;
}

bool
md_severity_heading(const struct md *md, struct str s)
{
	static const char *const nouns[] = { "severity", "priority", "findings", "finding",
		"issues", "issue", "bugs", "bug", "items", "problems", "defects",
		"vulnerabilities", "risk", "risks", "warnings", "tasks", "priorität",
		"schweregrad", NULL };
	struct str word, rest = s;
	size_t n = 0, dash = str_rfind(s, STR("\xE2\x80\x94 "));

	if (dash != STR_NPOS && level_of_word(str_trim(str_from(s, dash + 4))) != LEVEL_UNKNOWN)
		return true;
	while (rest.n && !is_alnum(rest.p[0]))
		rest = str_from(rest, 1);
	while (n < rest.n && is_alnum(rest.p[n]))
		n++;
	/* A policy's word may have a hyphen: "sev-2". */
	if (words_level(&md->reg->severities, str_to(rest, n)) == LEVEL_UNKNOWN)
		while (n < rest.n && (is_alnum(rest.p[n]) || rest.p[n] == '-'))
			n++;
	if (words_level(&md->reg->severities, str_to(rest, n)) == LEVEL_UNKNOWN)
		return false;
	rest = str_trim(str_from(rest, n));
	if (rest.n == 0 || (!is_alpha(rest.p[0]) && rest.p[0] != '-'))
		return true;
	rest = str_from(rest, rest.p[0] == '-');
	for (n = 0; n < rest.n && (is_alpha(rest.p[n]) || (unsigned char)rest.p[n] >= 0x80); n++)
		;
	word = str_to(rest, n);
	for (size_t i = 0; nouns[i]; i++)
		if (str_ieqz(word, nouns[i]))
			return true;
	return false;
}

bool
md_status_heading(const struct md *md, struct str s)
{
	static const char *const loose[] = { "complete ", "pass ", "invalid ", "duplicate ",
		"partial ", "fail ", NULL };
	enum state state;

	if (words_phrase(&md->reg->statuses, s, &state) == 0)
		return words_state(&md->reg->statuses, s, NULL) == STATE_DONE;
	while (s.n && !is_alnum(s.p[0]))
		s = str_from(s, 1);
	for (size_t i = 0; loose[i]; i++)
		if (str_istarts(s, loose[i]))
			return false;
	return true;
}
