#!/bin/sh
# black.sh -- records tests/formats/black.
. "$(dirname "$0")/record.sh"
begin black "$(black --version | sed -n '1s/black, \([0-9.]*\).*/\1/p')"
normal='s|20[0-9-]* [0-9:.]* +0000|2026-01-02 03:04:05.678901 +0000|'

keep check black --check layout/cart.py layout/good.py shop/cart.py
keep broken black --check layout
keep clean black --check layout/good.py
keep diff black --check --diff layout/cart.py
keep rewritten black layout/cart.py
keep nothing black --check docs
keep no-such-file black --check layout/nofile.py
cut_run() {
	black --check layout/cart.py shop 2>&1 | head -n 2
}
keep cut cut_run
