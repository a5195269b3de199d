"""Turn marked chapters into chapters in which no name stands twice and every link leads to what is still there."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from forankring import text
from forankring.publishing.manuscript.passages import is_passage
from forankring.publishing.records import ManuscriptChapter
from forankring.text import Node
from forankring.text.marks import ADDED, FORMER, MOVED_HERE, OLD, REMOVED, Mark, div, mark_in, mark_of

_TARGET = 2


def placed(chapters: Sequence[ManuscriptChapter]) -> tuple[ManuscriptChapter, ...]:
    """Return the chapters. What went has no names and is no heading: the contents and the links are those of the new
    text. A note says of itself what its place in the text says."""
    names = {name for chapter in chapters for name in _names(chapter.blocks)}
    place = _Placed(frozenset(names))
    return tuple(dataclasses.replace(each, blocks=tuple(place.nodes(each.blocks, None))) for each in chapters)


def _names(node: Any) -> Iterable[str]:
    """Yield the names of what is in the new text."""
    if isinstance(node, dict):
        mark = mark_of(node)
        if mark and mark.kind in OLD:
            return
        attr = text.attributes(node)
        if attr and attr[0]:
            yield attr[0]
        yield from _names(node.get("c"))
    elif isinstance(node, list | tuple):
        mark = _row_mark(node)
        if mark is None or mark.kind not in OLD:
            for item in node:
                yield from _names(item)


def _row_mark(node: Sequence[Any]) -> Mark | None:
    """Return the mark of a table's row; nothing else is a list whose first is attributes with one."""
    if len(node) != 2 or not isinstance(node[0], list) or len(node[0]) != 3 or not isinstance(node[0][0], str):
        return None
    return mark_in(node[0])


@dataclass(frozen=True, slots=True)
class _Placed:
    """Changes what stands inside marks; ``within`` is the mark around it that says of the whole what became of it."""

    names: frozenset[str]

    def nodes(self, nodes: Iterable[Any], within: Mark | None) -> list[Any]:
        """Return nodes, or whatever else stands in a list of the tree."""
        result: list[Any] = []
        for node in nodes:
            if isinstance(node, dict) and "t" in node:
                result += self._node(node, within)
            elif isinstance(node, list):
                result.append(self.nodes(node, _row_mark(node) or within))
            else:
                result.append(node)
        return result

    def _node(self, node: Node, within: Mark | None) -> list[Node]:
        mark = mark_of(node)
        if mark:
            return [{"t": node["t"], "c": [node["c"][0], self.nodes(node["c"][1], mark)]}]
        content = node.get("c")
        if not isinstance(content, list):
            return [node]
        done = self._named({"t": node["t"], "c": self.nodes(content, within)}, within)
        gone = within is not None and within.kind in OLD
        match node["t"]:
            case "Header" if gone:
                return [{"t": "Para", "c": [{"t": "Strong", "c": done["c"][2]}]}]
            case "Div" if gone and is_passage(node):
                return list(done["c"][1])
            case "Figure" | "Table" if gone and done["c"][1][1]:
                return _uncounted(done)
            case "Link" if self._is_broken(node["c"][_TARGET][0], gone):
                return [{"t": "Span", "c": [["", [], []], done["c"][1]]}]
            case "Note" if within and within.kind != MOVED_HERE and done["c"]:
                return [{"t": "Note", "c": [div(Mark(REMOVED if gone else ADDED), done["c"])]}]
            case _:
                return [done]

    def _named(self, node: Node, within: Mark | None) -> Node:
        attr = text.attributes(node)
        if attr is None:
            return node
        name = "" if within and within.kind in OLD else attr[0]
        return text.with_attributes(node, [name, attr[1], [pair for pair in attr[2] if pair[0] != FORMER]])

    def _is_broken(self, target: str, gone: bool) -> bool:
        return target.startswith("#") and (gone or target[1:] not in self.names)


def _uncounted(node: Node) -> list[Node]:
    """Return a picture or table that went with its caption as words beside it: those of the new text are counted."""
    attr, (short, caption), *rest = node["c"]
    words = [{"t": "Para", "c": block["c"]} if block["t"] == "Plain" else block for block in caption]
    if node["t"] == "Figure":
        return [*({"t": "Para", "c": block["c"]} if block["t"] == "Plain" else block for block in rest[0]), *words]
    return [*words, {"t": "Table", "c": [attr, [short, []], *rest]}]
