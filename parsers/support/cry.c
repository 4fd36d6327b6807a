/*
 * cry.c -- see cry.h.
 *
 * A table of what shells, interpreters and tools print when there is no report. Patterns are
 * anchored globs for one line (`**` is anything). A new cry is a new row.
 */
#include "parsers/support/cry.h"

#include <jansson.h>

#include "gate/base/buf.h"
#include "gate/base/glob.h"
#include "gate/base/utf8.h"

#define CRY_LINES 400       /* lines that are looked at */
#define CRY_LINE_BYTES 600u /* of each */
#define CRY_JSON_BYTES (16u << 10)

enum where {
	ANY,   /* any line; the sooner the surer */
	FIRST, /* only the first line that is not blank */
};

struct pattern {
	const char *glob;
	enum where where;
	enum problem_code code;
	const char *what, *hint;
};

#define NOT_FOUND PROBLEM_TOOL_NOT_FOUND
#define FAILED PROBLEM_TOOL_FAILED
#define INSTALL "install the tool in this job, or correct the command's name"
#define ARGUMENTS "correct the command's arguments; the tool did not run"
#define CRASHED "the tool crashed: read its own output, and run it again"
#define PACKAGES "install what the tool needs; the tool did not run"
#define DOWNLOAD "the download failed: fetch the report again"

static const char usage[] = "the tool printed its usage";
static const char arguments[] = "the tool did not understand its arguments";

static const struct pattern patterns[] = {
	/* shells */
	{ "**: command not found", ANY, NOT_FOUND, "a shell did not find the command", INSTALL },
	{ "**: command not found: **", ANY, NOT_FOUND, "a shell did not find the command",
		INSTALL },
	{ "**: Command not found", ANY, NOT_FOUND, "a shell did not find the command", INSTALL },
	{ "**: Command not found.", ANY, NOT_FOUND, "a shell did not find the command", INSTALL },
	{ "Command not found: **", ANY, NOT_FOUND, "the command was not found", INSTALL },
	{ "command not found: **", ANY, NOT_FOUND, "the command was not found", INSTALL },
	{ "Command '**' not found**", ANY, NOT_FOUND, "a shell did not find the command", INSTALL },
	{ "**sh: ?: **: not found", ANY, NOT_FOUND, "a shell did not find the command", INSTALL },
	{ "**sh: ??: **: not found", ANY, NOT_FOUND, "a shell did not find the command", INSTALL },
	{ "**sh: line **: not found", ANY, NOT_FOUND, "a shell did not find the command", INSTALL },
	{ "**sh: **: not found", ANY, NOT_FOUND, "a shell did not find the command", INSTALL },
	{ "**: line *: **: not found", ANY, NOT_FOUND, "a shell did not find the command",
		INSTALL },
	{ "**sh: *: **: No such file or directory", ANY, NOT_FOUND,
		"a shell did not find the command", INSTALL },
	{ "**sh: **: No such file or directory", ANY, NOT_FOUND, "a shell did not find the command",
		INSTALL },
	{ "**: line *: **: No such file or directory", ANY, NOT_FOUND,
		"a shell did not find the command", INSTALL },
	{ "**env: **: No such file or directory", ANY, NOT_FOUND, "env did not find the command",
		INSTALL },
	{ "xargs: **: No such file or directory", ANY, NOT_FOUND, "xargs did not find the command",
		INSTALL },
	{ "make: **: No such file or directory", ANY, NOT_FOUND, "make did not find the command",
		INSTALL },
	{ "**can't find command **", FIRST, NOT_FOUND, "the command was not found", INSTALL },
	{ "fish: Unknown command**", ANY, NOT_FOUND, "a shell did not find the command", INSTALL },
	{ "'**' is not recognized as an internal or external command**", ANY, NOT_FOUND,
		"a shell did not find the command", INSTALL },
	{ "**: The term '**' is not recognized as **", ANY, NOT_FOUND,
		"a shell did not find the command", INSTALL },
	{ "The term '**' is not recognized as **", ANY, NOT_FOUND,
		"a shell did not find the command", INSTALL },
	{ "**executable file not found in $PATH**", ANY, NOT_FOUND, "the command was not found",
		INSTALL },
	{ "**sh: **: Permission denied", ANY, FAILED, "a shell may not run the command",
		"make the file executable" },
	{ "**: line *: **: Permission denied", ANY, FAILED, "a shell may not run the command",
		"make the file executable" },
	{ "**: syntax error near unexpected token **", ANY, FAILED,
		"a shell did not understand the script", "correct the script" },
	{ "**: Syntax error: **", FIRST, FAILED, "a shell did not understand the script",
		"correct the script" },
	/* runners that start tools */
	{ "**python*: No module named **", ANY, NOT_FOUND, "Python did not find the module",
		INSTALL },
	{ "**python*.exe: No module named **", ANY, NOT_FOUND, "Python did not find the module",
		INSTALL },
	{ "error: no such command: **", ANY, NOT_FOUND, "cargo did not find the command", INSTALL },
	{ "error: no such subcommand: **", ANY, NOT_FOUND, "cargo did not find the command",
		INSTALL },
	{ "bundler: command not found: **", ANY, NOT_FOUND, "bundler did not find the command",
		INSTALL },
	{ "Error: Could not find or load main class **", ANY, NOT_FOUND,
		"Java did not find the class", INSTALL },
	{ "Error: Unable to access jarfile **", ANY, NOT_FOUND, "Java did not find the archive",
		INSTALL },
	{ "Could not open input file: **", ANY, NOT_FOUND, "PHP did not find the script", INSTALL },
	{ "npm ERR! could not determine executable to run**", ANY, NOT_FOUND,
		"npx did not find the command", INSTALL },
	{ "npm error could not determine executable to run**", ANY, NOT_FOUND,
		"npx did not find the command", INSTALL },
	{ "error Command \"**\" not found.", ANY, NOT_FOUND, "yarn did not find the command",
		INSTALL },
	{ "*ERR_PNPM_RECURSIVE_EXEC_FIRST_FAIL**", ANY, NOT_FOUND, "pnpm did not find the command",
		INSTALL },
	{ "make: *** No rule to make target **", ANY, FAILED, "make has no such target",
		"correct the target's name" },
	{ "make: *** No targets specified**", ANY, FAILED, "make found no makefile",
		"run it in the right folder" },
	{ "npm ERR!**", ANY, FAILED, "npm ended with an error", PACKAGES },
	{ "npm error **", ANY, FAILED, "npm ended with an error", PACKAGES },
	{ "docker: Error response from daemon**", ANY, FAILED, "docker did not start the container",
		"correct the image or its options" },
	{ "Unable to find image **", FIRST, FAILED, "docker did not have the image",
		"correct the image or its options" },
	{ "Cannot connect to the Docker daemon**", ANY, FAILED, "docker is not running",
		"start docker in this job" },
	{ "Error response from daemon**", ANY, FAILED, "docker ended with an error",
		"correct the image or its options" },
	/* arguments that were not understood */
	{ "error: unexpected argument **", ANY, FAILED, arguments, ARGUMENTS },
	{ "error: unrecognized subcommand **", ANY, FAILED, arguments, ARGUMENTS },
	{ "error: invalid value **", ANY, FAILED, arguments, ARGUMENTS },
	{ "error: the following required arguments were not provided**", ANY, FAILED, arguments,
		ARGUMENTS },
	{ "**rror: unrecognized arguments: **", ANY, FAILED, arguments, ARGUMENTS },
	{ "**rror: the following arguments are required: **", ANY, FAILED, arguments, ARGUMENTS },
	{ "**rror: argument **: invalid **", ANY, FAILED, arguments, ARGUMENTS },
	{ "**rror: argument **: expected **", ANY, FAILED, arguments, ARGUMENTS },
	{ "**: error: no such option: **", ANY, FAILED, arguments, ARGUMENTS },
	{ "Error: No such option**", ANY, FAILED, arguments, ARGUMENTS },
	{ "Error: No such command **", ANY, FAILED, arguments, ARGUMENTS },
	{ "Error: Invalid value for **", ANY, FAILED, arguments, ARGUMENTS },
	{ "Error: Missing argument **", ANY, FAILED, arguments, ARGUMENTS },
	{ "error: unknown option **", ANY, FAILED, arguments, ARGUMENTS },
	{ "**: unrecognized option **", ANY, FAILED, arguments, ARGUMENTS },
	{ "**: invalid option -- **", ANY, FAILED, arguments, ARGUMENTS },
	{ "**: illegal option -- **", ANY, FAILED, arguments, ARGUMENTS },
	{ "**: unknown option **", FIRST, FAILED, arguments, ARGUMENTS },
	{ "Invalid option **", FIRST, FAILED, arguments, ARGUMENTS },
	{ "Unknown option**", FIRST, FAILED, arguments, ARGUMENTS },
	{ "Unknown argument**", FIRST, FAILED, arguments, ARGUMENTS },
	{ "Error: unknown flag: **", ANY, FAILED, arguments, ARGUMENTS },
	{ "Error: unknown command **", ANY, FAILED, arguments, ARGUMENTS },
	{ "Error: unknown shorthand flag: **", ANY, FAILED, arguments, ARGUMENTS },
	{ "unknown flag: **", FIRST, FAILED, arguments, ARGUMENTS },
	{ "flag provided but not defined: **", ANY, FAILED, arguments, ARGUMENTS },
	{ "ERROR: usage: **", ANY, FAILED, usage, ARGUMENTS },
	{ "usage: **", FIRST, FAILED, usage, ARGUMENTS },
	{ "Usage: **", FIRST, FAILED, usage, ARGUMENTS },
	{ "USAGE:**", FIRST, FAILED, usage, ARGUMENTS },
	{ "Usage:", FIRST, FAILED, usage, ARGUMENTS },
	{ "For more information, try '--help'.", ANY, FAILED, usage, ARGUMENTS },
	{ "For more information try --help", ANY, FAILED, usage, ARGUMENTS },
	{ "Try '** --help' for **", ANY, FAILED, usage, ARGUMENTS },
	{ "Try `** --help' for **", ANY, FAILED, usage, ARGUMENTS },
	{ "mypy: can't read file **", ANY, FAILED, "mypy could not read a file", ARGUMENTS },
	{ "ruff failed", FIRST, FAILED, "ruff ended with an error", CRASHED },
	/* interpreters */
	{ "Traceback (most recent call last):", ANY, FAILED, "Python ended with a traceback",
		CRASHED },
	{ "Fatal Python error: **", ANY, FAILED, "Python crashed", CRASHED },
	{ "ModuleNotFoundError: No module named **", ANY, FAILED, "Python did not find a module",
		PACKAGES },
	{ "ImportError while loading conftest **", ANY, FAILED,
		"pytest could not load its conftest", "repair conftest.py; no test ran" },
	{ "INTERNALERROR> **", ANY, FAILED, "pytest crashed", CRASHED },
	{ "Error: Cannot find module **", ANY, FAILED, "node did not find a module", PACKAGES },
	{ "node:internal/**", ANY, FAILED, "node ended with an error", CRASHED },
	{ "internal/modules/cjs/loader.js:**", ANY, FAILED, "node ended with an error", CRASHED },
	{ "Uncaught Error: **", FIRST, FAILED, "node ended with an error", CRASHED },
	{ "FATAL ERROR: ** JavaScript heap out of memory", ANY, FAILED, "node ran out of memory",
		"give it more memory" },
	{ "Exception in thread \"**", ANY, FAILED, "Java ended with an exception", CRASHED },
	{ "Caused by: java.lang.OutOfMemoryError**", ANY, FAILED, "Java ran out of memory",
		"give it more memory" },
	{ "java.lang.OutOfMemoryError**", ANY, FAILED, "Java ran out of memory",
		"give it more memory" },
	{ "# A fatal error has been detected by the Java Runtime Environment:", ANY, FAILED,
		"Java crashed", CRASHED },
	{ "Error occurred during initialization of VM", ANY, FAILED, "Java did not start",
		CRASHED },
	{ "FAILURE: Build failed with an exception.", ANY, FAILED, "Gradle ended with an error",
		CRASHED },
	{ "PHP Fatal error:  **", ANY, FAILED, "PHP ended with an error", CRASHED },
	{ "PHP Parse error:  **", ANY, FAILED, "PHP ended with an error", CRASHED },
	{ "Unhandled exception. **", ANY, FAILED, ".NET ended with an exception", CRASHED },
	{ "MSBUILD : error **", ANY, FAILED, "MSBuild ended with an error", CRASHED },
	{ "Can't locate ** in @INC **", ANY, FAILED, "Perl did not find a module", PACKAGES },
	{ "**: cannot load such file -- **", ANY, FAILED, "Ruby did not find a library", PACKAGES },
	{ "panic: **", ANY, FAILED, "a Go program panicked", CRASHED },
	{ "fatal error: all goroutines are asleep**", ANY, FAILED, "a Go program was deadlocked",
		CRASHED },
	{ "thread '**' panicked at **", ANY, FAILED, "a Rust program panicked", CRASHED },
	{ "thread '**' (*) panicked at **", ANY, FAILED, "a Rust program panicked", CRASHED },
	{ "**error while loading shared libraries: **", ANY, FAILED, "a library is missing",
		PACKAGES },
	{ "terminate called after throwing an instance of **", ANY, FAILED, "a C++ program crashed",
		CRASHED },
	/* the system */
	{ "Segmentation fault**", ANY, FAILED, "the tool crashed", CRASHED },
	{ "**: Segmentation fault**", ANY, FAILED, "the tool crashed", CRASHED },
	{ "** Segmentation fault      **", ANY, FAILED, "the tool crashed", CRASHED },
	{ "Bus error**", ANY, FAILED, "the tool crashed", CRASHED },
	{ "Illegal instruction**", ANY, FAILED, "the tool crashed", CRASHED },
	{ "Floating point exception**", ANY, FAILED, "the tool crashed", CRASHED },
	{ "Aborted (core dumped)", ANY, FAILED, "the tool crashed", CRASHED },
	{ "Aborted", FIRST, FAILED, "the tool crashed", CRASHED },
	{ "Killed", ANY, FAILED, "the tool was killed", "it may have run out of memory or time" },
	{ "Terminated", ANY, FAILED, "the tool was stopped", "it may have run out of time" },
	{ "**: No space left on device", ANY, FAILED, "the disk was full", "free some space" },
	{ "**[Errno 28] No space left on device**", ANY, FAILED, "the disk was full",
		"free some space" },
	/* servers and stores, instead of the file that was asked for */
	{ "<Error><Code>**", FIRST, FAILED, "it is a server's error message", DOWNLOAD },

	{ "404: Not Found", FIRST, FAILED, "it is a server's error message", DOWNLOAD },
	{ "404 page not found", FIRST, FAILED, "it is a server's error message", DOWNLOAD },
	{ "curl: (*", ANY, FAILED, "curl did not get the file", DOWNLOAD },
	{ "version https://git-lfs.github.com/spec/**", FIRST, FAILED,
		"it is a pointer of Git LFS, not the file itself",
		"fetch the file with `git lfs pull`" },
};

/* Whether the longest literal part of the pattern occurs: cheap, and mostly false. */
static bool
may_match(const char *glob, struct str line)
{
	struct str best = STR_NONE;
	size_t start = 0, i = 0;

	for (;; i++) {
		if (glob[i] != '*' && glob[i] != '?' && glob[i] != '\0')
			continue;
		if (i - start > best.n)
			best = str_n(glob + start, i - start);
		start = i + 1;
		if (glob[i] == '\0')
			return str_find(line, best) != STR_NPOS;
	}
}

static bool
match_line(struct str line, bool first, struct cry *out)
{
	const struct pattern *p;

	line = str_trim(line);
	if (line.n == 0 || line.n > CRY_LINE_BYTES)
		return false;
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		p = &patterns[i];
		/* Most rows start with a letter: that alone rules most lines out. */
		if ((p->glob[0] != '*' && p->glob[0] != line.p[0]) || (p->where == FIRST && !first))
			continue;
		if (!may_match(p->glob, line) || !glob_match(str_of(p->glob), line))
			continue;
		out->code = p->code;
		out->score = first ? CRY_MOST : 40;
		out->text = line;
		out->what = p->what;
		out->hint = p->hint;
		return true;
	}
	return false;
}

bool
cry_line(struct str line, struct cry *out)
{
	memset(out, 0, sizeof(*out));
	return match_line(line, false, out);
}

static bool
cry_html(struct str head, struct cry *out)
{
	size_t open, close;

	if (!str_istarts(head, "<!doctype html") && !str_istarts(head, "<html"))
		return false;
	open = str_ifind(head, STR("<title>"));
	close = str_ifind(head, STR("</title>"));
	out->code = FAILED;
	out->score = CRY_MOST;
	out->what = "it is a web page";
	out->hint = DOWNLOAD;
	if (open != STR_NPOS && close != STR_NPOS && close > open + 7)
		out->text = str_trim(str_n(head.p + open + 7, close - open - 7));
	return true;
}

/* {"message": "Not Found", ...} and kin: an error where a document was asked for. */
static bool
cry_json(struct str head, struct cry *out)
{
	static const char *const keys[] = { "message", "error", "errors", "error_description",
		"detail" };
	static const char *const company[] = {
		"documentation_url",
		"status",
		"statusCode",
		"code",
		"error",
		"errors",
		"error_description",
		"error_code",
		"title",
		"type",
		"detail",
		"message",
		"path",
		"timestamp",
		"request_id",
		"instance",
		"ok",
		"success",
		"result",
	};
	const char *key;
	json_t *doc, *value;
	json_error_t err;
	bool error = false, other = false;

	if (!str_starts(head, "{") || head.n > CRY_JSON_BYTES)
		return false;
	doc = json_loadb(head.p, head.n, JSON_DISABLE_EOF_CHECK, &err);
	json_object_foreach(doc, key, value) {
		bool known = false;

		for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
			error = error || strcmp(key, keys[i]) == 0;
		for (size_t i = 0; i < sizeof(company) / sizeof(company[0]); i++)
			known = known || strcmp(key, company[i]) == 0;
		other = other || !known;
	}
	json_decref(doc);
	if (!error || other)
		return false;
	out->code = FAILED;
	out->score = CRY_MOST;
	out->what = "it is a server's error message";
	out->hint = DOWNLOAD;
	out->text = str_trim(str_to(head, str_chr(head, '\n')));
	return true;
}

bool
cry_find(struct str head, struct cry *out)
{
	struct str line, rest = head;
	struct cry c = { 0 };
	bool first = true;
	long number = 0;

	memset(out, 0, sizeof(*out));
	if (cry_html(str_trim(head), out) || cry_json(str_trim(head), out)) {
		out->line = 1;
		return true;
	}
	while (number < CRY_LINES && str_line(&rest, &line)) {
		number++;
		if (match_line(line, first, &c)) {
			c.line = number;
			c.score = c.score > out->score ? c.score : out->score;
			/* What was wrong with the arguments says more than the usage above it. */
			if (c.score > out->score || (out->what == usage && c.what == arguments))
				*out = c;
		}
		if (str_trim(line).n)
			first = false;
		if (out->score == CRY_MOST && out->what != usage)
			break;
	}
	return out->score != 0;
}

void
cry_message(struct buf *b, const struct cry *cry)
{
	struct str text = utf8_head(cry->text, 200);

	buf_addz(b, cry->what);
	if (text.n) {
		buf_addz(b, ": ");
		buf_add(b, text);
		if (text.n < cry->text.n)
			buf_addz(b, "...");
	}
	buf_addf(b, " (%s)", cry->hint);
}
