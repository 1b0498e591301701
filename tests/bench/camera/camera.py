"""The kiosk's camera and login, end to end: the real kiosk in its real session, the real tram-camera before a V4L2 camera that
tests/unit/device/preload pretends (15 frames of MJPEG a second, 720p), a real gateway with its pretend VNeID.

    camera.py [--build DIR] [--samples N] [--logins N]

Run as root: the kiosk's memory map can be read by nobody else. Each figure stands beside its yardstick.
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(HERE)), "faults/resident"))

from rig import Failed, Screen, arguments, descendants, percentile, program_of, run, wait_until  # noqa: E402
from phone import Phone  # noqa: E402

CARD = "079185000001|024000001|Nguyễn Thị Thử Nghiệm|12031985|Nữ|1 Đường Thử, Phường Bàn Cờ|01062021"  # nobody's
FRAME = 1000 / 15
TWO_FRAMES = 1.5 * FRAME  # half a frame until the first that has it, and another that agrees
MOMENT = 500  # ui/screens/ScanScreen.cpp: so long the tick is shown
POLL = 2000  # the interval of the kiosk's polls (kInterval in src/gateway/identity/DeviceLogins.h)
PICTURES = 8


def row(what, figure, yardstick, beside, unit="ms"):
    ratio = f"{figure / beside:6.2f}" if beside else ""
    print(f"  {what:<52}{figure:9.1f} {unit:<4} {yardstick:<44}{beside:9.1f} {ratio}", flush=True)


def spread(what, values, yardstick, beside):
    row(f"{what}, median of {len(values)}", statistics.median(values), yardstick, beside)
    row(f"{what}, p95", percentile(values, 0.95), yardstick, beside)


def pss_mib(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) / 1024


class Film:
    """What the pretended camera sees: nobody, or, from the cue on, a card."""

    def __init__(self, rig):
        self.folder = os.path.join(rig.root, "film")
        os.mkdir(self.folder)
        draw = os.path.join(os.path.dirname(rig.options.scan), "draw_symbol")
        symbol = subprocess.run([draw], input=CARD.encode(), capture_output=True, check=True, timeout=30).stdout
        scene = ["-size", "1280x720", "gradient:gray80-gray40"]
        for number in range(PICTURES):  # a sensor's noise: no two frames are alike
            noise = ["-seed", str(number + 1), "-attenuate", "0.15", "+noise", "Gaussian", "-quality", "88"]
            self._picture(f"0-{number}.jpg", [*scene, *noise])
            self._picture(f"1-{number}.jpg", [*scene, "pgm:-", "-gravity", "center", "-composite", *noise], symbol)
        self.show(False)

    def _picture(self, name, how, given=b""):
        subprocess.run(["convert", *how, os.path.join(self.folder, name)], input=given, check=True, timeout=60)

    def show(self, card):
        with open(os.path.join(self.folder, "cue"), "r+b" if os.path.exists(os.path.join(self.folder, "cue")) else "wb") as cue:
            cue.write(b"1" if card else b"0")


def pretended(build, folder, film):
    """A copy of the build in which tram-camera stands before the film."""
    os.makedirs(os.path.join(folder, "bin"))
    os.symlink(os.path.join(build, "share"), os.path.join(folder, "share"))
    for name in ("tram", "tram-agent", "tram-gateway"):
        os.symlink(os.path.join(build, "bin", name), os.path.join(folder, "bin", name))
    shutil.copy2(os.path.join(build, "bin/tram-kiosk"), os.path.join(folder, "bin/tram-kiosk"))
    script = os.path.join(folder, "bin/tram-camera")
    with open(script, "w", encoding="utf-8") as file:
        file.write(f'#!/bin/sh\nexec env LD_PRELOAD={build}/tests/libfake_video.so TRAM_FAKE_VIDEO=film '
                   f'TRAM_FAKE_JPEG={film} {build}/bin/tram-camera "$@"\n')
    os.chmod(script, 0o755)
    return folder


class Bench:
    def __init__(self, rig):
        self.rig = rig

    def run(self):
        rig = self.rig
        self.real_build = rig.stage.build
        self.film = Film(rig)
        rig.stage.build = pretended(rig.stage.build, os.path.join(rig.root, "built"), self.film.folder)
        rig.stage.more_keys["camera"] = {"source": "device", "path": "/dev/video-fake"}
        rig.city()
        self.server = rig.server()
        self.screen = Screen(rig.stage, self.server, rig.root)
        self.screen.start()
        self.memory()
        self.entering()
        self.approved()
        rig.processes.stop("session")
        self.start_up()

    def memory(self):
        screen = self.screen
        screen.press("start")
        screen.wait_view("tile.scan")
        self._settled()
        before = pss_mib(screen.pid)
        screen.press_for("tile.scan", "scan_looking")
        scanning, camera = [], []
        for _ in range(10):
            time.sleep(1)
            scanning.append(pss_mib(screen.pid))
            camera.append(sum(pss_mib(pid) for pid in self._cameras()))
        screen.press_for("back", "home")
        if not wait_until(lambda: not self._cameras(), 10):
            raise Failed("the camera is on at home")
        self._settled()
        row("the kiosk's PSS while scanning", max(scanning), "at home before", before, "MiB")
        row("the kiosk's PSS after scanning", pss_mib(screen.pid), "at home before", before, "MiB")
        row("tram-camera's PSS while scanning", max(camera), "the kiosk at home", before, "MiB")
        screen.end()

    def entering(self):
        """From the cue to what is told and to the page: camera, decoder, reader, agreement, socket, layout, paint."""
        screen, told, there = self.screen, [], []
        screen.press("start")
        screen.press_for("tile.scan", "scan_looking")
        for number in range(self.rig.options.samples):
            if not wait_until(self._cameras, 10):
                raise Failed("no camera runs")
            time.sleep(1.5 + random.Random(number).random())  # any moment between two frames
            begun = time.monotonic()
            self.film.show(True)
            told.append(self._until(("scan_found", "scan_citizen_card"), begun))
            there.append(self._until(("scan_citizen_card",), begun))
            self.film.show(False)
            screen.press_for("again", "scan_looking")
        spread("a code enters view → the tick is painted", told, "two frames at 15 a second", TWO_FRAMES)
        spread("a code enters view → its page is painted", there, "two frames, and the tick's half second", TWO_FRAMES + MOMENT)
        screen.end()

    def approved(self):
        """From the phone's last POST (its way through the provider and back is in it) to the greeting."""
        screen, greeted = self.screen, []
        for number in range(self.rig.options.logins):
            screen.press("start")
            screen.press("tile.login")
            screen.wait_view("login.code", 20)
            code, phone = screen.name("login.code"), Phone(self.rig.stage.url)
            time.sleep(POLL / 1000 * random.Random(number).random())  # any moment between two polls
            submit, posted = phone._submit, []

            def noting(path, *more):
                posted.append(time.monotonic())
                return submit(path, *more)
            phone._submit = noting
            phone.log_in(code, "lan")
            greeted.append(self._until(("login_approved",), posted[-1], 30))
            screen.end()
        spread("approved on the phone → greeted", greeted, "half the interval of polls, the mean wait", POLL / 2)
        row("approved on the phone → greeted, most", max(greeted), "the interval of polls, the longest wait", POLL)

    def start_up(self):
        """First paint with and without a camera in the configuration, by turns."""
        without = os.path.join(self.rig.root, "without.json")
        with open(self.rig.stage.config, encoding="utf-8") as file:
            config = json.load(file)
        del config["camera"]
        with open(without, "w", encoding="utf-8") as file:
            json.dump(config, file)
        times = {self.rig.stage.config: [], without: []}
        for _ in range(10):
            for path, taken in times.items():
                taken.append(self._first_paint(path))
        row("exec → first paint with a camera configured", statistics.median(times[self.rig.stage.config]),
            "without", statistics.median(times[without]))

    def _first_paint(self, config):
        env = dict(os.environ, **self.server.env, NO_AT_BRIDGE="1")
        begun = time.monotonic_ns()
        with subprocess.Popen([self.rig.stage.program("tram-kiosk"), "--config", config, "--bench-start"], env=env,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            words = process.stdout.readline().split()
            process.terminate()
        return (int(words[1]) - begun) / 1e6

    def _until(self, screens, begun, seconds=20):
        """The description is written once the page has been painted."""
        if not wait_until(lambda: self.screen.screen() in screens, seconds, step=0.001):
            raise Failed(f"none of {screens}; on {self.screen.screen()}")
        return (time.monotonic() - begun) * 1000

    def _cameras(self):
        return [pid for pid in descendants(self.screen.process.pid) if program_of(pid) == "tram-camera"]

    def _settled(self):
        time.sleep(2)


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--samples", type=int, default=30)
    parser.add_argument("--logins", type=int, default=20)
    sys.exit(run(lambda rig: Bench(rig).run(), parser.parse_args()))
