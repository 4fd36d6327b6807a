#!/usr/bin/env python3
"""Writes a large lint report for the benchmark, with what a right reader counts in it.

usage: gen_issues.py sarif|eslint|gcc --out FILE --expect FILE --records N

The same arguments give the same bytes on every Python 3: all that varies is arithmetic on
the record's number. `--records`: SARIF results, ESLint files, lines of a build's log.
"""
import argparse
import json

LEVELS = ["error", "warning", "note"]
WORDS = ("the value of this call is never used and the name it is given hides another one "
         "declared in the file that is included first").split()


def mix(n):
    """A number that looks like chance, from the record's own."""
    n = (n ^ 61 ^ (n >> 16)) * 9 & 0xffffffff
    n = (n ^ (n >> 4)) * 0x27d4eb2d & 0xffffffff
    return n ^ (n >> 15)


def words(n, count):
    return " ".join(WORDS[(n + 7 * i) % len(WORDS)] for i in range(count))


def path(n, ending):
    return "src/module%02d/part%03d/unit%04d.%s" % (n % 40, n % 271, n % 5000, ending)


def sarif(out, records):
    rules = [{"id": "ACME%03d" % i, "name": "rule%d" % i, "shortDescription": {"text": words(i, 8)},
              "defaultConfiguration": {"level": LEVELS[i % 3]}} for i in range(300)]
    out.write('{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{"tool": ')
    json.dump({"driver": {"name": "Acme", "version": "1.0", "rules": rules}}, out)
    out.write(', "results": [\n')
    by_level = dict.fromkeys(LEVELS, 0)
    suppressed = 0
    for n in range(records):
        m = mix(n)
        rule = m % 300
        result = {"ruleId": "ACME%03d" % rule, "ruleIndex": rule, "message": {"text": words(m, 12 + m % 9)},
                  "locations": [{"physicalLocation": {
                      "artifactLocation": {"uri": path(m, "c"), "uriBaseId": "SRCROOT"},
                      "region": {"startLine": 1 + m % 4000, "startColumn": 1 + m % 80,
                                 "endLine": 1 + m % 4000, "endColumn": 90,
                                 "snippet": {"text": "\t" + words(m + 3, 9) + ";"}}}}],
                  "partialFingerprints": {"primaryLocationLineHash": "%08x%08x:1" % (m, n)}}
        level = LEVELS[rule % 3]
        if m % 4:  # the others leave it to their rule
            level = result["level"] = LEVELS[m // 4 % 3]
        if m % 10 == 0:
            result["relatedLocations"] = result["locations"]
        if n % 100 == 7:
            result["message"]["text"] += ' \u201cquoted\u201d \\ "and" \t' + words(m, 4)
        if n % 50 == 3:
            result["suppressions"] = [{"kind": "inSource"}]
            suppressed += 1
        else:
            by_level[level] += 1
        out.write((",\n" if n else "") + json.dumps(result))
    out.write("\n]}]}\n")
    return {"total": records, "suppressed": suppressed, "high": by_level["error"],
            "medium": by_level["warning"], "low": by_level["note"]}


def eslint(out, records):
    out.write("[")
    counts = {"high": 0, "medium": 0}
    total = 0
    for n in range(records):
        m = mix(n)
        messages = []
        for i in range(m % 41):
            k = mix(m + i)
            severity = 1 + k % 2
            counts["high" if severity == 2 else "medium"] += 1
            messages.append({"ruleId": "plugin/rule-%d" % (k % 200), "severity": severity, "message": words(k, 14),
                             "line": 1 + k % 900, "column": 1 + k % 100, "nodeType": "Identifier",
                             "messageId": "unused", "endLine": 1 + k % 900, "endColumn": 120,
                             "fix": {"range": [k % 9000, k % 9000 + 12], "text": words(k, 3)}})
        total += len(messages)
        errors = sum(x["severity"] == 2 for x in messages)
        out.write((",\n" if n else "\n") + json.dumps({
            "filePath": "/build/" + path(m, "js"), "messages": messages, "suppressedMessages": [],
            "errorCount": errors, "fatalErrorCount": 0, "warningCount": len(messages) - errors,
            "fixableErrorCount": 0, "fixableWarningCount": 0, "source": words(m, 300), "usedDeprecatedRules": []}))
    out.write("\n]\n")
    return {"total": total, "suppressed": 0, "high": counts["high"], "medium": counts["medium"], "low": 0}


def gcc(out, records):
    counts = {"high": 0, "medium": 0}
    n = lines = 0
    while lines < records:
        m = mix(n)
        n += 1
        if m % 5:  # what a build says besides
            out.write("gcc -O2 -g -Wall -Wextra -Isrc -Iinclude -DACME=%d -c -o build/%s %s\n" % (
                m % 9, path(m, "o"), path(m, "c")))
            lines += 1
            continue
        word = "error" if m % 35 == 0 else "warning"
        counts["high" if word == "error" else "medium"] += 1
        rule = "" if word == "error" else " [-Wacme-%d]" % (m % 60)
        at = path(m, "c")
        out.write("%s: In function 'unit%d':\n%s:%d:%d: %s: %s%s\n" % (
            at, m % 99, at, 1 + m % 3000, 1 + m % 70, word, words(m, 10), rule))
        out.write(" %4d |         %s;\n      |         ^~~~~~~~\n" % (1 + m % 3000, words(m + 1, 6)))
        lines += 4
    return {"total": counts["high"] + counts["medium"], "suppressed": 0, "high": counts["high"],
            "medium": counts["medium"], "low": 0}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("kind", choices=["sarif", "eslint", "gcc"])
    p.add_argument("--out", required=True)
    p.add_argument("--expect", required=True)
    p.add_argument("--records", type=int, required=True)
    a = p.parse_args()
    with open(a.out, "w", encoding="utf-8", newline="\n") as out:
        expected = {"sarif": sarif, "eslint": eslint, "gcc": gcc}[a.kind](out, a.records)
    with open(a.expect, "w", encoding="utf-8") as out:
        json.dump(expected, out, indent=1, sort_keys=True)
        out.write("\n")


if __name__ == "__main__":
    main()
