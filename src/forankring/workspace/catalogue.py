"""Turn catalogue/*.yaml into records of what is known about 2016-2020 and after: every fact with its source."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from forankring.errors import InputError, Problem
from forankring.workspace.records import YesNo, read_yaml, record, validate


@record
class Fact:
    """Where a statement comes from and whether someone checked it there."""

    source: str
    verified: YesNo


@record
class FocusArea:
    """A focus area under a goal; ``id`` is what forms refer to (``F1``)."""

    id: str
    title: str
    fact: Fact


@record
class PastGoal:
    """A goal of the strategy that is taken stock of; ``id`` is what forms refer to (``G1``)."""

    id: str
    title: str
    focus_areas: tuple[FocusArea, ...]
    fact: Fact


class Fate(StrEnum):
    """What became of an earlier initiative."""

    COMPLETED = "completed"
    CONTINUED = "continued"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


@record
class PastInitiative:
    """An initiative of the earlier strategy. ``number`` is text (``"1.10"``, ``"3.1a"``); ``official_title`` tells a
    title from a paraphrase; ``note`` holds what is known short of a title."""

    number: str
    title: str
    focus_area: str
    official_title: YesNo = False
    fate: Fate = Fate.UNKNOWN
    fate_text: str = ""
    note: str = ""
    fact: Fact


@record
class EarlierStrategy:
    """One strategy in the line before, beside or after the one that is drafted. ``relation`` orders the telling."""

    title: str
    years: str
    facts: str = ""
    relation: str  # predecessor | between | successor
    fact: Fact


@record
class PastEvidence:
    """A published finding on whether goals were reached. ``about`` are goal or focus-area ids; empty: the whole."""

    title: str
    finding: str
    date: str
    kind: str  # measurement | evaluation | audit | statistics | case | estimate | report
    about: tuple[str, ...] = ()
    fact: Fact


@record
class System:
    """A shared solution, then and now. ``obsolete`` names must not be used of the future (RQ-31)."""

    key: str
    name: str
    now: str
    status: str
    obsolete: YesNo = False
    fact: Fact


@record
class ContextFact:
    """A fact about the decade's conditions. ``theme``: climate | demography | trust | technology."""

    theme: str
    text: str
    date: str = ""
    fact: Fact


@record
class Principle:
    """One of the principles of digital-ready legislation (RQ-32)."""

    number: int
    title: str
    fact: Fact


@record
class Term:
    """A glossary entry."""

    term: str
    explanation: str


@record
class Catalogue:
    """All of catalogue/*.yaml: each file holds one of these lists under its own key."""

    initiative_total: int | None = None
    goals: tuple[PastGoal, ...] = ()
    initiatives: tuple[PastInitiative, ...] = ()
    strategies: tuple[EarlierStrategy, ...] = ()
    evidence: tuple[PastEvidence, ...] = ()
    systems: tuple[System, ...] = ()
    context: tuple[ContextFact, ...] = ()
    principles: tuple[Principle, ...] = ()
    glossary: tuple[Term, ...] = ()

    def goal_of(self, ref: str) -> PastGoal | None:
        """Return the goal that ``ref`` (``G1``, ``F4`` or an initiative number) belongs to."""
        areas = {item.number: item.focus_area for item in self.initiatives}
        wanted = areas.get(ref, ref)
        for goal in self.goals:
            if wanted == goal.id or wanted in {area.id for area in goal.focus_areas}:
                return goal
        return None


def parse_catalogue(files: Mapping[str, str]) -> Catalogue:
    """Turn ``{file name: YAML text}`` into one catalogue; raise InputError that names every mistake in every file."""
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for file in sorted(files):
        try:
            part = _part(file, files[file])
        except InputError as error:
            problems += error.problems
            continue
        for name, value in part.items():
            if name in found:
                problems.append(Problem(code="catalogue_twice", file=file, field=name))
            found[name] = value
    if problems:
        raise InputError(*problems)
    return Catalogue(**found)


def _part(file: str, text: str) -> dict[str, Any]:
    """Return the parts of the catalogue that one file holds, as records."""
    source = read_yaml(text, file)
    if source.data is None:
        return {}
    if not isinstance(source.data, dict):
        raise InputError(Problem(code="yaml_not_a_mapping", file=file, line=1))
    catalogue: Catalogue = validate(Catalogue, source)
    return {name: getattr(catalogue, name) for name in source.data}
