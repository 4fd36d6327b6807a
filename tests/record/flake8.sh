#!/bin/sh
# flake8.sh -- records tests/formats/flake8.
. "$(dirname "$0")/record.sh"
begin flake8 "$(flake8 --version | cut -d' ' -f1 | head -n 1)"

keep default flake8 shop/cart.py shop/api.py layout
keep pylint flake8 --format=pylint shop/cart.py shop/api.py
keep syntax flake8 shop/syntax.py shop/cart.py
keep count flake8 --count --statistics shop/cart.py shop/api.py
keep source flake8 --show-source shop/cart.py layout/cart.py
keep no-such-file flake8 shop/cart.py shop/nofile.py
