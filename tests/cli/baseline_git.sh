#!/bin/sh
# A baseline and a repository: tests that the change deletes, files that it renames.
. "$(dirname "$0")/../lib.sh"
now="--now 2026-01-15T12:00:00Z"
unset GITHUB_EVENT_NAME GITHUB_EVENT_PATH CI_MERGE_REQUEST_IID
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@a \
	GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@a GIT_AUTHOR_DATE=2026-01-01T00:00:00Z \
	GIT_COMMITTER_DATE=2026-01-01T00:00:00Z

commit() {
	git add -A && git commit -q -m "$1" && git rev-parse HEAD
}

# unit FILE CLASSNAME#NAME...: a JUnit report
unit() {
	file=$1
	shift
	{
		echo '<testsuite name="s">'
		for c in "$@"; do
			echo "<testcase classname=\"${c%%#*}\" name=\"${c#*#}\"/>"
		done
		echo '</testsuite>'
	} >"$file"
}

judge() {
	status=0
	"$GATE" run $now "$@" --out json=../d.json >out 2>err || status=$?
	mv out err ..
}

class() {
	python3 - "$1" <<'P'
import json, sys
d = json.load(open("../d.json"))
hits = [t for t in d["tests"] if t["id"] == sys.argv[1]]
print(*[t["class"] for t in hits] or "-")
P
}

note() {
	python3 - "$1" <<'P'
import json, sys
print(*[t.get("note") for t in json.load(open("../d.json"))["tests"] if t["id"] == sys.argv[1]])
P
}

mkdir repo && cd repo && git init -q -b main
mkdir -p tests src/test/java/com/x web pkg crates/cart/src cpp
printf '[workspace]\n[package]\nname = "shop-core"\n' >Cargo.toml
cat >tests/test_a.py <<'S'
"""
def test_in_text():
"""
class TestA:
    def test_one(self):
        pass

    def test_two(self):
        pass

class TestB:
    def test_one(self):
        pass

def test_top():
    pass

def test_stays():
    def test_inner():
        pass
S
printf 'def test_only():\n    pass\n' >tests/test_gone.py
cat >web/sum.test.js <<'S'
describe('sum', () => {
  it('adds (1.5)', () => {});
  it("adds two", () => {});
  it(`stays`, () => {});
});
S
cat >src/test/java/com/x/FooTest.java <<'S'
package com.x;

class FooTest {
	@Test
	void bar() {
		baz(1);
	}

	@Test
	void stays() {
	}
}
S
printf 'module example.com/m\n' >go.mod
printf 'package pkg\n\nfunc TestX(t *testing.T) {\n}\n\nfunc TestY(t *testing.T) {\n}\n' >pkg/x_test.go
cat >crates/cart/src/price.rs <<'S'
#[cfg(test)]
mod tests {
    #[test]
    fn rounds() {
    }

    #[test]
    fn stays() {
    }
}
S
printf '#[cfg(test)]\nmod tests {\n    #[test]\n    fn root() {}\n    #[test]\n    fn stays() {}\n}\n' >src/lib.rs
printf 'TEST(Cart, Adds) {\n}\nTEST_P(Cart, Many) {\n}\nTEST(Cart, Stays) {\n}\n' >cpp/cart_test.cc
base=$(commit base)

before="tests.test_a.TestA#test_one tests.test_a.TestA#test_two tests.test_a.TestB#test_one
	tests.test_a#test_top tests.test_a#test_stays[a.b-c] tests.test_gone#test_only"
unit ../py.xml $before
cat >../js.xml <<'S'
<testsuites name="jest tests"><testsuite name="sum" file="web/sum.test.js">
<testcase classname="web/sum.test.js" name="sum › adds (1.5)" file="web/sum.test.js"/>
<testcase classname="web/sum.test.js" name="sum › adds two" file="web/sum.test.js"/>
<testcase classname="web/sum.test.js" name="sum › stays" file="web/sum.test.js"/>
</testsuite></testsuites>
S
unit ../java.xml com.x.FooTest#bar com.x.FooTest#stays
printf '%s\n' '{"Action":"run","Package":"example.com/m/pkg","Test":"TestX"}' \
	'{"Action":"pass","Package":"example.com/m/pkg","Test":"TestX/sub.one"}' \
	'{"Action":"pass","Package":"example.com/m/pkg","Test":"TestX"}' \
	'{"Action":"pass","Package":"example.com/m/pkg","Test":"TestY"}' \
	'{"Action":"pass","Package":"example.com/m/pkg"}' >../go.json
unit ../rust.xml 'cart#price::tests::rounds' 'cart#price::tests::stays' 'shop_core#tests::root' \
	'shop_core#tests::stays' 'other#tests::root'
unit ../cpp.xml Cart#Adds Inst/Cart#Many/0 Inst/Cart#Many/1 Cart#Stays
all="--report py=../py.xml --report js=../js.xml --report java=../java.xml --report go=../go.json
	--report rust=../rust.xml --report cpp=../cpp.xml"
"$GATE" baseline save $now --policy ratchet $all -o ../base.gz >../out 2>../err
status=$?
exits 0 "saved"
grep -q "$base" <<X
$("$GATE" baseline show ../base.gz)
X
ok $? "the revision is in it"
# the change deletes definitions, and a file
python3 - <<'P'
import re
def cut(path, *texts):
    s = open(path).read()
    for t in texts:
        assert t in s, (path, t)
        s = s.replace(t, "", 1)
    open(path, "w").write(s)
cut("tests/test_a.py", "    def test_two(self):\n        pass\n\n", "def test_top():\n    pass\n\n")
cut("web/sum.test.js", "  it('adds (1.5)', () => {});\n")
cut("src/test/java/com/x/FooTest.java", "\t@Test\n\tvoid bar() {\n\t\tbaz(1);\n\t}\n\n")
cut("pkg/x_test.go", "func TestX(t *testing.T) {\n}\n\n")
cut("crates/cart/src/price.rs", "    #[test]\n    fn rounds() {\n    }\n\n")
cut("src/lib.rs", "    #[test]\n    fn root() {}\n")
cut("cpp/cart_test.cc", "TEST(Cart, Adds) {\n}\n", "TEST_P(Cart, Many) {\n}\n")
P
git rm -q tests/test_gone.py
head=$(commit deletes)
unit ../py.xml tests.test_a.TestA#test_one tests.test_a#test_stays[a.b-c]
cat >../js.xml <<'S'
<testsuites name="jest tests"><testsuite name="sum" file="web/sum.test.js">
<testcase classname="web/sum.test.js" name="sum › stays" file="web/sum.test.js"/>
</testsuite></testsuites>
S
unit ../java.xml com.x.FooTest#other
printf '%s\n' '{"Action":"pass","Package":"example.com/m/pkg","Test":"TestZ"}' \
	'{"Action":"pass","Package":"example.com/m/pkg"}' >../go.json
unit ../rust.xml 'cart#other'
unit ../cpp.xml Cart#Other
judge --policy ratchet $all --baseline ../base.gz --trusted-ref "$base"
exits 1 "what only stopped running is missing"
for id in tests/test_a.py::TestA::test_two tests/test_a.py::test_top tests/test_gone.py::test_only \
	"web/sum.test.js > sum > adds (1.5)" 'com.x.FooTest#bar' \
	example.com/m/pkg.TestX example.com/m/pkg.TestX/sub.one cart::price::tests::rounds \
	shop_core::tests::root Cart::Adds Inst/Cart::Many/0 Inst/Cart::Many/1; do
	is "$(class "$id")" removed "deleted: $id"
done
for id in tests/test_a.py::TestB::test_one "web/sum.test.js > sum > adds two" 'com.x.FooTest#stays' \
	example.com/m/pkg.TestY cart::price::tests::stays shop_core::tests::stays other::tests::root Cart::Stays; do
	is "$(class "$id")" missing "not deleted: $id"
done
is "$(note tests/test_a.py::TestA::test_two)" \
	"it passed in the baseline; its definition is deleted: tests/test_a.py:8" "and where it stood"
is "$(class 'tests/test_a.py::test_stays[a.b-c]')" - "what ran is no matter"
cp ../d.json ../first.json
judge --policy ratchet $all --baseline ../base.gz --trusted-ref "$base"
cmp -s ../d.json ../first.json
ok $? "the same again, byte for byte"
judge --policy ratchet $all --baseline ../base.gz
is "$(class tests/test_a.py::TestA::test_two) $(class tests/test_a.py::TestB::test_one)" "removed missing" \
	"outside of a change, what was deleted since the baseline"
judge --policy ratchet $all --baseline ../base.gz --trusted-ref "$head"
is "$(class tests/test_a.py::TestA::test_two)" removed "what was deleted before the change too"
git checkout -q --orphan other && git commit -q -m other
judge --policy ratchet $all --baseline ../base.gz
is "$(class tests/test_a.py::TestA::test_two)" missing \
	"another history says nothing of what was deleted"
git checkout -q -f main

# below the root, the reports' paths are too
(cd tests && unit ../../sub.xml test_a.TestA#test_one test_a.TestA#test_two &&
	"$GATE" baseline save $now --policy ratchet ../../sub.xml -o ../../sub.gz >/dev/null)
(cd tests && unit ../../sub.xml test_a.TestA#test_one &&
	"$GATE" run $now --policy ratchet ../../sub.xml --baseline ../../sub.gz \
		--trusted-ref "$base" --out json=../../d.json >/dev/null 2>&1)
is "$(class test_a.py::TestA::test_two)" removed "below the repository's root"

# one deleted definition does not speak for two tests
unit ../two.xml one.test_a.TestA#test_two two.tests.test_a.TestA#test_two tests.test_a.TestA#test_two \
	tests.test_a.TestA#test_one
"$GATE" baseline save $now --policy ratchet ../two.xml -o ../two.gz >/dev/null 2>&1
unit ../two.xml tests.test_a.TestA#test_one
judge --policy ratchet ../two.xml --baseline ../two.gz --trusted-ref "$base"
is "$(class one/test_a.py::TestA::test_two) $(class two/tests/test_a.py::TestA::test_two)" \
	"missing missing" "files of the same name elsewhere are other files"
is "$(class tests/test_a.py::TestA::test_two)" removed "the one is deleted"
unit ../two.xml test_a.TestA#test_two tests.test_a.TestA#test_two tests.test_a.TestA#test_one
"$GATE" baseline save $now --policy ratchet ../two.xml -o ../two.gz >/dev/null 2>&1
unit ../two.xml tests.test_a.TestA#test_one
judge --policy ratchet ../two.xml --baseline ../two.gz --trusted-ref "$base"
is "$(class test_a.py::TestA::test_two) $(class tests/test_a.py::TestA::test_two)" \
	"missing missing" "where it could be either, neither is deleted"

# moved to another file, or skipped by an attribute: not deleted
git checkout -q -b moves "$base"
python3 - <<'P'
s = open("tests/test_a.py").read()
s = s.replace("def test_top():\n    pass\n", "")
s = s.replace("    def test_two(self)", "    @skip\n    def test_two(self)")
open("tests/test_a.py", "w").write(s)
open("tests/test_b.py", "w").write("def test_top():\n    pass\n")
P
git mv tests/test_gone.py tests/test_new_name.py
commit moves >/dev/null
unit ../py.xml tests.test_a.TestA#test_one
judge --policy ratchet --report py=../py.xml --baseline ../base.gz --trusted-ref "$base"
is "$(class tests/test_a.py::test_top)" missing "a test that moved to another file is not deleted"
is "$(class tests/test_a.py::TestA::test_two)" missing "nor one that is edited"
is "$(class tests/test_gone.py::test_only)" missing "nor one in a renamed file"
says_not ../d.json "likely renamed" "where nothing new ran, nothing is suggested"

# likely renames: suggested, with the line to write, and still missing
unit ../py.xml tests.test_a.TestA#test_one tests.test_b#test_top tests.test_new_name#test_only \
	tests.test_a.TestA#test_twos "tests.test_a#test_stays[a.b-d]" other.test_x#test_only
judge --policy ratchet --report py=../py.xml --baseline ../base.gz --trusted-ref "$base"
exits_there() { cd .. && exits "$@" && cd repo; }
exits_there 1 "likely renamed is missing"
is "$(note tests/test_a.py::test_top)" "it passed in the baseline; likely renamed to \
tests/test_b.py::test_top: if so, a register says renamed: {\"tests/test_a.py::test_top\": \
\"tests/test_b.py::test_top\"}" "the same name in another file"
is "$(note tests/test_gone.py::test_only | grep -o 'renamed to [^:]*')" "renamed to tests/test_new_name.py" \
	"of two with that name, the one in the file that git renamed"
is "$(note tests/test_a.py::TestA::test_two | grep -o 'renamed to .*: if')" \
	"renamed to tests/test_a.py::TestA::test_twos: if" "a name that is spelled nearly so"
is "$(note 'tests/test_a.py::test_stays[a.b-c]')" "it passed in the baseline" \
	"another parameter is another test"
cat >../renamed.yaml <<'Y'
version: 1
findings: []
renamed: {"tests/test_a.py::test_top": "tests/test_b.py::test_top"}
Y
judge --policy ratchet --report py=../py.xml --baseline ../base.gz --trusted-ref "$base" --register ../renamed.yaml
is "$(class tests/test_a.py::test_top)" - "renamed: settles it"

# results in a renamed file
git checkout -q -b lint "$base"
mkdir lib
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	printf 'import mod_%s\nvalue_%s = mod_%s.get()\n\n' $i $i $i
done >lib/old.py
printf 'import os\n\nprint(1)\n' >lib/copy.py
commit lint >/dev/null
flake() { # FILE:LINE...
	for at in "$@"; do
		echo "$at:1: F401 'os' imported but unused"
	done >../flake8.txt
}
flake lib/old.py:1 lib/old.py:4 lib/copy.py:1
"$GATE" baseline save $now --policy ratchet --report lint=flake8:../flake8.txt -o ../lint.gz >/dev/null 2>../err
status=$?
cd .. && exits 0 "results are saved with the lines around them" && cd repo || exit 1
git mv lib/old.py lib/renamed.py
{ echo '# head'; echo; cat lib/renamed.py; } >x && mv x lib/renamed.py
sed -i 's/value_9/values/' lib/renamed.py
git rm -q lib/copy.py
{ printf 'import os\n\nprint(1)\n'; seq 100 140; } >lib/other.py
commit rename >/dev/null
flake lib/renamed.py:3 lib/renamed.py:6 lib/other.py:1
judge --policy ratchet --report lint=flake8:../flake8.txt --baseline ../lint.gz
cat >../issues.py <<'P'
import json
d = json.load(open("../d.json"))
print(*sorted("%s:%s=%s" % (i["file"], i["line"], i["class"]) for i in d["issues"]))
P
is "$(python3 ../issues.py)" "lib/copy.py:1=resolved lib/other.py:1=new-issue" \
	"in a renamed file they are the same, copied elsewhere they are not"
rm -rf .git
judge --policy ratchet --report lint=flake8:../flake8.txt --baseline ../lint.gz
is "$(python3 ../issues.py)" "" "without git, likeness of the lines is all there is"
cd ..
done_testing
