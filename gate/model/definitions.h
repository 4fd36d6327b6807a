/*
 * definitions.h -- which tests a source file defines, read off its lines: `def test_x` in a
 * class, `func TestX`, `it('...')`, a method, `TEST(Suite, Case)`, `fn x`. Layout tells what
 * stands in what, as formatters leave it. Whatever is not plainly a definition is none: those
 * who ask want to be sure that one is gone.
 */
#ifndef GATE_MODEL_DEFINITIONS_H
#define GATE_MODEL_DEFINITIONS_H

#include "gate/base/arena.h"
#include "gate/base/buf.h"
#include "gate/base/mem.h"

enum language {
	LANG_NONE,
	LANG_PYTHON,
	LANG_GO,
	LANG_JS,
	LANG_CLASSES, /* Java, Kotlin, C#, PHP: methods of classes in packages */
	LANG_RUST,
	LANG_CPP,
};
enum language language_of_path(struct str path);

struct definition {
	struct str file;  /* from the repository's root */
	struct str scope; /* package, classes, titles: joined as the language's IDs are */
	struct str name;
	struct str crate; /* of Rust, where its Cargo.toml says; else its folder's name counts */
	long line;
};

/* One file on its way, line by line; zero-initialise but file and mem. */
struct definition_scan {
	struct arena *mem;
	struct str file;
	enum language lang;
	struct str crate;
	long line;
	struct { struct definition *v; size_t n, cap; } found;
	/* private */
	struct { struct open_scope *v; size_t n, cap; } open;
	struct str package;
	bool in_text, in_comment;
};
/* `text` without its newline; it may die after the call. */
void definition_line(struct definition_scan *s, struct str text);
void definition_scan_release(struct definition_scan *s);

/*
 * The comparable spellings of the test that is defined so: the longest that is it, and the
 * shortest that is still it. Both are ends of one another.
 */
void definition_key(const struct definition *d, struct buf *longest, size_t *shortest);

#endif
