"""Turn the table in a figure's division into what its picture shows and the words that say so."""

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
from forankring.text import Node

MOST_ROWS, MOST_SERIES, MOST_COLUMNS = 60, 8, 14
_MOST_WORDS, _LONGEST = 400, 160
"""In letters: of the words for a picture, and of what a name may take in it; the table has the name whole."""
_NUMBER = re.compile(r"\d[\d.,\s]{0,14}$")
_NOTHING = frozenset({"", "-", "–", "—"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of a picture, as hexadecimal numbers without ``#``; each series also has a pattern of its own."""

    accent: str = "0B4A6F"
    middle: str = "7FA6BF"
    tint: str = "E9F1F6"
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


Drawable = Bars | Matrix


def drawable(classes: Sequence[str], table: Node, locale: Locale) -> Drawable | None:
    """Return what the division's class says the table is; None for a table that no picture can be made of."""
    head, rows = _cells(table)
    if not head or not 1 <= len(rows) <= MOST_ROWS or any(len(row) != len(head) for row in rows):
        return None
    if "bars" in classes:
        return _bars(head, rows, _numeric(table), locale)
    return _matrix(head, rows, locale) if "matrix" in classes else None


def alternative(figure: Drawable, caption: str, locale: Locale) -> str:
    """Return what the picture says in words: every row where that is short, else the largest and the smallest."""
    match figure:
        case Bars():
            return _told("bars", caption, _rows_told(figure, locale), _extremes(figure, locale), locale)
        case Matrix():
            return _told("matrix", caption, _marks_told(figure, locale), _columns_told(figure, locale), locale)


def _told(kind: str, caption: str, whole: Sequence[str], short: Sequence[str], locale: Locale) -> str:
    """Return the longer account if it is short enough to be listened to, else the shorter one."""
    opening = [locale.label(f"figures.{kind}"), *([f"{caption.rstrip('.')}."] if caption else [])]
    full = " ".join([*opening, *whole])
    if len(full) <= _MOST_WORDS:
        return full
    closing = locale.label("figures.see_table")
    opening = [opening[0], *(_cut(part, 120) for part in opening[1:])]
    said = " ".join([*opening, *short])
    return f"{_cut(said, _MOST_WORDS - len(closing) - 1)} {closing}"


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
    return _cut(showable(" ".join(text.plain(cell[4]).split())), _LONGEST)


def _rows_told(figure: Bars, locale: Locale) -> list[str]:
    """Return a sentence for each row; of several series, those that have something in it."""
    if len(figure.series) == 1:
        return [f"{label}: {shown[0] or '–'}." for label, shown in zip(figure.labels, figure.shown, strict=True)]
    none = locale.label("figures.none")
    told = []
    for label, row, shown in zip(figure.labels, figure.values, figure.shown, strict=True):
        parts = zip(row, shown, figure.series, strict=True)
        values = [f"{words} {name.lower()}" for value, words, name in parts if value]
        told.append(f"{label}: {', '.join(values) or none}.")
    return told


def _extremes(figure: Bars, locale: Locale) -> list[str]:
    totals = [sum(row) for row in figure.values]
    most, least = totals.index(max(totals)), totals.index(min(totals))
    largest = locale.label("figures.largest", name=_cut(figure.labels[most], 80), value=locale.number(totals[most]))
    smallest = locale.label("figures.smallest", name=_cut(figure.labels[least], 80), value=locale.number(totals[least]))
    return [largest, smallest]


def _marks_told(figure: Matrix, locale: Locale) -> list[str]:
    none = locale.label("figures.none")
    rows = zip(figure.labels, figure.marks, strict=True)
    found = [(label, [name for name, mark in zip(figure.columns, row, strict=True) if mark]) for label, row in rows]
    return [f"{label}: {locale.listed(names) or none}." for label, names in found]


def _columns_told(figure: Matrix, locale: Locale) -> list[str]:
    total = locale.number(len(figure.labels))
    counts = [sum(row[place] for row in figure.marks) for place in range(len(figure.columns))]
    pairs = zip(figure.columns, counts, strict=True)
    return [locale.label("figures.of", name=_cut(name, 40), n=locale.number(n), total=total) for name, n in pairs]


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
