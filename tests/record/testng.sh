#!/bin/sh
# testng.sh -- records tests/formats/testng.
. "$(dirname "$0")/record.sh"
java=/usr/share/java
begin testng "$(dpkg-query -W -f '${Version}' testng)"
normal='s|duration-ms="[0-9]*"|duration-ms="12"|g; s|-at="[^"]*"|-at="2026-01-02T03:04:05Z"|g;
s|instance:[A-Za-z]*@[0-9a-f]*|instance:CartTest@1b2c3d|'

run() {
	javac -cp "$java/testng.jar" -d . testng/*.java &&
		java -cp ".:$java/testng.jar:$java/bsh.jar:$java/jcommander.jar" org.testng.TestNG \
			-d out -testclass "$1"
}
keep_file recorded input.xml out/testng-results.xml run CartTest
keep_file recorded-clean input.xml out/testng-results.xml run GoodTest
