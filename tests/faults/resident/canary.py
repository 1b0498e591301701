"""A canary resident goes through every flow; afterwards not one byte of them is anywhere (STANDARDS 13; issue 3, point 5).

Before each wipe the scan must find the canary in the kiosk's memory, else the test is void and fails. After it nothing may be in:
the kiosk (the same process id), its session, window manager, X server (its pixels too), agent; store, attachments, cache, logs,
runtime directory, HOME, new files in /tmp, /var/tmp, /dev/shm, /run; X selections, cut buffers, window properties; environments and
arguments of all of these; core files. Reading other processes takes root (or `sudo -n`).
"""

import os
import signal
import subprocess
import sys
import time

from Xlib import X

from xray import Xray, needles_of
from rig import (Failed, SHORTEST, Screen, arguments, descendants, program_of, read, run, wait_until)

# Keys as a hand presses them (Telex), and what they make. Nobody and nothing is called so.
RESIDENT = {
    "text": ("Xe rasc bor queen bao gachj vunj BKM4471 giuwax ngox", "Xe rác bỏ quên bao gạch vụn BKM4471 giữa ngõ"),
    "address": ("hemr 938/47 Nguyeenx Quyjnh", "hẻm 938/47 Nguyễn Quỵnh"),
    "landmark": ("canhj gieengs Baf Thuowr", "cạnh giếng Bà Thuở"),
    "name": ("DDoanf Khuyeens Hoawngx", "Đoàn Khuyến Hoẵng"),
    "phone": ("0987016452", "0987016452"),
    "email": ("khoangb4471@vidu.vn", "khoangb4471@vidu.vn"),
}
IDLER = {"text": ("Coongs Voij ngheenj laix QZN8135", "Cống Vọi nghện lãi QZN8135")}
PICTURE_COMMENT = "KHUYEN-EXIF-938-47"


class Canary:
    def __init__(self, rig):
        self.rig = rig
        self.xray = Xray(rig.options.scan)
        self.needles = needles_of(RESIDENT)
        self.idler_needles = needles_of(IDLER)
        self.secrets = {}
        self.pixels = {}
        self.wipes = self.looks = 0

    def run(self):
        rig = self.rig
        rig.stage.more_keys["sample_dir"] = self._picture()
        rig.city()
        self.server = rig.server()
        self.screen = Screen(rig.stage, self.server, rig.root)
        self.screen.start()
        self.session = self.screen.fresh()
        self._baseline()
        idler = self._idler()
        for flow in (self.whole_report, *self.abandoned(), self.offline_report, self.follow, self.crash_abort, self.crash_fault):
            began = time.monotonic()
            flow()
            print(f"  {flow.__name__:<28}{time.monotonic() - began:6.1f} s", flush=True)
        self._idle_end(idler)
        print(f"  {len(self.needles) + len(self.idler_needles)} needles, {self.wipes} wipes, {self.looks} looks at everything")

    # Flows. Each ends on a fresh attract page with a look at everything.

    def whole_report(self):
        """Everything a report can hold; changed language on the way, called for help, went back to edit, sent it."""
        screen = self.screen
        self.to_check()
        screen.press("edit.text")
        screen.wait_screen("feedback_text")
        self.caught("on the page of the text")
        self.forward_to_check()
        screen.press("send")
        screen.wait_view("receipt.code", 20)
        self.remember_code()
        self.caught("on the receipt", {"code/plain": self.secrets["code/plain"]})
        screen.end()
        self.nothing_left("after a report")

    def abandoned(self):
        """Leaves in the middle, one step further each time."""
        def leave(step):
            def flow():
                self.to_check(until=step)
                self.caught(f"leaving at {step}")
                self.screen.end()
                self.nothing_left(f"after leaving at {step}")
            flow.__name__ = f"left_at_{step}"
            return flow
        return [leave(step) for step in ("text", "place", "pictures", "who", "check")]

    def offline_report(self):
        screen = self.screen
        self.rig.stage.stop_gateway()
        self.to_check()
        self.caught("offline, before sending")
        screen.press("send")
        screen.wait_view("receipt.code", 20)
        self.remember_code()
        screen.end()
        self.nothing_left("with a report waiting")
        self.rig.stage.start_gateway()
        self.rig.stage.wait_for_gateway()

    def follow(self):
        screen = self.screen
        screen.press("start")
        screen.press("tile.follow")
        screen.wait_screen("follow_code")
        screen.type(self.code.lower())
        screen.press("ask")
        screen.wait(lambda: screen.screen() in ("follow_status", "follow_not_arrived"), 15, "an answer")
        self.caught("following", {"code/plain": self.secrets["code/plain"], "code/grouped": self.secrets["code/grouped"]})
        screen.end()
        self.nothing_left("after following")

    def crash_abort(self):
        self.crash(signal.SIGABRT)

    def crash_fault(self):
        self.crash(signal.SIGSEGV)

    def crash(self, number):
        """No core file; the session's script brings the attract page back within seconds."""
        screen = self.screen
        self.to_check(until="who")
        self.caught("before a crash")
        session, pid = screen.session(), screen.pid
        limits = read(f"/proc/{pid}/limits")
        if not any(line.split()[4:6] == ["0", "0"] for line in limits.splitlines() if line.startswith("Max core file size")):
            raise Failed("the kiosk may write core files:\n" + limits)
        began = time.monotonic()
        os.kill(pid, number)
        screen.wipe_from(session)
        print(f"    {signal.Signals(number).name} → attract page {time.monotonic() - began:.2f} s")
        if screen.pid == pid:
            raise Failed("the crashed kiosk lives")
        self.nothing_left("after a crash")

    # Steps.

    def to_check(self, until="check"):
        screen = self.screen
        screen.press("start")
        screen.press("tile.feedback")
        screen.wait(lambda: screen.ids("field."), 15, "1022's fields")
        screen.press(screen.ids("field.")[0])
        self.fill("text")
        self.pixels_caught("text")
        if until == "text":
            return
        screen.switch_language()
        screen.press("next")
        screen.press("ward.27154")
        self.fill("address")
        self.fill("landmark")
        if until == "place":
            return
        screen.press("next")
        screen.wait(lambda: screen.ids("sample."), 15, "pictures to choose from")
        screen.press("sample.0")
        screen.wait(lambda: screen.ids("picture."), 15, "the picture to be prepared")
        if until == "pictures":
            return
        screen.switch_language()
        screen.press("next")
        screen.wait_screen("feedback_who")
        screen.press("who.named")
        for field in ("name", "phone", "email"):
            self.fill(field)
        if until == "who":
            return
        self.forward_to_check()
        screen.press("display")
        screen.press("call")
        screen.wait_screen("call")
        for page in ("display", "feedback_check"):
            screen.press("back")
            screen.wait_screen(page)

    def forward_to_check(self):
        screen = self.screen
        while (before := screen.screen()) != "feedback_check":
            if before == "feedback_who":
                self.consent()
            screen.press("next")
            screen.wait(lambda: screen.screen() != before, 10, f"the page after {before}")

    def consent(self):
        if not self.consented:
            self.screen.press("consent")
            self.consented = True

    def fill(self, field):
        self.screen.write(field, RESIDENT[field][0])
        self.consented = False

    def remember_code(self):
        name = self.screen.name("receipt.code")
        self.code = "".join(letter for letter in name if letter.isalnum())
        grouped = f"{self.code[:3]}-{self.code[3:6]}-{self.code[6:9]}-{self.code[9:]}"
        self.secrets = {"code/plain": self.code.encode(), "code/grouped": grouped.encode(),
                        "code/grouped/utf-32-le": grouped.encode("utf-32-le")}

    # Looks.

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
            inside[:] = [name for name in inside if not (directory == "/tmp" and name.startswith("tram-resident."))]
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

    # Somebody else, at a second screen of the same station, who walks away without a word.

    def _idler(self):
        server = self.rig.server("second")
        idler = Screen(self.rig.stage, server, self.rig.root, "idler")
        idler.start()
        idler.fresh()
        idler.press("start")
        idler.press("tile.feedback")
        idler.wait(lambda: idler.ids("field."), 15, "1022's fields")
        idler.press(idler.ids("field.")[0])
        idler.write("text", IDLER["text"][0])
        idler.before = idler.session()
        hits = self.xray.look(self.idler_needles, [f"pid:{idler.pid}"])
        if not hits:
            raise Failed("the idler's words are not in the kiosk's memory; a scan after the wipe would prove nothing")
        # What they left must not trip the looks for the other one.
        self.needles = {label: piece for label, piece in self.needles.items() if piece not in self.idler_needles.values()}
        return idler

    def _idle_end(self, idler):
        idler.wipe_from(idler.before, 90)
        self._look_everywhere("after the countdown ran out", self.idler_needles)
        self.wipes += 1
        print("  idle, countdown, wiped by itself")


if __name__ == "__main__":
    sys.exit(run(lambda rig: Canary(rig).run(), arguments(__doc__).parse_args(), more_keys=SHORTEST))
