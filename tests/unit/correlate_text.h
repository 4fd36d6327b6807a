/*
 * correlate_text.h -- registers and results as a few lines of text, and what correlation made
 * of them as text again. For tests of evidence and classes. Long because one small language
 * is read in one place.
 *
 *   # NAME KIND [excuses|describes]  a register: document structured list tracker
 *   ID STATE LEVEL TITLE...          a finding of it; what follows with a tab belongs to it
 *     case|class|file|dir|glob REF   a test reference
 *     sig|sig! TEXT                  a signature, a required one
 *     ident|alias|tool|loc|tracks|about|expires ...
 *     match KEY PATTERN, message|message?|message~ TEXT, outcome WORD, sometimes,
 *     waiver OWNER|REASON|DATE, fixed-in REVISION
 *   removed|renamed ...              of the register
 *   > PRODUCER [incomplete] [finding=ID]
 *   test OUTCOME ID [= MESSAGE]      a result of it; with a tab: prop NAME=VALUE, file ...
 *   issue TOOL RULE PATH:LINE MESSAGE
 */
#ifndef TESTS_UNIT_CORRELATE_TEXT_H
#define TESTS_UNIT_CORRELATE_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "gate/base/date.h"
#include "gate/base/normal.h"
#include "gate/base/num.h"
#include "gate/correlate/correlate.h"
#include "gate/model/identity.h"

struct world {
	struct arena mem;
	struct findings fs;
	struct run run;
	struct correlate_options opt;
	struct reg *reg;
	struct finding *f;
	struct producer *p;
	struct test *t;
	struct { struct test **v; size_t n, cap; } tests;
	struct { struct issue **v; size_t n, cap; } issues;
	struct { struct producer **v; size_t n, cap; } producers;
	bool backwards; /* registers, producers and results in the other order */
};

static struct str
take_word(struct str *line)
{
	struct str word = STR_NONE;

	str_word(line, &word);
	*line = str_trim(*line);
	return word;
}

static int
named_in(struct str word, const char *const *names, int n)
{
	for (int i = 0; i < n; i++)
		if (str_eqz(word, names[i]))
			return i;
	fail_msg("'%.*s' is not known here", STR_FMT(word));
	return 0;
}

static int64_t
day(struct str s)
{
	int64_t t = DATE_NONE;

	if (s.n && !date_parse(s, &t))
		fail_msg("bad date %.*s", STR_FMT(s));
	return t;
}

static struct str
normal_copy(struct arena *mem, struct str s)
{
	struct buf b = BUF_INIT;
	struct str out;

	normal_add(&b, s);
	out = arena_dup(mem, buf_str(&b));
	buf_release(&b);
	return out;
}

static void
start_register(struct world *w, struct str line)
{
	static const char *const kinds[] = { "document", "structured", "list", "tracker" };
	struct str name = take_word(&line);

	w->reg = findings_reg(&w->fs, name, name);
	w->reg->name = name;
	w->reg->kind = (enum register_kind)named_in(take_word(&line), kinds, 4);
	w->reg->excuses_set = line.n != 0;
	w->reg->excuses = str_eqz(line, "excuses");
	w->f = NULL;
	w->p = NULL;
}

static void
start_finding(struct world *w, struct str id, struct str line)
{
	if (!state_parse(take_word(&line), &w->f->own_state) ||
		!level_parse(take_word(&line), &w->f->level))
		fail_msg("a finding is ID STATE LEVEL TITLE");
	w->f->state = w->f->own_state;
	w->f->title = arena_dup(&w->fs.mem, line);
	if (w->reg->kind == REGISTER_LIST) {
		w->f->entry = arena_new(&w->fs.mem, struct entry);
		w->f->entry->waiver_expires = DATE_NONE;
		w->f->entry->has_match = true;
		str_list_add(&w->fs, &w->f->entry->match.pattern[SEL_TEST], id);
	}
}

static struct entry *
entry_of(struct world *w)
{
	if (w->f->entry == NULL) {
		w->f->entry = arena_new(&w->fs.mem, struct entry);
		w->f->entry->waiver_expires = DATE_NONE;
	}
	return w->f->entry;
}

static struct finding *
find_id(struct world *w, struct str id)
{
	for (size_t i = 0; i < w->fs.all.n; i++)
		if (str_eq(w->fs.all.v[i]->id, id))
			return w->fs.all.v[i];
	fail_msg("no finding %.*s", STR_FMT(id));
	return NULL;
}

static void
add_message(struct world *w, struct str word, struct str text)
{
	struct entry *e = entry_of(w);
	struct message_match *more = arena_alloc(&w->fs.mem, (e->nmessages + 1) * sizeof(*more));
	struct err err = { 0 };

	e->has_match = true;
	if (e->nmessages)
		memcpy(more, e->messages, e->nmessages * sizeof(*more));
	e->messages = more;
	e->message_optional = str_ends(word, "?");
	if (str_ends(word, "~")) {
		more[e->nmessages].regex = regex_new(text, 0, (struct pos){ 0 }, &err);
		assert_false(err.set);
	} else {
		more[e->nmessages].literal = text;
		more[e->nmessages].normal = normal_copy(&w->fs.mem, text);
	}
	e->nmessages++;
}

static void
add_waiver(struct world *w, struct str owner)
{
	struct str reason, date;
	struct entry *e = entry_of(w);

	str_cut(&owner, "|", &reason);
	str_cut(&reason, "|", &date);
	e->has_waiver = true;
	e->waiver_owner = owner;
	e->waiver_reason = reason;
	e->waiver_expires = day(date);
}

static void
add_location(struct world *w, struct str text, long line)
{
	struct location *l = vec_push(&w->f->locations);
	struct str lines, end;

	str_cut(&text, ":", &lines);
	str_cut(&lines, "-", &end);
	l->path = text;
	l->folder = str_ends(text, "/");
	num_long(lines, 1, 1000000, &l->line);
	num_long(end, 1, 1000000, &l->end_line);
	l->at = line;
}

static void
add_link(struct world *w, enum link_kind kind, struct finding *to)
{
	struct link *l = vec_push(&w->f->links);

	l->kind = kind;
	l->target = to;
	l->to = to->qualified;
}

static void
finding_line(struct world *w, struct str line, long at)
{
	static const char *const scopes[] = { "case", "class", "file", "dir", "glob" };
	struct str word = take_word(&line);

	line = arena_dup(&w->fs.mem, line);
	if (str_starts(word, "sig")) {
		struct signature *s = vec_push(&w->f->signatures);

		*s = (struct signature){ .text = line, .normal = normal_copy(&w->fs.mem, line),
			.required = str_ends(word, "!"), .line = at };
	} else if (str_eqz(word, "ident")) {
		str_list_add(&w->fs, &w->f->identifiers, line);
	} else if (str_eqz(word, "alias")) {
		str_list_add(&w->fs, &w->f->aliases, line);
	} else if (str_eqz(word, "tool")) {
		struct tool_ref *t = vec_push(&w->f->tools);

		t->tool = take_word(&line);
		t->rule = line;
		t->line = at;
	} else if (str_eqz(word, "loc")) {
		add_location(w, line, at);
	} else if (str_eqz(word, "tracks")) {
		add_link(w, LINK_TRACKS, find_id(w, line));
	} else if (str_eqz(word, "duplicates")) {
		add_link(w, LINK_DUPLICATES, find_id(w, line));
	} else if (str_eqz(word, "about")) {
		w->f->statement = true;
		w->f->about = find_id(w, line);
	} else if (str_eqz(word, "expires")) {
		w->f->expires = day(line);
	} else if (str_eqz(word, "match")) {
		struct str key = take_word(&line);
		int k = 0;

		while (k < SELECTORS && !str_eqz(key, selector_name((enum selector_key)k)))
			k++;
		assert_true(k < SELECTORS);
		entry_of(w)->has_match = true;
		str_list_add(&w->fs, &w->f->entry->match.pattern[k], line);
	} else if (str_starts(word, "message")) {
		add_message(w, word, line);
	} else if (str_eqz(word, "outcome")) {
		entry_of(w)->outcomes |= 1u << (str_eqz(line, "error") ? OUT_ERROR : OUT_FAILED);
	} else if (str_eqz(word, "sometimes")) {
		entry_of(w)->sometimes = true;
	} else if (str_eqz(word, "entry")) {
		entry_of(w);
	} else if (str_eqz(word, "waiver")) {
		add_waiver(w, line);
	} else if (str_eqz(word, "fixed-in")) {
		entry_of(w)->fixed_in = line;
	} else {
		struct test_ref *t = vec_push(&w->f->tests);

		t->scope = (enum ref_scope)named_in(word, scopes, 5);
		t->ref = line;
		t->line = at;
	}
}

static void
start_producer(struct world *w, struct str line)
{
	struct producer_spec *spec = arena_new(&w->mem, struct producer_spec);
	struct report *r = arena_new(&w->mem, struct report);
	struct str word;

	w->p = arena_new(&w->mem, struct producer);
	spec->name = take_word(&line);
	w->p->spec = spec;
	w->p->complete = true;
	r->kind = KIND_TESTS;
	while ((word = take_word(&line)).n) {
		if (str_eqz(word, "incomplete"))
			w->p->complete = false;
		else if (str_eqz(word, "lint"))
			r->kind = KIND_LINT;
		else if (str_skip(&word, "finding="))
			spec->finding = word;
		else if (str_skip(&word, "leg="))
			r->leg = word;
	}
	r->producer = w->p;
	*vec_push(&w->p->reports) = r;
	*vec_push(&w->producers) = w->p;
}

static struct str
last_name(struct str id)
{
	static const char *const seps[] = { " > ", "::", "#" };

	for (size_t i = 0; i < 3; i++) {
		size_t at = str_rfind(id, str_of(seps[i]));

		if (at != STR_NPOS)
			return str_from(id, at + strlen(seps[i]));
	}
	return id;
}

static void
result_line(struct world *w, struct str line)
{
	struct str outcome = take_word(&line), message;
	int o = 0;

	while (o < OUTCOMES && !str_eqz(outcome, outcome_name((enum outcome)o)))
		o++;
	assert_true(o < OUTCOMES);
	str_cut(&line, " = ", &message);
	w->t = arena_new(&w->mem, struct test);
	w->t->id = w->t->base_id = line;
	w->t->name = last_name(line);
	w->t->outcome = (enum outcome)o;
	w->t->text = w->t->message = message;
	w->t->report = w->p->reports.v[0];
	w->t->props = arena_alloc(&w->mem, 8 * sizeof(*w->t->props));
	*vec_push(&w->tests) = w->t;
}

static void
test_line(struct world *w, struct str line)
{
	struct str word = take_word(&line);

	if (str_eqz(word, "prop")) {
		struct prop *p = &w->t->props[w->t->nprops++];

		p->name = line;
		str_cut(&p->name, "=", &p->value);
	} else if (str_eqz(word, "file")) {
		w->t->file = line;
	} else if (str_eqz(word, "class")) {
		w->t->class = line;
	} else if (str_eqz(word, "id")) {
		w->t->id = line;
	} else if (str_eqz(word, "suite")) {
		w->t->suite = line;
	} else if (str_eqz(word, "java")) {
		w->t->dialect = DIALECT_JAVA;
	} else if (str_eqz(word, "at")) {
		num_long(line, 1, 1000000, &w->t->line);
	} else {
		bool bar = str_eqz(word, "|"); /* as everything else: one more line */

		w->t->text = arena_printf(&w->mem, "%.*s\n%.*s%s%.*s", STR_FMT(w->t->text),
			STR_FMT(bar ? STR_NONE : word), bar ? "" : " ", STR_FMT(line));
	}
}

static void
issue_line(struct world *w, struct str line)
{
	struct issue *i = arena_new(&w->mem, struct issue);
	struct str where;

	i->tool = take_word(&line);
	i->rule = take_word(&line);
	if (str_eqz(i->rule, "-"))
		i->rule = STR_NONE;
	where = take_word(&line);
	i->file = where;
	str_cut(&i->file, ":", &where);
	num_long(where, 1, 1000000, &i->line);
	i->message = line;
	i->suppressed = str_ends(line, "(suppressed)");
	i->level = LEVEL_MEDIUM;
	i->report = w->p->reports.v[0];
	i->id = arena_printf(&w->mem, "%.*s %.*s %.*s", STR_FMT(i->tool), STR_FMT(i->rule),
		STR_FMT(i->file));
	*vec_push(&w->issues) = i;
}

static void
world_line(struct world *w, struct str line, long at)
{
	struct str word;

	if (line.n && line.p[0] == '\t') {
		line = str_trim(line);
		if (w->p)
			test_line(w, line);
		else
			finding_line(w, line, at);
		return;
	}
	word = take_word(&line);
	if (str_eqz(word, "#")) {
		start_register(w, line);
	} else if (str_eqz(word, ">")) {
		start_producer(w, line);
	} else if (str_eqz(word, "test")) {
		result_line(w, line);
	} else if (str_eqz(word, "issue")) {
		issue_line(w, line);
	} else if (str_eqz(word, "renamed")) {
		*vec_push(&w->reg->renamed_from) = take_word(&line);
		*vec_push(&w->reg->renamed_to) = line;
	} else if (word.n) {
		w->f = findings_add(&w->fs, w->reg, word, STR_NONE, at);
		start_finding(w, w->f->id, line);
	}
}

static size_t
place(const struct world *w, size_t i, size_t n)
{
	return w->backwards ? n - 1 - i : i;
}

static void
world_read(struct world *w, const char *text)
{
	struct str in = str_of(text), line;

	for (long at = 1; str_line(&in, &line); at++)
		world_line(w, line, at);
	for (size_t i = 0; i < w->producers.n; i++)
		*vec_push(&w->run.producers) = *w->producers.v[place(w, i, w->producers.n)];
	for (size_t i = 0; i < w->tests.n; i++)
		*vec_push(&w->run.tests) = w->tests.v[place(w, i, w->tests.n)];
	for (size_t i = 0; i < w->issues.n; i++)
		*vec_push(&w->run.issues) = w->issues.v[place(w, i, w->issues.n)];
}

static void
say_judged(struct buf *b, struct str id, const struct judged *j, bool evidence)
{
	buf_addf(b, "%.*s: %s", STR_FMT(id), class_name(j->cls));
	if (j->finding)
		buf_addf(b, " %.*s %s", STR_FMT(j->finding->id), strength_name(j->strength));
	buf_addf(b, "%s%s%s", j->excused ? " excused" : "", j->mismatch ? " mismatch" : "",
		j->in_grace ? " grace" : "");
	for (size_t i = 0; evidence && i < j->nevidence; i++)
		buf_addf(b, "%s %.*s %s %s", i ? "," : " |", STR_FMT(j->evidence[i].finding->id),
			evidence_kind_name(j->evidence[i].kind),
			strength_name(j->evidence[i].strength));
	if (!evidence && j->note.n)
		buf_addf(b, " -- %.*s", STR_FMT(j->note));
	buf_addc(b, '\n');
}

/* Every result, absent and note, one a line, in the order of the text. */
static void
world_say(const struct world *w, bool evidence, struct buf *b)
{
	for (size_t i = 0; i < w->tests.n; i++)
		say_judged(b, w->tests.v[i]->id, &w->tests.v[i]->judged, evidence);
	for (size_t i = 0; i < w->issues.n; i++)
		say_judged(b, w->issues.v[i]->id, &w->issues.v[i]->judged, evidence);
	for (size_t i = 0; i < w->producers.n; i++) {
		const struct producer *p = &w->run.producers.v[place(w, i, w->producers.n)];

		if (!p->complete)
			say_judged(b, p->spec->name, &p->judged, evidence);
	}
	for (size_t i = 0; i < w->run.absents.n; i++)
		say_judged(b, w->run.absents.v[i].ref, &w->run.absents.v[i].judged, evidence);
	for (size_t i = 0; i < w->run.notes.n; i++)
		buf_addf(b, "%.*s: %.*s\n", STR_FMT(w->run.notes.v[i].finding->id),
			STR_FMT(w->run.notes.v[i].text));
}

static void
world_release(struct world *w)
{
	for (size_t i = 0; i < w->producers.n; i++)
		vec_release(&w->producers.v[i]->reports);
	vec_release(&w->tests);
	vec_release(&w->issues);
	vec_release(&w->producers);
	vec_release(&w->run.producers);
	vec_release(&w->run.tests);
	vec_release(&w->run.issues);
	vec_release(&w->run.absents);
	vec_release(&w->run.notes);
	arena_release(&w->run.mem);
	arena_release(&w->mem);
	findings_release(&w->fs);
}

static void
world_correlate(struct world *w, const char *text)
{
	struct index *ix;

	if (w->opt.now == 0)
		assert_true(date_parse(STR("2026-11-20T12:00:00Z"), &w->opt.now));
	world_read(w, text);
	ix = index_new(&w->fs, &w->opt);
	correlate(&w->run, ix);
	index_free(ix);
}

/* The text of what came out, for people to compare. */
static void
check_world(struct world *w, const char *name, const char *in, const char *out, bool evidence)
{
	struct buf b = BUF_INIT;

	world_correlate(w, in);
	world_say(w, evidence, &b);
	if (strcmp(buf_z(&b), out) != 0)
		print_message("%s\n--- expected\n%s--- got\n%s---\n", name, out, buf_z(&b));
	assert_string_equal(buf_z(&b), out);
	buf_release(&b);
	world_release(w);
}

#endif
