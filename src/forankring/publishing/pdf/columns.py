"""Turn the tables of the PDF edition, in the order of the tree, into the widths of their columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from forankring.publishing.manuscript.columns import column_shares, highest_row, line_of, shortest_broken, words_in
from forankring.publishing.manuscript.layout import WIDE
from forankring.text import Node
from forankring.workspace import Look

_LOW = 25
"""In lines: a table without a higher row has none broken by a page's end."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How a table's columns share its width, in per mille, the length of words that have no room (0 for none), and
    whether all of its rows are low enough to stand on one page."""

    shares: tuple[int, ...]
    broken: int
    low: bool


def columns_of(table: Node, line: int) -> Columns:
    """Return the columns of a table on a page whose line holds so many letters."""
    rows = words_in(table)
    shares = column_shares(rows, len(table["c"][2]), line)
    broken = shortest_broken(rows, shares, line)
    return Columns(shares, broken, highest_row(rows, len(shares), line) <= _LOW)


def tables_in(blocks: Iterable[Node], look: Look, *, flipped: bool = False) -> Iterator[tuple[Node, int]]:
    """Yield the tables in reading order, each with the letters on a line of its page."""
    for block in blocks:
        if block["t"] == "Div":
            yield from tables_in(block["c"][1], look, flipped=flipped or WIDE in block["c"][0][1])
        else:
            yield from ((node, line_of(look, flipped=flipped)) for node in _inner_first(block))


def _inner_first(node: Any) -> Iterator[Node]:
    """Yield the tables in the order in which they are changed: one in a note of a cell before its own."""
    if isinstance(node, dict):
        yield from _inner_first(node.get("c"))
        yield from [node] * (node.get("t") == "Table")
    elif isinstance(node, list):
        for item in node:
            yield from _inner_first(item)
