#!/usr/bin/env python3
"""A printer that speaks IPP (RFC 8010, 8011), just as much as CUPS's ipp backend asks for.

    ipp_printer.py DIR     prints its port; the file DIR/reasons holds printer-state-reasons, a keyword a line; DIR/slow: it
                           takes the first kilobyte of a document and no more while that file stands there
"""

import http.server
import os
import socketserver
import struct
import sys
import time

TOP = sys.argv[1]
CHARSET, LANGUAGE, URI, KEYWORD, ENUM, INTEGER, BOOLEAN, MIME, NAME = 0x47, 0x48, 0x45, 0x44, 0x23, 0x21, 0x22, 0x49, 0x42
jobs = {}


def attribute(tag, name, *values):
    out = b""
    for i, value in enumerate(values):
        data = {bool: lambda v: struct.pack(">b", v), int: lambda v: struct.pack(">i", v), str: str.encode}[type(value)](value)
        key = name.encode() if i == 0 else b""
        out += struct.pack(">BH", tag, len(key)) + key + struct.pack(">H", len(data)) + data
    return out


def reasons():
    try:
        with open(os.path.join(TOP, "reasons"), encoding="ascii") as file:
            return file.read().split() or ["none"]
    except FileNotFoundError:
        return ["none"]


def printer(port):
    uri = f"ipp://127.0.0.1:{port}/ipp/print"
    return b"\x04" + b"".join((
        attribute(URI, "printer-uri-supported", uri), attribute(KEYWORD, "uri-security-supported", "none"),
        attribute(KEYWORD, "uri-authentication-supported", "none"), attribute(NAME, "printer-name", "test"),
        attribute(ENUM, "printer-state", 3), attribute(KEYWORD, "printer-state-reasons", *reasons()),
        attribute(KEYWORD, "ipp-versions-supported", "1.1", "2.0"), attribute(BOOLEAN, "printer-is-accepting-jobs", True),
        attribute(ENUM, "operations-supported", 0x2, 0x4, 0x5, 0x6, 0x8, 0x9, 0xB), attribute(INTEGER, "queued-job-count", 0),
        attribute(MIME, "document-format-supported", "application/pdf", "application/octet-stream"),
        attribute(MIME, "document-format-default", "application/octet-stream")))


def job(number, port):
    return b"\x02" + attribute(INTEGER, "job-id", number) + attribute(URI, "job-uri", f"ipp://127.0.0.1:{port}/ipp/print/{number}") \
        + attribute(ENUM, "job-state", jobs.get(number, 9)) + attribute(KEYWORD, "job-state-reasons", "none")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        if self.headers.get("Expect", "").lower() == "100-continue":
            pass  # the base class has said so already
        body = self.body()
        operation, number = struct.unpack(">Hi", body[2:8])
        port = self.server.server_address[1]
        answer = body[:2] + struct.pack(">Hi", 0, number) + b"\x01" + attribute(CHARSET, "attributes-charset", "utf-8") \
            + attribute(LANGUAGE, "attributes-natural-language", "en")
        if operation in (0x2, 0x5):  # Print-Job, Create-Job
            jobs[len(jobs) + 1] = 9 if operation == 0x2 else 3
            answer += job(len(jobs), port)
        elif operation == 0x6:  # Send-Document
            jobs[len(jobs)] = 9
            answer += job(len(jobs), port)
        elif operation in (0x9, 0x8):
            answer += job(len(jobs), port)
        elif operation == 0xB:
            answer += printer(port)
        answer += b"\x03"
        self.send_response(200)
        self.send_header("Content-Type", "application/ipp")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def body(self):
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers["Content-Length"]))
        body = b""
        while True:
            size = int(self.rfile.readline().split(b";")[0], 16)
            if size == 0:
                self.rfile.readline()
                return body
            body += self.rfile.read(size)
            self.rfile.readline()
            if len(body) > 1024:
                with open(os.path.join(TOP, "begun"), "w"):
                    pass
            while len(body) > 1024 and os.path.exists(os.path.join(TOP, "slow")):
                time.sleep(0.05)

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True


server = Server(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
