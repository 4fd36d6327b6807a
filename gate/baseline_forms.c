/* baseline_forms.c -- see baseline_forms.h. */
#include "gate/baseline_forms.h"

#include "gate/base/limits.h"
#include "gate/base/map.h"
#include "gate/input/source.h"
#include "gate/input/tree.h"
#include "parsers/registers/register.h"

static const struct collect_options all_names = { .names = true };

/* A run that is made of what somebody wrote down. */
struct made {
	struct run run;
	struct map reports; /* "producer\nleg" -> struct report */
	struct map excused; /* "producer\nleg\nid" */
	struct arena mem;
};

static struct report *
report_for(struct made *m, struct str producer, struct str leg, enum report_kind kind)
{
	struct str key = arena_printf(&m->mem, "%.*s\n%.*s", STR_FMT(producer), STR_FMT(leg));
	void **at = map_at(&m->reports, key);
	struct report *r = *at;

	if (r == NULL) {
		r = *at = arena_new(&m->mem, struct report);
		r->leg = leg;
		r->path = producer; /* until the producers are made */
		r->kind = kind;
	}
	return r;
}

static void
add_case(struct made *m, struct report *r, struct str producer, struct str id, enum outcome o,
	bool excused)
{
	struct sink s = report_sink(r, &all_names);
	struct test_event ev = { .id = id, .name = id, .dialect = DIALECT_READY, .outcome = o,
		.seconds = -1 };

	s.test(s.ctx, &ev);
	if (excused)
		*map_at(&m->excused, arena_printf(&m->mem, "%.*s\n%.*s\n%.*s", STR_FMT(producer),
			STR_FMT(r->leg), STR_FMT(id))) = r;
}

static int
by_producer(const void *x, const void *y)
{
	const struct report *a = ((const struct map_entry *)x)->value;
	const struct report *b = ((const struct map_entry *)y)->value;
	int c = str_cmp(a->path, b->path);

	return c ? c : str_cmp(a->leg, b->leg);
}

/* The reports become producers, in order of name. */
static void
make_run(struct made *m)
{
	struct producer *p = NULL;

	if (m->reports.n > 1)
		qsort(m->reports.v, m->reports.n, sizeof(*m->reports.v), by_producer);
	for (size_t i = 0; i < m->reports.n; i++) {
		struct report *r = m->reports.v[i].value;

		if (p == NULL || !str_eq(p->spec->name, r->path)) {
			struct producer_spec *spec = arena_new(&m->mem, struct producer_spec);

			spec->name = r->path;
			spec->min_tests_set = true;
			p = vec_push(&m->run.producers);
			p->spec = spec;
		}
		report_finish(r);
		*vec_push(&p->reports) = r;
	}
	for (size_t i = 0; i < m->run.producers.n; i++)
		for (size_t k = 0; k < m->run.producers.v[i].reports.n; k++)
			m->run.producers.v[i].reports.v[k]->producer = &m->run.producers.v[i];
	run_finish(&m->run);
}

static void
made_write(struct made *m, const struct snapshot_about *about, struct buf *out)
{
	make_run(m);
	for (size_t i = 0; i < m->run.tests.n; i++) {
		struct test *t = m->run.tests.v[i];
		struct str key = arena_printf(&m->mem, "%.*s\n%.*s\n%.*s",
			STR_FMT(t->report->producer->spec->name), STR_FMT(t->report->leg),
			STR_FMT(t->base_id));

		t->judged.excused = map_get(&m->excused, key) != NULL;
	}
	snapshot_write(&m->run, about, out);
}

static void
made_release(struct made *m)
{
	/* Without producers yet, nobody else owns the reports. */
	for (size_t i = 0; m->run.producers.n == 0 && i < m->reports.n; i++)
		report_release(m->reports.v[i].value);
	run_release(&m->run);
	map_release(&m->reports);
	map_release(&m->excused);
	arena_release(&m->mem);
}

/* ---- a decision ---- */

static struct str
text_of(const struct node *map, const char *key)
{
	const struct node *n = node_get(map, key);

	return n && n->kind == NODE_STRING ? n->text : STR_NONE;
}

static bool
is_true(const struct node *map, const char *key)
{
	const struct node *n = node_get(map, key);

	return n && n->kind == NODE_BOOL && n->integer;
}

static long
number_of(const struct node *map, const char *key)
{
	const struct node *n = node_get(map, key);

	return n && n->kind == NODE_INT ? n->integer : 0;
}

static void
take_test(struct made *m, const struct node *n)
{
	struct str outcome = text_of(n, "outcome"), id = text_of(n, "id");
	struct str producer = text_of(n, "report");

	if (id.n == 0 || producer.n == 0) /* what only a register expects */
		return;
	for (int o = 0; o < OUT_ABSENT; o++)
		if (str_eqz(outcome, outcome_name((enum outcome)o)))
			add_case(m, report_for(m, producer, text_of(n, "leg"), KIND_TESTS),
				producer, id, (enum outcome)o, is_true(n, "excused"));
}

/* The tool's own fingerprint is in the identity, where there is one. */
static struct str
fingerprint_in(struct arena *mem, struct str id, const struct issue_event *ev)
{
	struct str own = arena_printf(mem, "%.*s:%.*s:%.*s:", STR_FMT(ev->tool), STR_FMT(ev->rule),
		STR_FMT(ev->file));
	size_t n = ev->tool.n + 1, end = str_rfind(id, STR(" ("));

	if (id.n <= n || (id.n > own.n && str_eq(str_to(id, own.n), own)))
		return STR_NONE;
	if (str_ends(id, ")") && end != STR_NPOS && end > n)
		id = str_to(id, end);
	return str_from(id, n);
}

static void
take_issue(struct made *m, const struct node *n)
{
	struct str producer = text_of(n, "report"), class = text_of(n, "class");
	struct issue_event ev = { .tool = text_of(n, "tool"), .rule = text_of(n, "rule"),
		.file = text_of(n, "file"), .message = text_of(n, "message"),
		.line = number_of(n, "line") };
	struct sink s;

	if (producer.n == 0 || str_eqz(class, class_name(CLASS_RESOLVED)))
		return;
	level_parse(text_of(node_get(n, "severity"), "level"), &ev.level);
	ev.fingerprint = fingerprint_in(&m->mem, text_of(n, "id"), &ev);
	s = report_sink(report_for(m, producer, text_of(n, "leg"), KIND_LINT), &all_names);
	s.issue(s.ctx, &ev);
}

/* Reports without a failure are named too: their tests are then known not to have failed. */
static int
take_inputs(struct made *m, const struct node *inputs, struct err *err)
{
	for (const struct node *n = inputs ? inputs->first : NULL; n; n = n->next) {
		if (!is_true(n, "complete")) {
			struct str name = text_of(n, "name");

			return err_set(err, (struct pos){ 0 }, "a decision of incomplete reports: "
				"%.*s", STR_FMT(name));
		}
		report_for(m, text_of(n, "name"), text_of(n, "leg"), KIND_TESTS);
	}
	return 0;
}

static void
say_what_it_lacks(struct baseline *b, const struct node *counts)
{
	long hidden = number_of(counts, class_name(CLASS_EXISTING_ISSUE)) +
		number_of(counts, class_name(CLASS_REJECTED_ISSUE));

	baseline_remark(b, "The baseline is a decision, which names only what failed: what passed "
		"then is not known, so that nothing can be called a regression.");
	if (hidden)
		baseline_remark(b, "Of %ld lint or scan results of then the decision says only how "
			"many they were: they count as new.", hidden);
}

static int
read_decision(struct baseline *b, struct made *m, const struct node *root, struct buf *out,
	struct err *err)
{
	struct snapshot_about about = { .origin = ORIGIN_DECISION, .saved = DATE_NONE,
		.name = text_of(root, "name") };
	const struct node *environment = node_get(root, "environment");
	const struct node *tests = node_get(root, "tests"), *issues = node_get(root, "issues");

	if (!str_eqz(text_of(root, "schema"), "regression-gate/decision@1"))
		return err_set(err, (struct pos){ 0 }, "a decision of a schema that this gate does "
			"not read: %.*s", STR_FMT(str_to(text_of(root, "schema"), 100)));
	if (take_inputs(m, node_get(root, "inputs"), err) < 0)
		return -1;
	date_parse_instant(text_of(environment, "now"), &about.saved);
	about.revision = text_of(node_get(environment, "build"), "revision");
	for (const struct node *n = tests ? tests->first : NULL; n; n = n->next)
		take_test(m, n);
	for (const struct node *n = issues ? issues->first : NULL; n; n = n->next)
		take_issue(m, n);
	made_write(m, &about, out);
	say_what_it_lacks(b, node_get(root, "counts"));
	return 0;
}

int
baseline_of_decision(struct baseline *b, const char *path, struct buf *out, struct err *err)
{
	struct made m = { 0 };
	struct buf text = BUF_INIT;
	struct node *root = NULL;
	int rc = -1;

	if (source_slurp(path, MAX_DECISION_BYTES, &text, b->sha256, err) == 0 &&
	    tree_parse(&m.mem, buf_str(&text), path, &root, err) == 0)
		rc = read_decision(b, &m, root, out, err);
	made_release(&m);
	buf_release(&text);
	return rc;
}

/* ---- a plain list ---- */

int
baseline_of_list(const char *path, const struct redactor *redactor, struct buf *out,
	struct err *err)
{
	struct snapshot_about about = { .origin = ORIGIN_LIST, .saved = DATE_NONE };
	struct findings fs = { 0 };
	struct diags d = { 0 };
	struct made m = { 0 };
	struct reg *reg = findings_reg(&fs, str_of(path), str_of(path));
	int rc = 1;

	reg->fill_expires = DATE_NONE;
	if (register_read(&fs, reg, redactor, &d) == 0 && reg->kind == REGISTER_LIST) {
		struct report *r = report_for(&m, STR_NONE, STR_NONE, KIND_TESTS);

		for (size_t i = 0; i < fs.all.n; i++) {
			const struct finding *f = fs.all.v[i];

			for (size_t k = 0; f->entry && k < f->entry->match.pattern[SEL_TEST].n; k++)
				add_case(&m, r, STR_NONE, f->entry->match.pattern[SEL_TEST].v[k],
					OUT_FAILED, true);
		}
		rc = r->tests.n ? 0 : 1;
	} else if (d.n && reg->kind == REGISTER_LIST) {
		rc = err_set(err, d.v[0].at, "a list that can't be read: %.*s",
			STR_FMT(d.v[0].text));
	}
	if (rc == 0)
		made_write(&m, &about, out);
	made_release(&m);
	diags_release(&d);
	findings_release(&fs);
	return rc;
}
