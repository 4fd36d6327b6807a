#!/bin/sh
# decision@1: what an independent reader of JSON makes of it, and its digest.
. "$(dirname "$0")/../lib.sh"
for case in blocked hostile passed; do
	doc=$top/tests/reporters/json/$case/expected.out
	python3 - "$doc" >got <<'E2'
import hashlib, json, re, sys

raw = open(sys.argv[1], "rb").read()
d = json.loads(raw)
bad = []
if not raw.endswith(b"}\n") or raw.endswith(b"\n\n"):
    bad.append("one trailing newline")
without = re.sub(rb'\n "digest": "[0-9a-f]{64}",', b"", raw)
if hashlib.sha256(without).hexdigest() != d["digest"]:
    bad.append("digest")
again = json.dumps(d, sort_keys=True, indent=1, ensure_ascii=False).replace("##[", "\\u0023#[")  # no command in a log
if again.encode() + b"\n" != raw:
    bad.append("sorted keys, UTF-8 as it is")
want = {"schema", "name", "verdict", "exit", "sentence", "digest", "rules", "counts", "pending", "pending_digest", "if_merged", "inputs",
        "tests", "issues", "findings", "delivery", "environment", "below-floor", "remarks", "rerun", "scope", "waiver_days"}
if set(d) != want:
    bad.append("keys %s" % (set(d) ^ want))
for key, name in (("tests", lambda t: (t["report"] or "", t["leg"] or "", t["id"])), ("findings", lambda f: f["qualified"]),
                  ("inputs", lambda i: (i["name"], i["path"] or "")), ("rules", lambda r: r["rule"])):
    if d[key] != sorted(d[key], key=name):
        bad.append("order of " + key)
for t in d["tests"]:
    if t["class"] in ("passed", "skipped"):
        bad.append("plain " + t["id"])
    if (t["finding"] is None) != (t["strength"] is None):
        bad.append("strength of " + t["id"])
    for s in t["suggestions"]:
        if s["finding"] not in [e["finding"] for e in t["evidence"]]:
            bad.append("suggestion without evidence")
    for e in t["evidence"]:
        if set(e) != {"kind", "strength", "finding", "detail", "at"}:
            bad.append("evidence %s" % e)
print("\n".join(bad))
E2
	is "$(cat got)" "" "$case"
done
sed '/^ "digest": /d' "$top/tests/reporters/json/blocked/expected.out" | sha256sum | cut -c1-64 >got
is "$(cat got)" "$(sed -n 's/^ "digest": "\(.*\)",$/\1/p' "$top/tests/reporters/json/blocked/expected.out")" \
	"the digest is that of the file without its line"

# ---- the same from another folder, by another spelling of the policy's path
cp -r "$top/tests/reporters/json/blocked" case
cd case || exit 1
mkdir sub
"$GATE" run --now 2026-02-03T04:05:06Z --out json=../one.json >/dev/null 2>&1
"$GATE" run --now 2026-02-03T04:05:06Z --policy "$PWD/gate.yaml" --out json=../two.json >/dev/null 2>&1
cd .. || exit 1
grep -v '"path": "/\|digest' two.json >two
grep '"path": "/' two.json | grep -c 'gate.yaml' >named
is "$(cat named)" 0 "the policy's own place does not hang on how it was named"
says one.json '"path": "gate.yaml"' "... and is relative to the policy"

# ---- documents that are no decisions: what is wrong is named
cp one.json good.json
refuse() {
	python3 - "$1" <<'E2'
import json, sys
d = json.load(open("good.json"))
exec(sys.argv[1])
json.dump(d, open("bad.json", "w"))
E2
	gate explain --decision bad.json
	exits 2 "explain refuses: $1"
	says err "$2" "... says: $2"
	gate post --decision bad.json
	exits 2 "post refuses it too"
}
refuse 'd["schema"] = "regression-gate/decision@2"' "another version"
refuse 'd["schema"] = "x"' "no decision"
refuse 'del d["sentence"]' '`sentence` is no text'
refuse 'd["tests"][1]["class"] = 3' '`tests[1].class` is no text'
refuse 'd["tests"] = {}' '`tests` is no list'
refuse 'd["rules"][0]["items"] = [1]' '`rules[0].items` is no list of texts'
refuse 'd["rules"][0]["outcome"] = "maybe"' '`rules[0].outcome` is no word'
refuse 'd["environment"]["build"] = 7' '`environment.build` is no object'
refuse 'd["findings"][0]["waiver"] = []' '`findings[0].waiver` is no object'
refuse 'd["inputs"] = [None]' '`inputs[0].name` is no text'
printf '{"schema":' >bad.json
gate explain --decision bad.json
exits 2 "a cut document"
says err "bad.json:1:" "... with its place"
python3 - <<'E2'
import json
d = json.load(open("good.json"))
for name in ("scope", "below-floor", "remarks", "rerun", "pending_digest"):
    del d[name]
for f in d["findings"]:
    for name in ("title", "at", "stated", "owner", "expires", "excuses", "waiver"):
        del f[name]
d["later"] = {"more": 1}
json.dump(d, open("old.json", "w"))
E2
gate explain --decision old.json
exits 0 "an older document, and members of a newer one, are read"
done_testing
