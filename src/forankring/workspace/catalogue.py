"""Turn catalogue/*.yaml into records of what is known about 2016-2020 and after: every fact with its source."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from forankring.errors import InputError, Problem
from forankring.workspace.records import YesNo, record, validate
from forankring.workspace.source import YamlSource, scan_yaml


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
    kind: str  # measurement | evaluation | audit | statistics | case | estimate | report | press | statement
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

    @property
    def past_years(self) -> str:
        """The years of the strategy that is taken stock of, the last of the predecessors: ``2016-2020``."""
        years = [item.years for item in self.strategies if item.relation == "predecessor"]
        return years[-1] if years else ""

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
    seen: set[str] = set()
    problems: list[Problem] = []
    for file in sorted(files):
        source, mistakes = _scanned(files[file], file)
        problems += mistakes
        for name in source.data:
            if name in seen:
                problems.append(Problem(code="catalogue_twice", file=file, line=source.line((name,)), field=name))
        seen |= set(source.data)
        try:
            catalogue: Catalogue = validate(Catalogue, source)
            found |= {name: getattr(catalogue, name) for name in source.data}
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)
    return Catalogue(**found)


def _scanned(text: str, file: str) -> tuple[YamlSource, tuple[Problem, ...]]:
    """Return the file's source and its mistakes so far; a file that cannot be read at all counts as empty."""
    try:
        source, problems = scan_yaml(text, file)
    except InputError as error:
        return YamlSource(file=file, data={}, lines={}), error.problems
    if source.data is None:
        return YamlSource(file=file, data={}, lines={}), problems
    if not isinstance(source.data, dict):
        return YamlSource(file=file, data={}, lines={}), (Problem(code="yaml_not_a_mapping", file=file, line=1),)
    return source, problems
