#!/usr/bin/env python3
"""Holds our words for people to one way of placing a tone: on the vowel that sounds (hoá, khoẻ, huỷ), as the mockups and
most of our texts have it, not on the one before. What others spell keeps its spelling: wards (resources/content, which is
not looked at) and "Ủy ban".

    tones.py TREE
    tones.py --self-test
"""

import os
import re
import sys
import tempfile
import unicodedata

PLACES = ("resources/locale", "resources/gateway", "resources/demo", "installer")
KINDS = (".po", ".html", ".js", ".json", ".sh", ".py", ".md", ".templates")
# An open syllable that ends in oa, oe or uy, with its tone on the first of them; "qu" is a consonant.
EARLIER = re.compile(r"\b\w*?(?:[òóỏõọ][ae]|(?<!q)[ùúủũụ]y)\b", re.IGNORECASE)
ALLOWED = re.compile(r"\bỦy ban\b|hoà (?:thay vì|instead of) hòa")


def _texts(top):
    for place in PLACES:
        for directory, _, names in os.walk(os.path.join(top, place)):
            for name in sorted(names):
                if name.removesuffix(".in").endswith(KINDS):
                    yield os.path.join(directory, name)


def check(top):
    faults = []
    for path in _texts(top):
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                text = ALLOWED.sub("", unicodedata.normalize("NFC", line))
                faults += [f"{os.path.relpath(path, top)}:{number}: {word}" for word in EARLIER.findall(text)]
    return faults


CLEAN = {"resources/locale/vi.po": 'msgstr "Xoá khoá, huỷ; khoẻ, quý, quỳ, của họ, ngoài, thoải mái, thuyền; đặt dấu: hoà thay vì hòa"\n',
         "resources/demo/1022.json": '"Ủy ban nhân dân"\n', "resources/content/wards.csv": "Phường Hòa Hưng\n"}
PLANTED = {"xóa": ("resources/locale/vi.po", "Đừng xóa gì."), "HỦY": ("resources/gateway/page.html", "<b>HỦY</b>"),
           "hóa": ("resources/gateway/page.js", unicodedata.normalize("NFD", "mã hóa")),
           "khỏe": ("installer/demo/main.py", "khỏe"), "ủy": ("resources/demo/1022.json", "ủy quyền")}


def self_test():
    from rooms import write
    with tempfile.TemporaryDirectory() as top:
        write(top, CLEAN)
        assert not check(top), check(top)
    for word, (path, text) in PLANTED.items():
        with tempfile.TemporaryDirectory() as top:
            write(top, {**CLEAN, path: text + "\n"})
            assert [fault.split()[-1] for fault in check(top)] == [word], (word, check(top))
    print(f"{len(PLANTED)} planted faults found")


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    faults = check(sys.argv[1])
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
