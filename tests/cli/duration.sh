#!/bin/sh
# The rule `duration`: what takes longer than on the baseline by more than noise explains, or than
# is allowed.
. "$(dirname "$0")/../lib.sh"
# took FILE SECONDS...: a report of tests t1, t2, ... that took so long; "x" fails, "-" has no time
took() {
	file=$1
	shift
	i=0
	echo '<testsuite name="s">' >"$file"
	for s; do
		i=$((i + 1))
		case $s in
		x) echo "<testcase classname=\"t\" name=\"t$i\" time=\"99\"><failure/></testcase>" ;;
		-) echo "<testcase classname=\"t\" name=\"t$i\"/>" ;;
		*) echo "<testcase classname=\"t\" name=\"t$i\" time=\"$s\"/>" ;;
		esac
	done >>"$file"
	echo '</testsuite>' >>"$file"
}
rule() { printf 'version: 1\nreports: {unit: unit.xml}\nbaseline: {path: base.gz, required: false}\nrules: {duration: %s}\n' "$1" >gate.yaml; }
judge() { gate run --now 2026-11-20T12:00:00Z --out json=d.json "$@"; }
save() { gate baseline save --now 2026-11-19T12:00:00Z; }

rule 0
took unit.xml 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0
judge
exits 3 "at fail, without a baseline, nothing can be said"
says out 'there is no baseline to compare with' "... and that is said"
rule warn
judge
exits 0 "at warn it is a note"
rule 0
save
exits 0 "a baseline with times"
is "$(gzip -dc base.gz | grep -c '^@took 1000$')" 10 "... of each test that took a while"
is "$(gzip -dc base.gz | grep '^@time')" "@time 10000 10" "... and of all together"
judge
exits 0 "the same times"

# ---- noise
took unit.xml 1.4 1.3 0.8 1.2 0.9 1.0 1.1 1.4 0.7 1.2
judge
exits 0 "less than half as long again is noise"
took unit.xml 9.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0
judge
exits 0 "one outlier is noise"
rule '{max: 9, outliers: 0}'
judge
says d.json '1 slower test or report' "... which is counted where the policy says so"
rule '{outliers: 0}'
judge
exits 1 "... and fails where none is allowed"
says out 'took 9.0 s, on the baseline 1.0 s' "... with both times"
says d.json '"t::t1"' "... and its name"
rule 0
took unit.xml 9.0 9.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0
judge
exits 1 "two of ten are no outliers"
rule '{outliers: 20}'
judge
exits 0 "... unless the policy takes a fifth for noise"
says d.json '2 tests were slower, few enough of 10 to be noise' "... and says it"
rule '{percent: 1000}'
judge
exits 0 "ten times as long is what the policy allows"
rule '{min-ms: 9000}'
judge
exits 0 "... or so many milliseconds"
rule 0
took base.xml 0.1 0.1 0.1 0.1 0.1 0.1
took unit.xml 0.4 0.4 0.4 0.4 0.4 0.5
judge --baseline base.xml
exits 1 "six short tests, all four times as long: the leg as a whole"
says out 'its tests took 4.0 times as long (median of 6): 2.5 s, on the baseline 600 ms' "... by the median"
says_not out 'took 400 ms' "... and none of them for itself: the machine explains it"
took unit.xml 0.14 0.14 0.14 0.14 0.14 0.4
judge --baseline base.xml
exits 0 "small differences are noise, whatever their share"

# ---- a slower machine
took base.xml 1 1 1 1 1 1 1 1 1 1
took unit.xml 1.4 1.4 1.4 1.4 1.4 1.4 1.4 1.4 2.0 2.0
judge --baseline base.xml
exits 0 "on a machine that is slower by 40 %, twice as long is not half as long again"
took unit.xml 0.4 0.4 0.4 0.4 0.4 0.4 0.4 0.4 1.4 1.4
judge --baseline base.xml
exits 0 "a faster machine shrinks nothing"
took unit.xml 2 2 2 2 2 2 2 2 2 9
judge --baseline base.xml
exits 1 "twice as long all over"
says out 'unit' "... is told of the report"
says out 'its tests took 2.0 times as long (median of 10): 27.0 s, on the baseline 10.0 s' "... with both times"

# ---- what is compared
took base.xml 1 1 1 1 x -
took unit.xml 1 1 1 x 9 9
judge --baseline base.xml
exits 0 "tests that failed, or had no time, are not compared"
took base.xml 0.01 0.02 1 1
took unit.xml 5 5 1 1
rule '{outliers: 0}'
judge --baseline base.xml
exits 1 "tests that were too short to be kept"
says out 'took 5.0 s, on the baseline less than 100 ms' "... are known to have been short"
took base.xml 0.01 - 1 1
judge --baseline base.xml
exits 0 "... not where others have no time at all"
took base.xml 1 1
took unit.xml 1 1 9 9 9
judge --baseline base.xml
exits 0 "new tests are not slower"
{
	echo '<testsuites><testsuite name="a"><testcase classname="t" name="t1" time="1"/></testsuite>'
	echo '<testsuite name="b"><testcase classname="t" name="t1" time="5"/></testsuite></testsuites>'
} >unit.xml
cp unit.xml base.xml
judge --baseline base.xml
exits 0 "equal names in two suites are told apart"
sed -i 's/time="1"/time="9"/' unit.xml
judge --baseline base.xml
exits 1 "... each with its own time"
says out 'took 9.0 s, on the baseline 1.0 s' "... as it was"
took base.xml 1 1
took unit.xml 9 9
rule '{test: "t::t2", outliers: 0}'
judge --baseline base.xml
exits 1 "a selected test"
says d.json '"observed": 1' "... alone"
rule '{report: other, outliers: 0, level: info}'
judge --baseline base.xml
exits 2 "a report that nobody declares"
rule '{path: "src/**"}'
gate policy check
exits 2 "a selector that says nothing of times"
says err '`duration` can never apply: of the times of passing tests no `path` is known' "... is said"

# ---- absolute limits
took unit.xml 5 0.2 -
rule '{max-seconds: 4}'
judge
exits 1 "a test that takes too long, without a baseline"
says out 'took 5.0 s, at most 4.0 s allowed' "... with the limit"
rule '{max-seconds: 5}'
judge
exits 0 "as long as it may"
rule '{max-total-seconds: 5}'
judge
exits 1 "all together"
says out 'its tests took 5.2 s together, at most 5.0 s allowed' "... with the limit"
rule '{max-total-seconds: 6, max: {high: 1}}'
judge
exits 0 "within it"
took unit.xml 1e300 5
rule '{max-seconds: 100}'
judge
exits 1 "a number without sense is long"

# ---- bad input
for bad in '{percent: 0}' '{min-ms: -1}' '{outliers: 101}' '{max-seconds: soon}' '{seconds: 3}'; do
	rule "$bad"
	judge
	exits 2 "refused: $bad"
done

# ---- old and broken baselines
took unit.xml 1 1 1
rule 0
rm -f base.gz
save
gzip -dc base.gz | grep -v '^@t' | gzip >old.gz
judge --baseline old.gz
exits 3 "an old baseline has no times"
says out 'the baseline holds no times to compare with' "... which is said"
rule '[{max-seconds: 9}, {level: warn}]'
judge --baseline old.gz
exits 0 "... and hinders no other limit"
for line in '@took -1' '@took 1e9' '@took' '@time x 1'; do
	gzip -dc base.gz | sed "s/^@took 1000/$line/" | gzip >bad.gz
	judge --baseline bad.gz
	exits 3 "a broken baseline: $line"
done
gzip -dc base.gz | sed '/^@leg/a @took 5' | gzip >bad.gz
judge --baseline bad.gz
exits 3 "a time of no case"
gate baseline show base.gz
exits 0 "what it holds can be shown"
gate baseline diff base.gz old.gz
exits 0 "times alone are no difference"

# ---- the same bytes, from whatever order
took a.xml 1 2 3
took b.xml 4 5 6
sed -i 's/name="t\([0-9]\)"/name="b\1"/' b.xml
printf 'version: 1\nreports: {unit: [a.xml, b.xml]}\nrules: {duration: {max-seconds: 1}}\n' >gate.yaml

judge -j1
cp d.json one.json
judge -j8
cmp -s d.json one.json
ok $? "the same bytes with one thread and with eight"
is "$(grep -o '"t::[a-z0-9]*' d.json | sort -u | wc -l)" 5 "... of two reports"
done_testing
