#!/usr/bin/env python3
"""Puts the rules and presets of the program into gate.schema.json.

usage: rules.py GATE SCHEMA > NEW      (make schema writes it back)

The definitions `presets`, `rules` and `rule-...` are made here from `gate list --json`;
everything else of the schema is written by hand, and tests/meta/schema.sh holds it against
the keys that the program knows.
"""
import json
import subprocess
import sys

ACTIONS = ["off", "info", "warn", "fail"]
LEVELS = ["critical", "high", "medium", "low", "info", "unknown"]
REFS = {"path": "patterns", "test": "patterns", "suite": "patterns", "tag": "patterns",
        "kind": "kinds", "level": "levels"}


def listing(gate, what):
    done = subprocess.run([gate, "list", what, "--json"], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)[what]


def one_or_more(words):
    return {"anyOf": [{"enum": words},
                      {"type": "array", "minItems": 1, "items": {"enum": words}}]}


def parameter(param):
    kind = param["type"]
    if kind == "limit":
        schema = {"$ref": "#/definitions/limit"}
    elif kind == "action":
        schema = {"enum": ACTIONS}
    elif kind == "number":
        schema = {"type": "integer", "minimum": param["min"], "maximum": param["max"]}
    elif kind == "percent":
        schema = {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 100},
                            {"type": "string", "pattern": "^(100|[0-9]{1,2})[ ]*%$"}]}
    elif kind == "bool":
        schema = {"type": "boolean"}
    elif kind == "levels":
        schema = {"anyOf": [{"enum": LEVELS + ["all", "none"]},
                            {"type": "array", "items": {"enum": LEVELS}}]}
    elif kind == "strength":
        schema = {"enum": ["possible", "likely", "strong", "certain"]}
    else:
        schema = one_or_more(param["words"])
    # draft 7 ignores what stands beside a $ref
    return {"description": param["help"], "allOf": [schema]}


def instance(rule):
    keys = {"max": {"$ref": "#/definitions/limit"}}
    for selector in rule["selectors"]:
        keys[selector] = {"$ref": "#/definitions/" + REFS.get(selector, "patterns")}
    keys["level"] = {
        "description": "how loud the rule is; another word, or a list, selects by level",
        "anyOf": [{"enum": ACTIONS}] +
                 ([{"$ref": "#/definitions/levels"}] if "level" in rule["selectors"] else []),
    }
    for param in rule["parameters"]:
        keys[param["name"]] = parameter(param)
    return {"type": "object", "minProperties": 1, "additionalProperties": False,
            "properties": keys}


def value(rule):
    one = {"$ref": "#/definitions/rule-" + rule["name"]}
    return {
        "description": rule["help"] + ". Example: " + rule["example"],
        "anyOf": [
            {"type": "integer", "minimum": 0, "maximum": 1000000000},
            {"enum": ACTIONS},
            one,
            {"type": "array", "minItems": 1, "items": one},
        ],
    }


def main():
    gate, path = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        schema = json.load(file)
    schema["definitions"]["presets"] = {"enum": [p["name"] for p in listing(gate, "presets")]}
    rules = listing(gate, "rules")
    definitions = {name: value for name, value in schema["definitions"].items()
                   if not name.startswith("rule-")}
    definitions["rules"] = {
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {rule["name"]: value(rule) for rule in rules},
    }
    for rule in rules:
        definitions["rule-" + rule["name"]] = instance(rule)
    schema["definitions"] = definitions
    json.dump(schema, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
