"""A registry on loopback that knows one package and one advisory; prints its port."""
import gzip
import http.server
import json
import sys

PACKAGE = {
    "name": "parcel-barcode",
    "dist-tags": {"latest": "2.0.0"},
    "versions": {
        v: {"name": "parcel-barcode", "version": v, "dist": {"tarball": "http://127.0.0.1/none"}}
        for v in ("1.0.2", "2.0.0")
    },
}
ADVISORY = {
    "parcel-barcode": [{
        "id": 990001,
        "url": "https://example.invalid/advisories/990001",
        "title": "parcel-barcode reads past its buffer",
        "severity": "high",
        "vulnerable_versions": "<2.0.0",
        "cwe": ["CWE-125"],
        "cvss": {"score": 7.5, "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"},
    }]
}


class Registry(http.server.BaseHTTPRequestHandler):
    def answer(self, document):
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(PACKAGE)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        self.answer(ADVISORY if "parcel-barcode" in json.loads(body) else {})

    def log_message(self, *args):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Registry)
print(server.server_port)
sys.stdout.flush()
server.serve_forever()
