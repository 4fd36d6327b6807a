/* list.h -- every report format, alphabetical. Included twice: to declare and to list. */
PARSER(isort)
PARSER(mypy)
PARSER(ruff)
