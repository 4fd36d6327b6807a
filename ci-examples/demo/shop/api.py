import os, json
from shop.stock import Stock
from shop import pricing


def handle(path, stock):
    if path.startswith("/stock/"):
        sku = path.split("/")[2]
        return 200, json.dumps({"sku": sku, "n": stock.count(sku)})
    if path.startswith("/price/"):
        cents = int(path.split("/")[2])
        return 200, json.dumps({"cents": pricing.shipping(cents, "AT")})
    return 404, "{}"
