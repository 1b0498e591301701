"""How long an alert takes from a file dropped at the gateway until the agent has it on the kiosk's disk, and from
`alerts retract` until it is gone from there: real gateway, nginx and agent, an enrolled kiosk, no screen.

    alerts.py [--build DIR] [--rounds N]

Beside each figure stands what nobody can be faster than: the gateway's own list, asked twenty times a second. The kiosk's
page looks at its disk every second (ui/shell/Kiosk.cpp).
"""

import argparse
import base64
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
sys.path.insert(0, os.path.join(TREE, "installer/demo"))

from processes import Failed, Processes, wait_until  # noqa: E402
from stage import Stage  # noqa: E402

PROMISE = 60  # seconds: a retraction is on every kiosk that has a line
# FolderSource looks every second and takes what stood still for one look; AlertWatch asks every four to six seconds.
FOLDER, ASK = 2, 6

ALERT = """<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{name}</identifier><sender>alerts@city.example</sender>
<sent>{sent}</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><language>vi</language>
<category>Met</category><event>Đo</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
<expires>{expires}</expires><headline>Đo thời gian</headline></info></alert>"""


def told(bytes_):
    """The identifiers in a signed list."""
    if not bytes_:
        return set()
    payload = json.loads(base64.b64decode(json.loads(bytes_)["payload"]))
    return {alert["identifier"] for alert in payload["alerts"]}


class Round:
    def __init__(self, stage, number):
        self.stage = stage
        now = datetime.now(timezone(timedelta(hours=7))).replace(microsecond=0)
        self.name = f"BENCH-{number}"
        self.text = ALERT.format(name=self.name, sent=now.isoformat(), expires=(now + timedelta(hours=1)).isoformat())
        self.id = hashlib.sha256(self.text.encode()).hexdigest()[:16]

    def on_disk(self):
        try:
            with open(os.path.join(self.stage.kiosk_dir, "alerts/list.json"), "rb") as file:
                return self.name in told(file.read())
        except FileNotFoundError:
            return False

    def at_gateway(self):
        status, body = self.stage.get("/v1/alerts")
        return status == 200 and self.name in told(body)

    def measure(self, act, there):
        """Seconds until the gateway's list says so, and until the kiosk's does."""
        begun = time.monotonic()
        act()
        found = {}
        for where, look in (("gateway", self.at_gateway), ("kiosk", self.on_disk)):
            if not wait_until(lambda: look() == there, PROMISE):
                raise Failed(f"{self.name} is not {'at' if there else 'gone from'} the {where} after {PROMISE} s")
            found[where] = time.monotonic() - begun
        return found

    def drop(self):
        folder = os.path.join(self.stage.gateway_dir, "alerts-in")
        with open(os.path.join(folder, "." + self.name), "w", encoding="utf-8") as file:
            file.write(self.text)
        os.rename(file.name, os.path.join(folder, self.name + ".xml"))

    def retract(self):
        subprocess.run([self.stage.program("tram-gateway"), "alerts", "retract", self.id, "--by", "bench", "--data",
                        self.stage.gateway_dir], check=True, timeout=30)


def row(what, values, by_design):
    print(f"  {what:<44}{statistics.median(values):8.2f}{max(values):8.2f}{by_design:>12}{PROMISE:>10}")


def run(options):
    with tempfile.TemporaryDirectory(prefix="tram-bench-alerts-") as root:
        os.mkdir(os.path.join(root, "logs"))
        processes = Processes(os.path.join(root, "logs"))
        try:
            stage = Stage(processes, root, options.build, TREE, 0, 1, "vi", {"content": {"poll_seconds": 5}})
            stage.start_city()
            stage.enrol()
            stage.start_agent()
            if not wait_until(lambda: os.path.exists(os.path.join(stage.kiosk_dir, "alerts/list.json")), 60):
                raise Failed("no list has come:\n" + processes.log_tail("agent"))
            came, went = [], []
            for number in range(options.rounds):
                time.sleep(random.uniform(0, ASK))  # wherever the agent's own turn stands
                one = Round(stage, number)
                came.append(one.measure(one.drop, True))
                went.append(one.measure(one.retract, False))
        finally:
            processes.stop_all()
    print(f"seconds, {options.rounds} times{'':36}median     max   by design   promise")
    row("file dropped → the gateway's list", [each["gateway"] for each in came], f"≤ {FOLDER + 1}")
    row("file dropped → the kiosk's disk", [each["kiosk"] for each in came], f"≤ {FOLDER + 1 + ASK}")
    row("alerts retract → gone from the gateway's list", [each["gateway"] for each in went], "≤ 1")
    row("alerts retract → gone from the kiosk's disk", [each["kiosk"] for each in went], f"≤ {1 + ASK}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default=os.path.join(TREE, "build/release"))
    parser.add_argument("--rounds", type=int, default=10)
    try:
        run(parser.parse_args())
    except Failed as failure:
        sys.exit(str(failure))


main()
