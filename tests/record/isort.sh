#!/bin/sh
# isort.sh -- records tests/formats/isort.
. "$(dirname "$0")/record.sh"
begin isort "$(isort --version | sed -n 's/.*VERSION *//p')"
normal='s|20[0-9-]* [0-9:.]*$|2026-01-02 03:04:05.678901|'

keep errors isort --check shop
keep skipped isort --check shop --skip shop/cart.py
keep diff isort --check --diff shop/cart.py shop/good.py
keep clean isort --check --verbose shop/good.py
keep no-such-path isort --check shop/nofile.py
