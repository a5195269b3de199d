"""Turn what a figure shows into the words for those who do not see it."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from forankring.language import Locale
from forankring.publishing.figures.drawable import NOTHING, Bars, Drawable, Matrix, cut
from forankring.publishing.figures.timelines import Span, Timeline

_MOST_WORDS = 400
"""In letters; the table has it all."""
_MOST_NAMES, _LONGEST_NAME = 3, 120
"""How many rows that share a place are named, and in how many letters all of them; of more, how many there are."""


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
    said = opening
    for sentence in short:
        if len(" ".join([*said, sentence, closing])) <= _MOST_WORDS:
            said.append(sentence)
    return " ".join([*said, closing])


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
    """Return which rows are the largest and the smallest, and of several series what each comes to."""
    totals, several = [sum(row) for row in figure.values], len(figure.series) > 1
    told = [_rows(figure, locale)[0]] if len(totals) == 1 else [*_ends(figure.labels, totals, locale, summed=several)]
    if several:
        sums = [sum(column) for column in zip(*figure.values, strict=True)]
        pairs = zip(sums, figure.series, strict=True)
        listed = ", ".join(f"{name.lower()} {locale.number(n)}" for n, name in pairs)
        told.append(locale.label("figures.sums", sums=listed))
    return told


def _ends(labels: Sequence[str], totals: Sequence[Decimal | int], locale: Locale, *, summed: bool) -> Iterator[str]:
    if max(totals) == min(totals):
        yield locale.label("figures.alike", total=locale.number(len(totals)), value=_value(totals[0], locale, summed))
        return
    for key, value in (("largest", max(totals)), ("smallest", min(totals))):
        named = [label for label, total in zip(labels, totals, strict=True) if total == value]
        form = "one" if len(named) == 1 else "few" if len(named) <= _MOST_NAMES else "many"
        counts = {"n": locale.number(len(named)), "total": locale.number(len(labels))}
        words = {"names": _listed(named, locale), "value": _value(value, locale, summed)}
        yield locale.label(f"figures.{key}.{form}", **counts, **words)


def _value(value: Decimal | int, locale: Locale, summed: bool) -> str:
    number = locale.number(value)
    return locale.label("figures.sum", value=number) if summed else number


def _listed(names: Sequence[str], locale: Locale) -> str:
    return locale.listed([locale.quoted(cut(name, _LONGEST_NAME // len(names))) for name in names])


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
    """Return which rows begin first and which end last, and how many rows lack one."""
    rows = list(zip(figure.labels, figure.spans, strict=True))
    starts = [(span.start.first, label, span.words[0]) for label, span in rows if span.start]
    ends = [(span.end.last, label, span.words[1]) for label, span in rows if span.end]
    told = [_edge("first", starts, min(map(_day, starts)), len(rows), locale)] if starts else []
    told += [_edge("last", ends, max(map(_day, ends)), len(rows), locale)] if ends else []
    faulty = sum(not span.whole for span in figure.spans)
    return told + ([locale.count("figures.faulty", faulty, total=locale.number(len(rows)))] if faulty else [])


def _edge(key: str, times: Sequence[tuple[date, str, str]], day: date, total: int, locale: Locale) -> str:
    """Name the rows of that day; where they write it in several ways, the day itself."""
    names = [label for when, label, _ in times if when == day]
    written = {words for when, _, words in times if when == day}
    time = written.pop() if len(written) == 1 else locale.date(day)
    many = len(names) > _MOST_NAMES
    counted = locale.label("figures.of_them", n=locale.number(len(names)), total=locale.number(total))
    return locale.label(f"figures.{key}", names=counted if many else _listed(names, locale), time=time)


def _day(time: tuple[date, str, str]) -> date:
    return time[0]
