/*
 * ctest.c -- what `ctest -T Test` leaves in Testing/<stamp>/Test.xml:
 * https://cmake.org/cmake/help/latest/manual/ctest.1.html#dashboard-client
 *
 * A test is not run because someone said so (disabled, skipped), or because it could not be:
 * its program, a file or a fixture is missing. CTest calls the latter failed; here, errors.
 * Output is compressed unless ctest was told not to.
 */
#include <zlib.h>

#include "gate/base/limits.h"
#include "gate/base/utf8.h"
#include "parsers/parser.h"
#include "parsers/support/failure.h"
#include "parsers/support/xmlmap.h"

static const struct xml_word outcomes[] = {
	{ "passed", OUT_PASSED }, { "failed", OUT_FAILED }, { "notrun", OUT_SKIPPED },
	/* Of the exit code: */
	{ "SEGFAULT", OUT_ERROR }, { "ILLEGAL", OUT_ERROR }, { "INTERRUPT", OUT_ERROR },
	{ "NUMERICAL", OUT_ERROR }, { "OTHER_FAULT", OUT_ERROR }, { "Timeout", OUT_ERROR },
	{ "Subprocess aborted", OUT_ERROR }, { "Child aborted", OUT_ERROR },
	{ "Exception", OUT_ERROR }, { "Bad command", OUT_ERROR }, { "BAD_COMMAND", OUT_ERROR },
	/* Of the completion status: */
	{ "Unable to find executable", OUT_ERROR }, { "Required Files Missing", OUT_ERROR },
	{ "Fixture dependency failed", OUT_ERROR }, { "Missing Configuration", OUT_ERROR },
	{ NULL, 0 },
};
#define MEASURED(name) "Results/NamedMeasurement[@name=" name "]/Value"

static const struct xml_record records[] = {
	{ XML_TOOL, "/Site", .version = "@Generator" },
	{ XML_TEST, "Testing/Test", .id = "Name", .name = "Name",
		.outcome = MEASURED("Exit Code") "|" MEASURED("Completion Status") "|@Status",
		.seconds = MEASURED("Execution Time"), .type = MEASURED("Exit Code"),
		.message = MEASURED("Fail Reason"), .text = "Results/Measurement/Value",
		.outcomes = outcomes, .dialect = DIALECT_READY },
	{ 0 },
};

static int
base64_digit(char c)
{
	return is_upper(c) ? c - 'A' : is_lower(c) ? c - 'a' + 26 : is_digit(c) ? c - '0' + 52 :
		c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Up to the first byte that is not of it. */
static void
base64(struct buf *out, struct str s)
{
	unsigned long bits = 0;
	int n = 0;

	for (size_t i = 0; i < s.n; i++) {
		int d = base64_digit(s.p[i]);

		if (d < 0) {
			if (is_space(s.p[i]))
				continue;
			return;
		}
		bits = (bits << 6 | (unsigned long)d) & 0xffffff;
		n += 6;
		if (n >= 8) {
			n -= 8;
			buf_addc(out, (char)(bits >> n & 0xff));
		}
	}
}

/* Appends what it inflates to, as far as that goes; false when it is nothing of the kind. */
static bool
inflated(struct buf *out, struct str s)
{
	char piece[4096];
	z_stream z = { 0 };
	size_t before = out->n;
	int rc;

	if (s.n < 3 || inflateInit2(&z, 15 + 32) != Z_OK)
		return false;
	z.next_in = (unsigned char *)(uintptr_t)s.p;
	z.avail_in = (unsigned)s.n;
	do {
		z.next_out = (unsigned char *)piece;
		z.avail_out = sizeof(piece);
		rc = inflate(&z, Z_SYNC_FLUSH);
		buf_add(out, str_n(piece, sizeof(piece) - z.avail_out));
	} while (rc == Z_OK && z.avail_out == 0 && out->n < before + MAX_TEXT_KEPT);
	inflateEnd(&z);
	return out->n > before;
}

/* Base64 of what zlib or gzip writes? */
static bool
looks_packed(struct str s)
{
	return str_starts(s, "eJ") || str_starts(s, "eN") || str_starts(s, "eA") ||
		str_starts(s, "eF") || str_starts(s, "H4s");
}

/* The text is the reason, if there is one, and the output. */
static int
read_output(struct test_event *ev, struct buf *room)
{
	struct str reason = STR_NONE, output = ev->text;
	struct buf packed = BUF_INIT, plain = BUF_INIT;

	if (!looks_packed(output) && str_starts(output, "Required regular")) {
		reason = str_to(output, str_rchr(output, '\n'));
		output = str_from(output, reason.n + 1);
	}
	if (looks_packed(output)) {
		base64(&packed, output);
		if (inflated(&plain, buf_str(&packed))) {
			buf_add(room, reason);
			if (reason.n)
				buf_addc(room, '\n');
			utf8_repair(room, buf_str(&plain));
			ev->text = str_trim(buf_str(room));
			if (outcome_bad(ev->outcome))
				failure_place(ev->text, ev->file, ev->dialect, &ev->place,
					&ev->place_line);
			if (reason.n == 0)
				ev->message = failure_line(ev->text);
		}
	}
	buf_release(&packed);
	buf_release(&plain);
	if (ev->message.n == 0 && outcome_bad(ev->outcome))
		ev->message = ev->type;
	return 0;
}

static const struct xml_map map = {
	.roots = "Site", .marks = "<Testing", .records = records, .test = read_output,
};
XML_MAP_HOOKS(map)

const struct parser parser_ctest = {
	.name = "ctest",
	.help = "CTest's Test.xml (ctest -T Test)",
	.kind = KIND_TESTS,
	.tool = "ctest",
	.spec = "https://cmake.org/cmake/help/latest/manual/ctest.1.html#dashboard-client",
	.sniff = map_sniff,
	.parse = map_parse,
	.xml = &map,
};
