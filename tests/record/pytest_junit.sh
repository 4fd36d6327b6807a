#!/bin/sh
# Records what the installed pytest writes for a small suite that fails in every way a suite
# can: tests/formats/junit/recorded-pytest-*/input.xml. Durations, dates, the host and the
# temporary folder are replaced, so that recording again changes nothing but what pytest did.
set -eu
pytest=$(command -v pytest-3 || command -v pytest)
top=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
mkdir -p tests/unit tests/broken

cat >conftest.py <<'EOF'
import pytest


@pytest.fixture
def no_server():
    raise ConnectionError("no server at 127.0.0.1:9")


@pytest.fixture
def leaky():
    yield
    raise OSError("temporary file is gone")
EOF
cat >tests/unit/test_cart.py <<'EOF'
import unittest

import pytest


def total(prices):
    return sum(prices)


def test_empty_cart():
    assert total([]) == 0


@pytest.mark.parametrize("prices,want", [([1, 2], 3), ([1, 2], 4), ([], "a::b/c <&> é")])
def test_total(prices, want):
    assert total(prices) == want


class TestCart:
    def test_adds(self):
        pass

    class TestNested:
        def test_counts(self):
            assert [1, 2] == [1, 3], "the second item differs"


def test_needs_server(no_server):
    pass


def test_leaks(leaky):
    pass


def test_fails_and_leaks(leaky):
    assert False


@pytest.mark.skip(reason="not yet")
def test_later():
    pass


@pytest.mark.xfail(reason="known to fail")
def test_expected_failure():
    assert 1 == 2


@pytest.mark.xfail(strict=True, reason="was fixed")
def test_unexpected_pass():
    pass


def test_colours():
    raise ValueError("\x1b[31mred\x1b[0m and a bell \x07")


def test_prints(capsys):
    print("<failure>printed</failure>")


def test_property(record_property):
    record_property("finding", "F1")
    assert False


class OldStyle(unittest.TestCase):
    def test_sub(self):
        for i in (1, 2):
            with self.subTest(i=i):
                self.assertEqual(i, 1)
EOF
cat >tests/broken/test_import.py <<'EOF'
import a_module_that_nobody_has  # noqa: F401
EOF

record() {
	family=$1
	out=$top/tests/formats/junit/recorded-pytest-$family
	mkdir -p "$out"
	$pytest -p no:cacheprovider -q -o junit_family="$family" \
		--continue-on-collection-errors --junitxml="$tmp/out.xml" >"$tmp/log" 2>&1 || [ $? = 1 ] || { cat "$tmp/log" >&2; exit 1; }
	sed -e "s|$tmp|/checkout|g" -e 's/ time="[0-9.]*"/ time="0.012"/g' \
		-e 's/ timestamp="[^"]*"/ timestamp="2026-01-02T03:04:05"/g' \
		-e 's/ hostname="[^"]*"/ hostname="runner"/g' \
		-e 's/0x[0-9a-f]\{6,\}/0x7f0000000000/g' \
		-e 's|/usr/lib/python3[.0-9]*|/usr/lib/python3|g' "$tmp/out.xml" >"$out/input.xml"
}
record xunit1
record xunit2
