"""Turn one page of the newest PDF below a folder into a PNG: the picture in the README."""

import struct
import sys
import zlib
from pathlib import Path

import pypdfium2

DOTS_PER_INCH = 110


def main() -> int:
    """Read ``FOLDER PAGE TARGET`` from the command line."""
    folder, page, target = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    files = sorted(folder.rglob("*.pdf"), key=lambda file: file.stat().st_mtime)
    if not files:
        sys.stderr.write(f"There is no PDF below {folder}: run make draft first.\n")
        return 2
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(draw(files[-1].read_bytes(), page))
    return 0


def draw(pdf: bytes, page: int) -> bytes:
    """Return page ``page`` (from 1) as the bytes of a PNG."""
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[page - 1].render(scale=DOTS_PER_INCH / 72, rev_byteorder=True)
        rows = _rows(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
        return _png(rows, bitmap.width, bitmap.height)


def _rows(data: bytes, width: int, height: int, stride: int) -> bytes:
    """Return the lines of pixels, each after its filter byte, without the padding at their ends."""
    return b"".join(b"\0" + data[row * stride : row * stride + width * 3] for row in range(height))


def _png(rows: bytes, width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


if __name__ == "__main__":
    sys.exit(main())
