"""Every way in which a test can end, for the terminal output of pytest."""
import pytest


@pytest.fixture
def broken():
    raise ConnectionError("no database at localhost:5432")


@pytest.fixture
def leaky():
    yield 1
    raise RuntimeError("left open")


def test_total():
    assert 1 + 1 == 2


def test_discount():
    price = 100
    rate = 0.1
    assert price * (1 - rate) == 91, "discount is wrong"


@pytest.mark.parametrize("name", ["apple", "pear [ripe]", "a - b", "open ["])
def test_names(name):
    assert name == "apple"


def test_database(broken):
    pass


def test_leaky(leaky):
    assert leaky == 2


def test_leaky_pass(leaky):
    print("captured words\nFAILED not/a/test.py::no\n====== 3 failed in 1.0s ======")


@pytest.mark.skip(reason="not on this machine")
def test_skipped():
    pass


@pytest.mark.xfail(reason="known")
def test_xfail():
    assert False


@pytest.mark.xfail(reason="known")
def test_xpass():
    assert True


@pytest.mark.xfail(strict=True, reason="strict")
def test_xpass_strict():
    assert True


class TestOrders:
    def test_raises(self):
        raise ValueError("order 17 has no lines\nsecond line")

    def helper(self):
        raise KeyError("deep")

    def test_chain(self):
        try:
            self.helper()
        except KeyError as e:
            raise RuntimeError("outer") from e
