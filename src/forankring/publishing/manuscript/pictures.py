"""Turn what a text says about a picture into the bytes of a picture that every edition can show, or into nothing."""

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

_DATA = re.compile(r"data:image/(?:png|jpeg);base64,([A-Za-z0-9+/=\s]+)$")
_MOST_BYTES = 20_000_000
_MOST_PIXELS = 50_000_000
"""A page at 600 dots an inch has 35 million; a small file that claims more fills the memory of whoever opens it."""
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(slots=True)
class Gallery:
    """The pictures that a version has by name, and those that its text really uses, by file name."""

    known: Mapping[str, bytes]
    used: dict[str, bytes] = field(default_factory=dict)

    def hang(self, source: str) -> str | None:
        """Return the file name under which the picture is used; None for one that is not there or broken."""
        data = _decoded(source) if source.startswith("data:") else self.known.get(unquote(source))
        kind = _kind(data) if data and len(data) <= _MOST_BYTES else None
        if data is None or kind is None:
            return None
        return self.add(data, kind)

    def add(self, data: bytes, kind: str = "png") -> str:
        """Return the file name of a picture that is known to be whole, such as one drawn by this build."""
        name = f"{hashlib.sha256(data).hexdigest()[:20]}.{kind}"
        self.used[name] = data
        return name


def data_uri(name: str, data: bytes) -> str:
    """Return the picture as an address that carries it."""
    kind = "jpeg" if name.endswith(".jpg") else "png"
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _decoded(source: str) -> bytes | None:
    found = _DATA.match(unquote(source))
    try:
        return base64.b64decode(found.group(1)) if found else None
    except binascii.Error:
        return None


def _kind(data: bytes) -> str | None:
    """Tell the type from the content, and whole pictures from broken ones, which typst would stop at."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png" if _whole_png(data) and _fits(data[16:20], data[20:24]) else None
    if data.startswith(b"\xff\xd8\xff") and data.rstrip(b"\0\r\n").endswith(b"\xff\xd9"):
        return "jpg" if _jpeg_fits(data) else None
    return None


def _jpeg_fits(data: bytes) -> bool:
    """Find the frame's size by walking the segments before the picture itself; one without a frame is broken."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        if data[place + 1] in _FRAMES:
            return _fits(data[place + 7 : place + 9], data[place + 5 : place + 7])
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return False


def _fits(width: bytes, height: bytes) -> bool:
    return int.from_bytes(width, "big") * int.from_bytes(height, "big") <= _MOST_PIXELS


def _whole_png(data: bytes) -> bool:
    """Check the chunks' sums, and that the picture starts and ends as it should."""
    place, kinds = 8, []
    while place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        body = data[place + 4 : place + 8 + length]
        check = data[place + 8 + length : place + 12 + length]
        if len(check) < 4 or zlib.crc32(body) != int.from_bytes(check, "big"):
            return False
        kinds.append(body[:4])
        place += 12 + length
    return bool(kinds) and kinds[0] == b"IHDR" and b"IDAT" in kinds and kinds[-1] == b"IEND"
