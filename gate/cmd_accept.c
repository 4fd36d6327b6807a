/*
 * cmd_accept.c -- `gate accept`: a complete entry in the structured register, or none. Who,
 * why and until when, for a finding that somebody holds, within the policy's terms.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "gate/accept.h"
#include "gate/accept_entry.h"
#include "gate/base/date.h"
#include "gate/base/glob.h"
#include "gate/base/limits.h"
#include "gate/command.h"
#include "gate/input/discover.h"
#include "parsers/registers/register.h"
#include "policies/engine/read.h"

#define NEW_REGISTER "known-failures.yaml"

static const struct option options[] = {
	{ .name = "finding", .arg = "ID", .help = "the finding that explains the failure" },
	{ .name = "reason", .arg = "TEXT", .help = "why it may fail for now" },
	{ .name = "owner", .arg = "WHO", .help = "who sees to it" },
	{ .name = "expires", .arg = "DATE", .help = "the last day, YYYY-MM-DD" },
	{ .name = "removed", .help = "the test was taken away on purpose" },
	{ .name = "renamed-to", .arg = "NEW", .help = "the test has a new name" },
	{ .name = "register", .arg = "FILE",
	  .help = "append to this one (default: the policy's first structured register)" },
	{ .name = "policy", .arg = "FILE",
	  .help = "policy file or preset (default: gate.yaml, searched upwards)" },
	{ .name = "now", .arg = "RFC3339",
	  .help = "the clock of the term (default: the system's)" },
	{ 0 },
};

/* The option's text; everything that lacks is said at once. */
static struct str
needed(struct accept *a, const char *name, const char *hint)
{
	const char *value = args_get(a->args, name);

	if (value == NULL)
		accept_refuse(a, hint, "an entry needs --%s", name);
	else if (accept_is_text(a, arena_printf(&a->mem, "--%s", name).p, str_of(value)))
		return str_trim(str_of(value));
	return STR_NONE;
}

static void
check_test(struct accept *a)
{
	const char *test = args_operand(a->args, 0);

	if (test == NULL || args_operands(a->args) > 1) {
		accept_refuse(a, "gate accept 'tests/test_a.py::test_b' --finding ID "
			"--reason TEXT --owner WHO --expires DATE",
			test ? "one test at a time" : "which test?");
		return;
	}
	a->test = str_trim(str_of(test));
	if (accept_is_text(a, "the test", a->test) && glob_universal(a->test))
		accept_refuse(a, "write the ID of the test, as the runner would select it",
			"the pattern '%s' matches nearly everything", test);
}

/* The register to write: the one named, the policy's first structured one, a new one. */
static void
choose_register(struct accept *a)
{
	const char *named = args_get(a->args, "register");
	struct str path = named ? path_join(&a->mem, STR_NONE, str_of(named)) : STR_NONE;
	struct stat st;

	for (size_t i = 0; i < a->fs.regs.n && a->path == NULL; i++) {
		const struct reg *reg = a->fs.regs.v[i];

		if (named ? !str_eq(path_join(&a->mem, STR_NONE, reg->path), path) :
		    reg->kind != REGISTER_STRUCTURED)
			continue;
		a->listed = true;
		a->path = arena_z(&a->mem, reg->path);
		a->shown = reg->shown;
		if (reg->kind != REGISTER_STRUCTURED)
			accept_refuse(a, "--register names a structured one: YAML or JSON with "
				"`version` and `findings`", "'%.*s' is no structured register",
				STR_FMT(reg->shown));
	}
	if (a->path == NULL) {
		a->shown = named ? path : STR(NEW_REGISTER);
		a->path = arena_z(&a->mem, named ? path :
			path_join(&a->mem, a->policy.base, STR(NEW_REGISTER)));
		path_from(&a->mem, a->policy.base, str_of(a->path), &a->shown);
	}
	a->exists = a->listed || stat(a->path, &st) == 0;
}

/* The policy's, and the one to write though the policy does not name it yet. */
static int
read_all(struct accept *a)
{
	struct findings *fs = &a->fs;
	int rc = policy_registers(&a->policy, fs, &a->d);

	for (size_t i = 0; rc == 0 && i < fs->regs.n; i++)
		register_read(fs, fs->regs.v[i], a->policy.redactor, &a->d);
	choose_register(a);
	if (a->d.errors == 0 && a->exists && !a->listed) {
		struct reg *reg = findings_reg(fs, str_of(a->path), a->shown);

		reg->fill_expires = DATE_NONE;
		register_read(fs, reg, a->policy.redactor, &a->d);
	}
	if (a->d.errors)
		return -1;
	findings_resolve(fs);
	return 0;
}

/* The bytes as they are, since that is what stays. */
static int
read_bytes(struct accept *a, struct buf *out)
{
	FILE *f = fopen(a->path, "rb");
	char chunk[8192];
	size_t n;

	if (f == NULL) {
		accept_refuse(a, NULL, "can't read %s: %s", a->path, strerror(errno));
		return -1;
	}
	while (out->n <= MAX_REGISTER_BYTES && (n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		buf_add(out, str_n(chunk, n));
	if (ferror(f) || out->n > MAX_REGISTER_BYTES)
		accept_refuse(a, NULL, "can't read %s whole", a->path);
	fclose(f);
	return a->d.errors ? -1 : 0;
}

/* What was written is read once more, by the register's own reader, before it is kept. */
static void
prove(struct accept *a, struct str text)
{
	struct findings fs = { 0 };
	struct reg *reg = findings_reg(&fs, str_of(a->path), a->shown);

	str_skip(&text, "\xef\xbb\xbf");
	reg->text = text;
	reg->fill_expires = DATE_NONE;
	for (size_t i = 0; register_parsers[i]; i++)
		if (register_parsers[i]->kind == REGISTER_STRUCTURED) {
			reg->kind = REGISTER_STRUCTURED;
			register_parsers[i]->parse(&fs, reg, &a->d);
		}
	findings_release(&fs);
}

static int
append(struct accept *a, const struct addition *add, long *line)
{
	struct buf was = BUF_INIT, text = BUF_INIT;
	struct err err = { 0 };
	int rc = EXIT_INVALID;

	if (!a->exists)
		buf_addz(&was, REGISTER_START);
	else if (read_bytes(a, &was) < 0)
		goto out;
	if (register_append(buf_str(&was), a->path, add, &text, line, &err) < 0)
		diag_err(&a->d, &err);
	else
		prove(a, buf_str(&text));
	if (a->d.errors == 0)
		rc = output_write(a->path, buf_str(&text)) < 0 ? EXIT_INCONCLUSIVE : EXIT_PASS;
out:
	buf_release(&was);
	buf_release(&text);
	return rc;
}

/* Who, why, until when; all of it or nothing. */
static bool
make_waiver(struct accept *a, struct addition *add, struct buf *said)
{
	struct accept_entry e = {
		.test = a->test,
		.reason = needed(a, "reason", "--reason 'why it may fail for now'"),
		.owner = needed(a, "owner", "--owner: who sees to it"),
		.expires = needed(a, "expires", "--expires: the last day, e.g. 2027-03-31"),
	};
	struct str id = needed(a, "finding", "--finding: the one that explains the failure");

	accept_check_term(a, e.expires);
	e.finding = accept_finding(a, id);
	accept_check_double(a);
	if (a->d.errors)
		return false;
	e.id = accept_new_id(a, e.finding);
	buf_addf(said, "%.*s waives %.*s until %.*s", STR_FMT(e.id), STR_FMT(a->test),
		STR_FMT(e.expires));
	accept_waiver(&a->mem, &e, add);
	return true;
}

/* --removed and --renamed-to: a test that goes has no finding and no term. */
static bool
make_gone(struct accept *a, struct addition *add, struct buf *said)
{
	static const char *const others[] = { "finding", "expires", "reason", "owner" };
	const char *to = args_get(a->args, "renamed-to");

	for (size_t i = 0; i < 4; i++)
		if (args_has(a->args, others[i]))
			accept_refuse(a, "say it in the change's message",
				"a test that goes needs no --%s", others[i]);
	if (to && args_has(a->args, "removed"))
		accept_refuse(a, NULL, "a test is removed or renamed, not both");
	if (to && accept_is_text(a, "--renamed-to", str_of(to)) &&
	    str_eq(str_trim(str_of(to)), a->test))
		accept_refuse(a, NULL, "'%s' is the name it has", to);
	for (size_t i = 0; i < a->fs.regs.n; i++) {
		const struct reg *reg = a->fs.regs.v[i];

		if (str_list_has(to ? &reg->renamed_from : &reg->removed, a->test))
			accept_refuse(a, NULL, "%.*s lists this test as %s already",
				STR_FMT(reg->shown), to ? "renamed" : "removed");
	}
	if (a->d.errors)
		return false;
	accept_gone(&a->mem, a->test, to ? str_trim(str_of(to)) : STR_NONE, add);
	buf_addf(said, "%.*s was %s", STR_FMT(a->test), to ? "renamed to " : "removed");
	if (to)
		buf_add(said, str_trim(str_of(to)));
	return true;
}

static int
accept(struct accept *a)
{
	bool gone = args_has(a->args, "removed") || args_has(a->args, "renamed-to");
	struct addition add = { 0 };
	struct buf said = BUF_INIT;
	int rc = EXIT_INVALID;
	long line = 0;

	check_test(a);
	if (gone ? make_gone(a, &add, &said) : make_waiver(a, &add, &said))
		rc = append(a, &add, &line);
	if (rc == EXIT_PASS) {
		printf("%s:%ld: %s\n", a->path, line, buf_z(&said));
		if (!a->listed)
			fprintf(stderr, "hint: the policy does not name this register yet; add to "
				"`registers:` of %.*s\n  - %.*s\n", STR_FMT(a->policy.path),
				STR_FMT(a->shown));
	}
	buf_release(&said);
	return rc;
}

static int
load(struct accept *a)
{
	const char *path = args_get(a->args, "policy"), *now = args_get(a->args, "now");

	a->now = date_now();
	if (now && !date_parse_instant(str_of(now), &a->now)) {
		accept_refuse(a, "write it like 2026-01-31T12:00:00Z",
			"--now '%s' is no RFC 3339 instant", now);
		return -1;
	}
	if (path == NULL)
		path = policy_search(&a->mem);
	if (path == NULL) {
		accept_refuse(a, "`gate init` writes a first one; --policy FILE names one",
			"no gate.yaml here or above");
		return -1;
	}
	return policy_load(&a->policy, path, &a->d) < 0 ? -1 : read_all(a);
}

static int
run(const struct args *args)
{
	struct accept a = { .args = args };
	int rc = load(&a) < 0 ? EXIT_INVALID : accept(&a);

	diags_print(stderr, &a.d, DIAG_ERROR);
	findings_release(&a.fs);
	policy_release(&a.policy);
	diags_release(&a.d);
	arena_release(&a.mem);
	return rc;
}

const struct command cmd_accept = {
	.name = "accept",
	.usage = "TEST --finding ID --reason TEXT --owner WHO --expires DATE",
	.help = "append a complete waiver to the structured register",
	.about = "Appends to the policy's first structured register, else to a new\n"
		 "known-failures.yaml beside the policy; what stands there stays as it is.\n"
		 "Nothing is written unless the entry is complete, its finding known and open,\n"
		 "and its term within the policy's.\n\n"
		 "  gate accept TEST --removed             it was taken away on purpose\n"
		 "  gate accept TEST --renamed-to NEW      it has a new name",
	.options = options,
	.run = run,
};
