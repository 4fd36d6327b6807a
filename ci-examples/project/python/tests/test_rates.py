import pytest

from parcel.rates import cheapest, rate


def test_home():
    assert rate("home", 800) == 450


def test_half_a_cent_is_rounded_up():
    assert rate("home", 1001) == 452


def test_a_gram_and_a_half():
    assert rate("near", 1003) == 895


@pytest.mark.parametrize("zone, price", [("home", 450), ("near", 890), ("far", 1490)])
def test_light_parcels(zone, price):
    assert rate(zone, 1) == price


def test_cheapest_of_none():
    assert cheapest(500, []) is None
