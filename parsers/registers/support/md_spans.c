/* md_spans.c -- see md_spans.h. */
#include "parsers/registers/support/md_spans.h"

#include "gate/base/buf.h"
#include "gate/base/normal.h"
#include "parsers/registers/support/md_paths.h"
#include "parsers/registers/support/md_tests.h"

/* Linters, formatters and scanners, by the name of their command. Test runners are none. */
static const char *const tools[] = {
	"ruff", "isort", "black", "flake8", "pylint", "mypy", "pyright", "bandit", "pip-audit",
	"safety", "pydocstyle", "pycodestyle", "vulture", "semgrep", "eslint", "prettier", "tsc",
	"stylelint", "biome", "oxlint", "npm audit", "yarn audit", "pnpm audit", "golangci-lint",
	"gofmt", "go vet", "staticcheck", "gosec", "govulncheck", "cargo clippy", "clippy",
	"rustfmt", "cargo audit", "cargo deny", "clang-tidy", "clang-format", "cppcheck",
	"shellcheck", "shfmt", "hadolint", "yamllint", "markdownlint", "actionlint", "rubocop",
	"brakeman", "phpstan", "psalm", "phpcs", "checkstyle", "spotbugs", "pmd", "detekt",
	"ktlint", "swiftlint", "trivy", "grype", "gitleaks", "trufflehog", "checkov", "tfsec",
	"tflint", "codeql", "snyk", "sonarqube", "dependency-check", "cspell", "codespell", NULL,
};

static const char *const commands[] = {
	"pytest", "python", "python3", "pip", "pip3", "uv", "poetry", "tox", "nox", "npm", "npx",
	"yarn", "pnpm", "node", "deno", "bun", "jest", "vitest", "playwright", "cypress", "go",
	"cargo", "rustc", "make", "cmake", "ctest", "ninja", "bazel", "gradle", "./gradlew",
	"mvn", "dotnet", "java", "javac", "git", "gh", "glab", "docker", "docker-compose",
	"kubectl", "helm", "terraform", "ansible", "bash", "sh", "zsh", "cd", "ls", "cat", "rm",
	"cp", "mv", "mkdir", "chmod", "echo", "export", "source", "sudo", "curl", "wget", "grep",
	"rg", "sed", "awk", "find", "diff", "ps", "kill", "ssh", "apt", "apt-get", "brew",
	"alembic", "flask", "uvicorn", "psql", "redis-cli", "php", "composer", "bundle", "rake",
	"rspec", "mix", NULL,
};

static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS",
	"WS", NULL };

static bool
among(struct str s, const char *const *list)
{
	for (size_t i = 0; list[i]; i++)
		if (str_eqz(s, list[i]))
			return true;
	return false;
}

bool
md_is_rule(struct str s)
{
	size_t n = 0, digits;

	while (n < s.n && is_upper(s.p[n]))
		n++;
	digits = s.n - n;
	for (size_t i = n; i < s.n; i++)
		if (!is_digit(s.p[i]))
			return false;
	return n >= 1 && n <= 5 && digits >= 2 && digits <= 5 && n + digits >= 4;
}

/* "no-unused-vars", "F401", "B101": what stands where a rule stands. */
static bool
is_rule_word(struct str s)
{
	bool hyphen = false;

	if (md_is_rule(s))
		return true;
	if (s.n == 0 || s.p[0] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		hyphen |= s.p[i] == '-';
		if (!is_lower(s.p[i]) && s.p[i] != '-' && !is_digit(s.p[i]))
			return false;
	}
	return hyphen;
}

static struct str
rule_behind(struct str rest)
{
	struct str word;

	if (rest.n && (rest.p[0] == ':' || rest.p[0] == '/')) {
		word = str_from(rest, 1);
		return is_rule_word(word) ? word : STR_NONE;
	}
	if (rest.n > 2 && rest.p[0] == '(' && rest.p[rest.n - 1] == ')') {
		word = str_n(rest.p + 1, rest.n - 2);
		return is_rule_word(word) ? word : STR_NONE;
	}
	while (str_word(&rest, &word)) {
		str_skip(&word, "--select=");
		str_skip(&word, "--rule=");
		if (md_is_rule(word))
			return word;
	}
	return STR_NONE;
}

bool
md_tool_span(struct str span, struct str *tool, struct str *rule)
{
	span = str_trim(span);
	str_skip(&span, "$ ");
	str_skip(&span, "npx ");
	str_skip(&span, "python -m ");
	str_skip(&span, "python3 -m ");
	*rule = STR_NONE;
	for (size_t i = 0; tools[i]; i++) {
		struct str rest = span;

		if (!str_iskip(&rest, tools[i]))
			continue;
		if (rest.n && !strchr(" :/(", rest.p[0]))
			continue;
		*tool = str_of(tools[i]);
		*rule = rule_behind(rest);
		/* "safety margin" is prose; a rule or an option, or nothing, makes it the tool. */
		if (rest.n && rest.p[0] != ' ' && rule->n == 0)
			continue;
		return true;
	}
	return false;
}

static size_t
long_words(struct str s)
{
	struct str word;
	size_t n = 0;

	while (n < 2 && str_word(&s, &word)) {
		size_t letters = 0;

		for (size_t i = 0; i < word.n; i++)
			letters += is_alpha(word.p[i]) || (unsigned char)word.p[i] >= 0xC3;
		n += letters >= 2;
	}
	return n;
}

static bool
is_command(struct str s)
{
	struct str word, tool, rule;
	bool first = true;

	if (str_starts(s, "$ ") || md_tool_span(s, &tool, &rule))
		return true;
	while (str_word(&s, &word)) {
		if (first && (among(word, commands) || str_starts(word, "./")))
			return true;
		if (!first && word.n > 1 && word.p[0] == '-' && (is_alpha(word.p[1]) ||
			(word.p[1] == '-' && word.n > 2 && is_alpha(word.p[2]))))
			return true;
		first = false;
	}
	return false;
}

/* "GET /api/x". */
static bool
is_route(struct str s)
{
	struct str word;

	return str_word(&s, &word) && among(word, methods) && str_trim(s).n &&
		(str_trim(s).p[0] == '/' || str_has(s, "://"));
}

/* "x = 1", "retries: int = 3", "KEY=a b": a name, then one "=" that compares nothing. */
static bool
is_assignment(struct str s)
{
	size_t at = str_chr(s, '=');
	struct str left, word;
	size_t words = 0;

	if (at == STR_NPOS || at == 0 || at + 1 >= s.n || s.p[at + 1] == '=' ||
		s.p[at + 1] == '>' ||
		strchr("=!<>~", s.p[at - 1]))
		return false;
	left = str_to(s, at);
	if (str_chr(left, '(') != STR_NPOS)
		return false;
	while (str_word(&left, &word))
		words++;
	return words <= 3;
}

/* "dict[str, Any]", "mean(audio, axis=1)": one call or subscript from end to end. */
static bool
is_call(struct str s)
{
	size_t n = 0, depth = 0;

	while (n < s.n && (is_alnum(s.p[n]) || s.p[n] == '_' || s.p[n] == '.'))
		n++;
	if (n == s.n || (s.p[n] != '(' && s.p[n] != '['))
		return false;
	/* "ValueError('boom at noon')" is how an exception prints. */
	if (str_ends(str_to(s, n), "Error") || str_ends(str_to(s, n), "Exception"))
		return false;
	for (; n < s.n; n++) {
		depth += s.p[n] == '(' || s.p[n] == '[';
		if ((s.p[n] == ')' || s.p[n] == ']') && --depth == 0)
			return n + 1 == s.n;
	}
	return false;
}

/* "a + b * c", "str | None": operands and operators by turns. */
static bool
is_expression(struct str s)
{
	static const char *const operators[] = { "+", "-", "*", "/", "%", "|", "&", "||", "&&",
		"<", ">", "<=", ">=", "==", "!=", "===", "!==", "->", "=>", "and", "or", "in",
		"is", "as", NULL };
	size_t words = 0;
	struct str word;

	for (; str_word(&s, &word); words++)
		if (among(word, operators) != (words % 2 == 1))
			return false;
	return words >= 3 && words % 2 == 1;
}

/* "retries: int | None", "debug: false", "\"error\": str(e)": a name and its type or value. */
static bool
is_annotation(struct str s)
{
	static const char *const values[] = { "bool", "boolean", "int", "float", "str",
		"string", "number", "bytes", "any", "Any", "object", "None", "null",
		"undefined", "true", "false", "True", "False", "dict", "list", "set", "tuple",
		"Callable", "Optional", "void", NULL };
	struct str name, word;
	size_t n = 0;

	if (!str_word(&s, &name) || !str_ends(name, ":") || !str_word(&s, &word))
		return false;
	while (n < word.n && is_alpha(word.p[n]))
		n++;
	return name.p[0] == '"' || among(str_to(word, n), values);
}

static bool
is_wholly_reference(struct str s)
{
	enum ref_scope scope;
	struct str ref;
	size_t run = md_path_run(s);

	return run == s.n || md_test_at(s, &ref, &scope) == s.n ||
		md_test_name(s, false, &ref, &scope);
}

bool
md_is_message(struct str text)
{
	struct buf b = BUF_INIT;
	bool yes;

	text = str_trim(text);
	if (text.n < 6 || text.n > 2000 || long_words(text) < 2)
		return false;
	if (is_command(text) || is_route(text) || is_assignment(text) ||
		is_wholly_reference(text) || md_is_code_line(text) || is_call(text) ||
		is_expression(text) || is_annotation(text))
		return false;
	normal_add(&b, text);
	yes = long_words(buf_str(&b)) >= 2;
	buf_release(&b);
	return yes;
}

bool
md_is_code_line(struct str line)
{
	static const char *const starts[] = { "import ", "from ", "def ", "async ", "await ",
		"class ", "return ", "const ", "let ", "var ", "function ", "public ",
		"private ", "protected ", "static ", "export ", "if (", "if not ", "for (",
		"for ", "while ", "else", "elif ", "try:", "try {", "except ", "except:",
		"catch ", "finally", "with ", "raise ", "throw ", "yield ", "func ", "fn ",
		"pub ", "let mut ", "#include", "package ", "using ", "struct ", "enum ",
		"interface ", "type ", "SELECT ", "INSERT ", "UPDATE ", "DELETE FROM",
		"CREATE ", "ALTER ", "//", "/*", "* ", "@", "# ", "<", "}", "{", ")", "]",
		"type: ignore", "print(", NULL };
	struct str s = str_trim(line);

	if (s.n == 0)
		return true;
	for (size_t i = 0; starts[i]; i++)
		if (str_starts(s, starts[i]))
			return true;
	return strchr("{;([", s.p[s.n - 1]) != NULL || strchr("([{-", s.p[0]) != NULL ||
		str_has(s, " => ") || str_has(s, " := ") || str_has(s, " # ") || str_has(s, " // ");
}

bool
md_is_identifier(struct str span, struct str *name)
{
	bool joined = false, inner = false, letter = false;
	struct str s = str_trim(span);

	if (str_ends(s, "()"))
		s.n -= 2;
	if (s.n < 6 || s.n > 200)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!is_alnum(c) && !strchr("._/-", c) && !str_starts(str_from(s, i), "::") &&
			!(i && str_starts(str_from(s, i - 1), "::")))
			return false;
		letter |= is_alpha(c);
		joined |= (c == '.' || c == '_' || c == '/') && i + 1 < s.n;
		inner |= i && is_upper(c) && is_lower(s.p[i - 1]);
		inner |= i > 1 && is_lower(c) && is_upper(s.p[i - 1]) && is_upper(s.p[i - 2]);
	}
	*name = s;
	return letter && (joined || inner);
}

bool
md_is_shell(struct str info)
{
	static const char *const names[] = { "bash", "sh", "shell", "zsh", "console",
		"terminal", "shell-session", NULL };
	struct str word;

	return str_word(&info, &word) && among(word, names);
}

bool
md_is_language(struct str info)
{
	static const char *const plain[] = { "text", "txt", "plain", "plaintext", "log",
		"output", "console", "terminal", "traceback", "pytb", "none", "shell-session",
		NULL };
	struct str word;

	return str_word(&info, &word) && !among(word, plain);
}
