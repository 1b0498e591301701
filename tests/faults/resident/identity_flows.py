"""The canary's ways through login, *Quét* and pictures from a phone. Each ends with a look at everything."""

import base64
import datetime
import json
import os
import subprocess

from phone import Phone
from rig import Failed, descendants, program_of
from xray import needles_of

# Nobody has these cards. A hand scanner types letters that keyboards have; the camera reads all of them.
TYPED_CARD = {"number": "079085447193", "old": "024447193", "name": "Doan Khuyen Hoang", "address": "938/47 Nguyen Quynh"}
SHOWN_CARD = {"number": "079085938471", "old": "025938471", "name": "Kiều Viết Quỵnh", "address": "47/938 Nguyễn Hoẵng, Phường Thuở"}


def text_of(card):
    return "{number}|{old}|{name}|17041985|Nam|{address}|09082021".format(**card)


def in_base64(text):
    """As it stands somewhere in a JWT: three alignments, without the letters that neighbours share."""
    raw = text.encode()
    return {raw.hex() + str(shift): base64.urlsafe_b64encode(b"\0" * shift + raw)[4 if shift else 0:-4] for shift in range(3)}


def of_person(texts):
    """Needles of words that no hand typed."""
    needles = needles_of({name: (text, text) for name, text in texts.items()})
    for name, text in texts.items():
        needles |= {f"{name}/base64/{label}": piece for label, piece in in_base64(text).items() if len(piece) >= 8}
    return needles


def lan(tree):
    """The pretend VNeID's resident "lan" (resources/demo/vneid.json), who is as old today as the file says."""
    with open(os.path.join(tree, "resources/demo/vneid.json"), encoding="utf-8") as file:
        person = next(one for one in json.load(file)["people"] if one["id"] == "lan")
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))).date()
    year = today.year - person["age"] - ((today.month, today.day) < (person["month"], person["day"]))
    return {"vneid-name": person["name"], "vneid-phone": person["phone"].replace(" ", ""),
            "vneid-number": f"{person['place']}{1 if year < 2000 else 3}{year % 100:02d}{person['serial']}",
            "vneid-born": f"{year}-{person['month']:02d}-{person['day']:02d}"}


class IdentityFlows:
    def login_abandoned(self):
        """The code is on the screen, and they think better of it."""
        self.screen.press("start")
        self.screen.press("tile.login")
        self._code_on_show()
        self.screen.press("cancel")
        self.screen.wait_screen("home")
        self.screen.end()
        self.nothing_left("after a code for the phone")

    def login_report(self):
        """Logs in on the way of a report, whose name and number then stand there; comes again and finds it listed."""
        screen = self.screen
        self.to_check(until="pictures")
        screen.press("next")
        screen.wait_screen("feedback_who")
        screen.press("who.login")
        self._log_in()
        screen.press("carry_on")
        screen.wait_screen("feedback_who")
        screen.press("who.named")
        self._caught_person("filled in")
        self.consented = False
        self.forward_to_check()
        screen.press("send")
        screen.wait_view("receipt.code", 20)
        person = self.secrets
        self.remember_code()
        self.secrets |= person
        self._caught_person("on the receipt")
        screen.end()
        self.nothing_left("after a report by name")
        screen.press("start")
        screen.press("tile.login")
        self._log_in()
        screen.press("reports")
        screen.wait_view(f"report.{self.code}", 20)
        self.secrets["code/plain"] = self.code.encode()
        self.caught("own reports", {"code/plain": self.code.encode()})
        screen.end()
        self.nothing_left("after own reports")

    def hand_scanned_card(self):
        """A card from home, its name into a report."""
        screen = self.screen
        screen.press("start")
        screen.wait_view("tile.scan")
        self.secrets = of_person(TYPED_CARD)
        screen.type(text_of(TYPED_CARD))
        screen.hands.chord("Return")
        screen.wait_screen("scan_citizen_card")
        self._caught_person("a card by hand scanner")
        screen.press("use")
        screen.wait(lambda: screen.ids("field."), 15, "1022's fields")
        self._caught_person("its name in a report")
        screen.end()
        self.nothing_left("after a card by hand scanner")

    def camera_card(self):
        """A card before the camera."""
        screen = self.screen
        screen.press("start")
        screen.press("tile.scan")
        self.secrets = of_person(SHOWN_CARD)
        screen.wait_screen("scan_citizen_card", 30)
        self._caught_person("a card by camera")
        screen.end()
        self._no_camera()
        self.nothing_left("after a card by camera")

    def phone_pictures(self):
        screen = self.screen
        self.to_check(until="place")
        screen.press("next")
        screen.press("phone.pictures")
        screen.wait_view("phone.state", 15)
        link = self._link_on_screen()
        self.secrets = {"link": link.rsplit("/", 1)[1].encode()}
        self.caught("a link on show", self.secrets)
        Phone(self.rig.stage.url).send_picture(link, os.path.join(self.rig.stage.more_keys["sample_dir"], "hinh.jpg"))
        screen.wait(lambda: screen.ids("picture."), 20, "the phone's picture")
        self.caught("a picture from a phone", self.picture_needles)
        screen.end()
        self.nothing_left("after a picture from a phone")

    # Steps.

    def card_before_camera(self):
        """The folder of pictures that the camera sees."""
        directory = os.path.join(self.rig.root, "pictures", "camera")
        os.mkdir(directory)
        draw = os.path.join(os.path.dirname(self.rig.options.scan), "draw_symbol")
        symbol = subprocess.run([draw], input=text_of(SHOWN_CARD).encode(), capture_output=True, check=True, timeout=30).stdout
        subprocess.run(["convert", "pgm:-", "-background", "gray70", "-gravity", "center", "-extent", "1280x720",
                        os.path.join(directory, "card.png")], input=symbol, check=True, timeout=60)
        return directory

    def _code_on_show(self):
        self.screen.wait_view("login.code", 15)
        code = self.screen.name("login.code")
        self.secrets = {"user-code": code.encode(), "user-code/utf-32-le": code.encode("utf-32-le")}
        self.caught("a code for the phone", self.secrets)
        return code

    def _log_in(self):
        code = self._code_on_show()
        Phone(self.rig.stage.url).log_in(code, "lan")
        self.screen.wait_screen("login_approved", 20)
        self.secrets |= of_person(lan(self.rig.stage.tree))
        self._caught_person("greeted")

    def _caught_person(self, when):
        self.caught(when, self.secrets)

    def _link_on_screen(self):
        """Read as a phone would: from the picture of the screen."""
        picture = os.path.join(self.rig.root, "pictures", "screen.png")
        subprocess.run(["import", "-window", "root", picture], env=dict(os.environ, **self.server.env), check=True, timeout=30)
        told = json.loads(self.rig.stage.tool("scan", "--json", picture))
        os.remove(picture)
        links = [code["text"] for code in told["codes"] if code["text"].startswith(self.rig.stage.url)]
        if len(links) != 1:
            raise Failed(f"{len(links)} links of the gateway on the page")
        return links[0]

    def _no_camera(self):
        self.screen.fresh()
        left = [pid for pid in descendants(self.screen.process.pid) if program_of(pid) == "tram-camera"]
        if left:
            raise Failed(f"the camera's programs {left} outlive the session")
