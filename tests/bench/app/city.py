"""A city of a hundred thousand entries, published in the demo as an operator would, and an alert on its way to the screen."""

import base64
import glob
import json
import os
import shutil
import subprocess
import time

from kiosk import Kiosk
from processes import Failed, wait_until

ENTRIES = 100_000


def bytes_of(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return b""


class BigCity:
    def __init__(self, stage, directory):
        self.stage = stage
        self.directory = os.path.join(directory, "big")

    def publish(self):
        """Until the kiosk's agent has put it in force."""
        sources, pack, manifest = (os.path.join(self.directory, name) for name in ("sources", "big.pack", "content.json"))
        os.makedirs(self.directory, mode=0o700)
        self.stage.tool("pack", "sample", sources, "--entries", str(ENTRIES))
        self.stage.tool("pack", "build", sources, pack)
        self.stage.tool("pack", "manifest", manifest, pack, "--number", str(self._in_force() + 1), "--days", "30")
        for signer in ("content-1", "content-2"):
            self.stage.tool("pack", "sign", manifest, "--key", f"{self.stage.gateway_dir}/demo-signers/{signer}.key")
        self._gateway("content", "take", manifest, pack)
        published = self._published()
        there = os.path.join(self.stage.kiosk_dir, "city/*/content.json")
        if not wait_until(lambda: any(bytes_of(file) == published for file in glob.glob(there)), 120):
            raise Failed("the big city never came to the kiosk")

    def _published(self):
        return bytes_of(os.path.join(self.stage.gateway_dir, "content/packs.json"))

    def _in_force(self):
        return json.loads(base64.b64decode(json.loads(self._published())["payload"]))["version"]

    def _gateway(self, *arguments):
        done = subprocess.run([self.stage.program("tram-gateway"), *arguments, "--data", self.stage.gateway_dir],
                              capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise Failed(f"tram-gateway {' '.join(arguments[:2])}: {done.stdout}{done.stderr}")
        return done.stdout


class AlertOnScreen:
    """Seconds from a file in the gateway's folder to the page that it covers, and from its sender's cancel until it stands there no more."""

    def __init__(self, stage, env, directory):
        self.stage = stage
        self.kiosk = Kiosk(stage, env, directory, directory)

    def run(self):
        self.kiosk.start()
        self.kiosk.wait_screen("attract", 30)
        self.kiosk.press_for("start", "home")
        comes = self._drop("tide.xml", lambda: self.kiosk.screen() == "alert")
        goes = self._drop("tide-cancel.xml", lambda: self.kiosk.screen() != "alert")
        self.stage.processes.stop("kiosk")
        return comes, goes

    def _drop(self, name, seen):
        """A copy under another name first: the folder must never be read in the middle of a write."""
        folder = os.path.join(self.stage.gateway_dir, "alerts-in")
        shutil.copy(os.path.join(self.stage.gateway_dir, "alerts-samples", name), os.path.join(folder, name + ".new"))
        begun = time.monotonic()
        os.rename(os.path.join(folder, name + ".new"), os.path.join(folder, name))
        if not wait_until(seen, 60, step=0.02):
            raise Failed(f"{name} was not seen within a minute; the kiosk is on {self.kiosk.screen()}")
        return time.monotonic() - begun
