"""Turn what a figure shows into the words for those who do not see it."""

from collections.abc import Sequence
from datetime import date

from forankring.language import Locale
from forankring.publishing.figures import NOTHING, Bars, Drawable, Matrix, cut
from forankring.publishing.timelines import Span, Timeline

_MOST_WORDS = 400
"""In letters; the table has it all."""


def alternative(figure: Drawable, caption: str, locale: Locale) -> str:
    """Return what the picture says in words: every row where that is short, else what stands out."""
    match figure:
        case Bars():
            return _told("bars", caption, _rows(figure, locale), _extremes(figure, locale), locale)
        case Matrix():
            return _told("matrix", caption, _marks(figure, locale), _columns(figure, locale), locale)
        case Timeline():
            return _told("timeline", caption, _spans(figure, locale), _reach(figure, locale), locale)


def _told(kind: str, caption: str, whole: Sequence[str], short: Sequence[str], locale: Locale) -> str:
    """Return the longer account if it is short enough to be listened to, else the shorter one."""
    opening = [locale.label(f"figures.{kind}"), *([f"{caption.rstrip('.')}."] if caption else [])]
    full = " ".join([*opening, *whole])
    if len(full) <= _MOST_WORDS:
        return full
    closing = locale.label("figures.see_table")
    opening = [opening[0], *(cut(part, 120) for part in opening[1:])]
    said = " ".join([*opening, *short])
    return f"{cut(said, _MOST_WORDS - len(closing) - 1)} {closing}"


def _rows(figure: Bars, locale: Locale) -> list[str]:
    """Return a sentence for each row; of several series, those that have something in it."""
    if len(figure.series) == 1:
        rows = zip(figure.labels, figure.values, figure.shown, strict=True)
        return [f"{label}: {shown[0] if any(row) else NOTHING}." for label, row, shown in rows]
    told = []
    for label, row, shown in zip(figure.labels, figure.values, figure.shown, strict=True):
        parts = zip(row, shown, figure.series, strict=True)
        values = [f"{words} {name.lower()}" for value, words, name in parts if value]
        told.append(f"{label}: {', '.join(values) or NOTHING}.")
    return told


def _extremes(figure: Bars, locale: Locale) -> list[str]:
    totals = [sum(row) for row in figure.values]
    most, least = totals.index(max(totals)), totals.index(min(totals))
    largest = locale.label("figures.largest", name=cut(figure.labels[most], 80), value=locale.number(totals[most]))
    smallest = locale.label("figures.smallest", name=cut(figure.labels[least], 80), value=locale.number(totals[least]))
    return [largest, smallest]


def _marks(figure: Matrix, locale: Locale) -> list[str]:
    none = locale.label("figures.none")
    rows = zip(figure.labels, figure.marks, strict=True)
    found = [(label, [name for name, mark in zip(figure.columns, row, strict=True) if mark]) for label, row in rows]
    return [f"{label}: {locale.listed(names) or none}." for label, names in found]


def _columns(figure: Matrix, locale: Locale) -> list[str]:
    total = locale.number(len(figure.labels))
    counts = [sum(row[place] for row in figure.marks) for place in range(len(figure.columns))]
    pairs = zip(figure.columns, counts, strict=True)
    return [locale.label("figures.of", name=cut(name, 40), n=locale.number(n), total=total) for name, n in pairs]


def _spans(figure: Timeline, locale: Locale) -> list[str]:
    return [f"{label}: {_when(span, locale)}." for label, span in zip(figure.labels, figure.spans, strict=True)]


def _when(span: Span, locale: Locale) -> str:
    if span.whole and span.words[0] == span.words[1]:
        return span.words[0]
    start = locale.label("figures.from", time=span.words[0]) if span.start else ""
    end = locale.label("figures.to", time=span.words[1]) if span.end else ""
    said = " ".join(filter(None, (start, end)))
    return "; ".join(filter(None, (said, span.fault)))


def _reach(figure: Timeline, locale: Locale) -> list[str]:
    """Return the first start, the last end, and how many rows lack one."""
    rows = list(zip(figure.labels, figure.spans, strict=True))
    starts = [(span.start.first, label, span.words[0]) for label, span in rows if span.start]
    ends = [(span.end.last, label, span.words[1]) for label, span in rows if span.end]
    said = [("first", min(starts, key=_day))] if starts else []
    said += [("last", max(ends, key=_day))] if ends else []
    told = [locale.label(f"figures.{key}", name=cut(label, 80), time=words) for key, (_, label, words) in said]
    faulty = sum(not span.whole for span in figure.spans)
    return told + ([locale.count("figures.faulty", faulty, total=locale.number(len(rows)))] if faulty else [])


def _day(time: tuple[date, str, str]) -> date:
    return time[0]
