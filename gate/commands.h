/* commands.h -- every command, in the order of `gate --help`. Included twice. */
COMMAND(inspect)
COMMAND(findings)
COMMAND(explain)
COMMAND(list)
COMMAND(policy)
COMMAND(accept)
COMMAND(run)
COMMAND(baseline)
