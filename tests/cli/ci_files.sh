#!/bin/sh
# What --out writes for the forges: each within its forge's limits, none that looks green without
# being it, no way for a test's name to be more than text.
. "$(dirname "$0")/../lib.sh"

# report FILE FAILURES BYTES: so many failing tests with texts of so many bytes
report() {
	python3 - "$@" <<'E2'
import sys
name, n, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(name, "w") as f:
    f.write('<testsuite name="s" tests="%d" failures="%d">\n' % (n + 1, n))
    for i in range(n):
        f.write('<testcase classname="tests.test_a" name="test_%05d" file="tests/test_a.py" line="%d"><failure message="m %d">%s</failure></testcase>\n'
                % (i, i + 1, i, '"' * size))
    f.write('<testcase classname="tests.test_a" name="test_ok" file="tests/test_a.py"/></testsuite>\n')
E2
}

cat >gate.yaml <<'END'
version: 1
name: shop
reports: {unit: unit.xml}
rules: {new-failures: 0}
END
all="--out codequality=cq.json --out sarif=s.sarif --out junit=j.xml --out dotenv=d.env --out metrics=m.txt --out github=gh.txt"

# ---- every decision that is no pass shows in every file
cat >check.py <<'E2'
import json, re, sys, xml.etree.ElementTree as ET
verdict, listed = sys.argv[1], int(sys.argv[2])
bad = []
def need(ok, what):
    if not ok: bad.append(what)
cq = json.load(open("cq.json"))
for e in cq:
    need(set(e) == {"description", "check_name", "fingerprint", "severity", "location"}, "cq members")
    need(e["severity"] in ("info", "minor", "major", "critical", "blocker"), "cq severity")
    need(e["location"]["path"] and not e["location"]["path"].startswith(("/", "./")), "cq path")
    need(isinstance(e["location"]["lines"]["begin"], int) and e["location"]["lines"]["begin"] > 0, "cq line")
prints = [e["fingerprint"] for e in cq]
need(len(set(prints)) == len(prints), "cq fingerprints are unique")
need((verdict == "pass") == (not [e for e in cq if e["severity"] == "blocker"]), "cq shows the verdict")
need(len(cq) == listed, "cq lists %d" % len(cq))
s = json.load(open("s.sarif"))
need(s["version"] == "2.1.0" and len(s["runs"]) == 1, "sarif version")
run = s["runs"][0]
rules = run["tool"]["driver"]["rules"]
need(len({r["id"] for r in rules}) == len(rules), "sarif rules are unique")
for r in rules:
    for key in ("shortDescription", "fullDescription", "help"):
        need(r[key]["text"], "sarif rule text")
for r in run["results"]:
    need(rules[r["ruleIndex"]]["id"] == r["ruleId"], "sarif ruleIndex")
    need(r["level"] in ("error", "warning", "note"), "sarif level")
    need(r["message"]["text"], "sarif message")
    uri = r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    need(re.fullmatch(r"[A-Za-z0-9./_~%-]+", uri) and not uri.startswith("/"), "sarif uri " + uri)
    for x in r.get("suppressions", []):
        need(x["status"] in ("accepted", "rejected") and x["kind"] == "external" and x["justification"], "sarif suppression")
        need(r["level"] == "note" or x["status"] == "rejected", "sarif: what is suppressed is a note")
prints = [r["partialFingerprints"]["regressionGate/v1"] for r in run["results"]]
need(len(set(prints)) == len(prints), "sarif fingerprints are unique")
need((verdict == "pass") == (not [r for r in run["results"] if r["level"] == "error"]), "sarif shows the verdict")
need(run["invocations"][0]["executionSuccessful"] == (verdict != "inconclusive"), "sarif executionSuccessful")
need(len(run["results"]) + run["properties"]["omitted"] >= listed, "sarif counts what it leaves out")
suite = ET.parse("j.xml").getroot()
cases = suite.findall(".//testcase")
for tag, name in (("failure", "failures"), ("error", "errors")):
    need(int(suite.get(name)) == len(suite.findall(".//" + tag)), "junit " + name)
need(int(suite.get("tests")) == len(cases), "junit tests")
need(len({(c.get("classname"), c.get("name")) for c in cases}) == len(cases), "junit names are unique")
first = cases[0]
need((verdict == "pass") == (first.find("failure") is None and first.find("error") is None), "junit shows the verdict")
env = open("d.env").read()
need(len(env) <= 5120 and len(env.splitlines()) <= 20, "dotenv limits")
for line in env.splitlines():
    need(re.fullmatch(r"[A-Z_]+=[A-Za-z0-9._/-]*", line), "dotenv " + line)
need("GATE_VERDICT=%s\n" % verdict in env, "dotenv verdict")
metrics = open("m.txt").read()
need(metrics.endswith("# EOF\n"), "metrics end")
for line in metrics.splitlines():
    need(line.startswith("# ") or re.fullmatch(r'[a-z_]+(\{[a-z_]+="([^"\\\n ]|\\.)*"\})? [0-9]+', line), "metrics " + line)
need('gate_verdict{gate_verdict="%s"} 1' % verdict in metrics, "metrics verdict")
kinds = {"error": 0, "warning": 0, "notice": 0}
for line in open("gh.txt", newline="").read().split("\n")[:-1]:
    m = re.fullmatch(r"::(error|warning|notice) (.*?)::(.*)", line)
    need(m, "command " + line)
    if not m: continue
    kinds[m[1]] += 1
    need("##[" not in line and "\r" not in line, "no old command in " + line)
    need(len(m[3].replace("%0A", "\n").replace("%25", "%")) <= 4096, "message length")
    for p in m[2].split(","):
        need(re.fullmatch(r"(file|line|endLine|col|endColumn|title)=[^,:\r\n]*", p), "property " + p)
need(max(kinds.values()) <= 10, "ten of a kind: %s" % kinds)
need((verdict == "pass") == (kinds["error"] == 0), "commands show the verdict")
print("\n".join(bad))
E2
# files VERDICT LISTED DESCRIPTION: after a gate run with $all
files() {
	python3 check.py "$1" "$2" >got 2>&1
	is "$(cat got)" "" "$3: each file is what its forge reads"
	xmllint --noout j.xml
	ok $? "$3: JUnit is well formed"
	gate inspect --json j.xml
	says out '"complete": true' "$3: ... and read back whole"
}

report unit.xml 0 1
gate run $all
exits 0 "a pass"
files pass 0 "a pass"
report unit.xml 3 10
gate run $all
exits 1 "three failures"
files fail 3 "three failures"
says gh.txt "::error file=tests/test_a.py,line=1,title=tests/test_a.py%3A%3Atest_00000::new failure: m 0" "a failure at its line"
: >unit.xml
gate run $all
exits 3 "nothing in the report"
files inconclusive 1 "an empty report"
head -c 110 "$top/tests/reporters/json/blocked/unit.xml" >unit.xml
gate run $all
exits 3 "a cut report"
files inconclusive 1 "a cut report"
rm unit.xml
gate run $all
exits 3 "no report"
files inconclusive 1 "no report"
cp "$top"/tests/reporters/codequality/hostile/unit.xml .
gate run $all
exits 1 "names that are attacks"
files fail 4 "names that are attacks"
rm gate.yaml unit.xml
cp "$top"/tests/reporters/sarif/issues/* .
sed -i 's/^name: shop/name: "sh op\/\\"x\\",GATE_EXIT=0::"/' gate.yaml
gate run --now 2026-02-03T04:05:06Z $all
exits 1 "results, waivers, a name that is an attack"
files fail 5 "results, waivers"

# ---- fingerprints: the same when lines move, whatever became of the finding
fingerprints() {
	python3 -c 'import json; print("\n".join(sorted(e["fingerprint"] for e in json.load(open("cq.json")))))'
}
fingerprints >before
sed -i 's/"line_number": 7/"line_number": 70/; s/"line_number": 20/"line_number": 200/' bandit.json
sed -i 's/2026-06-30/2026-01-01/' known.yaml
gate run --now 2026-02-03T04:05:06Z $all
exits 1 "other lines, another state"
fingerprints >after
is "$(cat after)" "$(cat before)" "fingerprints stay"

# ---- many: the most important are shown, the rest is counted
rm -f gate.yaml known.yaml bandit.json
cat >gate.yaml <<'END'
version: 1
name: shop
reports: {unit: unit.xml}
rules: {new-failures: 0}
END
report unit.xml 60 10
gate run $all --out github-output=o.txt --out summary=sum.md
exits 1 "sixty failures"
files fail 60 "sixty failures"
says gh.txt "%0A+51 more results, not annotated" "the verdict's annotation counts the rest"
is "$(grep -c '^::error' gh.txt)" 10 "ten errors"
sed -i '$a delivery: {annotations: 3, messages: none}' gate.yaml
gate run --out github=gh.txt --out junit=j.xml --out codequality=cq.json
is "$(grep -c '^::error' gh.txt)" 4 "the policy's own number, and the verdict"
says_not gh.txt "new failure: m" "messages: none keeps them out of annotations"
says_not j.xml "m 0" "... and of JUnit"
says_not cq.json "m 0" "... and of Code Quality"
sed -i '/^delivery/d' gate.yaml
report unit.xml 9000 3900
gate run $all
exits 1 "nine thousand long failures"
files fail 9000 "nine thousand long failures"
ok "$([ "$(wc -c <j.xml)" -le 30000000 ]; echo $?)" "JUnit stays under 30 MB"
says j.xml ' more bytes)' "... what is cut is said"
ok "$([ "$(wc -c <s.sarif)" -le 10000000 ]; echo $?)" "SARIF stays under 10 MB"

# ---- a job's summary is added to, within what it may hold
report unit.xml 3000 10
printf 'what another step wrote' >sum.md
gate run --out summary=sum.md
exits 1 "a summary"
is "$(head -n 1 sum.md)" "what another step wrote" "what was there stays"
says sum.md "### Blocked: 3,000 new failures" "... and the report is below it"
ok "$([ "$(wc -c <sum.md)" -le 1048576 ]; echo $?)" "under 1 MiB"
says sum.md "more in the decision" "what does not fit is counted"
python3 -c 'print("x" * 990000)' >sum.md
gate run --out summary=sum.md
exits 1 "a summary that is nearly full"
says sum.md "Blocked: 3,000 new failures" "gets the verdict"
ok "$([ "$(wc -c <sum.md)" -le 1048576 ]; echo $?)" "... and stays under 1 MiB"
python3 -c 'print("x" * 999000)' >sum.md
gate run --out summary=sum.md
exits 1 "a summary that is full"
is "$(wc -c <sum.md)" 999001 "is left alone"
says err "nothing was added to sum.md" "... and that is said"
gate run --out summary=no/such/folder.md
exits 1 "a summary that can't be written hides no failure"
says err "no/such/folder.md" "... and is said"
report unit.xml 0 1
gate run --out github-output=no/such/folder.txt
exits 3 "outputs that can't be written are no pass"

# ---- outputs: whatever a value holds, it is one value
cat >outputs.py <<'E2'
import sys
lines = open(sys.argv[1], newline="").read().split("\n")
out, i = {}, 0
assert lines.pop() == "", "the last line has its end"
while i < len(lines):
    line = lines[i]
    at, eq = line.find("<<"), line.find("=")
    if eq >= 0 and (at < 0 or eq < at):
        key, value, i = line[:eq], line[eq + 1:], i + 1
    else:
        key, end, value = line[:at], line[at + 2:], []
        i += 1
        while lines[i] != end:
            value.append(lines[i]); i += 1
        i, value = i + 1, "\n".join(value)
    assert key not in out, key
    out[key] = value
for name in sys.argv[2:]:
    print(out.get(name, "?"))
E2
cp "$top"/tests/reporters/codequality/hostile/unit.xml .
sed -i 's/^name: .*/name: "verdict<<x=pass"/' gate.yaml
printf 'before=1' >o.txt
gate run --out github-output=o.txt --out json=d.json --out codequality=q.json
exits 1 "outputs of a failed run"
python3 outputs.py o.txt before verdict exit blocking new-failures json-file codequality-file name >got 2>&1
is "$(cat got)" "$(printf '1\nfail\n1\n4\n4\nd.json\nq.json\nverdict<<x=pass')" "verdict, counts and paths, one value each"
is "$(python3 outputs.py o.txt digest)" "$(sed -n 's/^ "digest": "\(.*\)",$/\1/p' d.json)" "the digest is the decision's"
is "$(python3 outputs.py o.txt counts | python3 -c 'import json, sys; print(json.load(sys.stdin)["new-failure"])')" 4 "the counts are JSON"

# ---- nothing that is printed into a job's log starts a command of the runner
printf '<testsuite name="s"><testcase classname="c" name="%s"><failure message="%s"/></testcase></testsuite>' \
	'::error::a ##[error]b &#160;::warning::c &#8195;::set-output name=x::d' \
	'&#160;::error file=x::e&#10;&#12288;::stop-commands::f&#10;##[group]g' >unit.xml
for format in console markdown json junit sarif codequality github metrics dotenv summary github-output; do
	GITHUB_ACTIONS=true gate run --trusted-ref none --out "$format=-"
	python3 - "$format" >got <<'E2'
import re, sys
for line in open("out", encoding="utf-8", newline="").read().split("\n"):
    if sys.argv[1] == "github" and re.match("::(error|warning|notice) [^:]*::", line):
        line = line[2:]
    if line.strip().startswith("::") or "##[" in line:
        print(line)
E2
	is "$(cat got)" "" "$format in a log starts no command"
done
GITHUB_ACTIONS=true gate run --trusted-ref none --out console=- --out github=-
says out "Blocked: 1 new failure" "the console's report and commands share the standard output"
says out "::error title=Regression Gate" "... both are there"
gate run --out github=- --out github=-
exits 2 "not twice the same"
gate run --out json=- --out github=-
exits 2 "nor a document and commands"
for command in "explain" "inspect unit.xml" "inspect --json --items unit.xml" "findings --against unit.xml known.md"; do
	printf '# A\n\n## BUG-A01 ::error::x ##[error]y\n\n- **Severity**: P1\n' >known.md
	gate $command
	is "$(grep -c '^[[:space:]]*::\|##\[' out err | tr '\n' ' ')" "out:0 err:0 " "gate $command starts none"
done
done_testing
