"""What the screen should say, from the words' own source, and tracking codes, worked out independently of the kiosk."""

import os
import secrets
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../house"))

from words import catalogue  # noqa: E402

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base 32


class Words:
    def __init__(self, tree, language):
        self.texts, _ = catalogue(os.path.join(tree, f"resources/locale/{language}.po"))

    def __getitem__(self, key):
        return self.texts[key].replace("\u00a0", " ")  # written to hold words together; spoken as a plain blank


def check_symbol(payload):
    """Luhn mod 32, doubling from the rightmost symbol of the payload: K7M3Q9X2T → W."""
    total = 0
    for place, symbol in enumerate(reversed(payload)):
        value = SYMBOLS.index(symbol) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return SYMBOLS[-total % 32]


def unknown_code(code):
    """A right code of the same kiosk that nobody has been given."""
    payload = code[:3] + "".join(secrets.choice(SYMBOLS) for _ in range(6))
    return payload + check_symbol(payload)


def with_a_slip(code):
    return code[:-1] + SYMBOLS[(SYMBOLS.index(code[-1]) + 1) % 32]
