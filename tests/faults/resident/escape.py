"""No way out of full screen (STANDARDS 15; issue 3, point 5): every key, chord, button, gesture and menu of the list, on every
kind of page, with the window manager of our session. 0 ways out means: no other window, no other process, the kiosk in front,
whole and focused, the page as it was. --by-itself tries the same with openbox as Debian ships it, where Alt+F4, Alt+Tab,
Alt+Space, Super, desktop keys and the wheel with Alt do what they do everywhere: "all" pages, or the "short" list of them (CI).

VT switching, Ctrl+Alt+Backspace and SysRq are the X server's and the kernel's: the test presses them all, and checks that the
session's files forbid them (installer/session)."""

import os
import sys
import time

from Xlib import X

from rig import Failed, Screen, TREE, arguments, descendants, program_of, run, wait_until

MODIFIERS = {"Alt": "Alt_L", "Ctrl": "Control_L", "Shift": "Shift_L", "Super": "Super_L", "Menu": "Menu"}


def chords():
    """Names and keys; one list for everybody who maintains it."""
    def keys(*names):
        return "+".join(names), [MODIFIERS.get(name, name) for name in names]
    yield keys("Alt", "F4")
    yield keys("Alt", "Tab")
    yield keys("Alt", "Shift", "Tab")
    yield keys("Ctrl", "Alt", "Tab")
    yield keys("Alt", "space")
    yield keys("Alt", "Escape")
    for number in range(1, 13):
        yield keys("Ctrl", "Alt", f"F{number}")
        yield keys("Alt", f"F{number}")
        yield keys(f"F{number}")
    for key in ("Delete", "BackSpace", "Left", "Right", "Up", "Down", "d", "t", "l"):
        yield keys("Ctrl", "Alt", key)
    yield keys("Super")
    for key in ("d", "e", "r", "l", "Tab", "1", "F1", "F4", "space", "Left", "plus", "minus"):
        yield keys("Super", key)
    for key in "opsnwqtacxvzfhjrulm":
        yield keys("Ctrl", key)
    for key in ("u", "e", "i", "d", "n", "t", "w", "q", "p", "Escape", "Delete", "o", "k"):
        yield keys("Ctrl", "Shift", key)
    for key in ("plus", "minus", "0", "Tab", "space", "period", "semicolon", "slash", "F4", "F10", "Escape", "Home", "Insert"):
        yield keys("Ctrl", key)
    yield keys("Shift", "F10")
    yield keys("Menu")
    yield keys("Print")
    yield keys("Alt", "Print")
    yield keys("Pause")
    yield keys("Scroll_Lock")
    yield keys("Shift", "Insert")


# Each kind of page once, and how to come there.
PAGES = {
    "attract": [],
    "home": ["start"],
    "dossier_code": ["start", "tile.dossier"],
    "feedback_field": ["start", "tile.feedback"],
    "feedback_text": ["start", "tile.feedback", "field.*", "text"],
    "feedback_place": ["start", "tile.feedback", "field.*", "sentence.0", "next", "address"],
    "feedback_pictures": ["start", "tile.feedback", "field.*", "sentence.0", "next", "ward.27154", "next"],
    "feedback_who": ["start", "tile.feedback", "field.*", "sentence.0", "next", "ward.27154", "next", "next", "who.named", "name"],
    "follow_code": ["start", "tile.follow", "code"],
    "display": ["start", "display"],
}
FIELDS = ("text", "address", "name", "code")
SHORT = ("attract", "home", "feedback_text")
CHORD_PAGES = ("home", "feedback_text")  # all chords here; the pointer's tricks on every page


class Escape:
    def __init__(self, rig):
        self.rig = rig
        self.tried = 0
        self.out = []

    def run(self):
        self.rig.city()
        self._locked_down()
        managers = [("session", self._our_session)]
        if self.rig.options.by_itself:
            managers.append(("default", self._default_openbox))
        for manager, start in managers:
            server = self.rig.server(manager)
            self.screen = start(server)
            self.screen.fresh()
            self.manager = manager
            began, tried = time.monotonic(), self.tried
            if manager == "session":
                self._at_rest()
            self._walk([page for page in PAGES if page in SHORT or manager == "session" or self.rig.options.by_itself == "all"])
            print(f"  openbox, {'the configuration of our session' if manager == 'session' else 'as Debian ships it':<34}"
                  f"{self.tried - tried:>5} tries, {len(self.out)} ways out, {time.monotonic() - began:5.1f} s", flush=True)
            if self.out:
                raise Failed("ways out:\n  " + "\n  ".join(self.out))
            self.rig.processes.stop(self.screen.name_of_process)

    def _at_rest(self):
        """In our session the kiosk has nothing to defend: its window is not raised, placed or focused again and again."""
        display = self.screen.hands.display
        window = next(window for frame in self.screen.hands.root.query_tree().children for window in frame.query_tree().children
                      if "tram-kiosk" in (window.get_wm_class() or ()))
        window.change_attributes(event_mask=X.FocusChangeMask | X.StructureNotifyMask)
        display.sync()
        seen, since = [], time.monotonic()

        def calm():
            """A second without an event: the kiosk looks five times in it whether it is in front (ui/shell/Front)."""
            nonlocal since
            news = [type(display.next_event()).__name__ for _ in range(display.pending_events())]
            seen.extend(news)
            if news:
                since = time.monotonic()
            return time.monotonic() - since >= 1

        if not wait_until(calm, 6):
            raise Failed(f"nobody touches the screen, yet the kiosk's window has no rest: {seen}")
        window.change_attributes(event_mask=X.NoEventMask)
        display.sync()

    # Stages.

    def _our_session(self, server):
        screen = Screen(self.rig.stage, server, self.rig.root, "in-session")
        screen.start()
        return screen

    def _default_openbox(self, server):
        """Every key and menu that openbox knows; a kiosk without our session has to stand by itself."""
        env = {"PATH": os.environ["PATH"], "HOME": self.rig.root, **server.env}
        self.rig.processes.start("openbox", ["openbox", "--config-file", "/etc/xdg/openbox/rc.xml"], env=env)
        screen = Screen(self.rig.stage, server, self.rig.root, "by-itself")
        screen.process = self.rig.processes.start("by-itself", self.rig.stage.kiosk_argv("--describe", screen.file), env=env)
        return screen

    # Tricks.

    def _walk(self, pages):
        for page in pages:
            self._go(page, PAGES[page])
            self._look_before()
            if page in CHORD_PAGES:
                for name, keys in chords():
                    self._try(page, name, lambda keys=keys: self.screen.hands.chord(*keys))
                self._try(page, "Shift five times", lambda: [self.screen.hands.chord("Shift_L") for _ in range(5)])
                self._try(page, "Ctrl+Alt held, and a click", self._held_click)
            for name, trick in self._pointer():
                if page == "attract" and name not in ("right button", "middle button", "wheel", "Alt+drag"):
                    continue  # a touch there is what begins a session
                self._try(page, name, trick)
            self._home()

    def _pointer(self):
        hands = self.screen.hands
        width, height = map(int, self.rig.options.size.split("x"))
        places = [(width // 2, height // 3), (width // 3, height // 5)]
        field = next((self.screen.view(view) for view in FIELDS if self.screen.view(view)), None)
        if field:
            places.append((field["x"] + field["w"] // 2, field["y"] + field["h"] // 2))
        def drag(fro, to, button=1, held=()):
            for key in held:
                hands._fake(X.KeyPress, hands._code(key))
            hands.press_at(*fro, button)
            for part in (1, 2, 3):
                hands.move(fro[0] + (to[0] - fro[0]) * part // 3, fro[1] + (to[1] - fro[1]) * part // 3)
            hands.release(button)
            for key in held:
                hands._fake(X.KeyRelease, hands._code(key))
        def everywhere(button, times=1):
            return lambda: [hands.click(*place, button) for place in places for _ in range(times)]
        def long_press():
            hands.press_at(*places[-1])
            time.sleep(0.8)
            hands.move(width - 2, 2)  # let go elsewhere: a press, but nobody's button
            hands.release()
        yield "right button", everywhere(3)
        yield "right button twice", everywhere(3, 2)
        yield "middle button", everywhere(2)
        yield "wheel", lambda: [hands.click(*places[0], button) for button in (4, 5, 6, 7)]
        yield "back and forward buttons", lambda: [hands.click(*places[0], button) for button in (8, 9)]
        yield "long press", long_press
        yield "drag off the edge", lambda: drag((width // 2, 4), (width - 1, height // 2))
        yield "drag from the edge", lambda: drag((width - 1, height // 2), (width // 3, height // 2 - 30))
        yield "Alt+drag", lambda: drag(places[0], (30, 30), 1, ["Alt_L"])
        yield "Alt+right drag", lambda: drag(places[0], (30, 30), 3, ["Alt_L"])
        yield "Alt+middle button", lambda: drag(places[0], places[0], 2, ["Alt_L"])
        yield "Ctrl+wheel", lambda: drag(places[0], places[0], 4, ["Control_L"])
        yield "Ctrl+Alt+wheel", lambda: drag(places[0], places[0], 5, ["Control_L", "Alt_L"])
        yield "Super+drag", lambda: drag(places[0], (30, 30), 1, ["Super_L"])

    def _held_click(self):
        hands = self.screen.hands
        for key in ("Control_L", "Alt_L"):
            hands._fake(X.KeyPress, hands._code(key))
        hands.click(4, 4, 3)
        for key in ("Alt_L", "Control_L"):
            hands._fake(X.KeyRelease, hands._code(key))

    # What must not change.

    def _look_before(self):
        self.page = self.screen.screen()
        self.session = self.screen.session()
        self.windows = self._windows()
        self.programs = self._programs()

    def _try(self, page, name, trick):
        self.tried += 1
        trick()
        self.screen.hands.display.sync()
        reason = self._changed()
        if reason and not self._calm():
            self.out.append(f"{self.manager}, on {page}, {name}: {self._changed()}")
            if len(self.out) > 5:
                raise Failed("ways out:\n  " + "\n  ".join(self.out))
            self._recover()

    def _calm(self):
        """The kiosk may take a moment to cover what came up, and openbox shows the name of a desktop for 0.9 s; what stays for
        longer is a way out."""
        return wait_until(lambda: not self._changed(), 1.5, step=0.05)

    def _changed(self):
        if self.screen.session() != self.session:
            return "the session ended"
        if self.screen.screen() != self.page:
            return f"the page changed to {self.screen.screen()}"
        windows = self._windows()
        if windows != self.windows:
            return f"windows: {self.windows} → {windows}"
        if self._programs() != self.programs:
            return f"processes: {self.programs} → {self._programs()}"
        if not self._focused():
            return "the keyboard's focus is not in the kiosk"
        return ""

    def _windows(self):
        """Mapped windows that anybody could see, by size and class, uppermost last."""
        seen = []
        for window in self.screen.hands.root.query_tree().children:
            try:
                about = window.get_attributes()
                place = window.get_geometry()
            except Exception:  # gone meanwhile
                continue
            if about.map_state == X.IsViewable and about.win_class == X.InputOutput and place.width > 2 and \
                    place.x + place.width > 0 and place.y + place.height > 0:
                seen.append((place.x, place.y, place.width, place.height))
        return seen

    def _programs(self):
        return sorted(filter(None, (program_of(pid) for pid in descendants(self.screen.process.pid)
                                    if program_of(pid) not in ("tram-camera", "sleep"))))

    def _focused(self):
        window = self.screen.hands.display.get_input_focus().focus
        while window not in (X.NONE, X.PointerRoot) and window != self.screen.hands.root:
            if window.get_wm_class() and "tram-kiosk" in " ".join(window.get_wm_class()).lower():
                return True
            window = window.query_tree().parent
        return False

    # Ways.

    def _go(self, page, steps):
        for step in steps:
            if step.endswith("*"):
                self.screen.wait(lambda: self.screen.ids(step[:-1]), 15, step)
                step = self.screen.ids(step[:-1])[0]
            self.screen.press(step)
        self.screen.wait_screen(page)
        if steps and (field := steps[-1]) in FIELDS:  # the keyboard has slid in, and the page made room
            self.screen.wait(lambda: self.screen.page()["focus"] == field and self.screen.view("key.hide"), 10, f"{field} to have the focus")
            self.screen.aim(field)

    def _home(self):
        if self.screen.screen() != "attract":
            self.screen.end()

    def _recover(self):
        for _ in range(3):
            self.screen.hands.chord("Escape")
        self._look_before()

    def _locked_down(self):
        """What no client can withstand is forbidden by files; here they are at least what they say."""
        wanted = {
            "xorg.conf": ['"DontVTSwitch" "true"', '"DontZap" "true"', "srvrkeys:none"],
            "logind.conf": ["NAutoVTs=0", "ReserveVT=0", "HandlePowerKey=ignore"],
            "sysctl.conf": ["kernel.sysrq = 0", "kernel.core_pattern = |/bin/false", "fs.suid_dumpable = 0"],
            "system.conf": ["CtrlAltDelBurstAction=none"],
            "masked-units": ["ctrl-alt-del.target", "getty@.service"],
        }
        for name, lines in wanted.items():
            with open(os.path.join(TREE, "installer/session", name), encoding="utf-8") as file:
                text = file.read()
            for line in lines:
                if line not in text:
                    raise Failed(f"installer/session/{name} does not say {line}")


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--by-itself", choices=("short", "all"), help="then the same without our session")
    sys.exit(run(lambda rig: Escape(rig).run(), parser.parse_args()))
