/* commands.h -- every command, in the order of `gate --help`. Included twice. */
COMMAND(findings)
COMMAND(list)
