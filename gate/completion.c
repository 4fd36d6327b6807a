/*
 * completion.c -- what bash, zsh and fish offer after `gate`, from the command tables: commands,
 * their options, and the words or files that options and arguments take. See manual.h.
 */
#include "gate/manual.h"
#include "gate/words.h"

#define HEAD "# Completion of gate(1), made by `gate list %s-completion` from the command tables.\n"

/* Inside single quotes, in each of the three. */
static void
put_quoted(struct buf *out, const char *text, const char *escaped)
{
	for (const char *p = text; *p; p++) {
		if (*p == '\'')
			buf_addz(out, "'\\''");
		else if (strchr(escaped, *p))
			buf_addf(out, "\\%c", *p);
		else
			buf_addc(out, *p);
	}
}

static void
put_commands(struct buf *out)
{
	for (size_t i = 0; commands[i]; i++)
		buf_addf(out, "%s ", commands[i]->name);
	buf_addz(out, "--help --version");
}

/* "gate run" then "--color": what may follow, when it is a choice. */
static void
bash_values(struct buf *out, const struct command *c)
{
	for (const struct option *o = c->options; o->name; o++) {
		struct buf words = BUF_INIT;

		if (o->arg == NULL)
			continue;
		words_of_argument(&words, o->arg);
		buf_addf(out, "\t'%s --%s'", c->name, o->name);
		if (o->letter)
			buf_addf(out, " | '%s -%c'", c->name, o->letter);
		if (words.n)
			buf_addf(out, ") words='%s' ;;\n", buf_z(&words));
		else
			buf_addf(out, ") %s ;;\n", words_want_file(o->arg) ? "files=1" : "return");
		buf_release(&words);
	}
}

static void
bash_operands(struct buf *out, const struct command *c)
{
	struct buf words = BUF_INIT;

	words_of_argument(&words, c->usage);
	buf_addf(out, "\t%s) options='", c->name);
	for (const struct option *o = c->options; o->name; o++)
		buf_addf(out, "--%s%s ", o->name, o->arg ? "=" : "");
	buf_addf(out, "--help' verbs='%s' ;;\n", buf_z(&words));
	buf_release(&words);
}

void
completion_write_bash(struct buf *out)
{
	buf_addf(out, HEAD, "bash");
	buf_addz(out, "_gate() {\n"
		"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev= words= options= verbs= files=\n"
		"\tCOMPREPLY=()\n"
		"\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n\t\tCOMPREPLY=($(compgen -W '");
	put_commands(out);
	buf_addz(out, "' -- \"$cur\"))\n\t\treturn\n\tfi\n"
		"\tprev=${COMP_WORDS[COMP_CWORD-1]}\n"
		"\t# --color=al is three words to bash\n"
		"\tif [ \"$cur\" = = ]; then\n\t\tcur=\n"
		"\telif [ \"$prev\" = = ]; then\n\t\tprev=${COMP_WORDS[COMP_CWORD-2]}\n\tfi\n"
		"\tcase ${COMP_WORDS[1]} in\n");
	for (size_t i = 0; commands[i]; i++)
		bash_operands(out, commands[i]);
	buf_addz(out, "\tesac\n\tcase \"${COMP_WORDS[1]} $prev\" in\n");
	for (size_t i = 0; commands[i]; i++)
		bash_values(out, commands[i]);
	buf_addz(out, "\t*)\n\t\tcase $cur in\n\t\t-*) words=$options ;;\n"
		"\t\t*) files=1; [ \"$COMP_CWORD\" -ne 2 ] || words=$verbs ;;\n\t\tesac\n\tesac\n"
		"\t[ -z \"$words\" ] || COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
		"\tcase \"${COMPREPLY[0]-}\" in\n"
		"\t*=) [ ${#COMPREPLY[@]} -ne 1 ] || compopt -o nospace 2>/dev/null ;;\n\tesac\n"
		"\t[ -z \"$files\" ] || [ ${#COMPREPLY[@]} -gt 0 ] || {\n"
		"\t\tcompopt -o filenames 2>/dev/null\n"
		"\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n\t}\n"
		"}\ncomplete -F _gate gate\n");
}

static void
zsh_value(struct buf *out, const char *spelling)
{
	struct buf words = BUF_INIT;

	words_of_argument(&words, spelling);
	buf_addc(out, ':');
	put_quoted(out, spelling, ":[]\\");
	if (words.n)
		buf_addf(out, ":(%s)", buf_z(&words));
	else
		buf_addz(out, words_want_file(spelling) ? ":_files" : ": ");
	buf_release(&words);
}

static void
zsh_option(struct buf *out, const struct option *o)
{
	buf_addz(out, " \\\n\t\t\t");
	if (o->letter)
		buf_addf(out, "'%s'{-%c%s,--%s%s}'[", o->many ? "*" : "", o->letter,
			o->arg ? "+" : "", o->name, o->arg ? "=" : "");
	else
		buf_addf(out, "'%s--%s%s[", o->many ? "*" : "", o->name, o->arg ? "=" : "");
	put_quoted(out, o->help, "[]\\");
	buf_addc(out, ']');
	if (o->arg)
		zsh_value(out, o->arg);
	buf_addc(out, '\'');
}

static void
zsh_command(struct buf *out, const struct command *c)
{
	struct buf words = BUF_INIT;

	words_of_argument(&words, c->usage);
	buf_addf(out, "\t%s)\n\t\t_arguments -s -S", c->name);
	for (const struct option *o = c->options; o->name; o++)
		zsh_option(out, o);
	buf_addz(out, " \\\n\t\t\t'--help[show this help]'");
	if (words.n)
		buf_addf(out, " \\\n\t\t\t'1:verb:(%s)'", buf_z(&words));
	buf_addz(out, " \\\n\t\t\t'*:file:_files' ;;\n");
	buf_release(&words);
}

void
completion_write_zsh(struct buf *out)
{
	buf_addz(out, "#compdef gate\n");
	buf_addf(out, HEAD, "zsh");
	buf_addz(out, "_gate() {\n\tlocal command\n\tlocal -a verbs\n"
		"\tif (( CURRENT == 2 )); then\n\t\tverbs=(\n");
	for (size_t i = 0; commands[i]; i++) {
		buf_addf(out, "\t\t\t'%s:", commands[i]->name);
		put_quoted(out, commands[i]->help, ":\\");
		buf_addz(out, "'\n");
	}
	buf_addz(out, "\t\t)\n\t\t_describe command verbs\n\t\treturn\n\tfi\n"
		"\tcommand=$words[2]\n\tshift words\n\t(( CURRENT-- ))\n\tcase $command in\n");
	for (size_t i = 0; commands[i]; i++)
		zsh_command(out, commands[i]);
	buf_addz(out, "\tesac\n}\n"
		"if [ \"$funcstack[1]\" = _gate ]; then\n\t_gate \"$@\"\n"
		"else\n\tcompdef _gate gate\nfi\n");
}

static void
fish_command(struct buf *out, const struct command *c)
{
	struct buf words = BUF_INIT;

	buf_addf(out, "complete -c gate -n __fish_use_subcommand -f -a %s -d '", c->name);
	put_quoted(out, c->help, "\\");
	buf_addz(out, "'\n");
	words_of_argument(&words, c->usage);
	if (words.n)
		buf_addf(out, "complete -c gate -n '__fish_seen_subcommand_from %s' -a '%s'\n",
			c->name, buf_z(&words));
	buf_release(&words);
	for (const struct option *o = c->options; o->name; o++) {
		buf_addf(out, "complete -c gate -n '__fish_seen_subcommand_from %s' -l %s", c->name,
			o->name);
		if (o->letter)
			buf_addf(out, " -s %c", o->letter);
		if (o->arg)
			words_of_argument(&words, o->arg);
		if (words.n)
			buf_addf(out, " -x -a '%s'", buf_z(&words));
		else if (o->arg)
			buf_addz(out, words_want_file(o->arg) ? " -r -F" : " -x");
		buf_addz(out, " -d '");
		put_quoted(out, o->help, "\\");
		buf_addz(out, "'\n");
		buf_release(&words);
	}
}

void
completion_write_fish(struct buf *out)
{
	buf_addf(out, HEAD, "fish");
	buf_addz(out, "complete -c gate -n __fish_use_subcommand -f -l help "
		"-d 'show the commands'\n"
		"complete -c gate -n __fish_use_subcommand -f -l version "
		"-d 'show the version'\n");
	for (size_t i = 0; commands[i]; i++)
		fish_command(out, commands[i]);
}
