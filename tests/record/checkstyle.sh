#!/bin/sh
# checkstyle.sh -- records tests/formats/checkstyle: Checkstyle's own, and PHP_CodeSniffer's and
# ESLint's in its form (npm install eslint@8).
. "$(dirname "$0")/record.sh"
from_npm eslint@8.57.1
begin checkstyle "$(checkstyle --version | sed 's/.*: *//'), phpcs $(phpcs --version | sed 's/.*version \([0-9.]*\).*/\1/'), eslint $(eslint --version | tr -d v)"

sun=/usr/share/checkstyle/sun_checks.xml
keep_file recorded input.xml - checkstyle -c $sun -f xml java/Cart.java
cat >"$work/one.xml" <<'EOF'
<!DOCTYPE module PUBLIC "-//Checkstyle//DTD Checkstyle Configuration 1.3//EN" "https://checkstyle.org/dtds/configuration_1_3.dtd">
<module name="Checker"><module name="TreeWalker"><module name="EmptyStatement"/></module></module>
EOF
keep_file recorded-clean input.xml - checkstyle -c "$work/one.xml" -f xml java/Cart.java
keep_file recorded-phpcs input.xml - phpcs --standard=PEAR --report=checkstyle php
keep_file recorded-eslint input.xml - eslint --no-eslintrc -c web/eslintrc.json -f checkstyle web/cart.js web/good.js
