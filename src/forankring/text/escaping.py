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
    if isinstance(node, list):
        return _joined([_item(item, index, node) for index, item in enumerate(node)])
    return node


def _joined(items: list[Any]) -> list[Any]:
    """Return ready-made words with the spaces between them as one: pandoc is handed a fifth as much."""
    result: list[Any] = []
    for item in items:
        if _is_ready(item) and len(result) > 1 and result[-1] == _SPACE and _is_ready(result[-2]):
            result[-2:] = [_ready(f"{result[-2]['c'][1]} {item['c'][1]}")]
        else:
            result.append(item)
    return result


def _is_ready(item: Any) -> bool:
    return isinstance(item, dict) and item.get("t") == "RawInline" and item["c"][0] == "markdown"


def _ready(written: str) -> Node:
    return {"t": "RawInline", "c": ["markdown", written]}


def _item(item: Any, index: int, siblings: list[Any]) -> Any:
    if not isinstance(item, dict):
        return escaped(item)
    kind, content = item.get("t"), item.get("c")
    if kind == "Str":
        return _word(item, index, siblings)
    if kind in ("Image", "Code", "CodeBlock", "RawBlock", "RawInline", "Math") or content is None:
        return item
    if kind == "Link" and plain(content[1]) == content[2][0]:
        return item  # stays an autolink
    if kind == "Figure":
        return item
    return {"t": kind, "c": escaped(content)}


def _word(node: Node, index: int, siblings: list[Node]) -> Node:
    word: str = node["c"]
    starts_line = index == 0 or siblings[index - 1]["t"] in _NEW_LINES
    ends_word = index + 1 == len(siblings) or siblings[index + 1]["t"] in _BREAKS
    written = _at_line_start(word) if starts_line else _anywhere(word)
    if written.endswith("!") and not ends_word:
        written = f"{written[:-1]}\\!"  # ``!`` before a link would make it a picture
    return _ready(written)


def _anywhere(word: str) -> str:
    return word if word.isalnum() else _ALWAYS.sub(lambda found: "".join(f"\\{letter}" for letter in found[0]), word)


def _at_line_start(word: str) -> str:
    """Escape what would begin a list, a caption, a definition, a rule or a fence."""
    if found := _LIST_MARKER.match(word):
        return f"{found[1]}\\{found[2]}"
    if found := _CAPTION.match(word):
        return f"{found[1]}\\:{_anywhere(found[2][1:])}"
    if _LINE_START.match(word):
        return f"\\{word[0]}{_anywhere(word[1:])}"
    return _anywhere(word)
