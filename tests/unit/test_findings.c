/* test_findings.c -- adding, naming and freeing findings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "gate/base/regex.h"
#include "gate/model/finding.h"

#define assert_str(s, z) \
	do { \
		if (!str_eqz(s, z)) \
			fail_msg("\"%.*s\" is not \"%s\"", STR_FMT(s), z); \
	} while (0)

static void
test_register_names(void **unused)
{
	static const struct {
		const char *shown, *name;
	} rows[] = {
		{ "ToDo.md", "ToDo" },
		{ "docs/audits/AUDIT_2026-02-20.md", "docs/audits/AUDIT_2026-02-20" },
		{ "docs.d/known", "docs.d/known" },
		{ ".known", ".known" },
		{ "docs/.known", "docs/.known" },
		{ "docs/known.failures.yaml", "docs/known.failures" },
		{ "", "" },
	};
	struct findings fs = { 0 };

	(void)unused;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct reg *reg = findings_reg(&fs, STR("/x"), str_of(rows[i].shown));

		assert_str(reg->name, rows[i].name);
		assert_int_equal(reg->order, i);
		assert_true(reg->date == DATE_NONE && reg->fill_expires == DATE_NONE);
	}
	findings_release(&fs);
}

/* Being in an audit is not consent to fail. */
static void
test_excuses(void **unused)
{
	static const struct {
		enum register_kind kind;
		bool set, value, excuses;
	} rows[] = {
		{ REGISTER_DOCUMENT, false, false, false },
		{ REGISTER_DOCUMENT, true, true, true },
		{ REGISTER_DOCUMENT, true, false, false },
		{ REGISTER_STRUCTURED, false, false, true },
		{ REGISTER_STRUCTURED, true, false, false },
		{ REGISTER_LIST, false, false, true },
		{ REGISTER_TRACKER, false, false, false },
	};
	struct findings fs = { 0 };

	(void)unused;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct reg *reg = findings_reg(&fs, STR("a.md"), STR("a.md"));

		reg->kind = rows[i].kind;
		reg->excuses_set = rows[i].set;
		reg->excuses = rows[i].value;
		assert_int_equal(findings_add(&fs, reg, STR("X-1"), STR("t"), 1)->excuses,
			rows[i].excuses);
	}
	findings_release(&fs);
}

static void
test_named(void **unused)
{
	struct findings fs = { 0 };
	struct reg *a = findings_reg(&fs, STR("a.md"), STR("a.md"));
	struct reg *b = findings_reg(&fs, STR("b.md"), STR("b.md"));
	struct finding *a1 = findings_add(&fs, a, STR("BE-01"), STR("one"), 3);
	struct finding *b1 = findings_add(&fs, b, STR("BE-01"), STR("two"), 4);
	struct finding *s = findings_add(&fs, b, STR("BE-01"), STR(""), 9);
	struct finding *out[2];

	(void)unused;
	s->statement = true;
	s->about = b1;
	str_list_add(&fs, &a1->aliases, STR("#2483"));
	str_list_add(&fs, &a1->aliases, STR("#2483"));
	str_list_add(&fs, &a1->aliases, STR(""));
	assert_int_equal(a1->aliases.n, 1);
	assert_str(a1->qualified, "a/BE-01");
	assert_int_equal(findings_named(&fs, STR("BE-01"), out, 2), 2);
	assert_ptr_equal(out[0], a1);
	assert_ptr_equal(out[1], b1);
	assert_int_equal(findings_named(&fs, STR("BE-01"), out, 1), 2);
	assert_int_equal(findings_named(&fs, STR("b/BE-01"), out, 2), 1);
	assert_ptr_equal(out[0], b1);
	assert_int_equal(findings_named(&fs, STR("#2483"), out, 2), 1);
	assert_ptr_equal(out[0], a1);
	assert_int_equal(findings_named(&fs, STR("BE-1"), out, 2), 0);
	findings_release(&fs);
}

/* Everything a reader can hang on a finding is freed: this test is for the sanitizers. */
static void
test_release(void **unused)
{
	struct findings fs = { 0 };
	struct reg *reg = findings_reg(&fs, STR("a.yaml"), STR("a.yaml"));
	struct finding *f = findings_add(&fs, reg, STR("X-1"), STR("one"), 3);
	struct err err = { 0 };

	(void)unused;
	vec_push(&f->locations)->line = 1;
	vec_push(&f->tests)->line = 1;
	vec_push(&f->signatures)->regex = regex_new(STR("boom [0-9]+"), 0, (struct pos){ 0 }, &err);
	vec_push(&f->tools)->line = 1;
	vec_push(&f->links)->line = 1;
	vec_push(&f->citations)->line = 1;
	str_list_add(&fs, &f->identifiers, STR("app.api.search"));
	f->entry = arena_new(&fs.mem, struct entry);
	str_list_add(&fs, &f->entry->match.pattern[SEL_TEST], STR("a::b"));
	f->entry->messages = arena_new(&fs.mem, struct message_match);
	f->entry->nmessages = 1;
	f->entry->messages[0].regex = regex_new(STR("boom"), 0, (struct pos){ 0 }, &err);
	vec_push(&reg->severities)->value = LEVEL_HIGH;
	vec_push(&reg->statuses)->value = STATE_DONE;
	str_list_add(&fs, &reg->removed, STR("a::gone"));
	str_list_add(&fs, &reg->renamed_from, STR("a::old"));
	str_list_add(&fs, &reg->renamed_to, STR("a::new"));
	findings_note(&fs, REGP_NOT_READ, reg, 7, "%s", "what");
	assert_false(err.set);
	findings_release(&fs);
	assert_int_equal(fs.all.n + fs.regs.n + fs.notes.n, 0);
}

static void
test_note_order(void **unused)
{
	struct findings fs = { 0 };
	struct reg *a = findings_reg(&fs, STR("a.md"), STR("a.md"));
	struct reg *b = findings_reg(&fs, STR("b.md"), STR("b.md"));

	(void)unused;
	findings_note(&fs, REGP_EXPIRED, b, 2, "late");
	findings_note(&fs, REGP_EXPIRED, a, 9, "z");
	findings_note(&fs, REGP_EXPIRED, a, 9, "y");
	findings_note(&fs, REGP_STATUS_CONFLICT, a, 10, "x");
	findings_note(&fs, REGP_NO_OWNER, a, 2, "w");
	findings_sort_notes(&fs);
	assert_str(fs.notes.v[0].message, "w");
	assert_str(fs.notes.v[1].message, "y");
	assert_str(fs.notes.v[2].message, "z");
	assert_str(fs.notes.v[3].message, "x");
	assert_str(fs.notes.v[4].message, "late");
	findings_release(&fs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_register_names),
		cmocka_unit_test(test_excuses),
		cmocka_unit_test(test_named),
		cmocka_unit_test(test_release),
		cmocka_unit_test(test_note_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
