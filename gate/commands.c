/* commands.c -- the table of commands.h: for main, the man page and the completions. */
#include "gate/command.h"

#define COMMAND(name) extern const struct command cmd_##name;
#include "gate/commands.h"
#undef COMMAND

const struct command *const commands[] = {
#define COMMAND(name) &cmd_##name,
#include "gate/commands.h"
#undef COMMAND
	NULL,
};

_Static_assert(sizeof(commands) / sizeof(commands[0]) <= MAX_COMMANDS + 1, "too many commands");
