#!/bin/sh
# Judges the example: a small shop's real pytest and isort reports against its audit,
# backlog, status page and known-failures list. usage: run.sh GATE
gate=${1:-gate}
cd "$(dirname "$0")" || exit 1
"$gate" run --now 2026-03-10T12:00:00Z
status=$?
echo
echo "exit status: $status"
case $status in
1) echo "That is the right answer: this pipeline must not pass. The files are in ci-examples/demo/." ;;
*) echo "The example should have ended in 1." >&2; exit 1 ;;
esac
