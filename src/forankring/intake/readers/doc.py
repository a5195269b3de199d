"""Turn an older Word file (.doc) into blocks; a process that can be killed takes it apart."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from forankring.intake.forms import as_form
from forankring.intake.readers import doc_worker
from forankring.intake.readers.beside import hidden_words
from forankring.intake.readers.children import ask_child
from forankring.intake.readers.tables import table
from forankring.intake.records import Desk, Extract, Original, Piece, Screened, Stated
from forankring.ledger import Note
from forankring.process import Limits
from forankring.text import Node, clean_text, header, inlines

LIMITS = Limits(seconds=30, memory_mib=1024, output_mib=256)

_TITLE = 62
_HEADINGS = range(1, 10)
_FOOTNOTE = "\x02"
_MARKS = str.maketrans(
    {"\x0b": "\n", "\x1e": "\u2011", "\x1f": "", "\x01": "", "\x05": "", "\x08": "", "\x03": "", "\x04": ""}
)
_ENDS = re.compile("[\r\x07\x0c]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")


def read_doc(original: Original, desk: Desk) -> Extract:
    """Read the text as if its tracked changes were accepted; what is not carried is noted."""
    found = ask_child(original, doc_worker.__file__, limits=LIMITS, needs="olefile")
    footnotes = _Footnotes(found)
    pieces = [*_pieces(found["paragraphs"], footnotes), *(Piece(node=node) for node in footnotes.rest())]
    properties = found["properties"]
    names = dict.fromkeys(clean_text(properties[name]).strip() for name in ("company", "author", "last_saved_by"))
    extract = Extract(
        pieces=tuple(pieces),
        stated=tuple(Stated(name=name, origin="properties") for name in names if name),
        screened=tuple(_screened(original, found)),
        notes=tuple(_notes(found)),
        title=clean_text(properties["title"]).strip(),
    )
    return as_form(extract, original, desk)


class _Footnotes:
    """Hand out the notes of a text in the order of their marks."""

    def __init__(self, found: dict[str, Any]) -> None:
        stories = [found["stories"][name] for name in ("footnotes", "endnotes")]
        self._notes = [[_words(note) for note in story.split(_FOOTNOTE)[1:]] for story in stories]
        self._waiting = [note for notes in self._notes for note in notes]
        self._marked = not all(self._notes)  # with both kinds, a mark does not tell which of them it means

    def inlines(self, text: str) -> list[Node]:
        """Return the text with each mark as the note that it stands for."""
        parts = text.split(_FOOTNOTE)
        result = inlines(_words(parts[0]))
        for part in parts[1:]:
            if self._marked and self._waiting:
                result.append({"t": "Note", "c": [{"t": "Para", "c": inlines(self._waiting.pop(0))}]})
            result += inlines(clean_text(part.translate(_MARKS)))
        return result

    def rest(self) -> Iterator[Node]:
        """Yield the notes that no mark took, as paragraphs."""
        yield from ({"t": "Para", "c": inlines(note)} for note in self._waiting if note)


def _pieces(paragraphs: Iterable[dict[str, Any]], footnotes: _Footnotes) -> Iterator[Piece]:
    for kind, group in groupby(paragraphs, key=_kind):
        if kind == "table":
            yield Piece(node=table(list(_rows(group))))
        elif kind == "list":
            items = [footnotes.inlines(item["text"]) for item in group if _words(item["text"])]
            if items:
                yield Piece(node={"t": "BulletList", "c": [[{"t": "Plain", "c": item}] for item in items]})
        else:
            for paragraph in group:
                if _words(paragraph["text"]):
                    yield Piece(node=_block(paragraph, footnotes))


def _kind(paragraph: dict[str, Any]) -> str:
    if paragraph["in_table"]:
        return "table"
    heading = paragraph["style"] in _HEADINGS  # a numbered heading is no item of a list
    return "list" if paragraph["list"] and not heading else "text"


def _block(paragraph: dict[str, Any], footnotes: _Footnotes) -> Node:
    style = paragraph["style"]
    if style in _HEADINGS or style == _TITLE:
        return header(1 if style == _TITLE else style, " ".join(_words(paragraph["text"]).split()))
    content = footnotes.inlines(paragraph["text"])
    return {"t": "Para", "c": [{"t": "Strong", "c": content}] if paragraph["bold"] else content}


def _rows(paragraphs: Iterable[dict[str, Any]]) -> Iterator[list[str]]:
    """Yield the rows of a table, each a list of its cells' words."""
    row: list[str] = []
    cell: list[str] = []
    for paragraph in paragraphs:
        if not paragraph["row_end"]:
            cell.append(_words(paragraph["text"].replace(_FOOTNOTE, "")))
        if paragraph["end"] == "\x07" and not paragraph["row_end"]:
            row.append("\n".join(filter(None, cell)))
            cell = []
        elif paragraph["row_end"]:
            yield row
            row = []
    if row or any(cell):
        yield [*row, "\n".join(filter(None, cell))]


def _words(text: str) -> str:
    return clean_text(text.translate(_MARKS).replace(_FOOTNOTE, "")).strip()


def _screened(original: Original, found: dict[str, Any]) -> Iterator[Screened]:
    """Yield the text as it stands, with what was deleted or hidden, as it is read, and all else in the file."""
    whole = _CONTROLS.sub("", _ENDS.sub("\n\n", found["everything"]))
    read = "\n\n".join(paragraph["text"] for paragraph in found["paragraphs"])
    yield Screened(text=whole)
    yield Screened(text=_CONTROLS.sub("", read))
    yield Screened(text="\n\n".join(found["properties"].values()), part="properties")
    yield Screened(text="\n\n".join(hidden_words(original.path.read_bytes())))


def _notes(found: dict[str, Any]) -> Iterator[Note]:
    stories = found["stories"]
    counts = {
        "tracked_changes": found["changes"],
        "comments_left_out": found["comments"],
        "hidden_text_left_out": found["hidden"],
        "pictures_left_out": found["pictures"],
        "embedded_left_out": found["embedded"],
        "text_boxes_left_out": int(bool(_words(stories["boxes"]))),
    }
    for code, n in counts.items():
        if n:
            yield Note(code=code, values={"n": n})
    if _words(stories["headers"]):
        yield Note(code="headers_left_out")
