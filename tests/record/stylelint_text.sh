#!/bin/sh
# stylelint_text.sh -- records tests/formats/stylelint-text (npm install stylelint@15).
. "$(dirname "$0")/record.sh"
from_npm stylelint@15.11.0
begin stylelint-text "$(stylelint --version)"

run() {
	stylelint --no-color --config web/stylelintrc.json --formatter string "$@"
}

keep errors run web/cart.css web/good.css
cut_run() {
	run web/cart.css | head -n 4
}
keep cut cut_run
no_file() {
	run web/nofile.css 2>&1 | head -n 1 # behind it: where node keeps its modules
}
keep no-such-file no_file
