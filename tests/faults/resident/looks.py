"""Looks for the canary: in the kiosk before a wipe, where it must be, and everywhere after it, where it must not."""

import os
import subprocess

from Xlib import X

from xray import Xray
from rig import Failed, descendants, program_of, wait_until

# In /tmp, beside us: the kiosk calls nothing so.
OF_OTHER_TESTS = ("tram-resident.", "tram-test-")

PICTURE_COMMENT = "KHUYEN-EXIF-938-47"


class Looks:
    """`rig` has the city, `screen` the kiosk. `needles` are always looked for; `secrets` since they are known: a flow that learns
    one puts it there."""

    def __init__(self, rig, needles):
        self.rig = rig
        self.xray = Xray(rig.options.scan)
        self.needles = needles
        self.secrets = {}
        self.pixels = {}
        self.wipes = self.looks = 0

    def everything(self):
        return {**self.needles, **self.picture_needles, **self.secrets}

    def caught(self, when, also=None):
        """Before the wipe: the canary is there, or the test proves nothing. Hidden data of a picture never is."""
        hits = self.xray.look({**self.everything(), **(also or {}), **self.comment}, [f"pid:{self.screen.pid}"])
        if not any(label in self.needles or label in (also or {}) for _, _, label, _ in hits):
            raise Failed(f"{when}: the canary is not in the kiosk's memory; a scan after the wipe would prove nothing")
        if any(label in self.comment for _, _, label, _ in hits):
            raise Failed(f"{when}: the picture's comment is in the kiosk's memory")

    def pixels_caught(self, view_id):
        """The typed line as the X server has it, or the look for it after the wipe would be void. A page that moves between the
        picture and the look is looked at again."""
        def caught():
            self.pixels = self._pixels(view_id)
            return self._pixel_hits(self.server.pid)
        self.screen.wait(caught, 15, "the typed line's pixels in the X server's memory")

    def nothing_left(self, when):
        self.wipes += 1
        self.looks += 1
        self.session = self.screen.fresh()
        self._look_everywhere(when, {**self.everything(), **self.comment})
        self._selections(when)
        self._core_files(when)
        if not wait_until(lambda: not self._pixel_hits(self.server.pid), 2, step=0.3):  # a repaint may be under way
            raise Failed(f"{when}: pixels of the typed line are still in the X server's memory")
        if self._pixel_hits(self.screen.pid):
            raise Failed(f"{when}: pixels of the typed line are in the kiosk's memory")

    def _look_everywhere(self, when, needles):
        everybody = [f"pid:{pid}" for pid in self._processes()]
        kept = self._files()
        hits = self.xray.look(needles, everybody + kept + self._arguments())
        if hits:
            raise Failed(f"{when}, the canary is still there:\n" +
                         "\n".join(f"  {self._named(target)} in {where}: {label} ×{count}" for target, where, label, count in hits))

    def _processes(self):
        """All that we started, but the city (which may know) and what looks at them."""
        city = set()
        for name in ("gateway", "nginx"):
            if self.rig.processes.running(name):
                city |= {self.rig.processes.pid(name), *descendants(self.rig.processes.pid(name))}
        return [pid for pid in descendants(os.getpid()) if pid not in city and os.path.exists(f"/proc/{pid}/exe")]

    def _named(self, target):
        return f"{target} ({program_of(target[4:])})" if target.startswith("pid:") else target

    def _files(self):
        hidden = self.rig.hidden_from_scan()
        found = []
        for directory, _, names in os.walk(self.rig.root):
            if not any(directory.startswith(one) for one in hidden):
                found += [os.path.join(directory, name) for name in names]
        home = os.path.expanduser("~")
        for place in ("/tmp", "/var/tmp", "/dev/shm", "/run", *(os.path.join(home, name) for name in (".cache", ".config", ".local"))):
            found += self._new_in(place)
        return [path for path in found if os.path.isfile(path) and not os.path.islink(path)]

    def _new_in(self, place):
        for directory, inside, names in os.walk(place):
            inside[:] = [name for name in inside if not (directory == "/tmp" and name.startswith(OF_OTHER_TESTS))]
            for name in names:
                path = os.path.join(directory, name)
                try:
                    about = os.lstat(path)
                except OSError:
                    continue
                if about.st_mtime >= self.rig.started and about.st_size < 64 << 20:
                    yield path

    def _arguments(self):
        return [f"/proc/{pid}/{what}" for pid in self._processes() for what in ("cmdline", "environ")]

    def _selections(self, when):
        display = self.screen.hands.display
        for name in ("PRIMARY", "SECONDARY", "CLIPBOARD"):
            if display.get_selection_owner(display.intern_atom(name)) != X.NONE:
                raise Failed(f"{when}: somebody owns the selection {name}")
        properties = list(self._properties(display, self.screen.hands.root))
        if any(name.startswith("CUT_BUFFER") for name, _ in properties):
            raise Failed(f"{when}: there is a cut buffer")
        for name, value in properties:
            if any(needle in value for needle in self.everything().values()):
                raise Failed(f"{when}: the canary is in the window property {name}")

    def _properties(self, display, window):
        for atom in window.list_properties():
            value = window.get_full_property(atom, X.AnyPropertyType)
            data = value.value if value else b""
            yield display.get_atom_name(atom), data if isinstance(data, bytes) else bytes(str(list(data)), "utf-8")
        for child in window.query_tree().children:
            yield from self._properties(display, child)

    def _core_files(self, when):
        places = [self.rig.root, "/", os.getcwd(), "/var/lib/systemd/coredump", "/var/crash", "/tmp"]
        cores = [os.path.join(place, name) for place in places if os.path.isdir(place) for name in os.listdir(place)
                 if name.startswith("core") and os.path.isfile(os.path.join(place, name)) and
                 os.lstat(os.path.join(place, name)).st_mtime >= self.rig.started]
        if cores:
            raise Failed(f"{when}: core files: {cores}")

    def _pixels(self, view_id):
        """Three rows of the typed line, as the X server holds them (Xvfb: 32 bits a pixel), once it is painted and stands still."""
        def changes(row):
            return sum(row[i:i + 4] != row[i + 4:i + 8] for i in range(0, len(row) - 8, 4))
        def painted():
            rows = self._rows(self.screen.view(view_id))
            best = sorted(rows, key=lambda y: changes(rows[y]))[-3:]
            self.rows, before = rows, self.rows
            return best if changes(rows[best[0]]) >= 20 and rows == before else None
        self.rows = {}
        best = self.screen.wait(painted, 10, "text to be painted into the field")
        return {f"pixels/{y}": self.rows[y] for y in best}

    def _rows(self, view):
        width, height = min(240, view["w"] - 80), min(view["h"], 160) - 10
        data = bytes(self.screen.hands.root.get_image(view["x"] + 40, view["y"] + 10, width, height, X.ZPixmap, 0xFFFFFFFF).data)
        return {y: data[4 * width * y:4 * width * (y + 1)] for y in range(height)}

    def _pixel_hits(self, pid):
        return self.xray.look(self.pixels, [f"pid:{pid}"]) if self.pixels else []

    def _baseline(self):
        """Before the canary was here nothing of it is found; a needle that is would cry for nothing."""
        self._look_everywhere("before anybody came", {**self.needles, **self.idler_needles, **self.picture_needles})

    # The picture: noise of our own with a comment, and what tram-camera makes of it.

    def _picture(self):
        directory = os.path.join(self.rig.root, "pictures")
        os.mkdir(directory)
        path = os.path.join(directory, "hinh.jpg")
        subprocess.run(["convert", "-size", "640x480", "plasma:fractal", "-seed", "4471", "-quality", "90",
                        "-set", "comment", PICTURE_COMMENT, path], check=True, timeout=60)
        with open(path, "rb") as picture:
            done = subprocess.run([self.rig.stage.program("tram-camera"), "prepare"], stdin=picture, capture_output=True,
                                  check=True, timeout=30)
        slices = {}
        for place in range(1, 8):
            at = 20 + (len(done.stdout) - 20) * place // 8  # past the frame's head (device/PictureFrame.h)
            slices[f"picture/{place}"] = done.stdout[at:at + 48]
        self.picture_needles = slices
        self.comment = {"picture/comment": PICTURE_COMMENT.encode()}
        return directory
