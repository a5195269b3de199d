"""Turn a time line into shapes on a sheet: under years and quarters, a bar in each row from its start to its end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from forankring.publishing.figures.sheets import LINE, WIDTH, Look, Sheet
from forankring.publishing.figures.timelines import Span, Timeline

_LABEL, _GAP, _BAR, _AIR = 58.0, 2.4, 5.0, 1.2
"""In mm: the column of names, the air between rows, how tall a bar is, and the air beside its words."""
_MOST_QUARTERS, _LEAST_QUARTER = 20, 3.0
"""A scale of more quarters has years only; in mm, the least for a quarter."""
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_PAPER = "#ffffff"


def draw_spans(sheet: Sheet, figure: Timeline, whole: Look, faulty: Look) -> float:
    """Draw the rows under their scale; return the height. A row that lacks a time says so in the place of its bar."""
    scale = _scale(figure)
    top = y = _head(sheet, scale, figure.quarters)
    for label, span in zip(figure.labels, figure.spans, strict=True):
        y = _row(sheet, scale, y, label, span, whole if span.whole else faulty)
        sheet.rule((0, y), (WIDTH, y), sheet.line)
    for x in scale.marks():
        sheet.rule((x, top), (x, y), sheet.line)
    sheet.rule((_LABEL, top), (WIDTH, top), sheet.ink)
    return y + 1


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where days lie between the names and the right edge; whole quarters, or where they are many, whole years."""

    first: date
    last: date

    def at(self, day: int) -> float:
        """Return where a day, by its ordinal number, begins."""
        whole = self.last.toordinal() + 1 - self.first.toordinal()
        return _LABEL + (WIDTH - _LABEL) * (day - self.first.toordinal()) / whole

    def quarters(self) -> list[tuple[float, int]]:
        """Return where the quarters begin, and their numbers from 0; nothing where they would be too narrow."""
        days = [date(year, month, 1) for year in self.years() for month in (1, 4, 7, 10)]
        inside = [day for day in days if self.first <= day <= self.last]
        if len(inside) > _MOST_QUARTERS or (WIDTH - _LABEL) / len(inside) < _LEAST_QUARTER:
            return []
        return [(self.at(day.toordinal()), day.month // 3) for day in inside]

    def years(self) -> range:
        """Return the years, whole or not."""
        return range(self.first.year, self.last.year + 1)

    def year(self, year: int) -> tuple[float, float]:
        """Return where what is shown of a year begins and ends."""
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1
        return max(_LABEL, self.at(first)), min(WIDTH, self.at(last))

    def marks(self) -> list[float]:
        """Return where a line goes down: at each quarter, else at each year that has room."""
        step = _step(self, _LEAST_QUARTER)
        return [x for x, _ in self.quarters()] or [self.year(year)[0] for year in self.years() if year % step == 0]

    def place(self, span: Span) -> tuple[float, float] | None:
        """Return where a row's bar begins and ends: where one side is missing, as far as the other one's time."""
        if span.start and span.end and not span.whole:
            return None
        first, last = span.start or span.end, span.end or span.start
        return (self.at(first.first.toordinal()), self.at(last.last.toordinal() + 1)) if first and last else None


def _scale(figure: Timeline) -> _Scale:
    first, last = figure.first, figure.last
    quarters = (last.year - first.year) * 4 + (last.month - 1) // 3 - (first.month - 1) // 3 + 1
    if quarters > _MOST_QUARTERS:
        return _Scale(date(first.year, 1, 1), date(last.year, 12, 31))
    begin, end = 3 * ((first.month - 1) // 3) + 1, 3 * ((last.month - 1) // 3) + 3
    return _Scale(date(first.year, begin, 1), date(last.year, end, 31 if end in (3, 12) else 30))


def _head(sheet: Sheet, scale: _Scale, names: Sequence[str]) -> float:
    """Write the years, and below them the quarters where each has room for its name; return where the rows begin."""
    step = _step(scale, sheet.measure("2000") + 2)
    for year in scale.years():
        left, right = scale.year(year)
        if step == 1 and right - left > sheet.measure(str(year)):
            sheet.write((left + right) / 2, LINE / 2 + 0.5, str(year), side="center")
        elif step > 1 and year % step == 0 and left + sheet.measure(str(year)) < WIDTH:
            sheet.write(left + 0.4, LINE / 2 + 0.5, str(year))
        if left > _LABEL and year % step == 0:
            sheet.rule((left, 0.5), (left, LINE + 1), sheet.line)
    quarters = scale.quarters()
    width = (WIDTH - _LABEL) / max(1, len(quarters))
    if not quarters or width < max(map(sheet.measure, names)) + 1:
        return LINE + 1
    for x, number in quarters:
        sheet.write(x + width / 2, LINE * 1.5 + 0.5, names[number], side="center")
    return 2 * LINE + 1.5


def _step(scale: _Scale, needed: float) -> int:
    width = (WIDTH - _LABEL) / ((scale.last - scale.first).days / 365)
    return next(step for step in _STEPS if step == _STEPS[-1] or step * width >= needed)


def _row(sheet: Sheet, scale: _Scale, y: float, label: str, span: Span, look: Look) -> float:
    """Draw one row from ``y``; return where the next begins."""
    names, words, place = sheet.wrap(label, _LABEL - 3), _said(span), scale.place(span)
    at = _beside(place, sheet.measure(words), upon=span.whole)
    below = sheet.wrap(words, WIDTH - _LABEL - _AIR) if at is None else []
    tall = max(len(names) * LINE, _BAR * bool(place or at) + len(below) * LINE) + _GAP
    sheet.lines(0.5, y + tall / 2, names)
    middle = y + (tall - len(below) * LINE) / 2
    if place:
        sheet.box((place[0], middle - _BAR / 2, place[1] - place[0], _BAR), look)
    for x, line_y, line in _lines(at, middle, words, below, bool(place)):
        inside = place is not None and place[0] <= x < place[1]
        if not inside:
            sheet.paper((x - 0.4, line_y - 1.8, sheet.measure(line) + 0.8, 3.6), _PAPER)
        sheet.write(x, line_y, line, colour=look.words if inside else "")
    return y + tall


def _lines(
    at: float | None, middle: float, words: str, below: Sequence[str], bar: bool
) -> Iterator[tuple[float, float, str]]:
    """Yield the lines of a row's words with their places: beside the bar's middle, else below it."""
    if at is not None:
        yield at, middle, words
    first = middle + (_BAR / 2 + LINE / 2 if bar else (1 - len(below)) * LINE / 2 + len(below) * LINE / 2)
    for number, line in enumerate(below):
        yield _LABEL + _AIR, first + number * LINE, line


def _beside(place: tuple[float, float] | None, needed: float, *, upon: bool) -> float | None:
    """Return where words of that width begin: upon the bar, to its right or its left; None where there is no room."""
    left, right = place or (_LABEL, _LABEL)
    if upon and needed + 2 * _AIR <= right - left:
        return (left + right - needed) / 2
    if right + _AIR + needed <= WIDTH:
        return right + _AIR
    return left - _AIR - needed if left - _AIR - needed >= _LABEL else None


def _said(span: Span) -> str:
    """Return what stands at a row's bar: from when to when, as the table has it, and what is missing."""
    start = span.words[0] if span.start else ""
    end = span.words[1] if span.end and span.words[1] != start else ""
    fault = f"⚠ {span.fault}" if span.fault else ""
    order = (fault, end) if span.end and not span.start else (start, end, fault)
    return " – ".join(filter(None, order))
