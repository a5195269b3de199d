"""Turn catalogue and assessments into the taking stock of the earlier strategy: chapters ``status`` and ``lessons``."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from forankring.drafting.views.documents import Document, documents
from forankring.drafting.views.entries import Entry
from forankring.drafting.views.material import Material, View
from forankring.drafting.views.when import when_label
from forankring.ledger import Evidence, GoalStatus, TechnologyCase
from forankring.ledger.contents import Assessment
from forankring.workspace import PartyType
from forankring.workspace.catalogue import EarlierStrategy, PastEvidence, PastGoal, PastInitiative

LEVELS = (PartyType.STATE, PartyType.REGION, PartyType.MUNICIPALITY)
"""The three levels of government that each should say what they have experienced (RQ-09)."""


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
    """What is known about one goal: findings, the parties' own assessments, and who has not spoken."""

    goal: PastGoal
    found: tuple[Found, ...]
    submitted: tuple[Entry[Evidence], ...]
    assessed: tuple[Assessed, ...]
    counts: str
    conflict: bool
    missing_levels: str
    lessons: tuple[Assessed, ...]

    @property
    def points(self) -> tuple[Any, ...]:
        """The points that the counts rest on."""
        return tuple(item.entry.point for item in self.assessed)


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
    whole: tuple[Found, ...]
    other: tuple[Assessed, ...]
    initiatives: tuple[Fated, ...]
    illuminated: int
    total: int
    evaluated: bool

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
        counts=_counts(entries, material),
        conflict=_conflict(entries),
        missing_levels=_missing_levels(entries, material),
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
        subject=_subject(entry.content.goal, material),
        assessment=material.words(f"assessment.{entry.content.assessment.value}"),
        carry=material.words(f"carry.{carry.value}") if carry else "",
        documents=documents(entry.content.evidence, material.locale),
    )


def _subject(ref: str, material: Material) -> str:
    """Return the title of what was assessed: a goal, a focus area or an initiative; else the words of the party."""
    for goal in material.catalogue.goals:
        if ref == goal.id:
            return material.words("whole_goal")
        for area in goal.focus_areas:
            if ref == area.id:
                return area.title
    titles = {item.number: item.title for item in material.catalogue.initiatives}
    return titles.get(ref, ref)


def _counts(entries: Sequence[Entry[GoalStatus]], material: Material) -> str:
    """Return ``staten (1 nået); kommunerne (2 delvist nået)``: never an average."""
    groups: list[str] = []
    for kind in PartyType:
        times = Counter(entry.content.assessment for entry in entries if entry.party_type == kind)
        if times:
            parts = (
                f"{material.locale.number(times[value])} {material.words(f'assessment.{value.value}')}"
                for value in Assessment
                if times[value]
            )
            groups.append(f"{material.words(f'party_groups.{kind.value}')} ({', '.join(parts)})")
    return "; ".join(groups)


def _conflict(entries: Sequence[Entry[GoalStatus]]) -> bool:
    """Tell whether parties judge the same goal, focus area or initiative differently."""
    given: dict[str, set[Assessment]] = {}
    for entry in entries:
        given.setdefault(entry.content.goal, set()).add(entry.content.assessment)
    return any(len(values - {Assessment.UNKNOWN}) > 1 for values in given.values())


def _missing_levels(entries: Sequence[Entry[GoalStatus]], material: Material) -> str:
    heard = {entry.party_type for entry in entries}
    return material.listed(material.words(f"levels_of_government.{kind.value}") for kind in LEVELS if kind not in heard)


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
