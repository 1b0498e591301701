"""The pretend city on this machine: nginx, gateway, and one enrolled kiosk with its agent."""

import ipaddress
import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request

from display import free_port
from processes import Failed, wait_until

WARD = "27154"
STATION = "Trạm Bàn Cờ 02"


def lan_address(wanted):
    """The address of this machine that phones beside it can reach; None when that is not wanted."""
    if wanted != "auto":
        return wanted and str(ipaddress.ip_address(wanted))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: nothing is sent, the kernel only chooses a way
            address = probe.getsockname()[0]
        except OSError:
            address = "127.0.0.1"
    if ipaddress.ip_address(address).is_loopback:
        raise Failed("this machine has no address in a network; name one: --lan=ADDRESS")
    return address


class Stage:
    """`root` is the demo's private directory; `build` holds bin/ and share/; `tree` holds installer/ and resources/."""

    def __init__(self, processes, root, build, tree, port, speed, language, more_keys, lan=None, scan="browser"):
        self.processes = processes
        self.build = build
        self.tree = tree
        self.speed = speed
        self.language = language
        self.more_keys = more_keys
        self.port = free_port(port)
        self.upstream = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.lan = lan
        host = f"[{lan}]" if lan and ":" in lan else lan
        self.lan_listen = f"{host}:{free_port(8443, lan)}" if lan else ""
        self.public_url = f"https://{self.lan_listen}" if lan else self.url
        self.gateway_dir = self._directory(root, "gateway")
        self.kiosk_dir = self._directory(root, "kiosk")
        self.runtime_dir = self._directory(root, "run")
        self.nginx_dir = self._directory(root, "nginx")
        self.printing_dir = os.path.join(root, "printing")
        self.config = os.path.join(root, "kiosk.json")
        self.gateway_config = os.path.join(root, "gateway.json")
        with open(self.gateway_config, "w", encoding="utf-8") as file:
            json.dump({"identity_provider": "demo-vneid-app" if scan == "app" else "demo-vneid",
                       "retention": {"closed_reports_days": 30}}, file)

    @staticmethod
    def _directory(root, name):
        path = os.path.join(root, name)
        os.mkdir(path, 0o700)
        return path

    def program(self, name):
        path = os.path.join(self.build, "bin", name)
        if not os.access(path, os.X_OK):
            raise Failed(f"{path} is not built: cmake --preset release && cmake --build --preset release")
        return path

    def start_city(self):
        self._write_nginx_config()
        if self.lan:
            self._open_to_phones()
        self.start_gateway()
        self.start_nginx()
        self.wait_for_gateway()

    @property
    def pages_dir(self):
        return os.path.join(self.printing_dir, "pages")

    def start_printing(self):
        """A CUPS of the demo's own, with a printer whose pages are files."""
        again = ["--again"] if os.path.exists(self.printing_dir) else []
        self.processes.start("printing", [sys.executable, "-B", os.path.join(self.tree, "installer/demo/paper.py"),
                                          self.printing_dir, *again])

    def start_nginx(self):
        self.processes.start("nginx", ["nginx", "-p", self.nginx_dir, "-c", self.nginx_config, "-e", "stderr"])

    def start_gateway(self):
        self.processes.start("gateway", [
            self.program("tram-gateway"), "serve", "--demo", "--data", self.gateway_dir, "--config", self.gateway_config,
            "--listen", f"127.0.0.1:{self.upstream}", "--public-url", self.public_url, "--clock-speed", f"{self.speed:g}"])

    def stop_gateway(self):
        self.processes.stop("gateway", seconds=15)

    def wait_for_gateway(self):
        if not wait_until(lambda: self.get("/healthz")[0] == 200 or not self.processes.running("gateway"), 20):
            raise Failed("the gateway does not answer:\n" + self._gateway_logs())
        if not self.processes.running("gateway"):
            raise Failed("the gateway stopped:\n" + self._gateway_logs())

    def _gateway_logs(self):
        return self.processes.log_tail("nginx") + self.processes.log_tail("gateway")

    def get(self, path):
        """Status and body of a GET through nginx; 0 when nobody listens."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")
        except OSError:
            return 0, ""

    def enrol(self):
        code = self._run([self.program("tram-gateway"), "enrol-code", "--data", self.gateway_dir,
                          "--ward", WARD, "--station", STATION]).strip()
        self._write_kiosk_config()
        self._run([self.program("tram"), "enrol", "--config", self.config], stdin=code + "\n")

    def start_agent(self):
        self.processes.start("agent", [self.program("tram-agent"), "--config", self.config])

    def kiosk_argv(self, *more):
        return [self.program("tram-kiosk"), "--config", self.config, *more]

    def tool(self, *arguments):
        return self._run([self.program("tram"), *arguments])

    @staticmethod
    def _run(argv, stdin=""):
        done = subprocess.run(argv, input=stdin, capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise Failed(f"{os.path.basename(argv[0])} {argv[1]} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def _write_kiosk_config(self):
        keys = {
            "demo": True,
            "gateway_url": self.url,
            "data_dir": self.kiosk_dir,
            "runtime_dir": self.runtime_dir,
            "sample_dir": os.path.join(self.build, "share/tram/demo/pictures"),
            "camera": {"source": "scene"},
            "printer": {"queue": "paper", "stock": "thermal80", "server": os.path.join(self.printing_dir, "cups.sock")},
            "place": {"latitude": 10.7712, "longitude": 106.6841},
            "map": os.path.join(self.build, "share/tram/demo-maps/centre.sketch"),
            "scan": {"government_hosts": ["dichvucong.gov.vn"]},
            "guides": {"group": "Khu phố 3"},
            "turns": {"office": "27154"},
            "retention": {"delivered_days": 30, "appointment_days": 30, "watch_days": 30},
            "wifi": {"name": "Tram Ban Co (demo)", "password": "khong-co-that"},
            "language": self.language,
            **self.more_keys,
        }
        with open(self.config, "w", encoding="utf-8") as file:
            json.dump(keys, file, ensure_ascii=False, indent=2)

    def _open_to_phones(self):
        """A second way in for nginx: the kiosk stays on loopback, phones come over TLS."""
        key, certificate = (os.path.join(self.nginx_dir, name) for name in ("phones.key", "phones.pem"))
        self._run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc",
                   "-days", "2", "-subj", "/CN=tram demo, trust it for nothing else",
                   "-addext", f"subjectAltName=IP:{self.lan}", "-addext", "extendedKeyUsage=serverAuth",
                   "-keyout", key, "-out", certificate])
        self.fingerprint = self._run(["openssl", "x509", "-in", certificate, "-noout", "-fingerprint", "-sha256"]).strip().split("=")[-1]
        os.mkdir(os.path.join(self.nginx_dir, "conf.d"), 0o700)
        with open(os.path.join(self.nginx_dir, "conf.d/phones.conf"), "w", encoding="utf-8") as file:
            file.write(f"listen {self.lan_listen} ssl;\nssl_certificate {certificate};\nssl_certificate_key {key};\n"
                       "ssl_protocols TLSv1.2 TLSv1.3;\n")

    def _write_nginx_config(self):
        with open(os.path.join(self.tree, "installer/nginx/tram-gateway.conf.in"), encoding="utf-8") as template:
            text = template.read()
        for name, value in (("LISTEN", f"127.0.0.1:{self.port}"), ("UPSTREAM", f"127.0.0.1:{self.upstream}"),
                            ("PREFIX", self.nginx_dir)):
            text = text.replace(f"@{name}@", value)
        self.nginx_config = os.path.join(self.nginx_dir, "nginx.conf")
        with open(self.nginx_config, "w", encoding="utf-8") as file:
            file.write(text)
