/* registry.c -- the list of report formats, and which of them a text belongs to. */
#include "parsers/parser.h"

#define PARSER(name) extern const struct parser parser_##name;
#include "parsers/list.h"
#undef PARSER

const struct parser *const parsers[] = {
#define PARSER(name) &parser_##name,
#include "parsers/list.h"
#undef PARSER
	NULL,
};

const struct parser *
parser_find(struct str name)
{
	for (size_t i = 0; parsers[i]; i++)
		if (str_eqz(name, parsers[i]->name))
			return parsers[i];
	return NULL;
}

const struct parser *
parser_sniff(struct str head, int *score, const struct parser **tie)
{
	const struct parser *best = NULL, *equal = NULL;
	int most = 0, s;

	for (size_t i = 0; parsers[i]; i++) {
		s = parsers[i]->sniff ? parsers[i]->sniff(head) : 0;
		if (s > most) {
			best = parsers[i];
			equal = NULL;
			most = s;
		} else if (s && s == most) {
			equal = parsers[i];
		}
	}
	if (score)
		*score = most;
	if (tie)
		*tie = NULL;
	if (equal) {
		if (tie)
			*tie = equal;
		return NULL;
	}
	return best;
}
