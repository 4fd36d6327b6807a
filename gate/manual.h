/*
 * manual.h -- what is made from the command tables: the man page, and the completions of three
 * shells. The same tables, the same bytes.
 */
#ifndef GATE_MANUAL_H
#define GATE_MANUAL_H

#include "gate/command.h"
#include "gate/base/buf.h"

void manual_write(struct buf *out);            /* gate(1), in the macros of man(7) */
void completion_write_bash(struct buf *out);
void completion_write_zsh(struct buf *out);
void completion_write_fish(struct buf *out);

#endif
