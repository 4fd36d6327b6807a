/* findings_json.c -- see findings_json.h; field names are those of the contract, `findings@1`. */
#include "gate/report/support/findings_json.h"

#include "gate/base/utf8.h"

static json_t *
text(struct str s)
{
	struct buf fixed = BUF_INIT;
	json_t *j;

	if (s.n == 0)
		return json_string("");
	if (utf8_valid(s))
		return json_stringn(s.p, s.n);
	utf8_repair(&fixed, s);
	j = json_stringn(buf_z(&fixed), fixed.n);
	buf_release(&fixed);
	return j;
}

static json_t *
text_or_null(struct str s)
{
	return s.n == 0 ? json_null() : text(s);
}

static json_t *
line_or_null(long line)
{
	return line > 0 ? json_integer(line) : json_null();
}

static json_t *
texts(const struct str_list *l)
{
	json_t *a = json_array();

	for (size_t i = 0; i < l->n; i++)
		json_array_append_new(a, text(l->v[i]));
	return a;
}

/* A day is kept as its last second: people wrote the day. */
static json_t *
date(int64_t t)
{
	struct buf b = BUF_INIT;
	json_t *j;

	if (t == DATE_NONE)
		return json_null();
	if (((t % 86400) + 86400) % 86400 == 86399)
		date_day(&b, t);
	else
		date_rfc3339(&b, t);
	j = json_string(buf_z(&b));
	buf_release(&b);
	return j;
}

static json_t *
locations(const struct finding *f)
{
	json_t *a = json_array();

	for (size_t i = 0; i < f->locations.n; i++) {
		const struct location *l = &f->locations.v[i];

		json_array_append_new(a, json_pack("{s:o, s:o, s:o}", "path", text(l->path),
			"line", line_or_null(l->line), "end_line", line_or_null(l->end_line)));
	}
	return a;
}

static json_t *
tests(const struct finding *f)
{
	json_t *a = json_array();

	for (size_t i = 0; i < f->tests.n; i++)
		json_array_append_new(a, json_pack("{s:o, s:s}", "ref", text(f->tests.v[i].ref),
			"scope", ref_scope_name(f->tests.v[i].scope)));
	return a;
}

static json_t *
signatures(const struct finding *f)
{
	json_t *a = json_array();

	for (size_t i = 0; i < f->signatures.n; i++) {
		const struct signature *s = &f->signatures.v[i];

		json_array_append_new(a, json_pack("{s:o, s:b}", s->regex ? "regex" : "text",
			text(s->text), "required", (int)s->required));
	}
	return a;
}

static json_t *
tools(const struct finding *f)
{
	json_t *a = json_array();

	for (size_t i = 0; i < f->tools.n; i++)
		json_array_append_new(a, json_pack("{s:o, s:o}", "tool", text(f->tools.v[i].tool),
			"rule", text_or_null(f->tools.v[i].rule)));
	return a;
}

static json_t *
links(const struct finding *f)
{
	json_t *a = json_array();

	for (size_t i = 0; i < f->links.n; i++)
		json_array_append_new(a, json_pack("{s:s, s:o}", "kind",
			link_kind_name(f->links.v[i].kind), "to", text(f->links.v[i].to)));
	return a;
}

json_t *
finding_json(const struct finding *f)
{
	json_t *o = json_object();

	json_object_set_new(o, "id", text(f->id));
	json_object_set_new(o, "qualified", text(f->qualified));
	json_object_set_new(o, "register", json_pack("{s:o, s:I}", "path", text(f->reg->shown),
		"line", (json_int_t)f->line));
	json_object_set_new(o, "aliases", texts(&f->aliases));
	json_object_set_new(o, "title", text(f->title));
	json_object_set_new(o, "severity", json_pack("{s:o, s:s}", "raw",
		text_or_null(f->severity_raw), "level", level_name(f->level)));
	json_object_set_new(o, "status", json_pack("{s:o, s:s}", "raw",
		text_or_null(f->status_raw), "state", state_name(f->state)));
	json_object_set_new(o, "locations", locations(f));
	json_object_set_new(o, "tests", tests(f));
	json_object_set_new(o, "signatures", signatures(f));
	json_object_set_new(o, "identifiers", texts(&f->identifiers));
	json_object_set_new(o, "tools", tools(f));
	json_object_set_new(o, "owner", text_or_null(f->owner));
	json_object_set_new(o, "dates", json_pack("{s:o, s:o, s:o}", "created", date(f->created),
		"updated", date(f->updated), "expires", date(f->expires)));
	json_object_set_new(o, "links", links(f));
	json_object_set_new(o, "excuses", json_boolean(f->excuses));
	return o;
}

static int
by_qualified(const void *a, const void *b)
{
	const struct finding *x = *(struct finding *const *)a, *y = *(struct finding *const *)b;
	int c = str_cmp(x->qualified, y->qualified);

	return c ? c : x->order < y->order ? -1 : x->order > y->order;
}

static json_t *
all_findings(const struct findings *fs)
{
	struct finding **v = xcalloc(fs->all.n + 1, sizeof(struct finding *));
	json_t *a = json_array();
	size_t n = 0;

	for (size_t i = 0; i < fs->all.n; i++)
		if (finding_listed(fs->all.v[i]))
			v[n++] = fs->all.v[i];
	qsort(v, n, sizeof(*v), by_qualified);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(a, finding_json(v[i]));
	free(v);
	return a;
}

static json_t *
all_problems(const struct findings *fs)
{
	json_t *a = json_array();

	for (size_t i = 0; i < fs->notes.n; i++) {
		const struct register_note *n = &fs->notes.v[i];

		json_array_append_new(a, json_pack("{s:s, s:o, s:o, s:o}", "code",
			register_problem_name(n->code), "register", text(n->reg), "line",
			line_or_null(n->line), "message", text(n->message)));
	}
	return a;
}

static int
add_to_buf(const char *p, size_t n, void *out)
{
	buf_add(out, str_n(p, n));
	return 0;
}

void
findings_json(const struct findings *fs, struct buf *out)
{
	json_t *doc = json_object();

	json_object_set_new(doc, "schema", json_string("regression-gate/findings@1"));
	json_object_set_new(doc, "findings", all_findings(fs));
	json_object_set_new(doc, "problems", all_problems(fs));
	json_dump_callback(doc, add_to_buf, out, JSON_SORT_KEYS | JSON_INDENT(2));
	buf_addc(out, '\n');
	json_decref(doc);
}
