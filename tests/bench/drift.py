#!/usr/bin/env python3
"""How well lint results are matched after edits: precision and recall on generated drifts.

Recorded reports of real linters, with the sources they are about (drift/recorded.tar.gz), are
edited in known ways: lines inserted, deleted and edited, files renamed, one violation swapped for
another of its rule in its file, violations added. Each result follows its line, so it is known
which results are new, which are resolved and which stayed. What `gate run --baseline` says is held
against that.

usage: drift.py GATE [--seeds N] [--check]; --check fails below the floors.
"""
import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
REPORTS = {"pylint": "pylint-text", "flake8": "flake8", "shellcheck": "shellcheck-text"}
PLACE = re.compile(r"^(?:\./)?([\w./-]+):(\d+)(:.*)$")
NOW = "2026-01-15T12:00:00Z"
# Least precision and recall of what is called the same, for each mode.
FLOORS = {"git": (0.99, 0.99), "sources": (0.99, 0.98), "blind": (0.97, 0.85)}


class Line:
    """A line of source that keeps its identity through edits, with the results on it."""

    def __init__(self, text):
        self.text = text
        self.results = []  # of struct Result


class Result:
    def __init__(self, report, rest, was=None):
        self.report = report
        self.rest = rest   # what follows the line number
        self.was = was     # (file, line) in the baseline; None: it is new


class Tree:
    """Sources by path, each a list of lines, and the lines of reports that are about no place."""

    def __init__(self):
        self.files = {}
        self.heads = {name: [] for name in REPORTS}
        self.tails = {name: [] for name in REPORTS}

    @classmethod
    def recorded(cls, folder):
        tree = cls()
        for base, _, names in os.walk(os.path.join(folder, "project")):
            for name in names:
                path = os.path.join(base, name)
                with open(path, encoding="utf-8") as f:
                    lines = [Line(t) for t in f.read().split("\n")]
                tree.files[os.path.relpath(path, os.path.join(folder, "project"))] = lines
        for name in REPORTS:
            with open(os.path.join(folder, name + ".txt"), encoding="utf-8") as f:
                for text in f.read().splitlines():
                    m = PLACE.match(text)
                    if m:
                        line = tree.files[m[1]][int(m[2]) - 1]
                        line.results.append(Result(name, m[3], (m[1], int(m[2]))))
                    elif text.startswith("*"):
                        tree.heads[name].append(text)
                    else:
                        tree.tails[name].append(text)
        return tree

    def copy(self):
        tree = Tree()
        tree.heads, tree.tails = self.heads, self.tails
        for path, lines in self.files.items():
            tree.files[path] = []
            for line in lines:
                twin = Line(line.text)
                twin.results = list(line.results)
                tree.files[path].append(twin)
        return tree

    def results(self):
        for path, lines in sorted(self.files.items()):
            for n, line in enumerate(lines, 1):
                for r in line.results:
                    yield path, n, r

    def write(self, folder, reports):
        """The sources below `folder`, the reports into `reports`."""
        for path, lines in self.files.items():
            os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
            with open(os.path.join(folder, path), "w", encoding="utf-8") as f:
                f.write("\n".join(line.text for line in lines))
        for name in REPORTS:
            with open(os.path.join(reports, name + ".txt"), "w", encoding="utf-8") as f:
                text = list(self.heads[name])
                text += ["%s:%d%s" % (p, n, r.rest) for p, n, r in self.results()
                         if r.report == name]
                f.write("\n".join(text + self.tails[name]) + "\n")


def insert(rng, tree, path, at, n):
    tree.files[path][at:at] = [Line("inserted_%d = %d" % (i, rng.randrange(10 ** 6)))
                               for i in range(n)]


def swap(rng, tree, path):
    """One violation is mended; another one of its rule and message comes elsewhere in the file."""
    lines = tree.files[path]
    with_results = [line for line in lines if line.results]
    if not with_results:
        return
    line = rng.choice(with_results)
    result = line.results.pop(rng.randrange(len(line.results)))
    line.text = "mended_%d = %d" % (rng.randrange(10 ** 6), rng.randrange(10 ** 6))
    other = Line("swapped_%d = %d" % (rng.randrange(10 ** 6), rng.randrange(10 ** 6)))
    other.results.append(Result(result.report, result.rest))
    where = [i for i in range(len(lines)) if abs(i - lines.index(line)) > 15]
    lines.insert(rng.choice(where) if where else len(lines), other)


def drift(rng, tree):
    """A change as people make them: most files untouched, some edited here and there."""
    now = tree.copy()
    for path in sorted(now.files):
        lines = now.files[path]
        for _ in range(rng.choice([0, 0, 1, 2, 4])):
            at = rng.randrange(len(lines))
            kind = rng.choice(["insert", "insert", "delete", "edit", "edit", "swap", "new"])
            if kind == "insert":
                insert(rng, now, path, at, rng.randrange(1, 50))
            elif kind == "delete":
                del lines[at:at + rng.randrange(1, 8)]
            elif kind == "edit":
                lines[at].text += "  # edited %d" % rng.randrange(10 ** 6)
            elif kind == "swap":
                swap(rng, now, path)
            else:
                model = rng.choice([r for _, _, r in now.results()])
                line = Line("new_%d = %d" % (rng.randrange(10 ** 6), rng.randrange(10 ** 6)))
                line.results.append(Result(model.report, model.rest))
                lines.insert(at, line)
            if not lines:
                lines.append(Line(""))
        if rng.randrange(12) == 0:
            folder, name = os.path.split(path)
            now.files[os.path.join(folder, "moved_" + name)] = now.files.pop(path)
    return now


def git(folder, *args):
    subprocess.run(("git", "-c", "user.name=a", "-c", "user.email=a@a", "-C", folder) + args,
                   check=True, stdout=subprocess.DEVNULL,
                   env=dict(os.environ, GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1"))


def sources_of(folder):
    return [n for n in os.listdir(folder) if not n.startswith(".git")]


def judge(gate, then, now, mode):
    """What gate calls new and resolved: two lists of (file, line, report)."""
    with tempfile.TemporaryDirectory() as top:
        work, reports = os.path.join(top, "work"), os.path.join(top, "reports")
        os.mkdir(work)
        os.mkdir(reports)
        args = ["--policy", "ratchet", "--now", NOW]
        for name, parser in REPORTS.items():
            args += ["--report", "%s=%s:../reports/%s.txt" % (name, parser, name)]
        base, out = os.path.join(top, "base.gz"), os.path.join(top, "out.json")
        env = {k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "CI_"))}
        then.write(work, reports)
        if mode == "git":
            git(work, "init", "-q")
            git(work, "add", "-A")
            git(work, "commit", "-q", "-m", "then")
        if mode == "blind":
            for name in sources_of(work):
                shutil.rmtree(os.path.join(work, name))
        subprocess.run([gate, "baseline", "save", "-o", base] + args, cwd=work, env=env,
                       check=True, stdout=subprocess.DEVNULL)
        for name in sources_of(work):
            shutil.rmtree(os.path.join(work, name))
        now.write(work, reports)
        if mode == "git":
            git(work, "add", "-A")
            git(work, "commit", "-q", "--allow-empty", "-m", "now")
        if mode == "blind":
            for name in sources_of(work):
                shutil.rmtree(os.path.join(work, name))
        subprocess.run([gate, "run", "-q", "--baseline", base, "--out", "json=" + out] + args,
                       cwd=work, env=env, stdout=subprocess.DEVNULL)
        with open(out, encoding="utf-8") as f:
            issues = json.load(f)["issues"]
    return [sorted((i["file"], i["line"], i["report"]) for i in issues if i["class"] == cls)
            for cls in ("new-issue", "resolved")]


class Score:
    """Of the results that are there now: which are the same as one of the baseline."""

    def __init__(self):
        self.right = self.wrong = self.lost = self.total = 0

    def add(self, now, new):
        new = list(new)
        for path, n, r in now.results():
            place = (path, n, r.report)
            called_new = place in new
            if called_new:
                new.remove(place)
            self.total += 1
            if r.was and not called_new:
                self.right += 1
            elif r.was:
                self.lost += 1
            elif not called_new:
                self.wrong += 1

    def precision(self):
        return self.right / max(1, self.right + self.wrong)

    def recall(self):
        return self.right / max(1, self.right + self.lost)


def exact_cases(gate, tree):
    """What must hold to the letter: nothing for nothing, one for one."""
    failed = []

    def expect(what, got, want):
        if got != want:
            failed.append("%s: new and resolved %s, not %s" % (what, got, want))

    for mode in FLOORS:
        expect("the same twice, " + mode, judge(gate, tree, tree, mode), [[], []])
        now, rng = tree.copy(), random.Random(1)
        for path in now.files:
            insert(rng, now, path, 0, 50)
        expect("fifty lines above, " + mode, judge(gate, tree, now, mode), [[], []])
    for seed in range(5):
        rng, now = random.Random(seed), tree.copy()
        swap(rng, now, rng.choice(sorted(now.files)))
        new, resolved = judge(gate, tree, now, "sources")
        expect("one swapped", [len(new), len(resolved)], [1, 1])
    now = tree.copy()
    now.files["forge/other.py"] = now.files.pop("forge/fake_forge.py")
    for mode in ("git", "sources"):
        expect("a file renamed, " + mode, judge(gate, tree, now, mode), [[], []])
    return failed


def main():
    p = argparse.ArgumentParser()
    p.add_argument("gate")
    p.add_argument("--seeds", type=int, default=20)
    p.add_argument("--check", action="store_true")
    a = p.parse_args()
    gate = os.path.abspath(a.gate)
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(os.path.join(HERE, "drift", "recorded.tar.gz")) as tar:
            tar.extractall(folder)
        tree = Tree.recorded(folder)
    failed = exact_cases(gate, tree)
    for mode, (precision, recall) in FLOORS.items():
        score = Score()
        for seed in range(a.seeds):
            now = drift(random.Random(seed), tree)
            score.add(now, judge(gate, tree, now, mode)[0])
        print("drift, %-8s precision %.4f, recall %.4f of %d results in %d drifts" % (
            {"git": "git:", "sources": "sources:", "blind": "neither:"}[mode],
            score.precision(), score.recall(), score.total, a.seeds))
        if score.precision() < precision or score.recall() < recall:
            failed.append("%s: below %.2f and %.2f" % (mode, precision, recall))
    for line in failed:
        print("drift: " + line)
    return 1 if failed and a.check else 0


if __name__ == "__main__":
    sys.exit(main())
