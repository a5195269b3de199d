"""Compound files (the container of .doc and .xls) made from a dict, and the smallest workbook that one can hold."""

import struct
from collections.abc import Iterable, Mapping

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes], storages: Iterable[str] = ()) -> bytes:
    """Return a compound file with these streams and empty storages, all below its root."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}  # shorter ones would need another chain
    sectors, table, entries = b"", [], [_entry("Root Entry", 5, END, 0, child=1)]
    names = [*padded, *storages]
    for number, name in enumerate(names, start=1):
        data = padded.get(name, b"")
        count = -(-len(data) // SECTOR)
        first = len(table) if data else END
        table += [*range(first + 1, first + count), END] if data else []
        sectors += data.ljust(count * SECTOR, b"\0")
        right = number + 1 if number < len(names) else FREE
        entries.append(_entry(name, 2 if data else 1, first, len(data), right=right))
    directory = b"".join(entries)
    directory = directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0")
    start = len(table)
    count = len(directory) // SECTOR
    table += [*range(start + 1, start + count), END]
    fats = 1
    while (len(table) + fats) * 4 > fats * SECTOR:
        fats += 1
    first_fat = len(table)
    table += [FAT] * fats
    fat = struct.pack(f"<{len(table)}I", *table).ljust(fats * SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, fats, start, 0, 4096, END, 0, END, 0, first_fat)
    head += struct.pack("<108I", *range(first_fat + 1, first_fat + fats), *[FREE] * (109 - fats))
    return head + sectors + directory + fat


def _entry(name: str, kind: int, first: int, size: int, *, right: int = FREE, child: int = FREE) -> bytes:
    label = name.encode("utf-16-le") + b"\0\0"
    return label.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI16xIQ", len(label), kind, 1, FREE, right, child, 0, first, size
    )


def old_workbook(rows: Iterable[Iterable[str]]) -> bytes:
    """Return the stream ``Workbook`` of an older Excel file (BIFF8) with one sheet."""
    cells = b"".join(
        _record(0x204, struct.pack("<HHHHB", y, x, 0, len(text), 1) + text.encode("utf-16-le"))
        for y, row in enumerate(rows)
        for x, text in enumerate(row)
        if text
    )
    bof, eof = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0), _record(0x0A, b"")
    name = struct.pack("<IHBB", 0, 0, 4, 0) + b"Ark1"
    start = len(_record(0x809, bof) + _record(0x85, name) + eof)
    name = struct.pack("<I", start) + name[4:]
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + eof
    return _record(0x809, bof) + _record(0x85, name) + eof + sheet


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def old_document(
    text: str,
    *,
    runs: Mapping[tuple[int, int], bytes] = {},
    styles: Mapping[int, bytes] = {},
    comments: str = "",
    flags: int = 0,
    version: int = 0xC1,
) -> dict[str, bytes]:
    """Return the streams of an older Word file: ``runs`` gives characters properties, ``styles`` the paragraphs that
    end before these places, each as Word packs them."""
    start, everything = 0x800, text + comments
    words = everything.encode("utf-16-le")
    pages = -(-(start + len(words)) // SECTOR)
    chpx = _page([(start + 2 * a, start + 2 * b, data) for (a, b), data in sorted(runs.items())], 1)
    ends = sorted(styles)
    papx = _page([(start + 2 * a, start + 2 * b, styles[b]) for a, b in zip([0, *ends], ends, strict=False)], 13)
    pcd = struct.pack("<II", 0, len(words) // 2) + struct.pack("<HIH", 0, start, 0)
    clx = b"\x02" + struct.pack("<I", len(pcd)) + pcd
    bounds = struct.pack("<II", start, start + len(words))
    table = clx + bounds + struct.pack("<I", pages) + bounds + struct.pack("<I", pages + 1)
    fib = bytearray(start)
    struct.pack_into("<HH", fib, 0, 0xA5EC, version)
    struct.pack_into("<H", fib, 0x0A, flags)
    struct.pack_into("<I", fib, 0x4C, len(words) // 2 - len(comments))
    struct.pack_into("<I", fib, 0x5C, len(comments))
    struct.pack_into("<II", fib, 0x1A2, 0, len(clx))
    struct.pack_into("<II", fib, 0xFA, len(clx), 12)
    struct.pack_into("<II", fib, 0x102, len(clx) + 12, 12)
    document = (bytes(fib) + words).ljust(pages * SECTOR, b"\0") + chpx + papx
    return {"WordDocument": document, "0Table": table}


def _page(runs: list[tuple[int, int, bytes]], size: int) -> bytes:
    """Return one page of properties: the places first, the properties from its end."""
    filled: list[tuple[int, int, bytes]] = []
    for first, last, data in runs:
        if filled and filled[-1][1] < first:
            filled.append((filled[-1][1], first, b""))
        filled.append((first, last, data))
    page, end = bytearray(SECTOR), SECTOR - 2
    for index, (first, last, data) in enumerate(filled):
        struct.pack_into("<II", page, 4 * index, first, last)
        if data:
            packed = bytes([len(data)]) + data if size == 1 else bytes([0, len(data) // 2]) + data
            end = (end - len(packed)) // 2 * 2
            page[end : end + len(packed)] = packed
            page[4 * (len(filled) + 1) + size * index] = end // 2
    page[-1] = len(filled)
    return bytes(page)
