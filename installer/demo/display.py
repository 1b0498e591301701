"""A screen: the one that is there, or a virtual one that a browser on this machine can look at."""

import json
import os
import pwd
import secrets
import socket
import string
import struct
import subprocess
import sys

from processes import Failed, wait_until

HERE = os.path.dirname(os.path.abspath(__file__))
NOVNC = "/usr/share/novnc"
OPEN_SCREEN = "import ctypes, sys; sys.exit(not ctypes.CDLL('libX11.so.6').XOpenDisplay(None))"
PHONE_FILE = "phone.json"


def why_not_here(env=None):
    """Why the kiosk cannot be shown on the screen that DISPLAY names, in words; None when it can."""
    env = os.environ if env is None else env
    screen = env.get("DISPLAY")
    if not screen:
        return "There is no screen to show it on: DISPLAY is not set."
    try:
        opened = subprocess.run([sys.executable, "-c", OPEN_SCREEN], env=dict(env), timeout=10,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except subprocess.TimeoutExpired:
        opened = False
    if opened:
        return None
    user = pwd.getpwuid(os.geteuid()).pw_name
    return (f"The screen {screen} cannot be opened by the user {user}, as whom the demo runs: nobody serves it, or it is\n"
            f"                  somebody else's. Where it is, \"xhost +si:localuser:{user}\" lets this user in; then start the demo again.")


def hand_over(file, link):
    """For who looks at the virtual screen to open, in their own browser; whole or not at all."""
    with open(file + ".new", "w", encoding="utf-8") as new:
        json.dump({"link": link}, new)
    os.replace(file + ".new", file)


def free_port(wanted=0, address="127.0.0.1"):
    """`wanted` when it is free at `address`, else any that is."""
    for port in (wanted, 0):
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
                return probe.getsockname()[1]
            except OSError:
                continue
    raise Failed(f"no free port on {address}")


def _write_private(path, data):
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)


def _write_cookie(path):
    """An Xauthority file (xauth(1), family "wild": any display), written here so that no argv carries the cookie."""
    def counted(data):
        return struct.pack(">H", len(data)) + data
    cookie = secrets.token_bytes(16)
    _write_private(path, struct.pack(">H", 0xFFFF) + counted(b"") + counted(b"") +
                   counted(b"MIT-MAGIC-COOKIE-1") + counted(cookie))


class VirtualDisplay:
    """Xvfb and openbox, reachable only with a cookie that is in the demo's own directory."""

    def __init__(self, processes, directory, size):
        self.processes = processes
        self.directory = directory
        self.size = size
        self.env = {}

    def start_server(self, env=None):
        cookie = os.path.join(self.directory, "xauthority")
        _write_cookie(cookie)
        reader, writer = os.pipe()
        self.processes.start("xvfb", [
            "Xvfb", "-displayfd", writer, "-screen", "0", f"{self.size}x24", "-dpi", "96",
            "-nolisten", "tcp", "-noreset", "-auth", cookie], env=env, pass_fds=(writer,))
        os.close(writer)
        with os.fdopen(reader) as announced:
            number = announced.readline().strip()  # empty when Xvfb died
        if not number:
            raise Failed("Xvfb did not start:\n" + self.processes.log_tail("xvfb"))
        self.env = {"DISPLAY": f":{number}", "XAUTHORITY": cookie}
        return self.env

    def start(self):
        env = dict(os.environ, **self.start_server())
        self.processes.start("openbox", ["openbox", "--config-file", os.path.join(HERE, "../session/openbox.xml")], env=env)
        return self.env

    def _web(self):
        """noVNC's pages, ours around them, and beside these what the kiosk hands over."""
        web = os.path.join(self.directory, "web")
        os.mkdir(web, 0o700)
        for name in os.listdir(NOVNC):
            os.symlink(os.path.join(NOVNC, name), os.path.join(web, name))
        os.symlink(os.path.join(HERE, "kiosk.html"), os.path.join(web, "kiosk.html"))
        self.phone_file = os.path.join(web, PHONE_FILE)
        hand_over(self.phone_file, "")
        return web

    def phone_opener(self):
        """A program for the kiosk's --phone: there is no browser here, but one looks at us."""
        program = os.path.join(self.directory, "open-phone")
        with os.fdopen(os.open(program, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o700), "w") as file:
            file.write(f"#!{sys.executable} -B\nimport sys\nsys.path.insert(0, {HERE!r})\n"
                       f"from display import hand_over\nhand_over({self.phone_file!r}, sys.argv[1])\n")
        return program

    def phone_link(self):
        """What was handed over last; "" before."""
        with open(self.phone_file, encoding="utf-8") as file:
            return json.load(file)["link"]

    def share(self, port):
        """Serves it to a browser on this machine; returns the address and the password."""
        # VNC's own limit is eight characters; it is good enough for one loopback port for as long as a demo runs.
        password = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(8))
        password_file = os.path.join(self.directory, "vnc-password")
        _write_private(password_file, password.encode() + b"\n")
        vnc_socket = os.path.join(self.directory, "vnc.sock")
        env = dict(os.environ, **self.env)
        self.processes.start("x11vnc", [
            "x11vnc", "-rfbport", "0", "-rfbportv6", "0", "-unixsock", vnc_socket, "-passwdfile", password_file, "-forever", "-shared",
            "-nosel", "-nolookup", "-noipv6", "-cursor", "arrow", "-quiet"], env=env)
        if not wait_until(lambda: os.path.exists(vnc_socket), 10):
            raise Failed("x11vnc did not start:\n" + self.processes.log_tail("x11vnc"))
        port = free_port(port)
        self.processes.start("websockify", [
            "websockify", "--web", self._web(), f"--unix-target={vnc_socket}", f"127.0.0.1:{port}"])
        if not wait_until(lambda: self._answers(port), 10):
            raise Failed("websockify did not start:\n" + self.processes.log_tail("websockify"))
        return f"http://127.0.0.1:{port}/kiosk.html", password

    @staticmethod
    def _answers(port):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return True
        except OSError:
            return False
