"""Turn two versions of a text into one tree in which what came, went and moved is marked, as a person would mark it.

Blocks are aligned, then sentences, items, rows and definitions in them, then words; see ``marks`` for the marks.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from forankring.text.marks import ADDED, FORMER, MOVED_AWAY, MOVED_HERE, REMOVED, Mark, div, marked_row, span, unmarked
from forankring.text.mirroring import align_mirrored
from forankring.text.nodes import Document, Node
from forankring.text.parts import (
    BLOCKS,
    DEFINITIONS,
    ITEMS,
    ROWS,
    SENTENCES,
    Level,
    cells_of,
    is_plain_grid,
    is_text,
    kind_of,
    sentences,
    without_words,
)
from forankring.text.tokens import key_of
from forankring.text.wording import marked_line, sentence_spans


def redline(old: Document, new: Document) -> Document:
    """Return both texts as one; they must stand one sentence a line (``lined``).

    ``accept`` of it means what the new text means, ``reject`` what the old one means (``meaning``).
    """
    return Document(tuple(_Redline().blocks(list(unmarked(old.blocks)), list(unmarked(new.blocks)))))


_One = Callable[[Any, Any], Any]
_Step = tuple[Mark | None, Any]


@dataclass(slots=True)
class _Redline:
    """Marks part by part, and numbers the moves on the way."""

    moves: int = 0

    def blocks(self, old: list[Node], new: list[Node]) -> list[Node]:
        """Return blocks in which each run that came, or went, stands in one division."""
        result: list[Node] = []
        last: Mark | None = None
        for mark, block in self._steps(BLOCKS, self._block, old, new):
            if mark is None:
                result.append(block)
            elif mark == last and not mark.move:
                result[-1]["c"][1].append(block)
            else:
                result.append(div(mark, [block]))
            last = mark
        return result

    def _steps(self, level: Level, one: _One, old: Sequence[Any], new: Sequence[Any]) -> Iterator[_Step]:
        """Yield the members of both sequences with their marks; ``one`` returns what two versions of a member are
        together, None where they only can go and come."""
        if key_of(old) == key_of(new):
            yield from ((None, member) for member in new)
            return
        alignment = align_mirrored([level.part(member) for member in old], [level.part(member) for member in new])
        moved = {(i, j): one(old[i], new[j]) for i, j in alignment.moved.items()}
        away, here = self._ends(moved)
        for i, j in alignment.steps:
            if j is None and i is not None:
                yield away.get(i) or Mark(REMOVED), old[i]
            elif i is None and j is not None:
                yield here.get(j) or (Mark(ADDED), new[j])
            elif i is not None and j is not None:
                yield from _together(one(old[i], new[j]), old[i], new[j])

    def _ends(self, moved: dict[tuple[int, int], Any]) -> tuple[dict[int, Mark], dict[int, _Step]]:
        """Return the marks of both ends of each move."""
        away: dict[int, Mark] = {}
        here: dict[int, _Step] = {}
        for (i, j), member in moved.items():
            if member is not None:
                self.moves += 1
                away[i] = Mark(MOVED_AWAY, str(self.moves))
                here[j] = Mark(MOVED_HERE, str(self.moves)), member
        return away, here

    def _block(self, old: Node, new: Node) -> Node | None:
        """Return two versions of a block as one, None where they have to stand one after the other."""
        if key_of(old) == key_of(new):
            return new
        if kind_of(old) != kind_of(new):
            return None
        content = self._content(new["t"], old.get("c"), new.get("c"))
        return None if content is None else {"t": new["t"], "c": content}

    def _content(self, kind: str, old: Any, new: Any) -> Any:
        match kind:
            case "Para" | "Plain":
                return sentence_spans(self._steps(SENTENCES, self.line, sentences(old), sentences(new)))
            case "Header" if old[0] == new[0]:
                return _after([old[0]], _named(old[1], new[1]), self.line(old[2], new[2]))
            case "BlockQuote":
                return self.blocks(old, new)
            case "BulletList":
                return self._items(old, new)
            case "OrderedList" if old[0] == new[0]:
                return [old[0], self._items(old[1], new[1])]
            case "DefinitionList":
                return [_definition(*step) for step in self._steps(DEFINITIONS, self._definition, old, new)]
            case "Div":
                return _after([], _named(old[0], new[0]), self.blocks(old[1], new[1]))
            case "Figure":
                return _after([], _named(old[0], new[0]), self._caption(old[1], new[1]), _pictured(old[2], new[2]))
            case "Table":
                return self._table(old, new)
            case _:
                return None

    def line(self, old: list[Node], new: list[Node]) -> list[Node]:
        """Return two versions of a sentence, a heading or a term as one line."""
        return new if key_of(old) == key_of(new) else marked_line(old, new, self.blocks)

    def _items(self, old: list[Any], new: list[Any]) -> list[Any]:
        return [_item(*step) for step in self._steps(ITEMS, self.blocks, old, new)]

    def _definition(self, old: Any, new: Any) -> Any:
        return [self.line(old[0], new[0]), self._items(old[1], new[1])]

    def _caption(self, old: Any, new: Any) -> Any:
        return [new[0], self.blocks(old[1], new[1])] if old[0] == new[0] else None

    def _table(self, old: Any, new: Any) -> Any:
        """Return a table row by row, None where not only its rows are others."""
        if _shape(old) != _shape(new) or not is_plain_grid(old) or not is_plain_grid(new):
            return None
        heads, rows = (self._rows(*each) for each in ((old[3][1], new[3][1]), (old[4][0][3], new[4][0][3])))
        rest = [new[2], [new[3][0], heads], [[*new[4][0][:3], rows]], new[5]]
        return _after([], _named(old[0], new[0]), self._caption(old[1], new[1]), *rest)

    def _rows(self, old: list[Any], new: list[Any]) -> list[Any]:
        steps = self._steps(ROWS, self._row, old, new)
        return [row if mark is None else marked_row(mark, row) for mark, row in steps]

    def _row(self, old: Any, new: Any) -> Any:
        if without_words(old) != without_words(new):
            return None
        cells = zip(cells_of(old), cells_of(new), strict=True)
        return [new[0], [[*theirs[:4], self.blocks(ours[4], theirs[4])] for ours, theirs in cells]]


def _together(member: Any, old: Any, new: Any) -> Iterator[_Step]:
    if member is None:
        yield Mark(REMOVED), old
        yield Mark(ADDED), new
    else:
        yield None, member


def _item(mark: Mark | None, item: list[Node]) -> list[Node]:
    return item if mark is None else [div(_whole(mark), item)]


def _definition(mark: Mark | None, definition: Any) -> Any:
    if mark is None:
        return definition
    return [[span(_whole(mark), definition[0])], [_item(mark, item) for item in definition[1]]]


def _whole(mark: Mark) -> Mark:
    return Mark(mark.kind, mark.move, whole=True)


def _after(start: list[Any], *fields: Any) -> list[Any] | None:
    """Return a block's fields, None where one of them is."""
    return None if any(each is None for each in fields) else [*start, *fields]


def _named(old: list[Any], new: list[Any]) -> list[Any] | None:
    """Return attributes that differ in the name alone, with the former one; None where more is different."""
    if old[1:] != new[1:]:
        return None
    return new if old[0] == new[0] else [new[0], new[1], [*new[2], [FORMER, old[0]]]]


def _pictured(old: list[Node], new: list[Node]) -> list[Node] | None:
    """Return what a figure shows; where it is one picture that only its words say otherwise, with the former words.

    A picture that stands alone has its caption as its words, so they change with it.
    """
    if key_of(old) == key_of(new):
        return new
    images = [blocks[0]["c"][0] for blocks in (old, new) if len(blocks) == 1 and _is_picture(blocks[0])]
    if len(images) < len((old, new)) or key_of([images[0]["c"][::2]]) != key_of([images[1]["c"][::2]]):
        return None
    (name, classes, pairs), words, target = images[1]["c"]
    former = [FORMER, json.dumps(images[0]["c"][1], ensure_ascii=False)]
    return [{"t": new[0]["t"], "c": [{"t": "Image", "c": [[name, classes, [*pairs, former]], words, target]}]}]


def _is_picture(block: Node) -> bool:
    return is_text(block) and [node["t"] for node in block["c"]] == ["Image"]


def _shape(table: Any) -> Any:
    """Return what must be the same in two tables to compare their rows: all but name, caption, widths and rows."""
    sides = [side for side, _ in table[2]]
    return [sides, table[3][0], [body[:3] for body in table[4]], table[5]]
