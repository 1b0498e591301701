#!/usr/bin/env python3
"""How long the gateway takes from the question for a dossier to its answer, over HTTP: the demo's dossiers, a real process.

    dossiers.py [--build DIR] [--asks N] [--slow-ms MS]

With --slow-ms the gateway asks a source of its own process that takes so long (a city's system, by a mapping file): what
stands beside it is what a person waits at the most, and half a minute later again."""

import argparse
import http.client
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))


def known():
    """Codes as DemoDossiers makes them, without its calendar: those that are written out."""
    with open(os.path.join(TREE, "resources/demo/dossiers.json"), encoding="utf-8") as file:
        return [row["code"] for row in json.load(file)["fixed"]]


def slow_source(seconds):
    class Source(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            time.sleep(seconds)
            code = self.path.rsplit("/", 1)[-1]
            body = json.dumps({"ma": code, "ten": "Thủ tục", "tt": "1"}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Source)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return {"name": "bench", "by_code": f"http://127.0.0.1:{server.server_port}/{{code}}", "dates": ["rfc3339"],
            "members": {"code": "/ma", "procedure": "/ten", "state": "/tt"}, "states": {"1": "received"}}


class Gateway:
    def __init__(self, build, folder, mapping):
        config = {"budgets": {"misses_per_address": 100000000, "misses_per_prefix": 100000000}}
        if mapping:
            source = os.path.join(folder, "mapping.json")
            with open(source, "w", encoding="utf-8") as file:
                json.dump(mapping, file)
            config["dossiers"] = {"source": source}
        with open(os.path.join(folder, "gateway.json"), "w", encoding="utf-8") as file:
            json.dump(config, file)
        port = os.path.join(folder, "port")
        self.process = subprocess.Popen(
            [os.path.join(build, "bin/tram-gateway"), "serve", "--demo", "--config", os.path.join(folder, "gateway.json"),
             "--data", os.path.join(folder, "data"), "--listen", "127.0.0.1:0", "--port-file", port],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not os.path.exists(port) and time.monotonic() < deadline:
            time.sleep(0.05)
        with open(port, encoding="ascii") as file:
            self.line = http.client.HTTPConnection("127.0.0.1", int(file.read()), timeout=30)

    def ask(self, code):
        begun = time.perf_counter()
        self.line.request("GET", "/v1/dossiers/" + code)
        reply = self.line.getresponse()
        reply.read()
        return reply.status, (time.perf_counter() - begun) * 1000


def tell(name, gateway, codes, expected):
    times = []
    for code in codes:
        status, took = gateway.ask(code)
        if status != expected:
            sys.exit(f"{name}: {status} for {code}")
        times.append(took)
    times.sort()
    print(f"{name:34} {len(times):6} asks  p50 {times[len(times) // 2]:7.2f} ms  p95 {times[len(times) * 95 // 100]:7.2f} ms")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default=os.path.join(TREE, "build/release"))
    parser.add_argument("--asks", type=int, default=2000)
    parser.add_argument("--slow-ms", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        gateway = Gateway(options.build, folder, slow_source(options.slow_ms / 1000) if options.slow_ms else None)
        try:
            fresh = [f"H29.1-261105-{1000 + n}" for n in range(options.asks)]
            if options.slow_ms:
                few = fresh[:max(1, 20_000 // options.slow_ms)]  # done before the first is too old to serve again
                tell(f"a source that takes {options.slow_ms} ms", gateway, few, 200)
                tell("the same within half a minute", gateway, few, 200)
            else:
                codes = known()
                tell("known", gateway, [codes[n % len(codes)] for n in range(options.asks)], 200)
                tell("unknown, each another", gateway, fresh, 404)
                tell("no code at all", gateway, ["x"] * options.asks, 404)
        finally:
            gateway.process.terminate()
            gateway.process.wait()


main()
