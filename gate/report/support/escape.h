/*
 * escape.h -- text by strangers, made harmless for one medium. Names, messages and paths come
 * from reports and registers: whoever opens a pull request writes them.
 *
 * JSON is jansson's.
 */
#ifndef GATE_REPORT_SUPPORT_ESCAPE_H
#define GATE_REPORT_SUPPORT_ESCAPE_H

#include "gate/base/buf.h"
#include "gate/base/str.h"

/*
 * A line for a terminal or a job's log: utf8_plain, and nothing in it that a CI runner takes
 * for a command of its own: "::" at the start of a word (wrapping may put it at the start of
 * a line) and "##[" anywhere.
 */
void escape_terminal(struct buf *out, struct str s);
/*
 * HTML text and attribute values: control characters made visible, then & < > " ' and the
 * backtick as references.
 */
void escape_html(struct buf *out, struct str s);
/*
 * One line of XML's text or of an attribute's value; it can start no runner's command either,
 * where the document is printed into a job's log.
 */
void escape_xml(struct buf *out, struct str s);
/*
 * The message of a GitHub workflow command, of several lines if need be, and a property's value:
 * one line of the log, in which nothing ends the command or begins another.
 */
void escape_command_data(struct buf *out, struct str s);
void escape_command_property(struct buf *out, struct str s);
/*
 * One line of GitHub or GitLab Markdown that stays text: everything Markdown, autolinks or
 * the forge's own references give a meaning becomes a character reference, so none of it
 * ever stands raw, in table cells neither. A zero-width space after `@`, `#`, `!` and their
 * like keeps the forge, which looks at the rendered text, from mentioning people.
 */
void escape_markdown(struct buf *out, struct str s);
/*
 * The same as code: <code>...</code>, in which the forges resolve no references. Not backticks:
 * inside them references would show as written, and a stranger's backtick would end the span.
 */
void escape_markdown_code(struct buf *out, struct str s);
/* Several lines as they are, in <pre>, as code. */
void escape_markdown_block(struct buf *out, struct str s);
/* A path in a URL: everything but letters, digits and / . _ ~ - as %XX. */
void escape_url_path(struct buf *out, struct str s);
/* A word of a POSIX shell's command line, in single quotes where it needs them. */
void escape_shell(struct buf *out, struct str s);

#endif
