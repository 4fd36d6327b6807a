#!/usr/bin/env python3
"""Writes a large JUnit XML report and its answer key, for tests/bench/run.sh.

usage: gen_junit.py --out FILE --expect FILE [--cases N]

The same arguments give the same bytes on every machine: every choice comes from a
counter-based mixer, none from `random`. About 200 bytes a case; of 10,000 cases 44 fail, 5
break and 20 are skipped, with texts of the size that Java's stack traces have; one case in
a hundred printed something.
"""
import argparse
import json

MASK = (1 << 64) - 1
PACKAGES = ["atlas", "beacon", "cinder", "delta", "ember", "fjord", "garnet", "harbor"]
SUBJECTS = ["Ledger", "Parser", "Router", "Socket", "Ticket", "Vault", "Widget", "Window"]
ACTIONS = ["accepts", "closes", "drops", "expands", "folds", "joins", "merges", "splits"]
OBJECTS = ["EmptyInput", "LongNames", "OldRecords", "OpenRanges", "SharedKeys", "WideRows"]
PER_CLASS = 64


def mix(n):
    """A well-spread 64-bit number for each n."""
    n = (n * 0xD1342543DE82EF95 + 0x632BE59BD9B4E019) & MASK
    n = ((n ^ (n >> 32)) * 0xDABA0B6EB09322E3) & MASK
    return n ^ (n >> 29)


def class_of(i):
    n = i // PER_CLASS
    package = "net.bench.%s.p%d" % (PACKAGES[n % 8], n // 64)
    return package, "%sTest" % SUBJECTS[(n // 8) % 8]


def name_of(i):
    h = mix(i)
    name = ACTIONS[h % 8] + OBJECTS[(h >> 8) % 6]
    kind = (h >> 16) % 20
    if kind == 0:
        return name + "[%d: x &lt; y &amp;&amp; &quot;z&quot;]" % (i % PER_CLASS)
    if kind == 1:
        return name + "[%d \u00e4\u00f6\u00fc \u0436]" % (i % PER_CLASS)
    return name + "_%d" % (i % PER_CLASS)


def trace(h, package, cls):
    lines = []
    for depth in range(10 + h % 20):
        g = mix(h + depth)
        lines.append("\tat net.bench.%s.%s.%s(%s.java:%d)\n" % (
            PACKAGES[g % 8], SUBJECTS[(g >> 8) % 8], ACTIONS[(g >> 16) % 8],
            SUBJECTS[(g >> 8) % 8], 10 + (g >> 24) % 800))
    lines.append("\tat %s.%s.run(%s.java:%d)\n" % (package, cls, cls, 10 + h % 300))
    return "".join(lines)


def body_of(i, package, cls, totals):
    h = mix(i + (1 << 40))
    pick = h % 10000
    out = ""
    if pick < 44:
        totals["failures"] += 1
        message = "expected: &lt;%d&gt; but was: &lt;%d&gt;" % ((h >> 20) % 1000, (h >> 32) % 1000)
        text = "java.lang.AssertionError: %s\n%s" % (message, trace(h >> 16, package, cls))
        if h & (1 << 50):
            text = "<![CDATA[java.lang.AssertionError: a < b\n%s]]>" % trace(h >> 16, package, cls)
        out = '    <failure message="%s" type="java.lang.AssertionError">%s</failure>\n' % (message, text)
    elif pick < 49:
        totals["errors"] += 1
        out = '    <error message="connection reset" type="java.io.IOException">%s</error>\n' % (
            trace(h >> 16, package, cls))
    elif pick < 69:
        totals["skipped"] += 1
        out = '    <skipped message="later, see %d"/>\n' % ((h >> 20) % 5000)
    if (h >> 40) % 100 == 0:
        out += "    <system-out><![CDATA[%s]]></system-out>\n" % "".join(
            "12:00:%02d.%03d DEBUG worker-%d done\n" % (k, (h >> k) % 1000, k % 4) for k in range(12))
    return out


def write_suite(out, first, last, totals):
    package, cls = class_of(first)
    mine = dict(tests=0, failures=0, errors=0, skipped=0)
    cases = []
    for i in range(first, last):
        mine["tests"] += 1
        body = body_of(i, package, cls, mine)
        head = '  <testcase name="%s" classname="%s.%s" file="src/test/java/%s/%s.java" line="%d" time="%d.%03d"' % (
            name_of(i), package, cls, package.replace(".", "/"), cls, 12 + i % PER_CLASS * 9,
            mix(i) % 3, mix(i + 7) % 1000)
        cases.append(head + (">\n" + body + "  </testcase>\n" if body else "/>\n"))
    out.write('<testsuite name="%s.%s" tests="%d" failures="%d" errors="%d" skipped="%d" time="1.5">\n'
              '  <properties><property name="java.version" value="21"/></properties>\n' % (
                  package, cls, mine["tests"], mine["failures"], mine["errors"], mine["skipped"]))
    out.write("".join(cases))
    out.write("</testsuite>\n")
    for key, n in mine.items():
        totals[key] += n


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", required=True)
    p.add_argument("--expect", required=True)
    p.add_argument("--cases", type=int, default=1000000)
    a = p.parse_args()
    totals = dict(tests=0, failures=0, errors=0, skipped=0)
    with open(a.out, "w", encoding="utf-8", newline="\n") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n')
        for first in range(0, a.cases, PER_CLASS):
            write_suite(out, first, min(a.cases, first + PER_CLASS), totals)
        out.write("</testsuites>\n")
    with open(a.expect, "w", encoding="utf-8") as f:
        json.dump(totals, f, indent=1, sort_keys=True)
        f.write("\n")


if __name__ == "__main__":
    main()
