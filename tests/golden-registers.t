#!/bin/sh
# Every register fixture: `gate findings --json` says what its expected.json says.
. "$(dirname "$0")/lib.sh"
. "$top/tests/golden.sh"
golden_json registers findings --json
done_testing
