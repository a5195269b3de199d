"""Turn names into sort keys and ASCII slugs, the Danish way."""

import re
import unicodedata

_DANISH = str.maketrans({"ä": "æ", "ö": "ø", "ü": "y", "ð": "d"})
_ORDER = {letter: index for index, letter in enumerate(" 0123456789abcdefghijklmnopqrstuvwxyzæøå")}
_ASCII = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "y", "ß": "ss", "þ": "th", "ð": "d"}
)


def sort_key(name: str) -> tuple[tuple[int, ...], str]:
    """Return a key that sorts as Danish does: æ, ø, å last, and aa as å (DS 377)."""
    folded = unicodedata.normalize("NFC", name).casefold().translate(_DANISH)
    folded = folded.replace("aa", "å").replace("þ", "th")
    kept = (_bare(letter) for letter in folded)
    return tuple(_ORDER[letter] for letter in kept if letter in _ORDER), name


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts ``1.10`` after ``1.2`` and ``B1000`` after ``B999``."""
    parts = re.split(r"(\d+)", text)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def slug(name: str) -> str:
    """Return an ASCII slug of lower-case letters, digits and hyphens: ``Ærø Kommune`` becomes ``aeroe-kommune``."""
    folded = unicodedata.normalize("NFC", name).casefold().translate(_ASCII)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _bare(letter: str) -> str:
    """Drop an accent, but keep å, which is a letter of its own."""
    return letter if letter in _ORDER else unicodedata.normalize("NFD", letter)[0]
