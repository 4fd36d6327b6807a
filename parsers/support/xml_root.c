/* xml_root.c -- the root element of an XML text, for sniffers; see xml.h. */
#include "parsers/support/xml.h"

static bool
name_char(char c)
{
	return is_alnum(c) || c == '_' || c == '-' || c == '.' || c == ':' || (c & 0x80) != 0;
}

/* A document type: up to its '>', behind an internal subset. False: it does not end here. */
static bool
skip_doctype(struct str *s, bool *entities)
{
	bool inside = false;
	char quote = '\0';

	for (size_t i = 0; i < s->n; i++) {
		char c = s->p[i];

		if (quote) {
			quote = c == quote ? '\0' : quote;
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (c == '[') {
			inside = true;
		} else if (c == ']') {
			inside = false;
		} else if (c == '<' && str_starts(str_from(*s, i), "<!ENTITY")) {
			*entities = true;
		} else if (c == '>' && !inside) {
			*s = str_from(*s, i + 1);
			return true;
		}
	}
	return false;
}

struct str
xml_root(struct str head, bool *entities)
{
	bool own = false;
	struct str s = head, rest, name;
	size_t colon;

	if (entities == NULL)
		entities = &own;
	*entities = false;
	for (;;) {
		s = str_trim(s);
		if (str_starts(s, "<?")) {
			if (!str_cut(&s, "?>", &rest))
				return STR_NONE;
			s = rest;
		} else if (str_starts(s, "<!--")) {
			if (!str_cut(&s, "-->", &rest))
				return STR_NONE;
			s = rest;
		} else if (str_starts(s, "<!DOCTYPE")) {
			if (!skip_doctype(&s, entities))
				return STR_NONE;
		} else {
			break;
		}
	}
	if (!str_skip(&s, "<"))
		return STR_NONE;
	name = s;
	for (name.n = 0; name.n < s.n && name_char(s.p[name.n]); name.n++)
		;
	colon = str_rchr(name, ':');
	return colon == STR_NPOS ? name : str_from(name, colon + 1);
}
