#!/bin/sh
# Every command line of README.md and of the READMEs below ci-examples/ is run here, in a folder in
# which it makes sense, and ends as it should. A line that is not known here is a defect: give it a
# `shown`, with what stands for its placeholders.
. "$(dirname "$0")/../examples/lib.sh"
unset MAKEFLAGS MFLAGS
build=$(dirname "$GATE")
python3 "$top/tests/readme_commands.py" "$top/README.md" \
	$(find "$top/ci-examples" -name README.md | sort) >lines
: >known
stand_ins
ln -s "$GATE" tools/gate

# shown LINE STATUS [COMMAND]: the README's line ends in STATUS; COMMAND is what is run for it
shown() {
	printf '%s\n' "$1" >>"$scratch/known"
	got=0
	sh -c "${3:-$1}" >"$scratch/said" 2>&1 </dev/null || got=$?
	is "$got" "$2" "$1"
	[ "$got" = "$2" ] || tail -n 15 "$scratch/said" | sed 's/^/#   /'
}

# A checkout with reports, registers, a baseline, cases for its policy.
checkout python desk
RECORDED=$project/python/recorded/green
export RECORDED
cd desk || exit 1
cp -r "$RECORDED" reports
mkdir -p build/test-results/unit docs/audits .gate
cp reports/unit.xml build/test-results/unit/
cp reports/unit.xml report.xml
cp reports/unit.xml main.xml
cp reports/unit.xml unit.xml
cp docs/audit.md docs/audits/
cat >gate.tests.yaml <<'Y'
version: 1
now: 2026-10-01T12:00:00Z
cases:
  - name: what is listed passes
    reports: {unit: reports/unit.xml, ruff: reports/ruff.json, bandit: reports/bandit.json}
    runner-exit: {unit: 1, ruff: 0, bandit: 1}
    expect: {verdict: pass}
Y
printf 'version: 1\nrules: {new-failures: 0}\n' >floor.yaml
git add -A && commit . desk

shown "make demo" 0 "make -s -C '$top' BUILD='$build' demo"
shown "make check" 0 "make -n -C '$top' BUILD='$build' check"
shown "make check-contract" 0 "make -n -C '$top' BUILD='$build' check-contract"
shown "make check-examples" 0 "make -n -C '$top' BUILD='$build' check-examples"
shown "make bench" 0 "make -n -C '$top' BUILD='$build' bench"
shown "make install PREFIX=~/.local" 0 "HOME='$scratch/home' && make -s -C '$top' BUILD='$build' install PREFIX=~/.local"
[ -x "$scratch/home/.local/bin/gate" ]
ok $? "and gate is there"
shown "make install" 0 "make -s -C '$top' BUILD='$build' DESTDIR='$scratch/root' install"

shown "make uninstall" 0 "make -s -C '$top' BUILD='$build' DESTDIR='$scratch/root' uninstall"
[ ! -e "$scratch/root/usr/local/bin/gate" ]
ok $? "and gate is gone"

shown "gate run 'build/test-results/**/*.xml'" 1 "cd '$scratch' && mkdir -p bare && cp -r desk/build bare/ && cd bare && gate run 'build/test-results/**/*.xml'"
shown "gate run" 0
shown "gate explain tests/test_stock.py::test_take" 0 "gate explain tests/test_labels.py::test_long_names_are_cut"
shown "gate run --only unit,lint" 0 "gate run --only unit,ruff"
shown "gate inspect report.xml" 0
shown "gate findings docs/audits/*.md" 0
shown "gate findings --against REPORT REGISTER..." 0 "gate findings --against report.xml docs/audit.md known-failures.yaml"
shown "gate list severities" 0
shown "gate policy check" 0
shown "gate policy show" 0
shown "gate policy test" 0
shown "gate policy check --floor FILE" 0 "gate policy check --floor floor.yaml"
shown "gate policy show --floor FILE" 0 "gate policy show --floor floor.yaml"
shown "gate run --floor FILE" 0 "gate run --floor floor.yaml"
shown "gate baseline save" 0
cp .gate/baseline.json.gz "$scratch/old.json.gz"
shown "gate baseline show FILE" 0 "gate baseline show .gate/baseline.json.gz"
shown "gate baseline diff OLD NEW" 0 "gate baseline diff '$scratch/old.json.gz' .gate/baseline.json.gz"
shown "gate run --baseline main.xml unit.xml" 0 "gate run --baseline main.xml unit.xml"
shown "gate run --history FILE" 0 "gate run --history '$scratch/history.sqlite'"
shown "gate history show" 0 "gate history show --history '$scratch/history.sqlite'"
shown "gate history show TEST" 0 "gate history show --history '$scratch/history.sqlite' tests/test_rates.py::test_home"
shown "gate inspect --policy gate.yaml --items FILE" 0 "gate inspect --policy gate.yaml --items report.xml"
shown "gate accept TEST --finding ID --reason TEXT --owner WHO --expires DATE" 0 \
	"gate accept tests/test_rates.py::test_a_gram_and_a_half --finding docs/audit/PAR-1 --reason 'the price list changes in May' --owner ann --expires 2027-01-20 --now 2026-11-20T12:00:00Z"
git checkout -q known-failures.yaml

shown "gate run --bundle gate.tar.gz" 0
cp known-failures.yaml known.yaml
printf 'version: 1\nextends: advisory\nreports: {unit: reports/unit.xml}\n' >other.yaml
shown "gate replay gate.tar.gz" 0
shown "gate replay gate.tar.gz --policy other.yaml" 0
shown "gate replay gate.tar.gz --register known.yaml --report unit=unit.xml" 0
gate run --out json=old.json
cp -r "$project/python/recorded/red/." reports/
gate run --out json=new.json
shown "gate diff old.json new.json" 1
cp -r "$RECORDED/." reports/

# Legs, in a folder of their own: each is a job's.
mkdir "$scratch/legs" && cd "$scratch/legs" && cp -r ../desk/reports . && mkdir legs || exit 1
cp "$project/python/recorded/red/ruff.json" .
shown "gate collect 'unit/py39=reports/*.xml' lint/py39=ruff.json --runner-exit unit=\$? -o py39.gate.json.gz" 0 \
	"cp reports/unit.xml unit.xml; sh -c 'exit 1'; gate collect 'unit/py39=reports/*.xml' lint/py39=ruff.json --runner-exit unit=\$? -o py39.gate.json.gz"
mv py39.gate.json.gz legs/
shown "gate run legs/*.gate.json.gz" 1
cd "$scratch/desk" || exit 1

# As a job of each forge.
forge
forge_has "$head" "$base" open
(cd "$scratch" && event pull_request "$head" "$base")
export GITHUB_TOKEN="$FAKE_TOKEN" GITHUB_API_URL="$url" GITHUB_ACTIONS=true GITHUB_REPOSITORY=acme/app \
	GITHUB_EVENT_NAME=pull_request GITHUB_EVENT_PATH="$scratch/event.json" GITHUB_STEP_SUMMARY="$scratch/summary.md"
shown 'code=0; pytest --junitxml=unit.xml || code=$?; echo $code > unit.exit' 0
is "$(cat unit.exit)" 1 "and the runner's exit status is kept"
shown 'gate run --out json=decision.json --out summary="$GITHUB_STEP_SUMMARY" --out console=- --out github=-' 0
[ -s "$scratch/summary.md" ]
ok $? "the job's summary is there"
shown "gate post --decision decision.json" 0
shown "gate post --sarif FILE" 0 "gate run --out json=decision.json --out sarif=gate.sarif && gate post --decision decision.json --sarif gate.sarif"
shown "gate run --post" 0
unset GITHUB_ACTIONS GITHUB_EVENT_NAME GITHUB_EVENT_PATH

# What CI keeps of this checkout: two legs, of a run that has an ID.
python3 - "$url" "$head" "$scratch/legs/legs/py39.gate.json.gz" <<'P'
import json, sys, urllib.request, zipfile
url, head, leg = sys.argv[1:]
with zipfile.ZipFile("leg.zip", "w") as z:
    z.write(leg, "py39.gate.json.gz")
run = {"id": 4711, "workflow_id": 5, "name": "CI", "head_sha": head, "head_branch": "main", "status": "completed", "conclusion": "success",
       "head_repository": {"full_name": "acme/app"}}
state = {"runs": [run], "artifacts": [{"id": 1, "run": 4711, "name": "legs-py39", "expired": False}], "zips": {"1": "%s/leg.zip" % __import__("os").getcwd()}}
urllib.request.urlopen(urllib.request.Request(url + "/_set", json.dumps(state).encode(), method="PUT"))
P
git remote add origin https://github.com/acme/app.git
fetched="rm -rf reports.kept && mv reports reports.kept && gate fetch -o reports"
kept="; got=\$?; rm -rf fetched && mv reports fetched && mv reports.kept reports; exit \$got"
shown "gate fetch -o reports" 0 "$fetched --revision $head$kept"
shown "gate fetch -o reports --branch main --name 'legs-*'" 0 "$fetched --branch main --name 'legs-*'$kept"
shown "gate fetch -o reports https://github.com/acme/app/actions/runs/4711" 0 "$fetched https://github.com/acme/app/actions/runs/4711$kept"
shown "gate run reports/*/*.gate.json.gz" 1 "cd '$scratch/legs' && gate run ../desk/fetched/*/*.gate.json.gz"
shown "gate run --out json=decision.json --out codequality=gl-quality.json --out junit=gate.xml --out dotenv=gate.env" 0
[ -s gl-quality.json ] && [ -s gate.xml ] && [ -s gate.env ]
ok $? "and its reports are there"

# What the README shows of policies, floors and registers is read without an error.
python3 - "$top/README.md" <<'P'
import re, sys
for n, block in enumerate(re.findall(r"^```yaml\n(.*?)^```", open(sys.argv[1]).read(), re.S | re.M)):
    kind = ("job" if re.search(r"\b(run|script|uses|component|paths):", block) else
            "register" if re.search(r"^findings:", block, re.M) else
            "cases" if re.search(r"^cases:", block, re.M) else
            "floor" if re.search(r"^require-reports:|^floor", block, re.M) else "policy")
    if kind in ("policy", "floor") and "version:" not in block:
        block = "version: 1\n" + block
    open("shown-%02d.%s" % (n, kind), "w").write(block)
P
blocks() { ls shown-*."$1" 2>/dev/null; }
for f in $(blocks policy); do
	cp "$f" shown.yaml
	gate policy show --policy shown.yaml
	exits 0 "README's policy: $(grep -v '^version' "$f" | head -n 1)"
done
for f in $(blocks floor); do
	cp "$f" shown.yaml
	gate policy show --floor shown.yaml
	exits 0 "README's floor: $(head -n 1 "$f")"
done
for f in $(blocks register); do
	cp "$f" shown.yaml
	gate findings --strict shown.yaml
	exits 0 "README's register: $(head -n 1 "$f")"
done
[ -n "$(blocks policy)" ] && [ -n "$(blocks floor)" ] && [ -n "$(blocks register)" ]
ok $? "there is one of each"

# The READMEs below ci-examples/.
cd "$scratch" && cp -r "$project" project && cd project || exit 1
shown "cp -r python/recorded/red python/reports" 0
shown "cd python && gate run" 1

cd "$scratch" || exit 1
sort -u known >known.sorted
sort -u lines >lines.sorted
is "$(comm -13 known.sorted lines.sorted)" "" "no README shows a command line that is not run here"
is "$(comm -23 known.sorted lines.sorted)" "" "and nothing is run here that no README shows"
done_testing
