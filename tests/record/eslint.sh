#!/bin/sh
# eslint.sh -- records tests/formats/eslint-stylish (npm install eslint@8).
. "$(dirname "$0")/record.sh"
from_npm eslint@8.57.1
begin eslint-stylish "$(eslint --version | tr -d v)"

run() {
	eslint --no-eslintrc -c web/eslintrc.json "$@"
}

keep errors run web/cart.js
keep several run web/cart.js web/broken.js web/good.js
keep no-such-file run web/nofile.js
cut_run() {
	run web/cart.js web/broken.js | head -n 5
}
keep cut cut_run
