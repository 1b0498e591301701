#!/usr/bin/env python3
"""A queue of an office in a shape that is nobody's of ours: desks as a map inside an envelope, truths as numbers, days as people write
them. Standard library only.     queue.py PORT_FILE

Office 00002 never answers, 00003 says 500, 00004 is no JSON. Desk "q9" has no numbers left, "q8" rests."""

import json
import os
import sys
import threading
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import jsonhouse

given, appointments, asked, messages = {}, {}, [], []
lock = threading.Lock()


class Queue(jsonhouse.House):
    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        query = {key: value[0] for key, value in urllib.parse.parse_qs(address.query).items()}
        if address.path == "/asked":
            return self.answer(200, asked)
        if address.path == "/messages":
            return self.answer(200, messages)
        if self.headers.get("X-Api-Key") != jsonhouse.KEY:
            return self.answer(401, {"loi": "khoá"})
        if address.path == "/quay":
            office = query.get("phuong", "")
            if office == "00002":
                return threading.Event().wait()
            if office == "00003":
                return self.answer(500, {"loi": "máy chủ"})
            if office == "00004":
                return self.answer(200, b"<html>Bao tri</html>", "text/html")
            if office != "27154":
                return self.answer(404, {})
            desks = [{"ma": "q1", "ten": "Hộ tịch\u202e", "mo": 1, "cho": "3", "phut": 12, "tt": [{"x": 1}, "khai-sinh"]},
                     {"ma": "q9", "ten": "Đất đai", "mo": 1, "con": 0}, {"ma": "q8", "ten": "Thuế", "mo": 0, "moLai": "13:00"},
                     {"ma": "../x", "ten": "Xấu", "mo": 1}, {"ma": "q7", "ten": "", "mo": 1}]
            return self.answer(200, {"kq": {"ten": "Trung tâm", "quay": desks, "lich": [{"n": "01/12/2030", "s": 1, "c": 0}, {"n": "hôm qua"}]}})
        if address.path == "/luot":
            return self.answer(200, {"truoc": 1, "qua": 0})
        if address.path == "/hen":
            one = appointments.get(query.get("so", ""))
            if not one:
                return self.answer(404, {})
            return self.answer(200, {"tt": "DUYET", "ngay": "/".join(reversed(one["ngay"].split("-"))), "gio": "09:15", "quay": "Quầy 2"})
        self.answer(404, {})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/nhan":
            messages.append(body)
            return self.answer(202, {})
        if self.headers.get("X-Api-Key") != jsonhouse.KEY:
            return self.answer(401, {})
        with lock:
            asked.append(body)
            if self.path == "/lay":
                if body["quay"] == "q9":
                    return self.answer(200, {"ly_do": "HET"})
                number = given.setdefault(body["yeu_cau"], 100 + len(given))
                return self.answer(200, {"phieu": {"so": number, "truoc": 3}})
            if self.path == "/dat":
                one = appointments.setdefault(body["yeu_cau"], {"so": "L" + str(len(appointments) + 1), "ngay": body["ngay"]})
                appointments[one["so"]] = one
                return self.answer(200, {"so": one["so"]})
            if self.path == "/huy":
                return self.answer(200, b"da huy", "text/plain") if appointments.pop(body["so"], None) else self.answer(404, {})
        self.answer(404, {})


jsonhouse.serve(Queue, sys.argv[1])
