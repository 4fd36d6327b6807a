#!/usr/bin/env python3
"""Puts the rules and presets of the program into gate.schema.json, makes floor.schema.json of it.

usage: rules.py GATE SCHEMA > NEW      (make schema writes it back)
       rules.py --floor GATE SCHEMA > FLOOR

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


FLOOR_KEYS = ["version", "requires", "name", "extends", "rules"]
TEXT = {"$ref": "#/definitions/text"}
PATTERNS = {"$ref": "#/definitions/patterns"}
KINDS = {"$ref": "#/definitions/kinds"}
DATE = {"$ref": "#/definitions/date"}


def some(schema):
    return {"anyOf": [schema, {"type": "array", "items": schema}, {"type": "null"}]}


def closed(keys, **more):
    return {"type": "object", "additionalProperties": False, "properties": keys, **more}


def needs_one(*names):
    return [{"required": [name]} for name in names]


def floor(schema, rules):
    """A floor: rules as in a policy, which may be delayed, and what only it can ask for."""
    words = [rule["name"] for rule in rules] + ["excuse-at", "baseline"]
    definitions = schema["definitions"]
    for name in [d for d in definitions if d.startswith("rule-")]:
        definitions[name]["properties"]["since"] = {
            "description": "the first day on which the rule holds", "allOf": [DATE]}
    for name in ["register", "report", "baseline", "match", "id-pattern", "redact", "variable",
                 "delivery", "severities", "statuses", "format", "formats"]:
        definitions.pop(name, None)
    required = closed({
        "kind": KINDS, "tool": PATTERNS, "report": PATTERNS, "leg": PATTERNS,
        "min-tests": {"description": "of all such reports together, skipped ones not counted",
                      "type": "integer", "minimum": 1},
        "empty": {"description": "an empty file is one too, with the runner's exit status",
                  "const": "clean"},
        "when-changed": {"description": "due only if the change touches these, seen from the "
                         "repository's root", "allOf": [PATTERNS]},
        "since": DATE,
    }, anyOf=needs_one("kind", "tool", "report"))
    exemption = closed({
        "rule": one_or_more(words), "kind": KINDS, "tool": PATTERNS, "report": PATTERNS,
        "project": {"description": "as the build calls it, OWNER/NAME; whoever has this floor "
                    "unless given", "allOf": [PATTERNS]},
        "owner": TEXT, "reason": TEXT, "expires": DATE,
    }, required=["owner", "reason", "expires"], anyOf=needs_one("rule", "kind", "tool", "report"))
    keys = {key: schema["properties"][key] for key in FLOOR_KEYS}
    keys["match"] = closed({"excuse-at": {"enum": ["strong", "certain"]}})
    keys["baseline"] = closed({"required": {"type": "boolean"}})
    keys["require-reports"] = {
        "description": "reports that must be delivered whole, whoever declares them",
        **some({"$ref": "#/definitions/required"})}
    keys["exempt"] = {
        "description": "what the floor does not hold for, until the end of a day",
        **some({"$ref": "#/definitions/exemption"})}
    return {"$schema": schema["$schema"], "title": "Regression Gate: a floor",
            "description": "for `gate run --floor`: what every policy must at least ask for",
            "type": "object", "additionalProperties": False, "properties": keys,
            "definitions": {**definitions, "required": required, "exemption": exemption}}


def main():
    args = [arg for arg in sys.argv[1:] if arg != "--floor"]
    gate, path = args
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
    if len(args) < len(sys.argv) - 1:
        schema = floor(schema, rules)
    json.dump(schema, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
