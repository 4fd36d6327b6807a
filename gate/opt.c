/* opt.c -- see opt.h. */
#include "gate/opt.h"

#include <stdio.h>

#include "gate/base/mem.h"
#include "gate/base/str.h"
#include "gate/base/near.h"

#define MAX_OPTIONS 64

static int
complain(const struct args *a, const char *what, const char *which, const char *hint)
{
	fprintf(stderr, "gate %s: error: %s '%s'\n", a->command, what, which);
	if (hint)
		fprintf(stderr, "hint: did you mean --%s?\n", hint);
	else
		fprintf(stderr, "hint: `gate %s --help` lists the options\n", a->command);
	return -1;
}

static const struct option *
find_long(const struct option *options, struct str name)
{
	for (const struct option *o = options; o->name; o++)
		if (str_eqz(name, o->name))
			return o;
	return NULL;
}

static const struct option *
find_letter(const struct option *options, char letter)
{
	for (const struct option *o = options; o->name; o++)
		if (o->letter && o->letter == letter)
			return o;
	return NULL;
}

static const char *
near_option(const struct option *options, struct str name)
{
	const char *known[MAX_OPTIONS] = { NULL };

	for (size_t i = 0; i < MAX_OPTIONS - 1 && options[i].name; i++)
		known[i] = options[i].name;
	return nearest_word(name, known);
}

static int
add(struct args *a, const struct option *o, const char *value)
{
	struct arg *arg;

	if (o && !o->many && args_has(a, o->name))
		return complain(a, "given twice:", o->name, NULL);
	arg = vec_push(a);
	arg->option = o;
	arg->value = value;
	return 0;
}

static int
parse_long(struct args *a, const struct option *options, int argc, char *const *argv, int *i)
{
	const char *word = argv[*i] + 2;
	struct str name = str_of(word), value;
	bool has_value = str_cut(&name, "=", &value);
	const struct option *o = find_long(options, name);

	if (o == NULL)
		return complain(a, "unknown option", argv[*i], near_option(options, name));
	if (o->arg == NULL)
		return has_value ? complain(a, "takes no value:", argv[*i], NULL) : add(a, o, NULL);
	if (has_value)
		return add(a, o, word + name.n + 1);
	if (*i + 1 >= argc)
		return complain(a, "needs a value:", argv[*i], NULL);
	return add(a, o, argv[++*i]);
}

static int
parse_short(struct args *a, const struct option *options, int argc, char *const *argv, int *i)
{
	for (const char *p = argv[*i] + 1; *p; p++) {
		const struct option *o = find_letter(options, *p);

		if (o == NULL)
			return complain(a, "unknown option", argv[*i], NULL);
		if (o->arg == NULL) {
			if (add(a, o, NULL) < 0)
				return -1;
			continue;
		}
		if (p[1])
			return add(a, o, p + 1);
		if (*i + 1 >= argc)
			return complain(a, "needs a value:", argv[*i], NULL);
		return add(a, o, argv[++*i]);
	}
	return 0;
}

int
args_parse(struct args *a, const struct option *options, int argc, char *const *argv)
{
	bool only_operands = false;
	int rc = 0;

	for (int i = 1; i < argc && rc == 0; i++) {
		const char *word = argv[i];

		if (only_operands || word[0] != '-' || word[1] == '\0')
			rc = add(a, NULL, word);
		else if (strcmp(word, "--") == 0)
			only_operands = true;
		else if (strcmp(word, "--help") == 0)
			return 1;
		else if (word[1] == '-')
			rc = parse_long(a, options, argc, argv, &i);
		else
			rc = parse_short(a, options, argc, argv, &i);
	}
	return rc;
}

void
args_release(struct args *a)
{
	vec_release(a);
}

const char *
args_nth(const struct args *a, const char *name, size_t nth)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].option && strcmp(a->v[i].option->name, name) == 0 && nth-- == 0)
			return a->v[i].value ? a->v[i].value : "";
	return NULL;
}

bool
args_has(const struct args *a, const char *name)
{
	return args_nth(a, name, 0) != NULL;
}

const char *
args_get(const struct args *a, const char *name)
{
	return args_nth(a, name, 0);
}

const char *
args_operand(const struct args *a, size_t nth)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].option == NULL && nth-- == 0)
			return a->v[i].value;
	return NULL;
}

size_t
args_operands(const struct args *a)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++)
		n += a->v[i].option == NULL;
	return n;
}
