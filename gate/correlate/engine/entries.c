/*
 * entries.c -- entries of structured registers and lists: what their match says, and how the
 * index finds the entries that may concern a result without trying all of them.
 */
#include "gate/base/glob.h"
#include "gate/base/normal.h"
#include "gate/correlate/engine/index.h"
#include "gate/correlate/engine/subject.h"

bool
entry_has_selectors(const struct entry *e)
{
	for (int k = 0; k < SELECTORS; k++)
		if (e->match.pattern[k].n)
			return true;
	return false;
}

/* The longest part of a glob that is no magic. */
static struct str
literal_part(struct str pattern)
{
	struct str best = STR_NONE;
	size_t start = 0;

	for (size_t i = 0; i <= pattern.n; i++) {
		if (i < pattern.n && pattern.p[i] != '*' && pattern.p[i] != '?')
			continue;
		/* "a/ ** /b" matches a/b too: a slash beside "**" is not certain. */
		struct str part = str_n(pattern.p + start, i - start);
		if (start > 0 && part.n && part.p[0] == '/')
			part = str_from(part, 1);
		if (i < pattern.n && part.n && part.p[part.n - 1] == '/')
			part.n--;
		if (part.n > best.n)
			best = part;
		start = i + 1;
	}
	return best;
}

static void
add_test(struct index *ix, struct entry_test *t, struct str pattern, bool list)
{
	const struct str *renamed;

	t->pattern = pattern;
	t->n = ix->nentry_tests++;
	t->magic = !list && glob_has_magic(pattern);
	if (t->magic)
		return;
	t->key = test_key(&ix->mem, pattern);
	renamed = map_get(&ix->renamed, t->key);
	if (renamed) {
		t->renamed = *renamed;
		t->renamed_key = test_key(&ix->mem, *renamed);
	}
}

/* An exact name is looked up; it may also carry a " (2)", which no passing test shows. */
static void
look_up_case(struct index *ix, struct entry_info *info, struct str key, struct str text)
{
	struct finding *f = info->finding;
	struct str token = key_token(key);

	if (token.n == 0)
		refs_add(ix, &ix->loose, f, f->reg, f->line, text)->info = info;
	else
		map_add(ix, &ix->entry_cases, token, f, f->reg, f->line, text)->info = info;
}

static bool
look_up_tests(struct index *ix, struct entry_info *info)
{
	struct finding *f = info->finding;

	for (size_t i = 0; i < info->ntests; i++)
		if (info->tests[i].magic && literal_part(info->tests[i].pattern).n < 3)
			return false;
	for (size_t i = 0; i < info->ntests; i++) {
		const struct entry_test *t = &info->tests[i];
		struct term *term;

		if (!t->magic) {
			look_up_case(ix, info, t->key, t->pattern);
			if (t->renamed_key.n)
				look_up_case(ix, info, t->renamed_key, t->renamed);
			continue;
		}
		term = term_add(ix, TERM_GLOB, literal_part(t->pattern));
		term->watched = true;
		refs_add(ix, &term->entries, f, f->reg, f->line, t->pattern)->info = info;
	}
	return true;
}

static bool
look_up_rules(struct index *ix, struct entry_info *info)
{
	const struct str_list *rules = &info->entry->match.pattern[SEL_RULE];
	struct finding *f = info->finding;

	for (size_t i = 0; i < rules->n; i++)
		if (glob_has_magic(rules->v[i]))
			return false;
	for (size_t i = 0; i < rules->n; i++)
		map_add(ix, &ix->entry_rules, rules->v[i], f, f->reg, f->line, rules->v[i])->info =
			info;
	return rules->n != 0;
}

static struct str
message_normal(struct arena *mem, const struct message_match *m)
{
	struct buf b = BUF_INIT;
	struct str normal = m->normal;

	if (normal.n == 0) {
		normal_add(&b, m->literal);
		normal = arena_dup(mem, buf_str(&b));
		buf_release(&b);
	}
	return normal;
}

bool
entry_needs_message(const struct entry_info *info)
{
	const struct entry *e = info->entry;

	return e->nmessages && info->ntests == 0 &&
		(!e->message_optional || !entry_has_selectors(e));
}

/* By what the messages contain, where the entry is nothing without one of them. */
static bool
look_up_messages(struct index *ix, struct entry_info *info)
{
	const struct entry *e = info->entry;
	struct finding *f = info->finding;

	if (!entry_needs_message(info))
		return false;
	for (size_t i = 0; i < e->nmessages; i++)
		if (e->messages[i].regex && regex_needs(e->messages[i].regex).n < 3)
			return false;
	for (size_t i = 0; i < e->nmessages; i++) {
		const struct message_match *m = &e->messages[i];
		struct term *t = m->regex ?
			term_add(ix, TERM_REGEX, regex_needs(m->regex)) :
			term_add(ix, TERM_TEXT, message_normal(&ix->mem, m));

		refs_add(ix, &t->entries, f, f->reg, f->line, m->literal)->info = info;
	}
	return true;
}

/* By the literal parts of its paths, or the paths themselves. */
static bool
look_up_paths(struct index *ix, struct entry_info *info)
{
	const struct str_list *paths = &info->entry->match.pattern[SEL_PATH];
	struct finding *f = info->finding;

	for (size_t i = 0; i < paths->n; i++)
		if (literal_part(paths->v[i]).n < 3)
			return false;
	for (size_t i = 0; i < paths->n; i++) {
		struct term *t = term_add(ix, TERM_GLOB, literal_part(paths->v[i]));

		refs_add(ix, &t->entries, f, f->reg, f->line, paths->v[i])->info = info;
	}
	return paths->n != 0;
}

/* An entry's message is a signature too: seen on another test, it is a suggestion. */
static void
hold_messages(struct index *ix, const struct entry_info *info)
{
	struct finding *f = info->finding;

	for (size_t i = 0; i < info->entry->nmessages; i++) {
		const struct message_match *m = &info->entry->messages[i];
		struct str normal = m->regex ? STR_NONE : message_normal(&ix->mem, m);

		if (normal.n)
			refs_add(ix, &term_add(ix, TERM_TEXT, normal)->holders, f, f->reg, f->line,
				m->literal);
	}
}

/* Without a message, a rule or a level of its own it expects something of passing tests. */
static bool
concerns_passes(const struct entry_info *info)
{
	const struct selectors *m = &info->entry->match;

	return m->pattern[SEL_RULE].n == 0 && m->pattern[SEL_LEVEL].n == 0 &&
		m->pattern[SEL_FINDING].n == 0 && entry_has_selectors(info->entry) &&
		!entry_needs_message(info);
}

void
entry_add(struct index *ix, struct finding *f)
{
	const struct str_list *tests = &f->entry->match.pattern[SEL_TEST];
	struct entry_info *info = arena_new(&ix->mem, struct entry_info);

	info->finding = f;
	info->entry = f->entry;
	info->n = ix->entries.n;
	info->ntests = tests->n;
	info->tests = arena_alloc(&ix->mem, tests->n * sizeof(*info->tests));
	*vec_push(&ix->entries) = info;
	for (size_t i = 0; i < tests->n; i++)
		add_test(ix, &info->tests[i], tests->v[i], f->reg &&
			f->reg->kind == REGISTER_LIST);
	hold_messages(ix, info);
	if (tests->n && look_up_tests(ix, info))
		return;
	if (concerns_passes(info))
		refs_add(ix, &ix->scopes, f, f->reg, f->line, f->id)->info = info;
	if (tests->n || (!look_up_rules(ix, info) && !look_up_messages(ix, info) &&
		!look_up_paths(ix, info)))
		refs_add(ix, &ix->loose, f, f->reg, f->line, f->id)->info = info;
}

static bool
any(const struct str_list *patterns, struct str word)
{
	for (size_t i = 0; word.n && i < patterns->n; i++)
		if (glob_match(patterns->v[i], word))
			return true;
	return false;
}

static bool
test_matches(const struct entry_test *t, const struct subject *s)
{
	struct str full = s->test->id, base = s->test->base_id;

	if (str_eq(t->pattern, full) || str_eq(t->pattern, base))
		return true;
	if (t->magic)
		return glob_match(t->pattern, full) || glob_match(t->pattern, base);
	if (str_eq(t->key, s->key) || str_eq(t->key, s->full_key))
		return true;
	return t->renamed_key.n && (str_eq(t->renamed_key, s->key) ||
		str_eq(t->renamed_key, s->full_key) || str_eq(t->renamed, full));
}

/* Properties `tag` and `tags` of a case; several in one value are separated by commas. */
static bool
tag_matches(const struct str_list *patterns, const struct test *t)
{
	for (size_t i = 0; t && i < t->nprops; i++) {
		struct str rest = t->props[i].value, tag;

		if (!str_ieqz(t->props[i].name, "tag") && !str_ieqz(t->props[i].name, "tags"))
			continue;
		while (rest.n) {
			tag = rest;
			str_cut(&tag, ",", &rest);
			if (any(patterns, str_trim(tag)))
				return true;
		}
	}
	return false;
}

static bool
key_matches(enum selector_key key, const struct str_list *patterns, const struct subject *s)
{
	switch (key) {
	case SEL_KIND:
		return any(patterns, str_of(report_kind_name(s->test ? KIND_TESTS :
			s->issue && s->issue->report ? s->issue->report->kind : KIND_LINT)));
	case SEL_TOOL:
		return any(patterns, s->tool);
	case SEL_RULE:
		return s->issue && any(patterns, s->rule);
	case SEL_REPORT:
		return any(patterns, s->report);
	case SEL_LEG:
		return any(patterns, s->leg);
	case SEL_PATH:
		return any(patterns, s->file);
	case SEL_SUITE:
		return s->test && any(patterns, s->suite);
	case SEL_TAG:
		return tag_matches(patterns, s->test);
	case SEL_LEVEL:
		return s->issue && any(patterns, str_of(level_name(s->issue->level)));
	default:
		return false;
	}
}

bool
entry_in_scope(const struct entry *e, const struct subject *s)
{
	static const enum selector_key scope[] = { SEL_REPORT, SEL_LEG };

	for (size_t i = 0; i < sizeof(scope) / sizeof(*scope); i++)
		if (e->match.pattern[scope[i]].n &&
			!key_matches(scope[i], &e->match.pattern[scope[i]], s))
			return false;
	return true;
}

bool
entry_selects(const struct entry_info *info, const struct subject *s,
	const struct entry_test **test)
{
	const struct entry *e = info->entry;

	*test = NULL;
	for (int k = 0; k < SELECTORS; k++)
		if (k != SEL_TEST && e->match.pattern[k].n &&
			!key_matches((enum selector_key)k, &e->match.pattern[k], s))
			return false;
	if (info->ntests == 0)
		return true;
	for (size_t i = 0; s->test && i < info->ntests; i++) {
		if (!test_matches(&info->tests[i], s))
			continue;
		scratch_saw_pattern(s->scratch, info->tests[i].n);
		if (*test == NULL || (*test)->magic)
			*test = &info->tests[i];
	}
	return *test != NULL;
}

bool
entry_message(const struct entry *e, const struct subject *s, const struct message_match **which)
{
	struct arena mem = { 0 };
	bool yes = false;

	for (size_t i = 0; i < e->nmessages && !yes; i++) {
		const struct message_match *m = &e->messages[i];

		yes = m->regex ? regex_find_line(m->regex, s->text, NULL, 0) == REGEX_YES :
			normal_find(s->normal, message_normal(&mem, m)) != STR_NPOS;
		if (yes && which)
			*which = m;
	}
	arena_release(&mem);
	return yes;
}
