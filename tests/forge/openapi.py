"""An OpenAPI 3.0 description: is this request one that it allows, is this answer?

It can also fill an answer: the members that the description demands and a fake does not care for.
"""
import json
import re


class Description:
    def __init__(self, path):
        import jsonschema
        self.jsonschema = jsonschema
        with open(path, encoding="utf-8") as f:
            self.doc = json.load(f)
        self.nullable(self.doc)
        self.whole(self.doc["paths"])
        self.resolver = jsonschema.RefResolver("", self.doc)
        self.paths = []
        for template, item in self.doc["paths"].items():
            regex = re.sub(r"\\{[^/]+?\\}", "[^/]+", re.escape(template))
            self.paths.append((template.count("{"), re.compile("^" + regex + "$"), item))
        self.paths.sort(key=lambda p: p[0])
        self.fills = {}

    def whole(self, paths):
        """A trimmed description may have the list of runs and not one of them."""
        runs = "/repos/{owner}/{repo}/actions/runs"
        if runs in paths and runs + "/{run_id}" not in paths:
            run = {"schema": {"$ref": "#/components/schemas/workflow-run"}}
            paths[runs + "/{run_id}"] = {"get": {"responses": {"200": {"content": {"application/json": run}}}}}

    def nullable(self, node):
        """`nullable: true` is OpenAPI's own word; JSON Schema's is a type more."""
        for sub in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
            self.nullable(sub)
        if isinstance(node, dict) and node.get("nullable") is True:
            if isinstance(node.get("type"), str):
                node["type"] = [node["type"], "null"]
                if isinstance(node.get("enum"), list):
                    node["enum"] = node["enum"] + [None]
            elif "allOf" in node or "anyOf" in node or "oneOf" in node:
                whole = {k: node.pop(k) for k in ("allOf", "anyOf", "oneOf") if k in node}
                node["anyOf"] = [{"type": "null"}, whole]

    def deref(self, node):
        while "$ref" in node:
            node = self.resolver.resolve(node["$ref"])[1]
        return node

    def operation(self, method, path):
        item = next((i for _, r, i in self.paths if r.match(path)), None)
        return item, (item or {}).get(method.lower())

    def wrong(self, schema, value, what):
        validator = self.jsonschema.Draft4Validator(schema, resolver=self.resolver)
        for e in validator.iter_errors(value):
            return "%s: %s: %s" % (what, "/".join(map(str, e.absolute_path)), e.message[:200])
        return None

    def check_request(self, method, path, query, body):
        item, op = self.operation(method, path)
        if item is None:
            return "unknown path %s" % path
        if op is None:
            return "%s is not allowed on %s" % (method, path)
        known = {self.deref(p)["name"]: self.deref(p) for p in op.get("parameters", []) + item.get("parameters", [])}
        for name, value in query.items():
            if name not in known:
                return "unknown parameter %s of %s" % (name, path)
            schema = self.deref(known[name].get("schema", {}))
            if "integer" in (schema.get("type"), *(schema.get("type") or [])):
                value = int(value)
            wrong = self.wrong(schema, value, "%s of %s" % (name, path))
            if wrong:
                return wrong
        content = self.deref(op.get("requestBody", {})).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        if schema and method != "GET":
            return self.wrong(schema, body, "%s %s" % (method, path))
        return None

    def answer_schema(self, method, path, status):
        _, op = self.operation(method, path)
        answers = (op or {}).get("responses", {})
        answer = self.deref(answers.get(str(status), {}))
        return answer.get("content", {}).get("application/json", {}).get("schema")

    def check_answer(self, method, path, status, body):
        schema = self.answer_schema(method, path, status)
        return self.wrong(schema, body, "answer %d of %s %s" % (status, method, path)) if schema else None

    def fill(self, method, path, status, value):
        schema = self.answer_schema(method, path, status)
        return self.merge(self.least(schema, 0), value, schema) if schema else value

    def merge(self, base, value, schema):
        schema = self.deref(schema) if schema else {}
        if isinstance(value, list):
            item = schema.get("items")
            return [self.merge(self.least(item, 0), v, item) for v in value] if item else value
        if isinstance(value, dict) and base is None and schema:
            base = self.least(schema, 0, True)
        if not isinstance(value, dict) or not isinstance(base, dict):
            return value
        out = dict(base)
        props = self.props(schema)
        for k, v in value.items():
            out[k] = self.merge(base.get(k), v, props.get(k)) if k in props else v
        return out

    def props(self, schema):
        schema = self.deref(schema)
        out = dict(schema.get("properties", {}))
        for part in schema.get("allOf", []) + schema.get("anyOf", []) + schema.get("oneOf", [])[:1]:
            out.update(self.props(part))
        return out

    def least(self, schema, depth, some=False):
        """The smallest value that fits: what is demanded, and nothing else; `some`: not null."""
        schema = self.deref(schema)
        types = schema.get("type")
        types = types if isinstance(types, list) else [types]
        parts = [p for p in schema.get("anyOf", []) if p.get("type") != "null"]
        if depth > 12 or (not some and ("null" in types or len(parts) < len(schema.get("anyOf", [])))):
            return None
        if parts:
            schema = dict(schema, anyOf=parts)
        for key in ("allOf", "anyOf", "oneOf"):
            if key in schema:
                parts = [self.least(p, depth + 1) for p in (schema[key] if key == "allOf" else schema[key][:1])]
                if all(isinstance(p, dict) for p in parts):
                    return {k: v for p in parts for k, v in p.items()}
                return parts[0]
        if schema.get("enum"):
            return schema["enum"][0]
        kind = types[0] or ("object" if "properties" in schema else None)
        if kind == "object":
            props = schema.get("properties", {})
            return {k: self.least(props.get(k, {}), depth + 1) for k in schema.get("required", [])}
        if kind == "string" and schema.get("format") == "date-time":
            return "2026-01-01T00:00:00Z"
        return {"array": [], "string": "https://example.test/", "integer": schema.get("minimum", 1), "number": 1,
                "boolean": False}.get(kind)
