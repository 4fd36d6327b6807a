#!/bin/sh
# pylint_text.sh -- records tests/formats/pylint-text.
. "$(dirname "$0")/record.sh"
begin pylint-text "$(pylint --version | sed -n 's/^pylint //p')"
export PYLINTHOME="$work/pylint"

keep text pylint shop/cart.py shop/api.py layout/cart.py
keep parseable pylint --output-format=parseable shop/cart.py layout/cart.py
keep syntax pylint shop/syntax.py
keep clean pylint --disable=missing-docstring shop/good.py
keep no-score pylint -sn shop/cart.py
keep no-such-file pylint shop/nofile.py
