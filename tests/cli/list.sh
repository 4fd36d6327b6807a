#!/bin/sh
# `gate list`: every registry in three forms, and what is said when it is asked wrongly.
. "$(dirname "$0")/../lib.sh"
for what in formats rules reporters presets severities; do
	gate list "$what"
	exits 0 "gate list $what"
	gate list "$what" --markdown
	exits 0 "gate list $what --markdown"
	is "$(sed -n 2p out | tr -d '|-')" "" "$what: the second line rules off a table's head"
	gate list "$what" --json
	exits 0 "gate list $what --json"
	is "$(python3 -c 'import json,sys; d=json.load(sys.stdin); print(d["schema"])' <out)" \
		regression-gate/list@1 "$what as JSON"
done
is "$(python3 - "$what" <<'E2'
import json, subprocess, os
gate = os.environ["GATE"]
for what in ("formats", "rules", "reporters"):
    d = json.loads(subprocess.run([gate, "list", what, "--json"], stdout=subprocess.PIPE).stdout)
    names = [x["name"] for x in d[what]]
    if names != sorted(names) or not all(x["help"] for x in d[what]):
        print(what)
E2
)" "" "alphabetical, each with a line of help"
gate list reporter
exits 2 "an unknown list"
says err "did you mean \`gate list reporters\`" "the nearest name is offered"
gate list
exits 2 "no list named"
gate list rules formats
exits 2 "two lists"
gate list man --json
exits 2 "the manual has one form"
gate list bash-completions
exits 2 "no such list"
says err "did you mean \`gate list bash-completion\`" "the nearest of those too"
gate list rules --json --markdown
exits 2 "two forms"
done_testing
