/*
 * own_lines_plan.c -- a described text format made ready: patterns compiled, groups bound to
 * fields, and all that is wrong with it.
 */
#include "gate/base/near.h"
#include "parsers/support/own_lines.h"

/* Groups that are a field by their name alone. */
static const struct {
	const char *group, *field;
	size_t at;
} known[] = {
#define GROUP(name, member) { #name, #member, offsetof(struct map_fields, member) }
	GROUP(file, file), GROUP(line, line), GROUP(column, column), GROUP(col, column),
	GROUP(end_line, end_line), GROUP(severity, severity), GROUP(level, severity),
	GROUP(rule, rule), GROUP(code, rule), GROUP(message, message), GROUP(score, score),
	GROUP(fingerprint, fingerprint), GROUP(name, name), GROUP(id, id), GROUP(suite, suite),
	GROUP(class, class), GROUP(outcome, outcome), GROUP(seconds, seconds),
	GROUP(type, type), GROUP(text, text),
#undef GROUP
};
#define KNOWN (sizeof(known) / sizeof(known[0]))
/* ---- what is described ---- */

static const char *const shape_groups[LINE_FIELDS] = {
	[FIELD_FILE] = "file", [FIELD_MESSAGE] = "message", [FIELD_RULE] = "rule",
	[FIELD_CODE] = "rule", [FIELD_SEVERITY] = "severity", [FIELD_LINE] = "line",
	[FIELD_COLUMN] = "column", [FIELD_END_LINE] = "end_line",
};

const char *
own_shape_group(enum line_field f)
{
	return shape_groups[f];
}

static bool
has_group(const struct row *row, struct str name)
{
	for (size_t i = 0; i < row->groups.n; i++)
		if (str_eqz(name, row->groups.v[i]))
			return true;
	return false;
}

static void
list_groups(struct own_lines *o, struct row *row)
{
	struct str name;

	for (size_t i = 0; row->re && (name = regex_group_name(row->re, i)).n &&
		row->groups.n < GROUPS; i++) {
		row->number[row->groups.n] = regex_group(row->re, arena_z(&o->mem, name));
		*vec_push(&row->groups) = arena_z(&o->mem, name);
	}
	for (size_t i = 0; row->re == NULL && i < row->shape.n; i++) {
		const struct shape_token *t = &row->shape.v[i];
		const char *group = t->kind == TOKEN_FIELD ? shape_groups[t->field] : NULL;

		if (group && !has_group(row, str_of(group)))
			*vec_push(&row->groups) = arena_z(&o->mem, str_of(group));
	}
}

/* 0, or -1 and what is wrong was said. */
static int
compile_row(struct own_lines *o, size_t record, const struct own_field *from, struct diags *d)
{
	struct row *row = arena_new(&o->mem, struct row);
	struct str pattern = from->text;
	struct buf made = BUF_INIT;
	struct err err = { 0 };
	const char *why = NULL, *bad = "";

	*row = (struct row){ .record = record, .from = from,
		.what = o->f->records.v[record].what };
	*vec_push(&o->rows) = row;
	if (strcmp(from->name, "shape") == 0) {
		if (!line_shape_init(&row->shape, pattern))
			why = "it is no shape of a line, such as {file}:{line}: {message}";
	} else {
		if (strcmp(from->name, "errorformat") == 0) {
			enum own_what what = row->what;

			if (!own_errorformat(pattern, &made, &what, &row->word, &bad))
				why = bad;
			pattern = buf_str(&made);
			if (what != OWN_ISSUE || row->what == OWN_ISSUE)
				row->what = what; /* a test stays one */
		}
		if (why == NULL)
			row->re = regex_new(pattern, 0, from->at, &err);
		if (err.set)
			why = err.text;
	}
	if (why)
		diag_add(d, DIAG_ERROR, from->at, "`%s: %.*s` can't be: %s", from->name,
			STR_FMT(from->text), why);
	else if (row->re && regex_find(row->re, STR_NONE, NULL, 0) == REGEX_YES)
		diag_add(d, DIAG_ERROR, from->at, "`%s: %.*s` fits an empty line", from->name,
			STR_FMT(from->text));
	else
		list_groups(o, row);
	buf_release(&made);
	return why ? -1 : 0;
}

static bool
is_result(enum own_what what)
{
	return what == OWN_ISSUE || what == OWN_TEST;
}

/* The group stands in a pattern of the record, or in one that adds to every record. */
static bool
may_have(const struct own_lines *o, size_t record, struct str group)
{
	for (size_t i = 0; i < o->rows.n; i++) {
		const struct row *row = o->rows.v[i];

		if ((row->record == record || row->what == OWN_MORE || row->what == OWN_HEADING) &&
			has_group(row, group))
			return true;
	}
	return false;
}

/* Fields that nobody wrote are the groups of their names. */
static void
name_fields(struct own_lines *o, size_t record)
{
	struct map_fields *f = &o->fields[record];
	const struct own_record *r = &o->f->records.v[record];

	own_map_fields(&o->mem, r, f);
	if (r->what != OWN_ISSUE && r->what != OWN_TEST && r->what != OWN_FAILED &&
		r->what != OWN_NOTHING)
		return;
	for (size_t i = 0; i < KNOWN; i++) {
		const char *there;

		memcpy(&there, (char *)f + known[i].at, sizeof(there));
		if (there == NULL && may_have(o, record, str_of(known[i].group)))
			memcpy((char *)f + known[i].at, &known[i].group, sizeof(there));
	}
	/* The severity that %E means has no group: it is put there by hand. */
	for (size_t i = 0; i < o->rows.n; i++)
		if (o->rows.v[i]->record == record && o->rows.v[i]->word && f->severity == NULL)
			f->severity = "severity";
	if (!is_result(r->what) && f->message == NULL)
		f->message = ""; /* the line itself */
	if (r->what == OWN_TEST)
		f->dialect = f->id ? DIALECT_READY : DIALECT_NONE;
}

/* Words of {severity}; one table for all shapes, as the built-in formats have. */
static void
list_words(struct own_lines *o)
{
	static const char *const common[] = { "fatal error", "error", "warning", "info", "note",
		"hint", "style", "critical", "high", "medium", "low", "Error", "Warning", "Info",
		"ERROR", "WARNING", "INFO" };
	size_t n = 0, most = sizeof(common) / sizeof(common[0]);

	for (size_t i = 0; i < o->f->records.n; i++)
		most += o->f->records.v[i].levels.n;
	o->words = arena_alloc(&o->mem, (most + 1) * sizeof(*o->words));
	for (size_t i = 0; i < o->f->records.n; i++)
		for (size_t k = 0; k < o->f->records.v[i].levels.n; k++)
			o->words[n++] = arena_z(&o->mem, o->f->records.v[i].levels.v[k].text);
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		o->words[n++] = common[i];
}

void
own_lines_init(struct own_lines *o, const struct own_format *f, struct diags *d)
{
	*o = (struct own_lines){ .f = f };
	o->fields = arena_alloc(&o->mem, (f->records.n + 1) * sizeof(*o->fields));
	o->map = arena_alloc(&o->mem, (f->records.n + 1) * sizeof(*o->map));
	list_words(o);
	for (size_t i = 0; i < f->records.n; i++) {
		const struct own_record *r = &f->records.v[i];

		for (size_t k = 0; k < r->fields.n; k++) {
			const char *name = r->fields.v[k].name;

			if (strcmp(name, "regex") == 0 || strcmp(name, "errorformat") == 0 ||
				strcmp(name, "shape") == 0)
				compile_row(o, i, &r->fields.v[k], d);
		}
	}
	for (size_t i = 0; i < f->records.n; i++) {
		const char *why = NULL, *field = "";

		name_fields(o, i);
		if (mapping_init(&o->map[i], &o->fields[i], &why, &field) < 0)
			own_wrong(d, &f->records.v[i], field, why);
		o->map[i].watch = true;
	}
}

void
own_lines_release(struct own_lines *o)
{
	for (size_t i = 0; i < o->f->records.n; i++)
		mapping_release(&o->map[i]);
	for (size_t i = 0; i < o->rows.n; i++) {
		regex_free(o->rows.v[i]->re);
		vec_release(&o->rows.v[i]->groups);
	}
	for (size_t i = 0; i < sizeof(o->heading) / sizeof(o->heading[0]); i++)
		buf_release(&o->heading[i].value);
	vec_release(&o->rows);
	arena_release(&o->mem);
}

/* ---- what is wrong with it ---- */

/* Each path of a field must be a group; each group must be a field, or be used by one. */
static void
check_paths(struct own_lines *o, size_t record, struct diags *d)
{
	const struct own_record *r = &o->f->records.v[record];
	const struct mapping *m = &o->map[record];

	for (size_t i = 0; i < m->nrefs; i++) {
		const struct map_ref *ref = &m->ref[i];
		struct diag *g;

		if (ref->path.n == 0 || may_have(o, record, ref->path) ||
			(str_eqz(ref->path, "severity") && own_field_find(r, "severity") == NULL))
			continue;
		g = diag_add(d, DIAG_ERROR, r->at, "no pattern of this record has a group '%.*s'",
			STR_FMT(ref->path));
		diag_hint(d, g, "(?<%.*s>...) in a regex; =%.*s is the text itself",
			STR_FMT(ref->path), STR_FMT(ref->path));
	}
}

static bool
is_used(const struct own_lines *o, const char *group)
{
	for (size_t i = 0; i < KNOWN; i++)
		if (strcmp(known[i].group, group) == 0)
			return true;
	for (size_t i = 0; i < o->f->records.n; i++)
		for (size_t k = 0; k < o->map[i].nrefs; k++)
			if (str_eqz(o->map[i].ref[k].path, group))
				return true;
	return false;
}

static void
check_groups(struct own_lines *o, const struct row *row, struct diags *d)
{
	const char *names[KNOWN + 1] = { NULL };

	for (size_t i = 0; i < KNOWN; i++)
		names[i] = known[i].group;
	for (size_t i = 0; i < row->groups.n; i++) {
		const char *near;
		struct diag *g;

		if (is_used(o, row->groups.v[i]))
			continue;
		near = nearest_word(str_of(row->groups.v[i]), names);
		g = diag_add(d, DIAG_ERROR, row->from->at,
			"the group '%s' is no field, and no field uses it", row->groups.v[i]);
		if (near)
			diag_hint(d, g, "did you mean '%s'?", near);
		else
			diag_hint(d, g, "groups that are fields: file, line, column, end_line, "
				"severity, rule, message ...");
	}
}

void
own_lines_check(const struct own_format *f, struct diags *d)
{
	struct own_lines o;
	size_t errors = d->errors;

	own_lines_init(&o, f, d);
	for (size_t i = 0; d->errors == errors && i < f->records.n; i++) {
		const struct own_record *r = &f->records.v[i];

		check_paths(&o, i, d);
		if (r->what == OWN_ISSUE && !o.fields[i].rule && !o.fields[i].message)
			diag_add(d, DIAG_ERROR, r->at, "an issue needs a `rule` or a `message`: a "
				"group of that name, or the field");
		if (r->what == OWN_TEST && !o.fields[i].name && !o.fields[i].id)
			diag_add(d, DIAG_ERROR, r->at, "a test needs a `name` or an `id`");
		if (r->what == OWN_TEST && !o.fields[i].outcome)
			diag_add(d, DIAG_ERROR, r->at, "a test needs an `outcome`");
	}
	for (size_t i = 0; i < o.rows.n; i++)
		check_groups(&o, o.rows.v[i], d);
	own_lines_release(&o);
}
