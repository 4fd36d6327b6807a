/* junit_dialect.h -- whose JUnit XML it is: every runner writes names its own way. */
#ifndef PARSERS_SUPPORT_JUNIT_DIALECT_H
#define PARSERS_SUPPORT_JUNIT_DIALECT_H

#include "gate/model/event.h"

/* By a suite's or the root's name; `outer` when it says nothing. *tool: the runner, or kept. */
enum dialect junit_suite_dialect(struct str name, enum dialect outer, const char **tool);
/* By a property of a suite ("go.version"); `outer` when it says nothing. */
enum dialect junit_property_dialect(struct str name, enum dialect outer);
/* By what one case looks like. */
enum dialect junit_case_dialect(struct str class, struct str name, struct str file,
	struct str suite);
/* The outcome that a status or result attribute names; OUT_UNKNOWN: none, OUT_PASSED: ran. */
enum outcome junit_status(struct str word);

#endif
