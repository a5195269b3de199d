"""Turn what came, went and moved in a redline into marks in the tree itself: a span, a division, a class of a row."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from forankring.text.nodes import Node, attributes, rewrite_blocks, with_attributes

RESERVED = "redline-"
"""What the classes and keys of marks begin with; a text of its own has none."""
ADDED = "redline-added"
REMOVED = "redline-removed"
MOVED_HERE = "redline-moved-here"
MOVED_AWAY = "redline-moved-away"
"""The two ends of a move have the same value of the key ``MOVE``; what was edited as well is marked at the new end."""
WHOLE = "redline-whole"
"""Of a mark around all that is in a list's item or a definition: the item itself came, went or moved."""
MOVE = "redline-move"
FORMER = "redline-former"
"""The key of the name that a block had in the old text, or of the words of a figure's picture as JSON; a reader does
not see them, so this is no mark."""

OLD = frozenset({REMOVED, MOVED_AWAY})
"""What stands only in the old text."""
NEW = frozenset({ADDED, MOVED_HERE})
"""What stands only in the new text, or only there at this place."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a part; ``move`` pairs the two ends of a move; ``whole`` as in ``WHOLE``."""

    kind: str
    move: str = ""
    whole: bool = False


def mark_of(node: Node) -> Mark | None:
    """Return the mark that a span or division is, None for every other node."""
    return mark_in(node["c"][0]) if node["t"] in ("Span", "Div") else None


def mark_in(attr: list[Any]) -> Mark | None:
    """Return the mark in attributes, such as those of a row."""
    kind = next((name for name in attr[1] if name in OLD or name in NEW), None)
    return Mark(kind, dict(attr[2]).get(MOVE, ""), WHOLE in attr[1]) if kind else None


def item_mark(item: Sequence[Node]) -> Mark | None:
    """Return the mark of a list's item that came, went or moved as a whole."""
    mark = mark_of(item[0]) if len(item) == 1 else None
    return mark if mark and mark.whole else None


def rows_in(node: Node) -> list[Any]:
    """Return the rows of a table, of its head and foot as well; none of any other node."""
    if node["t"] != "Table":
        return []
    *_, head, bodies, foot = node["c"]
    return [row for part in (head[1], *(rows for body in bodies for rows in body[2:]), foot[1]) for row in part]


def span(mark: Mark, inlines: list[Node]) -> Node:
    """Return inlines in a mark."""
    return {"t": "Span", "c": [_attr(mark), inlines]}


def div(mark: Mark, blocks: list[Node]) -> Node:
    """Return blocks in a mark."""
    return {"t": "Div", "c": [_attr(mark), blocks]}


def marked_row(mark: Mark, row: Any) -> Any:
    """Return a table's row with a mark among its attributes."""
    (identifier, classes, pairs), cells = row
    _, more, moves = _attr(mark)
    return [[identifier, [*classes, *more], [*pairs, *moves]], cells]


def without_marks(attr: list[Any]) -> list[Any]:
    """Return attributes without the marks in them."""
    identifier, classes, pairs = attr
    return [
        identifier,
        [name for name in classes if not name.startswith(RESERVED)],
        [[key, value] for key, value in pairs if not key.startswith(RESERVED)],
    ]


def unmarked(blocks: Iterable[Node]) -> tuple[Node, ...]:
    """Return a text in which no class or key of its own looks like a mark."""
    given = tuple(blocks)
    if RESERVED not in json.dumps(given):  # faster by far than to look at every node
        return given
    return rewrite_blocks(given, lambda node: [_plain(node)])


def _attr(mark: Mark) -> list[Any]:
    return ["", [mark.kind, *[WHOLE] * mark.whole], [[MOVE, mark.move]] * bool(mark.move)]


def _plain(node: Node) -> Node:
    attr = attributes(node)
    if attr is None:
        return node
    done = with_attributes(node, without_marks(attr))
    if node["t"] != "Table":
        return done
    *start, head, bodies, foot = done["c"]
    bodies = [[body[0], body[1], _plain_rows(body[2]), _plain_rows(body[3])] for body in bodies]
    return {"t": "Table", "c": [*start, [head[0], _plain_rows(head[1])], bodies, [foot[0], _plain_rows(foot[1])]]}


def _plain_rows(rows: list[Any]) -> list[Any]:
    return [[without_marks(row[0]), row[1]] for row in rows]
