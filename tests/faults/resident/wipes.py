"""1,000 wipes in a row leave nothing behind (TRAM_WIPES; 60 when not told): no descriptor, child, zombie, thread, shared
segment, temporary file, X client or X resource, and no memory, in the kiosk, its session, the X server, the window manager and
the agent. Prints wipe → attract page. STANDARDS 13; issue 3, point 5."""

import os
import sys
import time
from collections import Counter

from Xlib import X

from rig import (Failed, Hands, Screen, arguments, children, descendants, figures, program_of, read, run, wait_until)

WIPES = int(os.environ.get("TRAM_WIPES", "60"))
WARM = 20  # caches of the X server and the allocators are full by then
LINES = 1  # to the gateway, of a kiosk at rest
# What may still differ between two looks, in KiB; what leaks by the session shows a hundred times over.
MEMORY_SLACK = 2048


def shared_memory():
    """SysV's lines, and POSIX's objects, which are files; a directory there is somebody's scratch."""
    sysv = [line for kind in ("shm", "sem", "msg") for line in read(f"/proc/sysvipc/{kind}").splitlines()[1:]]
    return len(sysv), sum(entry.is_file() for entry in os.scandir("/dev/shm"))


def rss_kib(pid):
    for line in read(f"/proc/{pid}/status").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def descriptors(pid):
    """Kinds, not numbers: a socket's inode changes with each life."""
    kinds = []
    for number in os.listdir(f"/proc/{pid}/fd"):
        try:
            kinds.append(os.readlink(f"/proc/{pid}/fd/{number}").split(":")[0])
        except FileNotFoundError:
            pass
    return sorted(kinds)


class Look:
    """Everything that may grow, at the attract page."""

    def __init__(self, rig, screen, server):
        self.pid = screen.pid
        watched = {"kiosk": self.pid, "session": screen.process.pid, "X server": server.pid, "agent": rig.processes.pid("agent")}
        for child in descendants(screen.process.pid):
            if program_of(child) == "openbox":
                watched["openbox"] = child
        self.memory = {name: rss_kib(pid) for name, pid in watched.items()}
        self.descriptors = {name: descriptors(pid) for name, pid in watched.items()}
        self.threads = {name: len(os.listdir(f"/proc/{pid}/task")) for name, pid in watched.items()}
        self.children = {name: sorted(map(program_of, children(pid))) for name, pid in watched.items()}
        self.shared = shared_memory()
        self.files = sorted(self._files(rig))
        self.clients, self.resources = self._x(screen.hands.display)

    @staticmethod
    def _files(rig):
        for directory, _, names in os.walk(rig.root):
            if directory.startswith((rig.stage.gateway_dir, rig.stage.nginx_dir)):
                continue
            for name in names:
                yield os.path.join(directory, name)
        for directory in ("/tmp", "/var/tmp"):
            yield from (entry.path for entry in os.scandir(directory) if entry.name.startswith((".org.", "wx", "tram-kiosk")))

    @staticmethod
    def _x(display):
        clients = display.res_query_clients().clients
        resources = 0
        for client in clients:
            resources += sum(kind.count for kind in display.res_query_client_resources(client.resource_base).types)
        return len(clients), resources

    def differences(self, later):
        for what in ("pid", "threads", "children", "files", "clients"):
            if getattr(self, what) != getattr(later, what):
                yield f"{what}: {getattr(self, what)} → {getattr(later, what)}"
        for name in self.descriptors:
            before, now = Counter(self.descriptors[name]), Counter(later.descriptors[name])
            # A fresh kiosk ends its predecessor's logins over a line of its own, which may be there still or not yet.
            excused = Counter(socket=LINES) if name == "kiosk" else Counter()
            if now - before - excused or before - now - excused:
                yield f"descriptors of {name}: {now - before} more, {before - now} fewer"
        if any(now > before for before, now in zip(self.shared, later.shared)):  # the machine's: others' may go meanwhile
            yield f"shared segments: {self.shared} → {later.shared}"
        if later.resources > self.resources + 8:  # a caret or a timer's pixmap may be under way
            yield f"X resources: {self.resources} → {later.resources}"
        for name, kib in self.memory.items():
            if later.memory[name] > kib + MEMORY_SLACK:
                yield f"memory of {name}: {kib} → {later.memory[name]} KiB"


def look_at_rest(rig, screen, server, like=None):
    """A life that begins still holds this and that for a moment: two looks that are the same, or one that is `like` the one before.
    What leaked stays, however long one looks."""
    last = like or Look(rig, screen, server)

    def same():
        nonlocal last
        now = Look(rig, screen, server)
        calm = not list(last.differences(now))
        last = like or now
        return now if calm else None
    return wait_until(same, 5) or Look(rig, screen, server)


def wipes(rig):
    rig.city()
    server = rig.server()
    screen = Screen(rig.stage, server, rig.root)
    screen.start()
    session = screen.fresh()
    screen.wait(lambda: screen.view("link"), 10, "the status bar")
    session = caps_lock_goes(screen, session)
    session = rest_of_a_scan_goes(screen, session, Hands(server.env))
    taken = []
    for count in range(1, WIPES + WARM + 1):
        if count == WARM + 1:
            before = look_at_rest(rig, screen, server)
        session, wiped = one(screen, session, busy=count % 10 == 0)
        taken.append(wiped)
    later = look_at_rest(rig, screen, server, like=before)
    figures("press on Kết thúc → attract page painted", taken[WARM:])
    for name in sorted(later.memory):
        print(f"  {name:<12} RSS {before.memory[name]:>8} → {later.memory[name]:>8} KiB   "
              f"descriptors {len(later.descriptors[name]):>3}   threads {later.threads[name]:>2}")
    print(f"  X clients {later.clients}, X resources {before.resources} → {later.resources}, "
          f"shared segments {later.shared}, wipes {WIPES}", flush=True)
    left = list(before.differences(later))
    if left:
        raise Failed(f"after {WIPES} wipes:\n  " + "\n  ".join(left))


def caps_lock_goes(screen, session):
    """The X server keeps it over the wipe; the next resident must not write in capitals. The new session's id."""
    def locked():
        return bool(screen.hands.root.query_pointer().mask & X.LockMask)
    screen.press("start")
    screen.hands.chord("Caps_Lock")
    if not locked():
        raise Failed("this keyboard has no Caps Lock to test with")
    session, _ = end(screen, session)
    if not wait_until(lambda: not locked(), 5):
        raise Failed("Caps Lock outlives the wipe")
    return session


def rest_of_a_scan_goes(screen, session, scanner):
    """A hand scanner that types over the wipe, for seconds: what comes after it is no scan of the next resident's. The new
    session's id."""
    for text in ("k7m3q9x2tw" * 100, "k7m3q9x2tw" * 100):
        screen.press("start")
        screen.leave_pause()
        scanner.scan(text, milliseconds=4)
        session, _ = end(screen, session)
        scanner.display.sync()  # the last key has been typed
        screen.press_until("start", lambda: screen.screen() == "home")
        session, _ = end(screen, session)
    return session


def one(screen, session, busy):
    """A touch, and the end at once; now and then while pictures are being decoded and a call is under way."""
    screen.press("start")
    if busy:
        screen.press("tile.feedback")
        screen.wait(lambda: screen.ids("field."), 10, "1022's fields")
        screen.press(screen.ids("field.")[0])
        screen.write("text", "BKM4471 giuwax ngox")
        screen.press("next")
        screen.press("ward.27154")
        screen.press("next")
        screen.wait(lambda: screen.ids("sample."), 10, "pictures to choose from")
        screen.press("sample.0")
    return end(screen, session)


def end(screen, session):
    """The next session's id, and how long it took to its attract page."""
    view = screen.aim("end")
    began = time.monotonic()
    screen.click(view)
    while time.monotonic() < began + 20:
        page = screen.page()
        if page.get("session", session) != session and page["screen"] == "attract":
            return page["session"], (time.monotonic() - began) * 1000
        time.sleep(0.002)
    raise Failed(f"a press on Kết thúc did nothing; on {screen.screen()}")


if __name__ == "__main__":
    sys.exit(run(wipes, arguments(__doc__).parse_args()))
