/*
 * identity.h -- the name by which the runner itself would select a case, and how people
 * spell such names.
 */
#ifndef GATE_MODEL_IDENTITY_H
#define GATE_MODEL_IDENTITY_H

#include "gate/base/buf.h"
#include "gate/model/event.h"

/*
 * Appends the ID without suite prefix and repeat number: pytest
 * "tests/api/test_x.py::TestY::test_z[p]" (from JUnit's dotted classname too), Java
 * "com.x.FooTest#bar", Go "pkg/path.TestX/sub", JavaScript "file > describe > it", Rust
 * "crate::module::test", else "class::name".
 */
void identity_test(struct buf *out, const struct test_event *ev);
/* The file that the ID names, where the report has no other: pytest's, JavaScript's. Or empty. */
struct str identity_file(const struct test_event *ev, struct str id);
/*
 * The comparable spelling of a test ID or of a reference to one: dotted, node-ID,
 * `Class#method`, joined-title and nextest spellings of the same case become equal.
 */
void identity_normal(struct buf *out, struct str spelling);
/* The bare name of a case: last part, without parameters "[...]" or "(...)". */
struct str identity_bare(struct str name);
/* s is the path of a JavaScript or TypeScript file (or a feature that such a runner reads). */
bool identity_js_path(struct str s);

#endif
