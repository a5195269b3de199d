"""Turn a tree from outside into one that can do nothing but be read: known nodes, safe links, no attributes."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from forankring.text.nodes import Node, attributes, inlines, para, plain, rewrite_blocks, with_attributes

MAX_DEPTH = 200
"""Levels of JSON: about a hundred quotations or seventy lists inside each other."""

_VERBATIM = frozenset({"Code", "CodeBlock", "Math", "RawBlock", "RawInline"})
_HARMLESS = frozenset(
    "Plain Para BlockQuote OrderedList BulletList DefinitionList Header Table Str Emph Underline Strong Strikeout "
    "Superscript Subscript SmallCaps Quoted Space SoftBreak LineBreak Link Note".split()
)
_SAFE_LINK = re.compile(r"(?i)(https?://|mailto:)[^\s]+$")
_KEPT_KEYS = frozenset({"lang", "custom-style", "width", "start", "alt"})
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_HIDDEN = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Direction marks and byte-order marks: they can make a text look like another than it is."""
_CLASS = re.compile(r"[a-z][a-z0-9-]*$")
_FILE_NAME = re.compile(r"(?i)\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp)$|^\w+://\S+$")


def sanitise(blocks: Iterable[Node]) -> tuple[Node, ...]:
    """Return a stranger's blocks with an allow-list of nodes: no attributes, raw parts, pictures or odd links.

    What is left out keeps its text; a picture keeps its alternative text in square brackets, unless programs put the
    name of a file there, which may tell of somebody's computer. A block nested absurdly
    deep, which would exhaust whoever walks it, becomes one paragraph of its words.
    """
    return rewrite_blocks((_shallow(block) for block in blocks), _harmless)


def restrain(blocks: Iterable[Node]) -> tuple[Node, ...]:
    """Return the blocks of one's own chapters without raw parts, and with an allow-list of attributes.

    pandoc turns ``typst:`` attributes into typst code even with raw parts off, so they must go before any writer runs.
    """
    return rewrite_blocks(blocks, _restrained)


def clean_text(text: str) -> str:
    """Return text in NFC without control, private-use and direction-changing characters.

    Every kind of line and page end becomes a plain line end, a tab a space.
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text  # so is nearly every word of a document, and the rest costs ten times as much
    kept = (letter for letter in _LINE_END.sub("\n", text).replace("\t", " ") if _is_text(letter))
    return unicodedata.normalize("NFC", "".join(kept))


def _shallow(block: Node) -> Node:
    """Measure without recursion: this is where a hostile depth must end."""
    deepest, words = 0, []
    waiting: list[tuple[Any, int]] = [(block, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        if isinstance(node, list):
            waiting += [(item, depth + 1) for item in reversed(node)]
        elif isinstance(node, dict) and node.get("t") == "Str":
            words.append(node["c"])
        elif isinstance(node, dict) and node.get("t") in _VERBATIM:
            words.append(node["c"][1])
        elif isinstance(node, dict):
            waiting.append((node.get("c"), depth + 1))
    return block if deepest <= MAX_DEPTH else para(clean_text(" ".join(words)))


def _harmless(node: Node) -> list[Node]:
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind == "Str":
        text = clean_text(content)
        return [{"t": "Str", "c": text}] if text else []
    if kind == "Link" and not _SAFE_LINK.match(content[2][0]):
        return list(content[1])
    if kind in _HARMLESS:
        return [_without_attributes(node)]
    return _replacement(kind, content)


def _replacement(kind: str, content: Any) -> list[Node]:
    """Return what stands for a node that is not allowed, with its words kept."""
    match kind:
        case "Div":
            return list(content[1])
        case "Span" | "Cite":
            return list(content[1])
        case "Image":
            shown = plain(content[1]) or content[2][1]
            return inlines(f"[{shown}]") if shown and not _FILE_NAME.search(shown) else []
        case "Figure":
            shown = {plain(content[2]), plain(content[2]).strip("[]")}
            return [*content[2], *([] if plain(content[1][1]) in shown else content[1][1])]
        case "LineBlock":
            return [{"t": "Para", "c": _joined(content)}]
        case "CodeBlock" | "RawBlock":
            return [{"t": "Para", "c": inlines(clean_text(content[1]))}]
        case "Code" | "Math" | "RawInline":
            return inlines(clean_text(content[1]))
        case _:
            return []


def _joined(lines: list[list[Node]]) -> list[Node]:
    joined: list[Node] = []
    for line in lines:
        joined += ([{"t": "LineBreak"}] if joined else []) + list(line)
    return joined


def _without_attributes(node: Node) -> Node:
    if node["t"] == "Table":
        return {"t": "Table", "c": _bare_table(node["c"])}
    if attributes(node) is None:
        return node
    done = with_attributes(node, ["", [], []])
    if node["t"] == "Link":
        done["c"][2] = [node["c"][2][0], ""]
    return done


def _bare_table(content: list[Any]) -> list[Any]:
    """Return a table without the attributes of the table, its parts, rows and cells."""
    empty: list[Any] = ["", [], []]
    _, caption, columns, head, bodies, foot = content
    return [
        empty,
        caption,
        columns,
        [empty, _bare_rows(head[1])],
        [[empty, body[1], _bare_rows(body[2]), _bare_rows(body[3])] for body in bodies],
        [empty, _bare_rows(foot[1])],
    ]


def _bare_rows(rows: list[Any]) -> list[Any]:
    empty: list[Any] = ["", [], []]
    return [[empty, [[empty, *cell[1:]] for cell in row[1]]] for row in rows]


def _restrained(node: Node) -> list[Node]:
    if node["t"] in ("RawBlock", "RawInline"):
        return []
    if node["t"] == "Table":
        return [{"t": "Table", "c": [_kept(node["c"][0]), *_bare_table(node["c"])[1:]]}]
    attr = attributes(node)
    return [node if attr is None else with_attributes(node, _kept(attr))]


def _kept(attr: list[Any]) -> list[Any]:
    identifier, classes, pairs = attr
    safe_id = re.sub(r"[^A-Za-z0-9_.:-]", "", identifier)
    return [
        safe_id,
        [name for name in classes if _CLASS.match(name)],
        [[key, value] for key, value in pairs if key in _KEPT_KEYS],
    ]


def _is_text(letter: str) -> bool:
    if letter == "\n":
        return True
    return letter not in _HIDDEN and unicodedata.category(letter) not in ("Cc", "Co", "Cs", "Cn")
