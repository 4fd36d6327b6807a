/* outputs.h -- --out FORMAT=FILE and how a report is to look: what judging commands share. */
#ifndef GATE_OUTPUTS_H
#define GATE_OUTPUTS_H

#include "gate/base/mem.h"
#include "gate/command.h"
#include "gate/report/reporter.h"

/* Rows of a command's own table. */
#define OUTPUT_OPTIONS \
	{ .name = "out", .letter = 'o', .arg = "FORMAT=FILE", .many = true, \
	  .help = "also write the decision as FORMAT (`gate list reporters`); - is stdout" }, \
	{ .name = "color", .arg = "auto|always|never", \
	  .help = "colours (default: auto, when a terminal reads it)" }, \
	{ .name = "quiet", .letter = 'q', .help = "only the verdict" }, \
	{ .name = "verbose", .letter = 'v', .help = "everything, nothing cut" }

struct output {
	const struct reporter *reporter;
	const char *path;
};

struct outputs {
	struct output *v;
	size_t n, cap;
};

/* What --out names, and the console on standard output unless something else goes there. */
int outputs_parse(struct outputs *outs, const struct args *args);
/* Colours, width, and how much. Both: -1 with a message on standard error. */
int outputs_manner(struct render_options *render, const struct args *args);
/* One that fails stops no other. Returns how many failed. */
int outputs_write(const struct outputs *outs, const struct decision *d,
	const struct render_options *render);
/* Does an --out name the standard output? */
bool outputs_take_stdout(const struct args *args);

#endif
