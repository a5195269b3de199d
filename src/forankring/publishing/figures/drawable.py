"""Turn the table in a figure's division into what its picture shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal

from forankring import text
from forankring.language import Locale
from forankring.publishing.figures.glyphs import showable
from forankring.publishing.figures.timelines import Timeline, says, timeline
from forankring.text import Node, rows_of

MOST_ROWS, MOST_SERIES, MOST_COLUMNS = 60, 8, 14
NOTHING = "0"
"""What a row of bars says that has none: no figure leaves a row out."""
_LONGEST = 160
"""What a name may take in a picture, in letters; the table has it whole."""
_NUMBER = re.compile(r"\d[\d.,\s]{0,14}$")
_NOTHING = frozenset({"", "-", "–", "—"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of a picture, as hexadecimal numbers without ``#``; each series also has a pattern of its own."""

    accent: str = "0B4A6F"
    middle: str = "7FA6BF"
    tint: str = "E9F1F6"
    against: str = "C48D7F"
    ink: str = "1A1A1A"
    line: str = "B8C4CC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Rows of numbers, one for each series; ``shown`` has them as the table prints them."""

    labels: tuple[str, ...]
    series: tuple[str, ...]
    values: tuple[tuple[Decimal, ...], ...]
    shown: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Rows and columns, and where they meet."""

    labels: tuple[str, ...]
    columns: tuple[str, ...]
    marks: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Why no picture can be made of a table: ``problems.text_figure_<code>`` in the locale says it.

    What is in the way is a cell (``times`` is how many there are like it), or ``count`` of what may be ``most``.
    """

    code: str
    row: tuple[str, ...] = ()
    column: str = ""
    cell: str = ""
    times: int = 1
    count: int = 0
    most: int = 0


Drawable = Bars | Matrix | Timeline
_Rows = Sequence[Sequence[str]]


def drawable(classes: Sequence[str], table: Node, locale: Locale) -> Drawable | Flaw:
    """Return what the division's class says the table is, or what keeps it from being drawn."""
    head, rows = _cells(table)
    if not head or not rows or any(len(row) != len(head) for row in rows):
        return Flaw(code="shape")
    if len(rows) > MOST_ROWS:
        return Flaw(code="rows", count=len(rows), most=MOST_ROWS)
    if "bars" in classes:
        return _bars(head, rows, _numeric(table), locale)
    if "timeline" in classes:
        return _timeline(head, rows, locale)
    return _matrix(head, rows, locale) if "matrix" in classes else Flaw(code="kind")


def cut(words: str, most: int) -> str:
    """Return the words, at most so many letters of them."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _bars(head: Sequence[str], rows: _Rows, numeric: list[int], locale: Locale) -> Bars | Flaw:
    """Read the columns that are set to the right as numbers, and the others as the row's name."""
    named = [column for column in range(len(head)) if column not in numeric]
    if not named or not numeric:
        return Flaw(code="shape")
    if len(numeric) > MOST_SERIES:
        return Flaw(code="columns", count=len(numeric), most=MOST_SERIES)
    values = [[_number(row[column], locale) for column in numeric] for row in rows]
    read = tuple(tuple(value for value in row if value is not None) for row in values)
    if any(len(row) != len(numeric) for row in read):
        return _cell_flaw("cell_number", head, rows, [[value is not None for value in row] for row in values], numeric)
    if not any(map(any, read)):
        return Flaw(code="empty")
    return Bars(
        labels=tuple(" ".join(row[column] for column in named if row[column] not in _NOTHING) for row in rows),
        series=tuple(head[column] for column in numeric),
        values=read,
        shown=tuple(tuple(row[column] for column in numeric) for row in rows),
    )


def _cell_flaw(code: str, head: Sequence[str], rows: _Rows, good: Sequence[Sequence[bool]], places: list[int]) -> Flaw:
    """Return the first cell that is not good, and how many there are."""
    bad = [
        (row, place)
        for row, verdicts in zip(rows, good, strict=True)
        for place, verdict in zip(places, verdicts, strict=True)
        if not verdict
    ]
    row, place = bad[0]
    return Flaw(code=code, row=tuple(row), column=head[place], cell=row[place], times=len(bad))


def _timeline(head: Sequence[str], rows: _Rows, locale: Locale) -> Timeline | Flaw:
    if len(head) < 3:
        return Flaw(code="shape")
    found = timeline(head, rows, locale)
    said = [[not says(cell) for cell in row[-2:]] for row in rows]
    if found or all(map(all, said)):
        return found or Flaw(code="empty")
    return _cell_flaw("cell_time", head, rows, said, [len(head) - 2, len(head) - 1])


def _matrix(head: Sequence[str], rows: _Rows, locale: Locale) -> Matrix | Flaw:
    yes = locale.label("figures.yes")
    if len(head) < 2:
        return Flaw(code="shape")
    if len(head) > MOST_COLUMNS + 1:
        return Flaw(code="columns", count=len(head) - 1, most=MOST_COLUMNS)
    good = [[cell.casefold() in (yes, *_NOTHING) for cell in row[1:]] for row in rows]
    if not all(map(all, good)):
        return _cell_flaw("cell_yes", head, rows, good, list(range(1, len(head))))
    if not any(cell.casefold() == yes for row in rows for cell in row[1:]):
        return Flaw(code="empty")
    return Matrix(
        labels=tuple(row[0] for row in rows),
        columns=tuple(head[1:]),
        marks=tuple(tuple(cell.casefold() == yes for cell in row[1:]) for row in rows),
    )


def _number(words: str, locale: Locale) -> Decimal | None:
    """Return a number as the locale writes it; a dash or nothing is none at all."""
    if words in _NOTHING:
        return Decimal(0)
    try:
        return parse_decimal(words, locale=locale.key, strict=True) if _NUMBER.match(words) else None
    except NumberFormatError:
        return None


def _numeric(table: Node) -> list[int]:
    """Return the columns that are set to the right; where none is, all but the first."""
    sides = [side["t"] for side, _ in table["c"][2]]
    right = [column for column, side in enumerate(sides) if side == "AlignRight"]
    return right or list(range(1, len(sides)))


def _cells(table: Node) -> tuple[list[str], list[list[str]]]:
    heads, bodies = rows_of(table)
    rows = [[_words(cell) for cell in row[1]] for row in (*heads, *bodies)]
    return (rows[0], rows[1:]) if len(heads) == 1 else ([], [])


def _words(cell: Any) -> str:
    return cut(showable(" ".join(text.plain(cell[4]).split())), _LONGEST)
