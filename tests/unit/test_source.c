/* test_source.c -- every layer between bytes as found and clean text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gate/base/buf.h"
#include "gate/base/limits.h"
#include "gate/base/utf8.h"
#include "gate/input/clean.h"
#include "gate/input/source.h"

#define BYTES(lit) { lit, sizeof(lit) - 1 }

static void
read_all(struct source *s, size_t step, struct buf *out)
{
	char p[8192];
	size_t n;

	while ((n = source_read(s, p, step)) != 0)
		buf_add(out, str_n(p, n));
}

static void
test_decoding(void **state)
{
	static const struct {
		const char *what;
		struct str in;
		const char *out;
		unsigned long replaced;
		long line;
		bool wrong;
	} rows[] = {
		{ "nothing", BYTES(""), "", 0, 0, false },
		{ "plain", BYTES("a\tb\r\nc"), "a\tb\r\nc", 0, 0, false },
		{ "utf-8", BYTES("na\xc3\xafve \xe2\x82\xac \xf0\x9f\x98\x80"),
			"na\xc3\xafve \xe2\x82\xac \xf0\x9f\x98\x80", 0, 0, false },
		{ "mark", BYTES("\xef\xbb\xbfx"), "x", 0, 0, false },
		{ "mark alone", BYTES("\xef\xbb\xbf"), "", 0, 0, false },
		{ "bad byte",
			BYTES("a\n\nb\xff"
			      "c"),
			"a\n\nb?c", 1, 3, false },
		{ "cut character", BYTES("ab\xe2\x82"), "ab??", 2, 1, false },
		{ "overlong", BYTES("\xc0\xaf"), "??", 2, 1, false },
		{ "surrogate", BYTES("\xed\xa0\x80"), "???", 3, 1, false },
		{ "noncharacter", BYTES("a\xef\xbf\xbf"), "a\xef\xbf\xbd", 1, 1, false },
		{ "control", BYTES("<a>\n\x01\x1b[0m\0</a>"), "<a>\n??[0m?</a>", 3, 2, false },
		{ "colours of a text", BYTES("\x1b[31mFAILED\x1b[0m x\x1b[K"), "FAILED x", 0, 0,
			false },
		{ "a link of a text", BYTES("\x1b]8;;http://x\x1b\\E501\x1b]8;;\a!"), "E501!", 0, 0,
			false },
		{ "a cut colour", BYTES("x\x1b[3"), "x?[3", 1, 1, false },
		{ "no sequence", BYTES("x\x1b y"), "x? y", 1, 1, false },
		{ "log that starts with a bracket", BYTES("[INFO] \x1b[1mx"), "[INFO] x", 0, 0,
			false },
		{ "json", BYTES("[{\"a\":\"\x1b[1m\"}]"), "[{\"a\":\"?[1m\"}]", 1, 1, false },
		{ "utf-16le, mark", BYTES("\xff\xfe<\0a\0/\0>\0"), "<a/>", 0, 0, false },
		{ "utf-16be, mark", BYTES("\xfe\xff\0<\0a\0/\0>"), "<a/>", 0, 0, false },
		{ "utf-16le", BYTES("<\0a\0/\0>\0"), "<a/>", 0, 0, false },
		{ "utf-16be", BYTES("\0<\0a\0/\0>"), "<a/>", 0, 0, false },
		{ "utf-16 pair", BYTES("\xff\xfe\x3d\xd8\x00\xde"), "\xf0\x9f\x98\x80", 0, 0,
			false },
		{ "utf-16 half pair", BYTES("\xff\xfe\n\0\x3d\xd8x\0"), "\n\xef\xbf\xbdx", 1, 2,
			false },
		{ "utf-16 odd byte", BYTES("\xff\xfex\0y"), "x\xef\xbf\xbd", 1, 1, false },
		{ "utf-16 control", BYTES("\xff\xfe<\0\x01\0"), "<?", 1, 1, false },
		{ "latin-1",
			BYTES("<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xe9 \x80</a>"),
			"<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xc3\xa9 "
			"\xe2\x82\xac</a>",
			0, 0, false },
		{ "latin-1, high byte last",
			BYTES("<?xml version='1.0' encoding='latin1'?>caf\xe9"),
			"<?xml version='1.0' encoding='latin1'?>caf\xc3\xa9", 0, 0, false },
		{ "latin-1, plain", BYTES("<?xml version='1.0' encoding='ISO-8859-1'?><a/>"),
			"<?xml version='1.0' encoding='ISO-8859-1'?><a/>", 0, 0, false },
		{ "latin-1 that is utf-8",
			BYTES("<?xml version='1.0' encoding='ISO-8859-1'?>caf\xc3\xa9"),
			"<?xml version='1.0' encoding='ISO-8859-1'?>caf\xc3\xa9", 0, 0, true },
		{ "1252 hole", BYTES("<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n\x81"),
			"<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n\xef\xbf\xbd", 1, 2,
			false },
		{ "latin-9", BYTES("<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?>\xa4\xe9"),
			"<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?>\xe2\x82\xac\xc3\xa9", 0,
			0, false },
		{ "utf-16 declared, 8 bits",
			BYTES("<?xml version='1.0' encoding='utf-16'?><a>\xc3\xa9</a>"),
			"<?xml version='1.0' encoding='utf-16'?><a>\xc3\xa9</a>", 0, 0, true },
		{ "unknown name", BYTES("<?xml version='1.0' encoding='klingon'?><a/>"),
			"<?xml version='1.0' encoding='klingon'?><a/>", 0, 0, true },
		{ "ascii declared", BYTES("<?xml version='1.0' encoding='us-ascii'?>\xc3\xa9"),
			"<?xml version='1.0' encoding='us-ascii'?>\xc3\xa9", 0, 0, true },
		{ "mark against the declaration",
			BYTES("\xef\xbb\xbf<?xml version='1.0' encoding='latin1'?>"),
			"<?xml version='1.0' encoding='latin1'?>", 0, 0, true },
		{ "utf-8 declared, latin-1 byte",
			BYTES("<?xml version='1.0' encoding='utf-8'?>caf\xe9<"),
			"<?xml version='1.0' encoding='utf-8'?>caf?<", 1, 1, false },
		{ "endless declaration", BYTES("<?xml version='1.0' encoding='latin1"),
			"<?xml version='1.0' encoding='latin1", 0, 0, false },
	};
	static const size_t steps[] = { 1, 3, 4000 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (size_t k = 0; k < 3; k++) {
			struct source *s = source_of_memory(rows[i].in);
			struct buf out = BUF_INIT;

			read_all(s, steps[k], &out);
			if (strcmp(buf_z(&out), rows[i].out) != 0)
				print_error("%s\n", rows[i].what);
			assert_string_equal(buf_z(&out), rows[i].out);
			assert_int_equal(source_replaced(s), rows[i].replaced);
			assert_int_equal(source_replaced_line(s), rows[i].line);
			assert_int_equal(source_wrong_encoding(s), rows[i].wrong);
			assert_int_equal(source_status(s), SOURCE_OK);
			assert_int_equal(source_bytes(s), out.n);
			source_close(s);
			buf_release(&out);
		}
	}
}

static void
test_shift_jis(void **state)
{
	struct source *s = source_of_memory(
		STR("<?xml version='1.0' encoding='Shift_JIS'?><a>\x83\x65\x83\x58\x83\x67</a>"));
	struct buf out = BUF_INIT;

	(void)state;
	read_all(s, 7, &out);
	assert_true(str_has(buf_str(&out), "<a>\xe3\x83\x86\xe3\x82\xb9\xe3\x83\x88</a>"));
	assert_int_equal(source_replaced(s), 0);
	source_close(s);
	buf_release(&out);
}

/* A text of n bytes with something beyond ASCII wherever a chunk may end. */
static void
make_text(struct buf *b, size_t n, const char *odd)
{
	buf_reset(b);
	for (size_t i = 0; b->n < n; i++)
		buf_addf(b, "%zu %s line%s\n", i, odd, i % 7 ? "" : " with more in it");
}

static void
test_chunk_borders(void **state)
{
	struct buf text = BUF_INIT, out = BUF_INIT;

	(void)state;
	for (size_t shift = 0; shift < 8; shift++) {
		struct source *s;

		make_text(&text, 3 * READ_CHUNK, "\xf0\x9f\x98\x80\xe2\x82\xac");
		buf_addn(&text, '.', shift);
		memmove(text.p + shift, text.p, text.n - shift);
		memset(text.p, '.', shift);
		s = source_of_memory(buf_str(&text));
		buf_reset(&out);
		read_all(s, 4000, &out);
		assert_true(str_eq(buf_str(&text), buf_str(&out)));
		assert_int_equal(source_replaced(s), 0);
		source_close(s);
	}
	/* The same with colours, which must be gone wherever they were cut. */
	for (size_t shift = 0; shift < 8; shift++) {
		struct source *s;

		make_text(&text, 3 * READ_CHUNK, "x\x1b[38;5;196mred\x1b[0m");
		buf_addn(&text, '.', shift);
		memmove(text.p + shift, text.p, text.n - shift);
		memset(text.p, '.', shift);
		s = source_of_memory(buf_str(&text));
		buf_reset(&out);
		read_all(s, 4000, &out);
		assert_int_equal(str_chr(buf_str(&out), '\x1b'), STR_NPOS);
		assert_true(str_has(buf_str(&out), "xred line"));
		assert_false(str_has(buf_str(&out), "[0m"));
		assert_int_equal(source_replaced(s), 0);
		source_close(s);
	}
	buf_release(&text);
	buf_release(&out);
}

/* Latin-1 whose first high byte is far behind the head, and ends a chunk. */
static void
test_late_latin(void **state)
{
	static const char head[] = "<?xml version='1.0' encoding='ISO-8859-1'?>\n";
	struct buf text = BUF_INIT, out = BUF_INIT;

	(void)state;
	for (size_t pad = 2 * READ_CHUNK - 70; pad < 2 * READ_CHUNK + 10; pad++) {
		struct source *s;

		buf_reset(&text);
		buf_addz(&text, head);
		buf_addn(&text, 'a', pad);
		buf_addz(&text, "\xe4\xf6\xfc" "b");
		s = source_of_memory(buf_str(&text));
		buf_reset(&out);
		read_all(s, 8192, &out);
		assert_int_equal(out.n, text.n + 3);
		assert_true(str_ends(buf_str(&out), "a\xc3\xa4\xc3\xb6\xc3\xbc" "b"));
		assert_int_equal(source_replaced(s), 0);
		assert_false(source_wrong_encoding(s));
		source_close(s);
		/* The same place, but UTF-8. */
		buf_cut(&text, text.n - 4);
		buf_addz(&text, "\xc3\xa4");
		s = source_of_memory(buf_str(&text));
		buf_reset(&out);
		read_all(s, 8192, &out);
		assert_true(str_eq(buf_str(&out), buf_str(&text)));
		assert_true(source_wrong_encoding(s));
		source_close(s);
	}
	buf_release(&text);
	buf_release(&out);
}

static void
test_lines(void **state)
{
	struct source *s = source_of_memory(STR("one\r\n\ntwo \xc3\xa9\r\nlast\r"));
	static const char *const want[] = { "one", "", "two \xc3\xa9", "last" };
	struct str line;
	long n = 0;

	(void)state;
	assert_true(str_starts(source_head(s), "one\r\n"));
	while (source_line(s, &line)) {
		assert_true(n < 4);
		assert_true(str_eqz(line, want[n]));
		assert_int_equal(source_line_number(s), ++n);
	}
	assert_int_equal(n, 4);
	assert_int_equal(source_bytes(s), 19);
	source_close(s);
}

static void
test_long_lines(void **state)
{
	struct buf text = BUF_INIT;
	struct source *s;
	struct str line;

	(void)state;
	buf_addn(&text, 'x', MAX_LINE_BYTES - 1);
	buf_addz(&text, "\xc3\xa9 and more\n");
	buf_addn(&text, 'y', 3 * MAX_LINE_BYTES);
	buf_addz(&text, "\nz\n");
	buf_addn(&text, 'w', MAX_LINE_BYTES);
	s = source_of_memory(buf_str(&text));
	assert_true(source_line(s, &line));
	assert_int_equal(line.n, MAX_LINE_BYTES - 1); /* no character is cut */
	assert_true(source_line(s, &line));
	assert_int_equal(line.n, MAX_LINE_BYTES);
	assert_int_equal(line.p[0], 'y');
	assert_true(source_line(s, &line));
	assert_true(str_eqz(line, "z"));
	assert_int_equal(source_line_number(s), 3);
	assert_true(source_line(s, &line));
	assert_int_equal(line.n, MAX_LINE_BYTES);
	assert_false(source_line(s, &line));
	assert_int_equal(source_cut_lines(s), 2);
	assert_int_equal(source_bytes(s), text.n);
	source_close(s);
	buf_release(&text);
}

/* The head is not consumed, is at most SNIFF_BYTES, and cuts no character. */
static void
test_head(void **state)
{
	struct buf text = BUF_INIT, out = BUF_INIT;
	struct source *s;
	struct str head;

	(void)state;
	buf_addc(&text, 'x');
	while (text.n < 4 * SNIFF_BYTES)
		buf_addz(&text, "\xe2\x82\xac");
	s = source_of_memory(buf_str(&text));
	head = source_head(s);
	assert_true(head.n <= SNIFF_BYTES && head.n > SNIFF_BYTES - 4);
	assert_true(utf8_valid(head));
	read_all(s, 8192, &out);
	assert_true(str_eq(buf_str(&out), buf_str(&text)));
	source_close(s);
	buf_release(&text);
	buf_release(&out);
}

/* The fast scan against the plain definition, at every offset. */
static void
test_plain_scan(void **state)
{
	char p[600];

	(void)state;
	for (size_t bad = 0; bad < 520; bad += 3) {
		for (int c = 0; c < 256; c += c < 33 ? 1 : 19) {
			bool plain = (c >= 0x20 && c < 0x80) || c == '\n' || c == '\t' || c == '\r';
			long lines = 0, want = 0;
			size_t end = plain ? sizeof(p) : bad;

			memset(p, 'a', sizeof(p));
			for (size_t i = 0; i < sizeof(p); i += 5)
				p[i] = '\n';
			p[bad] = (char)c;
			for (size_t i = 0; i < end; i++)
				want += p[i] == '\n';
			assert_int_equal(clean_plain(str_n(p, sizeof(p)), &lines), end);
			assert_int_equal(lines, want);
		}
	}
}

static void
test_line_of_first_replacement(void **state)
{
	struct buf text = BUF_INIT;
	struct source *s;
	char p[4000];

	(void)state;
	for (int i = 0; i < 100000; i++)
		buf_addz(&text, "a line of text\n");
	buf_addz(&text, "x\x01\n\x02");
	s = source_of_memory(buf_str(&text));
	while (source_read(s, p, sizeof(p)))
		;
	assert_int_equal(source_replaced(s), 2);
	assert_int_equal(source_replaced_line(s), 100001);
	source_close(s);
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decoding),
		cmocka_unit_test(test_shift_jis),
		cmocka_unit_test(test_chunk_borders),
		cmocka_unit_test(test_late_latin),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_plain_scan),
		cmocka_unit_test(test_line_of_first_replacement),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
