"""Hours of robot residents at one kiosk (STANDARDS 16): they report, follow, log in, scan a card, abandon, and the line goes and comes.
Every minute memory, descriptors and the store's size of each program to a CSV; at the end the slope of each, per hour.

  tests/run.sh soak --hours 24        (soak.py --hours 0.5 --csv FILE)
"""

import csv
import os
import random
import sys
import time

from identity_flows import TYPED_CARD, text_of
from phone import Phone
from rig import Failed, Screen, arguments, descendants, program_of, read, run

SENTENCES = ("Nuowcs ngaapj ddeens ddaauf goois, xe khoong qua dduwowcj.", "DDenf dduongwf nhaps nhays ba ddeem nay.",
             "Bao rasc vunj cao hown ddaauf nguwowif giuwax ngox nhor.")
NAMES = ("Traanf Thij Lan", "Nguyeenx Vawn Bayr", "Leef Hoangf Minh")
COLUMNS = ("rss_kib", "pss_kib", "descriptors", "threads")


def numbers(pid):
    rss = sum(int(line.split()[1]) for line in read(f"/proc/{pid}/status").splitlines() if line.startswith("VmRSS:"))
    pss = sum(int(line.split()[1]) for line in read(f"/proc/{pid}/smaps_rollup").splitlines() if line.startswith("Pss:"))
    try:
        return rss, pss, len(os.listdir(f"/proc/{pid}/fd")), len(os.listdir(f"/proc/{pid}/task"))
    except FileNotFoundError:
        return rss, pss, 0, 0


def size_kib(directory):
    total = 0
    for place, _, names in os.walk(directory):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size
            except FileNotFoundError:
                pass
    return total // 1024


def slope_per_hour(points):
    """Least squares over (seconds, value)."""
    n = len(points)
    if n < 3:
        return 0.0
    middle_t = sum(t for t, _ in points) / n
    middle_v = sum(v for _, v in points) / n
    spread = sum((t - middle_t) ** 2 for t, _ in points)
    return 3600 * sum((t - middle_t) * (v - middle_v) for t, v in points) / spread if spread else 0.0


class Soak:
    def __init__(self, rig):
        self.rig = rig
        self.options = rig.options
        self.random = random.Random(self.options.seed)
        self.counts = {"report": 0, "report offline": 0, "follow": 0, "login": 0, "card": 0, "card torn": 0, "abandoned": 0}
        self.codes = []
        self.samples = []  # (seconds, {program: numbers}, {file: KiB})
        self.line_is_up = True

    def run(self):
        rig = self.rig
        rig.city()
        server = rig.server()
        self.screen = Screen(rig.stage, server, rig.root)
        self.screen.start()
        self.screen.fresh()
        self.pids = {"session": self.screen.process.pid, "Xserver": server.pid}
        self.pids |= {name: rig.processes.pid(name) for name in ("agent", "nginx")}
        self.pids |= {program_of(pid): pid for pid in descendants(self.screen.process.pid) if program_of(pid) == "openbox"}
        self.began = time.monotonic()
        next_sample, end = self.began, self.began + 3600 * self.options.hours
        with open(self.options.csv, "w", newline="", encoding="utf-8") as file:
            self.table = csv.writer(file)
            while time.monotonic() < end:
                if time.monotonic() >= next_sample:
                    self.sample()
                    file.flush()
                    next_sample += self.options.every
                self.resident()
                self.rest(next_sample)
            self.sample()
        self.all_arrive()
        self.summary()

    # Residents.

    def resident(self):
        if self.random.random() < 0.12:
            self.flip_line()
        weights = {"report": 4, "follow": 2 if self.codes else 0, "log_in": 1 if self.line_is_up else 0, "card": 1, "abandon": 3}
        kind = self.random.choices(list(weights), list(weights.values()))[0]
        getattr(self, kind)()
        self.screen.end()

    def rest(self, until):
        """Nobody stands there for a while, as at a ward's kiosk; on average `--rest` seconds."""
        if self.options.rest:
            time.sleep(min(self.random.expovariate(1 / self.options.rest), max(0, until - time.monotonic())))

    def flip_line(self):
        if self.line_is_up:
            self.rig.stage.stop_gateway()
        else:
            self.rig.stage.start_gateway()
            self.rig.stage.wait_for_gateway()
        self.line_is_up = not self.line_is_up

    def report(self):
        screen = self.screen
        self.begin()
        screen.press("next")
        screen.wait_screen("feedback_pictures", 30)  # or the press to come is this one's echo on a slow machine
        if self.random.random() < 0.5:
            screen.wait(lambda: screen.ids("sample."), 15, "pictures to choose from")
            screen.press(self.random.choice(screen.ids("sample.")[:2]))
            screen.wait(lambda: screen.ids("picture."), 20, "the picture to be prepared")
        screen.press("next")
        screen.wait_screen("feedback_who", 30)
        screen.press("who.name_hidden")
        screen.write("name", self.random.choice(NAMES))
        screen.write("phone", "09" + "".join(self.random.choice("0123456789") for _ in range(8)))
        screen.press("consent")
        screen.press("next")
        screen.wait_screen("feedback_check", 30)
        screen.press("send")
        screen.wait_view("receipt.code", 20)
        self.codes.append("".join(letter for letter in screen.name("receipt.code") if letter.isalnum()))
        self.counts["report" if self.line_is_up else "report offline"] += 1

    def begin(self):
        screen = self.screen
        screen.press("start")
        screen.press("tile.feedback")
        screen.wait(lambda: screen.ids("field."), 15, "1022's fields")
        screen.press(self.random.choice(screen.ids("field.")[:4]))
        screen.write("text", self.random.choice(SENTENCES))
        screen.press("next")
        screen.wait_screen("feedback_place", 30)
        screen.press("ward.27154")

    def follow(self):
        screen = self.screen
        screen.press("start")
        screen.press("tile.follow")
        screen.wait_screen("follow_code")
        screen.type(self.random.choice(self.codes).lower())
        screen.press("ask")
        screen.wait(lambda: screen.screen() not in ("follow_code", "follow_asking"), 40, "an answer, or none")
        self.counts["follow"] += 1

    def log_in(self):
        screen = self.screen
        screen.press("start")
        screen.press("tile.login")
        screen.wait_view("login.code", 20)
        Phone(self.rig.stage.url).log_in(screen.name("login.code"), "lan")
        screen.wait_screen("login_approved", 20)
        self.counts["login"] += 1

    def card(self):
        screen = self.screen
        screen.press("start")
        screen.wait_view("tile.scan")
        screen.type(text_of(TYPED_CARD))
        screen.hands.chord("Return")
        # A robot's keys come through the X server's queue, and on a busy machine with gaps that no scanner leaves.
        screen.wait(lambda: screen.screen() in ("scan_citizen_card", "scan_unknown"), 30, "what was scanned")
        self.counts["card" if screen.screen() == "scan_citizen_card" else "card torn"] += 1

    def abandon(self):
        self.begin()
        if self.random.random() < 0.5:
            self.screen.switch_language()
            self.screen.press("back")
            self.screen.wait_screen("feedback_text")
        self.counts["abandoned"] += 1

    def all_arrive(self):
        """What was acknowledged is at the gateway in the end, each once."""
        if not self.line_is_up:
            self.flip_line()
        missing = set(self.codes)
        deadline = time.monotonic() + 180
        while missing and time.monotonic() < deadline:
            missing = {code for code in missing if self.rig.stage.get(f"/v1/feedback/{code}")[0] != 200}
            time.sleep(0.5)
        if missing:
            raise Failed(f"{len(missing)} of {len(self.codes)} reports did not arrive")
        if len(set(self.codes)) != len(self.codes):
            raise Failed("a code was given twice")

    # Figures.

    def sample(self):
        pids = dict(self.pids, kiosk=self.screen.pid)
        if self.rig.processes.running("gateway"):
            pids["gateway"] = self.rig.processes.pid("gateway")
        now = time.monotonic() - self.began
        programs = {name: numbers(pid) for name, pid in sorted(pids.items())}
        files = {"kiosk store": size_kib(self.rig.stage.kiosk_dir), "logs": size_kib(self.rig.processes.log_dir),
                 "runtime": size_kib(self.rig.stage.runtime_dir)}
        for name, values in programs.items():
            self.table.writerow((round(now), name, *values))
        for name, kib in files.items():
            self.table.writerow((round(now), name, kib, "", "", ""))
        self.samples.append((now, programs, files))

    def summary(self):
        hours = (time.monotonic() - self.began) / 3600
        residents = sum(self.counts.values())
        print(f"\nseed {self.options.seed}, {hours:.2f} h, {residents} residents: " +
              ", ".join(f"{count} {name}" for name, count in self.counts.items() if count) +
              f"; all {len(self.codes)} reports arrived, no code twice\n")
        print("| program | " + " | ".join(f"{column} first → last (slope an hour)" for column in COLUMNS) + " |")
        print("|---|" + "---|" * len(COLUMNS))
        # Allocators and caches fill up in the first fifth.
        settled = self.samples[len(self.samples) // 5:]
        for name in settled[0][1]:
            cells = []
            for column in range(len(COLUMNS)):
                points = [(t, programs[name][column]) for t, programs, _ in settled if name in programs]
                cells.append(f"{points[0][1]} → {points[-1][1]} ({slope_per_hour(points):+.1f})")
            print(f"| {name} | " + " | ".join(cells) + " |")
        print()
        for name in settled[0][2]:
            points = [(t, files[name]) for t, _, files in settled]
            print(f"{name}: {points[0][1]} → {points[-1][1]} KiB ({slope_per_hour(points):+.0f} KiB an hour)")


def main():
    parser = arguments(__doc__)
    parser.add_argument("--hours", type=float, default=24)
    parser.add_argument("--every", type=float, default=60, help="seconds between two samples")
    parser.add_argument("--rest", type=float, default=0, help="seconds on average between two residents")
    parser.add_argument("--csv", default="soak.csv")
    parser.add_argument("--seed", type=int, default=int(os.environ.get("TRAM_SEED", "0")) or random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    return run(lambda rig: Soak(rig).run(), options)


if __name__ == "__main__":
    sys.exit(main())
