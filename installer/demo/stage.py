"""The pretend city on this machine: nginx, gateway, and one enrolled kiosk with its agent."""

import json
import os
import subprocess
import urllib.error
import urllib.request

from display import free_port
from processes import Failed, wait_until

WARD = "27154"
STATION = "Trạm Bàn Cờ 02"


class Stage:
    """`root` is the demo's private directory; `build` holds bin/ and share/; `tree` holds installer/ and resources/."""

    def __init__(self, processes, root, build, tree, port, speed, language, more_keys):
        self.processes = processes
        self.build = build
        self.tree = tree
        self.speed = speed
        self.language = language
        self.more_keys = more_keys
        self.port = free_port(port)
        self.upstream = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.gateway_dir = self._directory(root, "gateway")
        self.kiosk_dir = self._directory(root, "kiosk")
        self.runtime_dir = self._directory(root, "run")
        self.nginx_dir = self._directory(root, "nginx")
        self.config = os.path.join(root, "kiosk.json")

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
        self.start_gateway()
        self.processes.start("nginx", ["nginx", "-p", self.nginx_dir, "-c", self.nginx_config, "-e", "stderr"])
        self.wait_for_gateway()

    def start_gateway(self):
        self.processes.start("gateway", [
            self.program("tram-gateway"), "serve", "--demo", "--data", self.gateway_dir,
            "--listen", f"127.0.0.1:{self.upstream}", "--public-url", self.url, "--clock-speed", f"{self.speed:g}"])

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
            "language": self.language,
            **self.more_keys,
        }
        with open(self.config, "w", encoding="utf-8") as file:
            json.dump(keys, file, ensure_ascii=False, indent=2)

    def _write_nginx_config(self):
        with open(os.path.join(self.tree, "installer/nginx/tram-gateway.conf.in"), encoding="utf-8") as template:
            text = template.read()
        for name, value in (("LISTEN", f"127.0.0.1:{self.port}"), ("UPSTREAM", f"127.0.0.1:{self.upstream}"),
                            ("PREFIX", self.nginx_dir)):
            text = text.replace(f"@{name}@", value)
        self.nginx_config = os.path.join(self.nginx_dir, "nginx.conf")
        with open(self.nginx_config, "w", encoding="utf-8") as file:
            file.write(text)
