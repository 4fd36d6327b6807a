/* compiler.c -- see compiler.h. */
#include "parsers/support/compiler.h"

bool
compiler_is_source(struct str path)
{
	static const char *const ends[] = {
		"c", "h", "cc", "cpp", "cxx", "c++", "C", "H", "hh", "hpp", "hxx", "h++", "m", "mm",
		"cu", "cuh", "inl", "inc", "ipp", "tpp", "tcc", "ixx", "cppm", "S", "l", "y", "ll",
		"yy", "def", "in", "f", "F", "f90", "F90", "ino",
	};
	size_t dot = str_rchr(path, '.');

	for (size_t i = 0; dot != STR_NPOS && i < sizeof(ends) / sizeof(ends[0]); i++)
		if (str_eqz(str_from(path, dot + 1), ends[i]))
			return true;
	return false;
}

bool
compiler_source_row(struct line_match *m)
{
	return compiler_is_source(m->text[FIELD_FILE]);
}

void
compiler_adjust(struct issue_event *ev, const struct line_match *m, struct buf *scratch)
{
	struct str rule = ev->rule, rest;

	(void)m;
	if (str_starts(rule, "-Werror,"))
		rule = str_from(rule, strlen("-Werror,"));
	str_cut(&rule, ",", &rest);
	if (str_skip(&rule, "-Werror=")) {
		buf_addz(scratch, "-W");
		buf_add(scratch, rule);
		rule = buf_str(scratch);
	}
	ev->rule = rule;
}
