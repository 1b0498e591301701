"""Just enough of C++ to read its #includes and string literals, and to leave its comments out."""

import os
import re

TOKEN = re.compile(r'''
    (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<raw>(?:u8|[LuU])?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)")
  | (?P<string>(?:u8|[LuU])?"(?:\\.|[^"\\\n])*")
  | (?P<char>'(?:\\.|[^'\\\n])+')
  | (?P<number>\b\d[\d'.a-zA-Z]*)
''', re.VERBOSE | re.DOTALL)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]+)|(.))', re.DOTALL)


def sources(top, *folders):
    """Paths of the C++ files below top/folder, relative to top."""
    for folder in folders:
        for directory, _, names in sorted(os.walk(os.path.join(top, folder))):
            for name in sorted(names):
                if name.endswith((".cpp", ".h")):
                    yield os.path.relpath(os.path.join(directory, name), top)


def read(top, path):
    with open(os.path.join(top, path), encoding="utf-8") as file:
        return file.read()


def without_comments(text):
    """The same lines, comments blanked."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group()) if match.lastgroup == "comment" else match.group()
    return TOKEN.sub(blank, text)


def includes(text):
    """(line, '<' or '"', path) of every #include that is not commented out."""
    code = without_comments(text)
    for match in INCLUDE.finditer(code):
        yield code.count("\n", 0, match.start(1)) + 1, match.group(1), match.group(2)


def _unescape(match):
    code = match.group(1) or match.group(2) or match.group(3)
    return chr(int(code, 16)) if code and int(code, 16) < 0x110000 else match.group(4) or ""


def literals(text):
    """(line, what stands before it on that line, value) of every string and character literal outside comments and #includes."""
    code = INCLUDE.sub(lambda match: " " * len(match.group()), without_comments(text))
    for match in TOKEN.finditer(code):
        kind = match.lastgroup if match.lastgroup != "mark" else "raw"
        line = code.count("\n", 0, match.start()) + 1
        before = code[code.rfind("\n", 0, match.start()) + 1:match.start()]
        if match.group("raw"):
            yield line, before, match.group("raw").split("(", 1)[1].rsplit(")", 1)[0]
        elif kind in ("string", "char"):
            body = match.group(kind)
            body = body[body.index(body[-1]) + 1:-1]
            yield line, before, ESCAPE.sub(_unescape, body)
