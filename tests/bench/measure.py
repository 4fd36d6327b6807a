#!/usr/bin/env python3
"""Measures `gate run` against its references; see run.sh.

usage: measure.py --gate GATE --big FILE --expect FILE --small FILE [--rounds N]

The commands run in turn, so that a busy machine slows all of them; ratios are of medians.
Ends with 1 when a limit is passed or a count is wrong.
"""
import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

CPU_LIMIT = 1.0       # x (xmllint --stream --noout + openssl dgst -sha256), user + sys
RSS_LIMIT = 40.0      # MiB
WALL_LIMIT = 5.0      # x xmllint --stream, on a small file
SMALL_RUNS = 30


def run(cmd, cwd=None):
    """(user + sys seconds, wall seconds, peak MiB, exit status)"""
    started = time.perf_counter()
    p = subprocess.Popen(cmd, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(p.pid, 0)
    wall = time.perf_counter() - started
    p.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024.0, p.returncode


def counts_are_right(gate, big, expect, folder):
    """The decision's failing tests and the report's counts against the answer key."""
    want = json.load(open(expect, encoding="utf-8"))
    out = os.path.join(folder, "decision.json")
    subprocess.run([gate, "run", "--now", "2026-01-01T00:00:00Z", "--out", "json=" + out, big], cwd=folder,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    d = json.load(open(out, encoding="utf-8"))
    failed = sum(t["outcome"] == "failed" for t in d["tests"])
    errors = sum(t["outcome"] == "error" for t in d["tests"])
    seen = subprocess.run([gate, "inspect", "--json", big], stdout=subprocess.PIPE, check=False)
    t = json.loads(seen.stdout)["reports"][0]["tests"]
    got = dict(tests=t["total"], failures=t["failed"], errors=t["error"], skipped=t["skipped"])
    ok = (failed, errors) == (want["failures"], want["errors"])
    ok = ok and all(got[k] == want[k] for k in got) and len({t["id"] for t in d["tests"]}) == len(d["tests"])
    print("counts: %d cases, %d failed, %d errors, %d skipped: %s" % (
        got["tests"], failed, errors, got["skipped"], "right" if ok else "WRONG, expected %s" % want))
    return ok


def big_file(a, folder):
    gate, xml, sha = [], [], []
    peak = 0.0
    for _ in range(a.rounds):
        cpu, wall, rss, code = run([a.gate, "run", "--now", "2026-01-01T00:00:00Z", a.big], cwd=folder)
        if code not in (0, 1):
            sys.exit("gate run ended in %d" % code)
        gate.append(cpu)
        peak = max(peak, rss)
        xml.append(run(["xmllint", "--stream", "--noout", a.big])[0])
        sha.append(run(["openssl", "dgst", "-sha256", a.big])[0])
    mine, theirs = statistics.median(gate), statistics.median(xml) + statistics.median(sha)
    ratio = mine / theirs
    print("%d MB: gate run %.2f s cpu; xmllint %.2f s + openssl %.2f s; ratio %.2f (limit %.1f)" % (
        os.path.getsize(a.big) // 1000000, mine, statistics.median(xml), statistics.median(sha), ratio, CPU_LIMIT))
    print("peak memory %.1f MiB (limit %.0f)" % (peak, RSS_LIMIT))
    return ratio <= CPU_LIMIT and peak <= RSS_LIMIT


def small_file(a, folder):
    gate, xml = [], []
    for _ in range(SMALL_RUNS):
        gate.append(run([a.gate, "run", "--now", "2026-01-01T00:00:00Z", a.small], cwd=folder)[1])
        xml.append(run(["xmllint", "--stream", "--noout", a.small])[1])
    mine, theirs = statistics.median(gate), statistics.median(xml)
    print("500 cases: gate run %.1f ms wall; xmllint %.1f ms; ratio %.1f (limit %.0f)" % (
        mine * 1000, theirs * 1000, mine / theirs, WALL_LIMIT))
    return mine / theirs <= WALL_LIMIT


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--gate", "--big", "--expect", "--small"):
        p.add_argument(name, required=True)
    p.add_argument("--rounds", type=int, default=5)
    a = p.parse_args()
    a.gate, a.big, a.small = (os.path.abspath(x) for x in (a.gate, a.big, a.small))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        # One after the other, all of them: a slow machine is no reason not to look at counts.
        ok = [counts_are_right(a.gate, a.big, a.expect, folder), big_file(a, folder), small_file(a, folder)]
    sys.exit(0 if all(ok) else 1)


if __name__ == "__main__":
    main()
