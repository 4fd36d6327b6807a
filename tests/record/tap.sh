#!/bin/sh
# tap.sh -- records tests/formats/tap: perl's Test::More, prove, node's test runner.
. "$(dirname "$0")/record.sh"
begin tap "Test::More $(perl -MTest::More -e 'print $Test::More::VERSION'), node $(node --version | tr -d v)"
normal='s|^Files=.*|Files=3, Tests=7,  0 wallclock secs ( 0.02 usr  0.00 sys +  0.10 cusr  0.01 csys =  0.13 CPU)|'

keep perl perl tap/cart.t
keep perl-died perl tap/died.t
keep perl-skip-all perl tap/skip.t
keep prove prove -v --nocolor --norc tap
steady() { # durations and node's own stack differ from run to run
	sed -e 's/duration_ms: .*/duration_ms: 1.5/' -e 's/duration_ms [0-9.]*/duration_ms 1.5/' \
		-e '/node:internal/d'
}
node_run() {
	node --test --test-reporter=tap tap/cart.test.mjs | steady
}
keep node node_run
cut_run() {
	node --test --test-reporter=tap tap/cart.test.mjs | steady | head -n 20
}
keep cut cut_run
