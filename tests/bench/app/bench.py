"""Start and memory of the real kiosk beside Chromium on an equal page, under the same virtual screen.

Started by `installer/demo.sh --bench` (as `tests/run.sh bench` does). Medians of five; what counts is the ratios.
"""

import http.server
import os
import shutil
import statistics
import subprocess
import threading
import time

from city import AlertOnScreen, BigCity
from processes import Failed, wait_until

RUNS = 5
HERE = os.path.dirname(os.path.abspath(__file__))
# A browser as a kiosk would run it; see the design's TOOLKIT for why each is needed under Xvfb.
CHROMIUM = ["chromium", "--kiosk", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-features=Translate"]


def process_tree(pid):
    found = [pid]
    for parent in found:
        try:
            with open(f"/proc/{parent}/task/{parent}/children") as listing:
                found += [int(child) for child in listing.read().split()]
        except FileNotFoundError:
            pass
    return found


def pss_mib(pid):
    """Proportional memory of a process and all it started."""
    total = 0
    for member in process_tree(pid):
        try:
            with open(f"/proc/{member}/smaps_rollup") as rollup:
                total += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
        except (FileNotFoundError, ProcessLookupError):
            pass
    return total / 1024


class Page(http.server.SimpleHTTPRequestHandler):
    """Serves home.html, and notes when the page says that it was painted."""
    painted = threading.Event()

    def do_GET(self):
        if self.path == "/painted":
            Page.painted.set()
            self.send_response(204)
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, *_):
        pass


class Bench:
    def __init__(self, stage, display_env, directory):
        self.stage = stage
        self.directory = directory
        self.display_env = display_env
        self.env = dict(os.environ, **display_env, NO_AT_BRIDGE="1", HOME=directory)

    def run(self):
        ours = {"start": self.median(self.kiosk_start), "memory": self.median(self.kiosk_memory)}
        print(f"{'':34}{'kiosk':>12}{'Chromium':>12}{'ratio':>9}{'aim':>9}")
        if shutil.which("chromium"):
            theirs = self.chromium()
        else:
            theirs = {"start": None, "memory": None}
            print("chromium is not installed: installer/install-packages.sh bench")
        self.row("exec to first paint, ms", ours["start"], theirs["start"], "≤ 0.25")
        self.row("memory on the home page, PSS MiB", ours["memory"], theirs["memory"], "≤ 0.17")
        print("\nmilliseconds, press to painted (aim p95 ≤ 16) and page change (aim ≤ 50):")
        print("\n".join(f"  {line}" for line in self.kiosk_pages() if "_ms " in line))
        self.alerts()
        self.big_city(ours)
        return 0

    def alerts(self):
        comes, goes = AlertOnScreen(self.stage, self.display_env, self.directory).run()
        print("\nan emergency alert, seconds (aim: seconds; gone within 60):")
        print(f"  file at the gateway to the screen {comes:.1f}, its cancel until it is gone {goes:.1f}")

    def big_city(self, small):
        BigCity(self.stage, self.directory).publish()
        big = {"start": self.median(self.kiosk_start), "memory": self.median(self.kiosk_memory)}
        print(f"\n{'':34}{'100,000':>12}{'sample':>12}{'ratio':>9}")
        self.row("exec to first paint, ms", big["start"], small["start"], "")
        self.row("memory on the home page, PSS MiB", big["memory"], small["memory"], "")
        print("\nwith the big city:")
        print("\n".join(f"  {line}" for line in self.kiosk_pages() if "_ms " in line))

    @staticmethod
    def median(measure):
        return statistics.median(measure() for _ in range(RUNS))

    @staticmethod
    def row(name, ours, theirs, aim):
        beside = f"{theirs:12.1f}{ours / theirs:9.2f}{aim:>9}" if theirs else ""
        print(f"{name:34}{ours:12.1f}{beside}")

    def kiosk_start(self):
        """From before the exec to the end of the first paint, told by the kiosk on the clock we both read."""
        begun = time.monotonic_ns()
        with subprocess.Popen(self.stage.kiosk_argv("--bench-start"), env=self.env, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True) as process:
            painted = self.figure(process.stdout, "first_paint_monotonic_ns")
            process.terminate()
        return (painted - begun) / 1e6

    def kiosk_pages(self):
        """The kiosk is not dumpable, so only itself can read its memory map: it prints home_pss_kib."""
        done = subprocess.run(self.stage.kiosk_argv("--bench-pages"), env=self.env, capture_output=True, text=True,
                              timeout=300)
        if done.returncode != 0:
            raise Failed(f"tram-kiosk --bench-pages: {done.returncode}\n{done.stderr[-2000:]}")
        return done.stdout.splitlines()

    def kiosk_memory(self):
        return self.figure(self.kiosk_pages(), "home_pss_kib") / 1024

    @staticmethod
    def figure(lines, name):
        for line in lines:
            words = line.split()
            if words and words[0] == name:
                return float(words[1])
        raise Failed(f"the kiosk printed no {name}")

    def chromium(self):
        handler = lambda *args: Page(*args, directory=HERE)  # noqa: E731
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        figures = [self.chromium_once(server.server_port) for _ in range(RUNS)]
        server.shutdown()
        return {"start": statistics.median(start for start, _ in figures),
                "memory": statistics.median(memory for _, memory in figures)}

    def chromium_once(self, port):
        profile = os.path.join(self.directory, "chromium")
        Page.painted.clear()
        begun = time.monotonic()
        browser = self.stage.processes.start(
            "chromium", [*CHROMIUM, f"--user-data-dir={profile}", f"http://127.0.0.1:{port}/home.html"], env=self.env)
        if not Page.painted.wait(60):
            raise Failed("chromium never painted:\n" + self.stage.processes.log_tail("chromium"))
        took = (time.monotonic() - begun) * 1000
        time.sleep(2)
        memory = pss_mib(browser.pid)
        self.stage.processes.stop("chromium")
        wait_until(lambda: not self.stage.processes.running("chromium"), 5)
        shutil.rmtree(profile, ignore_errors=True)
        return took, memory
