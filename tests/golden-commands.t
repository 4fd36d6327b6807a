#!/bin/sh
# Rules, reporters and whole runs: a command line in a folder, its output, its exit status.
. "$(dirname "$0")/lib.sh"
. "$top/tests/golden.sh"
golden_cmd rules reporters run
done_testing
