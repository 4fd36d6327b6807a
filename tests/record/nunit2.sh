#!/bin/sh
# nunit2.sh -- records tests/formats/nunit2 (packages nunit-console, libnunit-cil-dev, mono-mcs).
. "$(dirname "$0")/record.sh"
begin nunit2 "$(dpkg-query -W -f '${Version}' nunit-console)"
normal='s|time="[0-9.]*"|time="0.012"|g; s|time="[0-9:]*"|time="03:04:05"|; s|date="[^"]*"|date="2026-01-02"|;
s|os-version="[^"]*"|os-version="Unix 6.1"|; s|machine-name="[^"]*"|machine-name="runner"|;
s|user="[^"]*"|user="ci"|; s|user-domain="[^"]*"|user-domain="runner"|'

run() {
	mcs -debug -target:library -pkg:nunit -out:Shop.Tests.dll nunit/CartTests.cs
	nunit-console -xml:result.xml Shop.Tests.dll
}
keep_file recorded input.xml result.xml run
