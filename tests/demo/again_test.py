#!/usr/bin/env python3
"""The demo starts again what stopped, says so, and gives up in the end: with real processes and a clock of our own."""

import os
import signal
import sys
import tempfile
import unittest

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TREE, "installer/demo"))

from again import Again, LONGEST_PAUSE, STEADY  # noqa: E402
from processes import Failed, Processes, wait_until  # noqa: E402


class AgainTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.processes = Processes(self.directory.name)
        self.now = 0.0
        self.said = []
        self.starts = 0

    def tearDown(self):
        self.processes.stop_all()
        self.directory.cleanup()

    def program(self, script):
        def start():
            self.starts += 1
            self.processes.start("gateway", ["sh", "-c", script])
        start()
        return Again(self.processes, "gateway", start, lambda: self.now, self.said.append)

    def kill(self):
        child = self.processes.children["gateway"]
        os.kill(child.pid, signal.SIGKILL)
        child.wait()

    def pass_by(self, again, seconds, step=0.2):
        for _ in range(round(seconds / step)):
            self.now += step
            again.look()

    def test_a_killed_one_comes_back(self):
        again = self.program("exec sleep 1000")
        first = self.processes.pid("gateway")
        self.pass_by(again, 1)
        self.assertEqual(self.starts, 1)
        self.kill()
        self.pass_by(again, 1)
        self.assertEqual(self.starts, 2)
        self.assertTrue(self.processes.running("gateway"))
        self.assertNotEqual(self.processes.pid("gateway"), first)
        self.assertEqual(self.said, ["The gateway stopped (-9); starting it again."])

    def test_what_it_left_behind_goes_first(self):
        kept = os.path.join(self.directory.name, "left")
        again = self.program(f"sleep 1000 & echo $! > {kept}.new; mv {kept}.new {kept}; wait")
        self.assertTrue(wait_until(lambda: os.path.exists(kept), 60))
        with open(kept) as file:
            left = int(file.read())
        self.kill()
        self.pass_by(again, 1)
        self.assertEqual(self.starts, 2)
        # An orphan of ours: ended when it can be waited for.
        self.assertTrue(wait_until(lambda: os.waitpid(left, os.WNOHANG)[0] == left, 60))

    def test_one_that_keeps_stopping_is_given_up(self):
        again = self.program("exec sleep 1000")
        with self.assertRaises(Failed) as gave_up:
            while self.starts < 100:
                self.kill()
                self.pass_by(again, LONGEST_PAUSE * 2)
        self.assertIn("keeps stopping", str(gave_up.exception))
        self.assertLess(self.starts, 10)

    def test_one_that_runs_for_a_while_has_its_patience_back(self):
        again = self.program("exec sleep 1000")
        for _ in range(20):
            self.kill()
            self.pass_by(again, STEADY + 1)
        self.assertEqual(self.starts, 21)

    def test_one_that_wants_a_person_is_not_started_again(self):
        again = self.program("exit 78")
        self.processes.children["gateway"].wait()
        with self.assertRaises(Failed) as gave_up:
            again.look()
        self.assertIn("wants a person", str(gave_up.exception))
        self.assertEqual(self.starts, 1)


if __name__ == "__main__":
    unittest.main()
