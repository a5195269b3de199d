"""Turn a manuscript into the tree from which pandoc writes the typst source of its PDF edition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from forankring import text
from forankring.publishing.manuscript.layout import LEADING
from forankring.publishing.manuscript.passages import is_linked, is_passage
from forankring.publishing.pdf.columns import Columns, columns_of, tables_in
from forankring.publishing.records import Manuscript
from forankring.text import Node

_ESCAPES = {ord(sign): f"\\{sign}" for sign in "!\"#$%&'()*+-./:;<=>@[\\]^_`{|}~"}
_LANGUAGE, _REGION = re.compile(r"[a-z]{2,3}"), re.compile(r"[A-Za-z]{2}")
_POINT = "point"
_SHORT = 30
_TABLES = ("#broken-words", "#whole-words")
"""The calls that a table begins with: some words in it have no room, or all have."""
_SHOWN = (*_TABLES, "#figure[")
_NAMED = "#place-of("
"""The call that gives a place its name."""
_LONG_WORD = re.compile(r"\S{31,}")
_BREAKABLE = re.compile(r"[/._=&?-](?=.)|(?<=\w{15})\w(?=\w)|\w(?=\w{15})")
_BREAK, _NOTHING = "\0", "#box();"
"""Between two boxes a line may end, and one without content leaves no sign among the words, as U+200B would."""


def typst_tree(manuscript: Manuscript) -> tuple[Node, ...]:
    """Return the blocks, the call for the contents among them; code in them is the house's own, words never are."""
    numbered = frozenset(heading.identifier for heading in manuscript.headings if heading.number)
    front, body = _parts(manuscript)
    # Widths follow the words, and a node is changed after the words in it are: so all widths are found first.
    columns = [columns_of(table, line) for table, line in tables_in([*front, *body], manuscript.look)]
    change = _Change(numbered, iter(columns))
    made = (*text.rewrite_blocks(front, change), _block("#contents()"), *text.rewrite_blocks(body, change))
    return tuple(kept for block, follows in pairwise((*made, _block(""))) for kept in _kept(block, follows))


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
    return _LONG_WORD.sub(_breakable, words).translate(_ESCAPES).replace(_BREAK, _NOTHING)


def _breakable(word: re.Match[str]) -> str:
    """Mark where a very long word may be broken: after its signs, and anywhere among fifteen letters or more."""
    return _BREAKABLE.sub(rf"\g<0>{_BREAK}", word.group())


@dataclass(slots=True)
class _Change:
    """Gives pandoc each node in the shape of which its typst writer makes what the house wants."""

    numbered: frozenset[str]
    columns: Iterator[Columns]
    pictures: int = 0

    def __call__(self, node: Node) -> list[Node]:
        """Return what stands in the tree in place of a node; what is inside it is changed already."""
        kind: str = node["t"]
        content: Any = node.get("c")
        match kind:
            case "Str":
                return [node] if content.isalnum() and len(content) <= _SHORT else [_inline(escaped(content))]
            case "LineBreak":
                return [_inline("#linebreak()")]
            case "Header":
                return [self._heading(content)]
            case "Div" if is_passage(node):
                return [*([_block(_place(content[0][0]))] if is_linked(node) else []), *content[1]]
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
                return list(_table(content, next(self.columns)))
            case _:
                return [node]

    def _heading(self, content: list[Any]) -> Node:
        level, (name, _, _), words = content
        words = text.rewrite_blocks(words, _told_once)
        classes = [] if name in self.numbered else ["unnumbered"]
        return {"t": "Header", "c": [level, [name, classes, []], words]}


def _told_once(node: Node) -> list[Node]:
    """Give a heading's notes and names the house's calls, which set them at the heading and not in the contents too."""
    if node["t"] == "RawInline" and node["c"][1].startswith(_NAMED):
        return [_inline("#heading-" + node["c"][1][1:])]
    if node["t"] != "Note":
        return [node]
    lines = [[{"t": "Space"}, *block["c"]] for block in node["c"] if block["t"] in ("Para", "Plain")]
    return [_inline("#heading-note["), *(inline for line in lines for inline in line), _inline("]")]


def _kept(block: Node, follows: Node) -> list[Node]:
    """Return a block, on one page with the table, the picture or whatever else it announces."""
    if block["t"] != "Para" or not (_announces(block) or (_is_shown(follows) and len(text.plain(block)) <= LEADING)):
        return [block]
    return [_block("#announcement["), block, _block("]")]


def _announces(paragraph: Node) -> bool:
    """Tell a paragraph that ends with a colon."""
    return bool(paragraph["c"]) and text.plain(paragraph["c"][-1:]).endswith(":")


def _is_shown(block: Node) -> bool:
    """Tell a table or a picture."""
    return block["t"] == "Figure" or (block["t"] == "RawBlock" and str(block["c"][1]).startswith(_SHOWN))


def _division(content: list[Any]) -> Iterator[Node]:
    (identifier, classes, _), blocks = content
    if classes:
        yield _block(f"#division({_string(classes[0])})[")
    if identifier:
        yield _block(_place(identifier))
    yield from _headed(blocks) if classes[:1] == [_POINT] else blocks
    if classes:
        yield _block("]")


def _headed(blocks: list[Node]) -> Iterator[Node]:
    """Yield a point's blocks, its first line kept with what follows."""
    first, *others = blocks
    yield from (_block("#announcement["), first, _block("]")) if first["t"] == "Para" and others else (first,)
    yield from others


def _span(content: list[Any]) -> Iterator[Node]:
    (identifier, classes, pairs), nodes = content
    calls = [f"#mark({_string(name)})[" for name in classes[:1]]
    language, _, region = dict(pairs).get("lang", "").partition("-")
    if _LANGUAGE.fullmatch(language):
        place = _string(region) if _REGION.fullmatch(region) else "none"
        calls.append(f"#text(lang: {_string(language)}, region: {place})[")
    yield _inline((_place(identifier) if identifier else "") + "".join(calls))
    yield from nodes
    yield _inline("]" * len(calls))


def _table(content: list[Any], columns: Columns) -> Iterator[Node]:
    """Yield the table with its columns' widths, to the left what has no side, and words broken if they must be."""
    attr, caption, sides, *rows = content
    parts = [{"t": "ColWidth", "c": round(share / sum(columns.shares), 4)} for share in columns.shares]
    sides = [{"t": "AlignLeft"} if side["t"] == "AlignDefault" else side for side, _ in sides]
    broken, whole = _TABLES
    yield _block(f"{broken}({columns.broken})[" if columns.broken else f"{whole}[")
    yield from [_block("#whole-rows[")] * columns.low
    yield {"t": "Table", "c": [attr, caption, [list(pair) for pair in zip(sides, parts, strict=True)], *rows]}
    yield _block("]" * (1 + columns.low))


def _parts(manuscript: Manuscript) -> tuple[list[Node], list[Node]]:
    """Return what stands before the contents and what stands after."""
    front = [block for chapter in manuscript.chapters if chapter.front for block in chapter.blocks]
    body = [block for chapter in manuscript.chapters if not chapter.front for block in chapter.blocks]
    return front, body


def _place(identifier: str) -> str:
    return f"{_NAMED}{_string(identifier)})"


def _string(name: str) -> str:
    """Return a name as a typst string; names hold only letters, digits and ``_.:-``, whoever wrote the text."""
    return '"' + re.sub(r"[^\w.:-]", "", name) + '"'


def _inline(code: str) -> Node:
    return {"t": "RawInline", "c": ["typst", code]}


def _block(code: str) -> Node:
    return {"t": "RawBlock", "c": ["typst", code]}
