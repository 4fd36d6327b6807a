/* test_cry.c -- what is a cry and what is not, and that real reports win over cries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "gate/base/buf.h"
#include "gate/base/mem.h"
#include "parsers/parser.h"
#include "parsers/support/cry.h"

static void
test_cries(void **state)
{
	static const struct {
		const char *text;
		enum problem_code code;
		long line;
	} rows[] = {
		{ "bash: command not found: bandit\n", PROBLEM_TOOL_NOT_FOUND, 1 },
		{ "bash: line 1: ruff: command not found\n", PROBLEM_TOOL_NOT_FOUND, 1 },
		{ "/bin/sh: 1: eslint: not found\n", PROBLEM_TOOL_NOT_FOUND, 1 },
		{ "sh: ruff: not found\n", PROBLEM_TOOL_NOT_FOUND, 1 },
		{ "zsh: command not found: mypy\n", PROBLEM_TOOL_NOT_FOUND, 1 },
		{ "/builds/x/ci.sh: line 12: pytest: command not found\n", PROBLEM_TOOL_NOT_FOUND,
			1 },
		{ "bash: ./gradlew: No such file or directory\n", PROBLEM_TOOL_NOT_FOUND, 1 },
		{ "/usr/bin/env: 'python': No such file or directory\n", PROBLEM_TOOL_NOT_FOUND,
			1 },
		{ "'mypy' is not recognized as an internal or external command,\r\n"
		  "operable program or batch file.\r\n",
			PROBLEM_TOOL_NOT_FOUND, 1 },
		{ "ruff : The term 'ruff' is not recognized as the name of a cmdlet, function,\n",
			PROBLEM_TOOL_NOT_FOUND, 1 },
		{ "/usr/bin/python3: No module named pytest\n", PROBLEM_TOOL_NOT_FOUND, 1 },
		{ "error: no such command: `clippy`\n", PROBLEM_TOOL_NOT_FOUND, 1 },
		{ "Command 'isort' not found, but can be installed with:\napt install isort\n",
			PROBLEM_TOOL_NOT_FOUND, 1 },
		{ "error: unexpected argument '--fix-dry-run' found\n\nUsage: ruff check "
		  "[FILES]...\n",
			PROBLEM_TOOL_FAILED, 1 },
		{ "\nusage: tool [-h] FILE\ntool: error: unrecognized arguments: --x\n",
			PROBLEM_TOOL_FAILED, 3 },
		{ "Usage: black [OPTIONS] SRC ...\nTry 'black -h' for help.\n\nError: No such "
		  "option: --x\n",
			PROBLEM_TOOL_FAILED, 4 },
		{ "usage: git [-v] [--help]\n", PROBLEM_TOOL_FAILED, 1 },
		{ "Traceback (most recent call last):\n  File \"x.py\", line 1, in <module>\n",
			PROBLEM_TOOL_FAILED, 1 },
		{ "some words\nmore words\nTraceback (most recent call last):\n",
			PROBLEM_TOOL_FAILED, 3 },
		{ "node:internal/modules/cjs/loader:1080\n  throw err;\n", PROBLEM_TOOL_FAILED, 1 },
		{ "Error: Cannot find module 'jest'\nRequire stack:\n", PROBLEM_TOOL_FAILED, 1 },
		{ "Exception in thread \"main\" java.lang.NullPointerException\n",
			PROBLEM_TOOL_FAILED, 1 },
		{ "npm ERR! code ENOENT\n", PROBLEM_TOOL_FAILED, 1 },
		{ "Segmentation fault (core dumped)\n", PROBLEM_TOOL_FAILED, 1 },
		{ "Killed\n", PROBLEM_TOOL_FAILED, 1 },
		{ "panic: runtime error: index out of range\n", PROBLEM_TOOL_FAILED, 1 },
		{ "thread 'main' panicked at src/main.rs:4:5:\n", PROBLEM_TOOL_FAILED, 1 },
		{ "<!DOCTYPE html>\n<html><head><title>Sign in</title></head>\n",
			PROBLEM_TOOL_FAILED, 1 },
		{ "  <html lang=\"en\">\n", PROBLEM_TOOL_FAILED, 1 },
		{ "{\"message\": \"Not Found\", \"documentation_url\": \"https://x\", \"status\": "
		  "\"404\"}",
			PROBLEM_TOOL_FAILED, 1 },
		{ "{\"error\": {\"code\": 401}}\n", PROBLEM_TOOL_FAILED, 1 },
		{ "<Error><Code>AccessDenied</Code></Error>", PROBLEM_TOOL_FAILED, 1 },
		{ "404: Not Found", PROBLEM_TOOL_FAILED, 1 },
		{ "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n",
			PROBLEM_TOOL_FAILED, 1 },
		{ "ERROR: usage: pytest [options] [file_or_dir]\n"
		  "pytest: error: unrecognized arguments: --nosuch\n",
			PROBLEM_TOOL_FAILED, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct cry cry;
		struct buf b = BUF_INIT;

		if (!cry_find(str_of(rows[i].text), &cry) || cry.code != rows[i].code ||
		    cry.line != rows[i].line)
			fail_msg("%s: code %d line %ld", rows[i].text, cry.code, cry.line);
		assert_in_range(cry.score, 1, CRY_MOST);
		cry_message(&b, &cry);
		assert_true(b.n > 20);
		buf_release(&b);
	}
}

static void
test_no_cries(void **state)
{
	static const char *const rows[] = {
		"",
		"\n\n",
		"hello world\n",
		"TAP version 13\n1..2\nok 1\n",
		"{\"version\": \"2.1.0\", \"runs\": []}",
		"{\"errors\": [], \"results\": [], \"metrics\": {}}", /* bandit's */
		"{\"message\": \"x\", \"results\": []}",
		"[{\"message\": \"x\"}]",
		"src/a.c:1:2: warning: Killed bits are not set\n",
		"<testsuite name=\"html\"/>",
		"not found\n",
		"The usage: of words\n",
		"A test about 'command not found' errors passed\n",
	};
	struct cry cry;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (cry_find(str_of(rows[i]), &cry))
			fail_msg("%s is taken for: %s", rows[i], cry.what);
}

static char file[] = "/tmp/gate-cry-XXXXXX";

static void
read_text(struct report *r, const char *text, const char *format)
{
	FILE *f = fopen(file, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	memset(r, 0, sizeof(*r));
	r->path = STR("report");
	r->open_path = file;
	report_read(r, str_of(format), NULL);
}

static void
test_reading(void **state)
{
	static const struct {
		const char *what, *text, *format, *parser;
		int code; /* -1: complete and without a problem */
	} rows[] = {
		{ "empty", "", "", "", PROBLEM_EMPTY },
		{ "empty, format given", "", "isort", "", PROBLEM_EMPTY },
		{ "blank", " \n\n\t\n", "", "", PROBLEM_EMPTY },
		{ "nothing known", "hello\n", "", "", PROBLEM_NOT_RECOGNISED },
		{ "unknown format", "hello\n", "klingon", "", PROBLEM_NOT_RECOGNISED },
		{ "cry", "bash: mypy: command not found\n", "", "", PROBLEM_TOOL_NOT_FOUND },
		{ "cry, auto", "bash: mypy: command not found\n", "auto", "",
			PROBLEM_TOOL_NOT_FOUND },
		{ "cry, format given", "bash: mypy: command not found\n", "mypy", "mypy",
			PROBLEM_TOOL_NOT_FOUND },
		{ "cry, XML format given", "bash: x: command not found\n", "junit", "junit",
			PROBLEM_TOOL_NOT_FOUND },
		{ "report that holds a traceback",
			"a.py:1: error: bad  [misc]\nFound 1 error in 1 file (checked 1 source "
			"file)\n",
			"", "mypy", -1 },
		{ "noise of another tool in front",
			"sh: 1: coverage: not found\n..  [100%]\n2 passed in 0.01s\n", "",
			"pytest-text", -1 },
		{ "clean, then a traceback",
			"Success: no issues found in 2 source files\nTraceback (most recent call "
			"last):\n",
			"", "mypy", PROBLEM_TOOL_FAILED },
		{ "XML with a cry inside",
			"<testsuite name=\"a\" tests=\"1\"><testcase name=\"t\"><system-out>\n"
			"sh: 1: x: not found\nTraceback (most recent call "
			"last):\n</system-out></testcase>"
			"</testsuite>\n",
			"", "junit", -1 },
		{ "all skipped", "Skipped 2 files\n", "", "isort", -1 },
	};
	int fd = mkstemp(file);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct report r;

		read_text(&r, rows[i].text, rows[i].format);
		if (!str_eqz(r.format, rows[i].parser))
			fail_msg("%s: read as %.*s", rows[i].what, STR_FMT(r.format));
		if (rows[i].code < 0 ? !r.complete || r.problems.n
				     : !report_has(&r, (enum problem_code)rows[i].code))
			fail_msg("%s: %zu problems, the first is %s", rows[i].what, r.problems.n,
				r.problems.n ? problem_name(r.problems.v[0].code) : "none");
		if (rows[i].code >= 0)
			assert_false(r.complete);
		assert_int_equal(strlen(r.sha256), 64);
		report_release(&r);
	}
	unlink(file);
}

static void
test_not_there(void **state)
{
	struct report r = { .path = STR("x"), .open_path = "/nonexistent/report.xml" };

	(void)state;
	report_read(&r, STR_NONE, NULL);
	assert_true(report_has(&r, PROBLEM_MISSING));
	assert_false(r.complete);
	report_release(&r);
	memset(&r, 0, sizeof(r));
	r.path = STR("/");
	r.open_path = "/";
	report_read(&r, STR_NONE, NULL);
	assert_true(report_has(&r, PROBLEM_MISSING));
	assert_non_null(strstr(r.problems.v[0].message.p, "folder"));
	report_release(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cries),
		cmocka_unit_test(test_no_cries),
		cmocka_unit_test(test_reading),
		cmocka_unit_test(test_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
