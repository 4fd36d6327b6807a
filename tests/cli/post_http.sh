#!/bin/sh
# How gate talks to a forge: certificates, proxies, redirects, limits, one connection, broken
# answers, a time budget; and the token, which nobody sees.
. "$(dirname "$0")/../lib.sh"
. "$top/tests/forge/lib.sh"
serve fake "$top/tests/forge/fake_forge.py" $specs
url=http://127.0.0.1:$port
plain=$url

cat >red.xml <<'X'
<testsuite name="s" tests="1"><testcase classname="a" name="b"><failure message="boom"/></testcase></testsuite>
X
export GITHUB_ACTIONS=true GITHUB_REPOSITORY=acme/app GITHUB_EVENT_NAME=pull_request GITHUB_API_URL=$url
export GITHUB_EVENT_PATH=$top/tests/forge/events/pull_request.json
judge red.json red.xml
as_required red.json >required.json
export GITHUB_TOKEN=$FAKE_TOKEN

# one connection, and who it is
post red.json
is "$(state 'len(set(r["peer"] for r in requests)), len(requests) > 4')" "(1, True)" "one connection is reused, writes included"
is "$(state 'set(r["headers"]["User-Agent"].split("/")[0] for r in requests)')" "{'regression-gate'}" "a User-Agent"
is "$(state 'set(r["headers"]["X-GitHub-Api-Version"] for r in requests), set("Expect" in r["headers"] for r in requests)')" \
	"({'2022-11-28'}, {False})" "the API's version, and no Expect"

# broken answers
for fault in '"reset": true' '"close": true' '"garbage": true' '"truncate": 5' '"status": 503' '"status": 500, "apply": true' '"reset": true, "apply": true'; do
	again
	script "[{\"on\": \"GET .*comments\", $fault}, {\"on\": \"POST\", $fault}]"
	post required.json
	exits 0 "$fault: delivered"
	is "$(state 'len(ours)')" "1" "$fault: once"
done
again
script '[{"on": "POST", "reset": true, "apply": true, "times": 2}, {"on": "GET .*comments", "status": 502, "times": 2}]'
post required.json
is "$(state 'len(ours), sum(l.startswith("POST") for l in log)')" "(1, 1)" "the kept connection breaks under a POST: libcurl does not send it again"
again
script '[{"on": "GET", "status": 503, "times": 9}]'
post required.json
exits 4 "a forge that stays down"
is "$(state 'len(log)')" "5" "is asked five times, once for all that is to be delivered"
again
script '[{"on": "GET .*user", "body": "<html>login</html>", "status": 200}]'
post required.json
exits 4 "a page that is no JSON"
says err "no JSON" "is said"
again
script '[{"on": "GET .*pulls", "big": 17000000}]'
post required.json
exits 4 "an answer of 17 MB"
says err "too large" "is too large"
again
script '[{"on": "GET .*pulls", "drip": 0.2, "body": "a long answer, a byte at a time, that never comes to its end"}]'
post required.json -v
exits 0 "a server that drips is given up, and asked again"
says err "timed out" "as -v says"

# limits
again
script '[{"on": "GET .*pulls", "status": 403, "headers": {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1"}, "body": {"message": "API rate limit exceeded"}},
 {"on": "GET .*user", "status": 429}, {"on": "POST", "status": 403, "body": {"message": "You have exceeded a secondary rate limit."}}]'
post required.json -v
exits 0 "three kinds of limits"
is "$(sed -n 's/.*waiting \([0-9]*\) s/\1/p' err | tr '\n' ' ')" "1 60 60 " "a reset that is over, and a minute where no number is said"
again
script '[{"on": "GET .*pulls", "status": 403, "headers": {"Retry-After": "120"}, "times": 9}]'
post required.json -v
exits 4 "limits without an end"
says err "too long" "end with the budget"
is "$(state 'len(log)')" "3" "after two waits"
says err "run this again later" "and say what to do"
says_not err "may only read" "which is no question of permission"
again
with_check required.json >check.json
script '[{"on": "", "status": 503, "times": 99}]'
post check.json
is "$(state 'len(log)')" "5" "a forge that is down is not asked for a check run, too"
again
script '[{"on": "GET .*pulls", "status": 403, "body": {"message": "Resource not accessible by integration"}}]'
post red.json -v
is "$(state 'sum("pulls" in l for l in log)')" "1" "a 403 of permission is final"

# redirects
again
script '[{"on": "GET .*pulls", "status": 307, "headers": {"Location": "/repos/acme/app/pulls/7"}, "times": 9}]'
post required.json
exits 4 "redirects without an end"
says err "too many redirects" "are not followed"
for to in "http://localhost:${plain##*:}/repos/acme/app/pulls/7" "https://127.0.0.1:${plain##*:}/x" "//evil.test/x" "http://127.0.0.1:${plain##*:}@evil.test/" "file:///etc/passwd"; do
	again
	script "[{\"on\": \"GET .*pulls\", \"status\": 302, \"headers\": {\"Location\": \"$to\"}}]"
	post required.json
	exits 4 "a redirect to $to"
	is "$(state 'len(log)')" "1" "is not followed"
done
again
script '[{"on": "GET .*comments", "headers": {"Link": "<https://api.github.com/repositories/1/issues/7/comments?page=2>; rel=\"next\""}, "body": []}]'
post required.json
exits 4 "a next page on another host"
says err "at another host" "is not asked, and said"
is "$(state 'writes')" "[]" "and nothing is written on half a list"
again
set_state "$(python3 -c 'import json
print(json.dumps({"per_page": 1, "comments": [{"id": i, "body": "talk", "user": {"login": "ann"}} for i in range(1, 150)], "next": 150}))')"
post required.json
exits 4 "pages without an end"
says err "more than 100 pages" "are bounded"

# tokens
printf '%s\n' "$FAKE_TOKEN" >token
chmod 644 token
again
GITHUB_TOKEN= post red.json --token-file token
is "$(state 'len(ours)')" "1" "--token-file"
says err "chmod 600" "a file that others may read is worth a warning"
chmod 600 token
GITHUB_TOKEN= post red.json --token-file token
says_not err "chmod" "one that they may not is not"
GITHUB_TOKEN=wrong GATE_TOKEN=$FAKE_TOKEN post red.json
exits 0 "GATE_TOKEN outranks GITHUB_TOKEN"
says out "says this already" "and works"
GITHUB_TOKEN= post red.json --token-file none
exits 2 "a token's file that is not there"
GITHUB_TOKEN="$(printf 'sesame\r\nX-Evil: 1')" post required.json
exits 4 "a token with a line's end"
says err "what no token holds" "is none"
script "[{\"on\": \"GET\", \"status\": 401, \"body\": {\"message\": \"bad token $FAKE_TOKEN\"}}]"
post red.json -v
exits 0 "a forge that quotes the token"
says err "[redacted]" "is not quoted"

# TLS of an authority of one's own
if ! command -v openssl >/dev/null; then
	skip "no openssl here"
	descriptions_held
	done_testing
	exit
fi
{
	for ca in right wrong; do
		openssl req -x509 -newkey rsa:2048 -nodes -keyout $ca.key -out $ca.pem -days 2 -subj "/CN=$ca authority"
	done
	for host in good:IP:127.0.0.1 other:DNS:other.test; do
		name=${host%%:*}
		openssl req -newkey rsa:2048 -nodes -keyout "$name.key" -out "$name.csr" -subj "/CN=$name"
		echo "subjectAltName=${host#*:}" >"$name.ext"
		openssl x509 -req -in "$name.csr" -CA right.pem -CAkey right.key -CAcreateserial -out "$name.pem" -days 2 -extfile "$name.ext"
	done
} 2>openssl.err
serve tls "$top/tests/forge/fake_forge.py" --tls good.pem good.key
good=https://127.0.0.1:$port
serve other "$top/tests/forge/fake_forge.py" --tls other.pem other.key
other=https://127.0.0.1:$port
# tls_state: how many comments the TLS fake holds
tls_state() {
	python3 - "$good" <<'P'
import json, ssl, sys, urllib.request
context = ssl.create_default_context(cafile="right.pem")
s = json.load(urllib.request.urlopen(sys.argv[1] + "/_state", context=context))
print(len(s["comments"]))
P
}
GITHUB_API_URL=$good post required.json
exits 4 "TLS: an authority nobody knows"
says err "certificate" "is refused"
says err "hint: is the forge's certificate of an authority of your own? --cacert" "with what to do"
is "$(grep -c 'gate: http' err)" "0" "without -v no requests are shown"
GITHUB_API_URL=$good post required.json --cacert wrong.pem -v
exits 4 "TLS: the wrong authority"
is "$(grep -c 'gate: http: GET' err)" "1" "is not tried again"
GITHUB_API_URL=$other post required.json --cacert right.pem
exits 4 "TLS: a certificate of another name"
is "$(tls_state)" "0" "nothing was written so far"
GITHUB_API_URL=$good post required.json --cacert right.pem
exits 0 "TLS: the right authority"
SSL_CERT_FILE=$scratch/right.pem GITHUB_API_URL=$good post required.json
exits 0 "TLS: SSL_CERT_FILE"
is "$(tls_state)" "1" "delivered once"
GITHUB_API_URL=$good post required.json --cacert none.pem
exits 2 "--cacert that is not there"
GITHUB_API_URL=$good post required.json --cacert token
exits 4 "--cacert that is no certificate"

# proxies
serve proxy "$top/tests/forge/proxy.py" "$scratch/proxied"
proxy=$port
serve no_proxy "$top/tests/forge/proxy.py" "$scratch/refused" 407
refusing=$port
GITHUB_API_URL=$good HTTPS_PROXY=http://ann:sesame-of-the-proxy@127.0.0.1:$proxy NO_PROXY= post required.json --cacert right.pem
exits 0 "through a proxy"
says proxied "CONNECT 127.0.0.1:${good##*:}" "that is asked for a tunnel"
says_not proxied "$FAKE_TOKEN" "and never sees the token"
says_not proxied "api/" "nor what is asked"
rm -f proxied
GITHUB_API_URL=$good HTTPS_PROXY=http://127.0.0.1:$proxy NO_PROXY=127.0.0.1 post required.json --cacert right.pem
[ ! -f proxied ]
ok $? "NO_PROXY"
GITHUB_API_URL=$good HTTPS_PROXY=http://ann:sesame-of-the-proxy@127.0.0.1:$refusing NO_PROXY= post required.json --cacert right.pem -v
exits 4 "a proxy that refuses"
says err "407" "is said"
GITHUB_API_URL=$good HTTPS_PROXY=gopher://ann:sesame-of-the-proxy@127.0.0.1:1 NO_PROXY= post required.json --cacert right.pem -v
exits 4 "a proxy of no known kind"
http_proxy=http://127.0.0.1:$refusing post red.json
exits 0 "plain http to loopback takes no proxy"
descriptions_held
done_testing
