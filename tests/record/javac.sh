#!/bin/sh
# javac.sh -- records tests/formats/javac.
. "$(dirname "$0")/record.sh"
begin javac "$(javac -version 2>&1 | cut -d' ' -f2)"

keep errors javac -Xlint:all -d out java/Cart.java
keep warnings javac -Xlint:rawtypes,unchecked -proc:none -d out java/Warned.java
keep no-such-file javac -d out java/Nofile.java
cut_run() {
	javac -Xlint:all -d out java/Cart.java 2>&1 | head -n 5
}
keep cut cut_run
