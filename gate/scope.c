/* scope.c -- see scope.h. */
#include "gate/scope.h"

#include "gate/base/limits.h"
#include "gate/base/near.h"
#include "gate/base/num.h"
#include "gate/input/files.h"
#include "gate/input/source.h"
#include "gate/own_formats.h"
#include "parsers/parser.h"

#define NOWHERE ((struct pos){ 0 })
#define MAX_NAMES 256

static struct producer_spec *
find_spec(struct policy *policy, struct str name)
{
	for (size_t i = 0; i < policy->producers.n; i++)
		if (str_eq(policy->producers.v[i].name, name))
			return &policy->producers.v[i];
	return NULL;
}

static struct producer_spec *
add_spec(struct policy *policy, struct str name)
{
	struct producer_spec *s = vec_push(&policy->producers);

	s->name = arena_dup(&policy->mem, name);
	s->min_tests = 1;
	s->on_command_line = true;
	s->at = (struct pos){ .file = "the command line" };
	return s;
}

static int
by_name(const void *x, const void *y)
{
	return str_cmp(
		((const struct producer_spec *)x)->name, ((const struct producer_spec *)y)->name);
}

bool
scope_take_name(struct str *word, struct str *name, struct str *leg)
{
	size_t at = str_chr(*word, '='), slash;
	struct str head;

	*name = *leg = STR_NONE;
	if (at == STR_NPOS || at == 0)
		return false;
	head = str_to(*word, at);
	for (size_t i = 0; i < head.n; i++)
		if (!is_alnum(head.p[i]) && strchr("_-. /+", head.p[i]) == NULL)
			return false;
	if (head.p[0] == '.' || head.p[0] == '/')
		return false;
	slash = str_chr(head, '/');
	*name = str_to(head, slash);
	if (slash != STR_NPOS)
		*leg = str_from(head, slash + 1);
	*word = str_from(*word, at + 1);
	return true;
}

struct str
scope_take_format(const struct policy *policy, struct str *word)
{
	size_t at = str_chr(*word, ':');
	struct str head;

	if (at == STR_NPOS || at == 0)
		return STR_NONE;
	head = str_to(*word, at);
	if (!str_eqz(head, "auto") && parser_find(head) == NULL &&
	    own_format_find(&policy->formats, head) == NULL)
		return STR_NONE;
	*word = str_from(*word, at + 1);
	return head;
}

static void
give(struct policy *policy, struct producer_spec *s, struct str path, struct str leg,
	struct str format)
{
	*vec_push(&s->given_paths) = arena_dup(&policy->mem, path);
	*vec_push(&s->given_legs) = arena_dup(&policy->mem, leg);
	*vec_push(&s->given_formats) = arena_dup(&policy->mem, format);
}

int
scope_unknown_producer(struct policy *policy, struct str name, struct diags *d)
{
	const char *known[MAX_NAMES + 1] = { NULL };
	const char *near;
	struct diag *g;

	for (size_t i = 0; i < policy->producers.n && i < MAX_NAMES; i++)
		known[i] = arena_z(&policy->mem, policy->producers.v[i].name);
	near = nearest_word(name, known);
	g = diag_add(d, DIAG_ERROR, NOWHERE, "the policy has no producer '%.*s'", STR_FMT(name));
	if (near)
		diag_hint(d, g, "did you mean '%s'?", near);
	else
		diag_hint(d, g, "declare it under `reports:`");
	return -1;
}

static int
add_report(struct policy *policy, const char *value, bool declared, struct diags *d)
{
	struct str word = str_of(value), name, leg, format;
	struct producer_spec *s;
	bool named = scope_take_name(&word, &name, &leg);

	format = scope_take_format(policy, &word);
	if (!named)
		name = STR("cli");
	if (word.n == 0) {
		diag_add(d, DIAG_ERROR, NOWHERE, "--report '%s' names no path", value);
		return -1;
	}
	s = find_spec(policy, name);
	if (s == NULL && named && declared)
		return scope_unknown_producer(policy, name, d);
	give(policy, s ? s : add_spec(policy, name), word, leg, format);
	return 0;
}

/* `format:` of the policy: which parsers there are is not the policy's to know. */
static int
check_formats(const struct policy *policy, struct diags *d)
{
	const char *known[MAX_NAMES + 1] = { NULL };
	size_t errors = d->errors, n = 0;

	own_formats_check(&policy->formats, d);
	for (size_t i = 0; n < MAX_NAMES && i < policy->formats.n; i++)
		known[n++] = policy->formats.v[i]->name.p;
	for (size_t i = 0; n < MAX_NAMES && parsers[i]; i++)
		known[n++] = parsers[i]->name;
	for (size_t i = 0; i < policy->producers.n; i++) {
		const struct producer_spec *s = &policy->producers.v[i];
		const char *near = nearest_word(s->format, known);
		struct diag *g;

		if (s->format.n == 0 || parser_find(s->format) ||
		    own_format_find(&policy->formats, s->format))
			continue;
		g = diag_add(d, DIAG_ERROR, s->format_at, "unknown format '%.*s'",
			STR_FMT(s->format));
		if (near)
			diag_hint(d, g, "did you mean '%s'?", near);
		else
			diag_hint(d, g, "`gate list formats` lists them");
	}
	return d->errors == errors ? 0 : -1;
}

void
scope_report_parts(const char *value, struct str *name, struct str *path)
{
	struct str leg;

	*path = str_of(value);
	if (!scope_take_name(path, name, &leg))
		*name = STR("cli");
}

int
scope_reports(struct policy *policy, const struct args *args, struct diags *d)
{
	/* A misspelt NAME must not become a second producer beside the one the policy declares. */
	bool declared = policy->producers.n > 0;
	const char *value;
	int rc = check_formats(policy, d);

	for (size_t i = 0; (value = args_operand(args, i)) != NULL; i++) {
		struct str word = str_of(value), cli = STR("cli");
		struct producer_spec *s = find_spec(policy, cli);
		struct str format = scope_take_format(policy, &word);

		give(policy, s ? s : add_spec(policy, cli), word, STR_NONE, format);
	}
	for (size_t i = 0; (value = args_nth(args, "report", i)) != NULL; i++)
		if (add_report(policy, value, declared, d) < 0)
			rc = -1;
	vec_sort(&policy->producers, by_name);
	return rc;
}

/* The runner whose status an exit without a name tells: the only one, or the command line's. */
static struct producer *
only_producer(struct run *run)
{
	return run->producers.n == 1 ? &run->producers.v[0] : run_producer(run, STR("cli"));
}

static int
bad_exit(struct diags *d, const char *value, const char *what)
{
	diag_hint(d, diag_add(d, DIAG_ERROR, NOWHERE, "--runner-exit '%s' %s", value, what),
		"write --runner-exit NAME=CODE (or NAME/LEG=CODE) with a NAME under `reports:`");
	return -1;
}

/* The status of one leg's runner answers for the reports of that leg. */
static int
set_leg_exit(struct run *run, struct producer *p, struct str leg, long status,
	const char *value, struct diags *d)
{
	struct leg_exit *x = arena_new(&run->mem, struct leg_exit);
	bool some = false;

	x->leg = arena_dup(&run->mem, leg);
	x->known = EXIT_GIVEN;
	x->status = status;
	for (size_t i = 0; i < p->reports.n; i++) {
		if (!str_eq(p->reports.v[i]->leg, leg))
			continue;
		if (p->reports.v[i]->exit)
			return bad_exit(d, value, "names a leg that has a status already");
		p->reports.v[i]->exit = x;
		some = true;
	}
	if (!some && !str_list_has(&p->spec->legs, leg))
		return bad_exit(d, value, "names no leg");
	*vec_push(&p->exits) = x;
	if (!p->exit_told)
		p->exit_known = EXIT_NOT_GIVEN; /* what is said here outranks the exit-file */
	return 0;
}

static int
set_exit(struct run *run, const char *value, struct diags *d)
{
	struct str word = str_of(value), name = STR_NONE, leg = STR_NONE, rest;
	struct producer *p;
	long status;

	if (str_cut(&word, "=", &rest)) {
		name = word;
		word = rest;
	}
	if (!num_long(word, 0, 255, &status)) {
		diag_hint(d,
			diag_add(d, DIAG_ERROR, NOWHERE, "--runner-exit '%s' is no exit status",
				value),
			"write NAME=CODE with CODE from 0 to 255, as the shell's $? tells it");
		return -1;
	}
	str_cut(&name, "/", &leg);
	p = name.n ? run_producer(run, name) : only_producer(run);
	if (p == NULL)
		return bad_exit(d, value, name.n ? "names no producer" :
			"does not say which of several producers");
	if (leg.n)
		return set_leg_exit(run, p, leg, status, value, d);
	/* The second would silence the first: a runner has one exit status. */
	if (p->exit_told || p->exits.n) {
		diag_add(d, DIAG_ERROR, NOWHERE, "--runner-exit '%s': %.*s has a status already",
			value, STR_FMT(p->spec->name));
		return -1;
	}
	p->exit_told = true;
	p->exit_known = EXIT_GIVEN;
	p->exit_status = status;
	return 0;
}

enum exit_known
scope_exit_file(const struct producer_spec *spec, long *status)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct err err = { 0 };
	bool ok;

	if (spec->base.n && spec->exit_file.p[0] != '/')
		buf_addf(&path, "%.*s/", STR_FMT(spec->base));
	buf_add(&path, spec->exit_file);
	ok = files_slurp(NULL, buf_z(&path), 4096, &text, NULL, &err) == 0 &&
		num_long(str_trim(buf_str(&text)), 0, 255, status);
	buf_release(&text);
	buf_release(&path);
	return ok ? EXIT_GIVEN : EXIT_BAD;
}

int
scope_exits(struct run *run, const struct args *args, struct diags *d)
{
	const char *value;
	int rc = 0;

	for (size_t i = 0; i < run->producers.n; i++) {
		struct producer *p = &run->producers.v[i];

		/* A leg brought its own. */
		p->exit_told = p->exit_known != EXIT_NOT_GIVEN;
		if (p->out_of_scope)
			continue;
		if (p->spec->exit_file.n && !p->exit_told && p->exits.n == 0)
			p->exit_known = scope_exit_file(p->spec, &p->exit_status);
	}
	for (size_t i = 0; (value = args_nth(args, "runner-exit", i)) != NULL; i++)
		if (set_exit(run, value, d) < 0)
			rc = -1;
	return rc;
}
