"""A frozen UI thread is started anew within the watchdog's time (STANDARDS 16). This test is the service manager: it has a socket
as systemd has (sd_notify(3)), hears READY=1 at the first paint and WATCHDOG=1 from then on, also after a wipe, and does to a
silent session what systemd does. Only the UI thread is stopped (ptrace), so a ping from any other thread would be found out."""

import ctypes
import os
import signal
import socket
import sys
import time

from rig import Failed, Screen, arguments, figures, run

WATCHDOG_SECONDS = 2.0  # tram-kiosk.service has more; what is tested is who pings, and when not
PTRACE_DETACH, PTRACE_SEIZE, PTRACE_INTERRUPT = 17, 0x4206, 0x4207
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p]


def ptrace(request, thread):
    if _libc.ptrace(request, thread, None, None) != 0:
        raise Failed(f"cannot stop one thread ({os.strerror(ctypes.get_errno())}): run as root")


class Manager:
    """The receiving end of NOTIFY_SOCKET."""

    def __init__(self, path):
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.line.bind(path)
        self.env = {"NOTIFY_SOCKET": path, "WATCHDOG_USEC": str(int(WATCHDOG_SECONDS * 1e6))}

    def listen(self, seconds, until=None):
        """What was heard, with its time; ends early at `until`."""
        heard, end = [], time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.line.settimeout(left)
            try:
                state = self.line.recv(4096).decode()
            except TimeoutError:
                break
            heard += [(time.monotonic(), word) for word in state.split("\n")]
            if until and any(word == until for _, word in heard):
                break
        return heard

    def drop_what_waits(self):
        while self.listen(0.05):
            pass


def words(heard):
    return [word for _, word in heard]


def gaps(heard):
    times = [at for at, word in heard if word == "WATCHDOG=1"]
    return [later - earlier for earlier, later in zip(times, times[1:])]


class Watchdog:
    def __init__(self, rig):
        self.rig = rig

    def run(self):
        rig = self.rig
        rig.city()
        server = rig.server()
        self.manager = Manager(os.path.join(rig.root, "notify"))
        self.screen = Screen(rig.stage, server, rig.root)
        self.screen.start(told=self.manager.env)
        self.ready()
        self.pings()
        self.pings_through_wipes()
        self.frozen_thread_is_silent()
        self.silent_session_is_started_anew()
        self.crash_comes_back()

    def ready(self):
        heard = self.manager.listen(20, until="READY=1")
        if "READY=1" not in words(heard):
            raise Failed("the kiosk never said READY=1")
        self.screen.wait(lambda: self.screen.view("start"), 0.5, "what READY=1 said is painted")

    def pings(self):
        heard = self.manager.listen(2 * WATCHDOG_SECONDS)
        if len(gaps(heard)) < 2 or max(gaps(heard)) > WATCHDOG_SECONDS:
            raise Failed(f"pings at the attract page, seconds apart: {gaps(heard)}")

    def pings_through_wipes(self):
        """NOTIFY_SOCKET and the clock of WATCHDOG_USEC outlive execv: five wipes in a row, and no gap that would end the session."""
        self.manager.drop_what_waits()
        heard = []
        for _ in range(5):
            self.screen.press("start")
            self.screen.end()
            heard += self.manager.listen(WATCHDOG_SECONDS)
        if words(heard).count("READY=1") < 5:
            raise Failed("a wiped kiosk does not say READY=1 again")
        # Heard late is not sent late: five seconds of pings wait in the socket while the test presses. Their number tells.
        if words(heard).count("WATCHDOG=1") < 10:
            raise Failed(f"pings through five wipes: {words(heard)}")

    def frozen_thread_is_silent(self):
        thread = self.screen.pid  # the main thread's id is the process id
        ptrace(PTRACE_SEIZE, thread)
        ptrace(PTRACE_INTERRUPT, thread)
        self.manager.drop_what_waits()
        silent = not self.manager.listen(2 * WATCHDOG_SECONDS)
        ptrace_state = self._state(thread)
        others = [self._state(int(task), thread) for task in os.listdir(f"/proc/{thread}/task") if int(task) != thread]
        ptrace(PTRACE_DETACH, thread)
        if ptrace_state != "t":
            raise Failed(f"the UI thread was not stopped ({ptrace_state}); nothing is proven")
        if "t" in others:
            raise Failed("more than the UI thread was stopped")
        if not silent:
            raise Failed("pings go on while the UI thread stands")
        if not self.manager.listen(WATCHDOG_SECONDS):
            raise Failed("no pings after the UI thread went on")

    @staticmethod
    def _state(thread, process=None):
        with open(f"/proc/{process or thread}/task/{thread}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0]

    def silent_session_is_started_anew(self):
        """The whole chain: frozen → silence for WatchdogSec → the session is killed as systemd does (SIGABRT) → attract page."""
        self.screen.press("start")
        self.screen.wait_view("end")
        session, frozen = self.screen.session(), self.screen.pid
        os.kill(frozen, signal.SIGSTOP)
        began = time.monotonic()
        while self.manager.listen(WATCHDOG_SECONDS, until="WATCHDOG=1"):
            if time.monotonic() - began > 4 * WATCHDOG_SECONDS:
                raise Failed("a stopped process pings")
        os.killpg(self.screen.process.pid, signal.SIGKILL)
        self.screen.process.wait()
        self.screen.start(told=self.manager.env)
        self.screen.wipe_from(session)
        print(f"  frozen → attract page{'':<24}{time.monotonic() - began:6.2f} s with WatchdogSec={WATCHDOG_SECONDS:g}")

    def crash_comes_back(self):
        taken = []
        for number in (signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL):
            session, pid = self.screen.session(), self.screen.pid
            began = time.monotonic()
            os.kill(pid, number)
            self.screen.wipe_from(session)
            taken.append((time.monotonic() - began) * 1000)
            if self.screen.process.poll() is not None or self.screen.pid == pid:
                raise Failed("the session's script did not start another kiosk")
        figures("crash → attract page", taken)


if __name__ == "__main__":
    sys.exit(run(lambda rig: Watchdog(rig).run(), arguments(__doc__).parse_args()))
