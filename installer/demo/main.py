"""Runs the demo, or its unattended walk. Started by installer/demo.sh, as an ordinary user."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(TREE, "tests/smoke"), os.path.join(TREE, "tests/bench/app")]

from again import Again  # noqa: E402
from display import VirtualDisplay, why_not_here  # noqa: E402
from processes import Failed, Processes  # noqa: E402
from stage import Stage, lan_address  # noqa: E402


STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def arguments():
    parser = argparse.ArgumentParser(prog="installer/demo.sh", description="Trạm Công dân số on this machine.")
    parser.add_argument("--smoke", action="store_true", help="walk through it unattended, and say whether it works")
    parser.add_argument("--bench", action="store_true", help="measure the kiosk's start, memory and pages")
    parser.add_argument("--port", type=int, default=8022, help="of the gateway on 127.0.0.1 (default 8022, or a free one)")
    parser.add_argument("--speed", type=float, help="how much faster 1022's clock runs")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="the language a session starts in")
    parser.add_argument("--window", action="store_true", help="in a window instead of full screen")
    parser.add_argument("--virtual", action="store_true", help="in a browser, even where there is a display")
    parser.add_argument("--scan", choices=("browser", "app"), default="browser",
                        help="how the pretend VNeID is scanned: by the phone's camera, or inside its own app")
    parser.add_argument("--lan", nargs="?", const="auto", metavar="ADDRESS",
                        help="phones in this network may open its pages, over TLS with a self-made certificate")
    parser.add_argument("--size", default="1080x1920", help="of the virtual screen")
    parser.add_argument("--build", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--out", required=True, help=argparse.SUPPRESS)
    return parser.parse_args()


class Demo:
    def __init__(self, options, root):
        self.options = options
        self.root = root
        os.mkdir(os.path.join(root, "logs"), 0o700)
        self.processes = Processes(os.path.join(root, "logs"))
        speed = options.speed or (43200 if options.smoke else 3600)
        port = 0 if options.smoke else options.port
        # The walk waits for the end of a session: the shortest times that a config may have.
        more_keys = {"idle_seconds": 60, "countdown_seconds": 20} if options.smoke else {}
        more_keys["content"] = {"poll_seconds": 5}  # who publishes anew in the demo wants to see it
        self.stage = Stage(self.processes, root, options.build, TREE, port, speed, options.lang, more_keys,
                           lan=lan_address(options.lan), scan=options.scan)
        self.display_env = {}
        self.virtual = None

    def run(self):
        self.stage.start_city()
        self.stage.start_printing()
        self.stage.enrol()
        self.stage.start_agent()
        if self.options.smoke:
            from walk import Walk
            return Walk(self.stage, self._virtual_display().start(), self.root, self.options.out).run()
        if self.options.bench:
            from bench import Bench
            return Bench(self.stage, self._virtual_display().start(), self.root).run()
        return self._interactive()

    def _virtual_display(self):
        return VirtualDisplay(self.processes, self.root, self.options.size)

    def _interactive(self):
        viewing = "on this screen"
        login = "VNeID is simulated, and says so; its five residents do not exist"
        why = None if self.options.virtual else why_not_here()
        if self.options.virtual or why:
            self.virtual = self._virtual_display()
            self.display_env = self.virtual.start()
            address, password = self.virtual.share(6080)
            self.phone_opener = self.virtual.phone_opener()
            viewing = f"in a browser on this machine: {address}\n                  password: {password}"
            if why:
                viewing += f"\n                  {why}"
            login += """
                  "Mở điện thoại mô phỏng" (open the simulated phone) opens its page in that browser, in a window of its
                  own; where the browser blocks that, the link stands above the screen, and here"""
        elif not self.options.window:
            login += "; --window has a button that opens\n                  a simulated phone"
        self._start_kiosk()
        phone = f"a browser on this machine: {self.stage.url}/t/CODE"
        if self.stage.lan:
            phone = f"""a phone in this network: {self.stage.public_url}/t/CODE
                  Its certificate was made by this demo a moment ago: the phone will warn that it cannot tell who this
                  is. For the demo go on; never do so on a page that asks for anything of yours. Everybody in this
                  network can open these pages while the demo runs. Certificate's SHA-256 fingerprint:
                  {self.stage.fingerprint}"""
        print(f"""
Trạm Công dân số is running.

  The kiosk       {viewing}
  The gateway     {self.stage.url}   (state: {self.stage.url}/healthz, operations: {self.stage.url}/dashboard)
  A report        touch the screen, then "Gửi phản ánh 1022" (send a report to 1022): six short steps and a receipt
  On a phone      what the QR codes open; {phone}
  Logging in      {login}
  Its answer      1022's clock runs {self.stage.speed:g} times as fast here
  An alert        install -m 644 {self.stage.gateway_dir}/alerts-samples/tide.xml {self.stage.gateway_dir}/alerts-in/
  Paper           what is printed: {self.stage.pages_dir}/page-N.pdf
                  a printer's bad day: echo media-empty > {self.stage.pages_dir}/trouble   (media-jam, cover-open,
                  offline, toner-empty, fail), and back again: rm that file
  A lost line     kill -STOP {self.processes.pid('gateway')}, and back again: kill -CONT {self.processes.pid('gateway')}
  The queue       {self.stage.program('tram')} queue list --config {self.stage.config}
  Logs            {self.processes.log_dir}

Ctrl-C ends it; nothing is kept.
""", flush=True)
        return self._watch()

    def _start_kiosk(self):
        # A person's own desktop keeps its shortcuts; a virtual screen has nobody to miss them.
        extra = ["--window"] if self.options.window else [] if self.virtual else ["--share-keys"]
        if self.virtual:
            extra += ["--phone", self.phone_opener]
        self.processes.start("kiosk", self.stage.kiosk_argv(*extra), env=dict(os.environ, **self.display_env))

    def _watch(self):
        watched = [Again(self.processes, name, start) for name, start in (
            ("gateway", self.stage.start_gateway), ("nginx", self.stage.start_nginx),
            ("agent", self.stage.start_agent), ("printing", self.stage.start_printing), ("kiosk", self._start_kiosk))]
        handed = ""
        while True:
            time.sleep(0.2)
            kiosk = self.processes.children["kiosk"]
            if self.options.window and kiosk.poll() == 0:
                return 0
            for program in watched:
                program.look()
            handed = self._told_of_phone(handed)

    def _told_of_phone(self, before):
        link = self.virtual.phone_link() if self.virtual else ""
        if link != before:
            print(f"  The simulated phone: {link}", flush=True)
        return link


def stop_on(number, _frame):
    # From here on a second Ctrl-C must not interrupt the tidying up. (Not SIG_IGN: Python raises when one is pending.)
    for stop in STOPS:
        signal.signal(stop, lambda *_: None)
    raise SystemExit(128 + number)


def main():
    options = arguments()
    if os.geteuid() == 0:
        sys.exit("The programs do not run as root; start installer/demo.sh.")
    for number in STOPS:
        signal.signal(number, stop_on)
    os.umask(0o077)
    root = tempfile.mkdtemp(prefix="tram-demo.", dir=os.environ.get("XDG_RUNTIME_DIR") or "/tmp")
    demo = None
    try:
        demo = Demo(options, root)
        return demo.run()
    except Failed as reason:
        print(f"\nThe demo failed: {reason}", file=sys.stderr)
        return 1
    finally:
        if demo:
            demo.processes.stop_all()
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
