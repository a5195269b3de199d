"""Turn words and the spaces between them into one word: writers read less, and Word gets one run for one look."""

from collections.abc import Iterable
from typing import Any

from forankring.text import Node


def joined(blocks: Iterable[Node]) -> list[Node]:
    """Return the blocks with their words joined, wherever nothing stands between them but a space."""
    return list(_joined(list(blocks)))


def _joined(node: Any) -> Any:
    if isinstance(node, dict):
        content = node.get("c")
        return {**node, "c": _joined(content)} if isinstance(content, list) else node
    if not isinstance(node, list | tuple):
        return node
    result: list[Any] = []
    words: list[str] = []
    for item in node:
        kind = item.get("t") if isinstance(item, dict) else None
        if kind == "Str":
            words.append(item["c"])
        elif kind == "Space":
            words.append(" ")
        else:
            if words:
                result.append({"t": "Str", "c": "".join(words)})
                words = []
            result.append(_joined(item))
    if words:
        result.append({"t": "Str", "c": "".join(words)})
    return result
