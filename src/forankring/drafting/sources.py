"""Mark every string of a record with where it comes from, so that a rendered block knows what it rests on."""

import dataclasses
from collections.abc import Iterable
from typing import Any, TypeVar, cast

from forankring.ledger import Ledger, Point, Submission
from forankring.workspace import Catalogue

T = TypeVar("T")


class Sourced(str):
    """A string that knows its source: a point's id, a submission's id, or ``catalogue:<list>/<entry>``."""

    source: str

    def __new__(cls, text: str, source: str) -> "Sourced":
        made = super().__new__(cls, text)
        made.source = source
        return made


def source_of(value: object) -> str:
    """Return the source of a string or record that was marked; empty where there is none."""
    if isinstance(value, Sourced):
        return value.source
    if isinstance(value, Point | Submission):
        return str(value.id)
    if dataclasses.is_dataclass(value):
        found = (source_of(getattr(value, field.name)) for field in dataclasses.fields(value))
        return next(filter(None, found), "")
    return ""


def mark_ledger(ledger: Ledger) -> Ledger:
    """Return the ledger with the strings of each point marked by the point, the others by their submission."""
    return Ledger(tuple(_mark_submission(submission) for submission in ledger.submissions))


def mark_catalogue(catalogue: Catalogue) -> Catalogue:
    """Return the catalogue with the strings of each entry marked ``catalogue:<list>/<entry>``."""
    lists = {
        field.name: tuple(_mark_entry(entry, field.name) for entry in getattr(catalogue, field.name))
        for field in dataclasses.fields(catalogue)
        if isinstance(getattr(catalogue, field.name), tuple)
    }
    return dataclasses.replace(catalogue, **lists)  # type: ignore[arg-type]  # the names are the record's own


def _mark_submission(submission: Submission) -> Submission:
    points = tuple(mark(point, str(point.id)) for point in submission.points)
    return dataclasses.replace(mark(dataclasses.replace(submission, points=()), submission.id), points=points)


def _mark_entry(entry: Any, name: str) -> Any:
    return mark(entry, f"catalogue:{name}/{_key(entry)}")


def _key(entry: Any) -> str:
    names: Iterable[str] = ("id", "number", "key", "term", "title", "text")
    return str(next(getattr(entry, name) for name in names if hasattr(entry, name)))[:60]


def mark(value: T, source: str) -> T:
    """Return the value with every plain string inside it marked; enums, numbers and pandoc blocks stay as they are."""
    return cast(T, _marked(value, source))


def _marked(value: Any, source: str) -> Any:
    if type(value) is str:
        return Sourced(value, source)
    if isinstance(value, tuple):
        return tuple(_marked(item, source) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: _marked(getattr(value, field.name), source) for field in dataclasses.fields(value)}
        return type(value)(**fields)
    return value
