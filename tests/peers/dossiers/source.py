#!/usr/bin/env python3
"""A city's system that knows where dossiers stand, in a shape that is nobody's of ours: a list inside an envelope, states in
capitals, days as people write them, money as text. Standard library only.     source.py PORT_FILE

What a code ends in decides how it behaves: 0002 never answers, 0003 says 500, 0004 is no JSON, 0007 is another's dossier."""

import json
import os
import sys
import threading
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import jsonhouse

asked = []


def dossier(code, **more):
    return {"maSo": code.lower(), "thuTuc": {"ten": "Cấp phép  xây dựng\u202e", "ma": 1.012}, "trangThai": "DXL", "ten": "Nguyễn Văn Kín",
            "nop": "TT", "tiepNhan": "16/11/2026 08:15", "henTra": "27/11/2026", "donVi": "Phòng Kinh tế",
            "lichSu": [{"tt": "DXL", "luc": "17/11/2026 09:00"}, {"tt": "DTN", "luc": "16/11/2026 08:15", "o": "Quầy 1"},
                       {"tt": "DXL", "luc": "17/11/1926 09:00"}, {"tt": "DXL", "luc": "hôm qua"}], **more}


PAPERS = {"trangThai": "BSGT", "yeuCau": {"giayTo": [{"t": "Bản vẽ"}, {"t": ""}], "phi": "150000", "qr": "00020101|X",
                                          "han": "04/12/2026", "noi": "Quầy 2"}}
BEHAVIOUR = {"0005": {"trangThai": "CHO_KY", "trangThaiTen": "Chờ ký số"}, "0006": {"tiepNhan": "01/01/1970 00:00", "henTra": "30/02/2026"},
             "0008": PAPERS, "0009": {"trangThai": 9}}


class Source(jsonhouse.House):
    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        if address.path == "/asked":
            return self.answer(200, asked)
        asked.append(self.path)
        if self.headers.get("X-Api-Key") != jsonhouse.KEY:
            return self.answer(401, {"loi": "khoá"})
        code = urllib.parse.parse_qs(address.query).get("ma", [""])[0]
        end = code[-4:]
        if end == "0002":
            return threading.Event().wait()
        if end == "0003":
            return self.answer(500, {"loi": "máy chủ"})
        if end == "0004":
            return self.answer(200, b"<html>Bao tri</html>", "text/html")
        if end == "0007":
            return self.answer(200, {"kq": {"ds": [dossier("H29.1-261116-9999")]}})
        if end not in ("0001", *BEHAVIOUR):
            return self.answer(200, {"kq": {"ds": []}})
        self.answer(200, {"kq": {"ds": [dossier("H29.1-261116-9999"), dossier(code, **BEHAVIOUR.get(end, {}))]}})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked.append(self.path)
        number = body["loc"]["soDinhDanh"]
        if len(number) != 12:
            return self.answer(400, {})
        self.answer(200, {"ds": [dossier("H29.1-261116-0001"), dossier("not a code"),
                                 dossier("H29.1-261117-0008", tiepNhan="17/11/2026 10:00", **PAPERS)]})


jsonhouse.serve(Source, sys.argv[1])
