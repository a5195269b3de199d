"""Turn strategy.yaml into the record of what is drafted: title, period, parties, chapters, rounds, editions."""

import json
from collections.abc import Iterator
from dataclasses import field, fields
from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, TypeAdapter

from forankring.errors import InputError, Problem
from forankring.language import locale_names
from forankring.workspace.records import Key, YesNo, record, validate
from forankring.workspace.source import YamlSource, scan_yaml

T = TypeVar("T")


class PartyType(StrEnum):
    """The kinds of bodies that take part (envelope field ``party.type``)."""

    STATE = "state"
    REGION = "region"
    MUNICIPALITY = "municipality"
    ASSOCIATION = "association"
    COMPANY = "company"
    RESEARCH = "research"
    CITIZEN = "citizen"
    OTHER = "other"


class EditionFormat(StrEnum):
    """The files that one version is built into."""

    WORD = "docx"
    PDF = "pdf"
    HTML = "html"


class Status(StrEnum):
    """The life cycle of a draft (domain: kladde, internt udkast, høringsudkast, revideret udkast, endelig)."""

    WORKING = "working"
    INTERNAL = "internal"
    CONSULTATION = "consultation"
    REVISED = "revised"
    FINAL = "final"


@record
class Period:
    """The years that the strategy covers, both included; ``label`` is how the text names them."""

    first: int
    last: int
    label: str


@record
class Party:
    """One body in the party catalogue. ``key`` is its folder name in the inbox; ``internal`` parties' remarks are not
    published; ``consulted`` is false for a body that is known but was not asked. ``in_text`` is the name inside a
    sentence, where it differs (»regeringen«)."""

    key: Key
    name: str
    in_text: str = ""
    type: PartyType
    aliases: tuple[str, ...] = ()
    addresses: Annotated[tuple[str, ...], Field(exclude=True)] = ()
    """Mail addresses, or whole domains (``@eksempel.dk``), that the party writes from; never in git."""
    org_id: str = ""
    signs: YesNo = False
    consulted: YesNo = True
    internal: YesNo = False

    @property
    def told(self) -> str:
        """The name inside a sentence."""
        return self.in_text or self.name


@record
class Chapter:
    """One chapter: a template key, its visible title, and the words that route free text to it."""

    key: Key
    title: str
    keywords: tuple[str, ...] = ()


@record
class Round:
    """One consultation round, open from the first day to the end of the last, at ``closes_at`` in the time zone.

    ``short_reason`` says why, where the round is shorter than the customary 28 days.
    """

    key: Key
    title: str
    opens: date
    closes: date
    closes_at: time = time(23, 59)
    published: date | None = None
    questions: tuple[str, ...] = ()
    short_reason: str = ""

    @property
    def days(self) -> int:
        """The length in days, first and last day included."""
        return (self.closes - self.opens).days + 1


@record
class Indicator:
    """How a goal is measured; ``None`` is a gap that the draft shows."""

    title: str
    baseline: str | None = None
    baseline_year: int | None = None
    target: str | None = None
    target_year: int | None = None
    data_owner: str | None = None
    source: str | None = None


@record
class Goal:
    """One goal of the strategy that is drafted; ``id`` is what forms refer to (``M1``)."""

    id: str
    title: str
    text: str = ""
    indicators: tuple[Indicator, ...] = ()
    assumptions: tuple[str, ...] = ()


@record
class SteeringGroup:
    """A forum that decides; one group may steer many initiatives."""

    id: str
    title: str
    chair: str = ""
    mandate: str = ""
    members: tuple[str, ...] = ()


@record
class Governance:
    """How progress is followed (RQ-41): forum, rhythm, kind of report, how the strategy is adjusted."""

    forum: str | None = None
    cadence: str | None = None
    report: str | None = None
    adjustment: str | None = None


@record
class Step:
    """A dated next step with its owner (RQ-40). ``when`` is a date (2027-03-01), quarter (2027-Q1) or year."""

    when: str
    title: str
    owner: str | None = None


@record
class LeadershipAction:
    """What builds digital leadership, and who owns it (RQ-28)."""

    title: str
    owner: str | None = None
    when: str | None = None


@record
class Imprint:
    """What the colophon says about the publisher; contact is a function's address, never a person's."""

    publisher: str
    contact: str = ""
    note: str = ""
    case_ref: str = ""


class Action(StrEnum):
    """What happens to personal data in a file: it is covered, or the file is refused. It never enters git."""

    MASK = "mask"
    BLOCK = "block"


@record
class Screening:
    """What happens to each kind of personal data in the files that come."""

    personal_number: Action = Action.BLOCK
    email: Action = Action.MASK
    phone: Action = Action.MASK
    address: Action = Action.MASK


@record
class TableColumns:
    """The headings of a table's columns, by what stands under them; one that is not named is recognised, or kept beside
    the remark."""

    text: str
    proposal: str = ""
    target: str = ""
    number: str = ""
    classes: str = ""
    party: str = ""

    @property
    def filled(self) -> tuple[str, ...]:
        """The columns that are named."""
        return tuple(item.name for item in fields(self) if getattr(self, item.name))


@record
class Table:
    """One kind of table that parties send, known by all its named headings standing in one row."""

    columns: TableColumns


@record
class Secretariat:
    """The identity of the engine's own commits: an office, never a person."""

    name: str = "Forankring"
    email: str = "forankring@localhost"


@record
class Strategy:
    """All of strategy.yaml. Order is the file's own."""

    key: Key
    title: str
    subtitle: str = ""
    label: str
    status: Status = Status.WORKING
    locale: str = "da"
    time_zone: str = "Europe/Copenhagen"
    period: Period
    imprint: Imprint
    parties: tuple[Party, ...]
    chapters: tuple[Chapter, ...]
    rounds: tuple[Round, ...] = ()
    editions: tuple[EditionFormat, ...] = tuple(EditionFormat)
    goals: tuple[Goal, ...] = ()
    steering_groups: tuple[SteeringGroup, ...] = ()
    governance: Governance = field(default_factory=Governance)
    leadership: tuple[LeadershipAction, ...] = ()
    next_steps: tuple[Step, ...] = ()
    secretariat: Secretariat = field(default_factory=Secretariat)
    screening: Annotated[Screening, Field(exclude=True)] = field(default_factory=Screening)
    tables: Annotated[tuple[Table, ...], Field(exclude=True)] = ()
    """How tables of remarks are read; the text that is drafted does not depend on it, so no snapshot holds it."""

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def signatories(self) -> tuple[Party, ...]:
        """The parties that sign, in the file's order."""
        return tuple(party for party in self.parties if party.signs)

    def chapter(self, key: str) -> Chapter | None:
        """Return the chapter with this key, if the strategy has it."""
        return next((chapter for chapter in self.chapters if chapter.key == key), None)

    def deadline(self, round_key: str) -> datetime | None:
        """Return the moment when the round closes, with its zone; None for an unknown round."""
        found = next((item for item in self.rounds if item.key == round_key), None)
        return datetime.combine(found.closes, found.closes_at, self.zone) if found else None


_STRATEGY = TypeAdapter(Strategy)


def parse_strategy(text: str, file: str = "strategy.yaml") -> Strategy:
    """Turn the text of strategy.yaml into its record; raise InputError that names every mistake at once, by line."""
    source, twice = scan_yaml(text, file)
    if not isinstance(source.data, dict):
        raise InputError(Problem(code="yaml_not_a_mapping", file=file, line=1))
    problems = [*twice, *_cross_checks(source)]
    try:
        strategy: Strategy = validate(Strategy, source)
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(*sorted(problems, key=lambda problem: problem.line or 0))
    return strategy


def dump_strategy(strategy: Strategy) -> bytes:
    """Return the strategy as canonical JSON, the snapshot that lies beside the text of each version."""
    data = _STRATEGY.dump_python(strategy, mode="json")
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def load_snapshot(data: bytes) -> Strategy:
    """Return the strategy from a snapshot."""
    return _STRATEGY.validate_json(data)


def _cross_checks(source: YamlSource) -> Iterator[Problem]:
    """Find what a type cannot say: a key twice, an unknown locale or zone, a round that ends before it starts.

    Looks at each part that is sound in itself, so that these mistakes are told together with all others.
    """
    for name, key in _KEYED.items():
        yield from _twice(name, key, source)
    locale, zone = source.data.get("locale"), source.data.get("time_zone")
    if isinstance(locale, str) and locale not in locale_names():
        yield _at(source, "field_choice", "locale", given=locale, allowed=", ".join(locale_names()))
    if isinstance(zone, str) and not _is_zone(zone):
        yield _at(source, "time_zone_unknown", "time_zone", given=zone)
    for index, item in enumerate(_listed("rounds", source)):
        found = _sound(Round, item, source)
        if found and found.closes < found.opens:
            yield _at(source, "round_ends_early", f"rounds.{index}.closes", given=str(found.closes))
    period = _sound(Period, source.data.get("period"), source)
    if period and period.last < period.first:
        yield _at(source, "period_ends_early", "period.last", given=str(period.last))


_KEYED = {"parties": "key", "chapters": "key", "rounds": "key", "goals": "id", "steering_groups": "id"}


def _twice(name: str, key: str, source: YamlSource) -> Iterator[Problem]:
    """Report each entry whose key an earlier entry has."""
    seen: set[str] = set()
    for index, item in enumerate(_listed(name, source)):
        given = item.get(key) if isinstance(item, dict) else None
        if isinstance(given, str):
            if given in seen:
                yield _at(source, "key_twice", f"{name}.{index}.{key}", given=given)
            seen.add(given)


def _listed(name: str, source: YamlSource) -> list[Any]:
    value = source.data.get(name)
    return value if isinstance(value, list) else []


def _sound(kind: type[T], data: object, source: YamlSource) -> T | None:
    """Return the record, or None where the data has mistakes, which are told elsewhere."""
    try:
        return validate(kind, source, data=data) if isinstance(data, dict) else None
    except InputError:
        return None


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of the zone database
        return False
    return True


def _at(source: YamlSource, code: str, path: str, **values: str) -> Problem:
    steps = tuple(int(part) if part.isdecimal() else part for part in path.split("."))
    return Problem(code=code, file=source.file, line=source.line(steps), field=path, values=values)
