/* md_spans.h -- what a code span, a quotation or a fenced line is: tool, message, identifier. */
#ifndef PARSERS_REGISTERS_SUPPORT_MD_SPANS_H
#define PARSERS_REGISTERS_SUPPORT_MD_SPANS_H

#include "gate/base/str.h"

/*
 * The span is a tool's name, or a command that starts with it; *rules gets what follows
 * where it names a rule ("ruff F401", "bandit:B101"), else stays empty.
 */
bool md_tool_span(struct str span, struct str *tool, struct str *rule);
/* The span is a tool's rule and nothing else: "F401", "SC2086". */
bool md_is_rule(struct str span);
/*
 * Reads like a message: at least two blank-separated words of two letters or more in normal
 * form, and no command, path, glob, route, assignment or test reference.
 */
bool md_is_message(struct str text);
/* A line of program text, as fences without a language hold it too. */
bool md_is_code_line(struct str line);
/* One token of six characters or more with ".", "_", "/" or inner capitals. *name: without "()". */
bool md_is_identifier(struct str span, struct str *name);
/*
 * The info string of a fence names a programming or data language, so that its lines say
 * nothing.
 */
bool md_is_language(struct str info);
bool md_is_shell(struct str info);

#endif
