"""Turn the inbox folder into a list of files, each with its round and its party's folder."""

import contextlib
import functools
import hashlib
import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from forankring.errors import InputError, Problem
from forankring.intake.covering import cover_all
from forankring.intake.records import SourceFile
from forankring.intake.screening import COVER
from forankring.text import clean_text
from forankring.workspace import Workspace

PASSED_OVER = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".gitkeep", ".gitignore", ".directory", ".localized"})
"""Files that operating systems and git leave behind, in lower case; they are no submissions."""

PASSED_OVER_PREFIXES = ("~$", "._", ".~lock.")
"""What Word, macOS and LibreOffice put beside a file while it is open or copied."""

DEEPEST = 60
"""Folders below one another; a deeper one is refused as a whole, by name."""

PASSED_OVER_FOLDERS = frozenset({".git", "__macosx", "@eadir", ".trashes"})
"""Folders that hold no submissions, in lower case."""


def list_inbox(workspace: Workspace) -> tuple[SourceFile, ...]:
    """Return every file below the inbox, in the order of their places; symbolic links are listed, never followed.

    A file outside a round's folder is listed as well, with an empty round, so that nothing goes unnoticed,
    and so is a folder below the inbox that may not be opened. Raises InputError where that is the inbox itself.
    """
    root = workspace.inbox
    if not root.exists():
        return ()
    if not root.is_dir():
        raise InputError(Problem(code="inbox_not_a_folder", file=root.name))
    entries = [(_shown(relative), relative, entry) for relative, entry in _entries(root)]
    covered: Counter[str] = Counter()
    taken = {place for place, n in Counter(place for place, _, _ in entries).items() if n > 1}
    files = []
    for shown, relative, entry in entries:
        covered[shown] += COVER in shown
        odd = shown != unicodedata.normalize("NFC", relative)  # it cannot be shown, or looks like another
        unsure = odd or (shown in taken and shown != relative)
        place = _told_apart(shown, relative, covered[shown]) if unsure else shown
        with contextlib.suppress(FileNotFoundError):  # whoever fills the inbox took it away again meanwhile
            files.append(_source_file(place, entry))
    return tuple(sorted(files, key=lambda file: file.place))


def count_passed_over(workspace: Workspace) -> int:
    """Return how many files and whole folders below the inbox are no submissions; links are never followed."""
    found = 0
    for _, folders, files in os.walk(workspace.inbox):
        hidden = [name for name in folders if name.lower() in PASSED_OVER_FOLDERS]
        folders[:] = [name for name in folders if name not in hidden]
        found += len(hidden) + sum(map(_passed_over, files))
    return found


def is_passed_over(path: str) -> bool:
    """Tell whether a path of an archive is something that an operating system left there, by its name or a folder's."""
    *folders, name = path.split("/")
    return _passed_over(name) or any(folder.lower() in PASSED_OVER_FOLDERS for folder in folders)


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
            elif relative.count("/") >= DEEPEST:
                yield relative, entry
            elif entry.name.lower() not in PASSED_OVER_FOLDERS:
                try:
                    yield from list(_walk(Path(entry.path), f"{relative}/"))
                except OSError as error:
                    if isinstance(error, FileNotFoundError):  # taken away meanwhile
                        continue
                    yield relative, entry


def _passed_over(name: str) -> bool:
    return name.lower() in PASSED_OVER or name.startswith(PASSED_OVER_PREFIXES)


def _source_file(place: str, entry: os.DirEntry[str]) -> SourceFile:
    parts, stamp = place.split("/"), tuple[int, ...]()
    try:
        info = entry.stat(follow_symlinks=False)
        size, odd = info.st_size, _odd(info.st_mode)
        stamp = (info.st_mtime_ns, info.st_ctime_ns, info.st_ino)
    except FileNotFoundError:
        raise
    except OSError:  # its folder gives names away, nothing else, or its path is too long to be opened
        size, odd = 0, "file_unreadable"
    return SourceFile(
        place=place,
        round=parts[0] if len(parts) > 1 else "",
        folder=parts[1] if len(parts) > 2 else "",
        size=size,
        stamp=stamp,
        path=Path(entry.path),
        odd=odd,
    )


def _odd(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "symlink"
    if stat.S_ISDIR(mode):
        return "file_unreadable"
    return "" if stat.S_ISREG(mode) else "not_a_file"


def _told_apart(place: str, relative: str, covered: int) -> str:
    """Return a place of its own for a name that cannot be shown as it is; no neighbour changes it.

    What is covered is counted instead: its hash would give it away.
    """
    if covered:
        return place if covered == 1 else f"{place} ({covered})"
    folder, _, name = place.rpartition("/")
    mark = hashlib.sha256(relative.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"{folder}/{Path(name).stem}~{mark}{Path(name).suffix}" if folder else f"{place}~{mark}"


@functools.lru_cache(maxsize=50_000)
def _shown(relative: str) -> str:
    """Return the path as it may be stored: valid text in NFC, without control characters and personal data."""
    text = relative.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return cover_all(unicodedata.normalize("NFC", clean_text(text.replace("\n", " "))))
