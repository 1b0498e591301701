"""Everything the demo starts, and the promise that all of it is gone afterwards."""

import ctypes
import os
import signal
import subprocess
import time

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True)


class Failed(Exception):
    """The demo cannot go on; the text is for the person who started it."""


def _die_with_parent():
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_until(condition, seconds, step=0.05):
    """Polls until `condition()` gives something true, and returns that; None when time is up."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            return None
        time.sleep(step)


class Processes:
    """Children by name, each in a session of its own so that Ctrl-C reaches only us and we choose the order."""

    def __init__(self, log_dir):
        self.log_dir = log_dir
        self.children = {}
        # Orphans of our children become ours, not init's: nothing can slip away by forking twice.
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1)

    def start(self, name, argv, env=None, pass_fds=()):
        log = open(os.path.join(self.log_dir, f"{name}.log"), "ab")
        try:
            child = subprocess.Popen(
                [str(a) for a in argv], env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=_die_with_parent, pass_fds=pass_fds)
        except FileNotFoundError:
            raise Failed(f"{argv[0]} is not there: is it built and installed?") from None
        finally:
            log.close()
        self.children[name] = child
        return child

    def pid(self, name):
        return self.children[name].pid

    def running(self, name):
        child = self.children.get(name)
        return child is not None and child.poll() is None

    def stop(self, name, seconds=5):
        child = self.children.pop(name, None)
        if child is None:
            return
        self._signal_group(child.pid, signal.SIGTERM)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            pass
        self._signal_group(child.pid, signal.SIGKILL)
        child.wait()

    def stop_all(self):
        """Last started, first stopped; then whatever they left behind."""
        for name in reversed(list(self.children)):
            self.stop(name)
        if not wait_until(self._no_descendants, 10):
            raise Failed("some of its processes could not be ended; see ps --forest")

    def log_tail(self, name, lines=15):
        try:
            with open(os.path.join(self.log_dir, f"{name}.log"), errors="replace") as log:
                return "".join(log.readlines()[-lines:])
        except FileNotFoundError:
            return ""

    @staticmethod
    def _signal_group(group, number):
        try:
            os.killpg(group, number)
        except ProcessLookupError:
            pass

    @staticmethod
    def _no_descendants():
        with open(f"/proc/self/task/{os.getpid()}/children") as listing:
            left = [int(pid) for pid in listing.read().split()]
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            except (ProcessLookupError, ChildProcessError):
                pass
        return not left
