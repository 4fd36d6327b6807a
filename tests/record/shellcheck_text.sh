#!/bin/sh
# shellcheck_text.sh -- records tests/formats/shellcheck-text.
. "$(dirname "$0")/record.sh"
begin shellcheck-text "$(shellcheck --version | sed -n 's/^version: //p')"

keep tty shellcheck -f tty deploy/run.sh deploy/good.sh
keep gcc shellcheck -f gcc deploy/run.sh
keep no-such-file shellcheck -f gcc deploy/run.sh deploy/nofile.sh
