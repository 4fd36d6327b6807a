/*
 * test_issue_match.c -- lint results against those of the baseline, over generated drifts: a
 * file of made-up lines with results on some of them, edited in known ways, so that the truth
 * about every pair is known.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/base/arena.h"
#include "gate/base/mem.h"
#include "gate/correlate/baseline.h"

#define FILES 20
#define LINES 200

/* A line of source: `id` is its identity through all edits, `text` what stands there. */
struct source_line {
	uint64_t id, text;
	const char *rule; /* NULL: no result on it */
	uint64_t message;
};

struct file {
	char name[32];
	struct source_line *v;
	size_t n, cap;
};

struct tree {
	struct file files[FILES];
};

static uint64_t state_of_chance;

static uint64_t
chance(uint64_t below)
{
	state_of_chance = state_of_chance * 6364136223846793005u + 1442695040888963407u;
	return (state_of_chance >> 33) % below;
}

static struct source_line
make_line(uint64_t id)
{
	static const char *const rules[] = { "E501", "F401", "F841", "B008" };
	struct source_line l = { .id = id, .text = chance(4) ? id * 977 : chance(3) };

	if (chance(12) == 0) {
		l.rule = rules[chance(4)];
		l.message = chance(3); /* many say the same */
	}
	return l;
}

static void
tree_init(struct tree *t, uint64_t seed)
{
	uint64_t id = 1;

	memset(t, 0, sizeof(*t));
	state_of_chance = seed;
	for (size_t f = 0; f < FILES; f++) {
		snprintf(t->files[f].name, sizeof(t->files[f].name), "src/mod%02zu.py", f);
		for (size_t i = 0; i < LINES; i++)
			*vec_push(&t->files[f]) = make_line(id++);
	}
}

static void
tree_copy(struct tree *to, const struct tree *from)
{
	memset(to, 0, sizeof(*to));
	for (size_t f = 0; f < FILES; f++) {
		memcpy(to->files[f].name, from->files[f].name, sizeof(to->files[f].name));
		for (size_t i = 0; i < from->files[f].n; i++)
			*vec_push(&to->files[f]) = from->files[f].v[i];
	}
}

static void
tree_release(struct tree *t)
{
	for (size_t f = 0; f < FILES; f++)
		vec_release(&t->files[f]);
}

static void
insert_lines(struct file *f, size_t at, size_t n, uint64_t id, bool with_results)
{
	for (size_t i = 0; i < n; i++)
		vec_push(f);
	memmove(f->v + at + n, f->v + at, (f->n - n - at) * sizeof(*f->v));
	for (size_t i = 0; i < n; i++) {
		f->v[at + i] = make_line(id + i);
		if (!with_results)
			f->v[at + i].rule = NULL;
	}
}

static void
delete_lines(struct file *f, size_t at, size_t n)
{
	memmove(f->v + at, f->v + at + n, (f->n - at - n) * sizeof(*f->v));
	f->n -= n;
}

static uint64_t
context(const struct file *f, size_t i)
{
	uint64_t h = 5;

	for (size_t k = i ? i - 1 : 0; k <= i + 1 && k < f->n; k++)
		h = hash_bytes(h, &f->v[k].text, sizeof(f->v[k].text));
	return h;
}

/* The results a linter finds. `column` carries the truth, which the matching never sees. */
static void
lint(const struct tree *t, struct arena *mem, bool source, struct issue_match *m, bool then)
{
	for (size_t k = 0; k < FILES; k++) {
		const struct file *f = &t->files[k];

		for (size_t i = 0; i < f->n; i++) {
			struct issue *is;

			if (f->v[i].rule == NULL)
				continue;
			is = arena_new(mem, struct issue);
			is->tool = STR("ruff");
			is->rule = str_of(f->v[i].rule);
			is->file = str_of(f->name);
			is->line = (long)i + 1;
			is->message_hash = f->v[i].message;
			is->hashed = true;
			is->context = source ? context(f, i) : 0;
			is->column = (long)f->v[i].id;
			if (then)
				*vec_push(&m->then) = is;
			else
				*vec_push(&m->now) = is;
		}
	}
}

struct score {
	long pairs, right, possible, fresh, resolved;
};

/* Of the pairs made, how many are of one line; of those that could be made, how many were. */
static struct score
compare(const struct tree *a, const struct tree *b, bool source)
{
	struct arena mem = { 0 };
	struct issue_match m = { 0 };
	struct score s = { 0 };

	lint(a, &mem, source, &m, true);
	lint(b, &mem, source, &m, false);
	issues_match(&m);
	for (size_t i = 0; i < m.now.n; i++) {
		bool there = false;

		for (size_t k = 0; k < m.then.n && !there; k++)
			there = m.then.v[k]->column == m.now.v[i]->column;
		s.possible += there;
		s.fresh += m.pair_of_now[i] == NULL;
		if (m.pair_of_now[i] == NULL)
			continue;
		s.pairs++;
		s.right += m.pair_of_now[i]->column == m.now.v[i]->column;
	}
	for (size_t i = 0; i < m.then.n; i++)
		s.resolved += m.pair_of_then[i] == NULL;
	issue_match_release(&m);
	arena_release(&mem);
	return s;
}

static void
the_same_twice_is_no_difference(void **state)
{
	struct tree t;

	(void)state;
	for (int source = 0; source < 2; source++) {
		struct score s;

		tree_init(&t, 1);
		s = compare(&t, &t, source);
		assert_true(s.pairs > 200);
		assert_int_equal(s.pairs, s.right);
		assert_int_equal(s.fresh + s.resolved, 0);
		tree_release(&t);
	}
}

static void
fifty_lines_above_are_nothing(void **state)
{
	struct tree a, b;

	(void)state;
	for (int source = 0; source < 2; source++) {
		struct score s;

		tree_init(&a, 2);
		tree_copy(&b, &a);
		for (size_t f = 0; f < FILES; f++)
			insert_lines(&b.files[f], 0, 50, 100000 + f * 100, false);
		s = compare(&a, &b, source);
		assert_int_equal(s.fresh + s.resolved, 0);
		assert_int_equal(s.right, s.possible);
		tree_release(&a);
		tree_release(&b);
	}
}

/* One result goes, one of the same rule and message comes elsewhere in the file. */
static void
a_swap_is_one_new_and_one_resolved(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 50; seed++) {
		struct tree a, b;
		struct file *f;
		struct score s;
		size_t at = 0;

		tree_init(&a, 300 + seed);
		tree_copy(&b, &a);
		f = &b.files[seed % FILES];
		while (f->v[at].rule == NULL)
			at++;
		/* The source lines are unlike any other, as lines of code mostly are. */
		insert_lines(f, f->n - 20, 1, 500000, false);
		f->v[f->n - 21].text = 424242;
		f->v[f->n - 21].rule = f->v[at].rule;
		f->v[f->n - 21].message = f->v[at].message;
		f->v[at].text = 434343;
		f->v[at].rule = NULL;
		s = compare(&a, &b, true);
		assert_int_equal(s.fresh, 1);
		assert_int_equal(s.resolved, 1);
		tree_release(&a);
		tree_release(&b);
	}
}

/* Another message: without sources too. */
static void
a_swap_of_messages_needs_no_source(void **state)
{
	struct issue a = { .tool = STR("t"), .rule = STR("r"), .file = STR("f"), .line = 3,
		.message_hash = 1, .hashed = true };
	struct issue b = a;
	struct issue_match m = { 0 };

	(void)state;
	b.message_hash = 2;
	*vec_push(&m.then) = &a;
	*vec_push(&m.now) = &b;
	issues_match(&m);
	assert_null(m.pair_of_now[0]);
	assert_null(m.pair_of_then[0]);
	issue_match_release(&m);
}

static void
an_edited_line_is_the_same_result(void **state)
{
	struct tree a, b;
	struct score s;

	(void)state;
	tree_init(&a, 4);
	tree_copy(&b, &a);
	for (size_t f = 0; f < FILES; f++) {
		insert_lines(&b.files[f], 10, 7, 700000 + f * 10, false);
		for (size_t i = 0; i < b.files[f].n; i += 5)
			b.files[f].v[i].text += 31; /* edited, the result stays */
	}
	s = compare(&a, &b, true);
	assert_true(s.right * 100 >= s.possible * 95);
	assert_true(s.right * 100 >= s.pairs * 95);
	tree_release(&a);
	tree_release(&b);
}

/* Precision and recall over many random edits of every sort at once. */
static void
random_drifts(void **state)
{
	struct score sum[2] = { { 0 }, { 0 } };

	(void)state;
	for (uint64_t seed = 0; seed < 20; seed++) {
		struct tree a, b;

		tree_init(&a, 900 + seed);
		tree_copy(&b, &a);
		for (size_t f = 0; f < FILES; f++)
			for (uint64_t edits = chance(6); edits > 0; edits--) {
				struct file *file = &b.files[f];
				size_t at = chance(file->n - 20);

				if (chance(3) == 0)
					delete_lines(file, at, 1 + chance(8));
				else if (chance(2))
					insert_lines(file, at, 1 + chance(12),
						1000000 + seed * 100000 + f * 1000 + edits * 20,
						true);
				else
					file->v[at].text += 17;
			}
		for (int source = 0; source < 2; source++) {
			struct score s = compare(&a, &b, source);

			sum[source].pairs += s.pairs;
			sum[source].right += s.right;
			sum[source].possible += s.possible;
		}
		tree_release(&a);
		tree_release(&b);
	}
	for (int source = 0; source < 2; source++)
		print_message("%s sources: precision %.4f, recall %.4f of %ld\n",
			source ? "with" : "without", (double)sum[source].right /
			(double)sum[source].pairs, (double)sum[source].right /
			(double)sum[source].possible, sum[source].possible);
	assert_true(sum[1].right * 1000 >= sum[1].pairs * 995);
	assert_true(sum[1].right * 1000 >= sum[1].possible * 990);
	assert_true(sum[0].right * 100 >= sum[0].pairs * 80);
	assert_true(sum[0].right * 100 >= sum[0].possible * 80);
}

/* A file is renamed: by fingerprints without the path, and by the lines themselves. */
static void
a_renamed_file_is_nothing(void **state)
{
	struct tree a, b;
	struct score s;

	(void)state;
	tree_init(&a, 6);
	tree_copy(&b, &a);
	snprintf(b.files[3].name, sizeof(b.files[3].name), "src/renamed.py");
	s = compare(&a, &b, true);
	assert_int_equal(s.fresh + s.resolved, 0);
	assert_true(s.right * 100 >= s.pairs * 99);
	tree_release(&a);
	tree_release(&b);
}

static void
fingerprints_decide(void **state)
{
	struct issue then[2] = {
		{ .tool = STR("t"), .rule = STR("r"), .file = STR("f"), .line = 10,
			.fingerprint = STR("aa"), .message_hash = 1, .hashed = true },
		{ .tool = STR("t"), .rule = STR("r"), .file = STR("f"), .line = 20,
			.fingerprint = STR("bb"), .message_hash = 1, .hashed = true },
	};
	struct issue now[2] = { then[1], then[0] };
	struct issue_match m = { 0 };

	(void)state;
	now[0].line = 10; /* the lines say otherwise */
	now[1].line = 20;
	now[1].message_hash = 9;
	for (int i = 0; i < 2; i++) {
		*vec_push(&m.then) = &then[i];
		*vec_push(&m.now) = &now[i];
	}
	issues_match(&m);
	assert_ptr_equal(m.pair_of_now[0], &then[1]);
	assert_ptr_equal(m.pair_of_now[1], &then[0]);
	issue_match_release(&m);
	/* Told apart by the tool, far from each other: another result. */
	m = (struct issue_match){ 0 };
	now[0] = then[0];
	now[0].fingerprint = STR("cc");
	now[0].line = 90;
	*vec_push(&m.then) = &then[0];
	*vec_push(&m.now) = &now[0];
	issues_match(&m);
	assert_null(m.pair_of_now[0]);
	issue_match_release(&m);
}

/* A multiset: three of one sort then, two now. */
static void
counts_are_kept(void **state)
{
	struct issue then[3], now[2];
	struct issue_match m = { 0 };
	long left = 0;

	(void)state;
	for (int i = 0; i < 3; i++) {
		then[i] = (struct issue){ .tool = STR("t"), .rule = STR("r"), .file = STR("f"),
			.line = 10 * (i + 1) };
		*vec_push(&m.then) = &then[i];
	}
	for (int i = 0; i < 2; i++) {
		now[i] = then[i];
		now[i].line = i ? 31 : 12;
		*vec_push(&m.now) = &now[i];
	}
	issues_match(&m);
	assert_ptr_equal(m.pair_of_now[0], &then[0]);
	assert_ptr_equal(m.pair_of_now[1], &then[2]); /* the nearest line */
	for (int i = 0; i < 3; i++)
		left += m.pair_of_then[i] == NULL;
	assert_int_equal(left, 1);
	issue_match_release(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_twice_is_no_difference),
		cmocka_unit_test(fifty_lines_above_are_nothing),
		cmocka_unit_test(a_swap_is_one_new_and_one_resolved),
		cmocka_unit_test(a_swap_of_messages_needs_no_source),
		cmocka_unit_test(an_edited_line_is_the_same_result),
		cmocka_unit_test(random_drifts),
		cmocka_unit_test(a_renamed_file_is_nothing),
		cmocka_unit_test(fingerprints_decide),
		cmocka_unit_test(counts_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
