"""Outlook mails made from a dict: a compound file (MS-CFB) with the storages and streams of MS-OXMSG."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, SMALL, CUTOFF = 512, 64, 4096

Tree = Mapping[str, "bytes | Tree"]


def mail(
    fields: Mapping[int, str | bytes | int], *attachments: Mapping[int, str | bytes | int | Tree], header: int = 32
) -> Tree:
    """Return a mail's storage: fields by number, and the fields of each attachment; a tree there is a mail within."""
    tree = dict(_storage(fields, header))
    for number, attachment in enumerate(attachments):
        tree[f"__attach_version1.0_#{number:08X}"] = _storage(attachment, 8)
    return tree


def compound(tree: Tree) -> bytes:
    """Return the storage as the bytes of a file."""
    entries = _entries(tree)
    small = b"".join(_padded(item.data, SMALL) for item in entries if 0 < len(item.data) < CUTOFF)
    chains, mini, body = _Chains(), _Chains(), []
    for item in entries:
        if 0 < len(item.data) < CUTOFF:
            item.start = mini.add(len(item.data), SMALL)
        elif item.data:
            item.start = chains.add(len(item.data), SECTOR)
            body.append(_padded(item.data, SECTOR))
    if small:
        entries[0].start, entries[0].size = chains.add(len(small), SECTOR), len(small)
        body.append(_padded(small, SECTOR))
    mini_fat = _padded(struct.pack(f"<{len(mini.next)}I", *mini.next), SECTOR, b"\xff") if mini.next else b""
    mini_start = chains.add(len(mini_fat), SECTOR) if mini_fat else END
    directory = _padded(b"".join(item.packed() for item in entries), SECTOR)
    directory_start = chains.add(len(directory), SECTOR)
    body += [mini_fat, directory]
    fats = 1
    while len(chains.next) + fats > fats * SECTOR // 4:
        fats += 1
    first = len(chains.next)
    table = [*chains.next, *[FAT] * fats]
    packed = _padded(struct.pack(f"<{len(table)}I", *table), SECTOR, b"\xff")
    heads = [first + index for index in range(fats)] + [FREE] * (109 - fats)
    head = _head(fats, directory_start, mini_start, len(mini_fat) // SECTOR, heads)
    return head + b"".join(body) + packed


def _head(fats: int, directory: int, mini: int, minis: int, heads: list[int]) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<IIIIIIIII", 0, fats, directory, 0, CUTOFF, mini, minis, END, 0)
        + struct.pack("<109I", *heads)
    )


class _Chains:
    def __init__(self) -> None:
        self.next: list[int] = []

    def add(self, size: int, unit: int) -> int:
        start, count = len(self.next), -(-size // unit)
        self.next += [start + index + 1 for index in range(count - 1)] + [END]
        return start


@dataclass(slots=True)
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    right: int = FREE
    child: int = FREE
    start: int = END
    size: int = field(default=-1)

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        size = len(self.data) if self.size < 0 else self.size
        start = self.start if size else (END if self.kind == 2 else 0)
        return struct.pack(
            "<64sHBBIII16xI8x8xII4x", name, len(name), self.kind, 1, FREE, self.right, self.child, 0, start, size
        )


def _entries(tree: Tree) -> list[_Entry]:
    entries = [_Entry("Root Entry", 5)]

    def fill(parent: int, inner: Tree) -> None:
        last = -1
        for name, content in sorted(inner.items(), key=lambda item: (len(item[0]), item[0].upper())):
            number = len(entries)
            entries.append(_Entry(name, 2, content) if isinstance(content, bytes) else _Entry(name, 1))
            if last < 0:
                entries[parent].child = number
            else:
                entries[last].right = number
            last = number
            if not isinstance(content, bytes):
                fill(number, content)

    fill(0, tree)
    return entries


def _storage(fields: Mapping[int, str | bytes | int | Tree], header: int) -> dict[str, bytes | Tree]:
    """Return fields as streams, with the list of all of them (2.4)."""
    listed, streams = bytearray(header), dict[str, bytes | Tree]()
    for number, value in fields.items():
        if isinstance(value, int):
            listed += struct.pack("<HHIII", 3, number, 6, value, 0)
            continue
        kind = 0x1F if isinstance(value, str) else 0x102 if isinstance(value, bytes) else 0x0D
        data = value.encode("utf-16-le") if isinstance(value, str) else value
        listed += struct.pack("<HHIII", kind, number, 6, len(data), 0)
        streams[f"__substg1.0_{number:04X}{kind:04X}"] = data
    return {"__properties_version1.0": bytes(listed), **streams}


def _padded(data: bytes, unit: int, filler: bytes = b"\0") -> bytes:
    return data + filler * (-len(data) % unit)
