"""*Quét* in the real kiosk over the real tram-camera and its synthetic scene: what is held up is read and comes to its page; a
camera's process that is killed or hangs is started anew, twice, then the page says so; it never outlives the look, the session
or the kiosk."""

import os
import signal
import sys

from rig import Failed, Screen, arguments, descendants, program_of, read, run, wait_until

STARTS = 3  # once, and twice more (device/CameraClient.h)


def alive(pid):
    """A zombie has ended: it waits for whoever inherited it."""
    return read(f"/proc/{pid}/stat").rpartition(")")[2].split()[:1] not in ([], ["Z"])


class Scene:
    def __init__(self, rig):
        self.rig = rig

    def run(self):
        self.rig.city()
        self.screen = Screen(self.rig.stage, self.rig.server(), self.rig.root)
        self.screen.start()
        self.what_is_held_up_is_read()
        self.killed_again_and_again()
        self.hanging()
        self.ends_with_the_session()
        self.ends_with_the_kiosk()

    def what_is_held_up_is_read(self):
        self.screen.press("start")
        self.screen.press("tile.scan")
        self.is_read("scan_citizen_card")

    def killed_again_and_again(self):
        """Before the scene has come to its receipt: that takes each process two seconds."""
        self.look_again()
        killed = []
        for _ in range(STARTS):
            killed.append(self.camera(other_than=killed))
            os.kill(killed[-1], signal.SIGKILL)
        self.screen.wait_screen("scan_problem", 20)
        self.screen.wait_view("again")
        if self.cameras():
            raise Failed("a camera's process that was given up is started once more")
        self.look_again()  # by hand, all begins anew
        self.is_read("dossier_status")

    def hanging(self):
        self.look_again()
        hangs = self.camera()
        os.kill(hangs, signal.SIGSTOP)
        self.camera(other_than=[hangs])
        self.gone([hangs], "a process that hangs")
        self.is_read("scan_citizen_card")

    def ends_with_the_session(self):
        self.look_again()
        looking = self.camera()
        self.screen.end()
        self.gone([looking], "a wipe")

    def ends_with_the_kiosk(self):
        self.screen.press("start")
        self.screen.press("tile.scan")
        looking, session = self.camera(), self.screen.session()
        os.kill(self.screen.pid, signal.SIGKILL)
        self.gone([looking], "a kiosk that was killed")
        self.screen.wipe_from(session)
        if self.cameras():
            raise Failed("a camera runs on the attract page")

    # Steps.

    def look_again(self):
        """What has a page of its own took the place of the one that looks."""
        if self.screen.screen() == "dossier_status":
            self.screen.press_for("back", "home")
            self.screen.press_for("tile.scan", "scan_looking")
        else:
            self.screen.press_for("again", "scan_looking")

    def is_read(self, page):
        """The scene goes on where it was: card, receipt, card."""
        self.screen.wait_screen(page, 60)
        if not wait_until(lambda: not self.cameras(), 20):
            raise Failed("the camera is on though nobody looks")

    def cameras(self):
        return [pid for pid in descendants(self.screen.process.pid) if program_of(pid) == "tram-camera" and alive(pid)]

    def camera(self, other_than=()):
        """The process that looks now."""
        found = wait_until(lambda: [pid for pid in self.cameras() if pid not in other_than], 30, step=0.01)
        if not found:
            raise Failed(f"no camera was started after {list(other_than)}; on {self.screen.screen()}")
        return found[0]

    @staticmethod
    def gone(pids, after):
        if not wait_until(lambda: not any(alive(pid) for pid in pids), 20, step=0.01):
            raise Failed(f"the camera's process outlives {after}")


if __name__ == "__main__":
    sys.exit(run(lambda rig: Scene(rig).run(), arguments(__doc__).parse_args()))
