# lib.sh -- what the tests of the CI examples share, above tests/lib.sh: a checkout with a change in
# it, the stand-in tools, and the tools of npm below $EXAMPLES.
. "$(dirname "$0")/../lib.sh"

for v in $(env | sed -n 's/^\(GITHUB_[A-Z_]*\|RUNNER_[A-Z_]*\|CI_[A-Z_0-9]*\|GITLAB_[A-Z_]*\|GATE_[A-Z]*TOKEN\|[a-zA-Z_]*_[pP][rR][oO][xX][yY]\)=.*/\1/p'); do
	unset "$v"
done
export GATE_SLEEP_SCALE=0.001 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
project=$top/ci-examples/project

npm_or_skip() {
	[ -e "${EXAMPLES:-/nonexistent}/ready" ] && return
	echo "1..0 # skip npm's tools are not there (make check-examples installs them)"
	exit 0
}

commit() { git -C "$1" -c user.name=t -c user.email=t@localhost commit -qam "$2"; }

# checkout LANGUAGE FOLDER: as the forge checks a change out, a merge of the change; $head, $base
checkout() {
	cp -r "$project/$1" "$2"
	rm -rf "$2/recorded"
	git -C "$2" -c init.defaultBranch=main init -q
	git -C "$2" add .
	commit "$2" base
	base=$(git -C "$2" rev-parse HEAD)
	git -C "$2" checkout -q -b topic
	echo >>"$2/docs/audit.md"
	commit "$2" change
	head=$(git -C "$2" rev-parse HEAD)
	git -C "$2" checkout -q main
	git -C "$2" -c user.name=t -c user.email=t@localhost merge -q --no-ff -m merge topic
}

# The stand-ins come first in PATH; what else the examples call is the machine's.
stand_ins() {
	mkdir tools
	for tool in pip npm sudo cmake pytest ruff bandit npx ctest cppcheck gh; do
		ln -s "$top/tests/examples/tool" "tools/$tool"
	done
	PATH=$scratch/tools:$PATH
}

# event NAME HEAD BASE: the payload, in event.json
event() {
	python3 - "$top/tests/forge/events/$1.json" "$2" "$3" >event.json <<'P'
import json, sys
text = open(sys.argv[1]).read().replace("1" * 40, sys.argv[2]).replace("2" * 40, sys.argv[3])
doc = json.loads(text)
doc.setdefault("repository", {"full_name": "acme/app"})["default_branch"] = "main"
json.dump(doc, sys.stdout)
P
}

# forge [DESCRIPTIONS]: starts the fake one; $url, and ask as in post.sh
forge() {
	export FAKE_TOKEN=sesame-0123456789
	python3 -W ignore "$top/tests/forge/fake_forge.py" >port 2>server.err &
	server=$!
	trap 'kill $server 2>/dev/null; rm -rf "$scratch"' EXIT
	tries=0
	while [ ! -s port ] && [ $tries -lt 100 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	url=http://127.0.0.1:$(cat port)
}

# forge_has HEAD BASE STATE: the forge forgets all else, and its change 7 is at HEAD
forge_has() {
	python3 - "$url" "$@" <<'P'
import json, sys, urllib.request
url, head, base, state = sys.argv[1:]
put = lambda path, doc: urllib.request.urlopen(urllib.request.Request(url + path, method="PUT", data=json.dumps(doc).encode()))
put("/_reset", {})
put("/_set", {"self_status": 403 if state == "open" else 200,
              "change": {"number": 7, "iid": 7, "state": state, "sha": head, "head": {"sha": head},
                         "diff_refs": {"base_sha": base, "start_sha": base, "head_sha": head}}})
P
}

# forge_says SCRIPT: its next answers, see fake_forge.py
forge_says() {
	python3 -c 'import sys, urllib.request
urllib.request.urlopen(urllib.request.Request(sys.argv[1] + "/_script", method="PUT", data=sys.argv[2].encode()))' "$url" "$1"
}

# comments: how many the forge holds, and whether the last says Blocked
comments() {
	python3 - "$url" <<'P'
import json, sys, urllib.request
s = json.load(urllib.request.urlopen(sys.argv[1] + "/_state"))
bodies = [c["body"] for c in s["comments"]]
print(len(bodies), any("Blocked" in b for b in bodies))
P
}
