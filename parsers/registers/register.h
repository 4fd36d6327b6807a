/* register.h -- the contract every register format implements. */
#ifndef PARSERS_REGISTERS_REGISTER_H
#define PARSERS_REGISTERS_REGISTER_H

#include "gate/base/redact.h"
#include "gate/model/finding.h"

struct register_parser {
	const char *name;
	const char *help;
	enum register_kind kind;
	/* 0 = not mine .. 100 = certain. `path` for its extension; `text` is whole. */
	int (*sniff)(struct str path, struct str text);
	/*
	 * Adds the findings of reg->text to fs. What could not be read becomes a `not-read`
	 * note, or, for structured ones, an error in `d`. Returns -1 only with an error in d.
	 */
	int (*parse)(struct findings *fs, struct reg *reg, struct diags *d);
};

extern const struct register_parser *const register_parsers[]; /* NULL-terminated */

/*
 * Reads the file of `reg`, redacts, sniffs, parses. -1 with an error in d when the file
 * can't be read or is not understood. words: what policy-wide `severities`/`statuses` add
 * is already in reg->severities and reg->statuses.
 */
int register_read(struct findings *fs, struct reg *reg, const struct redactor *redactor,
	struct diags *d);

#endif
