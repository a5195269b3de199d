"""Turn a text into its lines in reading order: sentences, headings, rows with their cells, whole blocks of code."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from forankring.language import Locale
from forankring.text.alignment import Part
from forankring.text.nodes import Document, Node, plain, walk
from forankring.text.parts import cells_of, is_text, sentences, words
from forankring.text.sentences import one_sentence_a_line
from forankring.text.tokens import key_of


@dataclass(frozen=True, slots=True)
class Piece:
    """What is written or not written as a whole: a sentence, a cell. ``words`` is what a reader sees of it, with one
    space between words; ``key`` is the same where the formatting is too."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on a line of its own. ``kind`` is ``sentence``, ``heading``, ``term``, ``row`` or ``code``; all but a
    row have one piece, a row has one for each cell that says something. ``block`` counts the blocks of the text, those
    inside its divs as its own."""

    kind: str
    pieces: tuple[Piece, ...]
    part: Part
    block: int


def units(blocks: Iterable[Node]) -> Iterator[Node]:
    """Yield the blocks that have a history of their own: those of the text, and those inside its divs."""
    for block in blocks:
        if block["t"] == "Div":
            yield from units(block["c"][1])
        else:
            yield block


@dataclass(slots=True)
class Lines:
    """Finds the lines of many versions of a text; what they have in common is looked at once."""

    locale: Locale
    _known: dict[str, tuple[tuple[str, tuple[Piece, ...], Part], ...]] = field(default_factory=dict)

    def of(self, document: Document) -> tuple[Line, ...]:
        """Return the lines of one text, however its paragraphs are broken."""
        return tuple(
            Line(kind, pieces, part, number)
            for number, block in enumerate(units(document.blocks))
            for kind, pieces, part in self._lines_of(block)
        )

    def _lines_of(self, block: Node) -> tuple[tuple[str, tuple[Piece, ...], Part], ...]:
        key = key_of(block)
        found = self._known.get(key)
        if found is None:
            lined = one_sentence_a_line([block], self.locale)
            lines = ((kind, tuple(_pieces(kind, node)), node) for kind, node in _nodes(lined))
            found = tuple((kind, pieces, _part(kind, pieces, node)) for kind, pieces, node in lines if pieces)
            self._known[key] = found
        return found


def _nodes(blocks: Iterable[Node]) -> Iterator[tuple[str, Any]]:
    """Yield the kind of every line and what it consists of."""
    for block in blocks:
        content: Any = block.get("c")
        match block["t"]:
            case "Header":
                yield "heading", content[2]
            case "BlockQuote":
                yield from _nodes(content)
            case "BulletList":
                yield from (line for item in content for line in _nodes(item))
            case "OrderedList":
                yield from (line for item in content[1] for line in _nodes(item))
            case "DefinitionList":
                yield from _definitions(content)
            case "Div":
                yield from _nodes(content[1])
            case "Figure":
                yield from _nodes([*content[2], *content[1][1]])
            case "Table":
                yield from _table(content)
            case _ if is_text(block):
                yield from (("sentence", sentence) for sentence in sentences(content))
            case _:
                yield "code", block


def _definitions(content: Any) -> Iterator[tuple[str, Any]]:
    for term, texts in content:
        yield "term", term
        for text in texts:
            yield from _nodes(text)


def _table(content: Any) -> Iterator[tuple[str, Any]]:
    rows = [*content[3][1], *(row for body in content[4] for row in (*body[2], *body[3])), *content[5][1]]
    yield from (("row", row) for row in rows)
    yield from _nodes(content[1][1])


def _pieces(kind: str, node: Any) -> Iterator[Piece]:
    """Yield the pieces of a line that a reader sees something of."""
    for piece in [cell[4] for cell in cells_of(node)] if kind == "row" else [node]:
        said = " ".join(plain(piece).split()) or _pictures(piece)
        if said:
            yield Piece(key_of(piece), said)


def _pictures(node: Any) -> str:
    """Return the names of the pictures where there is nothing else."""
    return ", ".join(picture["c"][2][0] for picture in walk(node) if picture["t"] == "Image")


def _part(kind: str, pieces: tuple[Piece, ...], node: Any) -> Part:
    if kind != "row":
        return Part(kind, pieces[0].key, words(node))
    cells = [cell[4] for cell in cells_of(node)]
    return Part(kind, tuple(map(key_of, cells)), tuple(word for cell in cells for word in (*words(cell), "|")))
