#!/bin/sh
# cppcheck.sh -- records tests/formats/cppcheck.
. "$(dirname "$0")/record.sh"
begin cppcheck "$(cppcheck --version | sed 's/Cppcheck //')"

# It writes its report to standard error.
check() {
	cppcheck --xml --quiet "$@" 2>report.xml
}
keep_file recorded input.xml report.xml check --enable=all native
keep_file recorded-clean input.xml report.xml check native/good.c

begin cppcheck-text "$(cppcheck --version | sed 's/Cppcheck //')"
keep recorded cppcheck --enable=all native
keep quiet cppcheck --quiet --enable=warning native
keep old-template cppcheck --template='[{file}:{line}]: ({severity}) {message}' native
keep clean cppcheck native/good.c
keep no-such-file cppcheck native/nofile.c
