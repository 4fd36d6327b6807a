"""The command lines that a Markdown file shows: those of its `sh` blocks, of the scripts in its YAML
blocks, and code spans that begin with gate or make and say more than a command's name.
usage: readme_commands.py FILE...; prints each once"""
import re
import sys

import yaml


def words(line):
    """Without a comment and white space that lays out."""
    return " ".join(re.sub(r"(^|\s)#( .*|$)", "", line).split())


def scripts(node):
    if isinstance(node, dict):
        for key, v in node.items():
            if key in ("run", "script", "before_script"):
                for text in v if isinstance(v, list) else [v]:
                    yield from text.splitlines()
            else:
                yield from scripts(v)
    elif isinstance(node, list):
        for v in node:
            yield from scripts(v)


def commands(text):
    for language, block in re.findall(r"^```(\w+)\n(.*?)^```", text, re.S | re.M):
        if language == "sh":
            yield from block.replace("\\\n", " ").splitlines()
        elif language == "yaml":
            yield from scripts(yaml.safe_load(block))
    for span in re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)):
        if re.match(r"(gate \S+|make [a-z-]+) .|make [a-z]", span):
            yield span


seen = {}
for path in sys.argv[1:]:
    with open(path) as f:
        for line in commands(f.read()):
            if words(line):
                seen.setdefault(words(line))
print("\n".join(seen))
