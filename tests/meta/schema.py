#!/usr/bin/env python3
"""Holds the published schemas against files and against the program.

usage: schema.py VERB ...
  keys SCHEMA [KEY...]             the keys that the schema takes there, one a line
  valid SCHEMA FILE...             says which files the schema refuses, and why
  refused SCHEMA                   reads documents from standard input, divided by lines of
                                   `---`; prints each that is accepted
"""
import json
import re
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML as the program reads it: only true and false are truths, dates are text."""


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
        ("bool", "^(true|True|TRUE|false|False|FALSE)$", "tTfF"),
        ("null", "^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
        ("int", "^-?(0|[1-9][0-9]*)$", "-0123456789"),
        ("float", r"^-?(0|[1-9][0-9]*)\.[0-9]+$", "-0123456789")):
    Loader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), list(first))


def load(text):
    return json.loads(text) if text.lstrip().startswith("{") else yaml.load(text, Loader)


def validator(path):
    with open(path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def objects(schema, node):
    """The object schemas that `node` leads to without a step into a document."""
    if "$ref" in node:
        yield from objects(schema, schema["definitions"][node["$ref"].split("/")[-1]])
    if "properties" in node:
        yield node
    for many in ("anyOf", "allOf"):
        for part in node.get(many, []):
            yield from objects(schema, part)
    for values in ("items", "additionalProperties"):
        if isinstance(node.get(values), dict):
            yield from objects(schema, node[values])


def keys(path, *steps):
    schema = validator(path).schema
    node = schema
    for step in steps:
        node = next(o["properties"][step] for o in objects(schema, node) if step in o["properties"])
    print("\n".join(sorted({key for o in objects(schema, node) for key in o["properties"]})))


def valid(path, *files):
    check = validator(path)
    for name in files:
        with open(name, encoding="utf-8-sig") as file:
            document = load(file.read())
        error = next(check.iter_errors(document), None)
        if error:
            print(f"{name}: /{'/'.join(map(str, error.path))}: {error.message[:200]}")


def refused(path):
    check = validator(path)
    for text in sys.stdin.read().split("\n---\n"):
        if check.is_valid(load(text)):
            print(text.strip().replace("\n", " / "))


if __name__ == "__main__":
    {"keys": keys, "valid": valid, "refused": refused}[sys.argv[1]](*sys.argv[2:])
