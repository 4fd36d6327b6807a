/* scope_limit.c -- runs of some of the reports: --only and --partial (scope.h). */
#include <stdio.h>

#include "gate/base/near.h"
#include "gate/scope.h"

#define MAX_NAMES 256

void
scope_limit(struct arena *mem, const struct args *args, struct str_list *only, bool *partial,
	struct str *note)
{
	struct str rest = str_of(args_get(args, "only")), word, tail;
	struct buf b = BUF_INIT;

	*partial = args_has(args, "partial");
	for (bool more = rest.n > 0; more; rest = tail) {
		word = rest;
		more = str_cut(&word, ",", &tail);
		word = str_trim(word);
		if (word.n == 0 || str_list_has(only, word))
			continue;
		buf_addz(&b, only->n ? ", " : "only ");
		buf_add(&b, word);
		*vec_push(only) = word;
	}
	if (*partial)
		buf_addz(&b, b.n ? "; partial" : "partial");
	*note = b.n ? arena_dup(mem, buf_str(&b)) : STR_NONE;
	buf_release(&b);
}

int
scope_names(const struct run *run, const struct args *args, const struct str_list *only,
	struct diags *d)
{
	struct arena mem = { 0 };
	const char *known[MAX_NAMES + 1] = { NULL };
	size_t errors = d->errors;

	for (size_t i = 0; i < run->producers.n && i < MAX_NAMES; i++)
		known[i] = arena_z(&mem, run->producers.v[i].spec->name);
	for (size_t i = 0; i < only->n; i++) {
		const char *near = nearest_word(only->v[i], known);
		struct diag *g;

		if (run_producer(run, only->v[i]))
			continue;
		g = diag_add(d, DIAG_ERROR, (struct pos){ 0 },
			"--only: there is no producer '%.*s'",
			STR_FMT(only->v[i]));
		if (near)
			diag_hint(d, g, "did you mean '%s'?", near);
		else
			diag_hint(d, g, "name those under `reports:`");
	}
	if (args_has(args, "only") && only->n == 0)
		diag_hint(d, diag_add(d, DIAG_ERROR, (struct pos){ 0 }, "--only names no producer"),
			"--only NAME,... with NAMEs under `reports:`");
	arena_release(&mem);
	return d->errors == errors ? 0 : -1;
}

bool
scope_refused(const struct args *args, const char *what)
{
	const char *option = args_has(args, "only") ? "--only" :
		args_has(args, "partial") ? "--partial" : NULL;

	if (option == NULL)
		return false;
	fprintf(stderr, "gate %s: error: %s with %s: a part of the reports is %s\n"
		"hint: leave %s away, or run without %s\n", args->command, what, option,
		strcmp(what, "--post") == 0 ? "no verdict on the change" : "no baseline",
		what, option);
	return true;
}
