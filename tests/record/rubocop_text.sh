#!/bin/sh
# rubocop_text.sh -- records tests/formats/rubocop-text.
. "$(dirname "$0")/record.sh"
begin rubocop-text "$(rubocop --version | head -n 1)"
export HOME="$work"

run() {
	rubocop --cache false "$@" 2>/dev/null
}

keep progress run ruby
keep clang run --format clang ruby
keep clean run --only Layout/LineLength ruby/cart.rb
cut_run() {
	rubocop --cache false ruby 2>/dev/null | head -n 12
}
keep cut cut_run
