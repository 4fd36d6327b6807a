/* decision_digest.c -- see decision_digest.h; report/json.c writes it. */
#include "gate/decision_digest.h"

#include "gate/base/hash.h"

#define LEAD "\n \"digest\": \""
#define TAIL "\",\n"

struct str
decision_digest(struct str document)
{
	size_t at = str_find(document, STR(LEAD));
	struct str hex;

	if (at == STR_NPOS)
		return STR_NONE;
	hex = str_to(str_from(document, at + sizeof(LEAD) - 1), SHA256_HEX - 1);
	return str_starts(str_from(document, at + sizeof(LEAD) - 1 + hex.n), TAIL) ? hex : STR_NONE;
}

bool
decision_digest_holds(struct str document)
{
	struct str said = decision_digest(document);
	struct sha256 *sha = sha256_new();
	char is[SHA256_HEX];
	size_t from;

	if (said.n) { /* without its line: the newline before it stays */
		from = (size_t)(said.p - document.p) - (sizeof(LEAD) - 1) + 1;
		sha256_add(sha, document.p, from);
		document = str_from(document, (size_t)(said.p + said.n - document.p) +
			sizeof(TAIL) - 1);
	}
	sha256_add(sha, document.p, document.n);
	sha256_end(sha, is);
	return str_eqz(said, is);
}
