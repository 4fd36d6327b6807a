#!/usr/bin/env python3
"""A stateful fake of GitHub's and GitLab's comment APIs, on loopback. Prints its port.

It enforces what the real ones do: a User-Agent, a token, the size of a body, pages. What it must
do wrong is scripted. With an official API description at hand (argument: its folder) each request
is held against it.

  PUT  /_script      a list of actions, each for the next request whose "METHOD path" matches its
                     "on" (a regular expression): {"on", "status", "headers", "body", "apply",
                     "reset", "close", "truncate", "garbage"}; `apply` does the work before
                     anything goes wrong
  PUT  /_set         members of the state: change, comments, self, self_status, write_status, limit
  GET  /_state       the state   GET /_log  requests seen   GET /_bad  what broke the description
"""
import http.server
import json
import os
import re
import socket
import struct
import sys
import threading
import urllib.parse

TOKEN = os.environ.get("FAKE_TOKEN", "sesame-0123456789")
HEAD = "1" * 40
LOCK = threading.Lock()


def fresh():
    return {"comments": [], "statuses": [], "next": 1, "self": "github-actions[bot]", "self_status": 403, "write_status": 0,
            "limit": 65536, "per_page": 0,
            "change": {"number": 7, "iid": 7, "state": "open", "sha": HEAD, "head": {"sha": HEAD}}}


STATE, SCRIPT, LOG, BAD = fresh(), [], [], []


class Description:
    """One OpenAPI document: is this request one that it allows?"""

    def __init__(self, path):
        import jsonschema
        self.jsonschema = jsonschema
        with open(path, encoding="utf-8") as f:
            self.doc = json.load(f)
        self.resolver = jsonschema.RefResolver("", self.doc)
        self.paths = []
        for template, item in self.doc["paths"].items():
            self.paths.append((template.count("{"), re.compile("^" + re.sub(r"\\{[^/]+?\\}", "[^/]+", re.escape(template)) + "$"), item))
        self.paths.sort(key=lambda p: p[0])

    def deref(self, node):
        while "$ref" in node:
            node = self.resolver.resolve(node["$ref"])[1]
        return node

    def check(self, method, path, query, body):
        item = next((i for _, r, i in self.paths if r.match(path)), None)
        if item is None:
            return "unknown path %s" % path
        op = item.get(method.lower())
        if op is None:
            return "%s is not allowed on %s" % (method, path)
        known = {self.deref(p)["name"] for p in op.get("parameters", []) + item.get("parameters", [])}
        for name in query:
            if name not in known:
                return "unknown parameter %s of %s" % (name, path)
        content = self.deref(op.get("requestBody", {})).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        if schema and method != "GET":
            validator = self.jsonschema.Draft7Validator(schema, resolver=self.resolver)
            for e in validator.iter_errors(body):
                return "%s %s: %s" % (method, path, e.message[:200])
        return None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body=None, headers=None, cut=None):
        text = body if isinstance(body, str) else json.dumps(body)
        data = b"" if body is None else text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        for k, v in (headers or {}).items():
            self.send_header(k, v)
        self.end_headers()
        self.wfile.write(data if cut is None else data[:cut])
        if cut is not None:
            self.close_connection = True

    def control(self, body):
        if self.path == "/_script":
            SCRIPT[:] = json.loads(body)
            return self.answer(204)
        if self.path == "/_set":
            STATE.update(json.loads(body))
            return self.answer(204)
        if self.path == "/_reset":
            STATE.clear()
            STATE.update(fresh())
            del SCRIPT[:], LOG[:]
            return self.answer(204)
        return self.answer(200, {"/_state": STATE, "/_log": LOG, "/_bad": BAD}[self.path])

    def scripted(self):
        line = "%s %s" % (self.command, self.path)
        for i, action in enumerate(SCRIPT):
            if re.search(action.get("on", ""), line):
                return SCRIPT.pop(i)
        return None

    def go(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8", "replace")
        with LOCK:
            if self.path.startswith("/_"):
                return self.control(body)
            LOG.append({"line": "%s %s" % (self.command, self.path), "headers": dict(self.headers), "body": body})
            action = self.scripted()
            result = None
            if action is None or action.get("apply"):
                result = self.work(body)
            if action is None:
                return self.answer(*result)
        if action.get("reset"):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
        elif action.get("close"):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif action.get("garbage"):
            self.wfile.write(b"\x00\xff no answer\r\n\r\n")
            self.close_connection = True
        elif "truncate" in action:
            status, doc, headers = (result + (None,))[:3] if result else (200, {"message": "x" * 99}, None)
            self.answer(status, doc, headers, action["truncate"])
        else:
            self.answer(action["status"], action.get("body", {}), action.get("headers"))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = go

    def work(self, body):
        """What a healthy forge does: (status, document, headers)."""
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        lab = url.path.startswith("/api/v4/")
        token = self.headers.get("PRIVATE-TOKEN") if lab else (self.headers.get("Authorization") or "").replace("Bearer ", "")
        if not self.headers.get("User-Agent"):
            return 403, {"message": "Request forbidden by administrative rules."}
        if token != TOKEN:
            return 401, {"message": "Bad credentials"}
        doc = None
        if self.command in ("POST", "PUT", "PATCH"):
            if self.headers.get("Content-Type") != "application/json":
                return 415, {"message": "Unsupported Media Type"}
            try:
                doc = json.loads(body)
            except ValueError:
                return 400, {"message": "Problems parsing JSON"}
        description = SPECS.get("gitlab" if lab else "github")
        if description:
            wrong = description.check(self.command, urllib.parse.unquote(url.path), query, doc)
            if wrong:
                BAD.append(wrong)
        return self.gitlab(url.path[7:], query, doc) if lab else self.github(url.path, query, doc)

    def comment(self, text, lab):
        who = {"username": STATE["self"]} if lab else {"login": STATE["self"], "type": "Bot"}
        c = {"id": STATE["next"], "body": text, "author" if lab else "user": who, "system": False}
        STATE["next"] += 1
        STATE["comments"].append(c)
        return c

    def page(self, query):
        size = min(STATE["per_page"] or int(query.get("per_page", 30)), 100)
        page = int(query.get("page", 1))
        part = STATE["comments"][(page - 1) * size:page * size]
        headers = {}
        if page * size < len(STATE["comments"]):
            query = dict(query, page=page + 1)
            path = urllib.parse.urlsplit(self.path).path
            headers["Link"] = '<http://%s%s?%s>; rel="next"' % (self.headers["Host"], path, urllib.parse.urlencode(query))
        return 200, part, headers

    def write(self, doc, lab, found=None):
        if STATE["write_status"]:
            return STATE["write_status"], {"message": "Resource not accessible by integration"}
        text = doc.get("body") if isinstance(doc, dict) else None
        if not isinstance(text, str) or not text or len(text.encode()) > STATE["limit"]:
            return (400 if lab else 422), {"message": "Validation Failed: body is too long"}
        if found is None:
            return 201, self.comment(text, lab)
        found["body"] = text
        return 200, found

    def one(self, ident, doc, lab):
        found = next((c for c in STATE["comments"] if c["id"] == int(ident)), None)
        if found is None:
            return 404, {"message": "Not Found"}
        if self.command == "DELETE":
            STATE["comments"].remove(found)
            return 204, None
        return self.write(doc, lab, found)

    def common(self, doc, query, lab, change, collection, single, path, find):
        if path == "/user":
            if STATE["self_status"] != 200:
                return STATE["self_status"], {"message": "Resource not accessible by integration"}
            return 200, {"login": STATE["self"], "username": STATE["self"]}
        if path.endswith("/statuses/" + HEAD) and self.command == "POST":
            name = "name" if lab else "context"
            states = ("pending", "running", "success", "failed", "canceled") if lab else ("error", "failure", "pending", "success")
            if doc.get("state") not in states or len(doc.get("description", "")) > 140 or not doc.get(name):
                return (400 if lab else 422), {"message": "Validation Failed"}
            STATE["statuses"].append([doc[name], doc["state"]])
            return 201, {"id": 1, "state": doc["state"]}
        if re.fullmatch(change, path):
            return 200, STATE["change"]
        if re.fullmatch(find, path):
            return 200, [STATE["change"]]
        if re.fullmatch(collection, path):
            return self.write(doc, lab) if self.command == "POST" else self.page(query)
        m = re.fullmatch(single, path)
        if m:
            return self.one(m.group(1), doc, lab)
        return 404, {"message": "Not Found"}

    def github(self, path, query, doc):
        r = "/repos/acme/app"
        return self.common(doc, query, False, r + "/pulls/7", r + "/issues/7/comments", r + r"/issues/comments/(\d+)",
                           path, r + "/commits/1{40}/pulls")

    def gitlab(self, path, query, doc):
        r = "/projects/(?:12|acme%2Fapp)"
        return self.common(doc, query, True, r + "/merge_requests/7", r + "/merge_requests/7/notes",
                           r + r"/merge_requests/7/notes/(\d+)", path, r + "/repository/commits/1{40}/merge_requests")


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


SPECS = {}
if len(sys.argv) > 1:
    SPECS["github"] = Description(os.path.join(sys.argv[1], "github-trimmed.json"))
    SPECS["gitlab"] = Description(os.path.join(sys.argv[1], "gitlab-trimmed.patched.json"))
server = Server(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
