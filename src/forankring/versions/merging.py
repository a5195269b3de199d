"""Turn two texts that grew from one into a single text, the human's standing where they met.

``MergeText`` is the seam: ``git_merge`` merges lines as git does; a merge of prose can take its place.
"""

import itertools
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from forankring.errors import ToolError
from forankring.versions.command import execute
from forankring.versions.records import Conflict, Merged

MergeText = Callable[[bytes, bytes, bytes], Merged]
"""Merge ``(base, ours, theirs)``; the conflicts' ``path`` and ``number`` are filled in by the caller."""

_SHORTEST_MARK = 31
_MOST_CONFLICTS = 127
_NO_REPOSITORY = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
_LINE = re.compile(rb"[^\n]*\n|[^\n]+")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class MergedFiles:
    """The merged files (those that end deleted are missing) and all conflicts, in the order of paths and lines."""

    files: Mapping[str, bytes]
    conflicts: tuple[Conflict, ...]


def merge_files(
    base: Mapping[str, bytes], ours: Mapping[str, bytes], theirs: Mapping[str, bytes], merge: MergeText
) -> MergedFiles:
    """Merge file by file; a file that one side deleted and the other changed stays as the human has it, listed."""
    files: dict[str, bytes] = {}
    conflicts: list[Conflict] = []
    for path in sorted({*base, *ours, *theirs}):
        text, found = merge_file(base.get(path), ours.get(path), theirs.get(path), merge)
        conflicts += (replace(conflict, path=path) for conflict in found)
        if text is not None:
            files[path] = text
    return MergedFiles(files, tuple(conflicts))


def merge_file(
    base: bytes | None, ours: bytes | None, theirs: bytes | None, merge: MergeText
) -> tuple[bytes | None, tuple[Conflict, ...]]:
    """Merge one file, None where it is absent; ``ours`` is kept byte for byte where nothing has to be merged in."""
    base_text, our_text, their_text = (None if text is None else normal(text) for text in (base, ours, theirs))
    if their_text in (our_text, base_text):
        return ours, ()
    if our_text == base_text:
        return their_text, ()
    if our_text is None or their_text is None:
        return ours, (_whole(base_text, our_text, their_text),)
    merged = merge(base_text or b"", our_text, their_text)
    return merged.text, merged.conflicts


def git_merge(base: bytes, ours: bytes, theirs: bytes) -> Merged:
    """Merge line by line with ``git merge-file``; where both changed the same lines, ours stays and both are listed."""
    if any(b"\0" in text for text in (base, ours, theirs)):
        return Merged(ours, (replace(_whole(base, ours, theirs), line=1),))
    mark = _unused_mark_size(base, ours, theirs)
    command = ["merge-file", "--stdout", "--diff3", f"--marker-size={mark}", "--", "ours", "base", "theirs"]
    with tempfile.TemporaryDirectory(prefix="forankring-merge-") as folder:
        for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
            Path(folder, name).write_bytes(text)
        status, out, err = execute(Path(folder), command, _NO_REPOSITORY | {"GIT_DIR": str(Path(folder, "none"))})
    if not 0 <= status <= _MOST_CONFLICTS:
        raise ToolError("git", status, err)
    return _resolved(out, mark)


def normal(text: bytes) -> bytes:
    """Return the text as we store it: no byte-order mark, lines that end in LF, the last one too."""
    plain = text.removeprefix(_BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return plain + b"\n" if plain and not plain.endswith(b"\n") else plain


def has_markers(text: bytes) -> bool:
    """Tell whether a merge by hand was left unfinished in this text."""
    starts = {line[:8].rstrip() for line in text.splitlines()}
    return {b"<" * 7, b">" * 7} <= starts


def _whole(base: bytes | None, ours: bytes | None, theirs: bytes | None) -> Conflict:
    texts = [(text or b"").decode("utf-8", "replace") for text in (base, ours, theirs)]
    return Conflict(path="", line=0, base=texts[0], ours=texts[1], theirs=texts[2])


def _unused_mark_size(*texts: bytes) -> int:
    """Return a length at which none of the texts has a line that looks like a marker."""
    size = _SHORTEST_MARK
    while any(letter * size in text for text in texts for letter in (b"<", b"|", b"=", b">")):
        size += _SHORTEST_MARK
    return size


def _resolved(marked: bytes, mark: int) -> Merged:
    """Keep our side of each marked place, and list it."""
    kept: list[bytes] = []
    conflicts: list[Conflict] = []
    lines = iter(_LINE.findall(marked))
    for line in lines:
        if not line.startswith(b"<" * mark):
            kept.append(line)
            continue
        ours, base, theirs = (_until(lines, letter * mark) for letter in (b"|", b"=", b">"))
        conflicts.append(_conflict(len(kept) + 1, ours, theirs, base))
        kept += ours
    return Merged(b"".join(kept), tuple(conflicts))


def _conflict(line: int, ours: list[bytes], theirs: list[bytes], base: list[bytes]) -> Conflict:
    """Leave out the lines before and after that are the same on both sides: there is nothing to decide in them."""
    before = _alike(ours, theirs)
    ours, theirs = ours[before:], theirs[before:]
    after = _alike(ours[::-1], theirs[::-1])
    ours, theirs = ours[: len(ours) - after], theirs[: len(theirs) - after]
    return Conflict(path="", line=line + before, ours=_text(ours), theirs=_text(theirs), base=_text(base))


def _alike(one: list[bytes], other: list[bytes]) -> int:
    """Return how many lines at the start are the same."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _until(lines: Iterator[bytes], mark: bytes) -> list[bytes]:
    found: list[bytes] = []
    for line in lines:
        if line.startswith(mark):
            break
        found.append(line)
    return found


def _text(lines: list[bytes]) -> str:
    return b"".join(lines).decode("utf-8", "replace")
