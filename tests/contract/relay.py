#!/usr/bin/env python3
"""Hands requests on to Prism, and remembers what Prism found wrong about them. Prints its port.

  relay.py TARGET [OVERRIDES]

TARGET is Prism's base URL. OVERRIDES is a JSON file of ["METHOD path" (a regular expression),
answer]: a stateless mock answers with examples, and some answers decide what is asked next.
GET /_wrong lists the requests that broke the description, GET /_log all requests with the
status that Prism gave them.
"""
import http.client
import http.server
import json
import re
import sys
import urllib.parse

TARGET = urllib.parse.urlsplit(sys.argv[1])
OVERRIDES = json.load(open(sys.argv[2], encoding="utf-8")) if len(sys.argv) > 2 else []
WRONG, LOG = [], []


def of_request(violations):
    """Prism lists what is wrong with an answer too; that is its author's business."""
    found = [v for v in json.loads(violations or "[]") if v.get("location", [""])[0] == "request"]
    return [v for v in found if v.get("severity") == "Error"]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def send(self, status, data, headers):
        self.send_response(status)
        for k, v in headers:
            if k.lower() not in ("content-length", "transfer-encoding", "connection", "sl-violations", "date", "content-encoding"):
                self.send_header(k, v)
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def go(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path in ("/_wrong", "/_log"):
            return self.send(200, json.dumps(WRONG if self.path == "/_wrong" else LOG).encode(), [])
        connection = http.client.HTTPConnection(TARGET.hostname, TARGET.port, timeout=30)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection", "content-length")}
        headers["Accept"] = "application/json"
        connection.request(self.command, self.path, body or None, headers)
        answer = connection.getresponse()
        data = answer.read()
        line = "%s %s" % (self.command, self.path)
        LOG.append([line, answer.status])
        for v in of_request(answer.getheader("sl-violations")):
            WRONG.append([line, v.get("message"), v.get("location")])
        if answer.status == 422 or b"prism/errors" in data:
            WRONG.append([line, answer.status, data.decode("utf-8", "replace")[:500]])
        for pattern, doc in OVERRIDES:
            if re.search(pattern, line):
                return self.send(200, json.dumps(doc).encode(), [("Content-Type", "application/json")])
        return self.send(answer.status, data, answer.getheaders())

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = go


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_address[1], flush=True)
server.serve_forever()
