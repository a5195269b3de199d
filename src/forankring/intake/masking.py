"""Cover personal data in everything that a reading would bring into git, or refuse it, by the strategy's policy."""

import dataclasses
import functools
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from forankring.errors import InputError, Problem
from forankring.intake.covering import Kind, cover_all, cover_block, find_contacts, kinds_in, words_of
from forankring.intake.records import Extract, Original, Reading, Screened
from forankring.intake.screening import count_numbers, cover_spans, find_number, first_number
from forankring.language import Locale
from forankring.ledger import Note, Point, Refusal
from forankring.workspace import Action, Screening

MOST_PLACES = 8
"""How many places a note names."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """What may pass into git, and the words to say where something was found."""

    policy: Screening
    locale: Locale

    def stops(self, kind: Kind) -> bool:
        """Tell whether a file that holds this is refused."""
        action: Action = getattr(self.policy, kind.value)
        return action == Action.BLOCK

    def look_through(self, original: Original, extract: Extract, path: Iterable[str]) -> tuple[Note, ...]:
        """Look for personal numbers in all texts of a file, shown or not, and in its path below the inbox.

        Raises InputError that says where, never which; where numbers are masked, returns a note instead. A path with
        one is always refused.
        """
        name = Screened(text="\n\n".join(path), part="name")
        texts = extract.screened if self.stops(Kind.PERSONAL_NUMBER) else ()
        if found := first_number((*texts, name)):
            text, line = found
            values = {"part": text.part, **text.values}
            raise InputError(Problem(code="personal_number", file=original.file.place, line=line, values=values))
        if texts or self.stops(Kind.PERSONAL_NUMBER):
            return ()
        places = Counter({self._where_of(item): n for item in extract.screened if (n := count_numbers(item.text))})
        return self._noted(Kind.PERSONAL_NUMBER, places)

    def cover(self, reading: Reading) -> Reading:
        """Return the reading with personal data covered in all that would be published, and notes of what and where.

        Raises InputError for what the policy does not let pass, and for a number that covering did not reach.
        """
        found = {kind: Counter[str]() for kind in Kind}
        whole = tuple(self._across(reading.points, found))
        if whole == reading.points and not kinds_in("\n\n".join(_strings(reading))):
            return reading
        covered = replace(
            reading,
            points=tuple(self._point(point, found) for point in whole),
            envelope=_map(reading.envelope, cover_all),
            notes=tuple(_map(note, cover_all) for note in reading.notes),
            party=_map(reading.party, cover_all),
            parts=tuple(_map(part, cover_all) for part in reading.parts),
        )
        self._tally(_strings((reading.envelope, reading.party)), self.locale.label("intake.where.envelope"), found)
        self._refuse(reading, found)
        if find_number("\n\n".join(_strings(covered))) is not None:
            raise InputError(Problem(code="personal_number", file=reading.file.place, values=_TEXT))
        contacts = (kind for kind in Kind if kind != Kind.PERSONAL_NUMBER)
        return replace(
            covered, notes=(*covered.notes, *(note for kind in contacts for note in self._noted(kind, found[kind])))
        )

    def _across(self, points: tuple[Point, ...], found: dict[Kind, Counter[str]]) -> Iterator[Point]:
        """Yield the points without what begins in one and ends in another: an address over two paragraphs.

        Such a point loses its formatting, since its blocks hold the same words.
        """
        text = _APART.join(point.text for point in points)
        split = [item for item in find_contacts(text) if _APART in text[item.start : item.end]]
        covered = cover_spans(text, ((item.start, item.end) for item in split))
        start = 0
        for point in points:
            end = start + len(point.text)
            for item in split:
                if start <= item.start < end:
                    found[item.kind][self._place_of(point)] += 1
            own = covered[start:end]
            yield point if own == point.text else replace(point, text=own, blocks=())
            start = end + len(_APART)

    def _point(self, point: Point, found: dict[Kind, Counter[str]]) -> Point:
        """Cover a point's words; its blocks hold the same words and are not counted twice."""
        bare = replace(point, blocks=())
        told = tuple(_strings(bare))
        if not kinds_in("\n\n".join((*told, words_of(point.blocks)))):
            return point
        self._tally(told, self._place_of(point), found)
        covered: Point = _map(bare, cover_all)
        return replace(covered, blocks=tuple(cover_block(block) for block in point.blocks))

    def _tally(self, texts: Iterable[str], where: str, found: dict[Kind, Counter[str]]) -> None:
        for text in texts:
            for kind in kinds_in(text):
                found[kind][where] += 1

    def _refuse(self, reading: Reading, found: dict[Kind, Counter[str]]) -> None:
        problems = [
            Problem(code=_BLOCKED[kind], file=reading.file.place, values={**_TEXT, "where": self._told(places)})
            for kind, places in found.items()
            if places and self.stops(kind)
        ]
        if problems:
            raise InputError(*problems)

    def _noted(self, kind: Kind, places: Counter[str]) -> tuple[Note, ...]:
        if not places:
            return ()
        values: dict[str, str | int] = {"n": places.total(), "where": self._told(places)}
        return (Note(code=_MASKED[kind], values=values),)

    def _told(self, places: Counter[str]) -> str:
        more = [self.locale.label("intake.where.more")] if len(places) > MOST_PLACES else []
        return ", ".join([*list(places)[:MOST_PLACES], *more])

    def _where_of(self, item: Screened) -> str:
        return self.locale.label(f"intake.where.{item.part}", **item.values)

    def _place_of(self, point: Point) -> str:
        place = point.place
        known = {"page": place.page, "line": place.line, "cell": place.cell, "file": place.part}
        told = [
            self.locale.label(f"intake.where.{key}", n=value, name=cover_all(str(value)))
            for key, value in known.items()
            if value
        ]
        return " / ".join(reversed(told)) or self.locale.label("intake.where.text")


_TEXT = {"part": "text"}
_APART = "\n\n"

_BLOCKED = {
    Kind.PERSONAL_NUMBER: "personal_number",
    Kind.EMAIL: "email_in_file",
    Kind.PHONE: "phone_in_file",
    Kind.ADDRESS: "address_in_file",
}

_MASKED = {
    Kind.PERSONAL_NUMBER: "personal_number_masked",
    Kind.EMAIL: "email_masked",
    Kind.PHONE: "phone_masked",
    Kind.ADDRESS: "address_masked",
}


def without_numbers(refusal: Refusal) -> Refusal:
    """Return a refusal that repeats neither a personal number nor contact data from the file."""
    covered: Refusal = _map(refusal, cover_all)
    return covered


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
    if names := _fields(value.__class__):
        return replace(value, **{name: _map(getattr(value, name), change) for name in names})
    return value


def _strings(value: Any) -> Iterator[str]:
    """Yield every text that would reach git. Hashes, which the engine makes itself, are none."""
    if isinstance(value, Reading):
        yield from _strings((value.points, value.envelope, value.notes, value.party, value.parts))
    elif isinstance(value, Point):
        yield from _strings(tuple(getattr(value, name) for name in _fields(Point) if name != "blocks"))
        if value.blocks:
            yield words_of(value.blocks)
    elif isinstance(value, str):
        if len(value) > 5 and not isinstance(value, Enum):
            yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        yield from _strings(tuple(value.values()))
    else:
        yield from _strings(tuple(getattr(value, name) for name in _fields(value.__class__)))


@functools.cache
def _fields(kind: Hashable) -> tuple[str, ...]:
    """Return the names of a record's fields that may hold a stranger's words; of anything else, none."""
    named = dataclasses.fields(kind) if isinstance(kind, type) and dataclasses.is_dataclass(kind) else ()
    return tuple(field.name for field in named if field.name != "sha256")
