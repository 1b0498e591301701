"""One resident, one pretend city, a good day and an interrupted line: the whole first issue, walked with hand and eye."""

import json
import os
import re
import shutil
import subprocess
import time
import urllib.parse
import urllib.request

from kiosk import Kiosk
from processes import Failed, wait_until
from words_and_codes import Words, unknown_code, with_a_slip

# Typed as people type: the tone after the final consonant, at the end, or where it falls.
TELEX = "Nuowcs ngaapj ddeens ddaauf goois, xe khoong qua dduwowcj."
SPOKEN = "Nước ngập đến đầu gối, xe không qua được."
OFFLINE_TELEX = "DDenf dduongwf nhaps nhays ba ddeem nay."
TRUTHS = ("kept", "gateway", "taken")


class Walk:
    def __init__(self, stage, display_env, directory, out):
        self.stage = stage
        self.out = out
        self.words = Words(stage.tree, stage.language)
        self.kiosk = Kiosk(stage, display_env, directory, out)
        self.code = self.offline_code = self.receipt_url = ""

    def run(self):
        steps = [
            ("attract page", self.attract), ("home", self.home), ("choose a field", self.field),
            ("say what happened, in Telex", self.text), ("say where", self.place), ("add a picture", self.picture),
            ("say who, and consent", self.who), ("check and send", self.send), ("receipt: three truths", self.truths),
            ("it is at the gateway", self.arrived), ("the answer is back", self.answered),
            ("the receipt's QR opens the answer", self.phone), ("follow by code", self.follow),
            ("a slip in the code shows", self.slip), ("a right code, not there yet", self.not_arrived),
            ("the line breaks", self.line_breaks),
            ("a report without a line", self.offline_report), ("it goes by itself", self.goes_by_itself), ("the operator's queue", self.queue), ("the end: a new process", self.end), ("walking away", self.walk_away),
        ]
        started = time.monotonic()
        try:
            for name, step in steps:
                begun = time.monotonic()
                step()
                print(f"  {name:<36}{time.monotonic() - begun:7.2f} s", flush=True)
        except (Failed, subprocess.SubprocessError, KeyError, ValueError) as reason:
            return self._failed(name, reason)
        print(f"  all of it{'':<27}{time.monotonic() - started:7.2f} s, {self.kiosk.shots} pictures in build/smoke")
        return 0

    def _failed(self, name, reason):
        print(f"  {name}: FAILED\n\n{reason}\n", flush=True)
        try:
            self.kiosk.shot("failed")
        except (Failed, OSError, subprocess.SubprocessError):
            pass
        shutil.copytree(self.stage.processes.log_dir, os.path.join(self.out, "logs"), dirs_exist_ok=True)
        for program in ("kiosk", "agent", "gateway"):
            print(f"--- {program}\n{self.stage.processes.log_tail(program)}")
        print("logs, and a picture of the moment: build/smoke")
        return 1

    # A report, step by step.

    def attract(self):
        self.kiosk.start()
        self.kiosk.wait_view("start", 20)
        self.session = self.kiosk.page()["session"]
        self.kiosk.shot("attract")

    def home(self):
        self.kiosk.press("start")
        self.kiosk.wait_view("tile.feedback")
        self.kiosk.wait(self.online, 15, "the status bar to say online")
        self.kiosk.shot("home")

    def field(self):
        self.kiosk.press("tile.feedback")
        self.kiosk.wait(lambda: self.kiosk.ids("field."), 15, "1022's fields")
        self.kiosk.shot("field")
        self.kiosk.press(self.kiosk.ids("field.")[1])

    def text(self):
        self.kiosk.press("text")
        self.kiosk.type(TELEX)
        self.switch_language()
        self.kiosk.shot("text-other-language")
        self.switch_language()
        self.kiosk.shot("text")
        self.kiosk.press("next")

    def place(self):
        self.kiosk.wait_view("ward.27154")
        self.kiosk.press("ward.27154")
        self.kiosk.press("address")
        self.kiosk.type("hemr 51 Nguyeenx Thieenj Thuaatj")
        self.kiosk.shot("place")
        self.kiosk.press("next")

    def picture(self):
        self.kiosk.press("sample.0")
        self.kiosk.wait(lambda: self.kiosk.ids("picture."), 15, "the picture to be prepared")
        self.kiosk.shot("pictures")
        self.kiosk.press("next")

    def who(self):
        self.kiosk.press("who.name_hidden")
        self.kiosk.press("name")
        self.kiosk.type("Traanf Thij Lan")
        self.kiosk.press("phone")
        self.kiosk.type("0903123456")
        self.kiosk.press("consent")
        self.kiosk.shot("who")
        self.kiosk.press("next")

    def send(self):
        self.kiosk.wait_view("send")
        self.kiosk.shot("check")
        self.kiosk.press("send")
        self.code = self.receipt_code()

    def truths(self):
        for truth in TRUTHS:
            self.kiosk.wait(lambda: self.true(truth), 30, f"the truth '{truth}'")
        self.receipt_url = self.read_qr(self.kiosk.shot("receipt"))

    def arrived(self):
        status, body = self.stage.get(f"/v1/feedback/{self.code}")
        if status != 200:
            raise Failed(f"GET /v1/feedback/{self.code}: {status} {body}")
        if "opened" in json.loads(body) or SPOKEN in body:
            raise Failed(f"the tracking code alone tells more than the state: {body}")

    def answered(self):
        self.kiosk.wait(lambda: self.kiosk.view("receipt.answer"), 45, "1022's answer on the receipt")
        if self.state(self.code) not in ("answered", "refused"):
            raise Failed(f"the kiosk shows an answer, the gateway says {self.state(self.code)}")
        self.kiosk.shot("answer")

    def phone(self):
        """What a phone does: opens the QR's address, and asks with the secret from its fragment."""
        link = urllib.parse.urlparse(self.receipt_url)
        status, body = self.stage.get(link.path)
        if status != 200 or "<html" not in body.lower():
            raise Failed(f"{link.path}: {status}")
        request = urllib.request.Request(f"{self.stage.url}/v1/feedback/{self.code}",
                                         headers={"Receipt-Secret": link.fragment})
        with urllib.request.urlopen(request, timeout=10) as answer:
            opened = json.load(answer)["opened"]
        if opened["text"] != SPOKEN:
            raise Failed(f"typed in Telex, arrived as: {opened['text']}")
        if not opened["answer"]:
            raise Failed("1022's answer is empty")

    # Following, and a line that breaks.

    def follow(self):
        self.go_home()
        self.kiosk.press("tile.follow")
        self.ask_for(self.code)
        self.kiosk.wait_screen("follow_status", 15)
        self.kiosk.wait_view("state")
        self.kiosk.shot("follow")

    def slip(self):
        self.kiosk.press_for("back", "follow_code")
        self.kiosk.type(with_a_slip(self.code).lower())
        self.kiosk.wait(lambda: not self.kiosk.view("ask")["enabled"], 5, "the slip to be caught")
        self.kiosk.shot("follow-slip")
        self.kiosk.press("back")

    def not_arrived(self):
        self.go_home()
        self.kiosk.press("tile.follow")
        self.ask_for(unknown_code(self.code))
        self.kiosk.wait_screen("follow_not_arrived", 15)
        self.kiosk.shot("follow-not-arrived")

    def line_breaks(self):
        self.stage.stop_gateway()
        self.kiosk.wait(lambda: not self.online(), 5, "the status bar to say offline")
        self.kiosk.shot("offline")

    def offline_report(self):
        self.go_home()
        self.kiosk.press("tile.feedback")
        self.kiosk.wait(lambda: self.kiosk.ids("field."), 15, "the cached fields")
        self.kiosk.press(self.kiosk.ids("field.")[0])
        self.kiosk.press("text")
        self.kiosk.type(OFFLINE_TELEX)
        self.kiosk.press("next")
        self.kiosk.press("ward.27154")
        self.kiosk.press_for("next", "feedback_pictures")
        self.kiosk.press_for("next", "feedback_who")
        self.kiosk.press("who.anonymous")
        self.kiosk.press("consent")
        self.kiosk.press("next")
        self.kiosk.press("send")
        self.offline_code = self.receipt_code()
        if not self.true(TRUTHS[0]) or self.true(TRUTHS[1]):
            raise Failed("offline, a receipt must say kept, and no more")
        self.kiosk.shot("receipt-offline")

    def goes_by_itself(self):
        self.stage.start_gateway()
        self.stage.wait_for_gateway()
        self.kiosk.wait(lambda: self.true(TRUTHS[1]), 60, "the gateway to have it")
        self.kiosk.wait(self.online, 10, "the status bar to say online")
        if not self.state(self.offline_code):
            raise Failed(f"{self.offline_code} is not at the gateway")
        self.kiosk.shot("receipt-arrived")

    def queue(self):
        listing = self.stage.tool("queue", "list", "--config", self.stage.config)
        if self.code in listing or "Lan" in listing:
            raise Failed(f"the queue listing tells too much:\n{listing}")
        self.stage.tool("doctor", "--config", self.stage.config)

    def end(self):
        self.kiosk.press("end")
        self.wiped(10)
        self.kiosk.shot("attract-again")

    def walk_away(self):
        """Idle, then the countdown, then the wipe: with the shortest times that a config may have."""
        self.session = self.kiosk.page()["session"]
        self.kiosk.press("start")
        self.kiosk.wait_view("countdown.stay", 70)
        self.kiosk.shot("countdown")
        self.wiped(30)

    def wiped(self, seconds):
        """The same process id, another life: execv."""
        self.kiosk.wait(lambda: self.kiosk.page().get("session") != self.session and self.kiosk.view("start"), seconds,
                        "a new process on the attract page")
        if self.kiosk.process.poll() is not None:
            raise Failed("the wipe replaces the process; this one ended")

    # Looking.

    def online(self):
        return self.kiosk.name("link") == self.words["status.online"]

    def true(self, truth):
        return self.kiosk.name(f"truth.{truth}").startswith(self.words[f"receipt.truth.{truth}"])

    def switch_language(self):
        before = self.kiosk.page()["lang"]
        self.kiosk.press("language")
        self.kiosk.wait(lambda: self.kiosk.page()["lang"] != before, 5, "the other language")

    def receipt_code(self):
        self.kiosk.wait_view("receipt.code", 15)
        return re.sub("[^0-9A-Z]", "", self.kiosk.name("receipt.code"))

    def state(self, code):
        status, body = self.stage.get(f"/v1/feedback/{code}")
        return json.loads(body)["state"] if status == 200 else ""

    def go_home(self):
        while not self.kiosk.view("tile.follow"):
            before = self.kiosk.screen()
            self.kiosk.press("home" if self.kiosk.view("home") else "back")
            self.kiosk.wait(lambda: self.kiosk.screen() != before, 10, f"the page before {before}")

    def ask_for(self, code):
        self.kiosk.wait_screen("follow_code")
        self.kiosk.type(code.lower())
        self.kiosk.press("ask")

    @staticmethod
    def read_qr(picture):
        done = subprocess.run(["ZXingReader", "-format", "QRCode", picture], capture_output=True, text=True, timeout=60)
        found = re.search(r'"?(https?://[^\s"]+)', done.stdout)
        if not found:
            raise Failed(f"no QR to be read in {picture}:\n{done.stdout}")
        return found.group(1)
