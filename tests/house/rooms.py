#!/usr/bin/env python3
"""Reads every #include of src/ and ui/: none goes up, sideways, or to a room that the build does not name.

    rooms.py TREE ROOMS.txt     the table that CMake wrote: path floor uses
    rooms.py --self-test        plants each kind of violation in a small tree, and must find it
"""

import os
import re
import sys
import tempfile

import cpp

# An outside library belongs to the rooms that wrap it (regular expressions on the including file's path).
OUTSIDE = {
    "wx/": r"ui/",
    "opencv2/": r"src/(scan|camera)/",
    "ZXing/": r"src/(qr|scan)/",
    "sodium": r"src/crypto/",
    "openssl/": r"src/oidc/",
    "curl/": r"src/net/",
    "pugixml.hpp": r"src/xml/",
    "sqlite3.h": r"src/(store|outbox|gateway)/",
    "SQLiteCpp/": r"src/(store|outbox|pack|map|gateway)/",
    "cairo": r"src/paper/",
    "pango/": r"src/paper/",
    "cups/": r"src/press/",
    "httplib.h": r"src/gateway/http/",
    "spdlog/": r"src/base/Log\.cpp$",
    # 3.4 s a translation unit: headers forward-declare (json_fwd.hpp); Scrub.h is for .cpp files that have it anyway.
    "nlohmann/json.hpp": r".*\.cpp$|src/strict/Scrub\.h$",
}
# Programs compose rooms and are nobody's room themselves.
PROGRAMS = ("src/agent", "src/camera", "src/print", "src/tool", "src/gateway")
# The city's side shares with the kiosk's only what both need: the formats and what lies below them, and how what the city
# publishes is read and worded.
GATEWAY, SHARED_FLOORS, SHARED_TOO = "src/gateway/", 4, {"src/catalogue"}


class Rooms:
    def __init__(self, table):
        self.floor, self.uses, names = {}, {}, {}
        for line in table.splitlines():
            path, floor, *uses = line.split()
            self.floor[path] = int(floor)
            self.uses[path] = uses[0].split(";") if uses else []
            names[re.sub("^src_", "", path.replace("/", "_"))] = path
        self.uses = {path: {names[name] for name in used if name in names} for path, used in self.uses.items()}

    def of(self, path):
        """The room a file stands in; a program counts as one, on the top floor; None outside the house."""
        inside = [room for room in (*self.floor, *PROGRAMS) if path.startswith(room + "/")]
        return max(inside, key=len, default=None)

    def may_use(self, room):
        """All a room may include from, itself left out. What it uses may be used through it."""
        if room in PROGRAMS:
            return set(self.floor)
        found, waiting = set(), list(self.uses[room])
        while waiting:
            used = waiting.pop()
            if used not in found:
                found.add(used)
                waiting += self.uses[used]
        return found


def _judge(rooms, path, target_path):
    """What is wrong with a quoted include that names `target_path`; None when nothing is."""
    room, target = rooms.of(path), rooms.of(target_path)
    if target is None:
        return "is in no room"
    if target == room:
        return None
    if target in PROGRAMS:
        return f"is of the program {target}"
    if room in rooms.floor and rooms.floor[target] >= rooms.floor[room]:
        return f"goes up: {room} is on floor {rooms.floor[room]}, {target} on {rooms.floor[target]}"
    if target not in rooms.may_use(room):
        return f"{room} does not use {target} in CMake"
    return None


def faults(top, rooms):
    for path in cpp.sources(top, "src", "ui"):
        if rooms.of(path) is None:
            yield f"{path}: is in no room"
            continue
        for line, quote, name in cpp.includes(cpp.read(top, path)):
            wrong = None
            for prefix, where in OUTSIDE.items():
                if name.startswith(prefix) and not re.match(where, path):
                    wrong = "does not belong here"
            if quote == '"':
                found = [base for base in ("src/" + name, name) if os.path.exists(os.path.join(top, base))]
                wrong = _judge(rooms, path, found[0]) if found else "is no file below src/ or the top"
            if wrong:
                yield f"{path}:{line}: #include of {name}: {wrong}"


def table_faults(rooms):
    """What is wrong with the build's own table, before any file is read."""
    for room in rooms.floor:
        for used in sorted(rooms.uses[room]):
            if rooms.floor[used] >= rooms.floor[room]:
                yield f"CMake: {room} (floor {rooms.floor[room]}) uses {used} (floor {rooms.floor[used]})"
            if used.startswith(GATEWAY) and not room.startswith(GATEWAY):
                yield f"CMake: {room} is the kiosk's and uses {used}, the gateway's"
            shared = used.startswith(GATEWAY) or used in SHARED_TOO or rooms.floor[used] <= SHARED_FLOORS
            if room.startswith(GATEWAY) and not shared:
                yield f"CMake: {room} is the gateway's and uses {used}, the kiosk's"


TABLE = "src/base 1 \nsrc/net 2 base\nsrc/store 2 base\nsrc/outbox 5 base;store\nui/kit 7 base\n"
CLEAN = {
    "src/base/A.h": "#pragma once\n#include <string>\n",
    "src/net/Http.cpp": '#include "net/Http.h"\n#include <curl/curl.h>\n#include "base/A.h"\n// #include "store/S.h"\n',
    "src/net/Http.h": "/* \n#include <wx/wx.h>\n*/\n",
    "src/store/S.h": "\n",
    "src/outbox/O.cpp": '#include "store/S.h"\n#include "base/A.h"\nchar c = \'"\';\n#include <nlohmann/json.hpp>\n',
    "src/agent/main.cpp": '#include "outbox/O.h"\n#include "net/Http.h"\n',
    "src/outbox/O.h": "\n",
    "ui/kit/K.h": '#include <wx/wx.h>\n#include "ui/kit/L.h"\n#include "base/A.h"\n',
    "ui/kit/L.h": "\n",
}
PLANTED = {
    "goes up": ("src/base/B.h", '#include "net/Http.h"\n'),
    "goes up: src/store": ("src/store/T.h", '#include "net/Http.h"\n'),
    "does not use": ("src/outbox/P.h", '#  include "net/Http.h"\n'),
    "wx/wx.h: does not belong": ("src/outbox/W.cpp", "#include <wx/wx.h>\n"),
    "opencv2/core.hpp: does not belong": ("ui/kit/C.cpp", "#include <opencv2/core.hpp>\n"),
    "nlohmann/json.hpp: does not belong": ("src/outbox/J.h", "#include <nlohmann/json.hpp>\n"),
    "is no file": ("src/net/N.h", '#include "Http.h"\n'),
    "of the program": ("src/net/M.cpp", '#include "agent/Agent.h"\n'),
    "is in no room": ("src/attic/A.h", "\n"),
}


def write(top, files):
    for path, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(top, path)), exist_ok=True)
        with open(os.path.join(top, path), "w", encoding="utf-8") as file:
            file.write(text)


def self_test():
    rooms = Rooms(TABLE)
    assert not list(table_faults(rooms))
    assert not list(table_faults(Rooms("src/catalogue 5 \nsrc/gateway/x 6 catalogue\n")))
    for table in ("src/base 1 net\nsrc/net 2 base\n", "src/base 1 \nsrc/gateway/x 5 base\nsrc/link 6 gateway_x\n",
                  "src/link 5 \nsrc/gateway/x 6 link\n"):
        assert len(list(table_faults(Rooms(table)))) == 1, table
    with tempfile.TemporaryDirectory() as top:
        write(top, {**CLEAN, "src/agent/Agent.h": "\n"})
        assert not list(faults(top, rooms)), list(faults(top, rooms))
    for expected, (path, text) in PLANTED.items():
        with tempfile.TemporaryDirectory() as top:
            write(top, {**CLEAN, "src/agent/Agent.h": "\n", path: text})
            found = list(faults(top, rooms))
            assert len(found) == 1 and path in found[0] and expected in found[0], (expected, found)
    print(f"{len(PLANTED)} planted violations found")


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    top, table = sys.argv[1:]
    with open(table, encoding="utf-8") as file:
        rooms = Rooms(file.read())
    found = [*table_faults(rooms), *faults(top, rooms)]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
