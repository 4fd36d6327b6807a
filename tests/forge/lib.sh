# lib.sh -- for tests of delivery: a fake forge on loopback, and questions to it. Source it
# behind ../lib.sh; the fake ends with the test. Sets url.

for v in $(env | sed -n 's/^\(GITHUB_[A-Z_]*\|CI_[A-Z_0-9]*\|GITLAB_[A-Z_]*\|GATE_TOKEN\|SSL_CERT_FILE\|[a-zA-Z_]*_[pP][rR][oO][xX][yY]\)=.*/\1/p'); do
	unset "$v"
done
export GATE_SLEEP_SCALE=0.001 FAKE_TOKEN=sesame-0123456789
servers=
trap 'kill $servers 2>/dev/null; rm -rf "$scratch"' EXIT

# What the forges' own descriptions say, where they are at hand: beside the project, or from npm.
specs=
if python3 -c 'import jsonschema' 2>/dev/null; then
	npm=$top/build/contract/node_modules/@octokit/openapi/generated/api.github.com.json
	for f in "$top/../shared/platform/github-trimmed.json" "$npm"; do
		[ -f "$f" ] && specs="--spec github=$f" && break
	done
	f=$top/../shared/platform/gitlab-trimmed.patched.json
	[ -f "$f" ] && specs="$specs --spec gitlab=$f"
fi

# serve NAME PROGRAM ARGS: starts a server that prints its port; sets $port
serve() {
	serving=$1
	shift
	python3 -W ignore "$@" >"$serving.port" 2>"$serving.err" &
	servers="$servers $!"
	i=0
	while [ ! -s "$serving.port" ] && [ $i -lt 300 ]; do
		sleep 0.1
		i=$((i + 1))
	done
	port=$(cat "$serving.port")
}

# ask METHOD PATH [JSON]: of the fake itself
ask() {
	python3 - "$url" "$@" <<'P'
import sys, urllib.request
url, method, path = sys.argv[1:4]
data = sys.argv[4].encode() if len(sys.argv) > 4 else None
print(urllib.request.urlopen(urllib.request.Request(url + path, data=data, method=method)).read().decode())
P
}

# state EXPRESSION: of s, the state; log, the requests; ours, the comments with our marker
state() {
	python3 - "$url" "$1" <<'P'
import json, sys, urllib.request
get = lambda p: json.load(urllib.request.urlopen(sys.argv[1] + p))
s, requests = get("/_state"), get("/_log")
log = [r["line"] for r in requests]
ours = [c for c in s["comments"] if c["body"].startswith("<!-- regression-gate/")]
writes = [l for l in log if not l.startswith("GET")]
print(eval(sys.argv[2]))
P
}
again() { ask PUT /_reset ""; }
script() { ask PUT /_script "$1" >/dev/null; }
set_state() { ask PUT /_set "$1" >/dev/null; }

# post DECISION ARGS: gate post; all that it prints is kept in `everything`
post() {
	gate post --decision "$@"
	cat out err >>everything
}

# judge OUT REPORT ARGS: a decision
judge() {
	judged=$1
	shift
	"$GATE" run --no-progress --trusted-ref none --out json="$judged" "$@" >/dev/null 2>>judge.err
}

# change FILE SED >NEW: a decision that says something else
as_required() { sed 's/"required": false/"required": true/' "$1"; }
with_check() { sed 's/"check": false/"check": true/' "$1"; }

# descriptions_held: what the fake found wrong about any request or any answer
descriptions_held() {
	if [ -n "$specs" ]; then
		is "$(ask GET /_bad)" "[]" "every request and every answer is one of the official descriptions"
	else
		skip "no API descriptions (or no jsonschema) at hand"
	fi
	says_not everything sesame "the token is in no output"
}
