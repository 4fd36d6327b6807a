/* xml_behind.c -- see xml_behind.h. */
#include "parsers/support/xml_behind.h"

static bool
name_char(char c)
{
	return is_alnum(c) || c == '_' || c == '-' || c == '.' || (c & 0x80) != 0;
}

/* The local name at the front of s, which stands behind a '<'. */
static struct str
local_name(struct str s)
{
	size_t from = 0, n = 0;

	for (; n < s.n && (name_char(s.p[n]) || s.p[n] == ':'); n++)
		if (s.p[n] == ':')
			from = n + 1;
	return str_n(s.p + from, n - from);
}

size_t
xml_find_tag(struct str s, const char *const names[])
{
	size_t at = 0, n;

	while ((n = str_chr(str_from(s, at), '<')) != STR_NPOS) {
		struct str name;

		at += n + 1;
		name = local_name(str_from(s, at));
		/* A name that the end of s may have cut is looked at again with what follows. */
		for (size_t i = 0; names[i] && name.p + name.n < s.p + s.n; i++)
			if (str_eqz(name, names[i]))
				return at - 1;
	}
	return STR_NPOS;
}

bool
xml_breaks_off(struct str s, const char *const roots[])
{
	size_t at = str_rchr(s, '<');
	struct str tag;

	if (at == STR_NPOS)
		return false;
	tag = str_from(s, at + 1);
	if (str_starts(tag, "?xml")) {
		struct str rest;

		return !str_cut(&tag, "?>", &rest) || str_trim(rest).n == 0;
	}
	if (tag.n == 0 || (tag.n < 4 && memcmp("?xml", tag.p, tag.n) == 0))
		return true;
	tag = local_name(tag);
	if (tag.n == 0 || tag.p + tag.n < s.p + s.n)
		return false; /* not the name, but what follows it, is the end of s */
	for (size_t i = 0; roots[i]; i++)
		if (strlen(roots[i]) >= tag.n && memcmp(roots[i], tag.p, tag.n) == 0)
			return true;
	return false;
}
