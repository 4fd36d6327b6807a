/*
 * rerun.c -- "how do I see it here?": the command line that runs one case alone, as its own
 * runner takes it. Nothing where the runner can't be known: a wrong command is worse than none.
 */
#include "gate/report/support/escape.h"
#include "gate/report/support/view.h"

/* A name that a terminal or a shell could take for more than a name is not offered to paste. */
static bool
pasteable(struct str s)
{
	if (s.n == 0 || s.n > 1000 || s.p[0] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return true;
}

/* "com.x.FooTest#bar[1]" runs as "com.x.FooTest#bar". */
static struct str
java_method(struct str id)
{
	size_t hash = str_chr(id, '#');
	struct str method = hash == STR_NPOS ? STR_NONE : str_from(id, hash + 1);

	for (size_t i = 0; i < method.n; i++)
		if (method.p[i] == '[' || method.p[i] == '(' || method.p[i] == '{')
			return str_trim(str_to(id, hash + 1 + i));
	return id;
}

/* go test -run takes one regular expression for each part between slashes. */
static bool
go_command(const struct test *t, struct buf *out)
{
	struct buf re = BUF_INIT;
	struct str rest = t->name, part;
	bool more = true;

	if (t->class.n == 0 || t->name.n == 0 || !pasteable(t->class) || !pasteable(t->name))
		return false;
	while (more) {
		part = rest;
		more = str_cut(&part, "/", &rest);
		buf_addz(&re, re.n ? "/^" : "^");
		for (size_t i = 0; i < part.n; i++) {
			if (strchr("\\.+*?()|[]{}^$", part.p[i]))
				buf_addc(&re, '\\');
			buf_addc(&re, part.p[i]);
		}
		buf_addc(&re, '$');
	}
	buf_addz(out, "go test ");
	escape_shell(out, t->class);
	buf_addz(out, " -run ");
	escape_shell(out, buf_str(&re));
	buf_release(&re);
	return true;
}

static bool
js_command(const struct test *t, struct buf *out)
{
	struct str tool = t->report ? t->report->tool : STR_NONE;

	if (t->file.n == 0 || t->name.n == 0 || !pasteable(t->file) || !pasteable(t->name))
		return false;
	if (str_has(tool, "vitest"))
		buf_addz(out, "npx vitest run ");
	else if (str_has(tool, "mocha"))
		buf_addz(out, "npx mocha ");
	else if (str_has(tool, "playwright"))
		buf_addz(out, "npx playwright test ");
	else if (str_has(tool, "jest"))
		buf_addz(out, "npx jest ");
	else
		return false;
	escape_shell(out, t->file);
	buf_addz(out, str_has(tool, "mocha") || str_has(tool, "playwright") ? " -g " : " -t ");
	escape_shell(out, t->name);
	return true;
}

static bool
with(struct buf *out, const char *before, struct str name, const char *after)
{
	if (!pasteable(name))
		return false;
	buf_addz(out, before);
	escape_shell(out, name);
	buf_addz(out, after);
	return true;
}

static struct str
after_crate(struct str id)
{
	size_t at = str_find(id, STR("::"));

	return at == STR_NPOS ? id : str_from(id, at + 2);
}

bool
view_rerun(const struct test *t, struct buf *out)
{
	struct str id = t->base_id.n ? t->base_id : t->id;

	if (t->synthetic)
		return false;
	switch (t->dialect) {
	case DIALECT_PYTEST:
		return with(out, "pytest ", id, "");
	case DIALECT_JAVA:
		return with(out, "mvn test -Dtest=", java_method(id), "");
	case DIALECT_GO:
		return go_command(t, out);
	case DIALECT_JS:
		return js_command(t, out);
	case DIALECT_RUST:
		return with(out, "cargo test ", after_crate(id), " -- --exact");
	case DIALECT_PHP:
		return with(out, "vendor/bin/phpunit --filter ", id, "");
	case DIALECT_GTEST:
		return with(out, "./TEST_BINARY --gtest_filter=", id, "");
	case DIALECT_READY:
		if (t->report && str_has(t->report->format, "pytest"))
			return with(out, "pytest ", id, "");
		return false;
	case DIALECT_DOTNET:
	case DIALECT_NONE:
		break;
	}
	return false;
}
