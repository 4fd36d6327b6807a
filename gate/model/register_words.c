/*
 * register_words.c -- what the words of severities and statuses mean.
 *
 * People write "**P0 (Critical)**", "[x]", "✅ FIXED", "Existing: #2330", "Laufende Arbeiten".
 * The tables hold the words that are known without configuration; `severities:` and
 * `statuses:` of a policy add more. A word that is not known is never guessed at.
 */
#include "gate/base/utf8.h"
#include "gate/model/finding.h"

#define LEAD_BYTES 160 /* a status is read at its start; the longest phrase is far shorter */

static const struct {
	const char *word;
	enum level level;
} level_words[] = {
	{ "p0", LEVEL_CRITICAL },    { "critical", LEVEL_CRITICAL }, { "blocker", LEVEL_CRITICAL },
	{ "p1", LEVEL_HIGH },        { "high", LEVEL_HIGH },         { "major", LEVEL_HIGH },
	{ "p2", LEVEL_MEDIUM },      { "medium", LEVEL_MEDIUM },     { "moderate", LEVEL_MEDIUM },
	{ "p3", LEVEL_LOW },         { "low", LEVEL_LOW },           { "minor", LEVEL_LOW },
	{ "info", LEVEL_INFO },      { "informational", LEVEL_INFO },
};

/* In the normal form of `struct lead`. `open_end`: the word may go on ("Offene Aufgaben"). */
static const struct phrase {
	const char *text;
	enum state state;
	bool open_end, takes_ref;
} phrases[] = {
	{ "todo", STATE_OPEN, false, false },
	{ "to do", STATE_OPEN, false, false },
	{ "open", STATE_OPEN, false, false },
	{ "opened", STATE_OPEN, false, false },
	{ "new", STATE_OPEN, false, false },
	{ "existing", STATE_OPEN, false, true },
	{ "regression of", STATE_OPEN, false, true },
	{ "fail", STATE_OPEN, false, false },
	{ "fails", STATE_OPEN, false, false },
	{ "failed", STATE_OPEN, false, false },
	{ "failing", STATE_OPEN, false, false },
	{ "offen", STATE_OPEN, true, false },
	{ "in progress", STATE_IN_PROGRESS, false, false },
	{ "doing", STATE_IN_PROGRESS, false, false },
	{ "partial", STATE_IN_PROGRESS, false, false },
	{ "partially", STATE_IN_PROGRESS, false, false },
	{ "laufend", STATE_IN_PROGRESS, true, false },
	{ "done", STATE_DONE, false, false },
	{ "fixed", STATE_DONE, false, false },
	{ "pass", STATE_DONE, false, false },
	{ "passes", STATE_DONE, false, false },
	{ "passed", STATE_DONE, false, false },
	{ "passing", STATE_DONE, false, false },
	{ "resolved", STATE_DONE, false, false },
	{ "complete", STATE_DONE, false, false },
	{ "completed", STATE_DONE, false, false },
	{ "closed", STATE_DONE, false, false },
	{ "fertig", STATE_DONE, true, false },
	{ "erledigt", STATE_DONE, true, false },
	{ "wontfix", STATE_REJECTED, false, false },
	{ "wont fix", STATE_REJECTED, false, false },
	{ "wontdo", STATE_REJECTED, false, false },
	{ "wont do", STATE_REJECTED, false, false },
	{ "not a bug", STATE_REJECTED, false, false },
	{ "false positive", STATE_REJECTED, false, false },
	{ "invalid", STATE_REJECTED, false, false },
	{ "rejected", STATE_REJECTED, false, false },
	{ "duplicate", STATE_DUPLICATE, false, true },
	{ "duplicate of", STATE_DUPLICATE, false, true },
	{ "duplicates", STATE_DUPLICATE, false, true },
};

/* Letters of the scripts whose words may stand in a status; everything else ends a word. */
static bool
is_letter(uint32_t cp)
{
	if (cp < 0x80)
		return is_alnum((char)cp);
	return (cp >= 0xC0 && cp <= 0x24F && cp != 0xD7 && cp != 0xF7) ||
		(cp >= 0x370 && cp <= 0x52F) ||
		(cp >= 0x3040 && cp <= 0x30FF) || (cp >= 0x4E00 && cp <= 0x9FFF);
}

enum level
level_of_word(struct str word)
{
	for (size_t i = 0; i < sizeof(level_words) / sizeof(level_words[0]); i++)
		if (str_ieqz(word, level_words[i].word))
			return level_words[i].level;
	return LEVEL_UNKNOWN;
}

/* The word or hyphenated phrase of `extra` that stands at the front of s. */
static const struct word *
extra_at(const struct words *extra, struct str s)
{
	const struct word *best = NULL;

	for (size_t i = 0; extra && i < extra->n; i++) {
		struct str t = extra->v[i].text;
		uint32_t cp;

		if (t.n == 0 || s.n < t.n || !str_ieq(str_to(s, t.n), t))
			continue;
		if (s.n > t.n && utf8_char(str_from(s, t.n), &cp) && is_letter(cp))
			continue;
		if (best == NULL || t.n > best->text.n)
			best = &extra->v[i];
	}
	return best;
}

enum struck { STRUCK_NOTHING, STRUCK_START, STRUCK_ALL };

/* "~~HIGH~~ LOW": what was struck out counts only when nothing else is there. */
static enum struck
skip_struck(struct str *raw)
{
	struct str s = str_trim(*raw), rest;

	if (!str_skip(&s, "~~") || !str_cut(&s, "~~", &rest))
		return STRUCK_NOTHING;
	for (size_t i = 0; i < rest.n; i++) {
		if (is_alnum(rest.p[i])) {
			*raw = rest;
			return STRUCK_START;
		}
	}
	*raw = s;
	return STRUCK_ALL;
}

enum level
words_level(const struct words *extra, struct str raw)
{
	struct str s = raw;

	skip_struck(&s);
	while (s.n) {
		const struct word *w = extra_at(extra, s);
		size_t n = 0, len;
		uint32_t cp;
		enum level l;

		if (w)
			return (enum level)w->value;
		while (n < s.n && (len = utf8_char(str_from(s, n), &cp)) != 0 && is_letter(cp))
			n += len;
		if (n == 0) {
			s = str_from(s, 1);
			continue;
		}
		l = level_of_word(str_to(s, n));
		if (l != LEVEL_UNKNOWN)
			return l;
		s = str_from(s, n);
	}
	return LEVEL_UNKNOWN;
}

/*
 * The start of a status in a form in which phrases compare: lower case, one blank between
 * words, hyphens and underscores as blanks, apostrophes and markup left out. from[i] is where
 * byte i came from.
 */
struct lead {
	char text[LEAD_BYTES];
	unsigned short from[LEAD_BYTES + 1];
	size_t n;
	bool ticked, boxed; /* a tick, an empty box in front */
};

static bool
is_tick(uint32_t cp)
{
	return cp == 0x2705 || cp == 0x2714 || cp == 0x2611 || cp == 0x2713;
}

/* Takes boxes, ticks, emoji, markup and punctuation from the front of s. */
static struct str
skip_marks(struct str s, struct lead *l)
{
	while (s.n) {
		uint32_t cp;
		size_t n = utf8_char(s, &cp);

		if (str_istarts(s, "[x]") || (n && is_tick(cp))) {
			l->ticked = true;
			n = s.p[0] == '[' ? 3 : n;
		} else if (str_starts(s, "[ ]") || str_starts(s, "[]")) {
			l->boxed = true;
			n = s.p[1] == ']' ? 2 : 3;
		} else if (n && is_letter(cp)) {
			return s;
		}
		s = str_from(s, n ? n : 1);
	}
	return s;
}

static void
lead_add(struct lead *l, struct str s, size_t at, size_t n, char blank)
{
	if (l->n + n > LEAD_BYTES)
		return;
	for (size_t i = 0; i < n; i++) {
		l->from[l->n] = (unsigned short)(at + i);
		l->text[l->n++] = blank ? blank : to_lower(s.p[at + i]);
	}
}

static void
lead_of(struct lead *l, struct str s)
{
	for (size_t at = 0, n; at < s.n && at < 4 * LEAD_BYTES && l->n < LEAD_BYTES; at += n) {
		uint32_t cp;

		n = utf8_char(str_from(s, at), &cp);
		if (n == 0) {
			n = 1;
			cp = '?';
		}
		if (cp == '*' || cp == '`' || cp == '\'' || cp == 0x2019 || cp == '~')
			continue;
		if (is_letter(cp))
			lead_add(l, s, at, n, 0);
		else if (cp == ' ' || cp == '\t' || cp == '\n' || cp == '-' || cp == '_')
			lead_add(l, s, at, l->n && l->text[l->n - 1] != ' ', ' ');
		else
			lead_add(l, s, at, 1, '|'); /* ends every word */
	}
	l->from[l->n] = (unsigned short)(s.n < 4 * LEAD_BYTES ? s.n : 4 * LEAD_BYTES);
}

static bool
lead_starts(const struct lead *l, const char *phrase, size_t n, bool open_end)
{
	uint32_t cp;

	if (n == 0 || l->n < n || memcmp(l->text, phrase, n) != 0)
		return false;
	return open_end || l->n == n || !utf8_char(str_n(l->text + n, l->n - n), &cp) ||
		!is_letter(cp);
}

/* The longest phrase at the start; its state and, in *end, how far it reaches. */
static bool
lead_state(const struct lead *l, const struct words *extra, enum state *out, size_t *end,
	bool *takes_ref)
{
	size_t best = 0;

	*takes_ref = false;
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
		const struct phrase *p = &phrases[i];
		size_t n = strlen(p->text);

		if (n > best && lead_starts(l, p->text, n, p->open_end)) {
			best = n;
			*out = p->state;
			*takes_ref = p->takes_ref;
		}
	}
	for (size_t i = 0; extra && i < extra->n; i++) {
		struct lead w = { .n = 0 };

		lead_of(&w, str_trim(extra->v[i].text));
		if (w.n >= best && lead_starts(l, w.text, w.n, false)) {
			best = w.n;
			*out = (enum state)extra->v[i].value;
			*takes_ref = *out == STATE_DUPLICATE;
		}
	}
	*end = best;
	return best != 0;
}

/* ": #2330 (seen again)" names "#2330". */
static struct str
first_reference(struct str s)
{
	size_t n = 0;

	while (s.n && (is_space(s.p[0]) || strchr(":`*[(=", s.p[0])))
		s = str_from(s, 1);
	while (n < s.n && !is_space(s.p[n]) && !strchr("`*])(,;|", s.p[n]))
		n++;
	s = str_to(s, n);
	while (s.n && strchr(".:", s.p[s.n - 1]))
		s.n--;
	return s;
}

size_t
words_phrase(const struct words *extra, struct str raw, enum state *state)
{
	struct lead l = { .n = 0 };
	struct str body = raw;
	bool takes_ref;
	size_t end;

	skip_struck(&body);
	body = skip_marks(body, &l);
	lead_of(&l, body);
	if (!lead_state(&l, extra, state, &end, &takes_ref))
		return 0;
	return (size_t)(body.p - raw.p) + l.from[end];
}

enum state
words_state(const struct words *extra, struct str raw, struct str *ref)
{
	struct lead l = { .n = 0 };
	struct str body = raw;
	enum struck struck = skip_struck(&body);
	bool known, takes_ref = false;
	enum state state = STATE_UNKNOWN;
	size_t end = 0;

	if (ref)
		*ref = STR_NONE;
	body = skip_marks(body, &l);
	lead_of(&l, body);
	known = lead_state(&l, extra, &state, &end, &takes_ref);
	if (known && takes_ref && ref)
		*ref = first_reference(str_from(body, l.from[end]));
	/* A tick says done, whatever stands beside it, but for "not a bug" and its like. */
	if (known && (state == STATE_REJECTED || state == STATE_DUPLICATE))
		return state;
	if (l.ticked || struck == STRUCK_ALL || (struck == STRUCK_START && !known))
		return STATE_DONE;
	if (known)
		return state;
	if (l.boxed || l.n == 0)
		return STATE_OPEN;
	return STATE_UNKNOWN;
}
