/* snapshot_write.c -- from a finished run to the text of a snapshot. See snapshot.h. */
#include "gate/base/release.h"
#include "gate/base/utf8.h"
#include "gate/model/seen.h"
#include "gate/model/timing.h"
#include "gate/model/snapshot_text.h"

#define MESSAGE_KEPT 200 /* of an issue: for people; what is compared is its hash */

/* One case on its way into the text. */
struct line {
	struct str name, suite;
	uint64_t key;
	uint32_t suite_hash;
	uint32_t nth, ms;
	char letter;
	bool in_front;
};

struct lines {
	struct line *v;
	size_t n, cap;
};

static void
word(struct buf *out, const char *name, struct str value)
{
	buf_addf(out, "@%s ", name);
	snapshot_escape(out, value);
	buf_addc(out, '\n');
}

static bool
excused(const struct test *t)
{
	return t->judged.excused && outcome_bad(t->outcome);
}

static char
letter_of(enum outcome o, bool is_excused)
{
	static const char letters[OUTCOMES] = {
		[OUT_PASSED] = 'p', [OUT_FLAKY] = 'l', [OUT_FAILED] = 'f', [OUT_ERROR] = 'e',
		[OUT_SKIPPED] = 's',
	};

	return is_excused && o == OUT_FAILED ? 'F' : is_excused ? 'E' : letters[o];
}

/* Which cases of the leg failed as an excused finding expects; by place in leg->v. */
static bool *
excused_cases(const struct leg_cases *leg, struct report **reports, size_t n)
{
	bool *yes = xcalloc(leg->n + 1, sizeof(*yes));

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < reports[i]->tests.n; k++) {
			const struct test *t = &reports[i]->tests.v[k];
			size_t at = t->synthetic || !excused(t) ? leg->n :
				seen_find(leg->v, leg->n, t->key);

			while (at < leg->n && leg->v[at].id == t->key &&
			       SEEN_SEQ(leg->v[at]) != t->seq)
				at++;
			if (at < leg->n && leg->v[at].id == t->key)
				yes[at] = true;
		}
	}
	return yes;
}

/* The report that holds the case with this place in the leg, and its place there. */
static const struct report *
owner(struct report **reports, size_t n, uint32_t seq, size_t *at)
{
	size_t base = 0;

	for (size_t i = 0; i < n; i++) {
		size_t count = reports[i]->names ? reports[i]->names->v.n : 0;

		if (seq < base + count) {
			*at = seq - base;
			return reports[i];
		}
		base += count;
	}
	return NULL;
}

static void
collect_cases(const struct leg_cases *leg, struct report **reports, size_t n, struct lines *lines)
{
	bool *excused_here = excused_cases(leg, reports, n);
	uint32_t nth = 0;

	for (size_t i = 0; i < leg->n; i++) {
		size_t at = 0;
		const struct report *r = owner(reports, n, SEEN_SEQ(leg->v[i]), &at);
		const struct seen_name *name;
		struct line *l;

		nth = i && leg->v[i].id == leg->v[i - 1].id ? nth + 1 : 1;
		if (r == NULL)
			continue;
		name = &r->names->v.v[at];
		l = vec_push(lines);
		l->name = str_n(r->names->text.p + name->at, name->n);
		l->suite = r->names->suites.v[name->suite].name;
		l->suite_hash = leg->v[i].suite;
		l->key = name->key;
		l->in_front = leg->v[i].id != name->key;
		l->nth = nth;
		l->ms = r->timings ? timing_of(r->timings, (uint32_t)at) : 0;
		l->letter = letter_of(SEEN_OUTCOME(leg->v[i]), excused_here[i]);
	}
	free(excused_here);
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < reports[i]->tests.n; k++) {
			const struct test *t = &reports[i]->tests.v[k];
			struct line *l;

			if (!t->synthetic)
				continue;
			l = vec_push(lines);
			l->name = t->id;
			l->suite_hash = seen_suite(STR_NONE);
			l->key = seen_key(t->id);
			l->nth = 1;
			l->letter = excused(t) ? 'X' : 'x';
		}
	}
}

static int
by_suite_and_name(const void *x, const void *y)
{
	const struct line *a = x, *b = y;
	int c = str_cmp(a->suite, b->suite);

	if (c == 0)
		c = (int)a->in_front - (int)b->in_front;
	if (c == 0)
		c = (a->suite_hash > b->suite_hash) - (a->suite_hash < b->suite_hash);
	if (c == 0)
		c = str_cmp(a->name, b->name);
	if (c == 0)
		c = (a->nth > b->nth) - (a->nth < b->nth);
	return c ? c : (a->key > b->key) - (a->key < b->key);
}

static void
write_suite(struct buf *out, const struct line *l)
{
	buf_addz(out, l->in_front ? "@suite+ " : "@suite ");
	snapshot_escape(out, l->suite);
	if (seen_suite(l->suite) != l->suite_hash) /* a secret was taken out */
		buf_addf(out, "\t%08x", l->suite_hash);
	buf_addc(out, '\n');
}

static size_t
shared_bytes(struct str a, struct str b)
{
	size_t n = 0;

	while (n < a.n && n < b.n && a.p[n] == b.p[n])
		n++;
	return n;
}

static void
number(struct buf *out, size_t n)
{
	char digits[24];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	buf_add(out, str_n(digits + at, sizeof(digits) - at));
}

static void
write_cases(struct buf *out, const struct lines *lines)
{
	struct buf last = BUF_INIT, coded = BUF_INIT;

	for (size_t i = 0; i < lines->n; i++) {
		const struct line *l = &lines->v[i];
		size_t shared;

		if (i == 0 || l->suite_hash != l[-1].suite_hash || l->in_front != l[-1].in_front ||
		    !str_eq(l->suite, l[-1].suite)) {
			write_suite(out, l);
			buf_reset(&last);
		}
		buf_reset(&coded);
		snapshot_escape(&coded, l->name);
		if (seen_key(l->name) != l->key)
			buf_addf(&coded, "\t%u\t%016llx", l->nth, (unsigned long long)l->key);
		else if (l->nth > 1)
			buf_addf(&coded, "\t%u", l->nth);
		shared = shared_bytes(buf_str(&last), buf_str(&coded));
		buf_addc(out, l->letter);
		number(out, shared);
		buf_addc(out, ' ');
		buf_add(out, str_from(buf_str(&coded), shared));
		buf_addc(out, '\n');
		if (l->ms)
			buf_addf(out, "@took %u\n", l->ms);
		buf_cut(&last, shared);
		buf_add(&last, str_from(buf_str(&coded), shared));
	}
	buf_release(&last);
	buf_release(&coded);
}

static void
write_issue(struct buf *out, struct issue *i)
{
	struct str message = utf8_head(str_to(i->message, str_chr(i->message, '\n')), MESSAGE_KEPT);
	const struct str texts[] = { i->tool, i->rule, i->file };

	buf_addf(out, "@issue %s", level_name(i->level));
	for (size_t k = 0; k < 3; k++) {
		buf_addc(out, '\t');
		snapshot_escape(out, texts[k]);
	}
	buf_addf(out, "\t%ld\t", i->line > 0 ? i->line : 0);
	snapshot_escape(out, i->fingerprint);
	buf_addf(out, "\t%016llx\t%llx\t", (unsigned long long)issue_message_hash(i),
		(unsigned long long)i->context);
	snapshot_escape(out, message);
	buf_addc(out, '\n');
}

/* By identity, then place, so that equal runs give equal bytes. */
static int
by_identity(const void *x, const void *y)
{
	const struct issue *a = *(struct issue *const *)x, *b = *(struct issue *const *)y;
	int c = str_cmp(a->id, b->id);

	if (c == 0)
		c = (a->line > b->line) - (a->line < b->line);
	return c ? c : (a->column > b->column) - (a->column < b->column);
}

static long
write_issues(struct buf *out, struct report **reports, size_t n)
{
	VEC(struct issue *) all = { 0 };
	long count;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < reports[i]->issues.n; k++)
			if (!reports[i]->issues.v[k].info_only &&
			    !reports[i]->issues.v[k].suppressed)
				*vec_push(&all) = &reports[i]->issues.v[k];
	vec_sort(&all, by_identity);
	for (size_t i = 0; i < all.n; i++)
		write_issue(out, all.v[i]);
	count = (long)all.n;
	vec_release(&all);
	return count;
}

static const struct leg_cases *
cases_of(const struct producer *p, struct str leg)
{
	for (size_t i = 0; i < p->legs.n; i++)
		if (str_eq(p->legs.v[i].leg, leg))
			return &p->legs.v[i];
	return NULL;
}

static void
write_time(struct buf *out, struct report **reports, size_t n)
{
	uint64_t us = 0;
	long cases = 0;

	for (size_t i = 0; i < n; i++) {
		us += reports[i]->timings ? reports[i]->timings->total_us : 0;
		cases += reports[i]->timings ? reports[i]->timings->cases : 0;
	}
	if (cases)
		buf_addf(out, "@time %llu %ld\n", (unsigned long long)(us / 1000), cases);
}

static void
write_tools(struct buf *out, struct report *const *reports, size_t n)
{
	struct versions tools = { 0 };

	versions_of(reports, n, &tools);
	versions_sort(&tools);
	for (size_t i = 0; i < tools.n; i++) {
		buf_addz(out, "@tool ");
		snapshot_escape(out, tools.v[i].name);
		buf_addc(out, '\t');
		snapshot_escape(out, tools.v[i].version);
		buf_addc(out, '\n');
	}
	vec_release(&tools);
}

static void
write_leg(struct buf *out, const struct producer *p, struct report **reports, size_t n,
	long *tests, long *issues)
{
	const struct leg_cases *cases = cases_of(p, reports[0]->leg);
	const struct report *first = reports[0];
	struct lines lines = { 0 };
	long unnamed = 0;

	for (size_t i = 0; i < n; i++) {
		unnamed += reports[i]->unnamed;
		if (first->kind == KIND_NONE)
			first = reports[i];
	}
	word(out, "leg", reports[0]->leg);
	buf_addf(out, "@reports %s\t", report_kind_name(first->kind));
	snapshot_escape(out, first->format);
	buf_addc(out, '\t');
	snapshot_escape(out, first->tool);
	buf_addc(out, '\n');
	write_tools(out, reports, n);
	if (unnamed)
		buf_addf(out, "@unnamed %ld\n", unnamed);
	if (cases)
		collect_cases(cases, reports, n, &lines);
	vec_sort(&lines, by_suite_and_name);
	write_cases(out, &lines);
	write_time(out, reports, n);
	for (size_t i = 0; i < lines.n; i++)
		*tests += lines.v[i].letter != 'x' && lines.v[i].letter != 'X';
	vec_release(&lines);
	*issues += write_issues(out, reports, n);
}

static void
write_head(struct buf *out, const struct snapshot_about *about)
{
	buf_addf(out, "%s%d\n", SNAPSHOT_SCHEMA, SNAPSHOT_VERSION);
	word(out, "gate", STR(GATE_VERSION));
	if (about->name.n)
		word(out, "name", about->name);
	if (about->project.n)
		word(out, "project", about->project);
	if (about->revision.n)
		word(out, "revision", about->revision);
	if (about->saved != DATE_NONE) {
		buf_addz(out, "@saved ");
		date_rfc3339(out, about->saved);
		buf_addc(out, '\n');
	}
	word(out, "origin", str_of(snapshot_origin_name(about->origin)));
}

void
snapshot_write(const struct run *run, const struct snapshot_about *about, struct buf *out)
{
	long tests = 0, issues = 0;

	write_head(out, about);
	for (size_t i = 0; i < run->producers.n; i++) {
		const struct producer *p = &run->producers.v[i];
		size_t n;

		if (p->reports.n == 0 || p->tool_only_absent)
			continue;
		word(out, "producer", p->spec->name);
		for (size_t k = 0; k < p->reports.n; k += n) {
			for (n = 1; k + n < p->reports.n; n++)
				if (!str_eq(p->reports.v[k]->leg, p->reports.v[k + n]->leg))
					break;
			write_leg(out, p, p->reports.v + k, n, &tests, &issues);
		}
	}
	buf_addf(out, "@end %ld\t%ld\n", tests, issues);
}
