#!/bin/sh
# mypy.sh -- records tests/formats/mypy.
. "$(dirname "$0")/record.sh"
begin mypy "$(mypy --version | cut -d' ' -f2)"

run() {
	mypy --cache-dir=/dev/null --explicit-package-bases "$@"
}

keep errors run shop/cart.py shop/api.py
keep clean run shop/good.py
keep context run --show-column-numbers --show-error-context shop/cart.py
keep pretty run --pretty shop/cart.py
keep ends run --show-error-end shop/cart.py
keep no-codes run --hide-error-codes shop/cart.py
keep gave-up run shop/syntax.py shop/cart.py
keep no-summary run --no-error-summary shop/cart.py
two_runs() {
	run shop/cart.py
	run shop/good.py
}
keep two-runs two_runs
crashed() {
	run shop/good.py
	echo 'Traceback (most recent call last):'
	echo '  File "/usr/bin/mypy", line 8, in <module>'
	echo 'KeyboardInterrupt'
}
keep crashed-later crashed
