"""Turn a date, quarter or year as people write it in a form into a sort key and the words of the locale."""

import re
from datetime import date

from forankring.language import Locale

_LAST = (9999, 13, 32)


def when_key(when: str | None) -> tuple[tuple[int, int, int], str]:
    """Return a key in order of time: a quarter or year sorts at its end, an unknown time last."""
    day = _day(when or "")
    if day:
        return (day.year, day.month, day.day), ""
    if found := re.fullmatch(r"(\d{4})-?[QqKk]([1-4])", when or ""):
        return (int(found[1]), int(found[2]) * 3, 32), ""
    if found := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", when or ""):
        return (int(found[1]), int(found[2]), 32), ""
    if re.fullmatch(r"\d{4}", when or ""):
        return (int(when or 0), 13, 32), ""
    return _LAST, when or ""


def when_label(when: str, locale: Locale) -> str:
    """Return the time in words: ``1. marts 2027``, ``2. kvartal 2027``, ``2027``; what is no time is left as it is."""
    if day := _day(when):
        return locale.date(day)
    if found := re.fullmatch(r"(\d{4})-?[QqKk]([1-4])", when):
        return locale.label("drafting.quarter", quarter=found[2], year=found[1])
    if found := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", when):
        return locale.label(f"drafting.months.m{found[2]}", year=found[1])
    return when


def _day(when: str) -> date | None:
    try:
        return date.fromisoformat(when) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", when) else None
    except ValueError:
        return None
