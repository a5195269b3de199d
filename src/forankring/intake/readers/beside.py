"""Find what a file says in its bytes, in places that nobody shows: notes in pictures, objects, files within it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from forankring.intake.guards import MAX_MEMBERS, ZIP_ERRORS

_ONE_BYTE = re.compile(rb"[\x20-\x7e\x85-\xff]{10,}")
_TWO_BYTES = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){10,}")
_DIGITS = 10
"""A personal number has ten digits; what has fewer holds none."""
_PNG = b"\x89PNG\r\n\x1a\n"
_PACKED_TEXT = {b"zTXt": re.compile(rb"[^\0]*\0\0"), b"iTXt": re.compile(rb"[^\0]*\0\x01\0[^\0]*\0[^\0]*\0")}
"""What stands before the packed words in PNG's chunks of text (PNG 1.2, 11.3.4)."""
_FIGURES = re.compile(rb"<v>[^<]*</v>")
_TAG = re.compile(rb"<[^>]*>")
_MOST = 20 * 1024 * 1024
"""Bytes that are unpacked of one file."""


def hidden_words(data: bytes) -> Iterator[str]:
    """Yield what a binary file says anywhere in it, in letters of one or two bytes, where it could hold a personal
    number: comments, deleted text, the camera's notes, packed or not, and the words of a document within it."""
    for part in (data, *_unpacked(data)):
        for pattern, encoding in ((_ONE_BYTE, "latin-1"), (_TWO_BYTES, "utf-16-le")):
            for found in pattern.finditer(part):
                text = found.group().decode(encoding)
                if sum(map(str.isdecimal, text)) >= _DIGITS:
                    yield text


def inflated(data: bytes) -> bytes:
    """Return what is packed at the start of the data, as far as it is whole and not too much."""
    packed = zlib.decompressobj()
    try:
        return packed.decompress(data, _MOST)
    except zlib.error:
        return b""


def _unpacked(data: bytes) -> Iterator[bytes]:
    if data.startswith(_PNG):
        yield from _packed_text(data)
    elif data.startswith(b"PK\x03\x04"):
        yield from _members(data)


def _packed_text(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        chunk = data[at + 8 : at + 8 + size]
        if kind in _PACKED_TEXT and (head := _PACKED_TEXT[kind].match(chunk)):
            yield inflated(chunk[head.end() :])
        at += 12 + size


def _members(data: bytes) -> Iterator[bytes]:
    """Yield the words in the XML of a document; its figures are no words."""
    left = _MOST
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for item in archive.infolist()[:MAX_MEMBERS]:
                if item.filename.endswith(".xml") and item.file_size <= left:
                    left -= item.file_size
                    yield _TAG.sub(b"\n", _FIGURES.sub(b"", archive.read(item)))
    except ZIP_ERRORS:
        return  # it may be no archive at all
