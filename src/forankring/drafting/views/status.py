"""Turn catalogue and assessments into the taking stock of the earlier strategy: chapters ``status`` and ``lessons``."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from forankring.drafting.views.documents import Document, documents
from forankring.drafting.views.entries import Entry
from forankring.drafting.views.judging import (
    Judged,
    answers_on_parts,
    answers_on_whole,
    is_disputed,
    silent_levels,
    subject_of,
)
from forankring.drafting.views.material import Material, View
from forankring.drafting.views.when import when_label
from forankring.ledger import Evidence, GoalStatus, TechnologyCase
from forankring.ledger.contents import Assessment
from forankring.workspace.catalogue import EarlierStrategy, PastEvidence, PastGoal, PastInitiative


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A published finding with the name of its kind and its date in words."""

    evidence: PastEvidence
    kind: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """One party's assessment in words; ``subject`` is the goal, focus area or initiative that it is about."""

    entry: Entry[GoalStatus]
    subject: str
    assessment: str
    carry: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalStock:
    """What is known about one goal: findings, the parties' own assessments, and who has not spoken. ``answers`` are on
    the goal as a whole, ``parts`` on its focus areas and initiatives."""

    goal: PastGoal
    found: tuple[Found, ...]
    submitted: tuple[Entry[Evidence], ...]
    assessed: tuple[Assessed, ...]
    answers: str
    parts: tuple[Judged, ...]
    conflict: bool
    missing_levels: str
    lessons: tuple[Assessed, ...]

    @property
    def points(self) -> tuple[Any, ...]:
        """The points that the answers rest on."""
        return tuple(item.entry.point for item in self.assessed)

    @property
    def verdicts(self) -> tuple[int, ...]:
        """How many assessments of the goal and its parts there are of each kind, in the order of the form."""
        given = [item.entry.content.assessment for item in self.assessed]
        return tuple(given.count(kind) for kind in Assessment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fated:
    """An earlier initiative, where it belongs and what became of it."""

    initiative: PastInitiative
    focus_area: str
    fate: str
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView(View):
    """Everything chapter ``status`` prints."""

    predecessors: tuple[EarlierStrategy, ...]
    between: tuple[EarlierStrategy, ...]
    successors: tuple[EarlierStrategy, ...]
    goals: tuple[GoalStock, ...]
    verdicts: tuple[str, ...]
    whole: tuple[Found, ...]
    other: tuple[Assessed, ...]
    initiatives: tuple[Fated, ...]
    illuminated: int
    total: int
    evaluated: bool

    @property
    def points(self) -> tuple[Any, ...]:
        """The points that the assessments of all goals rest on."""
        return tuple(point for stock in self.goals for point in stock.points)

    @property
    def unlisted(self) -> int:
        """How many initiatives the catalogue does not know by number."""
        return max(self.total - len(self.initiatives), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonsView(View):
    """Lessons per goal, and what was hard with technology."""

    goals: tuple[GoalStock, ...]
    other: tuple[Assessed, ...]
    cases: tuple[Entry[TechnologyCase], ...]
    audits: tuple[Found, ...]


def status_view(material: Material) -> StatusView:
    """Return the view of chapter ``status``."""
    catalogue = material.catalogue
    initiatives = tuple(_fated(item, material) for item in catalogue.initiatives)
    return StatusView(
        contributions=material.contributions("status"),
        predecessors=_related(material, "predecessor"),
        between=_related(material, "between"),
        successors=_related(material, "successor"),
        goals=tuple(_goal_stock(goal, material) for goal in catalogue.goals),
        verdicts=tuple(material.words(f"assessment.{kind.value}") for kind in Assessment),
        whole=_found((item for item in catalogue.evidence if not _goals_of(item.about, material)), material),
        other=tuple(_assessed(entry, material) for entry in _unmatched(material)),
        initiatives=initiatives,
        illuminated=sum(item.known for item in initiatives),
        evaluated=any(item.kind == "evaluation" and item.fact.verified for item in catalogue.evidence),
        total=max(catalogue.initiative_total or 0, len(initiatives)),
    )


def lessons_view(material: Material) -> LessonsView:
    """Return the view of chapter ``lessons``."""
    audits = (item for item in material.catalogue.evidence if item.kind == "audit")
    other = (_assessed(entry, material) for entry in _unmatched(material) if entry.content.lesson)
    return LessonsView(
        contributions=material.contributions("lessons"),
        goals=tuple(_goal_stock(goal, material) for goal in material.catalogue.goals),
        other=tuple(other),
        cases=tuple(entry for entry in material.of(TechnologyCase) if entry.content.difficulties),
        audits=_found(audits, material),
    )


def _goal_stock(goal: PastGoal, material: Material) -> GoalStock:
    entries = [entry for entry in material.of(GoalStatus) if _is_about(entry.content.goal, goal, material)]
    assessed = tuple(_assessed(entry, material) for entry in entries)
    findings = (item for item in material.catalogue.evidence if goal.id in _goals_of(item.about, material))
    return GoalStock(
        goal=goal,
        found=_found(findings, material),
        submitted=tuple(
            entry for entry in material.of(Evidence) if goal.id in _goals_of(entry.content.relevance, material)
        ),
        assessed=assessed,
        answers=answers_on_whole(goal, entries, material),
        parts=answers_on_parts(goal, entries, material),
        conflict=is_disputed(entries),
        missing_levels=silent_levels(entries, material),
        lessons=tuple(item for item in assessed if item.entry.content.lesson),
    )


def _is_about(ref: str, goal: PastGoal, material: Material) -> bool:
    found = material.catalogue.goal_of(ref)
    return found is not None and found.id == goal.id


def _goals_of(refs: Iterable[str], material: Material) -> set[str]:
    found = (material.catalogue.goal_of(ref) for ref in refs)
    return {goal.id for goal in found if goal}


def _unmatched(material: Material) -> list[Entry[GoalStatus]]:
    return [entry for entry in material.of(GoalStatus) if material.catalogue.goal_of(entry.content.goal) is None]


def _assessed(entry: Entry[GoalStatus], material: Material) -> Assessed:
    carry = entry.content.carry_forward
    return Assessed(
        entry=entry,
        subject=subject_of(entry.content.goal, material),
        assessment=material.words(f"assessment.{entry.content.assessment.value}"),
        carry=material.words(f"carry.{carry.value}") if carry else "",
        documents=documents(entry.content.evidence, material.locale),
    )


def _found(evidence: Iterable[PastEvidence], material: Material) -> tuple[Found, ...]:
    return tuple(
        Found(
            evidence=item,
            kind=material.label("evidence_kinds", item.kind),
            date=when_label(item.date, material.locale),
        )
        for item in evidence
    )


def _related(material: Material, relation: str) -> tuple[EarlierStrategy, ...]:
    return tuple(item for item in material.catalogue.strategies if item.relation == relation)


def _fated(item: PastInitiative, material: Material) -> Fated:
    areas = {area.id: area.title for goal in material.catalogue.goals for area in goal.focus_areas}
    known = item.fate.value != "unknown"
    return Fated(
        initiative=item,
        focus_area=areas.get(item.focus_area, item.focus_area),
        fate=material.words(f"fate.{item.fate.value}"),
        known=known,
    )
