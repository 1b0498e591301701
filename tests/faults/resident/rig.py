"""The real kiosk in its real session (installer/session) before a pretend city, with hands, eyes and an X-ray of our own.

Hands are XTEST events: the X server sees what a keyboard and a pointer would send, and no program sees the text. The X-ray is
canary_scan: it reads every readable page of a process, and files. The kiosk is not dumpable, so that takes root.
"""

import argparse
import os
import re
import shutil
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
sys.path[:0] = [os.path.join(TREE, "installer/demo"), os.path.join(TREE, "tests/smoke")]

from Xlib import X, XK, display as xdisplay  # noqa: E402
from Xlib.ext import xtest  # noqa: E402

from display import VirtualDisplay  # noqa: E402
from kiosk import Kiosk  # noqa: E402
from processes import Failed, Processes, wait_until  # noqa: E402
from stage import Stage  # noqa: E402

SESSION = os.path.join(TREE, "installer/session/tram-session")
NEAR, ECHO = 120, 0.45  # pixels and seconds
SHORTEST = {"idle_seconds": 60, "countdown_seconds": 20}


def session_setting(name):
    """A value of the session's script, so that the tests measure what is installed."""
    with open(SESSION, encoding="utf-8") as script:
        return re.search(rf"^{name}=(\S+)$", script.read(), re.MULTILINE).group(1)


def children(pid):
    try:
        found = []
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children") as listing:
                found += [int(child) for child in listing.read().split()]
        return found
    except (FileNotFoundError, ProcessLookupError):
        return []


def descendants(pid):
    found = [pid]
    for parent in found:
        found += children(parent)
    return found[1:]


def read(path, mode="r"):
    try:
        with open(path, mode) as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return b"" if "b" in mode else ""


def program_of(pid):
    return read(f"/proc/{pid}/comm").strip()


class Hands:
    """A pointer and a keyboard on one display."""

    def __init__(self, env):
        os.environ["XAUTHORITY"] = self._own_authority(env)  # python-xlib looks nowhere else
        self.display = xdisplay.Display(env["DISPLAY"])
        self.root = self.display.screen().root

    @staticmethod
    def _own_authority(env):
        """The same cookie for this very display: python-xlib does not know the family "wild"."""
        def counted(data):
            return struct.pack(">H", len(data)) + data
        with open(env["XAUTHORITY"], "rb") as wild:
            cookie = wild.read()[-16:]
        path = env["XAUTHORITY"] + ".hands"
        with open(path, "wb") as file:
            file.write(struct.pack(">H", 256) + counted(socket.gethostname().encode()) +
                       counted(env["DISPLAY"][1:].encode()) + counted(b"MIT-MAGIC-COOKIE-1") + counted(cookie))
        return path

    def click(self, x, y, button=1):
        self.press_at(x, y, button)
        self._fake(X.ButtonRelease, button)

    def press_at(self, x, y, button=1):
        xtest.fake_input(self.display, X.MotionNotify, x=x, y=y)
        self._fake(X.ButtonPress, button)

    def release(self, button=1):
        self._fake(X.ButtonRelease, button)

    def move(self, x, y):
        xtest.fake_input(self.display, X.MotionNotify, x=x, y=y)
        self.display.sync()

    def chord(self, *names):
        """Keys pressed one after the other and let go in the opposite order: chord("Alt_L", "F4")."""
        codes = [self._code(name) for name in names]
        for code in codes:
            self._fake(X.KeyPress, code)
        for code in reversed(codes):
            self._fake(X.KeyRelease, code)

    def type(self, text):
        for letter in text:
            keysym = XK.string_to_keysym({" ": "space", "/": "slash", ".": "period", ",": "comma", "@": "at", "-": "minus",
                                          "#": "numbersign", "|": "bar"}.get(letter, letter))
            code, level = next((c, i) for c, i in self.display.keysym_to_keycodes(keysym) if i < 2)
            self.chord(*(["Shift_L"] if level else []), code)

    def scan(self, text, milliseconds):
        """As a hand scanner types small letters, digits and Enter, at the X server's own pace; returns before it is done."""
        for code in [*map(self._code, text), self._code("Return")]:
            xtest.fake_input(self.display, X.KeyPress, code, time=milliseconds)
            xtest.fake_input(self.display, X.KeyRelease, code)
        self.display.flush()

    def _code(self, name):
        if isinstance(name, int):
            return name
        code = self.display.keysym_to_keycode(XK.string_to_keysym(name))
        if not code:
            raise Failed(f"this keyboard has no {name}")
        return code

    def _fake(self, kind, detail):
        xtest.fake_input(self.display, kind, detail)
        self.display.sync()


class Screen(Kiosk):
    """tests/smoke's kiosk, in the installed session and with faster hands."""

    def __init__(self, stage, server, directory, name="session"):
        super().__init__(stage, server.env, directory, directory)
        self.name_of_process = name
        self.hands = Hands(server.env)
        self.file = os.path.join(directory, f"{name}.json")
        self.seen = self.tapped = None

    def start(self, *more, told=None, config=None):
        env = {"PATH": os.environ["PATH"], "RUNTIME_DIRECTORY": self.stage.runtime_dir, **self._display(), **(told or {})}
        self.process = self.stage.processes.start(
            self.name_of_process, [SESSION, "--on-display", "--kiosk", self.stage.program("tram-kiosk"),
                                   "--config", config or self.stage.config, "--", "--describe", self.file, *more], env=env)

    def _display(self):
        return {name: self.env[name] for name in ("DISPLAY", "XAUTHORITY")}

    @property
    def pid(self):
        """The kiosk's own process."""
        found = [child for child in children(self.process.pid) if program_of(child) == "tram-kiosk"]
        if len(found) != 1:
            raise Failed(f"{len(found)} kiosks run in this session")
        return found[0]

    def session(self):
        return self.page().get("session", "")

    def type(self, text):
        self.leave_pause()
        self.hands.type(text)
        self.typed = time.monotonic()

    def focus(self, field):
        self.press_until(field, lambda: self.page().get("focus") == field)

    def write(self, field, keys):
        self.focus(field)
        self.type(keys)

    def press_until(self, view_id, condition):
        """One press, and what it does: a press that is lost fails. A slow machine only takes longer: a second press would hit
        the page after it."""
        self.press(view_id)
        if not wait_until(condition, 20, step=0.02):
            raise Failed(f"a press on {view_id} did nothing; on {self.screen()}, focus in {self.page().get('focus')!r}, "
                         f"now at {self.view(view_id)}")

    def _ready(self, view_id):
        """Where it stands still: a page that makes room for the keyboard moves, and no finger is as fast as this one."""
        before, self.seen = self.seen, super()._ready(view_id)
        return self.seen if self.seen and self.seen == before else None

    def _xdotool(self, *arguments, stdin=None):
        if arguments[0] == "mousemove":
            self._mean_it(arguments[1], arguments[2])
            self.hands.click(arguments[1], arguments[2], int(arguments[4]))
        else:
            raise Failed(f"no hand for {arguments}")

    def _mean_it(self, x, y):
        """A second tap on the same place within 400 ms is the first one's echo (ui/kit/Gaze.h): whoever means two lets it
        pass."""
        now = time.monotonic()
        near = self.tapped and abs(self.tapped[0] - x) < NEAR and abs(self.tapped[1] - y) < NEAR
        if near and now - self.tapped[2] < ECHO:
            time.sleep(ECHO - (now - self.tapped[2]))
        self.tapped = (x, y, time.monotonic())

    def switch_language(self):
        before = self.page()["lang"]
        self.press_until("language", lambda: self.page()["lang"] != before)

    def fresh(self):
        """Waits for the attract page of a session that has not begun; its id."""
        self.wait_view("start", 20)
        return self.session()

    def wipe_from(self, session, seconds=15):
        self.wait(lambda: self.session() not in ("", session) and self.view("start"), seconds, "a new life on the attract page")

    def end(self):
        session = self.session()
        self.press_until("end", lambda: self.session() not in ("", session))
        self.wipe_from(session)


class Rig:
    """A city, an enrolled kiosk, an agent; everything under one directory that goes with it."""

    def __init__(self, options, more_keys=None):
        self.options = options
        self.root = tempfile.mkdtemp(prefix="tram-resident.", dir=options.scratch)
        os.mkdir(os.path.join(self.root, "logs"), 0o700)
        self.processes = Processes(os.path.join(self.root, "logs"))
        self.started = time.time()
        self.displays = {}
        self.stage = Stage(self.processes, self.root, options.build, TREE, 0, options.speed, "vi", more_keys or {})

    def city(self):
        self.stage.start_city()
        self.stage.enrol()
        self.stage.start_agent()
        return self

    def server(self, name="display"):
        directory = os.path.join(self.root, name)
        os.mkdir(directory, 0o700)
        server = VirtualDisplay(self.processes, directory, self.options.size)
        server.start_server(dict(os.environ, GLIBC_TUNABLES=session_setting("server_memory")))
        server.pid = self.processes.pid("xvfb")
        self.displays[name] = server.env
        self.processes.children[name] = self.processes.children.pop("xvfb")
        return server

    def picture_of_failure(self):
        for name, env in self.displays.items():
            if self.options.pictures:
                subprocess.run(["import", "-window", "root", os.path.join(self.options.pictures, f"failed-{name}.png")],
                               env=dict(os.environ, **env), timeout=30)

    def close(self):
        self.processes.stop_all()
        shutil.rmtree(self.root, ignore_errors=True)

    def hidden_from_scan(self):
        """The city may know what was sent to it, and a picture's original is its owner's."""
        return [os.path.join(self.root, name) for name in ("gateway", "nginx", "pictures")]


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--build", type=os.path.abspath, default=os.path.join(TREE, "build/release"), help="holds bin/ and share/")
    parser.add_argument("--scan", type=os.path.abspath, default=os.path.join(TREE, "build/release/tests/canary_scan"),
                        help="the program of that name")
    parser.add_argument("--pictures", type=os.path.abspath, help="a directory for pictures of what failed")
    parser.add_argument("--size", default="1080x1920")
    parser.add_argument("--speed", type=float, default=43200, help="how much faster the pretend 1022 works")
    parser.add_argument("--scratch", default="/tmp")
    return parser


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def figures(name, milliseconds):
    print(f"  {name:<44} p50 {statistics.median(milliseconds):7.1f} ms   p95 {percentile(milliseconds, 0.95):7.1f} ms   "
          f"n {len(milliseconds)}", flush=True)


def run(test, options, rig_of=Rig, **keys):
    """Runs `test(rig)`; what failed, and the logs, are told."""
    def stop(number, _frame):
        raise SystemExit(128 + number)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    os.umask(0o077)
    rig = rig_of(options, **keys)
    started = time.monotonic()
    try:
        test(rig)
        print(f"passed in {time.monotonic() - started:.1f} s", flush=True)
        return 0
    except (Failed, subprocess.SubprocessError) as reason:
        print(f"\nFAILED: {reason}", flush=True)
        rig.picture_of_failure()
        for log in sorted(os.listdir(rig.processes.log_dir)):
            tail = rig.processes.log_tail(log.removesuffix(".log"), 8)
            if tail:
                print(f"--- {log}\n{tail}", flush=True)
        return 1
    finally:
        rig.close()
