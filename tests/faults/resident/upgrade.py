"""A kiosk at rest takes up the program that an upgrade has put in its place (STANDARDS 16), and only at rest: the resident
before it keeps the old one to the end of the session. The new file is renamed over the old one, as dpkg does it."""

import os
import shutil
import sys

from rig import Failed, Screen, arguments, run


class Upgrade:
    def __init__(self, rig):
        self.rig = rig
        self.installed = os.path.join(rig.root, "installed")

    def run(self):
        rig = self.rig
        rig.city()
        for name in ("tram-kiosk", "tram-camera"):
            self.install(name)
        os.symlink(os.path.join(rig.options.build, "share"), os.path.join(self.installed, "share"))
        rig.stage.build = self.installed
        self.screen = Screen(rig.stage, rig.server(), rig.root)
        self.screen.start()
        self.at_rest()
        self.not_in_a_session()

    def install(self, name):
        """As dpkg: beside it, then over it. Each is another file, though the bytes are the same."""
        place = os.path.join(self.installed, "bin", name)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        shutil.copy(os.path.join(self.rig.options.build, "bin", name), place + ".dpkg-new")
        os.rename(place + ".dpkg-new", place)

    def runs_the_installed(self):
        """False while /proc tells of a deleted file."""
        running = os.stat(f"/proc/{self.screen.pid}/exe")
        there = os.stat(os.path.join(self.installed, "bin/tram-kiosk"))
        return (running.st_dev, running.st_ino) == (there.st_dev, there.st_ino)

    def at_rest(self):
        session, pid = self.screen.fresh(), self.screen.pid
        self.install("tram-kiosk")
        if self.runs_the_installed():
            raise Failed("the installed program is the running one; nothing is proven")
        self.screen.wipe_from(session, seconds=60)
        if self.screen.pid != pid or not self.runs_the_installed():
            raise Failed("a kiosk at rest did not become the installed program")

    def not_in_a_session(self):
        self.screen.press("start")
        self.screen.wait_view("end")
        session = self.screen.session()
        self.install("tram-kiosk")
        self.screen.press("display")
        self.screen.press("back")
        if self.screen.session() != session or self.runs_the_installed():
            raise Failed("an upgrade ended somebody's session")
        self.screen.end()
        if not self.runs_the_installed():
            raise Failed("the wipe did not take up the installed program")


if __name__ == "__main__":
    sys.exit(run(lambda rig: Upgrade(rig).run(), arguments(__doc__).parse_args()))
