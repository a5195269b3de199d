"""Turn the names of enclosed files, which anyone may have written, into names that are safe, readable and unique."""

import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from forankring.intake.covering import cover_all
from forankring.text import clean_text

LONGEST_NAME = 120
LONGEST_SUFFIX = 12
DEEPEST = 8
"""Folders below one another that a name keeps."""


class Names:
    """Gives names within one file: none is given twice, whatever its capitals."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, wanted: str, instead: str, *, folders: bool = False) -> str:
        """Return a name like ``wanted``; ``instead`` where nothing of it is left. Only an archive's keep folders."""
        parts = list(_parts(wanted))
        kept = parts[-DEEPEST:] if folders else parts[-1:]
        name = "/".join(kept) or instead
        unique, number = name, 1
        while unique.casefold() in self._given:
            number += 1
            unique = _numbered(name, number)
        self._given.add(unique.casefold())
        return unique


def _parts(wanted: str) -> Iterator[str]:
    """Yield the folders and the name, without drives, ways upwards, control characters and personal data."""
    text = wanted.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    plain = clean_text(text.replace("\t", " ").replace("\n", " ").replace("\r", " "))
    covered = cover_all(unicodedata.normalize("NFC", plain).replace("\n", " "))
    for part in covered.replace("\\", "/").split("/"):
        name = " ".join(part.split()).strip()
        if name.strip(". ") and not (len(name) == 2 and name[1] == ":"):
            yield _shortened(name)


def _shortened(name: str) -> str:
    if len(name) <= LONGEST_NAME:
        return name
    suffix = PurePosixPath(name).suffix
    suffix = suffix if len(suffix) <= LONGEST_SUFFIX else ""
    return name[: LONGEST_NAME - len(suffix) - 1].rstrip() + "…" + suffix


def _numbered(name: str, number: int) -> str:
    folder, slash, last = name.rpartition("/")
    suffix = PurePosixPath(last).suffix
    return f"{folder}{slash}{last.removesuffix(suffix) if suffix else last} ({number}){suffix}"
