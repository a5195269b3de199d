"""Turn a table's rows of starts and ends into a time line in which nothing that is missing is left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from forankring.language import Locale
from forankring.publishing.figures.times import Days, days_of

_MARK = "⚠"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when to when, in days and as the table prints them; ``fault`` says what is missing or cannot be."""

    start: Days | None
    end: Days | None
    words: tuple[str, str]
    fault: str = ""

    @property
    def whole(self) -> bool:
        """Can it be drawn from its start to its end?"""
        return not self.fault

    @property
    def turned(self) -> bool:
        """Does it end before it starts?"""
        return bool(self.start and self.end and self.end.last < self.start.first)

    @property
    def unread(self) -> tuple[int, ...]:
        """Return which of start (0) and end (1) say something else than a time."""
        sides = enumerate((self.start, self.end))
        return tuple(side for side, time in sides if not time and says(self.words[side]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Rows of spans, at least one with a time; ``heads`` are the columns of start and end, ``quarters`` the names of a
    year's quarters."""

    labels: tuple[str, ...]
    heads: tuple[str, str]
    spans: tuple[Span, ...]
    quarters: tuple[str, ...]

    @property
    def first(self) -> date:
        """The first day that any row names."""
        return min(time.first for span in self.spans for time in (span.start, span.end) if time)

    @property
    def last(self) -> date:
        """The last day that any row names."""
        return max(time.last for span in self.spans for time in (span.start, span.end) if time)


def timeline(head: Sequence[str], rows: Sequence[Sequence[str]], locale: Locale) -> Timeline | None:
    """Read the first column as names and the last two as start and end; None where no row has a time."""
    spans = tuple(_span((row[-2], row[-1]), locale) for row in rows)
    if not any(span.start or span.end for span in spans):
        return None
    quarters = tuple(locale.label("figures.quarter", n=n) for n in range(1, 5))
    labels = tuple(row[0] for row in rows)
    return Timeline(labels=labels, heads=(head[-2], head[-1]), spans=spans, quarters=quarters)


def says(word: str) -> bool:
    """Tell whether a cell says something: a dash and a mark that it is missing say nothing."""
    return _MARK not in word and any(map(str.isalnum, word))


def _span(words: tuple[str, str], locale: Locale) -> Span:
    start, end = (days_of(word, locale) for word in words)
    return Span(start=start, end=end, words=words, fault=_fault(start, end, words, locale))


def _fault(start: Days | None, end: Days | None, words: tuple[str, str], locale: Locale) -> str:
    """Return what keeps a row from a whole bar; what a cell says instead of a time is said on."""
    if start and end:
        return locale.label("figures.turned") if end.last < start.first else ""
    if not start and not end and not any(map(says, words)):
        return locale.label("figures.no_times")
    sides = zip(("start", "end"), (start, end), words, strict=True)
    return ", ".join(_lack(side, word, locale) for side, time, word in sides if not time)


def _lack(side: str, word: str, locale: Locale) -> str:
    return locale.label(f"figures.{side}_as", words=word) if says(word) else locale.label(f"figures.no_{side}")
