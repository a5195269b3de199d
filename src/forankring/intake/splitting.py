"""Turn a file's blocks into remarks: one per paragraph, list or table, each with its headings and its place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import dropwhile

from forankring.intake.records import Piece
from forankring.intake.routing import Heading
from forankring.language import Locale
from forankring.ledger import Place
from forankring.text import Node, plain, spelt_out

LONGEST_LETTER_LINE = 160
LONGEST_SIGNATURE_LINE = 60
LONGEST_BOLD_HEADING = 90

_BOLD = 6
"""The level of a heading that is only bold: below all that a file calls headings."""
_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s+[A-ZÆØÅ]")
_PLAIN = frozenset({"Str", "Space", "SoftBreak", "LineBreak"})
_WITH_INTRO = frozenset({"BulletList", "OrderedList", "DefinitionList", "Table", "BlockQuote"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing that a file says, before it is placed in a chapter. ``opens``: it begins with its own heading."""

    text: str
    nodes: tuple[Node, ...]
    headings: tuple[Heading, ...]
    place: Place
    opens: bool = False

    @property
    def blocks(self) -> tuple[Node, ...]:
        """The blocks, where they say more than paragraphs of plain text do."""
        return () if all(map(_is_plain, self.nodes)) else spelt_out(self.nodes)


@dataclass(frozen=True, slots=True)
class Split:
    """A file's remarks, the heading over the whole of it, and how many lines of letter it had."""

    remarks: tuple[Remark, ...]
    title: str = ""
    letter_lines: int = 0


def split(pieces: Iterable[Piece], locale: Locale, title: str = "") -> Split:
    """Split blocks into remarks; greetings, signatures and a web page's left-overs are counted, not kept.

    ``title`` is the file's own title, by which a first paragraph that repeats it is known as a heading.
    """
    letters = _Letters(locale)
    known = tuple(_with_title(_with_headings(pieces), title))
    splitter = _Splitter(letters=letters, title=_title(list(dropwhile(letters.passes, known))))
    for piece in known:
        splitter.take(piece)
    splitter.end()
    return Split(tuple(splitter.remarks), splitter.title, splitter.letter_lines)


class _Letters:
    """The phrases of one language that open and close a letter. A line that says something is never part of one:
    rather a greeting among the remarks than a remark among the greetings."""

    def __init__(self, locale: Locale) -> None:
        words = locale.words["intake"]["letters"]
        self._opens = _starting(words["greetings"])
        self._closes = _starting(words["closings"])
        self._heads = _starting(words["heads"])
        self._residue = _starting(words["residue"])
        self._appendix = _starting(words["appendix"])
        self._says = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words["says"])) + r")(?!\w)", re.IGNORECASE)

    def is_passed_over(self, text: str) -> bool:
        return self._is_short(text) and bool(
            (self._opens.match(text) and not re.search(r"[.?!]\s", text))
            or self._heads.match(text)
            or self._residue.match(text)
        )

    def passes(self, piece: Piece) -> bool:
        text = plain(piece.node)
        return self.is_passed_over(text) or self.closes(text)

    def closes(self, text: str) -> bool:
        return self._is_short(text) and bool(self._closes.match(text))

    def signs(self, text: str) -> bool:
        """Tell whether a line after the closing may belong to the signature: a name, a title, an address."""
        return len(text) <= LONGEST_SIGNATURE_LINE and self._is_short(text) and not self._appendix.match(text)

    def _is_short(self, text: str) -> bool:
        return len(text) <= LONGEST_LETTER_LINE and not self._says.search(text)


def _is_plain(node: Node) -> bool:
    return node["t"] in ("Para", "Plain") and all(item["t"] in _PLAIN for item in node["c"])


def _starting(phrases: list[str]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"\s*(?:" + "|".join(re.escape(phrase) for phrase in ordered) + r")(?!\w)", re.IGNORECASE)


@dataclass(slots=True)
class _Splitter:
    """Walk through the blocks with the headings above them in hand."""

    letters: _Letters
    title: str
    remarks: list[Remark] = field(default_factory=list)
    letter_lines: int = 0
    _above: list[tuple[int, Heading, Piece]] = field(default_factory=list)
    _intro: Piece | None = None
    _used: bool = True
    _signed: bool = False
    _count: int = 0

    def take(self, piece: Piece) -> None:
        text = plain(piece.node)
        is_header = piece.node["t"] == "Header"
        text = re.sub(r" *\n *", " ", text) if is_header else text
        if is_header and not piece.role:
            self._signed = False
        if self._is_letter(piece, text):
            self._flush()
            self.letter_lines += 1
        elif is_header and text:
            self._flush()
            self._head(piece, text)
        elif text:
            self._body(piece, text)

    def end(self) -> None:
        self._flush()
        self._keep_empty_heading(0)

    def _is_letter(self, piece: Piece, text: str) -> bool:
        line = piece.node["t"] in ("Para", "Plain", "Header")
        closes = line and self.letters.closes(text)
        self._signed = closes or (self._signed and line and self.letters.signs(text))
        return self._signed or (line and self.letters.is_passed_over(text))

    def _head(self, piece: Piece, text: str) -> None:
        level = piece.node["c"][0]
        self._keep_empty_heading(level)
        self._above = [item for item in self._above if item[0] < level]
        if piece.role == "opening":
            heading = Heading(text, "opening")
        else:
            is_title = text == self.title and not self.remarks and not self._above
            heading = Heading(text, "title" if is_title else "heading")
        self._above.append((level, heading, piece))
        self._used = False

    def _keep_empty_heading(self, level: int) -> None:
        """Make a heading with nothing under it a remark of its own, or its words would be lost."""
        if self._used or not self._above or self._above[-1][0] < level or self._above[-1][1].rank == "title":
            return
        piece = self._above.pop()[2]
        self._count += 1
        node = {"t": "Para", "c": piece.node["c"][2]}
        self._add((node,), piece, self._count, opens=False)
        self._used = True

    def _body(self, piece: Piece, text: str) -> None:
        self._count += 1
        if self._intro and piece.node["t"] in _WITH_INTRO:
            intro, self._intro = self._intro, None
            self._add((intro.node, piece.node), intro, self._count - 1)
            return
        self._flush()
        if piece.node["t"] == "Para" and text.endswith(":"):
            self._intro = piece
            return
        self._add((piece.node,), piece, self._count)

    def _flush(self) -> None:
        if self._intro:
            intro, self._intro = self._intro, None
            self._add((intro.node,), intro, self._count)

    def _add(self, nodes: tuple[Node, ...], piece: Piece, number: int, *, opens: bool | None = None) -> None:
        headings = tuple(heading for _, heading, _ in self._above)
        if opens is None:
            opens = not self._used and bool(headings) and headings[-1].rank == "opening"
        self._used = True
        shown = tuple(item.text for item in headings)
        place = Place(page=piece.page, heading=shown, paragraph=number, line=piece.line, cell=piece.cell)
        text = plain(nodes)
        self.remarks.append(Remark(text=text, nodes=nodes, headings=headings, place=place, opens=opens))


def _with_headings(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Turn a short paragraph that is bold from end to end into the heading that it is meant to be."""
    for piece in pieces:
        node = piece.node
        if node["t"] == "Plain":
            node = {"t": "Para", "c": node["c"]}
        if node["t"] == "Para" and _is_bold(node):
            inner = [part for item in node["c"] for part in (item["c"] if item["t"] == "Strong" else [item])]
            node = {"t": "Header", "c": [_BOLD, ["", [], []], inner]}
            yield replace(piece, node=node, role="heading")
        else:
            yield replace(piece, node=node)


def _with_title(pieces: Iterable[Piece], title: str) -> Iterator[Piece]:
    """Turn a first paragraph that repeats the file's title into a heading."""
    for number, piece in enumerate(pieces):
        text = plain(piece.node) if number == 0 and title and piece.node["t"] == "Para" else ""
        if text.startswith(title) and 0 < len(text) <= LONGEST_LETTER_LINE and text[-1] not in ".:;,":
            yield replace(piece, node={"t": "Header", "c": [1, ["", [], []], piece.node["c"]]}, role="")
        else:
            yield piece


def _is_bold(node: Node) -> bool:
    bold = all(item["t"] in ("Strong", "Space", "SoftBreak") for item in node["c"])
    text = plain(node) if bold else ""
    ends = text[-1:] in (".", ":", ";", ",", "!") and not (text.endswith(".") and _NUMBERED.match(text))
    return 2 < len(text) <= LONGEST_BOLD_HEADING and not ends


def _title(pieces: list[Piece]) -> str:
    """Return the heading over the whole file: the first block, above all other headings or with one right under it.

    Where all blocks look like headings, none is the title; nor is a line that only looks like one, unless it outranks
    the others.
    """
    if not pieces or pieces[0].node["t"] != "Header" or all(piece.node["t"] == "Header" for piece in pieces):
        return ""
    levels = [piece.node["c"][0] for piece in pieces[1:] if piece.node["t"] == "Header"]
    first = pieces[0].node["c"][0]
    meant = pieces[0].role != "heading" or first == _BOLD
    on_top = bool(levels) and (min(levels) > first or (meant and pieces[1].node["t"] == "Header"))
    return plain(pieces[0].node) if on_top else ""
