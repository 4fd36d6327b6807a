#!/bin/sh
# Every report fixture: recognised without --format, and read as its expected.json says.
. "$(dirname "$0")/lib.sh"
. "$top/tests/golden.sh"
golden_json formats inspect --json --items
done_testing
