/*
 * runners.c -- how each runner is told to run one case (rerun.h): pytest, Maven, Gradle, go test,
 * jest, vitest, mocha, Playwright, bun, cargo, nextest, ctest, PHPUnit, RSpec, dotnet, googletest.
 */
#include "gate/base/utf8.h"
#include "gate/report/support/escape.h"
#include "gate/report/support/rerun.h"

static const struct rerun_manner as_words = { .words = true };
static const struct rerun_manner gradle = { .words = true, .flag = " --tests " };
static const struct rerun_manner maven = { .flag = " -Dtest=", .open = "", .sep = ",",
	.close = "" };
static const struct rerun_manner failsafe = { .flag = " -Dit.test=", .open = "", .sep = ",",
	.close = "" };
static const struct rerun_manner go = { .flag = " -run ", .open = "^", .sep = "|", .close = "$",
	.group = true, .whole = true };
static const struct rerun_manner by_title = { .flag = " -t ", .open = "", .sep = "|",
	.close = "$", .group = true };
static const struct rerun_manner mocha = { .flag = " -g ", .open = "", .sep = "|", .close = "$",
	.group = true };
static const struct rerun_manner playwright = { .flag = " -g ", .open = "", .sep = "|",
	.close = "", .group = true }; /* tags may stand behind the title */
static const struct rerun_manner nextest = { .flag = " -E ", .open = "", .sep = " | ",
	.close = "" };
static const struct rerun_manner ctest = { .flag = " -R ", .open = "^", .sep = "|", .close = "$",
	.group = true };
static const struct rerun_manner phpunit = { .flag = " --filter ", .open = "", .sep = "|",
	.close = "$", .group = true };
static const struct rerun_manner by_example = { .words = true, .flag = " -e " };
static const struct rerun_manner dotnet = { .flag = " --filter ", .open = "", .sep = "|",
	.close = "" };
static const struct rerun_manner gtest = { .flag = " --gtest_filter=", .open = "", .sep = ":",
	.close = "" };

/* A name that a terminal or a shell could take for another one is not offered to paste. */
static bool
pasteable(struct str s)
{
	return s.n > 0 && s.n <= 1000 && s.p[0] != '-' && utf8_is_plain(s);
}

/* As a literal of a regular expression; parts between slashes become "$/^". */
static struct str
literal(struct arena *mem, struct str s, bool parts)
{
	struct buf b = BUF_INIT;
	struct str out;

	for (size_t i = 0; i < s.n; i++) {
		if (parts && s.p[i] == '/') {
			buf_addz(&b, "$/^");
			continue;
		}
		if (strchr("\\.+*?()|[]{}^$", s.p[i]))
			buf_addc(&b, '\\');
		buf_addc(&b, s.p[i]);
	}
	out = arena_dup(mem, buf_str(&b));
	buf_release(&b);
	return out;
}

static bool
take(struct rerun_test *out, struct str head, const struct rerun_manner *manner, struct str name)
{
	out->head = head;
	out->manner = manner;
	out->name = name;
	return pasteable(name);
}

/*
 * "com.x.FooTest#bar[1]" runs as "com.x.FooTest#bar"; a title that is no method's name, as its
 * class.
 */
static struct str
java_method(struct str id)
{
	size_t hash = str_chr(id, '#');
	struct str method = hash == STR_NPOS ? STR_NONE : str_from(id, hash + 1);

	for (size_t i = 0; i < method.n; i++)
		if (strchr("[({,+*! ", method.p[i]))
			return i && strchr("[({", method.p[i]) ? str_to(id, hash + 1 + i) :
				str_to(id, hash);
	return id;
}

/* Module and task of "app/build/test-results/test/TEST-x.xml": ":app:test". */
static struct str
gradle_head(struct arena *mem, struct str path, size_t at)
{
	struct str module = str_to(path, at), task = str_from(path, at +
		strlen("build/test-results/"));
	struct buf b = BUF_INIT;
	struct str out;

	if (module.n && module.p[0] == '/')
		module = STR_NONE; /* where the checkout starts, can't be told */
	task = str_to(task, str_chr(task, '/') == STR_NPOS ? 0 : str_chr(task, '/'));
	for (size_t i = 0; i < task.n; i++)
		if (!is_alnum(task.p[i]))
			task = STR_NONE;
	for (size_t i = 0; i < module.n; i++) {
		if (!is_alnum(module.p[i]) && !strchr("/-_.", module.p[i]))
			module = STR_NONE;
	}
	buf_addz(&b, "./gradlew ");
	for (size_t i = 0; module.n && i < module.n; i++) {
		if (i == 0)
			buf_addc(&b, ':');
		buf_addc(&b, module.p[i] == '/' ? ':' : module.p[i]);
	}
	buf_add(&b, task.n ? task : STR("test"));
	out = arena_dup(mem, buf_str(&b));
	buf_release(&b);
	return out;
}

/* Gradle and Maven write the same file; where they put it tells them apart. */
static bool
java(const struct test *t, struct arena *mem, struct str id, struct rerun_test *out)
{
	struct str path = t->report ? t->report->path : STR_NONE, name = java_method(id);
	size_t at = str_find(path, STR("build/test-results/")), hash = str_chr(name, '#');

	if (at == STR_NPOS)
		return str_has(path, "failsafe-reports") ?
			take(out, STR("mvn verify"), &failsafe, name) :
			take(out, STR("mvn test"), &maven, name);
	if (hash != STR_NPOS)
		name = arena_printf(mem, "%.*s.%.*s", STR_FMT(str_to(name, hash)),
			STR_FMT(str_from(name, hash + 1)));
	return take(out, gradle_head(mem, path, at), &gradle, name);
}

static struct str
quoted_head(struct arena *mem, const char *command, struct str word)
{
	struct buf b = BUF_INIT;
	struct str out;

	buf_addz(&b, command);
	escape_shell(&b, word);
	out = arena_dup(mem, buf_str(&b));
	buf_release(&b);
	return out;
}

static bool
go_test(const struct test *t, struct arena *mem, struct rerun_test *out)
{
	if (!pasteable(t->class) || !pasteable(t->name))
		return false;
	return take(out, quoted_head(mem, "go test ", t->class), &go,
		literal(mem, t->name, true));
}

/* "src/x.test.js > cart > adds tax" has the title "cart adds tax". */
static struct str
js_title(const struct test *t, struct arena *mem, struct str id)
{
	struct str rest = id, title = STR_NONE;
	bool more = true;

	if (t->file.n == 0 || !str_eq(str_to(id, t->file.n), t->file) ||
	    !str_starts(str_from(id, t->file.n), " > "))
		return t->name;
	rest = str_from(id, t->file.n + 3);
	while (more) {
		struct str part = rest;

		more = str_cut(&part, " > ", &rest);
		title = title.n ? arena_printf(mem, "%.*s %.*s", STR_FMT(title), STR_FMT(part)) :
			part;
	}
	return title;
}

static bool
js(const struct test *t, struct arena *mem, struct str id, struct rerun_test *out)
{
	static const struct {
		const char *tool, *head;
		const struct rerun_manner *manner;
	} runners[] = {
		{ "vitest", "npx vitest run", &by_title }, { "jest", "npx jest", &by_title },
		{ "mocha", "npx mocha", &mocha }, { "bun", "bun test", &by_title },
		{ "playwright", "npx playwright test", &playwright },
	};
	struct str tool = t->report ? t->report->tool : STR_NONE, title = js_title(t, mem, id);

	if (!pasteable(t->file) || !pasteable(title))
		return false;
	out->file = t->file;
	for (size_t i = 0; i < sizeof(runners) / sizeof(runners[0]); i++)
		if (str_has(tool, runners[i].tool))
			return take(out, str_of(runners[i].head), runners[i].manner,
				literal(mem, title, false));
	return false;
}

/* nextest names the binary in the class; libtest's names start with the crate. */
static bool
rust(const struct test *t, struct arena *mem, struct str id, struct rerun_test *out)
{
	size_t at = str_find(id, STR("::"));

	if (t->report && str_has(t->report->tool, "nextest"))
		return pasteable(t->name) && str_chr(t->name, ')') == STR_NPOS &&
			take(out, STR("cargo nextest run"), &nextest,
			arena_printf(mem, "test(=%.*s)", STR_FMT(t->name)));
	return take(out, STR("cargo test -- --exact"), &as_words,
		at == STR_NPOS ? id : str_from(id, at + 2));
}

/* A data set's name is not the method's. */
static bool
php(struct arena *mem, struct str id, struct rerun_test *out)
{
	struct str name = id, rest;

	str_cut(&name, " with data set", &rest);
	return pasteable(name) && take(out, STR("vendor/bin/phpunit"), &phpunit,
		literal(mem, name, false));
}

/* "Shop.CartTests::Totals(tax: 1)" is found by "Shop.CartTests.Totals". */
static bool
dotnet_test(const struct test *t, struct arena *mem, struct str id, struct rerun_test *out)
{
	struct str name = t->class.n ? arena_printf(mem, "%.*s.%.*s", STR_FMT(t->class),
		STR_FMT(t->name)) : id, rest;
	bool cut;

	if (t->class.n && str_eq(str_to(t->name, t->class.n), t->class))
		name = t->name; /* xUnit's names are whole */
	cut = str_cut(&name, "(", &rest);
	for (size_t i = 0; i < name.n; i++)
		if (strchr("|&=!~\\)", name.p[i]))
			return false;
	return pasteable(name) && take(out, STR("dotnet test"), &dotnet,
		arena_printf(mem, "%s%s%.*s", str_chr(name, '.') == STR_NPOS ? "Name" :
			"FullyQualifiedName", cut ? "~" : "=", STR_FMT(name)));
}

static bool
rspec(const struct test *t, struct arena *mem, struct rerun_test *out)
{
	if (!pasteable(t->file))
		return false;
	if (t->line > 0 && t->report && str_has(t->report->format, "rspec"))
		return take(out, STR("bundle exec rspec"), &as_words,
			arena_printf(mem, "%.*s:%ld", STR_FMT(t->file), t->line));
	return pasteable(t->name) && take(out, arena_printf(mem, "bundle exec rspec %.*s",
		STR_FMT(quoted_head(mem, "", t->file))), &by_example, t->name);
}

/* Cases whose spelling is no runner's own: what else the report says. */
static bool
by_report(const struct test *t, struct arena *mem, struct str id, struct rerun_test *out)
{
	struct str format = t->report ? t->report->format : STR_NONE;
	bool junit = str_eqz(format, "junit");

	if (str_has(format, "pytest"))
		return take(out, STR("pytest"), &as_words, id);
	if (str_has(format, "rspec") || str_ends(t->file, "_spec.rb"))
		return rspec(t, mem, out);
	if (str_eqz(format, "trx") || (junit && str_ends(t->suite, ".dll")))
		return dotnet_test(t, mem, id, out);
	/* CTest's JUnit gives every case its own class. */
	if (str_eqz(format, "ctest") || (junit && t->name.n && str_eq(t->class, t->name)))
		return pasteable(t->name.n ? t->name : id) &&
			take(out, STR("ctest --output-on-failure"), &ctest,
				literal(mem, t->name.n ? t->name : id, false));
	return false;
}

bool
rerun_take_apart(const struct test *t, struct arena *mem, struct rerun_test *out)
{
	struct str id = t->base_id.n ? t->base_id : t->id;

	*out = (struct rerun_test){ 0 };
	if (t->synthetic)
		return false;
	switch (t->dialect) {
	case DIALECT_PYTEST:
		return take(out, STR("pytest"), &as_words, id);
	case DIALECT_JAVA:
		return java(t, mem, id, out);
	case DIALECT_GO:
		return go_test(t, mem, out);
	case DIALECT_JS:
		return js(t, mem, id, out);
	case DIALECT_RUST:
		return rust(t, mem, id, out);
	case DIALECT_PHP:
		return php(mem, id, out);
	case DIALECT_GTEST:
		return take(out, STR("./TEST_BINARY"), &gtest, id);
	case DIALECT_DOTNET:
		return dotnet_test(t, mem, id, out);
	case DIALECT_READY:
	case DIALECT_NONE:
		break;
	}
	return by_report(t, mem, id, out);
}
