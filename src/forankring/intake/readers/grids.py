"""Hold a sheet or a delimited file as one grid of words, with the place of every cell."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

MOST_FILLED = 100_000
"""Cells that merging fills; a hostile file merges millions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows of cells in words, all of the same width, empty text for an empty cell. ``top`` and ``left`` count the
    empty rows and columns before them; ``lines`` are the rows' lines in a text file; ``merged`` are first and last row
    and column of cells that are one."""

    name: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    top: int = 0
    left: int = 0
    lines: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def cell(self, row: int, column: int) -> str:
        """Return the name of a cell, with its sheet's: ``Ark1!C5``; nothing in a text file, which has lines."""
        return "" if self.lines else f"{self.name}!{column_name(self.left + column)}{self.top + row + 1}"

    def line(self, row: int) -> int | None:
        """Return a row's line in a text file."""
        return self.lines[row] if self.lines else None

    def told(self, row: int) -> str:
        """Return what a reader would call the row: its line, or its number in the sheet."""
        return str(self.line(row) or self.top + row + 1)

    def texts(self) -> Iterator[str]:
        """Yield all that stands in the grid."""
        yield self.name
        for row in self.rows:
            yield from filter(None, row)


def column_name(index: int) -> str:
    """Return the letters of a column: A for 0, AA for 26."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def filled_down(grid: Grid) -> Grid:
    """Return the grid with what stands in a cell merged over several rows written in each of them."""
    rows = [list(row) for row in grid.rows]
    left = MOST_FILLED
    for first, column, last, _ in grid.merged:
        x, y = column - grid.left, first - grid.top
        if 0 <= y < len(rows) and 0 <= x < len(rows[y]):
            end = min(last - grid.top + 1, len(rows), y + 1 + left)
            left -= max(0, end - y - 1)
            for below in range(y + 1, end):
                rows[below][x] = rows[below][x] or rows[y][x]
    return replace(grid, rows=tuple(tuple(row) for row in rows))
