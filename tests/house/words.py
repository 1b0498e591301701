#!/usr/bin/env python3
"""Holds code and words together: every key the code asks for is in vi.po and en.po, none is missing, empty, fuzzy or
unused, nobody is addressed as "bạn", both languages have the same {places} and the code fills them, and no Vietnamese sentence stands in the code.

    words.py TREE
    words.py --self-test
"""

import os
import re
import sys
import tempfile

import cpp

LANGUAGES = ("vi", "en")
KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
# "home.tile." + service: a literal that ends in a dot opens a family, all of which counts as used.
FAMILY = re.compile(r"(?:[a-z][a-z0-9_]*\.)+")
PLACE = re.compile(r"\{([a-z_]+)\}")
VIETNAMESE = re.compile("[\u00c0-\u00c3\u00c8-\u00ca\u00cc\u00cd\u00d2-\u00d5\u00d9\u00da\u00dd\u00e0-\u00e3\u00e8-\u00ea"
                        "\u00ec\u00ed\u00f2-\u00f5\u00f9\u00fa\u00fd\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169"
                        "\u01a0\u01a1\u01af\u01b0\u0300\u0301\u0303\u0309\u0323\u1ea0-\u1ef9]")

FAMILIAR = re.compile(r"\bbạn\b", re.IGNORECASE)
# Letters as such, what the tour types as a resident would, what a made-up card holds; nobody is told anything with these.
LETTER_TABLES = re.compile(r"src/typing/|src/camera/Scene\.cpp$|src/base/VietnameseText\.cpp$|ui/kit/Key|ui/shell/Tour\w*\.cpp$")
# What stands before the id of a view.
VIEW_ID = re.compile(r"(\bid ==? |\b(press|type|shows|focus|find)\()$")
# Shaped like a key, but the name of something else: an action's kind, a file, a key of kiosk.json.
OTHER_NAMES = re.compile(r"feedback\.report|.*\.(json|yaml|csv|html|js|css|po|mo|db|log|key|conf)|display\.(px_per|viewing)_mm|place\.(latitude|longitude)|scan\.(dossier_patterns|government_hosts)|guides\.(group|link_hosts|apps)|wifi\.(name|password)|guide\.tally|rating\.give|rights\.request|kiosk\.fault|appointment\.request|turns\.office|app\.(page|android|ios)")


def catalogue(path):
    """Entries of a .po file as key → text, and what is wrong with it. Symbolic keys: no plurals, no contexts."""
    entries, faults = {}, []
    key, text, field, fuzzy = None, "", None, False

    def close():
        nonlocal key, text, field, fuzzy
        if key:
            if key in entries:
                faults.append(f"{path}: {key} is there twice")
            if fuzzy:
                faults.append(f"{path}: {key} is fuzzy")
            if not text.strip():
                faults.append(f"{path}: {key} is empty")
            entries[key] = text
        key, text, field, fuzzy = None, "", None, False

    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.strip()
            if line.startswith("#~"):
                faults.append(f"{path}: an entry that is commented out: {line}")
            elif line.startswith("#,"):
                if field:
                    close()
                fuzzy = fuzzy or "fuzzy" in line
            elif line.startswith("msgid "):
                was_fuzzy, _ = fuzzy and field is None, close()
                fuzzy, field, key = was_fuzzy, "key", _quoted(line)
            elif line.startswith("msgstr "):
                field, text = "text", _quoted(line)
            elif line.startswith('"'):
                if field == "key":
                    key += _quoted(line)
                else:
                    text += _quoted(line)
        close()
    return entries, faults


def _quoted(line):
    body = line[line.index('"') + 1:line.rindex('"')]
    return re.sub(r"\\(.)", lambda match: {"n": "\n", "t": "\t"}.get(match.group(1), match.group(1)), body)


def _arguments(code, start):
    """What stands between the parentheses that open at `start`; strings are skipped over."""
    depth, at = 0, start
    while at < len(code):
        string = cpp.TOKEN.match(code, at)
        if string:
            at = string.end()
            continue
        depth += {"(": 1, ")": -1}.get(code[at], 0)
        if depth == 0:
            return code[start + 1:at]
        at += 1
    return code[start + 1:]


def asked(text):
    """(line, key, places given or None when they cannot be seen) of every tr("…"), say("…") and text("…")."""
    code = cpp.without_comments(text)
    for call in re.finditer(r'\b(tr|say|text)\(\s*"([^"\\]*)"\s*(?=[,)])', code):
        if call.group(1) == "text" and not KEY.fullmatch(call.group(2)):
            continue
        arguments = _arguments(code, code.index("(", call.start()))
        rest = arguments[arguments.index('"' + call.group(2) + '"') + len(call.group(2)) + 2:].lstrip(", \n")
        places = None
        if not rest:
            places = set()
        elif rest.startswith("{{"):
            places = set(re.findall(r'\{\s*"(\w+)"\s*,', rest))
        yield code.count("\n", 0, call.start()) + 1, call.group(2), places


def resources_text(top):
    """Everything shipped besides the words themselves: templates may name keys too."""
    folder = os.path.join(top, "resources")
    for directory, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in ("locale", "pictures")]
        for name in names:
            if name.endswith((".html", ".json", ".yaml", ".svg")):
                yield cpp.read(directory, name)


def check(top):
    faults, words = [], {}
    for language in LANGUAGES:
        words[language], wrong = catalogue(os.path.join(top, f"resources/locale/{language}.po"))
        faults += wrong
    vi, en = (words[language] for language in LANGUAGES)
    faults += [f"{key}: only in {'vi' if key in vi else 'en'}.po" for key in sorted(vi.keys() ^ en.keys())]
    for key in sorted(vi.keys() & en.keys()):
        if set(PLACE.findall(vi[key])) != set(PLACE.findall(en[key])):
            faults.append(f"{key}: the places in {{}} differ between vi and en")

    # An office does not say "bạn", and cannot know whether it is "ông" or "bà" (docs/DECISIONS.md).
    faults += [f"{key}: says bạn" for key in sorted(vi) if FAMILIAR.search(vi[key])]

    namespaces = {key.split(".")[0] for key in vi}
    used, families = set(), set()
    for path in cpp.sources(top, "src", "ui"):
        text = cpp.read(top, path)
        for line, key, places in asked(text):
            if key not in vi:
                faults.append(f"{path}:{line}: no words for {key}")
            elif places is not None and set(PLACE.findall(vi[key])) - places:
                faults.append(f"{path}:{line}: {key} has places that are not filled: "
                              f"{sorted(set(PLACE.findall(vi[key])) - places)}")
        for line, before, literal in cpp.literals(text):
            if VIEW_ID.search(before):
                continue
            if KEY.fullmatch(literal):
                used.add(literal)
                if literal not in vi and literal.split(".")[0] in namespaces and not OTHER_NAMES.fullmatch(literal):
                    faults.append(f"{path}:{line}: no words for {literal}")
            elif FAMILY.fullmatch(literal):
                families.add(literal)
            if len(literal) > 2 and VIETNAMESE.search(literal) and not LETTER_TABLES.match(path):
                faults.append(f"{path}:{line}: words in the code: \"{literal}\"")
    for text in resources_text(top):
        used |= set(KEY.findall(text))
    for key in sorted(vi.keys() & en.keys()):
        if key not in used and not any(key.startswith(family) for family in families):
            faults.append(f"{key}: nobody uses it")
    return sorted(set(faults))


PO = 'msgid ""\nmsgstr "Language: {}\\n"\n\nmsgid "a.one"\nmsgstr "{}"\n\nmsgid "a.two"\nmsgstr "" "Số " "{{n}}"\n'
CODE = '// "Tiếng Việt" and tr("b.none")\nauto x = tr("a.one") + tr("a.two", {{"n", f(")")}});\n'
PLANTED = {
    "no words for a.three": ("src/x/B.cpp", 'auto x = tr("a.three");\n'),
    "no words for a.four": ("src/x/B.cpp", 'Row rows[] = {{"a.four", 1}};\n'),
    "not filled: ['n']": ("src/x/B.cpp", 'auto x = tr("a.two", {{"m", "1"}});\n'),
    "words in the code": ("ui/x/B.cpp", 'auto x = "Gửi";\n'),
    'words in the code: "hết"': ("ui/x/B.cpp", 'auto x = "h\\u1ebft";\n'),
    "a.five: only in vi.po": ("resources/locale/vi.po", PO.format("vi", "Một") + 'msgid "a.five"\nmsgstr "Năm"\n'),
    "a.one: nobody uses it": ("src/x/A.cpp", 'auto x = tr("a.two", {{"n", "1"}});\n'),
    "a.two: the places": ("resources/locale/en.po", PO.format("en", "One").replace("{n}", "{m}")),
    "a.one: says bạn": ("resources/locale/vi.po", PO.format("vi", "Bạn có")),
    "a.one is empty": ("resources/locale/en.po", PO.format("en", "")),
    "a.one is fuzzy": ("resources/locale/en.po", PO.format("en", "One").replace('msgid "a.one"', '#, fuzzy\nmsgid "a.one"')),
    "a.one is there twice": ("resources/locale/en.po", PO.format("en", "One") + 'msgid "a.one"\nmsgstr "1"\n'),
}


def self_test():
    from rooms import write
    clean = {"resources/locale/vi.po": PO.format("vi", "Một"), "resources/locale/en.po": PO.format("en", "One"),
             "src/x/A.cpp": CODE, "ui/x/A.h": "\n"}
    with tempfile.TemporaryDirectory() as top:
        write(top, clean)
        assert not check(top), check(top)
        write(top, {"src/x/A.cpp": 'auto x = "a." + y;\n'})
        assert not check(top), check(top)
    for expected, (path, text) in PLANTED.items():
        with tempfile.TemporaryDirectory() as top:
            write(top, {**clean, path: text})
            assert any(expected in fault for fault in check(top)), (expected, check(top))
    print(f"{len(PLANTED)} planted faults found")


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    faults = check(sys.argv[1])
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
