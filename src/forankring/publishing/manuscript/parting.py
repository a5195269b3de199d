"""Turn a table whose columns have no room into several tables, each with the first column and some of the others."""

from collections.abc import Iterator, Sequence
from typing import Any

from forankring import text
from forankring.publishing.manuscript.columns import AIR, longest_words, words_in
from forankring.publishing.manuscript.desk import Desk
from forankring.text import Node

_BROKEN, _READABLE = 9, 18
"""In letters: what a column needs of a word that is broken; what it has at least where columns are parted."""
_NO_ATTR: list[Any] = ["", [], []]


def parted(desk: Desk, table: Node, line: int) -> list[Node]:
    """Return the table, or where it has no room, its columns in several tables that each begin with the first one."""
    wanted = wanted_by(table)
    if fits(wanted, line) or len(wanted) < 3:
        return [table]
    heads = table["c"][3][1]
    desk.note("table_wide", str(len(wanted)), text.plain(heads[0][1][0][4]) if heads else "")
    groups = _groups([min(width, _READABLE + AIR) for width in wanted], line)
    return [_part(desk, table, group, (number, len(groups))) for number, group in enumerate(groups, 1)]


def wanted_by(table: Node) -> list[float]:
    """Return the room, in letters, that each column wants for its longest word."""
    return longest_words(words_in(table), len(table["c"][2]))


def fits(wanted: Sequence[float], line: int) -> bool:
    """Tell whether columns have room for their words, broken where they must be."""
    return sum(min(width, _BROKEN + AIR) for width in wanted) <= line


def _groups(widths: Sequence[float], line: int) -> list[list[int]]:
    """Share the columns out: as few groups as there must be, and as even as can be. Each begins with the first."""
    fewest = len(_filled(widths, line))
    least = int(max(widths[1:]) + widths[0])
    return next(groups for room in range(least, line + 1) if len(groups := _filled(widths, room)) == fewest)


def _filled(widths: Sequence[float], room: float) -> list[list[int]]:
    """Return groups of columns, each filled as far as there is room, with one column at least."""
    groups: list[list[int]] = []
    left = 0.0
    for column, width in enumerate(widths[1:], 1):
        if not groups or width > left:
            groups.append([0])
            left = room - widths[0]
        groups[-1].append(column)
        left -= width
    return groups


def _part(desk: Desk, table: Node, chosen: list[int], place: tuple[int, int]) -> Node:
    attr, (short, caption), columns, head, bodies, foot = table["c"]
    kept = [columns[column] for column in chosen]
    new = chosen[1] if place[0] > 1 else 0
    rows = [_NO_ATTR, _chosen_rows(head[1], len(columns), chosen, new)]
    parts = [[a, b, [], _chosen_rows(body, len(columns), chosen, new)] for a, b, _, body in bodies]
    named = [short, _caption(desk, caption, place)]
    return {"t": "Table", "c": [attr if place[0] == 1 else _NO_ATTR, named, kept, rows, parts, foot]}


def _caption(desk: Desk, caption: list[Node], place: tuple[int, int]) -> list[Node]:
    """Return the caption, and which part of the table it stands above."""
    key = "publishing.parts.captioned" if caption else "publishing.parts.bare"
    said = text.inlines(desk.locale.label(key, n=place[0], all=place[1]))
    told = [] if not caption else caption[0]["c"] if place[0] == 1 else text.rewrite_blocks(caption[0]["c"], _repeated)
    words = [*told, {"t": "Space"}, *said] if caption else said
    return [{"t": "Plain", "c": words}]


def _chosen_rows(rows: list[Any], columns: int, chosen: list[int], new: int) -> list[Any]:
    """Return the rows with the chosen columns only; a cell over several columns covers those of them that are left.

    A cell from before the first new column stands in an earlier part too: it has neither names nor notes again.
    """
    return [
        [
            attr,
            [
                _narrowed(cell, start, chosen, again=start < new)
                for start, cell in cells
                if _covered(cell, start, chosen)
            ],
        ]
        for (attr, _), cells in zip(rows, _placed(rows, columns), strict=True)
    ]


def _covered(cell: list[Any], start: int, chosen: list[int]) -> int:
    return sum(1 for column in chosen if start <= column < start + cell[3])


def _narrowed(cell: list[Any], start: int, chosen: list[int], *, again: bool) -> list[Any]:
    words = list(text.rewrite_blocks(cell[4], _repeated)) if again else cell[4]
    return [*cell[:3], _covered(cell, start, chosen), words]


def _repeated(node: Node) -> list[Node]:
    """Return a node as it stands in a further part: a note is told once, and a name is given once."""
    if node["t"] == "Note":
        return []
    return [text.with_attributes(node, ["", *node["c"][0][1:]])] if node["t"] == "Span" else [node]


def _placed(rows: list[Any], columns: int) -> Iterator[list[tuple[int, list[Any]]]]:
    """Yield each row's cells with the column where each begins: a cell from a row above may stand before it."""
    taken = [0] * columns
    for _, cells in rows:
        placed, column = [], 0
        for cell in cells:
            while column < columns and taken[column]:
                column += 1
            placed.append((column, cell))
            for covered in range(column, min(columns, column + cell[3])):
                taken[covered] = cell[2]
            column += cell[3]
        taken = [max(0, left - 1) for left in taken]
        yield placed
