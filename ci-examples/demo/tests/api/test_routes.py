from shop.api import handle
from shop.stock import Stock


def test_stock_route():
    s = Stock()
    s.put("apple", 3)
    assert handle("/stock/apple", s)[0] == 200


def test_price_route():
    status, body = handle("/price/1000", Stock())
    assert (status, body) == (200, '{"cents": 1490}')


def test_unknown_route():
    assert handle("/nowhere", Stock())[0] == 404
