#!/usr/bin/env python3
"""The demo says why it does not use the screen it was given, and who looks at a virtual one gets the simulated phone in
their own browser: with real X servers, x11vnc, websockify and noVNC's own pages."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
import urllib.request

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TREE, "installer/demo"))

from display import VirtualDisplay, why_not_here  # noqa: E402
from processes import Processes  # noqa: E402

LINK = "http://127.0.0.1:8022/d?code=WDJB-MJHT&k=abc"


class ScreenTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.processes = Processes(self.directory.name)
        self.display = VirtualDisplay(self.processes, self.directory.name, "640x480")

    def tearDown(self):
        self.processes.stop_all()
        self.directory.cleanup()

    def test_a_screen_that_opens_needs_no_words(self):
        env = dict(os.environ, **self.display.start_server())
        self.assertIsNone(why_not_here(env))

    def test_a_screen_of_somebody_else_is_named_and_so_is_the_way_in(self):
        env = dict(os.environ, **self.display.start_server())
        env["XAUTHORITY"] = os.devnull  # no cookie
        why = why_not_here(env)
        self.assertIn(f"The screen {env['DISPLAY']} cannot be opened", why)
        self.assertIn("xhost +si:localuser:", why)

    def test_a_screen_that_nobody_serves_is_named(self):
        self.assertIn("The screen :64999 cannot be opened", why_not_here(dict(os.environ, DISPLAY=":64999")))

    def test_no_screen_at_all_is_said(self):
        env = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
        self.assertIn("DISPLAY is not set", why_not_here(env))

    def test_the_phones_link_reaches_the_browser_that_looks_on(self):
        self.display.start_server()
        page, _ = self.display.share(0)
        with urllib.request.urlopen(page, timeout=20) as answer:
            shown = answer.read().decode()
        for needed in ("phone.json", "vnc.html?autoconnect=1"):
            self.assertIn(needed, shown)
        base = page.rsplit("/", 1)[0]
        with urllib.request.urlopen(base + "/vnc.html", timeout=20) as answer:
            self.assertIn(b"noVNC", answer.read())
        self.assertEqual(self._handed(base), "")
        subprocess.run([self.display.phone_opener(), LINK], check=True, timeout=60)  # as the kiosk does
        self.assertEqual(self._handed(base), LINK)
        self.assertEqual(self.display.phone_link(), LINK)

    @staticmethod
    def _handed(base):
        with urllib.request.urlopen(base + "/phone.json", timeout=20) as answer:
            return json.load(answer)["link"]


if __name__ == "__main__":
    unittest.main()
