/*
 * xmlmap_join.c -- records on their way out; see xmlmap.h. Some formats say in another part
 * of the document what a record is about (a TRX result's class, the component that a
 * vulnerability affects): their records wait, bounded, until the document ends.
 */
#include "gate/base/map.h"
#include "parsers/support/xmlmap_parts.h"

#define MAX_HELD_BYTES (256u << 20)

struct completion {
	struct str name, class, file;
};

struct held {
	struct str join;
	bool is_test;
	struct test_event test;
	struct issue_event issue;
};

struct xml_held {
	struct arena mem;
	struct map by_id;
	VEC(struct held) all;
	bool full;
};

static struct xml_held *
held_of(struct xml_reader *r)
{
	if (r->held == NULL)
		r->held = xcalloc(1, sizeof(*r->held));
	return r->held;
}

static int
send_one_test(struct xml_reader *r, struct test_event *ev)
{
	buf_reset(&r->room);
	if (r->c->map->test && r->c->map->test(ev, &r->room) < 0)
		return 0;
	r->failures += ev->outcome == OUT_FAILED;
	r->errors += ev->outcome == OUT_ERROR;
	return r->out->test(r->out->ctx, ev);
}

static int
send_one_issue(struct xml_reader *r, struct issue_event *ev)
{
	buf_reset(&r->room);
	if (r->c->map->issue && r->c->map->issue(ev, &r->room) < 0)
		return 0;
	return r->out->issue(r->out->ctx, ev);
}

/* Room for one more, or NULL. */
static struct held *
hold(struct xml_reader *r, struct xml_frame *f)
{
	struct xml_held *h = held_of(r);
	struct held *one;

	if (h->mem.total + h->all.n * sizeof(*one) > MAX_HELD_BYTES) {
		if (!h->full)
			r->out->problem(r->out->ctx, PROBLEM_OVER_LIMIT, f->at,
				STR("more records than can be held; the rest was not read"));
		h->full = true;
		return NULL;
	}
	one = vec_push(&h->all);
	one->join = arena_dup(&h->mem, xml_field(r, f, F_JOIN));
	return one;
}

int
xml_out_test(struct xml_reader *r, struct xml_frame *f, struct test_event *ev)
{
	struct arena *mem;
	struct prop *props;
	struct held *one;

	r->any = true;
	r->bad += outcome_bad(ev->outcome);
	if (!r->c->joins)
		return send_one_test(r, ev);
	one = hold(r, f);
	if (one == NULL)
		return -1;
	mem = &r->held->mem;
	one->is_test = true;
	one->test = *ev;
	one->test.id = arena_dup(mem, ev->id);
	one->test.suite = arena_dup(mem, ev->suite);
	one->test.class = arena_dup(mem, ev->class);
	one->test.name = arena_dup(mem, ev->name);
	one->test.file = arena_dup(mem, ev->file);
	one->test.type = arena_dup(mem, ev->type);
	one->test.message = arena_dup(mem, ev->message);
	one->test.text = arena_dup(mem, ev->text);
	one->test.place = arena_dup(mem, ev->place);
	props = arena_alloc(mem, (ev->nprops + 1) * sizeof(*props));
	for (size_t i = 0; i < ev->nprops; i++) {
		props[i].name = arena_dup(mem, ev->props[i].name);
		props[i].value = arena_dup(mem, ev->props[i].value);
	}
	one->test.props = props;
	return 0;
}

int
xml_out_issue(struct xml_reader *r, struct xml_frame *f, struct issue_event *ev)
{
	struct arena *mem;
	struct held *one;

	r->any = true;
	if (!r->c->joins)
		return send_one_issue(r, ev);
	one = hold(r, f);
	if (one == NULL)
		return -1;
	mem = &r->held->mem;
	one->issue = *ev;
	one->issue.tool = arena_dup(mem, ev->tool);
	one->issue.rule = arena_dup(mem, ev->rule);
	one->issue.severity = arena_dup(mem, ev->severity);
	one->issue.message = arena_dup(mem, ev->message);
	one->issue.file = arena_dup(mem, ev->file);
	one->issue.fingerprint = arena_dup(mem, ev->fingerprint);
	return 0;
}

void
xml_join(struct xml_reader *r, struct xml_frame *f)
{
	struct xml_held *h = held_of(r);
	struct str id = xml_field(r, f, F_ID);
	struct completion *c;
	void **at;

	if (id.n == 0 || h->mem.total > MAX_HELD_BYTES || map_get(&h->by_id, id))
		return;
	c = arena_new(&h->mem, struct completion);
	c->name = arena_dup(&h->mem, xml_field(r, f, F_NAME));
	c->class = arena_dup(&h->mem, xml_field(r, f, F_CLASS));
	c->file = arena_dup(&h->mem, xml_field(r, f, F_FILE));
	at = map_at(&h->by_id, arena_dup(&h->mem, id));
	*at = c;
}

static void
complete(struct str *own, struct str other)
{
	if (own->n == 0)
		*own = other;
}

int
xml_join_end(struct xml_reader *r)
{
	struct xml_held *h = r->held;
	int rc = 0;

	for (size_t i = 0; h && i < h->all.n && rc == 0; i++) {
		struct held *one = &h->all.v[i];
		const struct completion *c = map_get(&h->by_id, one->join);

		if (one->is_test) {
			if (c) {
				complete(&one->test.name, c->name);
				complete(&one->test.class, c->class);
				complete(&one->test.file, c->file);
			}
			rc = send_one_test(r, &one->test);
		} else {
			if (c)
				complete(&one->issue.file, c->file);
			rc = send_one_issue(r, &one->issue);
		}
	}
	return rc;
}

void
xml_held_free(struct xml_held *h)
{
	if (h == NULL)
		return;
	arena_release(&h->mem);
	map_release(&h->by_id);
	vec_release(&h->all);
	free(h);
}
