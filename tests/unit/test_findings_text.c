/* test_findings_text.c -- the table of findings: order, widths, harmless text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "gate/base/utf8.h"
#include "gate/report/support/findings_text.h"

static struct finding *
add(struct findings *fs, struct reg *reg, const char *id, const char *title, enum level level,
	enum state state)
{
	struct finding *f = findings_add(fs, reg, str_of(id), str_of(title), (long)fs->all.n + 1);

	f->level = level;
	f->state = f->own_state = state;
	return f;
}

static void
fill(struct findings *fs)
{
	struct reg *reg = findings_reg(fs, STR("docs/a.md"), STR("docs/a.md"));
	struct finding *f;
	struct link *l;

	add(fs, reg, "A-1", "Done long ago", LEVEL_CRITICAL, STATE_DONE);
	add(fs, reg, "A-2", "Delete \xe6\xbc\xa2\xe5\xad\x97" " of a long row",
		LEVEL_LOW, STATE_OPEN);
	f = add(fs, reg, "A-3", "Evil \033[31m ::error::title", LEVEL_HIGH, STATE_IN_PROGRESS);
	str_list_add(fs, &f->aliases, STR("#41"));
	l = vec_push(&f->links);
	l->kind = LINK_DEPENDS;
	l->to = STR("docs/a/A-1");
	l->target = fs->all.v[0];
	vec_push(&f->links)->kind = LINK_RELATED;
	f->links.v[1].to = STR("#7");
	f->own_state = STATE_OPEN;
	f->state_from = fs->all.v[0];
	findings_note(fs, REGP_NOT_READ, reg, 7, "a \a bell");
}

static void
test_wide(void **unused)
{
	struct findings fs = { 0 };
	struct buf out = BUF_INIT;

	(void)unused;
	fill(&fs);
	findings_text(&fs, 0, false, &out);
	assert_string_equal(buf_z(&out),
		"SEVERITY  STATE         ID         TITLE                            WHERE\n"
		"high      in-progress*  A-3 (#41)  "
		"Evil \\x1b[31m \\x3a:error::title  docs/a.md:3\n"
		"low       open          A-2        "
		"Delete \xe6\xbc\xa2\xe5\xad\x97" " of a long row"
		"        docs/a.md:2\n"
		"critical  done          A-1        Done long ago                    docs/a.md:1\n"
		"\nlinks\n  A-3 depends on A-1\n"
		"\n* states set elsewhere\n  A-3 is in-progress by docs/a.md:1\n"
		"\nproblems\n  docs/a.md:7: not-read: a \\x07 bell\n"
		"\n3 findings in 1 register: 1 open, 1 in-progress, 1 done; of the unfinished ones "
		"1 high, 1 low; 1 problem\n");
	buf_release(&out);
	findings_release(&fs);
}

/* In a terminal the title gives way, the place never. */
static void
test_narrow(void **unused)
{
	struct findings fs = { 0 };

	(void)unused;
	fill(&fs);
	for (int width = 20; width < 120; width += 7) {
		struct buf out = BUF_INIT;
		struct str rest, line;

		findings_text(&fs, width, true, &out);
		rest = buf_str(&out);
		for (int i = 0; i < 4 && str_line(&rest, &line); i++) {
			if (i > 0)
				assert_true(str_has(line, "docs/a.md:"));
			assert_true(utf8_valid(line));
		}
		buf_release(&out);
	}
	findings_release(&fs);
}

static void
test_none(void **unused)
{
	struct findings fs = { 0 };
	struct buf out = BUF_INIT;

	(void)unused;
	findings_reg(&fs, STR("a.md"), STR("a.md"));
	findings_text(&fs, 80, false, &out);
	assert_string_equal(buf_z(&out), "0 findings in 1 register\n");
	buf_release(&out);
	findings_release(&fs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wide),
		cmocka_unit_test(test_narrow),
		cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
