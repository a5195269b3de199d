"""Turn the words in a table's cells into the widths of its columns, in letters of average width."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from math import ceil

from forankring import text
from forankring.text import Node, rows_of
from forankring.workspace import Look

Rows = Sequence[Sequence[tuple[str, int]]]
"""Each row's cells: their words, and how many columns each covers."""
_Measure = Callable[[str], float]

AIR = 4
"""What a cell keeps free at its sides, and a little for letters wider than they are here."""

_LEAST, _ENOUGH, _SHORT, _LONGEST = 2, 300, 13, 32
"""The least for a column's words; what no cell needs more of; what stands on one line in any case; what no word
needs more of, for a longer one is broken anyway."""
_FOR_WORDS = (0.9, 0.75, 0.6)
"""The shares of a line that may go to words where they are crowded; the rest goes to columns with much text."""
_SAFE = 0.85
"""The share of its column that a word may take, as it is measured here, and be sure to have room in print."""
_FIRM = 16
"""Letters: a longer number or address is broken where it must be."""
_KEPT = 10_000
"""Cells that are measured once for all editions."""
_BREAK, _RAGGED = 2, 3
"""How many lines lower a table must be for each word that is broken, and how many letters early a line ends."""
_UPRIGHT, _FLIPPED, _POINTS_PER_MM = 210, 297, 72 / 25.4
_LETTER = 0.53
"""The width of an average letter, as a share of the size of Open Sans, the widest of the fonts that ship."""
_NARROW, _WIDE = frozenset("fijlrtI.,:;!'|()[]-/ \u00a0"), frozenset("mwMW@%—…æÆ")
_SIGN = 2
"""What a sign of something missing takes more than its letters: it is bold, and in Word from another font."""


def line_of(look: Look, *, flipped: bool = False) -> int:
    """Return how many letters of a table stand on a line between the margins, on an upright or a flipped page."""
    width = (_FLIPPED if flipped else _UPRIGHT) - look.margins.left - look.margins.right
    return int(width * _POINTS_PER_MM / ((look.sizes.body - 1) * _LETTER))


@lru_cache(maxsize=_KEPT)
def breadth(words: str) -> float:
    """Return the room that words take on one line."""
    return (
        sum(0.62 if letter in _NARROW else 1.6 if letter in _WIDE else 1.05 for letter in words)
        + sum(0.2 for letter in words if letter.isupper())
        + _SIGN * words.count("⚠")
    )


def words_in(table: Node) -> Rows:
    """Return the rows of a mended table, the header rows first."""
    heads, bodies = rows_of(table)
    return [[(text.plain(cell[4]), cell[3]) for cell in row[1]] for row in (*heads, *bodies)]


def longest_words(rows: Rows, columns: int) -> list[float]:
    """Return the room that each column's longest word takes, its cell's air with it."""
    return [least + AIR for least in _most(rows, columns, _word)]


def column_shares(rows: Rows, columns: int, line: int) -> tuple[int, ...]:
    """Return how columns share a line, in per mille: first room for the longest words, then more for the long texts.

    Long words give way where they have no room beside each other, or where the table becomes much lower by it. A cell
    over several columns has no say.
    """
    words, short = longest_words(rows, columns), [most + AIR for most in _most(rows, columns, _whole)]
    wanted = [most + AIR for most in _most(rows, columns, lambda cell: min(breadth(cell), _ENOUGH))]
    least = [[max(pair) for pair in zip(words, short, strict=True)], words, [width - AIR / 4 for width in words]]
    lowered = [_lowered(words, line * share) for share in _FOR_WORDS]
    firm = [most + AIR * 3 / 4 for most in _most(rows, columns, _firm)]
    least += [[max(pair) for pair in zip(widths, firm, strict=True)] for widths in lowered]
    possible = [_spread(widths, wanted, line) for widths in least if sum(widths) <= line]
    possible = possible or [_spread(lowered[0], wanted, line)]
    return min(possible, key=lambda shares: _cost(rows, shares, line))


def broken_words(rows: Rows, shares: Sequence[int], line: int) -> list[bool]:
    """Tell for each column whether a word in it has no room and must be broken."""
    wanted = longest_words(rows, len(shares))
    return [want - AIR / 4 > share * line / 1000 for want, share in zip(wanted, shares, strict=True)]


def shortest_broken(rows: Rows, shares: Sequence[int], line: int) -> int:
    """Return how many letters the shortest word has that has hardly any room in its column; 0 where all have."""
    widths = [width * _SAFE for width in _widths(shares, line)]
    lacking = (
        len(piece)
        for row in rows
        for words, column in _single(row, len(shares))
        if _word(words) > widths[column]
        for piece in _pieces(words)
        if breadth(piece) > widths[column]
    )
    return min(lacking, default=0)


def highest_row(rows: Rows, columns: int, line: int) -> int:
    """Return about how many lines of text its highest row has."""
    return max(_heights(rows, column_shares(rows, columns, line), line), default=0)


def _spread(least: list[float], wanted: list[float], line: int) -> tuple[int, ...]:
    """Return the shares of columns that have the least they need, and by what more they want a part of the rest."""
    needs = [max(0.0, much - little) for much, little in zip(wanted, least, strict=True)]
    spare, whole = line - sum(least), sum(needs) or 1
    weights = [little + spare * need / whole for little, need in zip(least, needs, strict=True)]
    return tuple(int(1000 * weight / sum(weights)) for weight in weights)


def _cost(rows: Rows, shares: Sequence[int], line: int) -> int:
    """Return a table's height in lines, and what its broken words are worth."""
    widths = _widths(shares, line)
    broken = sum(_word(words) > widths[column] for row in rows for words, column in _single(row, len(shares)))
    return sum(_heights(rows, shares, line)) + _BREAK * broken


def _heights(rows: Rows, shares: Sequence[int], line: int) -> list[int]:
    widths = _widths(shares, line)
    return [
        max((_lines(words, widths[column]) for words, column in _single(row, len(shares))), default=0) for row in rows
    ]


def _widths(shares: Sequence[int], line: int) -> list[float]:
    """Return the room for words in each column."""
    return [max(1.0, share * line / 1000 - AIR * 3 / 4) for share in shares]


def _lines(words: str, width: float) -> int:
    """Return about how many lines words fill: where one does not do, each ends a little early."""
    room = breadth(words)
    return 1 if room <= width else ceil(room / max(1.0, width - _RAGGED))


def _lowered(words: list[float], line: float) -> list[float]:
    """Return the widths with the widest of them cut to one measure, so that all together fill the line."""
    room, waiting = line, sorted(words)
    while waiting:
        part = room / len(waiting)
        if waiting[0] > part:
            return [min(width, part) for width in words]
        room -= waiting.pop(0)
    return words


def _most(rows: Rows, columns: int, measure: _Measure) -> list[float]:
    most = [float(_LEAST)] * columns
    for row in rows:
        for words, column in _single(row, columns):
            most[column] = max(most[column], measure(words))
    return most


def _single(row: Sequence[tuple[str, int]], columns: int) -> Iterator[tuple[str, int]]:
    """Yield the words of the cells that stand in one column, and which it is."""
    column = 0
    for words, span in row:
        if span == 1 and column < columns:
            yield words, column
        column += span


@lru_cache(maxsize=_KEPT)
def _word(cell: str) -> float:
    """Return the room of the longest part that stands on one line; no line ends at a no-break space."""
    return min(_LONGEST, max(map(breadth, _pieces(cell)), default=0.0))


def _pieces(cell: str) -> list[str]:
    parts = re.split(r"[ \n]+", cell)
    return [piece for part in parts for piece in (re.split(r"(?<=[-/])", part) if len(part) > _SHORT else [part])]


@lru_cache(maxsize=_KEPT)
def _firm(cell: str) -> float:
    """Return the room of the longest part that is never broken by a hyphen: numbers, dates, and what is missing."""
    parts = re.split(r"[ \n]+", cell)
    return max((breadth(part) for part in parts if len(part) <= _FIRM and re.search(r"[\d\u00a0]", part)), default=0.0)


def _whole(cell: str) -> float:
    """Return the room of a cell that is better not broken at all: a few short words."""
    return breadth(cell) if len(cell) <= _SHORT and "\n" not in cell else 0.0
