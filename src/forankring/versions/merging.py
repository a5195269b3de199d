"""Turn the chapters of two states that grew from one into a single state, the human's standing where they met."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from forankring.versions.prose import MergeText
from forankring.versions.records import Conflict

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
