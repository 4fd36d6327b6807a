import json
import sqlite3


class Stock:
    def __init__(self, path=":memory:"):
        self.db = sqlite3.connect(path)
        self.db.execute("create table items (sku text primary key, n integer)")

    def put(self, sku, n):
        self.db.execute("insert or replace into items values (?, ?)", (sku, n))

    def take(self, sku, n):
        # no check that enough is there (finding PR-3)
        self.db.execute("update items set n = n - ? where sku = ?", (n, sku))

    def count(self, sku):
        row = self.db.execute("select n from items where sku = ?", (sku,)).fetchone()
        return row[0] if row else 0

    def reserve(self, sku, n):
        # the table was never created (finding PR-1)
        self.db.execute("insert into reservations values (?, ?)", (sku, n))

    def dump(self):
        return json.dumps(dict(self.db.execute("select sku, n from items")))
