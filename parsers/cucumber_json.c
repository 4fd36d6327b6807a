/*
 * cucumber_json.c -- Cucumber's json formatter: https://cucumber.io/docs/cucumber/reporting/
 *
 * A scenario is as bad as its worst step or hook, the background before it included. As in every
 * current Cucumber, a step that is undefined, ambiguous or pending fails its scenario.
 */
#include "parsers/support/jsonmap.h"

struct worst {
	int rank;
	double nanoseconds;
	struct str message; /* JSON */
};

/* What the background before a scenario did. */
struct background {
	int rank;
	struct buf message;
};

static const char *const statuses[] = { "passed", "skipped", "pending", "undefined", "ambiguous",
	"failed" };

/* Steps, or hooks around steps: an array of {"result": {...}}. */
static void
add_steps(const struct map_record *r, struct str list, struct worst *w)
{
	static const char *const paths[] = { "result.status", "result.duration",
		"result.error_message", "result.message", NULL };
	struct json_cursor c = js_cursor(list);
	const char *why;
	struct json_paths *p;
	double d;

	if (c.p == NULL)
		return;
	p = js_paths_new(paths, &why);
	while (js_next(r->json, &c, p)) {
		int rank = 3; /* no status that is known is no pass */

		for (int i = 0; i < 6; i++)
			if (js_is(p->field[0], statuses[i]))
				rank = i;
		if (p->field[0].n == 0)
			rank = 0;
		if (js_double(p->field[1], &d) && d > 0)
			w->nanoseconds += d;
		if (rank > w->rank) {
			w->rank = rank;
			w->message = p->field[2].n ? p->field[2] : p->field[3];
		}
	}
	js_paths_free(p);
}

static int
scenario(const struct map_record *r, struct test_event *ev)
{
	struct background *b = r->own;
	struct worst w = { 0 };

	for (size_t i = 1; i < 4; i++)
		add_steps(r, r->extra_raw[i], &w);
	if (str_eqz(r->extra[0], "background")) {
		b->rank = w.rank;
		buf_reset(&b->message);
		js_text_add(w.message, &b->message);
		return 1;
	}
	js_text_add(w.message, r->scratch);
	if (b->rank > w.rank) {
		w.rank = b->rank;
		buf_reset(r->scratch);
		buf_add(r->scratch, buf_str(&b->message));
	}
	b->rank = 0;
	ev->outcome = w.rank == 0 ? OUT_PASSED : w.rank == 1 ? OUT_SKIPPED : OUT_FAILED;
	ev->seconds = w.nanoseconds / 1e9;
	if (ev->outcome != OUT_FAILED)
		return 0;
	if (r->scratch->n == 0)
		buf_addf(r->scratch, "a step is %s", statuses[w.rank]);
	ev->text = buf_str(r->scratch);
	ev->message = str_to(ev->text, str_chr(ev->text, '\n'));
	return 0;
}

static int
release(void *own, const struct sink *out)
{
	(void)out;
	buf_release(&((struct background *)own)->message);
	return 0;
}

static const struct map_fields records[] = {
	{
		.each = "[].elements[]",
		.kind = MAP_TEST,
		.class = "^name",
		.name = "name",
		.file = "^uri",
		.line = "line",
		.extra = { "type", "before", "steps", "after" },
		.fix_test = scenario,
	},
};

static const struct jsonmap map = {
	.sniff = "[].elements [].uri [].keyword|[].elements[].steps [].uri",
	JSONMAP_RECORDS(records),
	.own_size = sizeof(struct background),
	.end = release,
};

JSONMAP_PARSER(cucumber_json, .name = "cucumber-json", .help = "Cucumber, its JSON",
	.kind = KIND_TESTS, .tool = "cucumber",
	.spec = "https://cucumber.io/docs/cucumber/reporting/");
