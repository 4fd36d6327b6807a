#!/usr/bin/env python3
"""A CONNECT proxy on loopback. Prints its port; appends what it was asked for to a file.

  proxy.py LOG [STATUS]: with STATUS it refuses
"""
import http.server
import select
import socket
import sys


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def seen(self):
        with open(sys.argv[1], "a", encoding="utf-8") as f:
            f.write("%s %s\n%s" % (self.command, self.path, self.headers))

    def do_CONNECT(self):
        self.seen()
        if len(sys.argv) > 2:
            return self.send_error(int(sys.argv[2]))
        host, port = self.path.rsplit(":", 1)
        with socket.create_connection(("127.0.0.1" if host.endswith(".test") else host, int(port))) as there:
            self.send_response(200, "Connection established")
            self.end_headers()
            here = self.connection
            while True:
                for s in select.select([here, there], [], [])[0]:
                    data = s.recv(65536)
                    if not data:
                        self.close_connection = True
                        return None
                    (there if s is here else here).sendall(data)

    def do_GET(self):
        self.seen()
        self.send_error(400)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_address[1], flush=True)
server.serve_forever()
