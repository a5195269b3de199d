"""Turn a time as people write it in a table into the days that it covers."""

import calendar
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from forankring.language import Locale

_PARTS = {
    "year": r"(?P<year>1[5-9]\d\d|2\d\d\d)",
    "half": "(?P<half>[12])",
    "quarter": "(?P<quarter>[1-4])",
    "number": r"(?P<number>0?[1-9]|1[0-2])",
    "day": r"(?P<day>0?[1-9]|[12]\d|3[01])",
}
_EVERYWHERE = ("{year}", "{year}-{number}", "{year}-{number}-{day}", "{year}-Q{quarter}", "{year}Q{quarter}")
"""How programs write times (ISO 8601, and quarters as forms have them)."""
_LETTERS = {"d": "{day}", "M": "{month}", "y": "{year}"}


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day of a time: of »2. kvartal 2027«, 1 April and 30 June."""

    first: date
    last: date


def days_of(words: str, locale: Locale) -> Days | None:
    """Return the days of a date, month, quarter, half-year or year as the locale prints it; None for anything else."""
    plain = " ".join(words.split())
    found = next((found for form in _forms(locale) if (found := form.fullmatch(plain))), None)
    return _days(found.groupdict(), _months(locale)) if found else None


def _days(parts: dict[str, str | None], months: dict[str, int]) -> Days | None:
    year = int(parts["year"] or 0)
    month = int(parts.get("number") or months.get((parts.get("month") or "").casefold(), 0))
    if day := int(parts.get("day") or 0):
        inside = month and day <= calendar.monthrange(year, month)[1]
        return Days(date(year, month, day), date(year, month, day)) if inside else None
    if month:
        return _between(year, month, month)
    if quarter := int(parts.get("quarter") or 0):
        return _between(year, 3 * quarter - 2, 3 * quarter)
    if half := int(parts.get("half") or 0):
        return _between(year, 6 * half - 5, 6 * half)
    return _between(year, 1, 12)


def _between(year: int, first: int, last: int) -> Days:
    return Days(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


@functools.cache
def _forms(locale: Locale) -> tuple[re.Pattern[str], ...]:
    """Return the forms of a time: how the locale prints it, how people write it, and how programs do."""
    names = "|".join(re.escape(name) for name in _months(locale))
    parts = {**_PARTS, "month": f"(?P<month>{names})"}
    written: Any = locale.words["figures"]["times"]
    forms = [" ".join(form.split()) for form in (*_printed(locale), *written, *_EVERYWHERE)]
    return tuple(re.compile(_pattern(form, parts), re.IGNORECASE) for form in forms)


def _printed(locale: Locale) -> Iterator[str]:
    yield re.sub(r"(\w)\1*", lambda letter: _LETTERS[letter[1]], locale.label("formats.date"))
    yield "{month} {year}"
    yield locale.label("drafting.quarter", quarter="{quarter}", year="{year}")


def _pattern(form: str, parts: dict[str, str]) -> str:
    return "".join(parts.get(piece[1:-1], re.escape(piece)) for piece in re.split(r"({\w+})", form))


@functools.cache
def _months(locale: Locale) -> dict[str, int]:
    names = (locale.label(f"drafting.months.m{number:02}", year="").strip() for number in range(1, 13))
    return {name.casefold(): number for number, name in enumerate(names, 1)}
