#!/usr/bin/env python3
"""A stateful fake of GitHub's and GitLab's APIs, on loopback. Prints its port.

  fake_forge.py [--spec github=FILE] [--spec gitlab=FILE] [--tls CERT KEY]

It enforces what the real ones do, documented or not: a User-Agent, a token, the sizes of bodies,
descriptions and summaries, 50 annotations a request, pages. With an official API description at
hand each request and each of its own answers is held against it. What it must do wrong is
scripted.

  PUT  /_script      a list of actions, each for the next request whose "METHOD path" matches its
                     "on" (a regular expression): {"on", "status", "headers", "body", "apply",
                     "reset", "close", "truncate", "garbage", "drip", "times"}; `apply` does the
                     work before anything goes wrong
  PUT  /_set         members of the state (see fresh)   PUT /_reset
  GET  /_state       the state   GET /_log  requests seen   GET /_bad  what broke the description
"""
import base64
import gzip
import http.server
import json
import os
import re
import socket
import ssl
import struct
import sys
import threading
import time
import urllib.parse

import fake_runs
from openapi import Description

TOKEN = os.environ.get("FAKE_TOKEN", "sesame-0123456789")
HEAD, BASE = "1" * 40, "2" * 40
LOCK = threading.RLock()


def fresh():
    return {
        "comments": [], "statuses": [], "checks": [], "threads": [], "sarifs": [], "next": 1,
        "self": "github-actions[bot]", "self_status": 403,  # a job's own token may not ask who it is
        "write_status": 0, "check_status": 0,               # refuse writes, check runs
        "limit": 65536, "per_page": 0, "link": True,
        "diff": {"a.py": [3, 4]},                           # lines that take a discussion
        "change": {"number": 7, "iid": 7, "state": "open", "sha": HEAD, "head": {"sha": HEAD},
                   "diff_refs": {"base_sha": BASE, "start_sha": BASE, "head_sha": HEAD}},
        "foreign": [],                                      # projects that the token may not see
        "runs": [], "artifacts": [], "jobs": [], "hidden": 0, "zips": {}, "storage": "",  # see fake_runs.py
        "connections": 0,
    }


STATE, SCRIPT, LOG, BAD, SPECS = fresh(), [], [], [], {}


class Refused(Exception):
    """An answer that is no success: (status, document)."""


def refuse(status, message, **more):
    raise Refused(status, dict({"message": message}, **more))


def want(condition, message="Validation Failed", status=422):
    if not condition:
        refuse(status, message)


class Forge:
    """What both forges do; one request."""
    state, refuse = STATE, staticmethod(refuse)

    def __init__(self, method, path, query, doc, headers, url):
        self.method, self.path, self.query, self.doc, self.headers, self.url = method, path, query, doc, headers, url

    def number(self):
        STATE["next"] += 1
        return STATE["next"] - 1

    def page(self, items, wrap=None):
        size = min(STATE["per_page"] or int(self.query.get("per_page", self.default_page)), 100)
        page = int(self.query.get("page", 1))
        part = items[(page - 1) * size:page * size]
        headers = {}
        if page * size < len(items):
            query = dict(self.query, page=page + 1)
            if STATE["link"]:
                headers["Link"] = '<http://%s%s?%s>; rel="next"' % (self.headers["Host"], self.url, urllib.parse.urlencode(query))
            if self.name == "gitlab":
                headers["X-Next-Page"] = str(page + 1)
        return 200, wrap(part) if wrap else part, headers

    def may_write(self):
        if STATE["write_status"]:
            refuse(STATE["write_status"], "Resource not accessible by integration")

    def text(self):
        text = self.doc.get("body") if isinstance(self.doc, dict) else None
        if not isinstance(text, str) or not text.strip() or len(text.encode()) > STATE["limit"]:
            refuse(400 if self.name == "gitlab" else 422, "Validation Failed: body is too long")
        return text

    def comments(self):
        if self.method == "GET":
            return self.page([self.shown(c) for c in STATE["comments"]])
        self.may_write()
        c = {"id": self.number(), "body": self.text(), "user": self.me()}
        STATE["comments"].append(c)
        return 201, self.shown(c)

    def comment(self, ident):
        found = next((c for c in STATE["comments"] if c["id"] == int(ident)), None)
        if found is None:
            refuse(404, "Not Found")
        if self.method == "GET":
            return 200, self.shown(found)
        self.may_write()
        if self.method == "DELETE":
            STATE["comments"].remove(found)
            return 204, None
        found["body"] = self.text()
        return 200, self.shown(found)

    def me(self):
        return {"login": STATE["self"], "type": "Bot"}

    def user(self):
        if STATE["self_status"] != 200:
            refuse(STATE["self_status"], "Resource not accessible by integration")
        return 200, self.person(STATE["self"])

    def change(self):
        return 200, STATE["change"]

    def changes(self, sha):
        return self.page([STATE["change"]] if STATE["change"]["sha"] == sha else [])

    def work(self):
        for method, pattern, do in self.routes + self.run_routes:
            m = re.fullmatch(pattern, self.path)
            if m and self.method in method.split():
                return do(self, *m.groups())
        return 404, {"message": "Not Found"}


class GitHub(fake_runs.HubRuns, Forge):
    name, default_page = "github", 30

    def token(self):
        return re.sub("^(Bearer|token) ", "", self.headers.get("Authorization") or "")

    def person(self, login):
        return {"login": login, "type": "Bot" if login.endswith("[bot]") else "User"}

    def shown(self, c):
        return {"id": c["id"], "body": c["body"], "user": c["user"]}

    def status(self, sha):
        d = self.doc
        self.may_write()
        want(d.get("state") in ("error", "failure", "pending", "success") and len(d.get("description") or "") <= 140)
        STATE["statuses"].append([d.get("context", "default"), d["state"], sha])
        return 201, {"id": self.number(), "state": d["state"], "context": d.get("context")}

    def may_check(self):
        self.may_write()
        if STATE["check_status"]:
            refuse(STATE["check_status"], "You must authenticate via a GitHub App.")

    def output(self, run, d):
        out = d.get("output") or {}
        notes = out.get("annotations") or []
        want(len(notes) <= 50 and len(out.get("summary") or "") <= 65535 and len(out.get("text") or "") <= 65535)
        for n in notes:
            want(n.get("path") and not n["path"].startswith("/") and n["start_line"] <= n["end_line"] and n["message"])
        run["annotations"] += notes
        for k in ("title", "summary"):
            run[k] = out.get(k, run.get(k))

    def run_shown(self, r):
        return {"id": r["id"], "name": r["name"], "head_sha": r["head_sha"], "external_id": r["external_id"],
                "status": "completed", "conclusion": r["conclusion"],
                "output": {"title": r["title"], "summary": r["summary"], "text": None, "annotations_count": len(r["annotations"])}}

    def runs(self):
        d = self.doc
        self.may_check()
        want(d.get("name") and d.get("head_sha") and (d.get("status") != "completed" or d.get("conclusion")))
        run = {"id": 0, "name": d["name"], "head_sha": d["head_sha"], "external_id": d.get("external_id", ""),
               "conclusion": d.get("conclusion"), "title": None, "summary": None, "annotations": []}
        self.output(run, d)
        run["id"] = self.number()
        STATE["checks"].append(run)
        return 201, self.run_shown(run)

    def run(self, ident):
        run = next((r for r in STATE["checks"] if r["id"] == int(ident)), None)
        if run is None:
            refuse(404, "Not Found")
        if self.method == "PATCH":
            self.may_check()
            self.output(run, self.doc)
        return 200, self.run_shown(run)

    def runs_of(self, sha):
        name = self.query.get("check_name")
        runs = [self.run_shown(r) for r in STATE["checks"] if r["head_sha"] == sha and name in (None, r["name"])]
        return self.page(runs, lambda part: {"total_count": len(runs), "check_runs": part})

    def sarifs(self):
        d = self.doc
        self.may_write()
        try:
            sarif = json.loads(gzip.decompress(base64.b64decode(d["sarif"], validate=True)))
        except (ValueError, OSError):
            refuse(400, "sarif is not gzip and base64")
        STATE["sarifs"].append([d["commit_sha"], d["ref"], len(sarif["runs"])])
        return 202, {"id": "6c81cd8e-b078-4ac3-a3be-1dad7dbd0b53"}

    R = r"/repos/acme/app"
    routes = [
        ("GET", "/user", Forge.user),
        ("GET", R + "/pulls/7", Forge.change),
        ("GET", R + "/commits/([0-9a-f]{40})/pulls", Forge.changes),
        ("GET POST", R + "/issues/7/comments", Forge.comments),
        ("GET PATCH DELETE", R + r"/issues/comments/(\d+)", Forge.comment),
        ("POST", R + "/statuses/([0-9a-f]{40})", status),
        ("POST", R + "/check-runs", runs),
        ("GET PATCH", R + r"/check-runs/(\d+)", run),
        ("GET", R + "/commits/([0-9a-f]{40})/check-runs", runs_of),
        ("POST", R + "/code-scanning/sarifs", sarifs),
        ("GET", R + "/code-scanning/sarifs/[-0-9a-f]+", lambda self: (200, {"processing_status": "complete"})),
    ]


class GitLab(fake_runs.LabRuns, Forge):
    name, default_page = "gitlab", 20

    def token(self):
        return self.headers.get("PRIVATE-TOKEN")

    def person(self, login):
        return {"id": 1, "username": login}

    def shown(self, c):
        return {"id": c["id"], "body": c["body"], "system": c.get("system", False), "author": self.person(c["user"]["login"])}

    def status(self, project, sha):
        d = self.doc
        if project in STATE["foreign"]:
            refuse(404, "404 Project Not Found")
        self.may_write()
        want(d.get("state") in ("pending", "running", "success", "failed", "canceled", "skipped"), status=400)
        want(len(d.get("description") or "") <= 255 and len(d.get("name") or "") <= 255, status=400)
        STATE["statuses"].append([d.get("name", "default"), d["state"], sha, project])
        return 201, {"id": self.number(), "status": d["state"], "name": d.get("name")}

    def thread_shown(self, t):
        note = dict(self.shown({"id": t["note"], "body": t["body"], "user": {"login": t["user"]}}), resolvable=True,
                    resolved=t["resolved"], **({"resolved_by": self.person(t["by"])} if t["by"] else {}))
        return {"id": t["id"], "individual_note": False, "notes": [note]}

    def threads(self):
        if self.method == "GET":
            return self.page([self.thread_shown(t) for t in STATE["threads"]])
        self.may_write()
        at = self.doc.get("position") or {}
        refs = STATE["change"]["diff_refs"]
        for k in refs:
            want(at.get(k) == refs[k], "400 Bad request - Position is incomplete", 400)
        if at.get("new_line") not in STATE["diff"].get(at.get("new_path"), []):
            refuse(400, '400 Bad request - Note {:line_code=>["can\'t be blank", "must be a valid line code"]}')
        t = {"id": "%040x" % (0xabc000 + self.number()), "note": self.number(), "body": self.text(), "user": STATE["self"],
             "resolved": False, "by": None, "at": [at["new_path"], at["new_line"]]}
        STATE["threads"].append(t)
        return 201, self.thread_shown(t)

    def thread(self, ident, note=None):
        t = next((t for t in STATE["threads"] if t["id"] == ident and (note is None or t["note"] == int(note))), None)
        if t is None:
            refuse(404, "404 Discussion Not Found")
        if self.method != "GET":
            self.may_write()
        if self.method == "DELETE":
            STATE["threads"].remove(t)
            return 204, None
        if self.method == "PUT" and note:
            t["body"] = self.text()
        elif self.method == "PUT":
            want(isinstance(self.doc.get("resolved"), bool), status=400)
            t["resolved"], t["by"] = self.doc["resolved"], STATE["self"] if self.doc["resolved"] else None
        return 200, self.thread_shown(t)["notes"][0] if note else self.thread_shown(t)

    P = r"/projects/(?:12|acme%2Fapp)"
    M = P + "/merge_requests/7"
    routes = [
        ("GET", "/user", Forge.user),
        ("GET", M, Forge.change),
        ("GET", P + "/repository/commits/([0-9a-f]{40})/merge_requests", Forge.changes),
        ("GET POST", M + "/notes", Forge.comments),
        ("GET PUT DELETE", M + r"/notes/(\d+)", Forge.comment),
        ("POST", "/projects/(12|99)/statuses/([0-9a-f]{40})", status),
        ("GET POST", M + "/discussions", threads),
        ("GET PUT", M + "/discussions/([0-9a-f]{40})", thread),
        ("GET PUT DELETE", M + r"/discussions/([0-9a-f]{40})/notes/(\d+)", thread),
    ]


def serve(method, target, headers, body):
    """What a healthy forge does: (status, document, headers)."""
    url = urllib.parse.urlsplit(target)
    query = dict(urllib.parse.parse_qsl(url.query))
    lab = url.path.startswith("/api/v4/")
    if not headers.get("User-Agent"):
        return 403, {"message": "Request forbidden by administrative rules."}
    if url.path.startswith("/storage/"):
        return fake_runs.storage(STATE, url.path, query, headers)
    doc = None
    if method in ("POST", "PUT", "PATCH"):
        if headers.get("Content-Type") != "application/json":
            return 415, {"message": "Unsupported Media Type"}
        try:
            doc = json.loads(body)
        except ValueError:
            return 400, {"message": "Problems parsing JSON"}
    forge = (GitLab if lab else GitHub)(method, url.path[7:] if lab else url.path, query, doc, headers, url.path)
    if forge.token() != TOKEN:
        return 401, {"message": "401 Unauthorized" if lab else "Bad credentials"}
    spec, path = SPECS.get(forge.name), urllib.parse.unquote(url.path.replace("%2F", "-"))
    if spec:
        BAD.extend(filter(None, [spec.check_request(method, path, query, doc)]))
    try:
        answer = (forge.work() + ({},))[:3]
    except Refused as e:
        return e.args[0], e.args[1], {}
    if spec and answer[0] < 300 and answer[1] is not None:
        answer = (answer[0], spec.fill(method, path, answer[0], answer[1]), answer[2])
        BAD.extend(filter(None, [spec.check_answer(method, path, answer[0], answer[1])]))
    return answer


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def log_message(self, *args):
        pass

    def setup(self):
        super().setup()
        with LOCK:
            STATE["connections"] += 1

    def answer(self, status, body=None, headers=None, cut=None, drip=None):
        text = body if isinstance(body, (str, bytes)) else json.dumps(body)
        data = b"" if body is None else text if isinstance(text, bytes) else text.encode()
        self.send_response(status)
        if "Content-Type" not in (headers or {}):
            self.send_header("Content-Type", "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        for k, v in (headers or {}).items():
            self.send_header(k, v)
        self.end_headers()
        if drip is not None:
            for b in data:
                self.wfile.write(bytes([b]))
                self.wfile.flush()
                time.sleep(drip)
        else:
            self.wfile.write(data if cut is None else data[:cut])
        self.wfile.flush()
        if cut is not None or drip is not None:
            self.close_connection = True

    def control(self, body):
        if self.path == "/_script":
            SCRIPT[:] = json.loads(body)
        elif self.path == "/_set":
            STATE.update(json.loads(body))
        elif self.path == "/_reset":
            STATE.clear()
            STATE.update(fresh())
            del SCRIPT[:], LOG[:]
        else:
            return self.answer(200, {"/_state": STATE, "/_log": LOG, "/_bad": sorted(set(BAD))[:9]}[self.path])
        return self.answer(204)

    def scripted(self):
        line = "%s %s" % (self.command, self.path)
        for i, action in enumerate(SCRIPT):
            if re.search(action.get("on", ""), line):
                action["times"] = action.get("times", 1) - 1
                return action if action["times"] > 0 else SCRIPT.pop(i)
        return None

    def go(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8", "replace")
        with LOCK:
            if self.path.startswith("/_"):
                return self.control(body)
            LOG.append({"line": "%s %s" % (self.command, self.path), "headers": dict(self.headers), "body": body,
                        "peer": self.client_address[1]})
            action = self.scripted()
            result = None
            if action is None or action.get("apply"):
                result = (serve(self.command, self.path, self.headers, body) + ({},))[:3]
            if action is None:
                return self.answer(*result)
        return self.misbehave(action, result)

    def misbehave(self, action, result):
        status, doc, headers = result or (action.get("status", 200), action.get("body", {}), {})
        if "status" in action:
            status, doc = action["status"], action.get("body", {})
        headers = dict(headers, **action.get("headers", {}))
        if action.get("reset"):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
        elif action.get("close"):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif action.get("garbage"):
            self.wfile.write(b"\x00\xff no answer\r\n\r\n")
            self.wfile.flush()
            self.close_connection = True
        elif "big" in action:
            self.answer(status, "x" * action["big"], headers)
        elif "truncate" in action:
            self.answer(status, doc if result else {"message": "x" * 99}, headers, cut=action["truncate"])
        else:
            self.answer(status, doc, headers, drip=action.get("drip"))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = go


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


def main(args):
    server = Server(("127.0.0.1", 0), Handler)
    while args:
        if args[0] == "--spec":
            name, path = args[1].split("=", 1)
            SPECS[name] = Description(path)
            args = args[2:]
        elif args[0] == "--tls":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(args[1], args[2])
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
            args = args[3:]
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
