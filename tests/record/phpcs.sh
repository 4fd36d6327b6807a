#!/bin/sh
# phpcs.sh -- records tests/formats/phpcs.
. "$(dirname "$0")/record.sh"
begin phpcs "$(phpcs --version | sed 's/.*version \([0-9.]*\).*/\1/')"

keep_file recorded input.xml - phpcs --standard=PEAR --report=xml php
keep_file recorded-clean input.xml - phpcs --standard=PSR12 --report=xml php/good.php
