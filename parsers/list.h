/* list.h -- every report format, alphabetical. Included twice: to declare and to list. */
PARSER(eslint_json)
PARSER(isort)
PARSER(junit)
PARSER(mypy)
PARSER(pytest_text)
PARSER(ruff)
PARSER(shellcheck_json)
