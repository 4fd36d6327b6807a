"""A test that prints a whole run of pytest, as tests of plugins do, and fails."""


def test_plugin():
    line = "=" * 29
    print(line + " test session starts " + line[:-1])
    print("collected 2 items\n\ntest_inner.py .F\n")
    print("=" * 35 + " FAILURES " + "=" * 35)
    print("_" * 35 + " test_boom " + "_" * 34)
    print("E   AssertionError: inner")
    print("=" * 27 + " short test summary info " + "=" * 28)
    print("FAILED test_inner.py::test_boom - AssertionError: inner")
    print("=" * 20 + " 1 failed, 41 passed in 0.10s " + "=" * 30)
    assert False, "outer"


def test_after():
    pass
