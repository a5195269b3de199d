"""Turn names into keys that sort by number, and into ASCII slugs."""

import re
import unicodedata

_ASCII = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "y", "ß": "ss", "þ": "th", "ð": "d"}
)


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts ``1.10`` after ``1.2`` and ``B1000`` after ``B999``."""
    parts = re.split(r"(\d+)", text)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def slug(name: str) -> str:
    """Return an ASCII slug of lower-case letters, digits and hyphens: ``Ærø Kommune`` becomes ``aeroe-kommune``."""
    folded = unicodedata.normalize("NFC", name).casefold().translate(_ASCII)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
