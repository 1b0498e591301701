#!/usr/bin/env python3
"""No test's name is one that CTest or Catch2 takes for something else: such a case is cut or skipped, and passes unseen.

    names.py TREE
    names.py --self-test
"""

import os
import re
import sys
import tempfile

import cpp

# CTest's lists end at ; and join over [ ]; to Catch2's command line the rest are quotes, escapes and wildcards.
SPECIAL = re.compile(r'[;\[\]"\\*]|^[~#\s]|^exclude:|\s$|[\n\t]')
STRING = r'"(?:\\.|[^"\\\n])*"'
CASE = re.compile(rf'\b\w*(?:TEST_CASE|SCENARIO)\w*\s*\(\s*(?:[\w:<>]+\s*,\s*)?((?:{STRING}\s*)+)')
CMAKE = re.compile(r'^[ \t]*add_test\(\s*NAME\s+("(?:\\.|[^"\\])*"|\S+)', re.MULTILINE)


def in_code(text):
    """(line, name) of every test case of a C++ file; pieces that stand side by side are one name."""
    code = cpp.without_comments(text)
    for match in CASE.finditer(code):
        pieces = (value for _, _, value in cpp.literals(match.group(1)))
        yield code.count("\n", 0, match.start()) + 1, "".join(pieces)


def in_cmake(text):
    for match in CMAKE.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match.group(1).strip('"')


def faults(top):
    for path in cpp.sources(top, "tests"):
        yield from _told(path, in_code(cpp.read(top, path)))
    for directory, _, files in sorted(os.walk(os.path.join(top, "tests"))):
        if "CMakeLists.txt" in files:
            path = os.path.relpath(os.path.join(directory, "CMakeLists.txt"), top)
            yield from _told(path, in_cmake(cpp.read(top, path)))


def _told(path, names):
    for line, name in names:
        found = SPECIAL.search(name)
        if found:
            yield f"{path}:{line}: {found.group()!r} in a test's name: {name}"


CLEAN = '// TEST_CASE("a; b")\nTEST_CASE("a, b: c, 100 % (d)", "[x][.]") {}\nTEMPLATE_TEST_CASE("e",\n"[y]", int) {}\n' \
        'TEST_CASE_METHOD(House, "f") { say("g; h"); }\n'
PLANTED = ('TEST_CASE("a; b", "[x]") {}', 'TEST_CASE(\n    "a "\n    "b; c", "[x]") {}', 'TEMPLATE_TEST_CASE("a;", "[x]", int) {}',
           'SCENARIO("a [b") {}', 'TEST_CASE_METHOD(House, "a]") {}', r'TEST_CASE("a \"b\"") {}', 'TEST_CASE("~a") {}',
           'TEST_CASE("a*") {}', 'TEST_CASE("a ") {}')


def self_test():
    from rooms import write
    for code in ("", *PLANTED):
        with tempfile.TemporaryDirectory() as top:
            write(top, {"tests/unit/x/ATest.cpp": CLEAN + code, "tests/CMakeLists.txt": 'add_test(NAME "x: y" COMMAND z)\n'})
            assert len(list(faults(top))) == bool(code), (code, list(faults(top)))
            assert len(list(in_code(CLEAN))) == 3
    with tempfile.TemporaryDirectory() as top:
        write(top, {"tests/x/CMakeLists.txt": 'add_test(NAME "x;y" COMMAND z)\n'})
        assert len(list(faults(top))) == 1
    print(f"{len(PLANTED) + 1} planted names found")


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    found = list(faults(sys.argv[1]))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
