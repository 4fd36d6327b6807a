/* own_json.c -- a described JSON format as a table of jsonmap.h. */
#include "parsers/support/own_parts.h"

static void
missed(void *ctx, const struct map_fields *f, const char *field, bool vital)
{
	struct own_run *run = ctx;

	own_missed(run, &run->f->records.v[f - run->table], field, vital);
}

static struct jsonmap
table_of(const struct own_format *f, struct arena *mem, struct own_run *run)
{
	struct map_fields *v = arena_alloc(mem, (f->records.n + 1) * sizeof(*v));
	struct jsonmap map = { .sniff = "", .lines = f->syntax == OWN_JSON_LINES, .records = v,
		.n = f->records.n, .missed = missed, .missed_ctx = run };

	for (size_t i = 0; i < f->records.n; i++) {
		own_map_fields(mem, &f->records.v[i], &v[i]);
		v[i].each = own_text(mem, &f->records.v[i], "each");
		if (v[i].each == NULL)
			v[i].each = "";
	}
	if (f->ran.text.n)
		map.ran = arena_z(mem, f->ran.text);
	run->table = v;
	return map;
}

void
own_json_check(const struct own_format *f, struct diags *d)
{
	struct own_run run = { .f = f };
	struct arena mem = { 0 };
	struct jsonmap map = table_of(f, &mem, &run);
	const char *why, *field;
	size_t entry = 0;

	if (jsonmap_check(&map, &why, &field, &entry) < 0)
		own_wrong(d, &f->records.v[entry], field, why);
	arena_release(&mem);
}

int
own_json_read(const struct own_format *f, struct source *in, const struct sink *out)
{
	struct own_run run = { .f = f, .out = out };
	struct arena mem = { 0 };
	struct jsonmap map = table_of(f, &mem, &run);
	int rc = jsonmap_read(&map, in, out);

	arena_release(&mem);
	return rc;
}
