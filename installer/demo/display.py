"""A screen: the one that is there, or a virtual one that a browser on this machine can look at."""

import os
import secrets
import socket
import string
import struct

from processes import Failed, wait_until

HERE = os.path.dirname(os.path.abspath(__file__))
NOVNC = "/usr/share/novnc"


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
            "websockify", "--web", NOVNC, f"--unix-target={vnc_socket}", f"127.0.0.1:{port}"])
        return f"http://127.0.0.1:{port}/vnc.html?autoconnect=1&resize=scale", password
