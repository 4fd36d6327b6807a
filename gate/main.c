/* main.c -- finds the command, parses its options, runs it. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "gate/command.h"
#include "gate/base/mem.h"
#include "gate/base/num.h"
#include "gate/base/near.h"
#include "gate/libraries.h"
#include "gate/version.h"

static void
usage(FILE *f)
{
	fputs("usage: gate COMMAND [OPTION...] [ARGUMENT...]\n\n"
	      "Decides whether a CI pipeline may pass, and says why in the team's own findings.\n\n"
	      "commands:\n", f);
	for (size_t i = 0; commands[i]; i++)
		fprintf(f, "  %-10s %s\n", commands[i]->name, commands[i]->help);
	fputs("\n`gate COMMAND --help` tells the options of one.\n"
	      "exit status of `gate run`: 0 pass, 1 violated, 2 invalid configuration, "
	      "3 inconclusive, 4 not delivered\n", f);
}

static void
command_help(const struct command *c)
{
	printf("usage: gate %s%s%s\n\n%s\n", c->name, c->usage[0] ? " " : "", c->usage, c->help);
	if (c->about)
		printf("\n%s\n", c->about);
	printf("\noptions:\n");
	for (const struct option *o = c->options; o->name; o++) {
		char left[64];

		snprintf(left, sizeof(left), "%s%c%s--%s%s%s", o->letter ? "-" : "",
			o->letter ? o->letter : ' ', o->letter ? ", " : "   ", o->name,
			o->arg ? " " : "", o->arg ? o->arg : "");
		printf("  %-32s %s\n", left, o->help);
	}
	printf("  %-32s %s\n", "    --help", "show this help");
}

static const struct command *
find_command(const char *name)
{
	const char *known[MAX_COMMANDS + 1] = { NULL };
	const char *near;

	for (size_t i = 0; i < MAX_COMMANDS && commands[i]; i++) {
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
		known[i] = commands[i]->name;
	}
	near = nearest_word(str_of(name), known);
	fprintf(stderr, "gate: error: unknown command '%s'\n", name);
	if (near)
		fprintf(stderr, "hint: did you mean `gate %s`?\n", near);
	else
		fputs("hint: `gate --help` lists the commands\n", stderr);
	return NULL;
}

int
main(int argc, char **argv)
{
	const struct command *c;
	struct args args = { 0 };
	const char *fail = getenv("GATE_FAIL_ALLOC");
	long n;
	int rc;

	/* The C locale stays: locale and time zone change nothing. */
	signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error, reported as one */
	if (fail && num_long(str_of(fail), 1, 1000000000, &n))
		mem_fail_at((unsigned long)n);
	libraries_init();
	if (argc < 2) {
		usage(stderr);
		return EXIT_INVALID;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		usage(stdout);
		return output_finish() < 0 ? EXIT_INCONCLUSIVE : EXIT_PASS;
	}
	if (strcmp(argv[1], "--version") == 0) {
		version_print();
		return output_finish() < 0 ? EXIT_INCONCLUSIVE : EXIT_PASS;
	}
	c = find_command(argv[1]);
	if (c == NULL)
		return EXIT_INVALID;
	args.command = c->name;
	rc = args_parse(&args, c->options, argc - 1, argv + 1);
	if (rc < 0) {
		rc = EXIT_INVALID;
	} else if (rc > 0) {
		command_help(c);
		rc = EXIT_PASS;
	} else {
		rc = c->run(&args);
	}
	args_release(&args);
	if (output_finish() < 0 && rc == EXIT_PASS)
		rc = EXIT_INCONCLUSIVE;
	return rc;
}
