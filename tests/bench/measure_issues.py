#!/usr/bin/env python3
"""Measures `gate inspect` on one large lint report against its reference; see run.sh.

usage: measure_issues.py --gate GATE --kind sarif|eslint|gcc --file FILE --expect FILE [--rounds N]

The reference is `json_verify` on the same JSON, or `grep` on the same log, and `openssl dgst
-sha256` of it, since gate takes the digest too. The commands run in turn; ratios are of
medians. Ends with 1 when a limit is passed or a count is wrong.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

from measure import run

# cpu: x the reference, user + sys; rss: MiB, of a reader that keeps no result
LIMITS = {"sarif": (1.2, 32.0), "eslint": (1.3, 32.0), "gcc": (1.0, 32.0)}
GREP = r"^[^:]+:[0-9]+:[0-9]+: (warning|error): "


def counts_are_right(gate, file, expect):
    want = json.load(open(expect, encoding="utf-8"))
    seen = subprocess.run([gate, "inspect", "--json", file], stdout=subprocess.PIPE, check=False)
    report = json.loads(seen.stdout)["reports"][0]
    issues = report["issues"]
    got = {"total": issues["total"], "suppressed": issues["suppressed"]}
    got.update({k: issues["by_level"][k] for k in ("high", "medium", "low")})
    ok = got == want and report["complete"] and sum(issues["by_level"].values()) == got["total"] - got["suppressed"]
    print("counts: %d results, %d high, %d medium, %d low, %d suppressed: %s" % (
        got["total"], got["high"], got["medium"], got["low"], got["suppressed"],
        "right" if ok else "WRONG, expected %s" % want))
    return ok


def reference(kind, file):
    if kind == "gcc":
        # Into /dev/null, GNU grep stops at the first line that fits.
        return run(["sh", "-c", 'LC_ALL=C exec grep -cE "$1" "$0" >"$0.count"', file, GREP])[0]
    return run(["sh", "-c", 'exec json_verify <"$0"', file])[0]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--gate", "--file", "--expect"):
        p.add_argument(name, required=True, type=os.path.abspath)
    p.add_argument("--kind", required=True, choices=sorted(LIMITS))
    p.add_argument("--rounds", type=int, default=5)
    a = p.parse_args()
    cpu_limit, rss_limit = LIMITS[a.kind]
    ok = counts_are_right(a.gate, a.file, a.expect)
    mine, theirs, peak = [], [], 0.0
    for _ in range(a.rounds):
        cpu, _wall, rss, code = run([a.gate, "inspect", a.file])
        if code != 0:
            sys.exit("gate inspect ended in %d" % code)
        mine.append(cpu)
        peak = max(peak, rss)
        theirs.append((reference(a.kind, a.file), run(["openssl", "dgst", "-sha256", a.file])[0]))
    tool = statistics.median(t[0] for t in theirs)
    digest = statistics.median(t[1] for t in theirs)
    ratio = statistics.median(mine) / (tool + digest)
    print("%s, %d MB: gate inspect %.2f s cpu; %s %.2f s + openssl %.2f s; ratio %.2f (limit %.1f); "
          "peak %.1f MiB (limit %.0f)" % (a.kind, os.path.getsize(a.file) // 1000000, statistics.median(mine),
          "grep" if a.kind == "gcc" else "json_verify", tool, digest, ratio, cpu_limit, peak, rss_limit))
    sys.exit(0 if ok and ratio <= cpu_limit and peak <= rss_limit else 1)


if __name__ == "__main__":
    main()
