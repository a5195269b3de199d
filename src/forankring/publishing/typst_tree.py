"""Turn a manuscript into the tree from which pandoc writes the typst source of its PDF edition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forankring import text
from forankring.publishing.passages import is_passage
from forankring.publishing.records import Manuscript
from forankring.publishing.tables import rows_of, shares
from forankring.text import Node

_ESCAPES = {ord(sign): f"\\{sign}" for sign in "!\"#$%&'()*+-./:;<=>@[\\]^_`{|}~"}
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_BREAKABLE = re.compile(r"([/._=&?-]|\w{15})(?=.)")
_LETTERS, _LOW = 80, 30
"""How many letters a table as wide as the page has in a line, and how many lines a row may have that is not broken."""
_LONG_WORD = re.compile(r"\S{31,}")


def typst_tree(manuscript: Manuscript) -> tuple[Node, ...]:
    """Return the blocks, the call for the contents among them; code in them is the house's own, words never are."""
    numbered = frozenset(heading.identifier for heading in manuscript.headings if heading.number)
    front, body = _parts(manuscript)
    # Widths follow the words, and a node is changed after the words in it are: so all widths are found first.
    widths = (shares(node) for node in text.walk([front, body]) if node["t"] == "Table")
    change = _Change(numbered, iter(list(widths)))
    return (*text.rewrite_blocks(front, change), _block("#contents()"), *text.rewrite_blocks(body, change))


def typst_pictures(manuscript: Manuscript) -> list[dict[str, str]]:
    """Return what the template's ``picture`` asks for by number: file, words and written width, in the tree's order."""
    if not manuscript.pictures:
        return []
    found = (node["c"] for node in text.walk(_parts(manuscript)) if node["t"] == "Image")
    return [
        {"file": name, "words": text.plain(words), "width": dict(pairs).get("width", "")}
        for (_, _, pairs), words, (name, _) in found
    ]


def escaped(words: str) -> str:
    """Return text as typst markup that shows just these words; a very long word may be broken.

    pandoc's own escaping leaves ``...``, ``-?`` and ``-1`` to typst's shorthands, ``= a`` and ``1. a`` in a cell or an
    item to its headings and lists, and a ``;`` or ``.a`` that follows formatted words to its code.
    """
    return _LONG_WORD.sub(_breakable, words).translate(_ESCAPES)


def _breakable(word: re.Match[str]) -> str:
    return _BREAKABLE.sub("\\1\u200b", word.group())


@dataclass(slots=True)
class _Change:
    """Gives pandoc each node in the shape of which its typst writer makes what the house wants."""

    numbered: frozenset[str]
    widths: Iterator[tuple[int, ...]]
    pictures: int = 0

    def __call__(self, node: Node) -> list[Node]:
        """Return what stands in the tree in place of a node; what is inside it is changed already."""
        kind: str = node["t"]
        content: Any = node.get("c")
        match kind:
            case "Str":
                return [node] if content.isalnum() else [_inline(escaped(content))]
            case "Para" if _announces(node):
                return [_block("#announcement["), node, _block("]")]
            case "LineBreak":
                return [_inline("#linebreak()")]
            case "Header":
                return [self._heading(content)]
            case "Div" if is_passage(node):
                return list(content[1])
            case "Div":
                return list(_division(content))
            case "Span":
                return list(_span(content))
            case "Image":
                self.pictures += 1
                return [_inline(f"#picture({self.pictures - 1})")]
            case "Figure" if not content[1][1]:
                return [_block("#figure["), *content[2], _block("]")]
            case "Table":
                widths = next(self.widths)
                table = _table(content, widths)
                return [_block("#whole-rows["), table, _block("]")] if _is_low(node, widths) else [table]
            case _:
                return [node]

    def _heading(self, content: list[Any]) -> Node:
        level, (name, _, _), words = content
        classes = [] if name in self.numbered else ["unnumbered"]
        return {"t": "Header", "c": [level, [name, classes, []], words]}


def _announces(paragraph: Node) -> bool:
    """Tell a paragraph that ends with a colon: what it announces must be on its page."""
    return bool(paragraph["c"]) and text.plain(paragraph["c"][-1:]).endswith(":")


def _division(content: list[Any]) -> Iterator[Node]:
    (identifier, classes, _), blocks = content
    if classes:
        yield _block(f"#division({_string(classes[0])})[")
    if identifier:
        yield _block(_place(identifier))
    yield from blocks
    if classes:
        yield _block("]")


def _span(content: list[Any]) -> Iterator[Node]:
    (identifier, classes, pairs), nodes = content
    calls = [f"#mark({_string(name)})[" for name in classes[:1]]
    language = dict(pairs).get("lang", "").partition("-")[0]
    if _LANGUAGE.fullmatch(language):
        calls.append(f"#text(lang: {_string(language)})[")
    yield _inline((_place(identifier) if identifier else "") + "".join(calls))
    yield from nodes
    yield _inline("]" * len(calls))


def _table(content: list[Any], widths: tuple[int, ...]) -> Node:
    """Return the table with its columns' widths, and to the left what has no side."""
    attr, caption, columns, *rows = content
    parts = [{"t": "ColWidth", "c": round(width / sum(widths), 4)} for width in widths]
    sides = [{"t": "AlignLeft"} if side["t"] == "AlignDefault" else side for side, _ in columns]
    return {"t": "Table", "c": [attr, caption, [list(pair) for pair in zip(sides, parts, strict=True)], *rows]}


def _is_low(table: Node, widths: tuple[int, ...]) -> bool:
    """Tell whether every row is low enough to stand on one page; one that is not has to be broken."""
    heads, bodies = rows_of(table)
    cells = [(cell, place) for row in (*heads, *bodies) for place, cell in enumerate(row[1])]
    lines = (
        len(text.plain(cell[4])) / (_LETTERS * widths[min(place, len(widths) - 1)] / sum(widths)) + len(cell[4])
        for cell, place in cells
    )
    return max(lines, default=0) < _LOW


def _parts(manuscript: Manuscript) -> tuple[list[Node], list[Node]]:
    """Return what stands before the contents and what stands after."""
    front = [block for chapter in manuscript.chapters if chapter.front for block in chapter.blocks]
    body = [block for chapter in manuscript.chapters if not chapter.front for block in chapter.blocks]
    return front, body


def _place(identifier: str) -> str:
    return f"#place-of({_string(identifier)})"


def _string(name: str) -> str:
    """Return a name as a typst string; names hold only letters, digits and ``_.:-``, whoever wrote the text."""
    return '"' + re.sub(r"[^\w.:-]", "", name) + '"'


def _inline(code: str) -> Node:
    return {"t": "RawInline", "c": ["typst", code]}


def _block(code: str) -> Node:
    return {"t": "RawBlock", "c": ["typst", code]}
