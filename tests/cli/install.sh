#!/bin/sh
# make install puts the program and the schemas under PREFIX, below DESTDIR.
. "$(dirname "$0")/../lib.sh"
build=$(dirname "$GATE")
make -s -C "$top" BUILD="$build" DESTDIR="$scratch/root" PREFIX=/opt/gate install >log 2>&1 || cat log
[ -x root/opt/gate/bin/gate ]
ok $? "the program is installed"
root/opt/gate/bin/gate --version >out
says out "gate " "and runs"
for schema in gate register; do
	cmp -s "$top/policies/schema/$schema.schema.json" root/opt/gate/share/regression-gate/$schema.schema.json
	ok $? "$schema.schema.json is beside it, for editors"
done
done_testing
