"""Turn a redline into one of the two texts that it was made of: all changes accepted, or all rejected."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from forankring.text.marks import FORMER, NEW, OLD, Mark, item_mark, mark_in, mark_of, without_marks
from forankring.text.nodes import Document, Node, attributes, walk, with_attributes
from forankring.text.parts import joined, sentences
from forankring.text.tokens import MARKS, around, inside, line, tokens


def accept(tree: Document) -> Document:
    """Return the new text."""
    return Document(tuple(_Settled(OLD).blocks(tree.blocks)))


def reject(tree: Document) -> Document:
    """Return the old text."""
    return Document(tuple(_Settled(NEW).blocks(tree.blocks)))


def both_lines(inlines: list[Node]) -> tuple[list[Node], list[Node]]:
    """Return what one line of a redline is in the old text and in the new one."""
    old, new = (_Settled(gone).line(inlines) for gone in (NEW, OLD))
    return old, new


@dataclass(frozen=True, slots=True)
class _Settled:
    """Leaves out what is marked as being of the other text, and takes the other marks away."""

    gone: frozenset[str]

    def blocks(self, blocks: Iterable[Node]) -> list[Node]:
        """Return the blocks that stay."""
        result: list[Node] = []
        for block in blocks:
            mark = mark_of(block)
            if mark is None:
                result.append(self._block(block))
            elif mark.kind not in self.gone:
                result += self.blocks(block["c"][1])
        return result

    def line(self, inlines: list[Node]) -> list[Node]:
        """Return a line that stays; as it was where nothing in it is marked."""
        if not any(mark_of(node) for node in walk(inlines)):
            return inlines
        return joined(line(tokens(sentence)) for sentence in sentences(self._inlines(inlines)))

    def _block(self, block: Node) -> Node:
        kind: str = block["t"]
        content: Any = block.get("c")
        match kind:
            case "Para" | "Plain":
                done: Any = self.line(content)
            case "Header":
                done = [*content[:2], self.line(content[2])]
            case "LineBlock":
                done = [self.line(each) for each in content]
            case "BlockQuote":
                done = self.blocks(content)
            case "BulletList":
                done = self._items(content)
            case "OrderedList":
                done = [content[0], self._items(content[1])]
            case "DefinitionList":
                done = [[self.line(term), self._items(items)] for term, items in content if self._stays(term)]
            case "Div":
                done = [content[0], self.blocks(content[1])]
            case "Figure":
                done = [
                    content[0],
                    self._caption(content[1]),
                    [self._pictured(each) for each in self.blocks(content[2])],
                ]
            case "Table":
                done = self._table(content)
            case _:
                return block
        return self._renamed({"t": kind, "c": done})

    def _renamed(self, block: Node) -> Node:
        """Return a block with the name that it has in the text."""
        attr = attributes(block)
        former = _former(attr)
        if attr is None or former is None:
            return block
        return with_attributes(block, [attr[0] if self.gone == OLD else former, attr[1], _without_former(attr)])

    def _pictured(self, block: Node) -> Node:
        """Return a figure's block, its picture with the words that it has in the text."""
        image = block["c"][0] if block["t"] in ("Para", "Plain") and len(block["c"]) == 1 else block
        former = _former(image["c"][0]) if image["t"] == "Image" else None
        if former is None:
            return block
        attr, words, target = image["c"]
        said = words if self.gone == OLD else json.loads(former)
        return {"t": block["t"], "c": [{"t": "Image", "c": [[*attr[:2], _without_former(attr)], said, target]}]}

    def _items(self, items: Iterable[list[Node]]) -> list[list[Node]]:
        return [self.blocks(item) for item in items if not self._is_gone(item_mark(item))]

    def _stays(self, term: list[Node]) -> bool:
        return not self._is_gone(item_mark(term))

    def _is_gone(self, mark: Mark | None) -> bool:
        return mark is not None and mark.kind in self.gone

    def _caption(self, caption: Any) -> Any:
        return [caption[0], self.blocks(caption[1])]

    def _table(self, content: Any) -> Any:
        attr, caption, columns, head, bodies, foot = content
        made = [[body[0], body[1], self._rows(body[2]), self._rows(body[3])] for body in bodies]
        ends = [[part[0], self._rows(part[1])] for part in (head, foot)]
        return [attr, self._caption(caption), columns, ends[0], made, ends[1]]

    def _rows(self, rows: list[Any]) -> list[Any]:
        kept = [row for row in rows if not self._is_gone(mark_in(row[0]))]
        return [[without_marks(attr), [[*cell[:4], self.blocks(cell[4])] for cell in cells]] for attr, cells in kept]

    def _inlines(self, inlines: Iterable[Node]) -> list[Node]:
        """Return the inlines that stay; what a mark has parted is one again."""
        result: list[Node] = []
        parted = False
        for node in inlines:
            mark = mark_of(node)
            kept = self._inline(node) if mark is None else self._of(mark, node["c"][1])
            result = _together(result, kept) if parted else [*result, *kept]
            parted = mark is not None or not kept
        return result

    def _of(self, mark: Mark, inlines: list[Node]) -> list[Node]:
        return [] if mark.kind in self.gone else self._inlines(inlines)

    def _inline(self, node: Node) -> list[Node]:
        """Return an inline; a mark around words that are all gone goes with them."""
        if node["t"] == "Note":
            return [{"t": "Note", "c": self.blocks(node["c"])}]
        if node["t"] not in MARKS:
            return [node]
        inner = inside(node)
        kept = self._inlines(inner)
        return [around(node, kept)] if kept or not inner else []


def _former(attr: list[Any] | None) -> str | None:
    return next((value for key, value in attr[2] if key == FORMER), None) if attr else None


def _without_former(attr: list[Any]) -> list[Any]:
    return [pair for pair in attr[2] if pair[0] != FORMER]


def _together(before: list[Node], after: list[Node]) -> list[Node]:
    """Return inlines that follow one another, with what is the same around both of them as one."""
    if not before or not after or before[-1]["t"] not in MARKS or around(before[-1], []) != around(after[0], []):
        return [*before, *after]
    joint = around(after[0], _together(inside(before[-1]), inside(after[0])))
    return [*before[:-1], joint, *after[1:]]
