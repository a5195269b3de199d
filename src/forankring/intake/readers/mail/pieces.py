"""Turn a mail's passages into blocks, without what is quoted, signed or said about its files."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from forankring.intake.readers.html import read_html_text, without
from forankring.intake.readers.mail.cutting import Cut, Fate, cut
from forankring.intake.readers.mail.marks import Line, Mark
from forankring.intake.readers.mail.records import Mail, Passage
from forankring.intake.readers.plain_text import blocks_of
from forankring.intake.readers.trees import read_tree
from forankring.intake.records import Extract, Original, Piece
from forankring.ledger import Note
from forankring.text import Node, clean_text, plain

_NOTES = {
    Fate.QUOTED: "quoted_reply_left_out",
    Fate.SIGNED: "signature_left_out",
    Fate.COVER: "cover_lines_left_out",
}
_FOR_WORD = (re.compile(r"<!--\[if\b"), re.compile(r"<!\[endif\]-->"))
"""What Outlook writes for its own eyes; it is a comment to everyone else."""

_PICTURE_DATA = re.compile(r"data:image/[\w.+-]+;base64,[A-Za-z0-9+/=\s]*")


@dataclass(slots=True)
class Body:
    """A mail's blocks and what was left out of them; ``texts`` are the passages as they came, for screening."""

    pieces: list[Piece] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    forwarded: list[Mark] = field(default_factory=list)
    own_words: bool = False

    def take(self, made: Cut, lines: Sequence[Line]) -> None:
        """Count what was cut from one passage."""
        for index, line in enumerate(lines):
            code = _NOTES.get(made.fates[index], "") if not line.is_blank else ""
            if code:
                self.counts[code] = self.counts.get(code, 0) + 1
        self.own_words = self.own_words or (made.own_words and not self.forwarded)
        self.forwarded += made.forwarded


def read_body(original: Original, mail: Mail) -> Body:
    """Read all passages of a mail; each is cut on its own."""
    body = Body()
    for passage in mail.passages:
        document = None if passage.kind == "plain" else _document(original, passage)
        if document and (document.pieces or not passage.instead):
            _blocks(mail, document, body)
        else:
            _plain(mail, passage.instead or passage.text, body)
        if passage.encoding:
            body.notes.append(Note(code="encoding_guessed", values={"encoding": passage.encoding}))
    return body


def without_pictures(text: str) -> str:
    """Return HTML without the bytes of pictures that it holds itself, which may be megabytes."""
    return _PICTURE_DATA.sub("", text)


def _plain(mail: Mail, words: str, body: Body) -> None:
    text = clean_text(words)
    body.texts.append(text)
    lines = [Line(line) for line in text.split("\n")]
    made = _cut(mail, lines)
    body.take(made, lines)
    kept = (line.text if fate == Fate.KEPT else "" for line, fate in zip(lines, made.fates, strict=True))
    body.pieces += blocks_of("\n".join(kept))


def _document(original: Original, passage: Passage) -> Extract:
    if passage.kind == "html":
        return read_html_text(original, without_pictures(without(passage.text, *_FOR_WORD)))
    return Extract(pieces=read_tree(original, "rtf", data=passage.data).pieces)


def _cut(mail: Mail, lines: Sequence[Line]) -> Cut:
    encloses = any(not item.inside for item in mail.carried)
    return cut(lines, mail.subject, answers=mail.answers, encloses=encloses)


@dataclass(frozen=True, slots=True)
class _Unit:
    """What one line came from: inlines of a paragraph, or a whole block."""

    line: Line
    inlines: tuple[Node, ...] = ()
    block: Node | None = None
    number: int = 0


def _blocks(mail: Mail, document: Extract, body: Body) -> None:
    units = [unit for number, piece in enumerate(document.pieces) for unit in _units(piece.node, number)]
    body.texts += [unit.line.text for unit in units]
    body.notes += [note for note in document.notes if note.code != "pictures_left_out"]
    lines = [unit.line for unit in units]
    made = _cut(mail, lines)
    body.take(made, lines)
    body.pieces += _joined(unit for unit, fate in zip(units, made.fates, strict=True) if fate == Fate.KEPT)


def _units(node: Node, number: int) -> Iterator[_Unit]:
    """Yield a paragraph's lines, or the block itself; a blank line ends each, as it ends a paragraph of plain text."""
    if node["t"] in ("Para", "Plain"):
        line: list[Node] = []
        for inline in (*node["c"], {"t": "LineBreak"}):
            if inline["t"] == "LineBreak":
                yield _Unit(Line(plain(line)), tuple(line), number=number)
                line = []
            else:
                line.append(inline)
    else:
        yield _Unit(Line(plain([node]), block=node["t"] == "BlockQuote"), block=node, number=number)
    yield _Unit(Line(""))


def _joined(units: Iterable[_Unit]) -> Iterator[Piece]:
    """Yield blocks; the lines of a paragraph stay together up to an empty one, which many write between paragraphs."""
    line: list[Node] = []
    last = -1
    for unit in units:
        goes_on = unit.inlines and not unit.line.is_blank and unit.number == last
        if line and not goes_on:
            yield Piece(node={"t": "Para", "c": line})
            line = []
        if unit.block:
            yield Piece(node=unit.block)
        elif not unit.line.is_blank:
            line = [*line, {"t": "LineBreak"}, *unit.inlines] if line else list(unit.inlines)
        last = unit.number if unit.inlines else -1
    if line:
        yield Piece(node={"t": "Para", "c": line})
