"""Turn a finished Word file back into text, and say where it is not the text that went into it."""

import itertools
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forankring import text
from forankring.language import Locale
from forankring.process import Limits, pandoc
from forankring.publishing.records import Difference
from forankring.publishing.word.names import MARKS
from forankring.text import Node

_LIMITS = Limits(seconds=120)
_MARKS = frozenset("Emph Strong Underline Strikeout Superscript Subscript SmallCaps Code".split())
_MISSING, _TERM, _QUOTE, _FIGURE = "Missing", "Definition-Term", "Block Text", "Image Caption"
_CONTENTS, _CONTENTS_HEADING = re.compile(r"TOC (Heading|\d)"), "TOC-Heading"
_PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
_SPACES = re.compile(r"[ \n]+")
_Runs = tuple[tuple[str, frozenset[str]], ...]
_Line = tuple[Any, ...]


def differences(data: bytes, written: Sequence[Node], locale: Locale) -> tuple[Difference, ...]:
    """Return where the Word file reads otherwise than the blocks that were written to it; nothing where it is exact.

    Compared are words, order, headings and their levels, formatting, lists and their numbers, tables with their cells
    and spans, captions with their numbers, notes, links out of the text and the words of pictures (see
    ``docs/decisions/0011``). Raises ToolError where pandoc cannot read the file.
    """
    with tempfile.TemporaryDirectory(prefix="forankring-") as folder:
        file = Path(folder, "edition.docx")
        file.write_bytes(data)
        read = json.loads(pandoc(["--from", "docx+styles", "--to", "json", str(file)], limits=_LIMITS))["blocks"]
    wanted = list(_Lines(locale, numbered=True).of(written))
    found = list(_Lines(locale).of(read))
    return tuple(_compared(wanted, found))


def _compared(wanted: list[_Line], found: list[_Line]) -> Iterator[Difference]:
    """Yield the first line that differs in each chapter: what follows it in the chapter may only be its echo."""
    none: tuple[str, list[_Line]] = ("", [])
    for ours, theirs in itertools.zip_longest(_chapters(wanted), _chapters(found), fillvalue=none):
        for our_line, their_line in itertools.zip_longest(ours[1], theirs[1]):
            if our_line != their_line:
                yield Difference(chapter=ours[0], wanted=_words(our_line), found=_words(their_line))
                break


def _chapters(lines: Iterable[_Line]) -> Iterator[tuple[str, list[_Line]]]:
    """Part the lines at the headings of level 1."""
    title = ""
    part: list[_Line] = []
    for line in lines:
        if line[:2] == ("heading", 1):
            yield title, part
            title, part = _words(line[2:]), []
        part.append(line)
    yield title, part


def _words(line: _Line | None) -> str:
    """Return what a person would recognise a line by: its kind and place, and its words."""
    return " ".join(" ".join(_said(line)).split()) if line else ""


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _said(part)


@dataclass(slots=True)
class _Lines:
    """Turns blocks into lines that can be compared: what a writer or reader is free to choose is gone from them."""

    locale: Locale
    numbered: bool = False
    tables: int = 0
    figures: int = 0

    def of(self, blocks: Iterable[Node], place: tuple[str, ...] = (), style: str = "") -> Iterator[_Line]:
        """Yield the lines; ``place`` is the lists around them, ``style`` the Word style of the division around them."""
        for block in blocks:
            yield from self._block(block, place, style)

    def _block(  # noqa: PLR0912  # one case for each kind
        self, block: Node, place: tuple[str, ...], style: str
    ) -> Iterator[_Line]:
        content: Any = block.get("c")
        match block["t"]:
            case "Para" | "Plain":
                yield from self._paragraph(content, place)
            case "Header":
                if _CONTENTS_HEADING not in content[1][1]:
                    yield ("heading", content[0], self._runs(content[2]))
            case "Div":
                named = dict(content[0][2]).get("custom-style", "")
                if _TERM in content[0][1]:  # of a definition that begins with a list: pandoc then sees no definition
                    yield from (("term", place, self._runs(term["c"])) for term in content[1])
                elif named == _FIGURE:  # where a bookmark stands before its picture
                    yield ("caption", self._caption("figure", 0, content[1]))
                elif not _CONTENTS.fullmatch(named):
                    yield from self.of(content[1], place, named or style)
            case "BlockQuote":
                yield from self.of(content, (*place, ">") if self._quoted(place, style) else place, style)
            case "BulletList":
                yield from self._items(content, itertools.repeat("•"), place)
            case "OrderedList":
                yield from self._items(content[1], (f"{n}." for n in itertools.count(content[0][0])), place)
            case "DefinitionList":
                for term, parts in content:
                    yield ("term", place, self._runs(term))
                    for part in parts:
                        yield from self.of(part, (*place, ":"))
            case "CodeBlock":
                yield ("code", place, content[1].strip("\n"))
            case "HorizontalRule":
                yield ("rule",)
            case "Table":
                yield from self._table(content)
            case "Figure":
                yield from self._figure(content, place)

    def _quoted(self, place: tuple[str, ...], style: str) -> bool:
        """Tell a quotation, outside lists, from a box: pandoc takes every indented paragraph for a quotation."""
        return (self.numbered or style == _QUOTE) and not place

    def _paragraph(self, content: list[Node], place: tuple[str, ...]) -> Iterator[_Line]:
        runs = self._runs(content)
        if runs and runs[0][0] not in MARKS:
            yield ("paragraph", place, runs)

    def _items(self, items: list[list[Node]], marks: Iterable[str], place: tuple[str, ...]) -> Iterator[_Line]:
        """Yield the lines of a list; that it stands in a quotation or definition is not to be seen in a Word file."""
        outer = tuple(mark for mark in place if mark not in (">", ":"))
        for mark, item in zip(marks, items, strict=False):
            for number, block in enumerate(item):
                yield from self._block(block, (*outer, mark if not number else ""), "")

    def _table(self, content: list[Any]) -> Iterator[_Line]:
        _, (_, caption), _, (_, heads), bodies, _ = content
        if caption:
            self.tables += 1
            yield ("caption", self._caption("table", self.tables, caption))
        for kind, rows in (("head", heads), ("row", [row for body in bodies for row in (*body[2], *body[3])])):
            for _, cells in rows:
                yield (kind, *((self._cell(cell[4]), cell[2], cell[3]) for cell in cells))

    def _cell(self, blocks: list[Node]) -> tuple[_Line, ...]:
        return tuple(self.of(blocks))

    def _figure(self, content: list[Any], place: tuple[str, ...]) -> Iterator[_Line]:
        _, (_, caption), blocks = content
        yield from self.of(blocks, place)
        if caption:
            self.figures += 1
            yield ("caption", self._caption("figure", self.figures, caption))

    def _caption(self, key: str, number: int, blocks: list[Node]) -> _Runs:
        """Return the caption's words, led by its label and number where the build is yet to put them."""
        words = [node for line in self._caption_lines(blocks) for node in line]
        if self.numbered:
            label = self.locale.label(f"publishing.{key}", n="").strip()
            words = [{"t": "Str", "c": f"{label}\u00a0{number}: "}, *words]
        return self._runs(words)

    def _caption_lines(self, blocks: list[Node]) -> Iterator[list[Node]]:
        for block in blocks:
            if block["t"] in ("Div", "BlockQuote"):  # in a box the caption's paragraph is indented
                yield from self._caption_lines(block["c"][1] if block["t"] == "Div" else block["c"])
            else:
                yield block["c"]

    def _runs(self, nodes: list[Node]) -> _Runs:
        """Return inlines as pieces of text with their formatting; a space has none, and one is as good as two."""
        runs: list[tuple[str, frozenset[str]]] = []
        for words, marks in self._pieces(nodes, frozenset()):
            for piece in re.split(r"([ \n]+)", words):
                own = frozenset() if piece.isspace() else marks
                if piece and runs and runs[-1][1] == own:
                    runs[-1] = (runs[-1][0] + piece, own)
                elif piece:
                    runs.append((piece, own))
        return _trimmed(runs)

    def _pieces(self, nodes: list[Node], marks: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
        for node in nodes:
            kind: str = node["t"]
            content: Any = node.get("c")
            if kind == "Str":
                yield content, marks
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                yield "\n" if kind == "LineBreak" else " ", marks
            elif kind == "Code":
                yield content[1], marks - {_MISSING} | {"Code"}
            elif kind in _MARKS:
                yield from self._pieces(content, marks | {kind})
            elif kind == "Link":
                out = content[2][0]
                yield from self._pieces(content[1], marks - {_MISSING} | {"#" if out.startswith("#") else out})
            elif kind == "Image":
                yield f"{_PICTURE}{text.plain(content[1])}{_PICTURE}", marks
            elif kind == "Note":
                # What a note's number looks like is Word's affair, and pandoc reads no list in a note.
                yield f"{_PICTURE}{' '.join(text.plain(content).split())}{_PICTURE}", frozenset()
            elif kind == "Span":
                named = dict(content[0][2]).get("custom-style")
                linked = not marks <= _MARKS
                yield from self._pieces(content[1], marks | {_MISSING} if named == _MISSING and not linked else marks)


def _trimmed(runs: list[tuple[str, frozenset[str]]]) -> _Runs:
    tidy = [(_SPACES.sub(_one_space, words), marks) for words, marks in runs]
    while tidy and not tidy[0][0].strip(" \n"):
        tidy.pop(0)
    while tidy and not tidy[-1][0].strip(" \n"):
        tidy.pop()
    if tidy:
        tidy[0] = (tidy[0][0].lstrip(" \n"), tidy[0][1])
        tidy[-1] = (tidy[-1][0].rstrip(" \n"), tidy[-1][1])
    return tuple(tidy)


def _one_space(found: re.Match[str]) -> str:
    return "\n" if "\n" in found.group() else " "
