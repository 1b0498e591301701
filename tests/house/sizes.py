#!/usr/bin/env python3
"""No source file over 600 lines; one over 400 asks to be split and is named.   sizes.py TREE"""

import os
import sys

ASKS, FORBIDDEN = 400, 600
KINDS = (".cpp", ".h", ".py", ".sh", ".cmake", ".html", ".css", ".js", ".mjs")


def main():
    top, forbidden = sys.argv[1], False
    for folder in ("src", "ui", "tests", "installer", "resources"):
        for directory, _, names in sorted(os.walk(os.path.join(top, folder))):
            if "node_modules" in directory:  # not ours, and not in git
                continue
            for name in sorted(names):
                if not name.endswith(KINDS):
                    continue
                path = os.path.join(directory, name)
                with open(path, encoding="utf-8") as file:
                    lines = sum(1 for _ in file)
                if lines > ASKS:
                    print(f"{os.path.relpath(path, top)}: {lines} lines")
                forbidden = forbidden or lines > FORBIDDEN
    return 1 if forbidden else 0


if __name__ == "__main__":
    sys.exit(main())
