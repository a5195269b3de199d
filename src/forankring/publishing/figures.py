"""Turn the table in a figure's division into what its picture shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal

from forankring import text
from forankring.language import Locale
from forankring.publishing.glyphs import showable
from forankring.publishing.tables import rows_of
from forankring.publishing.timelines import Timeline, timeline
from forankring.text import Node

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


Drawable = Bars | Matrix | Timeline


def drawable(classes: Sequence[str], table: Node, locale: Locale) -> Drawable | None:
    """Return what the division's class says the table is; None for a table that no picture can be made of."""
    head, rows = _cells(table)
    if not head or not 1 <= len(rows) <= MOST_ROWS or any(len(row) != len(head) for row in rows):
        return None
    if "bars" in classes:
        return _bars(head, rows, _numeric(table), locale)
    if "timeline" in classes:
        return timeline(head, rows, locale)
    return _matrix(head, rows, locale) if "matrix" in classes else None


def cut(words: str, most: int) -> str:
    """Return the words, at most so many letters of them."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _bars(head: list[str], rows: list[list[str]], numeric: list[int], locale: Locale) -> Bars | None:
    """Read the columns that are set to the right as numbers, and the others as the row's name."""
    named = [column for column in range(len(head)) if column not in numeric]
    values = [[_number(row[column], locale) for column in numeric] for row in rows]
    if not named or not 1 <= len(numeric) <= MOST_SERIES or not any(any(row) for row in values):
        return None
    read = tuple(tuple(value for value in row if value is not None) for row in values)
    if any(len(row) != len(numeric) for row in read):
        return None
    return Bars(
        labels=tuple(" ".join(row[column] for column in named if row[column] not in _NOTHING) for row in rows),
        series=tuple(head[column] for column in numeric),
        values=read,
        shown=tuple(tuple(row[column] for column in numeric) for row in rows),
    )


def _matrix(head: list[str], rows: list[list[str]], locale: Locale) -> Matrix | None:
    yes = locale.label("figures.yes")
    cells = [cell.casefold() for row in rows for cell in row[1:]]
    if not 2 <= len(head) <= MOST_COLUMNS + 1 or yes not in cells or not set(cells) <= {yes, *_NOTHING}:
        return None
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
