"""Turn text into text that the fonts of the PDF edition can show."""

import functools
import re

from forankring.workspace import house_templates

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def showable(words: str) -> str:
    """Return the text with each character that no font has as ``�``, which reads as what it is: something missing."""
    return words if words.isascii() else _unknown().sub(REPLACEMENT, words)


def unknown(words: str) -> str:
    """Return the characters that no font has, each once, sorted."""
    return "" if words.isascii() else "".join(sorted(set(_unknown().findall(words))))


@functools.cache
def covered() -> tuple[tuple[int, int], ...]:
    """Return the ranges of code points that the fonts have."""
    lines = (house_templates() / "publishing" / "fonts" / "coverage.txt").read_text(encoding="ascii").splitlines()
    ranges = (line.split() for line in lines if not line.startswith("#"))
    return tuple((int(first, 16), int(last, 16)) for first, last in ranges)


@functools.cache
def _unknown() -> re.Pattern[str]:
    inside = "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in covered())
    return re.compile(f"[^\n{inside}]")
