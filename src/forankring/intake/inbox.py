"""Turn the inbox folder into a list of files, each with its round and its party's folder."""

import contextlib
import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from forankring.errors import InputError, Problem
from forankring.intake.records import SourceFile
from forankring.intake.screening import cover_numbers
from forankring.text import clean_text
from forankring.workspace import Workspace

PASSED_OVER = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".gitkeep", ".gitignore", ".directory", ".localized"})
"""Files that operating systems and git leave behind, in lower case; they are no submissions."""

PASSED_OVER_PREFIXES = ("~$", "._", ".~lock.")
"""What Word, macOS and LibreOffice put beside a file while it is open or copied."""

PASSED_OVER_FOLDERS = frozenset({".git", "__macosx", "@eadir", ".trashes"})
"""Folders that hold no submissions, in lower case."""


def list_inbox(workspace: Workspace) -> tuple[SourceFile, ...]:
    """Return every file below the inbox, in the order of their places; symbolic links are listed, never followed.

    A file outside a round's folder is listed as well, with an empty round, so that nothing goes unnoticed,
    and so is a folder below the inbox that may not be opened. Raises InputError where that is the inbox itself.
    """
    root = workspace.inbox
    if not root.is_dir():
        return ()
    seen: dict[str, int] = {}
    files = []
    for relative, entry in _entries(root):
        place = _shown(relative)
        seen[place] = seen.get(place, 0) + 1
        if seen[place] > 1:  # two names that differ only in what may not be shown
            place = f"{place} ({seen[place]})"
        with contextlib.suppress(FileNotFoundError):  # whoever fills the inbox took it away again meanwhile
            files.append(_source_file(place, entry))
    return tuple(sorted(files, key=lambda file: file.place))


def _entries(root: Path) -> list[tuple[str, os.DirEntry[str]]]:
    try:
        return sorted(_walk(root, ""), key=lambda item: item[0])
    except PermissionError as error:
        cause = {"cause": error.strerror or ""}
        raise InputError(Problem(code="file_unreadable", file=str(root), values=cause)) from error


def _walk(folder: Path, below: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield every file with its path; a folder that may not be opened stands for what is in it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            relative = f"{below}{entry.name}"
            if not entry.is_dir(follow_symlinks=False):
                if not _passed_over(entry.name):
                    yield relative, entry
            elif entry.name.lower() not in PASSED_OVER_FOLDERS:
                try:
                    yield from list(_walk(Path(entry.path), f"{relative}/"))
                except PermissionError:
                    yield relative, entry
                except FileNotFoundError:  # taken away meanwhile
                    continue


def _passed_over(name: str) -> bool:
    return name.lower() in PASSED_OVER or name.startswith(PASSED_OVER_PREFIXES)


def _source_file(place: str, entry: os.DirEntry[str]) -> SourceFile:
    parts = place.split("/")
    try:
        info = entry.stat(follow_symlinks=False)
        size, mtime_ns, odd = info.st_size, info.st_mtime_ns, _odd(info.st_mode)
    except PermissionError:  # its folder gives names away, nothing else
        size, mtime_ns, odd = 0, 0, "file_unreadable"
    return SourceFile(
        place=place,
        round=parts[0] if len(parts) > 1 else "",
        folder=parts[1] if len(parts) > 2 else "",
        size=size,
        mtime_ns=mtime_ns,
        path=Path(entry.path),
        odd=odd,
    )


def _odd(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "symlink"
    if stat.S_ISDIR(mode):
        return "file_unreadable"
    return "" if stat.S_ISREG(mode) else "not_a_file"


def _shown(relative: str) -> str:
    """Return the path as it may be stored: valid text in NFC, without control characters and personal numbers."""
    text = relative.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return cover_numbers(unicodedata.normalize("NFC", clean_text(text.replace("\n", " "))))
