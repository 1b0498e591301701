"""The real kiosk, seen and touched as a person would: pixels, pointer and keys. It tells by --describe where things are."""

import json
import os
import re
import subprocess
import time

from processes import Failed, wait_until

# ui/kit/Gaze.h, kDoubleTap: a second press on the same place within it is the first one's echo.
DOUBLE_TAP = 0.4
# src/identity/ScanBurst.h, kPause and a little: what keys come sooner after a press may be the rest of a torn scan.
HANDS_TURN = 0.25
# A symbolic key on the screen is a word that is missing.
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


def middle(view):
    return view["x"] + view["w"] // 2, view["y"] + view["h"] // 2


class Kiosk:
    def __init__(self, stage, env, directory, pictures):
        self.stage = stage
        self.env = dict(os.environ, **env, NO_AT_BRIDGE="1")
        self.file = os.path.join(directory, "describe.json")
        self.pictures = pictures
        self.shots = 0
        self.name_of_process = "kiosk"
        self.pressed = (0, None)  # when, and which view
        self.typed = 0

    def start(self):
        self.process = self.stage.processes.start(
            self.name_of_process, self.stage.kiosk_argv("--describe", self.file), env=self.env)

    def page(self):
        """What is on the screen now; {} before the first page."""
        if not self.stage.processes.running(self.name_of_process):
            raise Failed(f"the kiosk stopped ({self.process.returncode}):\n" + self.stage.processes.log_tail(self.name_of_process))
        try:
            with open(self.file, encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return {}

    def screen(self):
        return self.page().get("screen", "")

    def view(self, view_id):
        return next((view for view in self.page().get("views", ()) if view["id"] == view_id), None)

    def name(self, view_id):
        view = self.view(view_id)
        return view["name"].replace("\u00a0", " ") if view else ""

    def ids(self, prefix):
        return [view["id"] for view in self.page().get("views", ()) if view["id"].startswith(prefix)]

    def wait(self, condition, seconds, what):
        """`condition()` within `seconds`, or a failure that says what was waited for and where the kiosk stood."""
        found = wait_until(condition, seconds, step=0.02)
        if not found:
            page = self.page()
            there = ", ".join(view["id"] for view in page.get("views", ()) if view["id"])
            raise Failed(f"waited {seconds} s for {what}; on {page.get('screen')} with: {there}")
        return found

    def wait_screen(self, name, seconds=10):
        return self.wait(lambda: self.screen() == name, seconds, f"the screen {name}")

    def wait_view(self, view_id, seconds=10):
        return self.wait(lambda: self.view(view_id), seconds, view_id)

    def press(self, view_id):
        """A finger's press on the middle of it, once it is enabled and in sight."""
        self.click(self.aim(view_id))

    def aim(self, view_id, seconds=10):
        """The view, once a person could press it: there, enabled, seen, and no longer taken for the echo of the press before."""
        return self.wait(lambda: self._ready(view_id), seconds, f"{view_id} to be there, enabled and seen")

    def _ready(self, view_id):
        view = self._reachable(view_id)
        return view if view and self.page()["takes_from"] <= time.monotonic() * 1000 and not self._echo(view) else None

    def _echo(self, view):
        when, before = self.pressed
        if not before or time.monotonic() - when > DOUBLE_TAP:
            return False
        x, y = middle(view)
        return 0 <= x - before["x"] < before["w"] and 0 <= y - before["y"] < before["h"]

    def click(self, view):
        """And waits until the kiosk has come to it: on a busy machine what is described may still be the page before it, and a
        next press aimed there would be lost, as it should."""
        if self.typed > self.pressed[0]:
            self.leave_pause()
        taps = self.page().get("taps")
        self._xdotool("mousemove", *middle(view), "click", "1")
        wait_until(lambda: not self.stage.processes.running(self.name_of_process) or self.page().get("taps") != taps, 5, step=0.01)
        self.pressed = (time.monotonic(), view)  # not before: the tool may take its time to start

    def _reachable(self, view_id):
        """The view, if a finger can reach its middle; scrolls a little towards it if not."""
        page = self.page()
        view = next((view for view in page.get("views", ()) if view["id"] == view_id), None)
        if not view or not view["enabled"]:
            return None
        area = next((other for other in page["views"] if other["role"] == "scroll"), None)
        height = middle(view)[1]
        if view["visible"] or not area or area["y"] < height < area["y"] + area["h"]:
            return view
        wheel = "5" if height > area["y"] else "4"
        self._xdotool("mousemove", *middle(area), "click", wheel)
        wait_until(lambda: self.view(view_id) != view, 1, step=0.01)  # the wheel's effect is drawn and described anew
        return None

    def press_for(self, view_id, screen):
        self.press(view_id)
        self.wait_screen(screen)

    def leave_pause(self):
        """No hand comes to a keyboard or a hand scanner sooner after a press, or to the screen after what was typed (and a press
        amid keys at a scanner's pace would tear a scan)."""
        time.sleep(max(0, max(self.pressed[0], self.typed) + HANDS_TURN - time.monotonic()))

    def type(self, text):
        """Real key events; the text goes by standard input."""
        self.leave_pause()
        self._xdotool("type", "--delay", "12", "--file", "-", stdin=text)
        self.typed = time.monotonic()

    def key(self, name):
        self._xdotool("key", name)

    def shot(self, name):
        """A picture of the whole screen, and a look at its words."""
        self.shots += 1
        time.sleep(0.2)  # a described page has been painted, and reaches the X server's picture with the next frame
        path = os.path.join(self.pictures, f"{self.shots:02d}-{name}.png")
        subprocess.run(["import", "-window", "root", path], env=self.env, check=True, timeout=30)
        for view in self.page().get("views", ()):
            if KEY.fullmatch(view["name"]):
                raise Failed(f"on {name}: {view['name']} has no words")
        return path

    def _xdotool(self, *arguments, stdin=None):
        subprocess.run(["xdotool", *map(str, arguments)], env=self.env, input=stdin, text=True, check=True, timeout=60)
