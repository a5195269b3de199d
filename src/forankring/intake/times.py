"""Turn times as people write them in forms (1. marts 2027, 1/3 2027, 2. kvartal 2027) into those the ledger has."""

import functools
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from babel.dates import get_month_names

from forankring.language import locale_names

Path = tuple[str | int, ...]

_PLANNED = frozenset({("", "start"), ("", "end"), ("milestones", "when")})
_TIMES = _PLANNED | {("evidence", "date"), ("co_parties", "date"), ("", "date")}
"""Fields that hold a time, by the group that they stand in; the planned ones are put in order."""

_MARK = r"(?:\s*[-–./]\s*|\s+)"
_YEAR = r"(?P<y>[12]\d{3})"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\.?"
_QUARTER = r"(?:kvartal|kvt\.?|kv\.?|quarter|[qk])"
_ISO_DAY = re.compile(rf"{_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)")
_NUMBERS = re.compile(rf"(?P<d>\d{{1,2}}){_MARK}(?P<m>\d{{1,2}}){_MARK}(?P<y>(?:[12]\d)?\d\d)")
_MONTH = re.compile(rf"{_YEAR}-(?P<m>\d\d)")
_WORDS = (
    re.compile(rf"(?:den\s+|the\s+)?{_DAY}\s*(?:of\s+)?(?P<m>[^\W\d_]+)\.?,?\s+{_YEAR}"),
    re.compile(rf"(?P<m>[^\W\d_]+)\.?\s+{_DAY},?\s+{_YEAR}"),
    re.compile(rf"(?P<m>[^\W\d_]+)\.?,?\s+{_YEAR}"),
)
_QUARTERS = (
    re.compile(rf"(?P<q>[1-4])(?:st|nd|rd|th)?\.?\s*{_QUARTER},?\s*(?:of\s+|i\s+)?{_YEAR}"),
    re.compile(rf"{_QUARTER}\s*(?P<q>[1-4]),?{_MARK}{_YEAR}"),
    re.compile(rf"{_YEAR}(?:{_MARK})?{_QUARTER}\s*(?P<q>[1-4])"),
    re.compile(rf"{_YEAR}{_MARK}(?P<q>[1-4])\.?\s*{_QUARTER}"),
)


def time_of(text: str) -> str | None:
    """Return the time as ``2027-03-01``, ``2027-03``, ``2027-Q1`` or ``2027``, or None where it is none.

    Raises ValueError for a day that no calendar has. The day stands before the month, as in all of Europe, and a year
    of two digits is one of this century.
    """
    said = " ".join(text.casefold().split()).rstrip(".")
    if found := _ISO_DAY.fullmatch(said) or _NUMBERS.fullmatch(said):
        year = found["y"] if len(found["y"]) == 4 else f"20{found['y']}"
        return date(int(year), int(found["m"]), int(found["d"])).isoformat()
    if (found := _MONTH.fullmatch(said)) and not 12 < int(found["m"]) > int(found["y"][2:]):  # 2016-20 are years
        return date(int(found["y"]), int(found["m"]), 1).isoformat()[:7]
    for pattern in _QUARTERS:
        if found := pattern.fullmatch(said):
            return f"{found['y']}-Q{found['q']}"
    if re.fullmatch(_YEAR, said):
        return said
    return _in_words(said)


def with_times(data: Mapping[str, Any], wrong: list[Path]) -> dict[str, Any]:
    """Return a form's data with its times as the ledger has them; what is no time stays as it was written.

    The paths of days that no calendar has are added to ``wrong``.
    """
    return {key: _value(value, (key,), wrong) for key, value in data.items()}


def unplanned(data: Mapping[str, Any]) -> Iterator[Path]:
    """Yield the paths of times that cannot be put in an order, since nobody but a human understands them."""
    for path, text in _texts(data, ()):
        if _place(path) in _PLANNED and text.strip() and _time(text) is None:
            yield path


def _value(value: Any, path: Path, wrong: list[Path]) -> Any:
    if isinstance(value, list):
        return [_value(item, (*path, index), wrong) for index, item in enumerate(value)]
    if isinstance(value, dict):
        return {key: _value(item, (*path, key), wrong) for key, item in value.items()}
    if not isinstance(value, str) or _place(path) not in _TIMES:
        return value
    try:
        return time_of(value) or value
    except ValueError:
        wrong.append(path)
        return value


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
    elif isinstance(value, str):
        yield path, value


def _time(text: str) -> str | None:
    """Return the time; a day that no calendar has is named elsewhere."""
    try:
        return time_of(text)
    except ValueError:
        return text


def _place(path: Path) -> tuple[str, str]:
    above, name = ["", *(str(part) for part in path if not isinstance(part, int))][-2:]
    return above, name


def _in_words(said: str) -> str | None:
    for pattern in _WORDS:
        found = pattern.fullmatch(said)
        month = _month(found["m"]) if found else None
        if found and month:
            given = found.groupdict().get("d")
            day = date(int(found["y"]), month, int(given or 1)).isoformat()
            return day if given else day[:7]
    return None


def _month(word: str) -> int | None:
    """Return the month by its name, or by the first three letters of it and more."""
    return next((number for name, number in _months() if len(word) > 2 and name.startswith(word)), None)


@functools.cache
def _months() -> tuple[tuple[str, int], ...]:
    """Return the names of the months in all locales."""
    names = (get_month_names("wide", locale=locale) for locale in locale_names())
    return tuple((name.casefold(), number) for months in names for number, name in months.items())
