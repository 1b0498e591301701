"""What a city's system of ours in tests is: a server that speaks JSON, and tells in a file where it stands. Standard library only."""

import http.server
import json
import os

KEY = "s3cret & more"


class House(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, kind="application/json"):
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def serve(house, port_file):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), house)
    server.daemon_threads = True
    with open(port_file + ".new", "w", encoding="ascii") as file:
        file.write(str(server.server_port))
    os.rename(port_file + ".new", port_file)
    server.serve_forever()
