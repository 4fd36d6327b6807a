"""The storage that a forge sends downloads to: serves one folder on loopback, and keeps a log of the
tokens it was shown. usage: storage.py FOLDER LOG; prints its port"""
import functools
import http.server
import sys

folder, log = sys.argv[1:]


class Storage(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        with open(log, "a") as f:
            f.write("%s %s\n" % (self.path, [h for h in self.headers if "token" in h.lower() or h == "Authorization"]))
        super().do_GET()

    def log_message(self, *args):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), functools.partial(Storage, directory=folder))
print(server.server_port)
sys.stdout.flush()
server.serve_forever()
