/* subject.c -- see subject.h. */
#include "gate/correlate/engine/subject.h"

#include "gate/base/normal.h"
#include "gate/correlate/engine/place.h"
#include "gate/model/identity.h"

static void
stamp_arrays(struct scratch *sc, const struct index *ix)
{
	size_t orders = 0;

	for (size_t i = 0; i < ix->fs->all.n; i++)
		if ((size_t)ix->fs->all.v[i]->order >= orders)
			orders = (size_t)ix->fs->all.v[i]->order + 1;
	sc->naming = xcalloc(orders + 1, sizeof(*sc->naming));
	sc->seen_patterns = xcalloc(ix->nentry_tests + 1, sizeof(*sc->seen_patterns));
	sc->matched = xcalloc(ix->entries.n + 1, sizeof(*sc->matched));
	sc->cases = xcalloc(ix->ncases + 1, sizeof(*sc->cases));
	sc->terms = xcalloc(ix->nterms + 1, sizeof(*sc->terms));
	sc->entries = xcalloc(ix->entries.n + 1, sizeof(*sc->entries));
	sc->counted = xcalloc(ix->fs->all.n + 1, sizeof(*sc->counted));
	sc->counts = xcalloc(ix->fs->all.n + 1, sizeof(*sc->counts));
}

void
scratch_saw_pattern(struct scratch *sc, size_t n)
{
	sc->seen_patterns[n] = true;
}

bool
scratch_first_look(struct scratch *sc, const struct entry_info *info)
{
	if (sc->entries[info->n] == sc->now)
		return false;
	sc->entries[info->n] = sc->now;
	return true;
}

static struct str
key_of(struct scratch *sc, struct str spelling)
{
	buf_reset(&sc->key);
	identity_normal(&sc->key, spelling);
	return arena_dup(&sc->keys, buf_str(&sc->key));
}

/* The file that a test's ID names, where the report itself names none. */
static struct str
file_in_id(struct scratch *sc, const struct test *t)
{
	static const char *const seps[] = { "::", " > ", " \xe2\x80\xba " };
	struct str id = t->base_id;

	if (t->dialect == DIALECT_JAVA && t->class.n) {
		struct str path = arena_printf(&sc->keys, "%.*s.java", STR_FMT(t->class));
		char *p = arena_z(&sc->keys, path);

		for (size_t i = 0; i < t->class.n && i < path.n; i++)
			if (p[i] == '.')
				p[i] = '/';
		return str_n(p, path.n);
	}
	for (size_t i = 0; i < sizeof(seps) / sizeof(*seps); i++) {
		struct str head = str_to(id, str_find(id, str_of(seps[i])));

		if (head.n != id.n && str_chr(head, '.') != STR_NPOS &&
			str_chr(head, ' ') == STR_NPOS &&
			(i > 0 || str_ends(head, ".py") || identity_js_path(head)))
			return head;
	}
	return str_ends(id, ".py") ? id : STR_NONE;
}

void
subject_names(struct subject *s, struct scratch *sc, struct test *t)
{
	s->test = t;
	s->scratch = sc;
	s->id = t->id;
	s->name = t->name;
	s->class = t->class;
	s->suite = t->suite;
	s->bare = identity_bare(t->name);
	s->key = key_of(sc, t->base_id.n ? t->base_id : t->id);
	s->whole = key_whole(s->key);
	s->full_key = str_eq(t->id, t->base_id) ? s->key : key_of(sc, t->id);
	s->file = t->file.n ? t->file : file_in_id(sc, t);
}

static void
of_report(struct subject *s, const struct report *r)
{
	if (r == NULL)
		return;
	if (s->tool.n == 0)
		s->tool = r->tool;
	s->leg = r->leg;
	if (r->producer && r->producer->spec)
		s->report = r->producer->spec->name;
}

/*
 * Costs more than reading the text did, and as much memory: made only when something will
 * be looked up in it, and only for the subject at hand.
 */
static struct str
normalise(struct scratch *sc, struct str text)
{
	if (sc->ix->fs->all.n == 0)
		return STR_NONE;
	buf_reset(&sc->normal);
	normal_add(&sc->normal, text);
	return buf_str(&sc->normal);
}

void
subject_of_test(struct subject *s, struct scratch *sc, struct test *t)
{
	sc->now++;
	subject_names(s, sc, t);
	s->line = t->line;
	s->failing = outcome_bad(t->outcome);
	s->text = t->text.n ? t->text : t->message;
	s->normal = normalise(sc, s->text);
	of_report(s, t->report);
}

void
subject_of_issue(struct subject *s, struct scratch *sc, struct issue *i)
{
	sc->now++;
	s->issue = i;
	s->scratch = sc;
	s->id = i->id;
	s->tool = i->tool;
	s->rule = i->rule;
	s->file = i->file;
	s->line = i->line;
	s->end_line = i->end_line > i->line ? i->end_line : i->line;
	s->failing = true;
	s->text = i->message;
	s->normal = normalise(sc, s->text);
	of_report(s, i->report);
}

void
subject_of_producer(struct subject *s, struct scratch *sc, struct producer *p)
{
	sc->now++;
	s->producer = p;
	s->scratch = sc;
	s->id = s->report = s->name = p->spec->name;
	for (size_t i = 0; i < p->reports.n && s->tool.n == 0; i++)
		s->tool = p->reports.v[i]->tool;
	if (s->tool.n == 0)
		s->tool = p->spec->format.n ? p->spec->format : p->spec->name;
}

bool
ref_names_case(const struct ref *r, const struct subject *s, bool *exact)
{
	struct str key = str_eq(r->key, s->key) ? s->key : s->whole;
	size_t at;

	*exact = str_eq(key, r->key) || str_eq(s->full_key, r->key) ||
		str_eq(key_whole(s->full_key), r->key);
	if (*exact || key_ends(s->key, r->key) || key_ends(s->whole, r->key))
		return true;
	/* Titles are joined by blanks: the last ones count only where one begins. */
	if (r->key.n >= key.n || !str_eq(str_from(key, key.n - r->key.n), r->key))
		return false;
	at = str_rfind(s->id, r->text);
	return key.p[key.n - r->key.n - 1] == ' ' && at != STR_NPOS && at >= 3 &&
		at + r->text.n == s->id.n && (s->id.p[at - 2] == '>' || s->id.p[at - 2] == '\xba');
}

/* Counts, for each case reference, what it names in this run. */
static void
census(struct scratch *sc, struct run *run)
{
	for (size_t i = 0; i < run->tests.n; i++) {
		struct test *t = run->tests.v[i];
		struct subject s = { 0 };
		const struct ref *r;
		bool exact;

		subject_names(&s, sc, t);
		for (r = refs_of(&sc->ix->cases, key_token(s.key)); r; r = r->next) {
			struct named *named = &sc->cases[r->n];

			if (!ref_names_case(r, &s, &exact))
				continue;
			if (named->first.p == NULL)
				named->first = s.whole;
			else if (!str_eq(named->first, s.whole))
				named->many = true;
			named->exact = named->exact || exact;
			*(t->outcome == OUT_PASSED ? &named->passed : &named->other) += 1;
		}
	}
}

void
scratch_init(struct scratch *sc, const struct index *ix, struct run *run)
{
	sc->ix = ix;
	sc->mem = &run->mem;
	stamp_arrays(sc, ix);
	if (ix->ncases)
		census(sc, run);
}

void
scratch_release(struct scratch *sc)
{
	free(sc->cases);
	free(sc->seen_patterns);
	free(sc->matched);
	free(sc->terms);
	free(sc->entries);
	free(sc->naming);
	free(sc->counted);
	free(sc->counts);
	buf_release(&sc->key);
	buf_release(&sc->normal);
	arena_release(&sc->keys);
}

static bool
word_byte(char c)
{
	return is_alnum(c) || (unsigned char)c >= 0x80;
}

bool
id_bounded(struct str text, size_t start, size_t n)
{
	bool number = text.p[start] == '#';

	/* "org/repo#12" is of another place, "&#123;" a character; "&" and letters go before. */
	if (start > 0 && (word_byte(text.p[start - 1]) || (number && text.p[start - 1] == '&')))
		return false;
	return start + n >= text.n || !word_byte(text.p[start + n]);
}

struct scanning {
	struct subject *s;
	enum field field;
	struct str text;
	bool normal; /* text is in normal form */
};

static void
add_hit(struct scanning *in, const struct term *t, size_t start, size_t n)
{
	struct hit *h = vec_push(&in->s->hits);

	h->term = t;
	h->field = in->field;
	h->at = str_n(in->text.p + start, n);
}

static bool
found_once(struct scanning *in, const struct term *t)
{
	unsigned *stamp = &in->s->scratch->terms[t->n];
	bool first = *stamp != in->s->scratch->now;

	*stamp = in->s->scratch->now;
	return first;
}

static bool
inside(struct str a, struct str b)
{
	return a.p >= b.p && a.p + a.n <= b.p + b.n;
}

/*
 * "BUG-A01-2" is not BUG-A01 where both are known. Occurrences come by their ends, the longest
 * first, so that what one has to be compared with stands right before it.
 */
static bool
part_of_another(struct subject *s, struct str at)
{
	for (size_t i = s->hits.n, seen = 0; i-- > 0 && seen < 8; seen++) {
		struct hit *h = &s->hits.v[i];

		if (h->term->kind != TERM_ID || h->at.n == 0)
			continue;
		if (inside(at, h->at))
			return true;
		if (inside(h->at, at))
			h->at.n = 0;
	}
	return false;
}

static void
found_id(struct scanning *in, const struct term *t, size_t end)
{
	size_t start = end - t->text.n;
	struct str at = str_n(in->text.p + start, t->text.n);

	if (literal_eq(at, t->text) && (!t->distinctive || id_bounded(in->text, start, at.n)) &&
		!part_of_another(in->s, at))
		add_hit(in, t, start, at.n);
}

static void
found_identifier(struct scanning *in, const struct term *t, size_t end)
{
	size_t start = end - t->text.n;
	struct str text = in->text;

	if (!str_eq(str_n(text.p + start, t->text.n), t->text))
		return;
	if (start > 0 && (word_byte(text.p[start - 1]) || text.p[start - 1] == '_'))
		return;
	if (end < text.n && (word_byte(text.p[end]) || text.p[end] == '_'))
		return;
	if (found_once(in, t))
		add_hit(in, t, start, t->text.n);
}

static bool
found(void *ctx, void *value, size_t end)
{
	struct scanning *in = ctx;
	const struct term *t = value;

	/* What a tool calls it elsewhere is no message: it names no finding of ours. */
	if (in->field == IN_IDENTIFIERS && t->kind != TERM_IDENTIFIER)
		return false;
	if (t->kind == TERM_TEXT) {
		size_t at = STR_NPOS;

		if (in->normal && found_once(in, t))
			at = normal_find(in->text, t->text);
		if (at != STR_NPOS)
			add_hit(in, t, at, t->text.n);
		return false;
	}
	if (in->normal || end < t->text.n)
		return false;
	if (t->kind == TERM_ID)
		found_id(in, t, end);
	else if (t->kind == TERM_IDENTIFIER)
		found_identifier(in, t, end);
	else if (found_once(in, t)) /* whether the pattern matches is tried by who asks */
		add_hit(in, t, end - t->text.n, t->text.n);
	return false;
}

static void
scan(struct subject *s, const struct literals *l, enum field field, struct str text, bool normal)
{
	struct scanning in = { s, field, text, normal };

	literals_scan(l, text, found, &in);
}

/* Each ID once, where it stands first: the name, then the file, properties, message. */
static void
keep_each_id_once(struct subject *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->hits.n; i++) {
		const struct hit *h = &s->hits.v[i];
		unsigned *stamp = &s->scratch->terms[h->term->n];

		if (h->at.n == 0 || (h->term->kind == TERM_ID && *stamp == s->scratch->now))
			continue;
		*stamp = s->scratch->now;
		s->hits.v[n++] = *h;
	}
	s->hits.n = n;
}

void
subject_scan(struct subject *s, struct scratch *sc)
{
	const struct index *ix = sc->ix;

	if (s->test) {
		scan(s, ix->names, IN_NAME, s->test->id, false);
		scan(s, ix->names, IN_FILE, s->file, false);
		if (str_find(s->test->id, s->name) == STR_NPOS)
			scan(s, ix->names, IN_NAME, s->name, false);
		for (size_t i = 0; i < s->test->nprops; i++)
			if (!str_ieqz(s->test->props[i].name, "finding")) /* evidence of its own */
				scan(s, ix->names, IN_PROPERTY, s->test->props[i].value, false);
	} else if (s->issue) {
		scan(s, ix->names, IN_FILE, s->file, false);
		scan(s, ix->texts, IN_IDENTIFIERS, s->issue->identifiers, false);
	}
	scan(s, ix->texts, IN_MESSAGE, s->text, false);
	scan(s, ix->texts, IN_MESSAGE, s->normal, true);
	keep_each_id_once(s);
	if (s->test && s->failing && ix->places.n)
		place_frames(s, &sc->keys);
}

void
subject_release(struct subject *s)
{
	vec_release(&s->hits);
	vec_release(&s->frames);
}
