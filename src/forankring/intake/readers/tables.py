"""Turn rows of words into a table of the tree that pandoc knows."""

from collections.abc import Sequence

from forankring.text import Node, inlines


def table(rows: Sequence[Sequence[str]]) -> Node:
    """Return the table; its first row holds the headings."""
    width = max(map(len, rows), default=0)
    made = [[*row, *[""] * (width - len(row))] for row in rows]
    return {
        "t": "Table",
        "c": [
            ["", [], []],
            [None, []],
            [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]] * width,
            [["", [], []], [_row(row) for row in made[:1]]],
            [[["", [], []], 0, [], [_row(row) for row in made[1:]]]],
            [["", [], []], []],
        ],
    }


def _row(cells: list[str]) -> list[object]:
    blocks = ([{"t": "Plain", "c": inlines(cell)}] if cell else [] for cell in cells)
    return [["", [], []], [[["", [], []], {"t": "AlignDefault"}, 1, 1, block] for block in blocks]]
