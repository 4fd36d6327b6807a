/* identity.c -- test IDs by dialect; see identity.h. The comparable spelling is in spelling.c. */
#include "gate/model/identity.h"

static const char arrow[] = " > ";
static const char wide_arrow[] = " \xe2\x80\xba "; /* what Playwright writes between titles */

/* Titles with every " › " as " > ". */
static void
add_titles(struct buf *out, struct str s)
{
	struct str rest;

	while (str_cut(&s, wide_arrow, &rest)) {
		buf_add(out, s);
		buf_addz(out, arrow);
		s = rest;
	}
	buf_add(out, s);
}

static void
add_slashed(struct buf *out, struct str dotted)
{
	for (size_t i = 0; i < dotted.n; i++)
		buf_addc(out, dotted.p[i] == '.' ? '/' : dotted.p[i]);
}

static void
add_classes(struct buf *out, struct str dotted)
{
	struct str rest;
	bool more = dotted.n > 0;

	while (more) {
		more = str_cut(&dotted, ".", &rest);
		buf_addz(out, "::");
		buf_add(out, dotted);
		dotted = rest;
	}
}

static bool
module_name(struct str part)
{
	return str_starts(part, "test_") || str_ends(part, "_test") || str_eqz(part, "conftest") ||
	       str_eqz(part, "tests");
}

/*
 * Where the module ends in a dotted class name: after the last part that is named like a
 * test module; else before the first part with a capital, which starts a class. 0: there
 * is no module in it.
 */
static size_t
module_end(struct str dotted)
{
	size_t named = 0, capital = STR_NPOS;

	for (size_t at = 0; at < dotted.n;) {
		size_t n = str_chr(str_from(dotted, at), '.');
		struct str part = str_to(str_from(dotted, at), n);

		if (part.n && is_upper(part.p[0]) && capital == STR_NPOS)
			capital = at ? at - 1 : 0;
		if (module_name(part) && !str_eqz(part, "tests"))
			named = at + part.n;
		at += part.n + 1;
	}
	if (named)
		return named;
	return capital != STR_NPOS ? capital : dotted.n;
}

/* The classes in `dotted` when the file says where the module is. */
static struct str
classes_in(struct str dotted, struct str file)
{
	struct str module = str_to(file, file.n - 3), stem = str_basename(module);
	size_t skip = 0;

	if (dotted.n >= module.n) {
		for (; skip < module.n; skip++)
			if (dotted.p[skip] != (module.p[skip] == '/' ? '.' : module.p[skip]))
				break;
		if (skip == module.n && (dotted.n == skip || dotted.p[skip] == '.'))
			return str_from(dotted, skip + 1);
	}
	/* Written from another root: the module's own name is the last thing in common. */
	for (size_t at = 0; at < dotted.n;) {
		struct str part = str_from(dotted, at);

		part = str_to(part, str_chr(part, '.'));
		at += part.n + 1;
		if (str_eq(part, stem))
			return str_from(dotted, at);
	}
	skip = module_end(dotted);
	return skip ? str_from(dotted, skip + 1) : dotted;
}

static bool
dotted_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != '_' && s.p[i] != '.' && (s.p[i] & 0x80) == 0)
			return false;
	return s.n > 0;
}

static void
joined(struct buf *out, struct str class, const char *sep, struct str name)
{
	buf_add(out, class);
	if (name.n && !str_eq(class, name)) {
		if (class.n)
			buf_addz(out, sep);
		buf_add(out, name);
	}
}

/*
 * An absolute path without what stands before the module that the class names:
 * "/build/x/tests/test_a.py" of "tests.test_a.TestB" is "tests/test_a.py".
 */
static struct str
relative_module(struct str file, struct str class)
{
	struct str module = str_to(class, module_end(class)), tail;

	if (file.n < 4 || (file.p[0] != '/' && file.p[1] != ':') || module.n == 0 ||
	    file.n < module.n + 4)
		return file;
	tail = str_from(file, file.n - 3 - module.n);
	for (size_t i = 0; i < module.n; i++)
		if (tail.p[i] != (module.p[i] == '.' ? '/' : module.p[i]))
			return file;
	return file.p[file.n - tail.n - 1] == '/' ? tail : file;
}

static void
pytest(struct buf *out, const struct test_event *ev)
{
	struct str class = ev->class, name = ev->name;
	size_t end;

	if (class.n == 0 && ev->file.n == 0) {
		/* A module that could not be collected is named like a class. */
		if (dotted_name(name) && (str_chr(name, '.') != STR_NPOS || module_name(name))) {
			add_slashed(out, name);
			buf_addz(out, ".py");
		} else {
			buf_add(out, name);
		}
		return;
	}
	if (str_ends(ev->file, ".py")) {
		struct str file = relative_module(ev->file, class);

		buf_add(out, file);
		/* A module that could not be collected, as xunit1 names it. */
		if (class.n == 0 && str_eqz(classes_in(name, file), "") && dotted_name(name) &&
		    str_chr(name, '.') != STR_NPOS)
			return;
		add_classes(out, classes_in(class, file));
	} else if (str_chr(class, '/') != STR_NPOS || str_has(class, "::")) {
		buf_add(out, class);
	} else if ((end = module_end(class)) == 0) {
		joined(out, class, "::", name);
		return;
	} else {
		add_slashed(out, str_to(class, end));
		buf_addz(out, ".py");
		add_classes(out, str_from(class, end + 1));
	}
	if (name.n) {
		buf_addz(out, "::");
		buf_add(out, name);
	}
}

static void
java(struct buf *out, const struct test_event *ev)
{
	struct str name = ev->name;

	if (str_ends(name, "()"))
		name.n -= 2;
	joined(out, ev->class, "#", name);
}

static struct str
last_suite(struct str suite)
{
	size_t at = str_rfind(suite, STR(" > "));

	return at == STR_NPOS ? suite : str_from(suite, at + 3);
}

static void
go(struct buf *out, const struct test_event *ev)
{
	joined(out, ev->class.n ? ev->class : last_suite(ev->suite), ".", ev->name);
}

bool
identity_js_path(struct str s)
{
	static const char *const ends[] = { ".js", ".ts", ".jsx", ".tsx", ".mjs", ".cjs", ".mts",
		".cts", ".vue", ".svelte", ".feature" };

	if (s.n < 4 || str_has(s, arrow))
		return false;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (str_ends(s, ends[i]))
			return true;
	return false;
}

struct str
identity_file(const struct test_event *ev, struct str id)
{
	struct str sep = ev->dialect == DIALECT_JS ? str_of(arrow) : STR("::");
	struct str file = str_to(id, str_find(id, sep));

	if (ev->dialect == DIALECT_PYTEST && str_ends(file, ".py"))
		return file;
	return ev->dialect == DIALECT_JS && identity_js_path(file) ? file : STR_NONE;
}

static void
add_slashes(struct buf *out, struct str path)
{
	for (size_t i = 0; i < path.n; i++)
		buf_addc(out, path.p[i] == '\\' ? '/' : path.p[i]);
}

/* file > describe > it. Reporters repeat titles in class and name in every combination. */
static void
javascript(struct buf *out, const struct test_event *ev)
{
	struct str class = ev->class, name = ev->name, file = ev->file;
	struct str suite = last_suite(ev->suite);

	if (!identity_js_path(file))
		file = identity_js_path(class) ? class : identity_js_path(suite) ? suite : STR_NONE;
	if (file.n) {
		add_slashes(out, file);
		buf_addz(out, arrow);
	}
	if (class.n && !str_eq(class, file) && !identity_js_path(class) && !str_eq(class, name) &&
	    !(name.n >= class.n && memcmp(name.p, class.p, class.n) == 0) &&
	    !(name.n >= class.n && memcmp(name.p + name.n - class.n, class.p, class.n) == 0)) {
		add_titles(out, class);
		buf_addz(out, arrow);
	}
	add_titles(out, name);
}

static void
dotted(struct buf *out, const struct test_event *ev)
{
	struct str class = ev->class, name = ev->name;

	if (class.n && name.n > class.n && memcmp(name.p, class.p, class.n) == 0 &&
	    name.p[class.n] == '.')
		buf_add(out, name);
	else
		joined(out, class, ".", name);
}

void
identity_test(struct buf *out, const struct test_event *ev)
{
	size_t before = out->n;

	switch (ev->dialect) {
	case DIALECT_READY:
		buf_add(out, ev->id);
		break;
	case DIALECT_PYTEST:
		pytest(out, ev);
		break;
	case DIALECT_JAVA:
		java(out, ev);
		break;
	case DIALECT_GO:
		go(out, ev);
		break;
	case DIALECT_JS:
		javascript(out, ev);
		break;
	case DIALECT_GTEST:
	case DIALECT_DOTNET:
		dotted(out, ev);
		break;
	case DIALECT_RUST:
	case DIALECT_PHP:
	case DIALECT_NONE:
		joined(out, ev->class, "::", ev->name);
		break;
	}
	if (out->n == before)
		buf_addz(out, "[unnamed]");
}

/* Where parameters start in a name: "[...]" or "(...)" to its end, closely attached. */
static size_t
parameters(struct str s)
{
	for (size_t i = 1; i < s.n; i++) {
		char open = s.p[i], close = open == '[' ? ']' : open == '(' ? ')' : '\0';

		/* JUnit 5 writes both: "adds(int)[1]". */
		if (close && !is_space(s.p[i - 1]) &&
		    (s.p[s.n - 1] == ']' || s.p[s.n - 1] == ')'))
			return i;
	}
	return s.n;
}

struct str
identity_bare(struct str name)
{
	static const char *const seps[] = { " > ", " \xe2\x80\xba ", "::", "#" };
	struct str head = str_to(name, parameters(name));
	size_t at;
	bool titles = false;

	for (size_t i = 0; i < sizeof(seps) / sizeof(*seps); i++) {
		at = str_rfind(head, str_of(seps[i]));
		if (at == STR_NPOS)
			continue;
		head = str_from(head, at + strlen(seps[i]));
		titles = titles || i < 2;
	}
	/* "pkg.Class.method", "pkg/path.TestX/sub"; a sentence's full stop is no separator. */
	if (!titles && str_chr(head, ' ') == STR_NPOS) {
		if ((at = str_rchr(head, '.')) != STR_NPOS && at + 1 < head.n)
			head = str_from(head, at + 1);
	}
	return head;
}
