#!/usr/bin/env python3
"""Opens a pull request at the emulator: change.py URL. Prints its number and its head."""
import json
import os
import sys
import urllib.request


def ask(method, path, doc=None):
    request = urllib.request.Request(sys.argv[1] + "/repos/ci-bot/demo" + path, method=method,
                                     data=json.dumps(doc).encode() if doc else None)
    request.add_header("Authorization", "Bearer " + os.environ["FAKE_TOKEN"])
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


base = ask("GET", "/git/ref/heads/main")["object"]["sha"]
ask("POST", "/git/refs", {"ref": "refs/heads/work", "sha": base})
ask("PUT", "/contents/a.py", {"message": "work", "content": "eA==", "branch": "work"})
pull = ask("POST", "/pulls", {"title": "work", "head": "work", "base": "main"})
print(pull["number"], pull["head"]["sha"])
