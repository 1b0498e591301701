"""What of somebody's words might be left, and where it is: needles, and the scan of processes and files for them."""

import os
import subprocess
import unicodedata

from rig import Failed

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
SHORTEST_PIECE = 8  # letters; a shorter one could be somewhere by chance


def without_marks(text):
    marked = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


def pieces(text):
    """The whole, and every run of two words that is long enough to be nobody else's."""
    words = text.split(" ")
    yield text
    for first in range(len(words) - 1):
        pair = " ".join(words[first:first + 2])
        if len(pair) >= SHORTEST_PIECE:
            yield pair


def needles_of(texts):
    """label → bytes; what was typed, what became of it, and what a search or a sort would make of that."""
    needles = {}
    for name, (keys, text) in texts.items():
        forms = {"text": text, "nfd": unicodedata.normalize("NFD", text), "plain": without_marks(text), "keys": keys,
                 "lower": text.lower(), "plain-lower": without_marks(text).lower()}
        for form, whole in forms.items():
            for place, piece in enumerate(pieces(whole)):
                for encoding in ENCODINGS:
                    needles.setdefault(piece.encode(encoding), f"{name}/{form}/{place}/{encoding}")
    return {label: piece for piece, label in needles.items()}


class Xray:
    def __init__(self, scanner):
        self.command = [scanner] if os.geteuid() == 0 else ["sudo", "-n", scanner]

    def look(self, needles, targets):
        """[(target, where, label, count)]; a target that cannot be read fails."""
        lines = "".join(f"needle {label} {piece.hex()}\n" for label, piece in needles.items())
        lines += "".join(f"target {target}\n" for target in targets)
        done = subprocess.run(self.command, input=lines, capture_output=True, text=True, timeout=120)
        rows = [line.split("\t") for line in done.stdout.splitlines()]
        unreadable = [row[1] for row in rows if row[0] == "unreadable" and self._there(row[1])]
        if unreadable or not rows:
            raise Failed(f"cannot read {unreadable or targets}: run as root, or with sudo without a password. {done.stderr}")
        return [(row[1], row[2], row[3], int(row[4])) for row in rows if row[0] == "hit"]

    @staticmethod
    def _there(target):
        return os.path.exists(f"/proc/{target[4:]}" if target.startswith("pid:") else target)
