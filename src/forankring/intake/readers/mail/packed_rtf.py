"""Turn Outlook's compressed RTF (MS-OXRTFCP) into RTF."""

import struct

MOST_BYTES = 20 * 1024 * 1024

_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What the dictionary holds before the first byte is read (2.1.2.1)."""

_PACKED, _BARE = 0x75465A4C, 0x414C454D
_SIZE = 4096


class PackedRtfError(Exception):
    """The bytes are no compressed RTF, or come to more than is safe to read."""


def unpack_rtf(data: bytes) -> bytes:
    """Return the RTF; what follows the end, or is cut off, is left out."""
    if len(data) < 16:
        raise PackedRtfError
    _, size, kind, _ = struct.unpack("<4I", data[:16])
    if size > MOST_BYTES or kind not in (_PACKED, _BARE):
        raise PackedRtfError
    return data[16 : 16 + size] if kind == _BARE else _unpacked(data, size)


def _unpacked(data: bytes, size: int) -> bytes:
    """Read runs of eight tokens, each a byte or a reference into the last 4,096 bytes (2.2.2)."""
    window = bytearray(_START.ljust(_SIZE, b"\0"))
    write, position, result = len(_START), 16, bytearray()
    while position < len(data) and len(result) < size:
        control, position = data[position], position + 1
        for bit in range(8):
            if position >= len(data):
                break
            if not control >> bit & 1:
                taken, position = bytes(data[position : position + 1]), position + 1
                offset = -1
            else:
                if position + 1 >= len(data):
                    return bytes(result)
                token = data[position] << 8 | data[position + 1]
                offset, length, position = token >> 4, (token & 15) + 2, position + 2
                if offset == write:
                    return bytes(result)
                taken = b""
            for index in range(1 if offset < 0 else length):
                byte = taken[0] if offset < 0 else window[(offset + index) % _SIZE]
                result.append(byte)
                window[write] = byte
                write = (write + 1) % _SIZE
    return bytes(result[:size])
