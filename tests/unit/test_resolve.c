/*
 * test_resolve.c -- registers in, what they say together out: small tables, and texts of
 * what must come out, one line a finding or note.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "gate/base/buf.h"
#include "gate/model/finding.h"

/* A row with a path only begins a register; the rows after it are its entries. */
struct row {
	const char *path, *date, *text;   /* a register */
	long line;                        /* an entry */
	const char *id;
	const char *status;               /* NULL: none */
	const char *more; /* "stmt", "=ALIAS", "kind>ID", "PATH@FROM-TO", blank-separated */
	enum register_kind kind;
};

#define REG(...) { .path = __VA_ARGS__ }
#define DEF(l, i, s, m) { .line = l, .id = i, .status = s, .more = m }

static enum link_kind
kind_of(struct str name)
{
	for (int k = LINK_TRACKS; k <= LINK_RELATED; k++)
		if (str_eqz(name, link_kind_name((enum link_kind)k)))
			return (enum link_kind)k;
	fail_msg("no link kind %.*s", STR_FMT(name));
	return LINK_RELATED;
}

static void
add_more(struct findings *fs, struct finding *f, struct str word)
{
	struct str rest;

	if (str_eqz(word, "stmt")) {
		f->statement = true;
	} else if (str_skip(&word, "=")) {
		str_list_add(fs, &f->aliases, word);
	} else if (str_cut(&word, ">", &rest)) {
		struct link *l = vec_push(&f->links);

		l->kind = kind_of(word);
		l->to = rest;
		l->line = f->line + 1;
	} else if (str_cut(&word, "@", &rest)) {
		struct citation *c = vec_push(&f->citations);
		char *end;

		c->path = word;
		c->line = strtol(rest.p, &end, 10);
		c->end_line = *end == '-' ? strtol(end + 1, NULL, 10) : 0;
		c->at = f->line + 2;
	} else {
		fail_msg("what is %.*s?", STR_FMT(word));
	}
}

static struct reg *
add_reg(struct findings *fs, const struct row *row)
{
	struct reg *reg = findings_reg(fs, str_of(row->path), str_of(row->path));

	reg->kind = row->kind;
	if (row->date)
		assert_true(date_parse(str_of(row->date), &reg->date));
	reg->text = str_of(row->text);
	return reg;
}

static void
load(struct findings *fs, const struct row *rows)
{
	struct reg *reg = NULL;

	for (; rows->path || rows->id; rows++) {
		struct finding *f;
		struct str more = str_of(rows->more), word;

		if (rows->path) {
			reg = add_reg(fs, rows);
			continue;
		}
		f = findings_add(fs, reg, str_of(rows->id), STR("title"), rows->line);
		if (rows->status) {
			f->has_status = true;
			f->status_raw = str_of(rows->status);
			f->own_state = words_state(NULL, f->status_raw, NULL);
		}
		while (str_word(&more, &word))
			add_more(fs, f, word);
	}
}

static void
show(const struct findings *fs, struct buf *out)
{
	for (size_t i = 0; i < fs->all.n; i++) {
		const struct finding *f = fs->all.v[i];

		if (!finding_listed(f))
			continue;
		buf_addf(out, "%.*s %s", STR_FMT(f->qualified), state_name(f->state));
		if (f->state_from)
			buf_addf(out, " by %.*s:%ld", STR_FMT(f->state_from->reg->shown),
				f->state_from->line);
		for (size_t k = 0; k < f->aliases.n; k++)
			buf_addf(out, " =%.*s", STR_FMT(f->aliases.v[k]));
		for (size_t k = 0; k < f->links.n; k++)
			buf_addf(out, " %s>%.*s%s", link_kind_name(f->links.v[k].kind),
				STR_FMT(f->links.v[k].to), f->links.v[k].target ? "" : "?");
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < fs->notes.n; i++)
		buf_addf(out, "%s %.*s:%ld\n", register_problem_name(fs->notes.v[i].code),
			STR_FMT(fs->notes.v[i].reg), fs->notes.v[i].line);
}

static void
check(const struct row *rows, const char *want)
{
	struct findings fs = { 0 };
	struct buf got = BUF_INIT;

	load(&fs, rows);
	findings_resolve(&fs);
	findings_sort_notes(&fs);
	show(&fs, &got);
	assert_string_equal(buf_z(&got), want);
	buf_release(&got);
	findings_release(&fs);
}

#define CHECK(want, ...) check((const struct row[]){ __VA_ARGS__, { 0 } }, want)

#define SCAN \
	REG("reports/scan.md", .text = "\n\n\n\n\n\n\n\n\n" \
					"| F1 | high |\n| F2 | low |\n| **F3** | low |\n" \
					"\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"), \
	DEF(24, "F1", NULL, ""), DEF(30, "F2", NULL, ""), DEF(31, "F3", NULL, "")

/* The later document holds; what is tracked follows; the stale place is named. */
static void
test_backlog_and_status_page(void **unused)
{
	(void)unused;
	CHECK("reports/scan/F1 done by STATUS.md:10\n"
	      "reports/scan/F2 in-progress by STATUS.md:13\n"
	      "reports/scan/F3 open\n"
	      "ToDo/TD-1 done by STATUS.md:10 tracks>reports/scan/F1\n"
	      "ToDo/TD-2 in-progress by STATUS.md:13 depends>ToDo/TD-1 tracks>reports/scan/F2\n"
	      "status-conflict ToDo.md:1\n"
	      "status-conflict ToDo.md:20\n",
		SCAN, REG("ToDo.md"), DEF(1, "TD-1", "todo", "reports/scan.md@23-29"),
		DEF(20, "TD-2", "todo", "depends>TD-1 scan.md@30"), REG("STATUS.md"),
		DEF(10, "TD-1", "Fertig", "stmt ToDo.md@1-9"),
		DEF(13, "TD-2", "in progress", "stmt"));
}

/* Exactly one heading or row in the range; the path by its last components. */
static void
test_citations(void **unused)
{
	(void)unused;
	CHECK("reports/scan/F1 open\nreports/scan/F2 open\nreports/scan/F3 open\n"
	      "a/A-1 open\n"
	      "a/A-2 open tracks>reports/scan/F1\n"
	      "a/A-3 open tracks>reports/scan/F3\n"
	      "a/A-4 open\n"
	      "a/A-5 open\n"
	      "a/A-6 open tracks>reports/scan/F1 tracks>reports/scan/F2\n"
	      "a/A-7 open\n"
	      "a/A-8 open\n"
	      "a/A-9 open tracks>reports/scan/F1\n"
	      "dangling-link a.md:12\n",
		SCAN, REG("a.md"), DEF(1, "A-1", NULL, "scan.md@23-31"),
		DEF(2, "A-2", NULL, "/work/app/reports/scan.md@10"),
		DEF(3, "A-3", NULL, ".././reports/scan.md@12"), DEF(4, "A-4", NULL, "can.md@24"),
		DEF(5, "A-5", NULL, "scan.md@25-28"), DEF(6, "A-6", NULL, "scan.md@24 scan.md@30"),
		DEF(7, "A-7", NULL, "old/scan.md@24"), DEF(8, "A-8", NULL, "a.md@1"),
		DEF(9, "A-9", NULL, "scan.md@24 scan.md@22-26"),
		DEF(10, "A-5", NULL, "stmt reports/scan.md@900"),
		DEF(11, "A-1", NULL, "stmt scan.md@901"));
}

/* A file name that two registers share says nothing; more of the path does. */
static void
test_citation_of_one_of_two(void **unused)
{
	(void)unused;
	CHECK("x/scan/F1 open\ny/scan/F1 open\na/A-1 open\na/A-2 open tracks>y/scan/F1\n",
		REG("x/scan.md", .text = "\n\n\n"), DEF(1, "F1", NULL, ""),
		REG("y/scan.md", .text = "\n\n\n"), DEF(1, "F1", NULL, ""), REG("a.md"),
		DEF(1, "A-1", NULL, "scan.md@1"), DEF(2, "A-2", NULL, "y/scan.md@1"));
}

static void
test_cited_lines_are_no_location(void **unused)
{
	struct findings fs = { 0 };
	struct finding *f;
	static const struct row rows[] = {
		SCAN, REG("a.md"), DEF(1, "A-1", NULL, "scan.md@24"), { 0 },
	};

	(void)unused;
	load(&fs, rows);
	f = fs.all.v[3];
	for (int i = 0; i < 3; i++) {
		struct location *l = vec_push(&f->locations);

		l->path = i == 1 ? STR("app/x.c") : STR("scan.md");
		l->line = i == 2 ? 0 : 24; /* a whole document may be what is wrong */
	}
	findings_resolve(&fs);
	assert_int_equal(f->locations.n, 2);
	assert_true(str_eqz(f->locations.v[0].path, "app/x.c"));
	assert_int_equal(f->locations.v[1].line, 0);
	findings_release(&fs);
}

/* Dates before policy order; an undated document is dated like the one before it. */
static void
test_order_of_documents(void **unused)
{
	(void)unused;
	CHECK("b/X-1 done by c.md:1\nstatus-conflict a.md:1\nstatus-conflict b.md:1\n",
		REG("c.md", .date = "2026-03-01"), DEF(1, "X-1", "done", "stmt"),
		REG("b.md", .date = "2026-01-01"), DEF(1, "X-1", "open", ""),
		REG("a.md"), DEF(1, "X-1", "in progress", "stmt"));
	CHECK("b/X-1 in-progress by a.md:1\nstatus-conflict b.md:1\nstatus-conflict c.md:1\n",
		REG("c.md"), DEF(1, "X-1", "done", "stmt"), REG("b.md", .date = "2026-01-01"),
		DEF(1, "X-1", "open", ""), REG("a.md"), DEF(1, "X-1", "in progress", "stmt"));
	/* An entry without a status states nothing. */
	CHECK("b/X-1 done\n", REG("b.md"), DEF(1, "X-1", "done", ""), REG("a.md"),
		DEF(1, "X-1", NULL, "stmt"));
	/* A word that nobody knows holds, but contradicts nothing. */
	CHECK("b/X-1 unknown by a.md:1\n", REG("b.md"), DEF(1, "X-1", "done", ""), REG("a.md"),
		DEF(1, "X-1", "quux", "stmt"));
}

static void
test_names_of_statements(void **unused)
{
	(void)unused;
	/* Two audits define BE-01: a bare ID says nothing, everything else does. */
	CHECK("a/BE-01 open =#7\nb/BE-01 open\nambiguous-id s.md:1\n", REG("a.md"),
		DEF(1, "BE-01", NULL, "=#7"), REG("b.md"), DEF(1, "BE-01", NULL, ""), REG("s.md"),
		DEF(1, "BE-01", "done", "stmt"));
	CHECK("a/BE-01 done by s.md:1 =#7\nb/BE-01 rejected by s.md:2\n", REG("a.md"),
		DEF(1, "BE-01", NULL, "=#7"), REG("b.md", .text = "\n"), DEF(1, "BE-01", NULL, ""),
		REG("s.md"), DEF(1, "BE-01", "done", "stmt =#7"),
		DEF(2, "BE-01", "wontfix", "stmt b.md@1"));
	CHECK("a/BE-01 open\nb/BE-01 done by s.md:1\n", REG("a.md"), DEF(1, "BE-01", NULL, ""),
		REG("b.md"), DEF(1, "BE-01", NULL, ""), REG("s.md"),
		DEF(1, "b/BE-01", "done", "stmt"));
	CHECK("a/BE-01 done by s.md:1\na/BE-02 open\nb/BE-01 open\n", REG("a.md", .text = "\n\n"),
		DEF(1, "BE-01", NULL, ""), DEF(2, "BE-02", NULL, ""), REG("b.md"),
		DEF(1, "BE-01", NULL, ""), REG("s.md"), DEF(1, "BE-01", "done", "stmt a.md@1-2"));
	/* By alias, and by citation alone: the new name is kept as an alias. */
	CHECK("a/BE-01 done by s.md:1 =#7\na/BE-02 done by s.md:2 =T-9\n",
		REG("a.md", .text = "\n\n"), DEF(1, "BE-01", NULL, "=#7"),
		DEF(2, "BE-02", NULL, ""),
		REG("s.md"), DEF(1, "#7", "done", "stmt"), DEF(2, "T-9", "done", "stmt a.md@2"));
	/* An alias that one statement gives, a later one may use. */
	CHECK("a/BE-01 done by s.md:2 =#8\nstatus-conflict s.md:1\n", REG("a.md"),
		DEF(1, "BE-01", NULL, ""), REG("s.md"), DEF(1, "BE-01", "open", "stmt =#8"),
		DEF(2, "#8", "done", "stmt"));
	/* Read alone it is listed; two definitions never merge by ID. */
	CHECK("s/X-1 done\n", REG("s.md"), DEF(1, "X-1", "done", "stmt"));
	CHECK("a/X-1 open\nb/X-1 done\n", REG("a.md"), DEF(1, "X-1", "open", ""), REG("b.md"),
		DEF(1, "X-1", "done", ""));
	/* Inside its own document a name means that document's finding. */
	CHECK("a/X-1 done by a.md:5\nb/X-1 open\n", REG("a.md"), DEF(1, "X-1", NULL, ""),
		DEF(5, "X-1", "done", "stmt"), REG("b.md"), DEF(1, "X-1", NULL, ""));
}

static void
test_links(void **unused)
{
	(void)unused;
	/* Own register first; unknown IDs dangle, issue numbers and mentions do not. */
	CHECK("a/A-1 open\n"
	      "a/A-2 open depends>a/A-1 depends>A-9? regression-of>#2384? related>#9?\n"
	      "b/A-1 open\n"
	      "b/B-1 open depends>a/A-2 depends>a/A-1 duplicates>b/A-1\n"
	      "dangling-link a.md:3\n",
		REG("a.md"), DEF(1, "A-1", NULL, ""),
		DEF(2, "A-2", NULL,
			"depends>A-1 depends>A-9 regression-of>#2384 related>UTF-8 related>#9 "
			"related>A-1 depends>A-1 related>A-2"),
		REG("b.md"), DEF(1, "A-1", NULL, ""),
		DEF(2, "B-1", NULL, "depends>A-2 depends>a/A-1 duplicates>A-1"));
	/* Several elsewhere: a real link is ambiguous, a mention is dropped. */
	CHECK("a/A-1 open\nb/A-1 open\nc/C-1 open depends>A-1?\nambiguous-id c.md:2\n",
		REG("a.md"), DEF(1, "A-1", NULL, ""), REG("b.md"), DEF(1, "A-1", NULL, ""),
		REG("c.md"), DEF(1, "C-1", NULL, "depends>A-1 related>A-1"));
	/* A statement's links are its finding's; by alias. */
	CHECK("a/A-1 done by s.md:1 depends>a/A-2\na/A-2 open =#5\n", REG("a.md"),
		DEF(1, "A-1", NULL, ""), DEF(2, "A-2", NULL, "=#5"), REG("s.md"),
		DEF(1, "A-1", "done", "stmt depends>#5"));
}

static void
test_duplicates(void **unused)
{
	(void)unused;
	CHECK("a/A-1 done by a.md:3 duplicates>a/A-2\na/A-2 done by a.md:3 duplicates>a/A-3\n"
	      "a/A-3 done\na/A-4 duplicate duplicates>#77?\n",
		REG("a.md"), DEF(1, "A-1", "duplicate", "duplicates>A-2"),
		DEF(2, "A-2", "duplicate", "duplicates>A-3"), DEF(3, "A-3", "done", ""),
		DEF(4, "A-4", "duplicate", "duplicates>#77"));
	CHECK("a/A-1 duplicate duplicates>a/A-2\na/A-2 duplicate duplicates>a/A-1\n"
	      "a/A-3 duplicate duplicates>a/A-1\ndangling-link a.md:1\n",
		REG("a.md"), DEF(1, "A-1", "duplicate", "duplicates>A-2"),
		DEF(2, "A-2", "duplicate", "duplicates>A-1"),
		DEF(3, "A-3", "duplicate", "duplicates>A-1"));
	CHECK("a/A-1 open\na/A-1 open\nduplicate-id a.md:9\n", REG("a.md"), DEF(1, "A-1", NULL, ""),
		DEF(9, "A-1", NULL, ""));
}

static void
test_tracking(void **unused)
{
	(void)unused;
	/* Chains, circles, and its own later word against that of what tracks it. */
	CHECK("s/F1 done by c.md:1\nb/B-1 done by c.md:1 tracks>s/F1\n"
	      "c/C-1 done tracks>b/B-1\nstatus-conflict b.md:1\n",
		REG("s.md", .text = "\n"), DEF(1, "F1", NULL, ""), REG("b.md", .text = "\n"),
		DEF(1, "B-1", "open", "s.md@1"), REG("c.md"), DEF(1, "C-1", "done", "b.md@1"));
	CHECK("a/A-1 done by b.md:1 tracks>b/B-1\nb/B-1 done tracks>a/A-1\n"
	      "status-conflict a.md:1\n",
		REG("a.md", .text = "\n"), DEF(1, "A-1", "open", "b.md@1"),
		REG("b.md", .text = "\n"), DEF(1, "B-1", "done", "a.md@1"));
	CHECK("b/B-1 done tracks>s/F1\ns/F1 open\nstatus-conflict b.md:1\n", REG("b.md"),
		DEF(1, "B-1", "done", "s.md@1"), REG("s.md", .text = "\n"),
		DEF(1, "F1", "open", ""));
	/* Two entries of one backlog track it: it is done when both are. */
	CHECK("s/F1 open by b.md:1\nb/B-1 open tracks>s/F1\nb/B-2 done tracks>s/F1\n",
		REG("s.md", .text = "\n"), DEF(1, "F1", NULL, ""), REG("b.md"),
		DEF(1, "B-1", "todo", "s.md@1"), DEF(5, "B-2", "done", "s.md@1"));
	/* A duplicate entry says nothing of what it tracks. */
	CHECK("s/F1 open\nb/B-1 duplicate tracks>s/F1\n", REG("s.md", .text = "\n"),
		DEF(1, "F1", NULL, ""), REG("b.md"), DEF(1, "B-1", "duplicate", "s.md@1"));
	/* An issue tracker's state wins for its aliases, whatever the dates. */
	CHECK("t/#5 done\na/A-1 done by t.json:1 =#5\nb/B-1 done by t.json:1 =#5\n"
	      "status-conflict a.md:1\n",
		REG("t.json", .kind = REGISTER_TRACKER, .date = "2020-01-01"),
		DEF(1, "#5", "closed", ""),
		REG("a.md", .date = "2026-01-01"), DEF(1, "A-1", "open", "=#5"), REG("b.md"),
		DEF(1, "B-1", NULL, "=#5"));
}

static void
test_nothing(void **unused)
{
	(void)unused;
	check((const struct row[]){ { 0 } }, "");
	CHECK("", REG("a.md"));
}

/* 200,000 findings that share one alias, cite one section and link in a chain. */
static void
test_many(void **unused)
{
	enum { N = 200000 };
	struct findings fs = { 0 };
	struct reg *scan = findings_reg(&fs, STR("scan.md"), STR("scan.md"));
	struct reg *list = findings_reg(&fs, STR("list.md"), STR("list.md"));
	struct finding *first = findings_add(&fs, scan, STR("F-1"), STR("t"), 1);

	(void)unused;
	scan->text = STR("\n");
	for (long i = 0; i < N; i++) {
		char id[32];
		struct finding *f;
		struct citation *c;

		snprintf(id, sizeof(id), "X-%ld", i);
		f = findings_add(&fs, list, str_of(id), STR("t"), i + 1);
		f->has_status = true;
		f->own_state = STATE_DUPLICATE;
		str_list_add(&fs, &f->aliases, STR("#1"));
		c = vec_push(&f->citations);
		c->path = STR("scan.md");
		c->line = 1;
		vec_push(&f->links)->kind = LINK_RELATED;
		f->links.v[0].to = STR("#1");
		vec_push(&f->links)->kind = LINK_DUPLICATES;
		snprintf(id, sizeof(id), "X-%ld", i + 1);
		f->links.v[1].to = arena_dup(&fs.mem, str_of(id));
		if (i + 1 == N) {
			f->own_state = STATE_DONE;
			f->links.n = 1;
		}
	}
	findings_resolve(&fs);
	assert_int_equal(first->state, STATE_DONE);
	assert_int_equal(list->findings.v[0]->state, STATE_DONE);
	findings_release(&fs);
}

static void
test_health(void **unused)
{
	struct findings fs = { 0 };
	struct reg *reg = findings_reg(&fs, STR("a.md"), STR("a.md"));
	struct buf got = BUF_INIT;
	int64_t now;

	(void)unused;
	assert_true(date_parse(STR("2026-06-01"), &now));
	for (long i = 1; i <= 6; i++) {
		struct finding *f = findings_add(&fs, reg, STR("A-1"), STR("t"), i);

		if (i != 3 && i != 4)
			f->owner = STR("ann");
		if (i != 2 && i != 4)
			f->level = LEVEL_HIGH;
		if (i == 4)
			f->own_state = f->state = STATE_DONE; /* wants neither */
		f->expires = i == 5 ? now - 1 : i == 6 ? now : DATE_NONE;
		f->severity_raw = i == 6 ? STR("P1") : STR_NONE;
	}
	reg = findings_reg(&fs, STR("list.txt"), STR("list.txt"));
	findings_add(&fs, reg, STR("a::b"), STR(""), 1);
	findings_add(&fs, reg, STR("a::c"), STR(""), 2)->severity_raw = STR("urgent-ish");
	findings_health(&fs, now);
	findings_sort_notes(&fs);
	for (size_t i = 0; i < fs.notes.n; i++)
		buf_addf(&got, "%s %.*s:%ld\n", register_problem_name(fs.notes.v[i].code),
			STR_FMT(fs.notes.v[i].reg), fs.notes.v[i].line);
	assert_string_equal(buf_z(&got),
		"missing-severity a.md:2\nno-owner a.md:3\nexpired a.md:5\n"
		"missing-severity list.txt:2\n");
	buf_release(&got);
	findings_release(&fs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_backlog_and_status_page),
		cmocka_unit_test(test_citations),
		cmocka_unit_test(test_citation_of_one_of_two),
		cmocka_unit_test(test_cited_lines_are_no_location),
		cmocka_unit_test(test_order_of_documents),
		cmocka_unit_test(test_names_of_statements),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_duplicates),
		cmocka_unit_test(test_tracking),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_health),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
