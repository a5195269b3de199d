"""Turn a text into a line that is the same for every text that reads and works the same."""

from collections.abc import Iterable
from typing import Any

from forankring.text.nodes import Node
from forankring.text.tokens import key_of, line, tokens

_SIMPLE = frozenset({"Str", "Space", "SoftBreak"})


def meaning(blocks: Iterable[Node]) -> str:
    """Return what two texts have in common where they differ in nothing but this: which kind of space stands between
    words, how many, or any at the end of a line; Plain or Para; words, or words within the same mark, as one node or
    as several; and the widths of columns."""
    return key_of(_settled(list(blocks)))


def meaning_of(inlines: list[Node]) -> str:
    """Return the same of one line."""
    return key_of(_line(inlines))


def _settled(node: Any) -> Any:
    if isinstance(node, list):
        return [_settled(item) for item in node]
    if not isinstance(node, dict) or "c" not in node:
        return node
    kind, content = node["t"], node["c"]
    match kind:
        case "Para" | "Plain":
            return {"t": "Para", "c": _line(content)}
        case "Header":
            return {"t": kind, "c": [*content[:2], _line(content[2])]}
        case "DefinitionList":
            return {"t": kind, "c": [[_line(term), _settled(items)] for term, items in content]}
        case "LineBlock":
            return {"t": kind, "c": [_line(each) for each in content]}
        case "ColWidth":
            return {"t": "ColWidthDefault"}
        case "Note":
            return {"t": kind, "c": _settled(content)}
        case _:
            return {"t": kind, "c": _settled(content)}


def _line(inlines: list[Node]) -> list[Node]:
    if all(node["t"] in _SIMPLE for node in inlines):  # as nearly all are
        words = "".join([node.get("c", " ") for node in inlines]).split(" ")
        return [{"t": "Str", "c": " ".join([word for word in words if word])}]
    return line(tokens(_settled(inlines)))
