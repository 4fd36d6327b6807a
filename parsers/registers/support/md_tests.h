/* md_tests.h -- what in a text refers to a test. */
#ifndef PARSERS_REGISTERS_SUPPORT_MD_TESTS_H
#define PARSERS_REGISTERS_SUPPORT_MD_TESTS_H

#include "gate/model/finding.h"

/* The path is a file of tests by its name: test_x.py, x_test.go, x.spec.ts, XTest.java. */
bool md_is_test_file(struct str path);
/*
 * The test reference at the front of s that is one wherever it stands: a node ID, a test
 * file, `Class#method`, `-run TestX/sub`. Returns its length in s, 0 for none; *ref may be
 * shorter.
 */
size_t md_test_at(struct str s, struct str *ref, enum ref_scope *scope);
/*
 * A whole code span that is a test's name: `test_x()`, `TestX`, `Suite.Case`,
 * `crate::module::test`. `expected`: in a field of tests, where any such word names one.
 */
bool md_test_name(struct str span, bool expected, struct str *ref, enum ref_scope *scope);

#endif
