"""Prices in cents. Deliberately flawed: the demo needs failures to judge."""


def net(gross, rate):
    return round(gross / (1 + rate))


def discount(cents, percent):
    # rounds half to even, the price list wants half up (finding PR-2)
    return round(cents * (100 - percent) / 100)


def shipping(cents, country):
    table = {"DE": 490, "FR": 790}
    return cents + table[country]
