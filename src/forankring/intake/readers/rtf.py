"""Turn RTF into an extract; what its hidden groups say is screened as well."""

import re

from forankring.intake.forms import as_form
from forankring.intake.readers.trees import read_tree
from forankring.intake.records import Desk, Extract, Original, Screened
from forankring.ledger import Note

_DATA = re.compile(rb"(?:[0-9a-fA-F]{2}\s*){40,}")
_ESCAPED = re.compile(rb"\\'([0-9a-fA-F]{2})")
_UNICODE = re.compile(rb"\\u(-?\d{1,5}) ?(?:\?|\\'[0-9a-fA-F]{2})?")
_FIELD_TITLE = re.compile(rb"\{\\\*\\fldtitle(?:\{[^{}]*\}|[^{}])*\}")
"""The title of a link, behind which pandoc loses the link's words."""
_DELETED = re.compile(rb"(?<!\\)((?:\\\\)*)\\deleted(?=[^a-zA-Z])")
"""What a tracked change took back: pandoc knows hidden text, and no changes."""
_REVISED = re.compile(rb"\\(?:deleted|revised)(?![a-zA-Z0-9])")
_REMARK = re.compile(rb"\\annotation(?![a-zA-Z])")
_CONTROL = re.compile(rb"\\[a-zA-Z]+-?\d* ?|[{}\r\n]|\\\*")


def read_rtf(original: Original, desk: Desk) -> Extract:
    """Read an RTF file as if its changes were accepted; pictures and comments are not carried."""
    data = original.path.read_bytes()
    raw = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), _DATA.sub(b" ", data))
    separated = re.sub(rb"\\(?:par|row|line)\b ?", b"\n\n", raw)
    separated = re.sub(rb"\\(?:cell|tab)\b ?", b"\t", separated)
    separated = _UNICODE.sub(lambda found: chr(int(found[1]) % 65536).encode("cp1252", "replace"), separated)
    hidden = _CONTROL.sub(b"", separated).decode("cp1252", "replace")
    tree = read_tree(original, "rtf", data=_DELETED.sub(rb"\1\\v", _FIELD_TITLE.sub(b"", data)))
    left_out = {
        "tracked_changes": len(_REVISED.findall(data)),
        "comments_left_out": len(_REMARK.findall(data)),
        "pictures_left_out": data.count(b"\\pict"),
    }
    extract = Extract(
        pieces=tree.pieces,
        screened=(Screened(text=hidden),),
        notes=tuple(Note(code=code, values={"n": n}) for code, n in left_out.items() if n),
        title=tree.title,
    )
    return as_form(extract, original, desk)
