/* pytest_session.c -- see pytest_session.h. */
#include "parsers/support/pytest_session.h"

#include "gate/base/limits.h"

void
pytest_session_init(struct pytest_session *s, struct lines *l)
{
	memset(s, 0, sizeof(*s));
	s->l = l;
	s->collected = -1;
}

void
pytest_session_release(struct pytest_session *s)
{
	map_release(&s->by_id);
	map_release(&s->reruns);
	map_release(&s->failures);
	map_release(&s->errors);
	vec_release(&s->named);
	vec_release(&s->sections);
	buf_release(&s->body);
	buf_release(&s->message);
	for (size_t i = 0; i < PYTEST_PENDING; i++) {
		buf_release(&s->pending[i].id);
		buf_release(&s->pending[i].detail);
	}
	arena_release(&s->mem);
}

/* ---- cases ---- */

static struct pytest_named *
name_case(struct pytest_session *s, struct str id, struct str detail)
{
	struct pytest_named *n;
	void **place;

	id = str_to(id, MAX_NAME_KEPT);
	n = map_get(&s->by_id, id);
	if (n == NULL) {
		n = arena_new(&s->mem, struct pytest_named);
		n->id = arena_dup(&s->mem, id);
		place = map_at(&s->by_id, n->id);
		*place = n;
		*vec_push(&s->named) = n;
	}
	n->at = s->l->number;
	if (detail.n)
		n->detail = arena_dup(&s->mem, detail);
	return n;
}

static void
split_id(struct str id, struct test_event *ev)
{
	size_t bracket = str_chr(id, '['), at;

	ev->id = id;
	ev->name = id;
	ev->dialect = DIALECT_READY;
	at = str_find(id, STR("::"));
	if (at == STR_NPOS) {
		ev->file = id;
		return;
	}
	ev->file = str_to(id, at);
	ev->name = str_from(id, at + 2);
	at = str_rfind(
		str_to(ev->name, bracket == STR_NPOS ? bracket : bracket - at - 2), STR("::"));
	if (at != STR_NPOS) {
		ev->class = str_to(ev->name, at);
		ev->name = str_from(ev->name, at + 2);
	}
}

static int
send_plain(
	struct pytest_session *s, struct str id, enum outcome outcome, struct str detail, long at)
{
	struct test_event ev = { .outcome = outcome, .seconds = -1, .at = at };

	if (outcome == OUT_PASSED && map_get(&s->reruns, id)) {
		ev.outcome = OUT_FLAKY;
		ev.attempts = (unsigned)(uintptr_t)map_get(&s->reruns, id);
	}
	split_id(id, &ev);
	if (outcome == OUT_SKIPPED) {
		s->sent_skipped++;
		ev.message = detail;
	} else {
		s->sent_passed++;
	}
	return s->l->out->test(s->l->out->ctx, &ev);
}

static int
send_pending(struct pytest_session *s, size_t i)
{
	struct str id = buf_str(&s->pending[i].id);
	int rc = 0;

	if (id.n)
		rc = send_plain(s, id, s->pending[i].outcome, buf_str(&s->pending[i].detail),
			s->pending[i].at);
	buf_reset(&s->pending[i].id);
	buf_reset(&s->pending[i].detail);
	return rc;
}

static int
send_all_pending(struct pytest_session *s)
{
	for (size_t i = 0; i < s->npending; i++)
		if (send_pending(s, (s->next_pending + i) % s->npending) < 0)
			return -1;
	s->npending = s->next_pending = 0;
	return 0;
}

static int
add_pending(struct pytest_session *s, const struct pytest_case *c, enum outcome outcome)
{
	size_t i = s->npending < PYTEST_PENDING ? s->npending : s->next_pending;

	if (i == s->npending)
		s->npending++;
	else if (send_pending(s, i) < 0)
		return -1;
	if (s->npending == PYTEST_PENDING)
		s->next_pending = (i + 1) % PYTEST_PENDING;
	buf_add(&s->pending[i].id, c->id);
	buf_add(&s->pending[i].detail, c->detail);
	s->pending[i].outcome = outcome;
	s->pending[i].at = s->l->number;
	return 0;
}

/* A passed case of that name is waiting: then this is the error of its teardown. */
static bool
drop_pending(struct pytest_session *s, struct str id)
{
	for (size_t i = 0; i < s->npending; i++) {
		if (str_eq(buf_str(&s->pending[i].id), id)) {
			buf_reset(&s->pending[i].id);
			return true;
		}
	}
	return false;
}

/* The text of a teardown's error under this name waits: an ERROR line will follow. */
static bool
awaits_error(struct pytest_session *s, struct str id)
{
	struct pytest_section *sec = pytest_find_section(s, id, true, false);

	return sec && sec->phase == PYTEST_TEARDOWN;
}

static void
add_rerun(struct pytest_session *s, struct str id)
{
	void **place;

	if (map_get(&s->reruns, id) == NULL)
		id = arena_dup(&s->mem, id);
	place = map_at(&s->reruns, id);
	*place = (void *)((uintptr_t)*place + 1);
}

int
pytest_add_case(struct pytest_session *s, const struct pytest_case *c, bool verbose)
{
	struct pytest_named *n;

	s->any = true;
	s->verbose = s->verbose || verbose;
	switch (c->word) {
	case PYTEST_FAILED:
		drop_pending(s, c->id);
		name_case(s, c->id, c->detail)->failed = true;
		break;
	case PYTEST_SUBFAIL:
		drop_pending(s, c->id);
		name_case(s, c->id, c->detail)->subtests++;
		break;
	case PYTEST_ERROR:
		n = name_case(s, c->id, c->detail);
		n->error = true;
		if (drop_pending(s, c->id))
			n->teardown = true;
		break;
	case PYTEST_RERUN:
		add_rerun(s, c->id);
		break;
	case PYTEST_PASSED:
	case PYTEST_XPASS:
		if (verbose)
			return add_pending(s, c, OUT_PASSED);
		if (!s->verbose && !awaits_error(s, c->id))
			return send_plain(s, c->id, OUT_PASSED, STR_NONE, s->l->number);
		break;
	case PYTEST_SKIPPED:
	case PYTEST_XFAIL:
		if (verbose)
			return add_pending(s, c, OUT_SKIPPED);
		if (!s->verbose && c->line == 0 && c->times == 1)
			return send_plain(s, c->id, OUT_SKIPPED, c->detail, s->l->number);
		break;
	case PYTEST_OTHER:
		break;
	}
	return 0;
}

/* ---- the end of a run ---- */

static int
send_named(struct pytest_session *s, const struct pytest_named *n)
{
	const struct pytest_section *sec = n->error_text ? n->error_text : n->failure_text;
	struct test_event ev = {
		.outcome = n->error ? OUT_ERROR : OUT_FAILED, .seconds = -1, .at = n->at,
		.message = n->detail, .text = n->detail,
		.attempts = (unsigned)(uintptr_t)map_get(&s->reruns, n->id),
	};
	struct buf both = BUF_INIT;
	int rc;

	split_id(n->id, &ev);
	if (sec) {
		ev.message = sec->message.n ? sec->message : n->detail;
		ev.text = sec->text.n ? sec->text : ev.message;
		ev.type = sec->type;
		pytest_set_place(sec, &ev);
	}
	if (n->error_text && n->failure_text) { /* failed, and its teardown too */
		buf_addf(&both, "%.*s\n\n%.*s", STR_FMT(ev.text), STR_FMT(n->failure_text->text));
		ev.text = buf_str(&both);
	}
	if (ev.type.n == 0)
		ev.type = pytest_type(ev.message);
	rc = s->l->out->test(s->l->out->ctx, &ev);
	buf_release(&both);
	return rc;
}

static void
claim_texts(struct pytest_session *s, struct pytest_named *n)
{
	if ((n->failed || n->subtests) && n->failure_text == NULL)
		n->failure_text = pytest_find_section(s, n->id, false, true);
	if (n->error && n->error_text == NULL)
		n->error_text = pytest_find_section(s, n->id, true, true);
	if (n->error_text && n->error_text->phase == PYTEST_TEARDOWN)
		n->teardown = true;
}

/* A text that no line of the summary claims (-rN): the ID is made of heading and place. */
static void
name_section(struct pytest_session *s, struct pytest_section *sec)
{
	struct buf id = BUF_INIT;
	size_t bracket = str_chr(sec->heading, '[');
	struct pytest_named *n;

	if (sec->phase != PYTEST_COLLECT && sec->nlocs) {
		buf_add(&id, sec->loc[0].path);
		buf_addz(&id, "::");
	}
	for (size_t i = 0; i < sec->heading.n; i++) {
		if (sec->phase != PYTEST_COLLECT && i < bracket && sec->heading.p[i] == '.')
			buf_addz(&id, "::");
		else
			buf_addc(&id, sec->heading.p[i]);
	}
	n = name_case(s, buf_str(&id), STR_NONE);
	n->at = sec->at;
	if (sec->error) {
		n->error = true;
		n->error_text = sec;
		n->teardown = n->teardown || sec->phase == PYTEST_TEARDOWN;
	} else if (n->failure_text == NULL) {
		n->failed = true;
		n->failure_text = sec;
	}
	sec->used = true;
	buf_release(&id);
}

static void
send_unnamed(struct pytest_session *s, enum outcome outcome, long n)
{
	if (n > 0 && s->l->out->unnamed)
		s->l->out->unnamed(s->l->out->ctx, outcome, n);
}

/*
 * What the last line counts, less what was sent by name. An error of a teardown comes on top
 * of the case's own outcome, so it counts no case.
 */
static void
send_counts(struct pytest_session *s, const struct pytest_counts *c, long failed, long errors,
	long torn)
{
	long cases = c->failed + c->passed + c->skipped + c->xfailed + c->xpassed + c->errors;
	struct totals declared = {
		.tests = s->collected >= 0 ? s->collected : cases - s->second_errors,
		.failures = c->failed, .errors = c->errors, .skipped = c->skipped + c->xfailed,
	};

	send_unnamed(s, OUT_PASSED, c->passed + c->xpassed - s->sent_passed - torn);
	send_unnamed(s, OUT_SKIPPED, c->skipped + c->xfailed - s->sent_skipped);
	s->l->out->elements(s->l->out->ctx, failed, errors);
	s->l->out->declared(s->l->out->ctx, &declared);
}

/* Cases that passed at last after reruns, and whose names only the reruns tell. */
static int
send_flaky(struct pytest_session *s)
{
	for (size_t i = 0; i < s->reruns.n; i++) {
		struct str id = s->reruns.v[i].key;

		if (!s->verbose && map_get(&s->by_id, id) == NULL &&
		    send_plain(s, id, OUT_PASSED, STR_NONE, 0) < 0)
			return -1;
	}
	return 0;
}

/* The run was cut: its letters may show failures that nothing names. */
static void
cut_short(struct pytest_session *s, long failed, long errors)
{
	long more = s->letters_failed + s->letters_error - failed - errors;

	if (!s->stopped)
		lines_problem(s->l, PROBLEM_TRUNCATED, "it ends without pytest's last line");
	if (more > 0 && s->l->out->surplus)
		s->l->out->surplus(s->l->out->ctx, STR("pytest"), more, s->l->number);
}

/* Gives every failure its text, and texts without a line of their own a name. */
static void
settle_names(struct pytest_session *s, const struct pytest_counts *counts)
{
	long failed = 0, errors = 0;

	for (size_t i = 0; i < s->named.n; i++) {
		claim_texts(s, s->named.v[i]);
		failed += s->named.v[i]->failed + s->named.v[i]->subtests;
		errors += s->named.v[i]->error;
	}
	for (size_t i = 0; i < s->sections.n; i++) {
		struct pytest_section *sec = s->sections.v[i];
		long *shown = sec->error ? &errors : &failed;

		/* Captured output may hold headings too: no more than were counted. */
		if (sec->used ||
			(counts && *shown >= (sec->error ? counts->errors : counts->failed)))
			continue;
		name_section(s, sec);
		++*shown;
	}
}

static int
send_all(struct pytest_session *s, const struct pytest_counts *counts)
{
	long failed = 0, errors = 0, torn = 0;

	if (send_all_pending(s) < 0)
		return -1;
	settle_names(s, counts);
	for (size_t i = 0; i < s->named.n; i++) {
		struct pytest_named *n = s->named.v[i];

		if (send_named(s, n) < 0)
			return -1;
		failed += n->failed + n->subtests;
		errors += n->error;
		torn += (n->teardown || n->subtests) && !n->failed;
		s->second_errors += (n->error && (n->teardown || n->failed)) + n->subtests;
	}
	if (counts == NULL) {
		cut_short(s, failed, errors);
		return 0;
	}
	if (send_flaky(s) < 0)
		return -1;
	send_counts(s, counts, failed, errors, torn);
	return 0;
}

int
pytest_finish(struct pytest_session *s, const struct pytest_counts *counts)
{
	struct lines *l = s->l;
	int rc;

	pytest_close_section(s);
	rc = send_all(s, counts);
	pytest_session_release(s);
	pytest_session_init(s, l);
	return rc;
}
