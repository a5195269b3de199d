"""Cover contact data in everything that a reading would bring into git, and look there for personal numbers at last."""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from forankring.intake.records import Reading
from forankring.intake.screening import cover_contacts, cover_contacts_in, cover_numbers, find_number
from forankring.ledger import Note, Point, Refusal


@dataclass(frozen=True, slots=True)
class Covered:
    """A reading with contact data covered; ``has_number`` tells that a personal number is still in it."""

    reading: Reading
    has_number: bool


def without_contacts(reading: Reading) -> Covered:
    """Cover e-mail addresses and telephone numbers in all that would be published, and note how many there were."""
    counter = _Counter()
    points = tuple(_point(point, counter) for point in reading.points)
    envelope = _map(reading.envelope, counter.cover)
    notes = tuple(_map(note, counter.cover) for note in reading.notes)
    party = _map(reading.party, counter.cover)
    has_number = find_number("\n\n".join(_strings((points, envelope, notes, party)))) is not None
    if counter.found:
        notes = (*notes, Note(code="contact_masked", values={"n": counter.found}))
    return Covered(replace(reading, points=points, envelope=envelope, notes=notes, party=party), has_number)


def without_numbers(refusal: Refusal) -> Refusal:
    """Return a refusal that repeats neither a personal number nor contact data from the file."""
    covered: Refusal = _map(refusal, lambda text: cover_contacts(cover_numbers(text))[0])
    return covered


class _Counter:
    """Cover text and count what was covered."""

    def __init__(self) -> None:
        self.found = 0

    def cover(self, text: str) -> str:
        covered, found = cover_contacts(text)
        self.found += found
        return covered


def _point(point: Point, counter: _Counter) -> Point:
    """Cover a point's words; its blocks hold the same words and are not counted twice."""
    blocks = tuple(cover_contacts_in(block)[0] for block in point.blocks)
    rest: Point = _map(replace(point, blocks=()), counter.cover)
    return replace(rest, blocks=blocks)


def _map(value: Any, change: Callable[[str], str]) -> Any:
    """Return records, tuples and dicts with ``change`` applied to every text in them."""
    if isinstance(value, Enum) or value is None:
        return value
    if isinstance(value, str):
        return change(value) if len(value) > 5 else value  # nothing so short is worth a look
    if isinstance(value, tuple):
        return tuple(_map(item, change) for item in value)
    if isinstance(value, dict):
        return {key: _map(item, change) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {field.name: _map(getattr(value, field.name), change) for field in dataclasses.fields(value)}
        return replace(value, **changed)
    return value


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _strings(getattr(value, field.name))
