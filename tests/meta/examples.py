"""What no validator knows of the CI examples: prints each breach. usage: examples.py TOP"""
import os
import re
import sys

import yaml

top = sys.argv[1]


def load(path):
    with open(os.path.join(top, path)) as f:
        return f.read()


def steps(node):
    if isinstance(node, dict):
        if "run" in node or "uses" in node:
            yield node
        for v in node.values():
            yield from steps(v)
    elif isinstance(node, list):
        for v in node:
            yield from steps(v)


github = "ci-examples/github"
workflows = sorted(os.listdir(os.path.join(top, github, "workflows")))
for path in [github + "/action.yml"] + [github + "/workflows/" + w for w in workflows]:
    doc = yaml.safe_load(load(path))
    for step in steps(doc):
        if "${{" in step.get("run", ""):
            print("%s: an expression inside of a script: %s" % (path, step["run"].split("\n")[0]))
        uses = step.get("uses", "")
        if uses and not re.search(r"@v\d", uses):
            print("%s: %s has no version" % (path, uses))
    if "jobs" in doc:
        rights = doc.get("permissions")
        if not isinstance(rights, dict):
            print("%s: no permissions: it would get the default ones" % path)
        elif "write" in rights.values() and True in doc and "pull_request_target" in doc[True]:
            print("%s: pull_request_target with a right to write" % path)
        if path.endswith("fork-judge.yml") and rights != {"contents": "read"}:
            print("%s: more rights than to read" % path)

action = yaml.safe_load(load(github + "/action.yml"))
readme = load(github + "/README.md")
for kind in ("inputs", "outputs"):
    for name, what in action[kind].items():
        if not what.get("description"):
            print("action.yml: %s has no description" % name)
        if "`%s`" % name not in readme:
            print("%s/README.md: nothing about %s" % (github, name))
for w in workflows:
    if "`%s`" % w not in readme:
        print("%s/README.md: nothing about %s" % (github, w))

gitlab = "ci-examples/gitlab"
# What the README shows of the two is what the examples run.
for pattern, folder in ((r"uses: (\S+/ci-examples/github@\S+)", github + "/workflows"), (r"component: (\S+)", gitlab + "/pipelines")):
    used = {u for f in os.listdir(os.path.join(top, folder)) for u in re.findall(pattern, load(folder + "/" + f))}
    shown = set(re.findall(pattern, load("README.md")))
    if len(used) != 1 or shown != used:
        print("README.md shows %s, the examples use %s" % (sorted(shown), sorted(used)))
readme = load(gitlab + "/README.md")
spec, job = yaml.safe_load_all(load(gitlab + "/templates/gate/template.yml"))
for name, what in spec["spec"]["inputs"].items():
    if not what.get("description"):
        print("template.yml: %s has no description" % name)
    if "`%s`" % name not in readme:
        print("%s/README.md: nothing about %s" % (gitlab, name))
job = next(iter(job.values()))
for part in ("before_script", "script"):
    for line in job[part]:
        if "$[[" in line:
            print("template.yml: an input inside of a script: %s" % line.split("\n")[0])
for path in (github, gitlab):
    text = load(path + "/README.md")
    if "not protected" not in text:
        print("%s/README.md does not say that the pipeline's definition is not protected" % path)
    if len(text.split("\n")) > 70:
        print("%s/README.md is longer than a screen or so" % path)
for root, _, files in os.walk(os.path.join(top, "ci-examples")):
    for name in files:
        with open(os.path.join(root, name), errors="replace") as f:
            for host in re.findall(r"registry\.(?:npmjs\.org|yarnpkg\.com)|pypi\.org|gitlab\.com|ghcr\.io|docker\.io", f.read()):
                print("%s: names the host %s" % (os.path.join(root, name), host))
