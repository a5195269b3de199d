"""Turn words and the spaces between them into one word: writers read less, and Word gets one run for one look."""

import dataclasses
from typing import Any

from forankring.publishing.records import Manuscript


def joined(manuscript: Manuscript) -> Manuscript:
    """Return the manuscript with its words joined, wherever nothing stands between them but a space."""
    chapters = (dataclasses.replace(chapter, blocks=tuple(_joined(chapter.blocks))) for chapter in manuscript.chapters)
    return dataclasses.replace(manuscript, chapters=tuple(chapters))


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
