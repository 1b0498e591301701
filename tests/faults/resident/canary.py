"""A canary resident goes through every flow; afterwards not one byte of them is anywhere (STANDARDS 13; issue 3, point 5).

Before each wipe the scan must find the canary in the kiosk's memory, else the test is void and fails. After it nothing may be in:
the kiosk (the same process id), its session, window manager, X server (its pixels too), agent; store, attachments, cache, logs,
runtime directory, HOME, new files in /tmp, /var/tmp, /dev/shm, /run; X selections, cut buffers, window properties; environments and
arguments of all of these; core files. Reading other processes takes root (or `sudo -n`).
"""

import os
import signal
import sys
import time

from identity_flows import IdentityFlows
from looks import Looks
from rig import Failed, SHORTEST, Screen, arguments, read, run
from xray import needles_of

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


class Canary(IdentityFlows, Looks):
    def __init__(self, rig):
        super().__init__(rig, needles_of(RESIDENT))
        self.idler_needles = needles_of(IDLER)

    def run(self):
        rig = self.rig
        rig.stage.more_keys["sample_dir"] = self._picture()
        rig.stage.more_keys["camera"] = {"source": "folder", "path": self.card_before_camera()}
        rig.city()
        self.server = rig.server()
        self.screen = Screen(rig.stage, self.server, rig.root)
        self.screen.start()
        self.session = self.screen.fresh()
        self._baseline()
        idler = self._idler()
        self._walk(self.whole_report, *self.abandoned(), self.offline_report, self.follow, self.crash_abort, self.crash_fault)
        # Each fresh kiosk ends its station's logins, and the idler's is one of the same station.
        self._idle_end(idler)
        self._walk(self.login_abandoned, self.login_report, self.hand_scanned_card, self.camera_card, self.phone_pictures)
        print(f"  {len(self.needles) + len(self.idler_needles)} needles, {self.wipes} wipes, {self.looks} looks at everything")

    def _walk(self, *flows):
        for flow in flows:
            if self.rig.options.flow in ("", flow.__name__):
                began = time.monotonic()
                flow()
                print(f"  {flow.__name__:<28}{time.monotonic() - began:6.1f} s", flush=True)

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
        screen.focus("address")
        screen.press_until("key.method", lambda: screen.name("key.method") == "Telex")  # off in English
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
        screen.press("confirm")
        screen.wait(lambda: screen.ids("done") or screen.ids("retry"), 15, "whether the staff was told")
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


def options():
    parser = arguments(__doc__)
    parser.add_argument("--flow", default="", help="this one only, to look closer")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(run(lambda rig: Canary(rig).run(), options(), more_keys=SHORTEST))
