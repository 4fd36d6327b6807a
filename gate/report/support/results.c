/* results.c -- see results.h. */
#include "gate/report/support/results.h"

#include "gate/base/utf8.h"
#include "gate/report/support/view_rows.h"

#define MAX_WHY_BYTES 2000u

static struct str
fallback_path(const struct results *r, const struct view_row *row)
{
	const struct decision *d = r->view.d;
	const struct producer *p = row->producer;
	struct str policy = decision_shown(d, d->policy_path);

	for (size_t i = 0; p && i < p->reports.n; i++)
		if (p->reports.v[i]->path.n)
			return p->reports.v[i]->path;
	return policy.n == 0 || str_starts(policy, "preset ") ? STR("gate.yaml") : policy;
}

/* The line of the first problem that makes the report incomplete. */
static long
problem_line(const struct producer *p)
{
	for (size_t i = 0; p && i < p->reports.n && i < 1; i++)
		for (size_t k = 0; k < p->reports.v[i]->problems.n; k++)
			if (problem_incomplete(p->reports.v[i]->problems.v[k].code))
				return p->reports.v[i]->problems.v[k].line;
	return 0;
}

/* The policy's registers are named relative to it, and it relative to the working folder. */
static struct str
register_path(const struct decision *d, struct arena *mem, struct str shown)
{
	struct str policy = decision_shown(d, d->policy_path);
	size_t slash = str_rchr(policy, '/');

	if (slash != STR_NPOS)
		shown = build_below(mem, str_to(policy, slash), shown);
	return build_below(mem, d->policy_folder, shown);
}

void
result_place(const struct decision *d, struct arena *mem, struct result *r)
{
	const struct view_row *row = &r->row;
	const struct test *t = row->test;
	const struct finding *f = row->finding;

	r->in_tree = true;
	if (t && t->file.n) {
		r->path = build_path(mem, d->build.folder, t->file);
		r->line = t->line;
	} else if (t && t->report && t->report->path.n) {
		r->path = t->report->path;
		r->line = t->at;
		r->in_tree = false;
	} else if (row->issue && row->issue->file.n) {
		r->path = build_path(mem, d->build.folder, row->issue->file);
		r->line = row->issue->line;
		r->end_line = row->issue->end_line;
		r->column = row->issue->column;
	} else if ((row->absent || row->kind == ITEM_FINDING) && f && f->reg) {
		r->path = register_path(d, mem, f->reg->shown);
		r->line = f->line;
	} else {
		r->line = row->kind == ITEM_PRODUCER ? problem_line(row->producer) : 0;
		r->in_tree = false;
	}
	str_skip(&r->path, "./");
}

static struct str
check_of(struct arena *mem, const struct view_row *row)
{
	const struct issue *i = row->issue;

	if (i && i->tool.n && i->rule.n)
		return arena_printf(mem, "%.*s/%.*s", STR_FMT(i->tool), STR_FMT(i->rule));
	if (i && (i->tool.n || i->rule.n))
		return i->tool.n ? i->tool : i->rule;
	if (row->rule && (row->judged == NULL || row->kind == ITEM_PRODUCER))
		return row->rule->rule;
	return row->judged ? str_of(class_name(row->judged->cls)) : STR("gate");
}

/* What it is, whatever became of it: the class and the line change without it being another. */
static struct str
key_of(struct arena *mem, const struct view_row *row)
{
	struct str producer = row->producer ? row->producer->spec->name : STR_NONE;
	bool result = row->test || row->issue || row->absent;
	struct str rule = result || row->rule == NULL ? STR_NONE : row->rule->rule;
	struct str finding = row->absent && row->finding ? row->finding->qualified : STR_NONE;

	return arena_printf(mem, "%d\n%.*s\n%.*s\n%.*s\n%.*s", (int)row->kind, STR_FMT(producer),
		STR_FMT(rule), STR_FMT(finding), STR_FMT(row->id));
}

static struct result *
add(struct results *r, const struct view_row *row)
{
	struct result *n = vec_push(&r->all);

	*n = (struct result){ .row = *row };
	n->row.legs = (struct str_list){ 0 };
	for (size_t i = 0; i < row->legs.n; i++)
		*vec_push(&n->row.legs) = row->legs.v[i];
	n->check = check_of(&r->view.mem, row);
	n->key = key_of(&r->view.mem, row);
	n->level = row->issue ? row->issue->level : row->finding ? row->finding->level :
		LEVEL_UNKNOWN;
	result_place(r->view.d, &r->view.mem, n);
	if (n->path.n == 0)
		n->path = fallback_path(r, row);
	return n;
}

/* What a failing rule counted; a rule that counted nothing it can name stands for itself. */
static void
add_blocking(struct results *r, struct shown *shown)
{
	struct view *v = &r->view;

	for (size_t i = 0; i < v->blocking.n; i++) {
		const struct view_group *g = &v->blocking.v[i];
		bool doubt = g->rule->outcome == RESULT_INCONCLUSIVE;

		for (size_t k = 0; k < g->rows.n; k++) {
			const struct view_row *row = &g->rows.v[k];
			struct result *n = add(r, row);

			n->blocks = true;
			n->doubt = doubt;
			*map_at(&shown->at, row_key(&v->mem, row)) = r;
		}
		if (g->rows.n == 0 && g->elsewhere == 0) {
			struct view_row row = { .kind = ITEM_TEXT, .id = g->rule->rule,
				.rule = g->rule, .text = g->rule->message };
			struct result *n = add(r, &row);

			n->blocks = true;
			n->doubt = doubt;
		}
	}
	if (r->all.n == 0 && v->d->verdict != VERDICT_PASS) {
		struct view_row row = { .kind = ITEM_TEXT, .id = STR("verdict"),
			.text = v->d->sentence };

		add(r, &row)->blocks = true;
	}
}

static bool
stands(enum class c)
{
	switch (c) {
	case CLASS_NEW_FAILURE:
	case CLASS_REGRESSION:
	case CLASS_PREEXISTING_FAILURE:
	case CLASS_KNOWN_FAILURE:
	case CLASS_WAIVED:
	case CLASS_WAIVER_EXPIRED:
	case CLASS_FAILED_FIX:
	case CLASS_INDETERMINATE:
	case CLASS_NEW_ISSUE:
	case CLASS_EXISTING_ISSUE:
	case CLASS_KNOWN_ISSUE:
	case CLASS_RESURFACED:
		return true;
	default:
		return false;
	}
}

static void
add_leg(struct result *r, struct str leg)
{
	if (r->row.legs.n == 0)
		*vec_push(&r->row.legs) = r->row.test->report ? r->row.test->report->leg :
			STR_NONE;
	if (!str_list_has(&r->row.legs, leg))
		*vec_push(&r->row.legs) = leg;
}

static void
add_standing(struct results *r, struct shown *shown, const struct view_row *row)
{
	void **at;

	if (!stands(row->judged->cls))
		return;
	at = map_at(&shown->at, row_key(&r->view.mem, row));
	if (*at == r)
		return; /* it blocks, and is listed for that */
	if (*at == NULL) {
		add(r, row);
		*at = arena_new(&r->view.mem, size_t);
		*(size_t *)*at = r->all.n - 1;
	} else if (row->test) {
		add_leg(&r->all.v[*(size_t *)*at], row->test->report ?
			row->test->report->leg : STR_NONE);
	}
}

static int
result_cmp(const void *x, const void *y)
{
	const struct result *a = x, *b = y;
	unsigned ra = row_class_rank(a->row.judged), rb = row_class_rank(b->row.judged);
	int c;

	if (a->blocks != b->blocks)
		return a->blocks ? -1 : 1;
	if (a->doubt != b->doubt)
		return a->doubt ? 1 : -1;
	if (ra != rb)
		return ra < rb ? -1 : 1;
	if (a->level != b->level)
		return a->level > b->level ? -1 : 1;
	c = str_cmp(a->path, b->path);
	if (c == 0 && a->line != b->line)
		return a->line < b->line ? -1 : 1;
	c = c ? c : str_cmp(a->key, b->key);
	return c ? c : (int)(a->row.judged ? a->row.judged->cls : 0) -
		(int)(b->row.judged ? b->row.judged->cls : 0);
}

static int
by_key(const void *x, const void *y)
{
	const struct result *const *a = x, *const *b = y;
	int c = str_cmp((*a)->key, (*b)->key);

	return c ? c : *a < *b ? -1 : *a > *b;
}

/* One test that is of two classes in two legs is two results; so are results of equal identity. */
static void
make_unique(struct results *r)
{
	struct result **v = xcalloc(r->all.n + 1, sizeof(*v));
	size_t same = 0;

	for (size_t i = 0; i < r->all.n; i++)
		v[i] = &r->all.v[i];
	qsort(v, r->all.n, sizeof(*v), by_key);
	for (size_t i = 1; i < r->all.n; i++) {
		/* The first keeps its key, so those behind it are compared with what it was. */
		same = str_eq(v[i - same - 1]->key, v[i]->key) ? same + 1 : 0;
		if (same)
			v[i]->key = arena_printf(&r->view.mem, "%.*s\n%zu", STR_FMT(v[i]->key),
				same + 1);
	}
	free(v);
}

void
results_init(struct results *r, const struct decision *d)
{
	struct shown shown = { 0 };

	memset(r, 0, sizeof(*r));
	view_init(&r->view, d);
	add_blocking(r, &shown);
	r->nblocking = r->all.n;
	for (size_t i = 0; i < d->run->tests.n; i++) {
		struct view_row row = row_of_test(d->run->tests.v[i]);

		add_standing(r, &shown, &row);
	}
	for (size_t i = 0; i < d->run->issues.n; i++) {
		struct view_row row = row_of_issue(d->run->issues.v[i]);

		if (!row.issue->info_only)
			add_standing(r, &shown, &row);
	}
	map_release(&shown.at);
	if (r->all.n > 1)
		qsort(r->all.v, r->all.n, sizeof(*r->all.v), result_cmp);
	make_unique(r);
}

void
results_release(struct results *r)
{
	for (size_t i = 0; i < r->all.n; i++)
		vec_release(&r->all.v[i].row.legs);
	vec_release(&r->all);
	view_release(&r->view);
}

void
result_why(const struct decision *d, const struct result *r, struct buf *out)
{
	const struct view_row *row = &r->row;
	struct str message = d->delivery.messages == MESSAGES_NONE ? STR_NONE : view_message(row);
	size_t start = out->n;

	if (row->judged && row->kind != ITEM_PRODUCER)
		buf_addz(out, class_words(row->judged->cls, 1));
	if (row->judged && !row->judged->excused && (row->judged->cls == CLASS_KNOWN_FAILURE ||
	    row->judged->cls == CLASS_KNOWN_ISSUE))
		buf_addz(out, ", not excused");
	if (row->finding && row->kind != ITEM_PRODUCER)
		buf_addf(out, "%s%.*s%s", out->n > start ? " (" : "",
			STR_FMT(row->finding->qualified), out->n > start ? ")" : "");
	if (row->legs.n > 1 || (row->legs.n == 1 && row->legs.v[0].n)) {
		buf_addz(out, " in ");
		view_where(row, out);
	}
	if (message.n) {
		buf_addz(out, out->n > start ? ": " : "");
		buf_add(out, utf8_head(message, MAX_WHY_BYTES));
	}
	if (row->text.n) {
		buf_addz(out, out->n > start ? ": " : "");
		buf_add(out, utf8_head(row->text, MAX_WHY_BYTES));
	}
	if (r->doubt)
		buf_addz(out, out->n > start ? " (inconclusive)" : "inconclusive");
}

void
result_text(const struct decision *d, const struct result *r, struct buf *out)
{
	size_t start;

	view_title(&r->row, out);
	buf_addz(out, ": ");
	start = out->n;
	result_why(d, r, out);
	/* "scan: scan did not deliver" */
	if (r->row.kind == ITEM_PRODUCER &&
	    str_eq(str_to(str_from(buf_str(out), start), r->row.id.n), r->row.id)) {
		memmove(out->p + start - r->row.id.n - 2, out->p + start, out->n - start + 1);
		out->n -= r->row.id.n + 2;
	}
}

void
result_fingerprint(const struct decision *d, const struct result *r, char hex[SHA256_HEX])
{
	struct buf b = BUF_INIT;

	buf_add(&b, d->name);
	buf_addc(&b, '\n');
	buf_add(&b, r->key);
	sha256_of(buf_str(&b), hex);
	buf_release(&b);
}
