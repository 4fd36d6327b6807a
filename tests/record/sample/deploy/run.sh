#!/bin/sh
files=`ls *.txt`
for f in $files; do
	echo $f
	[ $f == "a" ] && cd $UNDEFINED
done
read name
