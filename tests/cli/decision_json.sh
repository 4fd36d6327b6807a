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
if json.dumps(d, sort_keys=True, indent=1, ensure_ascii=False).encode() + b"\n" != raw:
    bad.append("sorted keys, UTF-8 as it is")
want = {"schema", "name", "verdict", "exit", "sentence", "digest", "rules", "counts", "pending", "if_merged", "inputs",
        "tests", "issues", "findings", "delivery", "environment"}
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
done_testing
