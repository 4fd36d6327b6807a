/* findings_json.c -- see findings_json.h; field names are those of the contract, `findings@1`. */
#include "gate/report/support/findings_json.h"

#include "gate/report/support/json_out.h"

static json_t *
texts(const struct str_list *l)
{
	json_t *a = json_array();

	for (size_t i = 0; i < l->n; i++)
		json_push(a, json_text(l->v[i]));
	return a;
}

static json_t *
locations(const struct finding *f)
{
	json_t *a = json_array();

	for (size_t i = 0; i < f->locations.n; i++) {
		const struct location *l = &f->locations.v[i];

		json_push(a, json_pack("{s:o, s:o, s:o}", "path", json_text(l->path),
			"line", json_line_or_null(l->line), "end_line",
			json_line_or_null(l->end_line)));
	}
	return a;
}

static json_t *
tests(const struct finding *f)
{
	json_t *a = json_array();

	for (size_t i = 0; i < f->tests.n; i++)
		json_push(a, json_pack("{s:o, s:s}", "ref", json_text(f->tests.v[i].ref),
			"scope", ref_scope_name(f->tests.v[i].scope)));
	return a;
}

static json_t *
signatures(const struct finding *f)
{
	json_t *a = json_array();

	for (size_t i = 0; i < f->signatures.n; i++) {
		const struct signature *s = &f->signatures.v[i];

		json_push(a, json_pack("{s:o, s:b}", s->regex ? "regex" : "text",
			json_text(s->text), "required", (int)s->required));
	}
	return a;
}

static json_t *
tools(const struct finding *f)
{
	json_t *a = json_array();

	for (size_t i = 0; i < f->tools.n; i++)
		json_push(a, json_pack("{s:o, s:o}", "tool", json_text(f->tools.v[i].tool),
			"rule", json_text_or_null(f->tools.v[i].rule)));
	return a;
}

static json_t *
links(const struct finding *f)
{
	json_t *a = json_array();

	for (size_t i = 0; i < f->links.n; i++)
		json_push(a, json_pack("{s:s, s:o}", "kind",
			link_kind_name(f->links.v[i].kind), "to", json_text(f->links.v[i].to)));
	return a;
}

json_t *
finding_json(const struct finding *f)
{
	json_t *o = json_object();

	json_put(o, "id", json_text(f->id));
	json_put(o, "qualified", json_text(f->qualified));
	json_put(o, "register", json_pack("{s:o, s:I}", "path", json_text(f->reg->shown),
		"line", (json_int_t)f->line));
	json_put(o, "aliases", texts(&f->aliases));
	json_put(o, "title", json_text(f->title));
	json_put(o, "severity", json_pack("{s:o, s:s}", "raw",
		json_text_or_null(f->severity_raw), "level", level_name(f->level)));
	json_put(o, "status", json_pack("{s:o, s:s}", "raw",
		json_text_or_null(f->status_raw), "state", state_name(f->state)));
	json_put(o, "locations", locations(f));
	json_put(o, "tests", tests(f));
	json_put(o, "signatures", signatures(f));
	json_put(o, "identifiers", texts(&f->identifiers));
	json_put(o, "tools", tools(f));
	json_put(o, "owner", json_text_or_null(f->owner));
	json_put(o, "dates", json_pack("{s:o, s:o, s:o}", "created", json_day_or_null(f->created),
		"updated", json_day_or_null(f->updated), "expires", json_day_or_null(f->expires)));
	json_put(o, "links", links(f));
	json_put(o, "excuses", json_boolean(f->excuses));
	return o;
}

static int
by_qualified(const void *a, const void *b)
{
	const struct finding *x = *(struct finding *const *)a, *y = *(struct finding *const *)b;
	int c = str_cmp(x->qualified, y->qualified);

	return c ? c : x->order < y->order ? -1 : x->order > y->order;
}

/* One element at a time: 200,000 findings as one tree of JSON would cost a gigabyte. */
static void
element(struct buf *out, json_t *value)
{
	buf_addz(out, out->p[out->n - 1] == '[' ? "\n  " : ",\n  ");
	json_write(out, value, 2);
}

static void
end_array(struct buf *out)
{
	buf_addz(out, out->p[out->n - 1] == '[' ? "]" : "\n ]");
}

static void
add_findings(const struct findings *fs, struct buf *out)
{
	struct finding **v = xcalloc(fs->all.n + 1, sizeof(struct finding *));
	size_t n = 0;

	for (size_t i = 0; i < fs->all.n; i++)
		if (finding_listed(fs->all.v[i]))
			v[n++] = fs->all.v[i];
	qsort(v, n, sizeof(struct finding *), by_qualified);
	buf_addz(out, " \"findings\": [");
	for (size_t i = 0; i < n; i++)
		element(out, finding_json(v[i]));
	end_array(out);
	free(v);
}

static void
add_problems(const struct findings *fs, struct buf *out)
{
	buf_addz(out, " \"problems\": [");
	for (size_t i = 0; i < fs->notes.n; i++) {
		const struct register_note *n = &fs->notes.v[i];

		element(out, json_pack("{s:s, s:o, s:o, s:o}", "code",
			register_problem_name(n->code), "register", json_text(n->reg), "line",
			json_line_or_null(n->line), "message", json_text(n->message)));
	}
	end_array(out);
}

void
findings_json(const struct findings *fs, struct buf *out)
{
	findings_json_against(fs, NULL, out);
}

void
findings_json_against(const struct findings *fs, json_t *against, struct buf *out)
{
	buf_addz(out, "{\n");
	if (against) {
		buf_addz(out, " \"against\": ");
		json_write(out, against, 1);
		buf_addz(out, ",\n");
	}
	add_findings(fs, out);
	buf_addz(out, ",\n");
	add_problems(fs, out);
	buf_addz(out, ",\n \"schema\": \"regression-gate/findings@1\"\n}\n");
}
