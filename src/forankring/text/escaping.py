"""Turn words into Markdown that reads as exactly these words, whatever they look like."""

import re
from typing import Any

from forankring.text.nodes import Node, plain

_ALWAYS = re.compile(r"[\\`*{}\[\]<>^~|\"'#]|--+|\.{3,}|&(?=[#\w])|(?<![^\W_])_|_(?![^\W_])")
_LIST_MARKER = re.compile(r"(\(?(?:\d+|[a-zA-Z]|[ivxlcdmIVXLCDM]+|@[\w-]*))([.)])$")
_LINE_START = re.compile(r"[-+:%=]")
_CAPTION = re.compile(r"([Tt]able)(:.*)$", re.DOTALL)
_SPACE: Node = {"t": "Space"}
_BREAKS = frozenset({"Space", "SoftBreak", "LineBreak"})
_NEW_LINES = frozenset({"SoftBreak", "LineBreak"})


def escaped(node: Any) -> Any:
    """Return the tree with every word that the reader could take for markup as ready-made Markdown.

    pandoc's writer escapes most of them itself, but not all (a ``:`` at the start of a paragraph, ``##`` in a
    heading, ``1.`` after a line break), and it writes dashes and apostrophes in ASCII.
    """
    if not isinstance(node, list):
        return node
    result: list[Any] = []
    at = 0
    while at < len(node):
        end = _end_of_run(node, at)
        result.append(_phrase(node, at, end) if end > at else _item(node[at]))
        at = max(end, at + 1)
    return result


def _end_of_run(nodes: list[Any], at: int) -> int:
    """Return where the words that begin at ``at`` end, with the spaces between them; ``at`` where no word does.

    They are written as one: pandoc is handed a fifth as much.
    """
    end = at
    while at < len(nodes) and isinstance(nodes[at], dict) and nodes[at].get("t") == "Str":
        end = at + 1
        at = end + 1 if end < len(nodes) and nodes[end] == _SPACE else len(nodes)
    return end


def _ready(written: str) -> Node:
    return {"t": "RawInline", "c": ["markdown", written]}


def _item(item: Any) -> Any:
    if not isinstance(item, dict):
        return escaped(item)
    kind, content = item.get("t"), item.get("c")
    if kind in ("Image", "Code", "CodeBlock", "RawBlock", "RawInline", "Math") or content is None:
        return item
    if kind == "Link" and plain(content[1]) == content[2][0]:
        return item  # stays an autolink
    if kind == "Figure":
        return item
    return {"t": kind, "c": escaped(content)}


def _phrase(nodes: list[Node], start: int, end: int) -> Node:
    first, *others = (node["c"] for node in nodes[start:end:2])
    starts_line = start == 0 or nodes[start - 1]["t"] in _NEW_LINES
    words = [_at_line_start(first) if starts_line else _anywhere(first)]
    words += [_anywhere(" ".join(others))] if others else []
    written = " ".join(words)
    ends_word = end == len(nodes) or nodes[end]["t"] in _BREAKS
    if written.endswith("!") and not ends_word:
        written = f"{written[:-1]}\\!"  # ``!`` before a link would make it a picture
    return _ready(written)


def _anywhere(words: str) -> str:
    return _ALWAYS.sub(lambda found: "".join(f"\\{letter}" for letter in found[0]), words)


def _at_line_start(word: str) -> str:
    """Escape what would begin a list, a caption, a definition, a rule or a fence."""
    if found := _LIST_MARKER.match(word):
        return f"{found[1]}\\{found[2]}"
    if found := _CAPTION.match(word):
        return f"{found[1]}\\:{_anywhere(found[2][1:])}"
    if _LINE_START.match(word):
        return f"\\{word[0]}{_anywhere(word[1:])}"
    return _anywhere(word)
