"""Turn what a figure shows into a picture of it: bars from rows of numbers, dots from a matrix."""

import functools

from forankring.publishing.figures.drawable import NOTHING, Bars, Drawable, Matrix, Palette
from forankring.publishing.figures.drawing import LOCK
from forankring.publishing.figures.gantt import draw_spans
from forankring.publishing.figures.sheets import LINE, TALLEST, WIDTH, Look, Sheet
from forankring.publishing.figures.timelines import Timeline

_LABEL, _GAP = 62.0, 2.4
"""The column of names and the air between rows, in mm."""
_FEW = {2: (0, 3), 3: (0, 2, 3)}
"""Of the looks, those for two series and for three: the first and the last may mean opposite things."""
_PAPER = "#ffffff"
_HOUSE = Palette()


@functools.lru_cache(maxsize=64)
def draw(figure: Drawable, palette: Palette = _HOUSE) -> bytes | None:
    """Return the picture, as wide as the text; None for one that would be taller than a page."""
    with LOCK:
        sheet = Sheet(palette)
        match figure:
            case Bars():
                height = _bars(sheet, figure, palette)
            case Matrix():
                height = _matrix(sheet, figure)
            case Timeline():
                solid, _, striped, *_ = looks(palette)
                height = draw_spans(sheet, figure, solid, striped)
        return sheet.png(height) if height <= TALLEST else None


def looks(palette: Palette) -> tuple[Look, ...]:
    """Return the looks of the series in order: from dark to light, then what says no, then what says nothing.

    Those of an assessment so run from reached to not reached, and one that could not be made is white. Any two differ
    in grey by a lightness or a pattern that can be seen: a pattern upon a dark ground is drawn in white.
    """
    accent, middle, tint, against, ink = (
        f"#{name}" for name in (palette.accent, palette.middle, palette.tint, palette.against, palette.ink)
    )
    return (
        Look(accent, "", _PAPER),
        Look(middle, "", ink),
        Look(tint, "////", ink),
        Look(against, "xxxx", ink),
        Look(_PAPER, "", ink),
        Look(accent, "\\\\\\\\", _PAPER),
        Look(_PAPER, "....", ink),
        Look(middle, "----", ink),
    )


def looks_of(count: int, palette: Palette) -> tuple[Look, ...]:
    """Return the looks of so many series: of few, those that are furthest apart."""
    every = looks(palette)
    return tuple(every[place] for place in _FEW.get(count, range(count)))


def _bars(sheet: Sheet, figure: Bars, palette: Palette) -> float:
    """Draw the rows under their legend; return the height. A row that has nothing says so."""
    styles = looks_of(len(figure.series), palette)
    top = _legend(sheet, figure.series, styles) if len(figure.series) > 1 else 1.0
    alone = len(figure.series) == 1
    longest = max(sheet.measure(shown[0]) for shown in figure.shown) if alone else 0.0
    scale = (WIDTH - _LABEL - longest - 3) / float(max(sum(row) for row in figure.values))
    y = top
    for label, row, shown in zip(figure.labels, figure.values, figure.shown, strict=True):
        lines = sheet.wrap(label, _LABEL - 3)
        tall = max(len(lines) * LINE, 5.0) + _GAP
        sheet.lines(0.5, y + tall / 2, lines)
        x = _LABEL
        for value, words, look in zip(row, shown, styles, strict=True):
            width = float(value) * scale
            if value:
                sheet.box((x, y + tall / 2 - 2.5, width, 5.0), look)
                _value(sheet, (x, y + tall / 2, width), words, None if alone else look)
            x += width
        if not any(row):
            _value(sheet, (x, y + tall / 2, 0.0), NOTHING, None)
        y += tall
    sheet.rule((_LABEL, top), (_LABEL, y), sheet.ink)
    return y + 1


def _value(sheet: Sheet, place: tuple[float, float, float], words: str, look: Look | None) -> None:
    """Write a number upon its part of a bar if it has room there; behind the bar where that is the only one."""
    x, y, width = place
    if look is None:
        sheet.write(x + width + 1.2, y, words)
        return
    needed = sheet.measure(words) + 2
    if width < needed + 0.6:
        return
    if look.hatch:
        sheet.paper((x + (width - needed) / 2, y - 1.9, needed, 3.8), look.fill)
    sheet.write(x + width / 2, y, words, side="center", colour=look.words)


def _legend(sheet: Sheet, series: tuple[str, ...], styles: tuple[Look, ...]) -> float:
    x, y = 0.5, 1.0
    for name, look in zip(series, styles, strict=True):
        line = sheet.wrap(name, WIDTH - 12)[0]
        needed = sheet.measure(line) + 12
        if x > 1 and x + needed > WIDTH:
            x, y = 0.5, y + LINE + 1.5
        sheet.box((x, y, 6, 4), look)
        sheet.write(x + 7.2, y + 2, line)
        x += needed
    return y + LINE + 3


def _matrix(sheet: Sheet, figure: Matrix) -> float:
    """Draw a grid with a dot where row and column meet; return the height. A row that has no dot says so."""
    label = _LABEL + 20 if len(figure.columns) <= 8 else _LABEL
    step = (WIDTH - label) / len(figure.columns)
    heads = [sheet.wrap(name, step - 1) for name in figure.columns]
    y = max(map(len, heads)) * LINE + 2
    middles = [label + step * (place + 0.5) for place in range(len(heads))]
    for x, lines in zip(middles, heads, strict=True):
        sheet.lines(x, y / 2, lines, side="center")
    for words, marks in zip(figure.labels, figure.marks, strict=True):
        sheet.rule((0, y), (WIDTH, y), sheet.line)
        lines = sheet.wrap(words, label - 3)
        tall = len(lines) * LINE + _GAP
        sheet.lines(0.5, y + tall / 2, lines)
        for x, mark in zip(middles, marks, strict=True):
            if mark:
                sheet.dot(x, y + tall / 2, sheet.accent)
            elif not any(marks):
                sheet.write(x, y + tall / 2, "–", side="center")
        y += tall
    sheet.rule((0, y), (WIDTH, y), sheet.line)
    return y + 1
