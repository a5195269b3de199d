"""What a receipt says, in words: templates lay it out and add nothing."""

from dataclasses import dataclass

Fact = tuple[str, str]
"""A name and what stands under it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a file could not be used, and what the sender can do."""

    what: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPart:
    """One file within the file, with what became of it."""

    name: str
    format: str
    size: str
    outcome: str
    points: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPoint:
    """One point that was read: its number, where it will be dealt with, where it stood, and its words as they came."""

    id: str
    title: str
    facts: tuple[Fact, ...]
    text: str
    rest: tuple[Fact, ...] = ()
    """What else the sender wrote with it: a proposal, the fields of a form, the cells of a row. A field that is the
    text itself makes ``text`` empty: nothing is told twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One receipt. ``sha256`` and ``places`` stand for themselves: they are read by programs and compared by eye."""

    language: str
    strategy: str
    publisher: str
    id: str
    title: str
    outcome: str
    summary: str
    facts: tuple[Fact, ...]
    places: tuple[str, ...] = ()
    sha256: str = ""
    reasons: tuple[Reason, ...] = ()
    parts: tuple[ToldPart, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    points: tuple[ToldPoint, ...] = ()
    next: tuple[str, ...] = ()
    replacing: tuple[str, ...] = ()
    withdrawing: tuple[str, ...] = ()
