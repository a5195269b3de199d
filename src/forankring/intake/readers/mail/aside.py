"""Turn a mail's bytes into what a parser has to see of them: whole files in base64 are set aside, unread."""

import binascii
import hashlib
import re

_RUN = re.compile(rb"[A-Za-z0-9+/=\r\n]{20000,}")
"""Base64, and nothing that anyone writes: no blank, no full stop, no colon of a header, no hyphen of a boundary."""

_HEAD = re.compile(rb"\r?\n(?:\r?\n)*")


class Aside:
    """Long runs of base64 by mark. The parser's lines of a mail of 50 MB would take ten times as much memory."""

    def __init__(self, data: bytes) -> None:
        self._kept: list[memoryview] = []
        self._mark = b"_" + hashlib.sha256(data).hexdigest().encode()  # of these very bytes: it cannot stand in them
        self._marks = re.compile(self._mark + rb"-(\d+)_")
        self.data = _RUN.sub(self._set_aside, data)

    def holds(self, text: str) -> bool:
        """Tell whether something was set aside of this text."""
        return bool(self._kept) and self._mark.decode() in text

    def back(self, data: bytes) -> bytes:
        """Return bytes with everything in its place again."""
        return self._marks.sub(lambda found: bytes(self._kept[int(found[1])]), data) if self._kept else data

    def _set_aside(self, found: re.Match[bytes]) -> bytes:
        """Keep whole lines: the first may be the end of a header, the last the start of something else."""
        run = found.group()
        head = _HEAD.search(run)
        start, end = head.end() if head else 0, len(run[: run.rfind(b"\n") + 1].rstrip(b"\r\n"))
        if not head or end <= start:
            return run
        self._kept.append(memoryview(run)[start:end])
        return run[:start] + self._mark + b"-%d_" % (len(self._kept) - 1) + run[end:]


def from_base64(data: bytes) -> bytes:
    """Return the bytes that base64 stands for, or the base64 itself where it is broken."""
    for filler in (b"", b"=", b"==", b"A=="):
        try:
            return binascii.a2b_base64(data + filler if filler else data)
        except binascii.Error:
            continue
    return data
