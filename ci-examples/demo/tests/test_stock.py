import time

import pytest

from shop.stock import Stock


@pytest.fixture
def stock():
    s = Stock()
    s.put("apple", 3)
    return s


def test_put_and_count(stock):
    assert stock.count("apple") == 3


def test_take_never_goes_below_zero(stock):
    stock.take("apple", 5)
    assert stock.count("apple") == 0


class TestReservations:
    def test_reserve(self, stock):
        stock.reserve("apple", 1)

    def test_reserve_unknown_item(self, stock):
        with pytest.raises(KeyError):
            stock.reserve("pear", 1)


def test_dump(stock):
    assert stock.dump() == '{"apple": 3}'
