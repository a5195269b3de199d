"""Turn RTF into an extract; what its hidden groups say is screened as well."""

import re

from forankring.intake.readers.trees import read_tree
from forankring.intake.records import Desk, Extract, Original, Screened
from forankring.ledger import Note

_DATA = re.compile(rb"(?:[0-9a-fA-F]{2}\s*){40,}")
_ESCAPED = re.compile(rb"\\'([0-9a-fA-F]{2})")
_UNICODE = re.compile(rb"\\u(-?\d{1,5}) ?(?:\?|\\'[0-9a-fA-F]{2})?")
_FIELD_TITLE = re.compile(rb"\{\\\*\\fldtitle(?:\{[^{}]*\}|[^{}])*\}")
"""The title of a link, behind which pandoc loses the link's words."""
_CONTROL = re.compile(rb"\\[a-zA-Z]+-?\d* ?|[{}\r\n]|\\\*")


def read_rtf(original: Original, _: Desk) -> Extract:
    """Read an RTF file; pictures are not carried."""
    data = original.path.read_bytes()
    raw = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), _DATA.sub(b" ", data))
    separated = re.sub(rb"\\(?:par|row|line)\b ?", b"\n\n", raw)
    separated = re.sub(rb"\\(?:cell|tab)\b ?", b"\t", separated)
    separated = _UNICODE.sub(lambda found: chr(int(found[1]) % 65536).encode("cp1252", "replace"), separated)
    hidden = _CONTROL.sub(b"", separated).decode("cp1252", "replace")
    tree = read_tree(original, "rtf", data=_FIELD_TITLE.sub(b"", data))
    pictures = data.count(b"\\pict")
    return Extract(
        pieces=tree.pieces,
        screened=(Screened(text=hidden),),
        notes=(Note(code="pictures_left_out", values={"n": pictures}),) if pictures else (),
        title=tree.title,
    )
