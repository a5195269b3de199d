"""Turn a finished file into a list of what it must not carry: this machine's paths and names, keys, properties."""

import getpass
import io
import platform
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from forankring.workspace import EditionFormat, house_templates

_KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----")
# These begin with letters and look back from there: a pattern that begins with ``\b`` is tried at every byte.
_AUTHOR = re.compile(rb"w:(?<=\bw:)(?:author|initials|userId)=")
_SIGNED = "w:author"
_PROPERTY = re.compile(rb"<(?:property\b[^>]* name=\"([^\"]*)\"|([A-Za-z]+:?[A-Za-z]+)[ >/])")
_ALLOWED = frozenset(
    "Properties Application property vt:lpwstr ForankringEdition cp:coreProperties dc:title dc:subject dc:language "
    "dcterms:created dcterms:modified".split()
)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_SHORTEST_NAME = 3
_POINT = re.compile(rb"B(?<=\bB)\d{3,6}-\d{2,4}\b")
"""The number of a point: what a text rests on is told in the internal edition, and there in words."""


def leaks(kind: EditionFormat, data: bytes, folder: Path, words: str, *, signed: bool = False) -> tuple[str, ...]:
    """Return what leaks, each with the part it stands in, sorted; ``words`` is the text that the file may show.
    A ``signed`` file names who changed what.

    A path that a party wrote in its own answer is no leak, nor is the number of a point that the text names; a private
    key is one wherever it comes from.
    """
    parts = dict(_parts(kind, data))
    found = {f"{part}: {what}" for part, content in parts.items() for what in _found(content, folder, words)}
    found |= {f"{part}: {name}" for part, content in parts.items() if _tells(part) for name in _private(content, words)}
    return tuple(sorted(name for name in found if not (signed and name.endswith(f": {_SIGNED}"))))


def _parts(kind: EditionFormat, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of a file, unpacked, by name."""
    if kind is EditionFormat.WORD:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name, archive.read(name)
    elif kind is EditionFormat.PDF:
        yield "metadata", data
        for number, stream in enumerate(_STREAM.findall(data)):
            yield f"stream {number}", _inflated(stream)
    else:
        yield "page", data


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""  # not a compressed stream: it was searched with the whole file


def _found(content: bytes, folder: Path, words: str) -> Iterator[str]:
    for path in _paths(folder):
        if path.encode() in content and path not in words:
            yield path
    if _KEY.search(content):
        yield "PRIVATE KEY"
    if _AUTHOR.search(content):
        yield _SIGNED
    yield from (number for number in {found.decode() for found in _POINT.findall(content)} if number not in words)


def _paths(folder: Path) -> tuple[str, ...]:
    """Return the paths of this machine that a build knows: the workspace, the engine, the home and the work folders."""
    roots = (folder.resolve(), house_templates().resolve(), Path.home())
    return (*(f"{root}/" for root in roots if root != Path("/")), f"{tempfile.gettempdir()}/forankring-", "file:///")


def _tells(part: str) -> bool:
    """Tell the parts that speak of a file and not for it."""
    return part.startswith("docProps/")


def _private(content: bytes, words: str) -> Iterator[str]:
    names = {(first or second).decode() for first, second in _PROPERTY.findall(content)}
    yield from sorted(names - _ALLOWED)
    for name in _people():
        if re.search(rf"\b{re.escape(name)}\b".encode(), content) and name not in words:
            yield name


def _people() -> Mapping[str, None]:
    """Return the names of this machine and its user, where they have one that can be told from other words."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        user = ""
    return dict.fromkeys(name for name in (user, platform.node()) if len(name) >= _SHORTEST_NAME)
